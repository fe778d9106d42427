"""PDFs become texts with paragraphs and pages, the same each time, and no PDF can hurt."""

from __future__ import annotations

import io
import json
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from onrecord.domain.paging import page_of, page_starts, page_words
from onrecord.errors import InputError
from onrecord.settings import Settings
from onrecord.sources import gather, text_of
from onrecord.sources.documents import extract_document, opening
from onrecord.sources.documents.flowing import flowed
from onrecord.sources.documents.opening import Line
from onrecord.sources.metadata import Extracted
from tests.sources.invented_pdf import RELEASE, drawn

TEXT = (
    "Harven opens the harbour\n\nEskmouth, 7 March 2031\n\n“The first pier is open,” Minister Ana Lenz said on Friday. The "
    "minister added that a long-term plan for all of the piers of the harbour is to be made this spring.\n\nKarl Oder of "
    "the pilots said that nobody had asked the pilots, who were to be told by the end of the month of what the ministry "
    "has in mind for them.\n\nThe harbour was closed in the winter of the year before, when the ice came."
)


def test_paragraphs_survive_lines_hyphens_heads_numbers_and_the_end_of_a_page() -> None:
    found = extract_document(drawn(RELEASE))
    assert found.text == TEXT
    assert found.remarks == ("running heads and page numbers left out: 4 lines",)
    assert found.extractor == f"pypdf {pypdf.__version__}"
    starts = page_starts(found.extractor, found.extra)
    assert [found.text[start:][:9] for start in starts] == ["Harven op", "be told b"]


@pytest.mark.parametrize(
    ("told", "title", "author"),
    [
        ({}, "Harven opens the harbour", None),
        ({"title": "Microsoft Word - ports_v3.docx", "author": "jdoe7"}, "Harven opens the harbour", None),
        ({"title": "Template of 2019", "author": "Ministry of Ports"}, "Harven opens the harbour", "Ministry of Ports"),
        ({"title": "The first pier is open", "author": "Ana Lenz"}, "The first pier is open", "Ana Lenz"),
    ],
)
def test_title_author_and_day_are_those_that_are_printed_before_those_of_the_file(
    told: dict[str, str], title: str, author: str | None
) -> None:
    found = extract_document(drawn(RELEASE, **told))
    assert (found.title, found.author) == (title, author)
    assert (found.published, found.published_is_day) == (datetime(2031, 3, 7, tzinfo=UTC), True)


def test_a_pdf_that_prints_no_day_is_of_the_day_it_was_made_and_says_so() -> None:
    found = extract_document(drawn([[(70, 700, 11, "The pier is open, Minister Ana Lenz said.")]]))
    assert found.published == datetime(2000, 1, 1, tzinfo=UTC)
    assert "published: the day on which the PDF was made" in found.remarks


def lines(*rows: tuple[str, float, float]) -> list[Line]:
    return [Line(text, x, y, 10.0) for text, x, y in rows]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        # The first line of a paragraph moved in.
        (lines(("The pier is open today and it stays so", 90, 700), ("until the end of the winter of the year.", 70, 688),
               ("The harbour was closed before for long.", 90, 676), ("Nobody has asked the pilots about this.", 70, 664)),
         "The pier is open today and it stays so until the end of the winter of the year.\n\nThe harbour was closed before "
         "for long. Nobody has asked the pilots about this."),
        # A column ends in the middle of a sentence.
        (lines(("The pier is open today and it", 70, 700), ("stays open for those who have", 70, 688),
               ("paid, and for nobody else now.", 320, 700)),
         "The pier is open today and it stays open for those who have paid, and for nobody else now."),
        # Ligatures, fixed spaces, soft hyphens, names with a hyphen, and turns of a transcript.
        (lines(("The o\ufb03ce of\u00a0the \ufb01rst har\u00ad", 70, 700), ("bour of Eskmouth-", 70, 688), ("Zelvin is shut for good, says he.", 70, 676),
               ("Q: Why is it shut for so very long?", 70, 664), ("A: It is too old.", 70, 652)),
         "The office of the first harbour of Eskmouth-Zelvin is shut for good, says he.\n\nQ: Why is it shut for so very "
         "long?\n\nA: It is too old."),
        (lines(("Three things are due in the spring:", 70, 700), ("• a pier", 70, 688), ("• a boat", 70, 676)),
         "Three things are due in the spring:\n\n• a pier\n\n• a boat"),
        ([], ""),
    ],
)  # fmt: skip
def test_how_lines_become_paragraphs(page: list[Line], text: str) -> None:
    assert flowed([page]).text == text


def test_a_page_without_text_is_never_the_page_of_anything() -> None:
    found = flowed([[], lines(("The pier is open.", 70, 700)), [], lines(("It stays open.", 70, 700)), []])
    assert found.text == "The pier is open.\n\nIt stays open."
    assert found.starts == (0, 0, 19, 19, 33)
    assert [page_of(found.starts, at) for at in (0, 16, 19, 32)] == [2, 2, 4, 4]
    assert page_words(found.starts, 5, 25) == "pages 2 to 4"


