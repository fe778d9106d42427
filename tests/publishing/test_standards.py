"""The record in formats of others: what they require, where it points, and what it does not say."""

from __future__ import annotations

import json
import re
import shutil
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord import Ledger
from onrecord.assessing import bounded, graded, judged, noted, spoken, standing, undone
from onrecord.domain.docket import Status
from onrecord.domain.passages import Act
from onrecord.domain.statements import Kind
from onrecord.language.places import places
from onrecord.ledger.snapshot import Snapshot
from onrecord.ledger.writer import Writer
from onrecord.publishing.standards import (
    Tally,
    annotation_lines,
    ftm_lines,
    geojson_lines,
    jsonld_lines,
    prov_lines,
)
from onrecord.publishing.tables import TABLES
from tests.publishing.invented import write_record
from tests.publishing.weighed.example import briefed_ledger, weighed_ledger

PLACES = places(
    "Kortach\t52.50000049\t31.5\nZelvin\t-0.0000001\t-179.9999999\nWestern District\t53\t33\n"
    "Lower Ansk\t1\t2\nalert\t3\t4\ndawn\t5\t6\nwarned too late\t7\t8\n",
    "invented.tsv",
)


def map_lines(view: Snapshot, tally: Tally | None = None) -> Iterator[str]:
    return geojson_lines(view, PLACES, tally)


ALL = (annotation_lines, ftm_lines, jsonld_lines, prov_lines, map_lines)
Lines = Callable[[Snapshot], Iterator[str]]


def text_of(path: Path, lines: Lines) -> str:
    with Snapshot(path) as view:
        return "".join(lines(view))


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON in which no name stands twice."""
    assert len(dict(pairs)) == len(pairs), pairs[:3]
    return dict(pairs)


def parsed(path: Path, lines: Lines) -> Any:
    text = text_of(path, lines)
    if lines is ftm_lines:
        return [json.loads(line, object_pairs_hook=once) for line in text.splitlines()]
    return json.loads(text, object_pairs_hook=once)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with a brief and with what people judged: an item, a source, two passages, two docket entries."""
    path = briefed_ledger(tmp_path_factory.mktemp("standards"))
    with Snapshot(path) as view:
        first, second, *_ = view.docket()
        a, b = (view.utterance(head.id).renderings[0].passage for head in view.utterances(limit=2))
        actors = [one.id for one, _ in view.every_actor()][:2]
    judged(path, "met", first.passage.passage, why="they came", by="Ida Holm")
    judged(path, "not met", first.passage.passage, why="only one of them came", by="Åse “Desk” Ny")
    judged(path, "withdrawn", second.passage.passage, why="taken back", by="Ida Holm")
    judged(path, "different", a, b, why="another day", by="Ida Holm")
    judged(path, "different", *actors, why="two people", by="Ida Holm")
    graded(path, a, "4", why="nobody else saw it", by="Ida Holm")
    graded(path, "Harvenia One", "D", why="it took a story back", by="Ida Holm")
    return path


