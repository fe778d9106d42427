"""The commands by which people are let in to the pages of a ledger and shut out, on the machine that keeps it."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.console import err, in_words, print_json, print_text
from onrecord.cli.options import AsJson, LedgerPath
from onrecord.desk import Desk, Hand
from onrecord.desk.people import login_name
from onrecord.desk.tokens import USUAL_DAYS
from onrecord.domain.people import Role
from onrecord.errors import SettingsError
from onrecord.settings import Settings

Name = Annotated[str, typer.Argument(help="The name that signs what they put on the record.")]
PasswordFile = Annotated[
    Path | None,
    typer.Option(help="File whose first line is the password; - reads standard input. Asked for unless told."),
]

people = typer.Typer(
    name="people",
    help="Let people in to the pages that others reach, and shut them out. On this machine alone nobody logs in.",
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Adds the commands, in the order in which help lists them."""
    for name, command in (
        ("add", add),
        ("list", list_),
        ("role", role),
        ("password", password),
        ("shut-out", shut_out),
        ("token", token),
    ):
        people.command(name=name, no_args_is_help=True)(in_words(command))
    app.add_typer(people)


def add(
    name: Name,
    ledger: LedgerPath,
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.READER,
    password_file: PasswordFile = None,
) -> None:
    """Let somebody in, or in again who was shut out.

        reader looks at the record

        editor puts judgements and briefs on it as well

        admin lets people in as well

    Examples:

        onrecord people add "Ida Holm" --role admin --ledger news.ledger

        onrecord people add "Ida Holm" --password-file ida.txt --ledger news.ledger
    """
    from onrecord.desk.people import let_in

    with Desk(ledger, Settings.load(), create=True) as desk:
        someone = let_in(desk, name, role, _password(name, password_file), _hand())
    typer.echo(f"{someone.name} is let in as {someone.role.value}")


def list_(ledger: LedgerPath, as_json: AsJson = False) -> None:
    """List who is let in, and who was shut out.

    Examples:

        onrecord people list --ledger news.ledger

        onrecord people list --ledger news.ledger --json
    """
    from onrecord.desk.people import members

    with Desk(ledger, Settings.load()) as desk:
        everybody = members(desk)
    if as_json:
        rows = [
            {
                "name": one.name,
                "role": one.role.value,
                "since": one.since.isoformat(),
                "shut_out": None if one.shut_out is None else one.shut_out.isoformat(),
            }
            for one in everybody
        ]
        print_json({"people": rows})
        return
    widest = max((len(one.name) for one in everybody), default=0)
    for one in everybody:
        behind = f"shut out {one.shut_out:%Y-%m-%d}" if one.shut_out else f"since {one.since:%Y-%m-%d}"
        print_text([f"{one.name:<{widest}}  {one.role.value:<6}  {behind}"])


def role(
    name: Name,
    role: Annotated[Role, typer.Argument(help="What they may do from now on.")],
    ledger: LedgerPath,
) -> None:
    """Give somebody another role, from the next page they ask for on.

    Examples:

        onrecord people role "Ida Holm" editor --ledger news.ledger
    """
    from onrecord.desk.people import give_role

    with Desk(ledger, Settings.load()) as desk:
        someone = give_role(desk, name, role, _hand())
    typer.echo(f"{someone.name} has the role of {someone.role.value}")


def password(name: Name, ledger: LedgerPath, password_file: PasswordFile = None) -> None:
    """Give somebody another password; they are logged out everywhere.

    Examples:

        onrecord people password "Ida Holm" --ledger news.ledger
    """
    from onrecord.desk.people import give_password, member

    with Desk(ledger, Settings.load()) as desk:
        someone = member(desk, name)
        give_password(desk, someone.number, _password(someone.name, password_file), _hand())
    typer.echo(f"{someone.name} has another password and is logged out everywhere")


def shut_out(name: Name, ledger: LedgerPath) -> None:
    """Shut somebody out at once: sessions and tokens end. What they put on the record stays.

    Examples:

        onrecord people shut-out "Ida Holm" --ledger news.ledger
    """
    from onrecord.desk.people import shut_out as shut

    with Desk(ledger, Settings.load()) as desk:
        someone = shut(desk, name, _hand())
    typer.echo(f"{someone.name} is shut out")


def token(
    name: Name,
    ledger: LedgerPath,
    called: Annotated[str, typer.Option("--name", help="What the token is for.")],
    role: Annotated[Role, typer.Option(help="What it may do; at most what its person may.")] = Role.READER,
    days: Annotated[int, typer.Option(min=1, help="For how many days it holds.")] = USUAL_DAYS,
) -> None:
    """Make a token for a program that asks in somebody's name; it is printed once, alone, on standard output.

    Examples:

        onrecord people token "Ida Holm" --name "nightly export" --ledger news.ledger

        onrecord people token "Ida Holm" --name "labelling" --role editor --days 7 --ledger news.ledger > token.txt
    """
    from onrecord.desk.people import member
    from onrecord.desk.tokens import make_token

    with Desk(ledger, Settings.load()) as desk:
        made = make_token(desk, member(desk, name), called, role, days, _hand())
    err.print("a program sends it as Authorization: Bearer …; it cannot be looked up again", highlight=False)
    typer.echo(made)


def _hand() -> Hand:
    return Hand(login_name(), "the command line")


def _password(name: str, file: Path | None) -> str:
    if file is None:
        asked: str = typer.prompt(f"Password of {name}", hide_input=True, confirmation_prompt=True, err=True)
        return asked
    try:
        if str(file) == "-":
            text = sys.stdin.readline()
        else:
            if stat.S_IMODE(file.stat().st_mode) & 0o077:
                told = f"others on this machine may read {file}; delete it when it is no longer needed"
                err.print(told, markup=False, highlight=False, soft_wrap=True)
            with file.open(encoding="utf-8") as opened:
                text = opened.readline(1_000)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"the password cannot be read from {file}: {error}") from error
    return text.rstrip("\r\n")
