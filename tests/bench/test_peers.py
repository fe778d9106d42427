"""Programs beside ours: their spans are taken as they are meant, they answer over a pipe, and none is left out in silence."""

import os
import sys
from pathlib import Path

import pytest

from bench.speed.peers_run import serving
from bench.speed.peers_run.environments import RUNNERS, NotRun, Peer, Running, environment, options, peers
from bench.speed.peers_run.mapping import AS_GIVEN, MAPPINGS, Mapping
from bench.speed.peers_run.rows import Row, table

TEXT = 'The mayor said: "The bridge is shut," and left. Rain fell, she added.'


def place(words: str) -> list[int]:
    at = TEXT.index(words)
    return [at, at + len(words)]


FOUND = [
    {
        "source": [place("mayor")],
        "phrase": [place("The mayor")],
        "cue": [place("said")],
        "content": [place("The bridge is shut")],
    },
    {"source": [place("mayor")], "phrase": [place("The mayor")], "cue": [place("said")], "content": [place("left")]},
    {"source": [place("she")], "phrase": [place("she")], "cue": [], "content": [place("Rain fell")]},
    {"source": [], "phrase": [], "cue": [], "content": [place('"The bridge is shut,"')]},
]


@pytest.mark.parametrize(
    ("mapping", "sources", "contents"),
    [
        (AS_GIVEN, ["mayor", "mayor", "she", ""], ["The bridge is shut", "left", "Rain fell", '"The bridge is shut,"']),
        (
            Mapping("phrase", "inside"),
            ["The mayor", "The mayor", "she", ""],
            ['"The bridge is shut,"', "left", "Rain fell", '"The bridge is shut,"'],
        ),
        (
            Mapping(marks="outside"),
            ["mayor", "mayor", "she", ""],
            ["The bridge is shut", "left", "Rain fell", "The bridge is shut,"],
        ),
        (
            Mapping(joined=True),
            ["mayor", "she", ""],
            ["The bridge is shut|left", "Rain fell", '"The bridge is shut,"'],
        ),
    ],
)
def test_spans_are_taken_in_each_way(mapping: Mapping, sources: list[str], contents: list[str]) -> None:
    found = mapping.attributions(TEXT, FOUND)
    assert ["|".join(TEXT[a:b] for a, b in one["source"]) for one in found] == sources
    assert ["|".join(TEXT[a:b] for a, b in one["content"]) for one in found] == contents


def test_every_way_is_tried_once_and_says_what_it_is() -> None:
    assert len({str(one) for one in MAPPINGS}) == len(MAPPINGS) == 12
    assert AS_GIVEN in MAPPINGS


def test_what_a_program_puts_into_a_text_is_taken_back() -> None:
    text = "Élan is gone.\n\n“We know,” she said.\n \nThe parties' men left."
    prepared = 'Elan is gone..\n "We know, " she said..\nThe parties\'x men left.'
    at = serving.places(text, prepared)
    for theirs, ours in (
        ("Elan", "Élan"),
        ('"We know', "“We know"),
        ("she said", "she said"),
        ("men left", "men left"),
    ):
        start = prepared.index(theirs)
        known = [k for k in at[start : start + len(theirs)] if k is not None]
        assert text[known[0] : known[-1] + 1] == ours
    assert at[prepared.index("x men")] is None


def test_a_part_gives_places_of_the_whole_text() -> None:
    start, paragraph = list(serving.paragraphs("A title\n\n" + TEXT))[1]
    assert serving.Part(start, paragraph, paragraph, FOUND[2:3]).placed()[0]["source"] == [
        [k + 9 for k in place("she")]
    ]


_PROGRAM = f"""
import sys
sys.path.insert(0, {str(RUNNERS)!r})
from serving import Found, Part, serve

def read(texts):
    for text in texts:
        if text == "die":
            raise MemoryError("no room for this")
        print("a program may print")
        at = text.find("said")
        if at < 0:
            yield Found([], ["ValueError: no cue"])
        else:
            one = {{"source": [[0, at - 1]], "phrase": [[0, at - 1]], "cue": [[at, at + 4]], "content": []}}
            yield Found([Part(0, text, text, [one])])

serve(lambda options: {{"by article": read}})
"""


def running(tmp_path: Path) -> Running:
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM, encoding="utf-8")
    peer = Peer("told", "a program", str(program), indirect=False, said="", requirements=["none"])
    return Running(peer, Path(sys.executable), {}, tmp_path, min(os.sched_getaffinity(0)))


def test_a_program_answers_over_a_pipe_with_what_it_took(tmp_path: Path) -> None:
    program = running(tmp_path)
    assert program.ways == ["by article"]
    said = program.read("by article", ["Élan said no\nmore", "Rain fell."], spans=True)
    counted = program.read("by article", ["She said no", "He said so"], spans=False)
    program.close()
    assert [[one["cue"] for one in found] for found in said["quotations"]] == [[[[5, 9]]], []]
    assert (said["found"], said["refused"], said["reasons"]) == (1, 1, ["ValueError: no cue"])
    assert (counted["found"], counted["quotations"]) == (2, [])
    assert said["cpu_seconds"] >= 0
    assert 1e6 < said["memory"] < 1e9


def test_a_program_that_dies_says_why(tmp_path: Path) -> None:
    program = running(tmp_path)
    with pytest.raises(NotRun, match="MemoryError: no room for this"):
        program.read("by article", ["die"], spans=True)
    program.close()


def test_what_is_missing_is_a_reason(tmp_path: Path) -> None:
    citron = next(one for one in peers() if one.name == "citron")
    with pytest.raises(NotRun, match=r"bbc/citron.*--source citron=DIR"):
        options(citron, tmp_path, {})
    with pytest.raises(NotRun, match=r"needs Python 3\.999"):
        environment(Peer("old", "", "", False, "", ["nothing"], python="3.999"), tmp_path)


def test_every_program_of_the_list_has_a_runner() -> None:
    assert [one.name for one in peers() if one.ours] == ["onrecord"]
    assert all((RUNNERS / one.runner).is_file() for one in peers())


def measured(peer: Peer, linked: float, cpu_seconds: float) -> Row:
    scores = {"source": 0.5, "cue": 0.4, "content": 0.6, "linked": linked, "linked.quoted": 0.3, "linked.indirect": 0.1}
    return Row(
        peer, way="by article", scores=scores, articles=10, seconds=9.0, cpu_seconds=cpu_seconds, memory=5_000_000
    )


def test_the_table_names_what_was_not_run_and_where_ours_stands() -> None:
    ours, other = Peer("onrecord", "ours", "", True, "as it is"), Peer("b", "other", "", True, "as told", ["spacy"])
    lost = Peer("c", "lost", "", False, "", ["gone"])
    lines = list(table([measured(ours, 0.68, 2.0), measured(other, 0.4, 4.0), Row(lost, reason="no such package")]))
    written = "\n".join(lines)
    assert "lost: not run: no such package" in lines
    assert "ours 68.0, the best of the others 40.0 (other)" in written
    assert "ours makes 2.00 times" in written
    assert any(line.split() == ["other", "yes", "50.0", "40.0", "60.0", "40.0", "30.0", "10.0", "2.50", "1.11", "5"] for line in lines)  # fmt: skip