@pytest.fixture(scope="module")
def corrected(ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with what a person says of statements and of judgements themselves."""
    path = Path(shutil.copy(ledger, tmp_path_factory.mktemp("corrected") / "example.ledger"))
    with Snapshot(path) as view:
        first, second, third, *_ = view.statements()
        entry = view.docket()[-1]
        relation = next(view.every_relation())
    signed = {"why": "read it again", "by": "Ida Holm"}
    spoken(path, first.statement.id, "organisation:nato", **signed)
    spoken(path, second.statement.id, "Keat Ling", **signed)
    bounded(path, second.statement.id, "content", second.statement.content[:1], **signed)
    standing(path, third.statement.id, False, **signed)
    noted(path, relation.id, **signed)
    noted(path, first.report.id, **signed)
    undone(path, judged(path, "met", entry.passage.passage, **signed).id, **signed)
    return path


@pytest.mark.parametrize("lines", ALL)
def test_the_same_record_gives_the_same_lines(ledger: Path, lines: Lines) -> None:
    assert text_of(ledger, lines) == text_of(ledger, lines)


@pytest.mark.parametrize("lines", ALL)
def test_hostile_reports_and_an_unlinked_record_stay_data(tmp_path: Path, lines: Lines) -> None:
    path = write_record(tmp_path / "record.ledger", with_hostile=True, copies=2)
    found = parsed(path, lines)
    assert "<script>" in json.dumps(found)
    text = text_of(path, lines)
    assert "\u2028" not in text
    text.encode("utf-8")


@pytest.mark.parametrize("lines", ALL)
def test_a_record_with_nothing_read_is_a_document_too(tmp_path: Path, lines: Lines) -> None:
    with Writer(tmp_path / "empty.ledger"):
        pass
    assert parsed(tmp_path / "empty.ledger", lines) is not None


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A record of more than is held at a time, and one of twice as much."""
    folder = tmp_path_factory.mktemp("sizes")
    return write_record(folder / "one.ledger", copies=1_100), write_record(folder / "two.ledger", copies=2_200)


@pytest.mark.parametrize("lines", [jsonld_lines, map_lines, TABLES["reports"].records])
def test_twice_the_record_takes_no_more_memory(sizes: tuple[Path, Path], lines: Callable[..., Any]) -> None:
    peaks, counts = [], []
    for path in sizes:
        with Snapshot(path) as view:
            next(lines(view))
            tracemalloc.start()
            counts.append(sum(1 for _ in lines(view)))
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert counts[1] > 1.9 * counts[0]
    assert peaks[1] < 1.3 * peaks[0]


def test_quotations_are_the_words_in_quotation_marks_and_claims_the_utterances(ledger: Path) -> None:
    found = parsed(ledger, jsonld_lines)
    assert found["@context"] == "https://schema.org"
    nodes = found["@graph"]
    by_id = {node["@id"]: node for node in nodes}
    assert len(by_id) == len(nodes)
    sorts: dict[str, list[Any]] = {}
    for node in nodes:
        sorts.setdefault(node.get("@type", "unknown"), []).append(node)
    with Snapshot(ledger) as view:
        direct = {one.statement.id for one in view.statements() if one.statement.kind is Kind.DIRECT}
        asked = {
            one.head.id for one in view.every_utterance() if all(each.act is Act.QUESTION for each in one.renderings)
        }
        claims = {head.id for head in view.utterances()} - asked
    assert {one["@id"].rsplit(":")[-1] for one in sorts["Quotation"]} == direct
    assert {one["@id"].rsplit(":")[-1] for one in sorts["Claim"]} == claims
    assert asked
    for one in (*sorts["Quotation"], *sorts["Claim"]):
        named = [one.get("isPartOf"), one.get("firstAppearance"), *one.get("appearance", ())]
        assert {by_id[each["@id"]]["@type"] for each in named if each} == {"NewsArticle"}
        if "@id" in one.get("creator", {}):
            assert one["creator"]["name"] == by_id[one["creator"]["@id"]]["name"]
    assert all(
        by_id[each["@id"]]["@type"] == "Claim"
        for one in sorts["Quotation"]
        for each in one["@reverse"]["appearance"]
        if each["@id"].rsplit(":")[-1] not in asked
    )


def test_a_review_is_a_persons_word_without_a_rating(ledger: Path) -> None:
    nodes = parsed(ledger, jsonld_lines)["@graph"]
    claims = {node["@id"] for node in nodes if node.get("@type") == "Claim"}
    found = [node for node in nodes if node.get("@type") == "ClaimReview"]
    assert [(one["name"], one["reviewBody"], one["author"]["name"]) for one in found] == [
        ("not met", "only one of them came", "Åse “Desk” Ny"),
        ("withdrawn", "taken back", "Ida Holm"),
        ("graded 4", "nobody else saw it", "Ida Holm"),
    ]
    assert {one["itemReviewed"]["@id"] for one in found} <= claims
    assert "ating" not in json.dumps([sorted(one) for one in nodes])


def test_a_word_that_was_taken_back_is_no_review(ledger: Path, corrected: Path) -> None:
    before, after = (text_of(path, jsonld_lines).count('"ClaimReview"') for path in (ledger, corrected))
    assert after == before


def test_where_nobody_judged_there_is_no_review() -> None:
    assert "ClaimReview" not in text_of(weighed_ledger(), jsonld_lines)


def test_annotations_find_their_words_by_characters_and_by_surroundings(ledger: Path) -> None:
    found = parsed(ledger, annotation_lines)
    items = found["first"]["items"]
    assert (found["@context"], found["type"], found["first"]["type"]) == (
        "http://www.w3.org/ns/anno.jsonld",
        "AnnotationCollection",
        "AnnotationPage",
    )
    assert found["total"] == len(items) == len({one["id"] for one in items}) > 300
    with Snapshot(ledger) as view:
        texts = {taken.recorded.head.id: taken.recorded.report.text for taken in view.every_report()}
        parts = {one.statement.id: [span.text for span in one.content] for one in view.statements()}
    pages = 0
    for one in items:
        assert {body["type"] for body in one["body"]} <= {"TextualBody", "SpecificResource"}
        words = []
        for target in one["target"]:
            if isinstance(target["source"], str):
                assert target["source"].startswith("https://")
                assert target["selector"]["type"] == "TextQuoteSelector"
                pages += 1
                continue
            text = texts[target["source"]["id"].rsplit(":")[-1]]
            quote, position = target["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])
            assert (len(quote["prefix"]), len(quote["suffix"])) == (min(32, start), min(32, len(text) - end))
            words.append(quote["exact"])
        assert words == parts[one["id"].rsplit(":")[-1]]
    assert pages > 100


def test_offsets_count_code_points(tmp_path: Path) -> None:
    """A character beyond the first plane is one, as the model has it, and not the two units of UTF-16."""
    with Ledger(tmp_path / "record.ledger") as made:
        made.add_text("Rain fell. 😀\n\n“We will not leave,” Mayor Ida Holm said on Friday.")
    one = parsed(tmp_path / "record.ledger", annotation_lines)["first"]["items"][0]
    quote, position = one["target"][0]["selector"]
    assert (quote["prefix"], position["start"]) == ("Rain fell. 😀\n\n", 14)


def test_everything_that_prov_speaks_of_is_in_the_document(ledger: Path) -> None:
    found = parsed(ledger, prov_lines)
    prefixes = set(found["prefix"])
    things = {sort: set(found[sort]) for sort in ("entity", "activity", "agent")}
    assert all(name.split(":")[0] in prefixes and name.count(":") == 1 for one in things.values() for name in one)
    ends = {
        "wasDerivedFrom": {"prov:generatedEntity": "entity", "prov:usedEntity": "entity"},
        "wasGeneratedBy": {"prov:entity": "entity", "prov:activity": "activity"},
        "used": {"prov:activity": "activity", "prov:entity": "entity"},
        "wasAssociatedWith": {"prov:activity": "activity", "prov:agent": "agent"},
        "wasAttributedTo": {"prov:entity": "entity", "prov:agent": "agent"},
    }
    assert set(found) == {"prefix", *things, *ends}
    for section, roles in ends.items():
        assert found[section]
        for name, record in found[section].items():
            assert name.startswith("_:")
            for role, sort in roles.items():
                assert record.get(role) is None or record[role] in things[sort], (section, role)
    types = {record["prov:type"]["$"] for sort in things for record in found[sort].values()}
    assert {"onrecord:Capture", "onrecord:Reading", "prov:SoftwareAgent", "prov:Person", "onrecord:Brief"} <= types


def test_prov_tells_who_read_who_judged_and_what_a_brief_rests_on(ledger: Path) -> None:
    found = parsed(ledger, prov_lines)
    labels = {name: record["prov:label"] for name, record in found["agent"].items()}
    judging = [one for one in found["wasAssociatedWith"].values() if one["prov:activity"].startswith("judging:")]
    assert sorted(labels[one["prov:agent"]] for one in judging) == ["Ida Holm"] * 6 + ["Åse “Desk” Ny"]
    with Snapshot(ledger) as view:
        ((id_, brief),) = view.briefs()
        totals = view.totals()
    derived = [one for one in found["wasDerivedFrom"].values() if one["prov:generatedEntity"] == f"brief:{id_}"]
    assert {one["prov:usedEntity"] for one in derived} == {f"statement:{one.statement}" for one in brief.citations}
    statements = [name for name in found["entity"] if name.startswith("statement:")]
    made = {one["prov:entity"]: one.get("prov:activity") for one in found["wasGeneratedBy"].values()}
    assert len(statements) == totals.statements
    assert all(str(made[name]).startswith("reading:") for name in statements)
    assert made[f"brief:{id_}"] is None


def test_prov_names_what_was_corrected_and_taken_back_by_its_sort(corrected: Path) -> None:
    found = parsed(corrected, prov_lines)
    subjects = {name: record["onrecord:subject"] for name, record in found["entity"].items() if "judgement:" in name}
    used: dict[str, set[str]] = {}
    for one in found["used"].values():
        assert one["prov:entity"] in found["entity"], one
        if one["prov:activity"].startswith("judging:"):
            subject = subjects[one["prov:activity"].replace("judging:", "judgement:")]
            used.setdefault(subject, set()).add(one["prov:entity"].split(":")[0])
    assert {subject: used.get(subject) for subject in ("speaker", "span", "statement", "note", "undone", "status")} == {
        "speaker": {"statement", "actor"},
        "span": {"statement"},
        "statement": {"statement"},
        "note": None,
        "undone": {"judgement"},
        "status": {"passage"},
    }
    notes = [record["onrecord:of"] for record in found["entity"].values() if record.get("onrecord:subject") == "note"]
    assert [type(one) for one in notes] == [list, str]
    assert [one["onrecord:part"] for one in found["entity"].values() if "onrecord:part" in one] == ["content"]


PROPERTIES = {
    "Person": {"name", "alias", "wikidataId"},
    "Organization": {"name", "alias", "wikidataId"},
    "PublicBody": {"name", "alias", "wikidataId"},
    "LegalEntity": {"name", "alias", "wikidataId"},
    "Article": set(
        "fileName title author publisher publishedAt retrievedAt sourceUrl language mimeType bodyText "
        "processingAgent".split()
    ),
    "Mention": {"document", "name", "resolved", "detectedSchema"},
    "Note": {"name", "description", "keywords", "entity", "proof"},
}
"""Schemata of followthemoney 3.8 and 4.11 with such of their properties as are written here."""
REQUIRED = {"Article": {"fileName"}, "Mention": {"document", "name"}}
REFERENCES = {"document": {"Article"}, "proof": {"Article"}, "resolved": set(PROPERTIES) - {"Article"}}
ENTITY_ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?")
PREFIX_OF_A_DATE = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?")


def test_entities_are_as_followthemoney_has_them(ledger: Path) -> None:
    entities = {one["id"]: one for one in parsed(ledger, ftm_lines)}
    for id_, one in entities.items():
        properties = one["properties"]
        assert list(one) == ["id", "schema", "properties"]
        assert ENTITY_ID.fullmatch(id_)
        assert set(properties) <= PROPERTIES[one["schema"]]
        assert REQUIRED.get(one["schema"], {"name"}) <= set(properties)
        for name, values in properties.items():
            assert values
            assert all(isinstance(value, str) and value for value in values)
            if name in REFERENCES:
                assert {entities[value]["schema"] for value in values} <= REFERENCES[name]
            if name.endswith("At"):
                assert all(PREFIX_OF_A_DATE.fullmatch(value) for value in values)
            if name == "language":
                assert values == ["eng"]


def test_every_statement_is_a_note_and_a_mention_where_somebody_is_named(ledger: Path) -> None:
    entities = parsed(ledger, ftm_lines)
    assert len(entities) == len({one["id"] for one in entities})
    with Snapshot(ledger) as view:
        all_of_them = list(view.every_statement())
    named = [one for one in all_of_them if one.recorded.statement.speaker.name or one.actor]
    notes = [one for one in entities if one["schema"] == "Note"]
    assert [one["properties"]["description"] for one in notes] == [
        [" … ".join(span.text for span in one.recorded.content)] for one in all_of_them
    ]
    assert 0 < len(named) == sum(1 for one in entities if one["schema"] == "Mention") < len(all_of_them)


def test_a_status_that_people_may_give_is_never_the_programs(ledger: Path) -> None:
    names = {node["name"] for node in parsed(ledger, jsonld_lines)["@graph"] if node.get("@type") == "ClaimReview"}
    assert Status.DUE.value not in names


def features(path: Path, tally: Tally | None = None) -> list[dict[str, Any]]:
    found = json.loads(text_of(path, lambda view: map_lines(view, tally)), object_pairs_hook=once)
    # A reference system of its own is what RFC 7946 took out.
    assert list(found) == ["type", "features"]
    assert found["type"] == "FeatureCollection"
    return list(found["features"])


def test_a_feature_is_a_place_in_a_passage_with_who_said_it(ledger: Path) -> None:
    found = features(ledger)
    assert len({one["id"] for one in found}) == len(found) > 10
    with Snapshot(ledger) as view:
        texts = {taken.recorded.head.id: taken.recorded.report.text for taken in view.every_report()}
        statements = {one.recorded.statement.id: one for one in view.every_statement()}
        origins = {head.id: head.origins for head in view.utterances()}
    columns = set()
    for one in found:
        assert list(one) == ["type", "id", "geometry", "properties"]
        assert (one["type"], one["geometry"]["type"]) == ("Feature", "Point")
        its = one["properties"]
        columns.add(tuple(its))
        text, said = texts[its["report"]], statements[its["statement"]]
        passage = next(each for each in said.recorded.passages if each.id == its["passage"])
        assert text[its["start"] : its["end"]] == its["written"] == its["place"]
        assert its["words"] == text[passage.span.start : passage.span.end]
        spoken_of = [passage.span, *(figure.place for figure in passage.figures if figure.place)]
        assert any(span.start <= its["start"] < its["end"] <= span.end for span in spoken_of)
        assert its["act"] == passage.passage.act.value
        assert its["utterance"] == said.utterances[passage.id]
        assert its["origins"] == origins[its["utterance"]]
        assert its["coordinates_from"] == "invented.tsv"
    reference = (Path(__file__).parents[2] / "docs" / "reference" / "exports.md").read_text(encoding="utf-8")
    told = json.loads(reference.split("## GeoJSON")[1].split("```json")[1].split("```")[0])
    assert columns == {tuple(told["properties"])}
    assert max(one["properties"]["origins"] for one in found) > 1
    assert {one["properties"]["negated"] for one in found} == {True, False}


def test_coordinates_are_longitude_first_and_as_fine_as_the_standard_advises(ledger: Path) -> None:
    points = {one["properties"]["place"]: json.dumps(one["geometry"]["coordinates"]) for one in features(ledger)}
    assert points == {
        "Kortach": "[31.5, 52.5]",
        "Zelvin": "[-180.0, 0.0]",
        "Western District": "[33.0, 53.0]",
    }


def test_figures_stand_at_the_place_where_they_count_something(ledger: Path) -> None:
    told = {
        (one["properties"]["place"], one["properties"]["figures"])
        for one in features(ledger)
        if one["properties"]["figures"]
    }
    assert {
        ("Zelvin", "at least 7 people; 20 to 30 wounded"),
        ("Kortach", "140 to 160 guns; about 120 guns"),
        ("Western District", "48,000 servicemen"),
    } <= told


def test_the_place_of_a_figure_may_stand_in_another_clause(ledger: Path) -> None:
    marrech = places("Marrech\t51\t30\n", "marrech.tsv")
    found = [
        one["properties"]
        for one in json.loads(text_of(ledger, lambda view: geojson_lines(view, marrech)))["features"]
        if "Marrech" not in one["properties"]["words"]
    ]
    assert {(one["written"], one["figures"]) for one in found} == {
        ("Marrech", "at most 15 Olmiran saboteurs"),
        ("Marrech", "at most 15 persons"),
    }


def test_places_of_figures_that_no_table_has_are_counted(ledger: Path) -> None:
    tally = Tally()
    found = features(ledger, tally)
    named = Counter(one["properties"]["place"] for one in found)
    assert {place.name: count for place, count in tally.found.items()} == named
    assert tally.missing["Marrech"] > 1
    assert not {"Kortach", "Kortach airfield", "river", "small town"} & set(tally.missing)


def test_a_place_that_a_passage_names_twice_is_one_feature(tmp_path: Path) -> None:
    with Ledger(tmp_path / "record.ledger") as made:
        made.add_text("“Kortach burned, and Kortach’s people left Zelvin,” Mayor Ida Holm said on Friday.")
    found = features(tmp_path / "record.ledger")
    assert [(one["properties"]["place"], one["properties"]["start"]) for one in found] == [
        ("Kortach", 1),
        ("Zelvin", 43),
    ]
    # What was not linked has neither utterance nor origins.
    assert [(one["properties"]["utterance"], one["properties"]["origins"]) for one in found] == [(None, None)] * 2


def test_a_statement_that_was_not_taken_apart_is_on_the_map_too(tmp_path: Path) -> None:
    path = write_record(tmp_path / "record.ledger")
    found = [one["properties"] for one in features(path) if one["properties"]["passage"] is None]
    assert "dawn" in {one["place"] for one in found}
    assert {(one["act"], one["negated"], one["origins"]) for one in found} == {(None, None, None)}
