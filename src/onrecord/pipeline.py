"""The way of the data, start to end:

    inputs ─ sources.gather ─→ Input(Capture, Report) ─ reading.Reader ─→ Statements ─ ledger.Writer ─→ the record
    the record ─ linkage.Linkage ─→ Actors, Utterances, Stories, Origins, beside the record
    utterances ─ assessing.Assessment ─→ Relations, Figures through time, the Docket, beside the record

Each stage is a generator over the one before, so the same functions serve a test, the command line and a partition of
a larger run. Nothing is lost in silence: every input ends as read, as a duplicate or as skipped with a reason, and the
`Tally` adds up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, overload

from onrecord.domain.judgements import LINKED, WEIGHED, Subject
from onrecord.domain.passages import Act
from onrecord.domain.reports import Input, Outcome
from onrecord.domain.statements import Kind, ReaderIdentity, Statement
from onrecord.places import Place, place_of
from onrecord.settings import Settings

if TYPE_CHECKING:
    import pandas
    import polars

    from onrecord.assessing import Weighed
    from onrecord.ledger.linked import ShownUtterance
    from onrecord.ledger.searched import Found, FoundStatement
    from onrecord.ledger.verify import Verification
    from onrecord.ledger.view import RecordedStatement
    from onrecord.ledger.weighed import ShownEntry, ShownRelation
    from onrecord.ledger.writer import Writer
    from onrecord.linkage import Linked
    from onrecord.reading.reader import Reader


@dataclass(slots=True)
class Tally:
    """What became of the inputs of one run; `inputs` is the sum of `read`, `duplicate` and all of `skipped`."""

    read: int = 0
    duplicate: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    statements: int = 0

    @property
    def inputs(self) -> int:
        return self.read + self.duplicate + self.skipped.total()

    def as_json(self) -> dict[str, object]:
        return {
            "inputs": self.inputs,
            "read": self.read,
            "duplicate": self.duplicate,
            "skipped": dict(sorted(self.skipped.items())),
            "statements": self.statements,
        }

    def __str__(self) -> str:
        reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(self.skipped.items()))
        skipped = f"{self.skipped.total()}" + (f" ({reasons})" if reasons else "")
        return (
            f"inputs {self.inputs}, read {self.read}, duplicate {self.duplicate}, skipped {skipped}, "
            f"statements {self.statements}"
        )


@dataclass(frozen=True, slots=True)
class Result:
    """One input and what became of it; `statements` are those this run took out of it, `reader` who read its report."""

    given: Input
    outcome: Outcome
    statements: tuple[Statement, ...] = ()
    reader: ReaderIdentity | None = None


def extract(inputs: Iterable[Input], reader: Reader) -> Iterator[Result]:
    """Reads each input's report; a report on which the reader fails is skipped alone, with the reason on it."""
    for given in inputs:
        yield _read(given, reader)


def record(inputs: Iterable[Input], reader: Reader, writer: Writer) -> Iterator[Result]:
    """Reads what this reader has not read yet and puts everything on the record."""
    return put(read_new(inputs, reader, writer.is_read), writer)


def read_new(
    inputs: Iterable[Input], reader: Reader, is_read: Callable[[str, ReaderIdentity], bool]
) -> Iterator[Result]:
    """Reads each input's report, unless `is_read` says that the reader that fits it has: then it is a duplicate."""
    from onrecord.reading.fitting import fitting

    for given in inputs:
        own = reader if given.report is None else fitting(reader, given.report)
        if given.report is not None and is_read(given.report.id, own.identity):
            yield Result(given, Outcome.DUPLICATE, reader=own.identity)
        else:
            yield _read(given, own)


def put(results: Iterable[Result], writer: Writer) -> Iterator[Result]:
    """Puts results on the record, each before the next is asked for."""
    for result in results:
        if result.outcome is Outcome.DUPLICATE:
            writer.record_duplicate(result.given)
        elif result.outcome is Outcome.READ and result.reader is not None:
            writer.record_read(result.given, result.reader, result.statements)
        else:
            writer.record_skipped(result.given)
        yield result


