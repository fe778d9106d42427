"""Where everything on the record comes from, as PROV-JSON (W3C member submission, 2013; the model is PROV-DM).

Captures, reports, statements, judgements and briefs are entities. Reading a report and judging are activities: the one
of a reader of one version and one set of weights, the other of a person. A brief is attributed to who made it and
derived from the statements that it cites.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from onrecord.domain.ids import content_id
from onrecord.domain.judgements import Judgement, Subject
from onrecord.domain.statements import Kind, ReaderIdentity
from onrecord.ledger.rows import reading_id
from onrecord.ledger.shown import RecordedStatement
from onrecord.ledger.snapshot import KeptCapture, Snapshot, TakenReport
from onrecord.publishing.exports import json_lines
from onrecord.publishing.standards.writing import NAMESPACE, Node, known, parted, urn
from onrecord.publishing.wording import iso_time, web_address

Named = tuple[str, Node]

SORTS: Final = (
    "capture",
    "report",
    "reading",
    "statement",
    "passage",
    "actor",
    "judgement",
    "judging",
    "brief",
    "agent",
)
"""The prefixes of names, each a namespace of its own: a name of PROV has one colon."""


def prov_lines(view: Snapshot) -> Iterator[str]:
    """One PROV-JSON document."""
    prefixes: Node = {one: f"{NAMESPACE}:{one}:" for one in SORTS}
    prefixes["onrecord"] = f"{NAMESPACE}:"
    yield f'{{"prefix": {json.dumps(prefixes)}'
    for section, records in _SECTIONS.items():
        yield f",\n{json.dumps(section)}: {{"
        yield from parted(_members(records(view)))
        yield "\n}"
    yield "}\n"


def _members(records: Iterable[Named]) -> Iterator[str]:
    # A name is written once, however many things speak of it: an object of JSON cannot hold one twice.
    for name, record in records:
        line = "".join(json_lines([{name: record}])).rstrip("\n")
        yield line[1:-1]


def _entities(view: Snapshot) -> Iterator[Named]:
    for kept in view.every_capture():
        yield f"capture:{kept.sha256}", _capture(kept)
    for taken in view.every_report():
        yield f"report:{taken.recorded.head.id}", _report(taken)
    judgements, briefs = view.judgements(), view.briefs()
    things = {thing for one in judgements for thing in _things(one)}
    # A statement of an earlier reading stays judged or cited.
    earlier = {id_ for sort, id_ in things if sort == "statement"}
    earlier |= {cited.statement for _, brief in briefs for cited in brief.citations}
    for one in view.statements():
        earlier.discard(one.statement.id)
        yield f"statement:{one.statement.id}", _statement(one)
    for id_ in sorted(earlier):
        yield f"statement:{id_}", {"prov:type": _type("Statement")}
    passages = sorted(id_ for sort, id_ in things if sort == "passage")
    shown = view.passages_named(passages)
    for id_ in passages:
        words = shown[id_].span.text if id_ in shown else None
        yield f"passage:{id_}", {"prov:type": _type("Passage"), **known(**{"prov:value": words})}
    for id_ in sorted(id_ for sort, id_ in things if sort == "actor"):
        yield _local("actor", id_), {"prov:type": _type("Actor")}
    for judged in judgements:
        yield f"judgement:{judged.id}", _judgement(judged)
    for id_, brief in briefs:
        yield f"brief:{id_}", {"prov:type": _type("Brief"), "prov:label": brief.title, "onrecord:head": brief.head}


def _activities(view: Snapshot) -> Iterator[Named]:
    for taken in view.every_report():
        yield f"reading:{taken.reading}", {"prov:type": _type("Reading"), "prov:endTime": iso_time(taken.read)}
    for one in view.judgements():
        yield f"judging:{one.id}", {"prov:type": _type("Judging"), "prov:endTime": iso_time(one.made)}


def _agents(view: Snapshot) -> Iterator[Named]:
    readers = {_reader(taken.reader): taken.reader for taken in view.every_report()}
    for name, reader in sorted(readers.items()):
        yield (
            name,
            {
                "prov:type": _type("SoftwareAgent", "prov"),
                "prov:label": f"onrecord's reader {reader.name} {reader.version}",
                "onrecord:reader": reader.name,
                "onrecord:version": reader.version,
                **known(**{"onrecord:weights_sha256": reader.weights}),
            },
        )
    people = {one.by for one in view.judgements()} | {brief.by for _, brief in view.briefs()}
    for who in sorted(people):
        yield _person(who), {"prov:type": _type("Person", "prov"), "prov:label": who}


def _derivations(view: Snapshot) -> Iterator[Named]:
    for taken in view.every_report():
        report, capture = taken.recorded.head.id, taken.recorded.capture_sha256
        yield f"_:report-{report}", _derived(f"report:{report}", f"capture:{capture}", taken.recorded.report.extractor)
    for one in view.statements():
        statement = one.statement
        derived = _derived(f"statement:{statement.id}", f"report:{one.report.id}")
        if statement.kind is Kind.DIRECT:
            derived["prov:type"] = _type("Quotation", "prov")
        yield f"_:statement-{statement.id}", derived
    for id_, brief in view.briefs():
        for statement_id in sorted({one.statement for one in brief.citations}):
            yield f"_:brief-{id_}-{statement_id}", _derived(f"brief:{id_}", f"statement:{statement_id}")


def _generations(view: Snapshot) -> Iterator[Named]:
    for one in view.statements():
        id_, read = one.statement.id, f"reading:{reading_id(one.report.id, one.reader)}"
        yield f"_:read-{id_}", {"prov:entity": f"statement:{id_}", "prov:activity": read}
    for judged in view.judgements():
        made = {"prov:entity": f"judgement:{judged.id}", "prov:activity": f"judging:{judged.id}"}
        yield f"_:judged-{judged.id}", {**made, "prov:time": iso_time(judged.made)}
    for id_, brief in view.briefs():
        yield f"_:made-{id_}", {"prov:entity": f"brief:{id_}", "prov:time": iso_time(brief.made)}


def _uses(view: Snapshot) -> Iterator[Named]:
    for taken in view.every_report():
        reading, report = f"reading:{taken.reading}", f"report:{taken.recorded.head.id}"
        yield f"_:used-{taken.reading}", {"prov:activity": reading, "prov:entity": report}
    for one in view.judgements():
        for sort, id_ in _things(one):
            name = f"_:weighed-{one.id}-{content_id('thing', id_)[:12]}"
            yield name, {"prov:activity": f"judging:{one.id}", "prov:entity": _local(sort, id_)}


def _associations(view: Snapshot) -> Iterator[Named]:
    for taken in view.every_report():
        activity, agent = f"reading:{taken.reading}", _reader(taken.reader)
        yield f"_:reader-{taken.reading}", {"prov:activity": activity, "prov:agent": agent}
    for one in view.judgements():
        yield f"_:judge-{one.id}", {"prov:activity": f"judging:{one.id}", "prov:agent": _person(one.by)}


def _attributions(view: Snapshot) -> Iterator[Named]:
    for one in view.judgements():
        yield f"_:word-{one.id}", {"prov:entity": f"judgement:{one.id}", "prov:agent": _person(one.by)}
    for id_, brief in view.briefs():
        yield f"_:by-{id_}", {"prov:entity": f"brief:{id_}", "prov:agent": _person(brief.by)}


_SECTIONS: Final[dict[str, Callable[[Snapshot], Iterator[Named]]]] = {
    "entity": _entities,
    "activity": _activities,
    "agent": _agents,
    "wasDerivedFrom": _derivations,
    "wasGeneratedBy": _generations,
    "used": _uses,
    "wasAssociatedWith": _associations,
    "wasAttributedTo": _attributions,
}


def _capture(kept: KeptCapture) -> Node:
    return {
        "prov:type": _type("Capture"),
        "prov:location": kept.place,
        "onrecord:sha256": kept.sha256,
        "onrecord:media_type": kept.media_type,
        "onrecord:size": kept.size,
        **known(**{"onrecord:retrieved": iso_time(kept.retrieved)}),
    }


def _report(taken: TakenReport) -> Node:
    head = taken.recorded.head
    return {
        "prov:type": _type("Report"),
        "prov:label": head.title or head.input,
        **known(
            **{
                "onrecord:outlet": head.outlet,
                "onrecord:published": iso_time(head.published, head.published_is_day),
                "prov:location": web_address(head.url),
            }
        ),
    }


def _statement(one: RecordedStatement) -> Node:
    statement = one.statement
    return {
        "prov:type": _type("Statement"),
        "onrecord:kind": statement.kind.value,
        "onrecord:confidence": statement.confidence,
        **known(**{"onrecord:speaker": statement.speaker.name, "onrecord:nested_in": statement.nested_in}),
    }


def _judgement(one: Judgement) -> Node:
    return {
        "prov:type": _type("Judgement"),
        "prov:value": one.verdict,
        "onrecord:subject": one.subject.value,
        "onrecord:why": one.why,
        **({} if _things(one) else {"onrecord:of": [one.a, one.b] if one.b else one.a}),
        **({"onrecord:part": one.b} if one.subject is Subject.SPAN else {}),
    }


def _things(one: Judgement) -> list[tuple[str, str]]:
    """The things that a judgement is about, each by its sort and its id.

    None for a source, which is a name, and for a note, which may be on anything.
    """
    match one.subject:
        case Subject.SOURCE | Subject.NOTE:
            return []
        case Subject.UNDONE:
            return [("judgement", one.a)]
        case Subject.SPEAKER:
            return [("statement", one.a), *([("actor", one.b)] if one.b else [])]
        case Subject.SPAN | Subject.STATEMENT:
            return [("statement", one.a)]
        case Subject.REPORT | Subject.ACTOR:
            return [(one.subject.value, one.a), (one.subject.value, one.b)]
        case _:
            return [("passage", id_) for id_ in (one.a, one.b) if id_]


def _derived(entity: str, source: str, how: str | None = None) -> Node:
    made: Node = {"prov:generatedEntity": entity, "prov:usedEntity": source}
    return made if how is None else {**made, "onrecord:extractor": how}


def _reader(reader: ReaderIdentity) -> str:
    return f"agent:{content_id('reader', reader.name, reader.version, reader.weights)}"


def _person(name: str) -> str:
    return f"agent:{content_id('person', name)}"


def _local(sort: str, id_: str) -> str:
    """A name whose second part holds no colon: PROV would take it for another prefix."""
    return f"{sort}:{urn('', id_).removeprefix(f'{NAMESPACE}::').replace(':', '%3A')}"


def _type(name: str, prefix: str = "onrecord") -> Node:
    return {"$": f"{prefix}:{name}", "type": "prov:QUALIFIED_NAME"}
