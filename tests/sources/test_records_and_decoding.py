"""JSON records: keys, alternates and what is kept; bytes to characters; languages; plain titles."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from onrecord.errors import InputError
from onrecord.sources.decoding import decoded
from onrecord.sources.language import language_of
from onrecord.sources.plain import title_of
from onrecord.sources.records import extract_record


def extracted(**fields: object) -> object:
    return extract_record(json.dumps(fields).encode())


@pytest.mark.parametrize(
    ("fields", "name", "value"),
    [
        ({"outlet": "A"}, "outlet", "A"),
        ({"source": "A"}, "outlet", "A"),
        ({"source": {"id": None, "name": "A"}}, "outlet", "A"),
        ({"outlet": "", "publisher": "A"}, "outlet", "A"),
        ({"headline": " A\n b "}, "title", "A b"),
        ({"authors": ["Jo Lind", {"name": "Sam Orr"}, ""]}, "author", "Jo Lind; Sam Orr"),
        ({"byline": "Jo Lind"}, "author", "Jo Lind"),
        ({"link": "https://a.example/1"}, "url", "https://a.example/1"),
        ({"url": "javascript:alert(1)"}, "url", None),
        ({"date": "2022-02-17"}, "published", datetime(2022, 2, 17, tzinfo=UTC)),
        ({"publishedAt": "2022-02-17T10:00:00Z"}, "published", datetime(2022, 2, 17, 10, tzinfo=UTC)),
        ({"datePublished": "2022-02-17T10:00:00Z"}, "published", datetime(2022, 2, 17, 10, tzinfo=UTC)),
        ({"published": "soon"}, "published", None),
        ({"lang": "en"}, "language", "en"),
        ({"title": "\ud800"}, "title", "\ufffd"),
        ({"title": 7}, "title", None),
    ],
)
def test_keys(fields: dict[str, object], name: str, value: object) -> None:
    assert getattr(extracted(text="The talks failed.", **fields), name) == value


@pytest.mark.parametrize(
    "key", ["text", "body", "content", "article", "maintext", "content_original", "articleBody", "TEXT"]
)
def test_keys_of_the_text(key: str) -> None:
    found = extract_record(
        json.dumps(
            {key: "The talks failed.", "article": {"id": 1}} if key != "article" else {key: "The talks failed."}
        ).encode()
    )
    assert found.text == "The talks failed."


def test_unknown_keys_are_kept() -> None:
    found = extract_record(
        b'{"text": "The talks failed.", "id": 1, "desk": "foreign", "published": "soon", "url": "x", "b": [1.5]}'
    )
    assert json.loads(found.extra or "") == {"desk": "foreign", "published": "soon", "url": "x", "b": [1.5]}
    assert found.remarks == ("publication time not understood: soon",)
    assert extract_record(b'{"text": "The talks failed.", "id": 1, "outlet": null}').extra is None


def test_what_no_database_keeps_is_replaced() -> None:
    assert extract_record(b'{"text": "a\\u0000b\\ud83d c"}').text == "a\ufffdb\ufffd c"


@pytest.mark.parametrize(
    ("content", "text", "remark"),
    [
        ("“Nein”, said Müller".encode(), "“Nein”, said Müller", ""),
        ("“Nein”, said Müller".encode("windows-1252"), "“Nein”, said Müller", "read as Windows-1252"),
        ("Écoutez, said André".encode("latin-1"), "Écoutez, said André", "read as Windows-1252"),
        (b"a" * 300 + b"\xff", "a" * 300 + "\ufffd", "1 of 301 characters were damaged and stand as U+FFFD"),
        ("ü".encode() * 300 + b"\xe4 ", "ü" * 300 + "\ufffd ", "1 of 302 characters were damaged and stand as U+FFFD"),
        (b"caf" * 100 + b"\xc3", "caf" * 100 + "\ufffd", "1 of 301 characters were damaged and stand as U+FFFD"),
        ("said \ufffd".encode(), "said \ufffd", ""),
        (b"\xef\xbb\xbfsaid", "said", ""),
        (b"", "", ""),
    ],
)
def test_decoding(content: bytes, text: str, remark: str) -> None:
    assert decoded(content) == (text, remark)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"abc\xff\xfe\xfd", "not text"),
        (b"\xff\xfe\x00\xd8" * 20, "not text"),
        (b"a\x00b", "binary"),
        (b"\x01\x02\x03abc", "binary"),
        ("привет".encode("koi8-r"), "not text"),
    ],
)
def test_not_decodable(content: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        decoded(content)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("text", "hint", "code"),
    [
        ("The minister said that the talks had failed and that he would not return.", None, "en"),
        ("Troops withdrew.", None, "en"),
        ("Kyiv, Ukraine", None, "en"),
        ("No comment.", None, "en"),
        ("“No,” he said.", "de", "en"),
        ("Zelensky, Stoltenberg, Lukashenko, Kuleba, Baerbock", "en-GB", "en"),
        ("Der Minister sagte am Montag, dass die Gespräche mit der Gewerkschaft gescheitert seien.", "en", "de"),
        ("Le ministre a déclaré lundi que les discussions avec le syndicat avaient échoué.", None, "fr"),
        ("Министр заявил в понедельник, что переговоры с профсоюзом провалились.", None, "ru"),
        ("De minister zei maandag dat de gesprekken met de vakbond waren mislukt.", None, "nl"),
        ("Bakan, sendikayla yapılan görüşmelerin başarısız olduğunu söyledi.", None, "tr"),
    ],
)
def test_language(text: str, hint: str | None, code: str) -> None:
    assert language_of(text, (), hint) == code


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Talks fail\n\nThe talks failed.", "Talks fail"),
        ("\n\nTalks fail\r\n\r\nThe talks failed.", "Talks fail"),
        ("Will talks fail?\n \nNobody knew.", "Will talks fail?"),
        ("Talks fail\nThe talks failed.", None),
        ("The talks failed.\n\nNobody knew.", None),
        ("Talks fail\n\n", None),
        ("Talks fail", None),
        ("Advertisement\n\nThe talks failed.", None),
        ("x" * 200 + "\n\nThe talks failed.", None),
        ("", None),
    ],
)
def test_title(text: str, title: str | None) -> None:
    assert title_of(text) == title
