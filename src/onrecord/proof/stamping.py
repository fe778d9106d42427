"""Stamps the head of a ledger's chain by an authority, and checks the stamps that are kept beside a ledger, offline.

The head is the hash over all entries up to it, so a stamp on it shows that all of them existed at its time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from secrets import randbits
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from onrecord.custody.places import stamps_folder
from onrecord.custody.stamps import Stamp, keep, kept
from onrecord.errors import ExtraMissing, NotOnRecord, StampRefused
from onrecord.ledger import databases
from onrecord.ledger.chain import head_of, length_of
from onrecord.places import Place
from onrecord.publishing.wording import day_words
from onrecord.settings import Settings

if TYPE_CHECKING:
    from onrecord.custody.tokens import Token

QUERY = "application/timestamp-query"

Post = Callable[[str, bytes, str], tuple[int, bytes]]
"""Sends bytes of a media type to an address; the status and the content of the answer."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """A stamp that holds: its file, the entry and head that it stamps, and what it proves in words."""

    place: Path
    entry: int
    head: str
    words: str


@dataclass(frozen=True, slots=True)
class CheckedStamp:
    """What is found of one stamp: what it proves, or what is wrong with it."""

    file: str
    entry: int | None
    head: str | None
    words: str | None
    problem: str | None


def stamp(ledger: Place, authority: str, post: Post, settings: Settings = Settings()) -> Stamped:
    """Has the authority at an address stamp the head of the chain as it stands, and keeps the stamp beside the ledger.

    Raises:
        NotOnRecord: when nothing is on the record.
        StampRefused: when the authority gives no stamp, or one that does not hold.
        LedgerError: when there is no ledger, or the stamp cannot be kept.
        OnrecordError: what `post` raises.
    """
    from onrecord.custody.tokens import asked, checked

    engine = databases.opened(ledger, settings, "read")
    try:
        with databases.translated(ledger, "read"), engine.connect() as connection:
            entry = length_of(connection)
            head = head_of(connection, entry)
    finally:
        engine.dispose()
    if entry == 0:
        raise NotOnRecord(f"nothing is on the record of {ledger} that could be stamped")
    nonce = randbits(63)
    asking = Stamp(entry, head, authority, b"")
    status, answer = post(authority, asked(asking.message, nonce), QUERY)
    if status != 200:
        raise StampRefused(f"{authority} answers with status {status} and gives no stamp")
    found = Stamp(entry, head, authority, answer)
    try:
        token = checked(answer, found.message, nonce=nonce)
    except StampRefused as error:
        raise StampRefused(f"what {authority} answers {error}") from error
    return Stamped(keep(stamps_folder(ledger), found), entry, head, _words(entry, token))


def check_stamps(ledger: Place, trust: Sequence[Path] = (), settings: Settings = Settings()) -> list[CheckedStamp]:
    """Checks every stamp beside a ledger: that it holds, and that what it stamps is the head of this chain.

    `trust` are PEM files with the certificates of those whose word on the time is taken.

    Raises:
        ExtraMissing: when somebody is to be trusted and the libraries for that are not installed.
        SettingsError: when there are no certificates in such a file.
        LedgerError: when there is no ledger, or it cannot be read.
    """
    found = list(kept(stamps_folder(ledger)))
    if not found and not trust:
        return []
    try:
        from onrecord.custody.authorities import trusted_in
        from onrecord.custody.tokens import checked
    except ExtraMissing as error:
        if trust:
            raise
        return [CheckedStamp(file, None, None, f"was not checked: {error}", None) for file, _ in found]
    trusted = [certificate for path in trust for certificate in trusted_in(path)]
    results: list[CheckedStamp] = []
    engine = databases.opened(ledger, settings, "read")
    try:
        with databases.translated(ledger, "read"), engine.connect() as connection:
            for file, one in found:
                if isinstance(one, StampRefused):
                    results.append(CheckedStamp(file, None, None, None, str(one)))
                    continue
                try:
                    _is_of(connection, one)
                    words = _words(one.entry, checked(one.answer, one.message, trusted))
                except StampRefused as error:
                    results.append(CheckedStamp(file, one.entry, one.head, None, str(error)))
                else:
                    results.append(CheckedStamp(file, one.entry, one.head, words, None))
    finally:
        engine.dispose()
    return results


def _is_of(connection: Connection, one: Stamp) -> None:
    """Passes a stamp on what this chain has at the entry that it names.

    Raises:
        StampRefused
    """
    entries = length_of(connection)
    if not 1 <= one.entry <= entries:
        raise StampRefused(
            f"is on entry {one.entry:,}, and the chain has {entries:,}: rows were cut off, or it is of another ledger"
        )
    if head_of(connection, one.entry) != one.head:
        raise StampRefused(
            f"is on another head than the chain has at entry {one.entry:,}: it is of another ledger, or this one was "
            "written anew since"
        )


def _words(entry: int, token: Token) -> str:
    at = token.at.astimezone(UTC)
    since = f"everything up to entry {entry:,} was there on {day_words(at.date())} at {at:%H:%M:%S} UTC"
    if token.vouched is None:
        return f"{since}, says {token.signer}, whose certificate nobody vouched for here (--trust)"
    if token.vouched == token.signer:
        return f"{since}, says {token.signer}, who is trusted here"
    return f"{since}, says {token.signer}, for whom {token.vouched} vouches, who is trusted here"