def tallied(results: Iterable[Result], tally: Tally) -> Iterator[Result]:
    """Passes results on and counts them in `tally`."""
    for result in results:
        match result.outcome:
            case Outcome.READ:
                tally.read += 1
                tally.statements += len(result.statements)
            case Outcome.DUPLICATE:
                tally.duplicate += 1
            case Outcome.SKIPPED:
                tally.skipped[result.given.reason or "unknown"] += 1
        yield result


def _read(given: Input, reader: Reader) -> Result:
    if given.report is None:
        return Result(given, Outcome.SKIPPED)
    try:
        return Result(given, Outcome.READ, tuple(reader.read_report(given.report)), reader.identity)
    except Exception as error:
        # One report that breaks the reader must not stop an archive; its reason says what to look at.
        failed = replace(given, report=None, reason="reader failed", detail=f"{type(error).__name__}: {error}"[:500])
        return Result(failed, Outcome.SKIPPED)


def take_up(path: Place | str, subjects: Collection[Subject], settings: Settings) -> None:
    """Links and weighs again what judgements of these sorts touch.

    Raises:
        LedgerError: when the ledger cannot be written.
    """
    from onrecord.assessing import Assessment
    from onrecord.linkage import Linkage

    if not LINKED.isdisjoint(subjects):
        with Linkage(path, settings) as linkage:
            linkage.finish()
    if not WEIGHED.isdisjoint(subjects):
        with Assessment(path, settings) as assessment:
            assessment.finish()


