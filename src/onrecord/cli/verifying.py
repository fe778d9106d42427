"""The commands that re-check a ledger or a proof, and mend what a ledger keeps beside its record."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.console import Exit, err, in_words, print_json
from onrecord.cli.options import AsJson, LedgerIfAny, LedgerPath, Place, placed
from onrecord.places import Address

SQLITE = b"SQLite format 3\x00"
Checked = Annotated[
    Place | None,
    typer.Argument(help="A ledger, or the folder or zip of `onrecord export proof`.", parser=placed, metavar="[PLACE]"),
]


def register(app: typer.Typer) -> None:
    """Adds the commands."""
    for command in (verify, stamp, reindex):
        app.command(name=command.__name__, no_args_is_help=True)(in_words(command))


def verify(
    proof: Checked = None,
    ledger: LedgerIfAny = None,
    head: Annotated[str | None, typer.Option(help="A chain head noted earlier, that must still be there.")] = None,
    digest: Annotated[str | None, typer.Option(help="The digest that the record must have.")] = None,
    seal: Annotated[str | None, typer.Option(help="The seal that the proof must have.")] = None,
    trust: Annotated[
        list[Path] | None,
        typer.Option(help="Certificates (PEM) of whose word on the time is taken; stamps of others are then faults."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Re-check a ledger, or a proof on any machine: every hash, the chain, and every span at its offsets.

    Exits with 1 on any fault and names it. Keep the printed head, or the seal of a proof, in a safe place: rows cut off
    the end of the chain can only be noticed by someone who remembers it. Stamps beside the ledger (`onrecord stamp`)
    are checked too, offline.

    Examples:

        onrecord verify news.ledger

        onrecord verify --ledger news.ledger --head 3f0c… --json

        onrecord verify news.ledger --trust authority.pem

        onrecord verify withdrawal-proof/ --seal 77ab…
    """
    if proof is not None and _is_ledger(proof):
        ledger, proof = proof, None
    if proof is None and ledger is not None and seal is not None:
        raise typer.BadParameter("a ledger has no seal, but a head and a digest: --head, --digest")
    if proof is not None and (head is not None or digest is not None):
        raise typer.BadParameter("a proof has no head and no digest, but a seal: --seal")
    if proof is not None and trust:
        raise typer.BadParameter("a proof has no time stamps: --trust goes with a ledger")
    if proof is not None:
        _verify_proof(Path(str(proof)), seal, as_json=as_json)
    elif ledger is not None:
        _verify_ledger(ledger, head, digest, trust or [], as_json=as_json)
    else:
        raise typer.BadParameter("name a proof, or a ledger: --ledger")


def _is_ledger(place: Place) -> bool:
    if isinstance(place, Address):
        return True
    if not place.is_file():
        return False
    with place.open("rb") as file:
        return file.read(len(SQLITE)) == SQLITE


def _verify_ledger(ledger: Place, head: str | None, digest: str | None, trust: list[Path], *, as_json: bool) -> None:
    from onrecord.ledger.verify import verify as check
    from onrecord.proof.stamping import check_stamps

    result = check(ledger, expect_head=head, expect_digest=digest)
    stamps = check_stamps(ledger, trust)
    faults_of_stamps = sum(one.problem is not None for one in stamps)
    if as_json:
        faults = [{"kind": f.kind, "id": f.id, "seq": f.seq, "problem": f.problem} for f in result.faults]
        told = [asdict(one) for one in stamps]
        print_json(
            {
                "checked": result.checked,
                "faults": faults,
                "digest": result.digest,
                "head": result.head,
                "stamps": told,
            }
        )
    else:
        typer.echo("checked " + ", ".join(f"{what} {count}" for what, count in result.checked.items()))
        for fault in result.faults:
            row = f" (row {fault.seq})" if fault.seq is not None else ""
            _told(f"{fault.kind} {fault.id}{row}: {fault.problem}")
        for one in stamps:
            if one.problem is not None:
                _told(f"stamp {one.file}: {one.problem}")
            else:
                typer.echo(f"stamp {one.file}: {one.words}")
        typer.echo(f"digest {result.digest}")
        typer.echo(f"head   {result.head}")
        many = len(result.faults) + faults_of_stamps
        typer.echo(f"{many} faults" if many else "no faults")
    if result.faults or faults_of_stamps:
        raise typer.Exit(Exit.FAULT)


def _verify_proof(place: Path, seal: str | None, *, as_json: bool) -> None:
    from onrecord.proof import check

    result = check(place)
    faults = [(one.file, one.problem) for one in result.faults]
    if seal is not None and seal.strip().lower() != result.seal:
        faults.insert(0, ("manifest.json", f"does not have the seal {seal.strip()}"))
    if as_json:
        print_json(
            {
                "brief": result.brief,
                "seal": result.seal,
                "checked": dict(result.checked),
                "faults": [{"file": file, "problem": problem} for file, problem in faults],
                "not_covered": list(result.uncovered),
            }
        )
    else:
        typer.echo(f"brief {result.brief}")
        typer.echo("checked " + ", ".join(f"{what} {count}" for what, count in result.checked.items()))
        for file, problem in faults:
            _told(f"{file}: {problem}")
        typer.echo("not covered by any check:")
        for words in result.uncovered:
            typer.echo(f"  {words}")
        typer.echo(f"seal {result.seal}")
        typer.echo(f"{len(faults)} faults" if faults else "no faults")
    if faults:
        raise typer.Exit(Exit.FAULT)


def _told(fault: str) -> None:
    err.print(f"fault: {fault}", markup=False, highlight=False, soft_wrap=True)


def stamp(
    ledger: LedgerPath,
    timestamp: Annotated[str, typer.Option(help="The address of an authority for time stamps (RFC 3161).")],
    allow_loopback: Annotated[
        bool, typer.Option("--allow-loopback", help="An authority on this computer may be asked.")
    ] = False,
) -> None:
    """Have an authority stamp the head of the chain: proof that all of the record was there by then.

    Only a hash of the head goes to the authority, nothing of the record. The stamp is kept beside the ledger, in the
    folder with .stamps behind its name, and `onrecord verify` checks it offline. Needs the extras
    onrecord\\[stamps,watch].

    Examples:

        onrecord stamp --timestamp https://tsa.example.org --ledger news.ledger
    """
    from onrecord.proof.stamping import stamp as stamped
    from onrecord.settings import Settings
    from onrecord.sources.fetching import Fetcher

    with Fetcher(allow_loopback=allow_loopback) as fetcher:

        def post(address: str, content: bytes, media_type: str) -> tuple[int, bytes]:
            answer = fetcher.post(address, content, media_type)
            return answer.status, answer.body

        done = stamped(ledger, timestamp, post, Settings.load())
    typer.echo(f"{done.place}: {done.words}")
    typer.echo(f"head {done.head}")
    typer.echo("keep the folder with the ledger; `onrecord verify` checks the stamp, offline")


def reindex(ledger: LedgerPath) -> None:
    """Build the search index and the lists again from the record, which stays as it is.

    `onrecord verify` says when that is needed. Links and what was weighed are made again by `link --again` and `weigh
    --again`.

    Examples:

        onrecord reindex --ledger news.ledger
    """
    from onrecord.ledger.index import rebuild_search
    from onrecord.settings import Settings

    typer.echo(f"{rebuild_search(ledger, Settings.load()):,} statements and reports can be searched for again")
