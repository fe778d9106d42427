"""The commands of linking as people type them, on the example."""

import json
import subprocess
from pathlib import Path

import pytest

from onrecord.sources.example import reports_folder
from tests.end_to_end.test_command_line import run

TOML = Path(__file__).parents[2] / "examples" / "crisis" / "onrecord.toml"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("linking")
    path = folder / "example.ledger"
    with reports_folder() as reports:
        done = run("read", reports, "--ledger", path)
    assert done.stdout.startswith("inputs 17, read 17, duplicate 0, skipped 0, statements ")
    assert "linked 17 reports" in done.stderr
    return path


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_utterances_as_json_have_the_keys_that_are_promised(ledger: Path) -> None:
    found = rows(run("utterances", "-l", ledger, "--format", "jsonl"))
    assert len(found) > 100
    for one in found:
        assert list(one)[:6] == ["id", "actor", "said", "passages", "origins", "differences"]
        passages = one["passages"]
        assert isinstance(passages, list)
        for passage in passages:
            assert {"report", "input", "start", "end", "text", "outlet", "published"} <= passage.keys()
            assert passage["end"] - passage["start"] == len(passage["text"])
    ids = [passage["id"] for one in found for passage in one["passages"]]  # type: ignore[attr-defined]
    assert len(ids) == len(set(ids))


def test_workers_and_a_cluster_are_not_asked_for_at_once(ledger: Path) -> None:
    done = run("link", "-l", ledger, "--workers", "2", "--cluster", "tcp://127.0.0.1:1")
    assert done.returncode == 2
    assert "not both" in done.stderr


def test_linking_anew_with_workers_tells_the_same(ledger: Path) -> None:
    (one,) = rows(run("link", "-l", ledger, "--again", "--json"))
    (two,) = rows(run("link", "-l", ledger, "--again", "--json", "--workers", "2"))
    assert one == two


def test_lists_can_be_narrowed(ledger: Path) -> None:
    told = rows(run("utterances", "-l", ledger, "--format", "jsonl", "--reports", "3", "--actor", "Joren Halvik"))
    assert told
    assert {one["actor_name"] for one in told} == {"Joren Halvik"}
    assert all(int(str(one["reports"])) >= 3 for one in told)
    assert len(rows(run("utterances", "-l", ledger, "--format", "jsonl", "--limit", "2"))) == 2


def test_stories_and_actors_as_json(ledger: Path) -> None:
    stories = rows(run("stories", "-l", ledger, "--format", "jsonl"))
    reports = [report for one in stories for report in one["reports"]]  # type: ignore[attr-defined]
    assert len(reports) == len({one["report"] for one in reports}) == 17
    assert all({"report", "input", "outlet", "published"} <= one.keys() for one in reports)
    actors = rows(run("actors", "-l", ledger, "--format", "jsonl"))
    assert actors[0]["name"] == "Joren Halvik"


def test_one_utterance_in_words(ledger: Path) -> None:
    (head,) = rows(run("utterances", "-l", ledger, "--format", "jsonl", "--limit", "1"))
    done = run("utterance", str(head["id"])[:12], "-l", ledger)
    assert done.returncode == 0
    for part in ("independent origin", "(the fullest)", "held to be one utterance because:"):
        assert part in done.stdout
    assert json.loads(run("utterance", str(head["id"]), "-l", ledger, "--json").stdout)["id"] == head["id"]


def test_judging_tells_apart_and_stays_on_the_record(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "judged.ledger"
    path.write_bytes(ledger.read_bytes())
    (head,) = rows(run("utterances", "-l", path, "--format", "jsonl", "--limit", "1"))
    a, b = (one["id"] for one in head["passages"][:2])  # type: ignore[index]
    done = run("judge", "different", a, b, "-l", path, "--why", "two evenings", ONRECORD_BY="Ida Holm")
    assert done.returncode == 0
    assert "are different" in done.stdout
    one, other = (json.loads(run("utterance", id_, "-l", path, "--json").stdout)["id"] for id_ in (a, b))
    assert one != other
    assert "judgement 1" in run("verify", "-l", path).stdout


def test_two_actors_are_judged_to_be_one_by_their_names(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "judged.ledger"
    path.write_bytes(ledger.read_bytes())
    done = run(
        "judge", "same", "halvik", "Joren Halvik", "-l", path, "--why", "there is no other", ONRECORD_BY="Ida Holm"
    )
    assert "on the record: actor local:" in done.stdout
    named = {str(one["name"]) for one in rows(run("actors", "-l", path, "--format", "jsonl"))}
    assert {"Halvik", "Joren Halvik"} & named == {"Joren Halvik"}
    part = run("judge", "same", "Halvi", "Joren Halvik", "-l", path, "--why", "x", ONRECORD_BY="Ida Holm")
    assert (part.returncode, "no report 'Halvi' is on the record" in part.stderr) == (3, True)


def test_linking_again_finds_the_same_and_other_publishers_are_read_from_the_folder(
    ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "again.ledger"
    path.write_bytes(ledger.read_bytes())
    first = json.loads(run("link", "-l", path, "--again", "--json").stdout)
    assert first["linked"] == 17
    assert json.loads(run("link", "-l", path, "--json").stdout) == {**first, "linked": 0}
    (tmp_path / "onrecord.toml").write_text(TOML.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with_publishers = json.loads(run("link", "-l", path, "--json").stdout)
    name = "from two independent origins or more"
    assert with_publishers[name] > first[name] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("utterance", "abcdef123456"), "no utterance"),
        (("judge", "same", "abcdef123456", "abcdef123457", "--why", "x"), "is on the record"),
        (("utterances", "--actor", "Nobody At All"), "no actor"),
    ],
)
def test_what_is_not_there_ends_in_words(ledger: Path, arguments: tuple[str, ...], words: str) -> None:
    done = run(*arguments, "-l", ledger)
    assert done.returncode == 3
    assert words in done.stderr


def test_reading_without_linking(tmp_path: Path) -> None:
    path, story = tmp_path / "one.ledger", tmp_path / "story.txt"
    story.write_text("“We will not leave,” Mayor Ida Holm said on Friday.", encoding="utf-8")
    assert "linked" not in run("read", story, "-l", path, "--no-link").stderr
    assert rows(run("utterances", "-l", path, "--format", "jsonl")) == []
    assert run("link", "-l", path).stdout.startswith("linked 1 report:")