@pytest.mark.parametrize(
    ("extractor", "extra"),
    [
        ("json", '{"page_starts": [0, 4]}'), ("pypdf 7", None), ("pypdf 7", "{"), ("pypdf 7", '{"page_starts": [4, 0]}'),
        ("pypdf 7", '{"page_starts": "0"}'), ("pypdf 7", "[" * 9_000), ("pypdf 7", '{"page_starts": [true]}'),
    ],
)  # fmt: skip
def test_pages_are_believed_only_where_our_extractor_wrote_them(extractor: str, extra: str | None) -> None:
    assert page_starts(extractor, extra) == ()
    assert page_words((), 0, 5) == ""


def test_a_pdf_is_an_input_like_any_other_and_its_text_is_made_again_from_its_capture(tmp_path: Path) -> None:
    (tmp_path / "release.pdf").write_bytes(drawn(RELEASE))
    (tmp_path / "no-suffix").write_bytes(b"\n" + drawn(RELEASE))
    (tmp_path / "not.pdf").write_bytes(b"The pier is open, she said.")
    kinds = {given.name: given for given in gather([tmp_path], Settings())}
    report, capture = kinds["release.pdf"].report, kinds["release.pdf"].capture
    assert report is not None
    assert capture is not None
    assert (report.title, capture.media_type) == ("Harven opens the harbour", "application/pdf")
    assert text_of(capture.content, capture.media_type) == report.text == TEXT
    assert json.loads(report.extra or "")["page_starts"] == [0, TEXT.index("be told by")]
    assert kinds["not.pdf"].reason == "damaged PDF"


def pictured() -> bytes:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.drawImage(ImageReader(Image.new("L", (8, 8))), 0, 0, 500, 700)
    canvas.save()
    return out.getvalue()


def bomb(size: int) -> bytes:
    """A page whose content unpacks to so many bytes."""
    packed = zlib.compress(b"0 0 m\n" * (size // 6), 9)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<<>>>>/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    return assembled(parts)


def assembled(parts: list[bytes]) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(parts) + 1, table, len(parts) + 1, len(out),
    )  # fmt: skip


LOOP = assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"])
DEEP = assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"[" * 50_000])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (drawn(RELEASE, password="secret"), "encrypted"),
        (pictured(), "no text"),
        (drawn([[]]), "no text"),
        (b"%PDF-1.7\n", "damaged PDF"),
        (drawn(RELEASE)[:700], "damaged PDF"),
        (bomb(200_000_000), "too large"),
        (bomb(9_000_000), "too large"),
        (LOOP, "damaged PDF"),
        (DEEP, "damaged PDF"),
    ],
    ids=["password", "pictures", "empty page", "head alone", "cut off", "bomb", "small bomb", "loop", "deep"],
)
def test_what_cannot_be_read_is_said(content: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        extract_document(content, seconds=20)
    assert caught.value.reason == reason


def test_pictures_of_pages_are_told_from_nothing() -> None:
    with pytest.raises(InputError, match="holds pictures of pages"):
        extract_document(pictured())


def test_a_pdf_that_anybody_may_read_but_not_copy_is_read() -> None:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(drawn(RELEASE))))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert extract_document(out.getvalue()).text == TEXT


def test_too_many_pages_and_too_much_time_refuse_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError) as caught:
        extract_document(drawn(RELEASE), seconds=-1)
    assert caught.value.reason == "too slow"
    monkeypatch.setattr(opening, "MOST_PAGES", 1)
    with pytest.raises(InputError) as caught:
        extract_document(drawn(RELEASE))
    assert caught.value.reason == "too many pages"


REASONS = {"damaged PDF", "encrypted", "no text", "no words", "too slow", "too large", "too long", "too many pages"}


def outcome(content: bytes) -> Extracted | str:
    """What a PDF holds, or the reason why it holds nothing."""
    try:
        return extract_document(content, seconds=10)
    except InputError as error:
        return error.reason


GOOD = drawn([[(70, 740, 20, "The pier"), (70, 700, 11, "“It is open,” she said.")], [(70, 700, 11, "It stays open.")]])


@settings(max_examples=500)
@given(
    st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.binary(min_size=0, max_size=6), st.integers(0, 12)), max_size=6),
    st.integers(0, len(GOOD)),
)  # fmt: skip
def test_damaged_pdfs_end_as_a_text_or_with_a_reason(changes: list[tuple[int, bytes, int]], length: int) -> None:
    content = GOOD
    for at, put, taken in changes:
        content = content[:at] + put + content[at + taken :]
    if length % 3 == 0:
        content = content[:length]
    found = outcome(content)
    if isinstance(found, str):
        assert found in REASONS
    else:
        starts = page_starts(found.extractor, found.extra)
        assert list(starts) == sorted(starts)
        assert all(0 <= start <= len(found.text) for start in starts)