class Ledger:
    """A record in a file: add reports to it, ask for statements, have it checked.

    >>> import tempfile, pathlib
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "news.ledger"
    >>> with Ledger(path) as ledger:
    ...     tally = ledger.add_text('"We will not leave," Mayor Ida Holm said on Friday.', outlet="The Courier")
    ...     found = list(ledger.statements(speaker="Holm"))
    >>> tally.statements, found[0].content[0].text
    (1, '"We will not leave,"')
    """

    def __init__(self, path: Place | str, settings: Settings | None = None, *, reader: Reader | None = None) -> None:
        self.path = place_of(path)
        self.settings = settings or Settings()
        self._reader = reader

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._reader = None

    @property
    def reader(self) -> Reader:
        """The reader, loaded when it is first needed."""
        if self._reader is None:
            from onrecord.reading.readers import load_reader

            self._reader = load_reader(threads=self.settings.threads)
        return self._reader

    def add(self, *places: str | Path) -> Tally:
        """Reads files, folders and glob patterns into the ledger, which is made when it is missing.

        Raises:
            LedgerError: when the ledger cannot be written. What an input lacks is in the tally, never an exception.
        """
        from onrecord.sources import gather

        return self._add(gather(places, self.settings))

    def add_text(
        self,
        text: str,
        *,
        name: str = "text",
        outlet: str | None = None,
        title: str | None = None,
        url: str | None = None,
        published: datetime | None = None,
    ) -> Tally:
        """Reads one text that is at hand as a string."""
        from onrecord.sources import from_text

        given = from_text(
            text, name=name, outlet=outlet, title=title, url=url, published=published, settings=self.settings
        )
        return self._add([given])

    def _add(self, inputs: Iterable[Input]) -> Tally:
        from onrecord.ledger.writer import Writer

        tally = Tally()
        with Writer(self.path, self.settings) as writer:
            for _ in tallied(record(inputs, self.reader, writer), tally):
                pass
        return tally

    def statements(
        self,
        *,
        speaker: str | None = None,
        outlet: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        act: Act | str | None = None,
        kind: Kind | str | None = None,
        text: str | None = None,
    ) -> Iterator[RecordedStatement]:
        """The statements on the record that fit, newest report first; `until` is exclusive, `text` searches words.

        Raises:
            LedgerError: when there is no ledger or it cannot be read.
        """
        from onrecord.ledger.view import StatementFilter, View

        wanted = StatementFilter(
            speaker=speaker,
            outlet=outlet,
            since=since,
            until=until,
            act=Act(act) if act else None,
            kind=Kind(kind) if kind else None,
            text=text,
        )
        with View(self.path, self.settings) as view:
            yield from view.statements(wanted)

    def link(self) -> Linked:
        """Finds who is who, what was said once and told many times, which reports tell one story, and from where.

        Only what is new since the last time is looked at.

        Raises:
            LedgerError: when there is no ledger or it cannot be written.
        """
        from onrecord.linkage import Linkage

        with Linkage(self.path, self.settings) as linkage:
            return linkage.finish()

    def weigh(self) -> Weighed:
        """Weighs what is new or changed among the utterances: what stands against what, which figures moved.

        Raises:
            LedgerError: when there is no ledger, or it cannot be opened, read or written.
        """
        from onrecord.assessing import Assessment

        with Assessment(self.path, self.settings) as assessment:
            return assessment.finish()

    def relations(self, *, kind: str | None = None, actor: str | None = None) -> list[ShownRelation]:
        """How utterances stand to each other, the newest first; `kind` is one of `RelationKind`, `actor` an id or name.

        Raises:
            LedgerError: when there is no ledger or it cannot be read.
            NotOnRecord: when there is no such actor.
        """
        from onrecord.ledger.weighed_view import WeighedView

        with WeighedView(self.path, self.settings) as view:
            return view.relations(kind=kind, actor=None if actor is None else view.actor_id(actor))

    def docket(self, *, actor: str | None = None) -> list[ShownEntry]:
        """What was promised, demanded, warned of and foretold, by the day on which it falls due.

        Raises:
            LedgerError: when there is no ledger or it cannot be read.
            NotOnRecord: when there is no such actor.
        """
        from onrecord.ledger.weighed_view import WeighedView

        with WeighedView(self.path, self.settings) as view:
            return list(view.whole_entries(view.docket(actor=None if actor is None else view.actor_id(actor))))

    def utterances(
        self, *, actor: str | None = None, text: str | None = None, reports: int = 1, origins: int = 1
    ) -> Iterator[ShownUtterance]:
        """The utterances that `link` found, most independent origins first; `actor` is an id or a name.

        Raises:
            LedgerError: when there is no ledger or it cannot be read.
            NotOnRecord: when there is no such actor.
        """
        from onrecord.ledger.linked_view import LinkedView

        with LinkedView(self.path, self.settings) as view:
            who = None if actor is None else view.actor_id(actor)
            yield from view.whole_utterances(view.utterances(actor=who, text=text, reports=reports, origins=origins))

    @overload
    def frame(self, table: str, *, library: Literal["polars"] = ...) -> polars.DataFrame: ...
    @overload
    def frame(self, table: str, *, library: Literal["pandas"]) -> pandas.DataFrame: ...
    def frame(self, table: str, *, library: str = "polars") -> Any:
        """One table of the record as a data frame: reports, statements, passages, utterances, actors, stories,
        relations, figures or docket.

        The columns are those of `onrecord export parquet`, whose dictionary says what each means. polars and pandas
        are loaded when they are asked for.

        Raises:
            LedgerError: when there is no ledger or it cannot be read.
            SettingsError: when there is no such table, or the library is not installed.
        """
        from onrecord.ledger.snapshot import Snapshot
        from onrecord.publishing.tables.frames import frame

        with Snapshot(self.path, self.settings) as view:
            return frame(view, table, library)

    def search(
        self,
        words: str | None = None,
        *,
        meaning: bool = True,
        actor: str | None = None,
        outlet: str | None = None,
        act: Act | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        origins: int = 1,
    ) -> list[Found[FoundStatement]]:
        """The statements that have the words, then those near to them in meaning, each with the reason.

        The filters are those of `onrecord.ledger.searched.Sought`.

        Raises:
            LedgerError: when there is no ledger or it cannot be read.
        """
        from onrecord.ledger.search_view import SearchView
        from onrecord.ledger.searched import Sought

        sought = Sought(
            words, meaning=meaning, actor=actor, outlet=outlet, act=act, since=since, until=until, origins=origins
        )
        with SearchView(self.path, self.settings) as view:
            return view.search(sought).statements()

    def verify(self) -> Verification:
        """Re-checks every hash, the chain and every span."""
        from onrecord.ledger.verify import verify

        return verify(self.path)
