"""Time stamps: what one proves, and every way in which one does not hold, in words."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import tsp

from onrecord.custody.places import stamps_folder
from onrecord.custody.tokens import asked, checked
from onrecord.domain.reports import Capture, Input, Report
from onrecord.errors import ExtraMissing, NotOnRecord, SettingsError, StampRefused
from onrecord.ledger.writer import Writer
from onrecord.proof.stamping import CheckedStamp, check_stamps, stamp
from tests.custody.authority import OPENSSL, Authority, needs_openssl
from tests.read_example import put

pytestmark = needs_openssl
TSA = "https://tsa.example/stamp"


def report(words: str) -> Input:
    capture = Capture(words.encode(), f"{words}.txt", "text/plain")
    return Input(words, f"{words}.txt", capture, Report(capture.sha256, words))


def ledger_in(folder: Path, *words: str) -> Path:
    return put(folder / "news.ledger", [(report(one), ()) for one in words or ("One said so.", "Another did not.")])


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("office") / "tsa")


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("office") / "other", name="Another Office")


def one_of(ledger: Path, *trust: Path) -> CheckedStamp:
    [found] = check_stamps(ledger, trust)
    return found


def test_a_stamp_is_kept_and_checked_without_a_network(tmp_path: Path, authority: Authority) -> None:
    ledger = ledger_in(tmp_path)
    before = ledger.read_bytes()
    done = stamp(ledger, TSA, authority.post)
    assert done.entry == 8
    assert done.words.startswith("everything up to entry 8 was there on ")
    assert "says CN=The Time Office, whose certificate nobody vouched for here (--trust)" in done.words
    assert ledger.read_bytes() == before, "a stamp is never part of the chain"
    assert sorted(one.suffix for one in stamps_folder(ledger).iterdir()) == [".json", ".tsr"]
    assert json.loads(done.place.with_suffix(".json").read_text()) == {
        "entry": 8,
        "head": done.head,
        "authority": TSA,
    }
    found = one_of(ledger)
    assert (found.entry, found.head, found.words, found.problem) == (8, done.head, done.words, None)
    trusted = one_of(ledger, authority.root)
    assert trusted.words is not None
    assert trusted.words.endswith("for whom CN=Root of The Time Office vouches, who is trusted here")
    assert one_of(ledger, authority.root.with_name("signer.pem")).problem is None, (
        "the signer's own certificate will do"
    )


def test_another_program_checks_it_too(tmp_path: Path, authority: Authority) -> None:
    done = stamp(ledger_in(tmp_path), TSA, authority.post)
    (tmp_path / "head").write_text(done.head)
    command = [str(OPENSSL), "ts", "-verify", "-data", "head", "-in", str(done.place), "-CAfile", str(authority.root)]
    assert "Verification: OK" in subprocess.run(command, cwd=tmp_path, capture_output=True, text=True).stdout


@pytest.mark.parametrize("kind", [{"curve": True}, {"old": True}])
def test_authorities_of_other_kinds(tmp_path: Path, kind: dict[str, bool]) -> None:
    office = Authority(tmp_path / "tsa", **kind)
    ledger = ledger_in(tmp_path)
    stamp(ledger, TSA, office.post)
    assert one_of(ledger, office.root).problem is None


def test_a_stamp_holds_when_the_record_goes_on(tmp_path: Path, authority: Authority) -> None:
    ledger = ledger_in(tmp_path)
    stamp(ledger, TSA, authority.post)
    put(ledger, [(report("A third came later."), ())])
    stamp(ledger, TSA, authority.post)
    assert [(one.entry, one.problem) for one in check_stamps(ledger, [authority.root])] == [(8, None), (12, None)]


def test_nothing_on_record_is_not_stamped(tmp_path: Path, authority: Authority) -> None:
    with Writer(tmp_path / "empty.ledger"):
        pass
    with pytest.raises(NotOnRecord, match="could be stamped"):
        stamp(tmp_path / "empty.ledger", TSA, authority.post)
    assert not stamps_folder(tmp_path / "empty.ledger").exists()


def altered(place: Path, find: bytes, by: bytes) -> None:
    content = place.read_bytes()
    assert find in content
    place.write_bytes(content.replace(find, by))


def test_a_time_that_was_altered(tmp_path: Path, authority: Authority) -> None:
    ledger = ledger_in(tmp_path)
    place = stamp(ledger, TSA, authority.post).place
    altered(place, b"Z\x30\x03\x02\x01\x01", b"Z\x30\x03\x02\x01\x02")
    assert one_of(ledger).problem == "was altered: what is signed is not what it says"


def test_a_signature_that_was_altered(tmp_path: Path, authority: Authority) -> None:
    ledger = ledger_in(tmp_path)
    place = stamp(ledger, TSA, authority.post).place
    content = place.read_bytes()
    place.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
    assert one_of(ledger).problem == "was altered: its signature does not fit what it says"


def test_facts_that_were_altered(tmp_path: Path, authority: Authority) -> None:
    ledger = ledger_in(tmp_path)
    done = stamp(ledger, TSA, authority.post)
    facts = done.place.with_suffix(".json")
    altered(facts, b'"entry": 8', b'"entry": 7')
    problem = one_of(ledger).problem
    assert problem is not None
    assert problem.startswith("is on another head than the chain has at entry 7")


def test_a_stamp_of_something_else(tmp_path: Path, authority: Authority) -> None:
    ledger = ledger_in(tmp_path)
    done = stamp(ledger, TSA, authority.post)
    done.place.write_bytes(authority.post(TSA, asked(b"0" * 64, 5), "application/timestamp-query")[1])
    assert one_of(ledger).problem == "is for something else: what it stamps is not the SHA-256 of this head"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("Quite another.", "And one more."), "it is of another ledger"),
        (("One said so.",), "is on entry 8, and the chain has 4: rows were cut off"),
    ],
)
def test_a_stamp_of_another_ledger(tmp_path: Path, authority: Authority, words: tuple[str, ...], told: str) -> None:
    ledger = ledger_in(tmp_path)
    stamp(ledger, TSA, authority.post)
    (tmp_path / "new").mkdir()
    newer = ledger_in(tmp_path / "new", *words)
    shutil.copytree(stamps_folder(ledger), stamps_folder(newer))
    problem = one_of(newer).problem
    assert problem is not None
    assert told in problem


@pytest.mark.parametrize(
    ("since", "until"), [(timedelta(days=-5), timedelta(days=-4)), (timedelta(days=4), timedelta(days=5))]
)
def test_a_certificate_that_was_not_valid_then(tmp_path: Path, since: timedelta, until: timedelta) -> None:
    office = Authority(tmp_path / "tsa", since=since, until=until)
    ledger = ledger_in(tmp_path)
    with pytest.raises(StampRefused, match="was signed with a certificate that was not valid then: it is from"):
        stamp(ledger, TSA, office.post)
    assert not stamps_folder(ledger).exists(), "what does not hold is not kept"


def test_an_authority_that_nobody_trusts(tmp_path: Path, authority: Authority, other: Authority) -> None:
    ledger = ledger_in(tmp_path)
    stamp(ledger, TSA, authority.post)
    told = "is signed by CN=The Time Office, and none of those that are trusted vouches for that"
    assert one_of(ledger, other.root).problem == told
    assert one_of(ledger, other.root, authority.root).problem is None


def test_a_name_is_not_enough_to_be_trusted(tmp_path: Path, authority: Authority) -> None:
    forger = Authority(tmp_path / "forger")
    ledger = ledger_in(tmp_path)
    stamp(ledger, TSA, forger.post)
    problem = one_of(ledger, authority.root).problem
    assert problem is not None
    assert "none of those that are trusted vouches" in problem


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is no answer of an authority for time stamps"),
        (b"<html>404</html>", "is no answer of an authority for time stamps"),
        (b"\x30\x80" * 50_000, "is no answer of an authority for time stamps"),
        (b"\x30" * 10_000_000, "is larger than any stamp: 10,000,000 bytes"),
    ],
)
def test_garbage_is_told(tmp_path: Path, authority: Authority, content: bytes, told: str) -> None:
    ledger = ledger_in(tmp_path)
    stamp(ledger, TSA, authority.post).place.write_bytes(content)
    assert one_of(ledger).problem == told
    with pytest.raises(StampRefused, match=told):
        stamp(ledger, TSA, lambda *_: (200, content))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "stands alone"),
        (b"[]", "has beside it what no stamp of ours has"),
        (b'{"entry": "8", "head": 5, "authority": ""}', "has beside it what no stamp of ours has"),
        (b'{"entry": 8, "head": "xyz", "authority": ""}', "has beside it what no stamp of ours has"),
        (b"[" * 9_000, "has beside it what no stamp of ours has"),
        (b" " * 20_000, "stands alone"),
    ],
)
def test_facts_that_are_none(tmp_path: Path, authority: Authority, content: bytes | None, told: str) -> None:
    ledger = ledger_in(tmp_path)
    facts = stamp(ledger, TSA, authority.post).place.with_suffix(".json")
    if content is None:
        facts.unlink()
    else:
        facts.write_bytes(content)
    problem = one_of(ledger).problem
    assert problem is not None
    assert problem.startswith(told)


def test_a_file_that_is_no_stamp(tmp_path: Path, authority: Authority) -> None:
    ledger = ledger_in(tmp_path)
    stamps_folder(ledger).mkdir()
    (stamps_folder(ledger) / "mine.tsr").write_bytes(b"mine")
    assert one_of(ledger).problem == "has a name that no stamp of ours has"


def test_an_answer_to_another_request(tmp_path: Path, authority: Authority) -> None:
    ledger = ledger_in(tmp_path)
    head = stamp(ledger, TSA, authority.post).head
    replayed = authority.post(TSA, asked(head.encode(), 7), "application/timestamp-query")
    with pytest.raises(StampRefused, match="answers another request"):
        stamp(ledger, TSA, lambda *_: replayed)


@pytest.mark.parametrize("status", [404, 500, 503])
def test_an_authority_that_does_not_answer_well(tmp_path: Path, status: int) -> None:
    with pytest.raises(StampRefused, match=f"answers with status {status} and gives no stamp"):
        stamp(ledger_in(tmp_path), TSA, lambda *_: (status, b""))


def test_a_refusal_is_told_in_the_authority_s_words(tmp_path: Path, authority: Authority) -> None:
    imprint = {"hash_algorithm": {"algorithm": "sha1"}, "hashed_message": b"h" * 20}
    sha1 = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint}).dump()
    _, refused = authority.post(TSA, sha1, "application/timestamp-query")
    with pytest.raises(StampRefused, match=r"is a refusal of the authority: .*bad_alg"):
        checked(refused, b"a")


def test_no_change_of_a_bit_makes_another_stamp(authority: Authority) -> None:
    message = b"3" * 64
    _, answer = authority.post(TSA, asked(message, 5), "application/timestamp-query")
    good = checked(answer, message)
    for place in range(0, len(answer), 7):
        changed = bytearray(answer)
        changed[place] ^= 1 << (place % 8)
        try:
            found = checked(bytes(changed), message)
        except StampRefused:
            continue
        assert found == good, "bits that say nothing may change"


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_a_trust_that_is_no_certificate(tmp_path: Path, content: bytes | None) -> None:
    place = tmp_path / "trust.pem"
    if content is not None:
        place.write_bytes(content)
    with pytest.raises(SettingsError, match=r"trust.pem cannot be trusted"):
        check_stamps(ledger_in(tmp_path), [place])


def test_without_the_library_it_is_said_that_nothing_was_checked(
    tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = ledger_in(tmp_path)
    stamp(ledger, TSA, authority.post)
    monkeypatch.delitem(sys.modules, "onrecord.custody.tokens")
    monkeypatch.setitem(sys.modules, "asn1crypto", None)
    found = one_of(ledger)
    told = "was not checked: a time stamp needs asn1crypto: pip install 'onrecord[stamps]'"
    assert (found.words, found.problem) == (told, None)
    with pytest.raises(ExtraMissing):
        check_stamps(ledger, [authority.root])


def test_no_stamps_are_no_faults(tmp_path: Path) -> None:
    assert check_stamps(ledger_in(tmp_path)) == []
