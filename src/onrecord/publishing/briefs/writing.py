"""A brief as Markdown, as a page that stands alone, and as the blocks that other formats are written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from onrecord.domain.briefs import Brief, Citation, Part, day_words, words
from onrecord.publishing.wording import printable, web_address

FOOT = (
    "Every sentence cites the characters it rests on. That something was said is shown; that it is true is not. What "
    "stands in quotation marks are the report's characters: the speaker's own words where “said” stands before them, "
    "else the reporter's. Independent origins are groups of reports that nothing ties to each other; where no number "
    "of them is given, there is one."
)

_STYLE = """
:root { color-scheme: light dark; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.55 Georgia, "Noto Serif", serif; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { font-size: 1.15rem; margin-top: 2rem; border-bottom: 1px solid; }
.about, .sources { font: 0.85rem/1.5 system-ui, sans-serif; }
.sources li { margin-bottom: 0.6rem; overflow-wrap: anywhere; }
sup a { text-decoration: none; }
@media print { body { max-width: none; margin: 0; } a { color: inherit; } }
"""


_EMPTY = {
    Part.DISPUTED.value: "Nothing on the record was found to stand against anything else.",
    Part.MISSING.value: "Nothing of the above has only one independent origin.",
    Part.SAID.value: "Nothing besides what stands above.",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and the numbers of what it cites, from 1."""

    words: str
    cites: tuple[int, ...]

    @property
    def marks(self) -> str:
        """The numbers as they stand behind the words.

        >>> Line("Seven.", (2, 5)).marks
        '[2][5]'
        """
        return "".join(f"[{number}]" for number in self.cites)


@dataclass(frozen=True, slots=True)
class Block:
    """A section with its lines."""

    heading: str
    lines: tuple[Line, ...]

    @property
    def empty(self) -> str:
        """What stands in it where it has no line."""
        return _EMPTY.get(self.heading, "Nothing that can be cited.")


def blocks(brief: Brief) -> Iterator[Block]:
    """The sections of a brief; one without a sentence says so by having no line."""
    numbers = {one: number for number, one in enumerate(brief.citations, 1)}
    for section in brief.sections:
        lines = (
            Line(printable(words(one)), tuple(dict.fromkeys(numbers[cited] for cited in one.citations)))
            for one in section.sentences
        )
        yield Block(section.part.value, tuple(lines))


def source_words(one: Citation) -> str:
    """What a citation rests on, in words: report, outlet, time, characters, and the sum of its capture."""
    when = "no date" if one.published is None else day_words(one.published)
    title = f"“{' '.join((one.title or one.input).split())}”"
    place = f"characters {one.start} to {one.end} of report {one.report[:12]}"
    return printable(f"{one.outlet or 'outlet not stated'}, {title}, {when}; {place}; capture sha256 {one.capture}")


def head_words(brief: Brief) -> str:
    """Who made the brief when, from which state of the record."""
    asked = ", ".join(f"{name} {value}" for name, value in brief.asked.items()) or "all of the record"
    return printable(
        f"Made {day_words(brief.made)} by {brief.by}; asked: {asked}; from the record whose chain ends in {brief.head}."
    )


def written(id_: str) -> str:
    """Which brief it is, and how it can be checked."""
    return f"Brief {id_}. `onrecord export proof {id_[:12]}` writes what anybody needs to check it."


def markdown(brief: Brief, id_: str) -> str:
    """The brief as Markdown with numbered sources."""
    lines = [f"# {_plain(brief.title)}", "", _plain(head_words(brief)), ""]
    for block in blocks(brief):
        lines += [f"## {block.heading}", ""]
        lines += [f"- {_plain(one.words)} {one.marks}" for one in block.lines]
        lines += [] if block.lines else [block.empty]
        lines.append("")
    lines += ["## Sources", ""]
    lines += [f"{number}. {_plain(source_words(one))}" for number, one in enumerate(brief.citations, 1)]
    lines += [
        "",
        _plain(FOOT),
        "",
        written(id_),
    ]
    return "\n".join(lines) + "\n"


def html(brief: Brief, id_: str) -> str:
    """The brief as one page that needs nothing else: no script, no font, no picture from elsewhere."""
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{_html(brief.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
        f"<h1><bdi>{_html(brief.title)}</bdi></h1>",
        f'<p class="about">{_html(head_words(brief))}</p>',
    ]
    for block in blocks(brief):
        parts.append(f"<h2>{_html(block.heading)}</h2>")
        if block.lines:
            items = (f"<li><bdi>{_html(one.words)}</bdi>{_marks(one)}</li>" for one in block.lines)
            parts.append("<ul>\n" + "\n".join(items) + "\n</ul>")
        else:
            parts.append(f'<p class="about">{_html(block.empty)}</p>')
    parts.append('<h2>Sources</h2>\n<ol class="sources">')
    for number, one in enumerate(brief.citations, 1):
        address = web_address(one.url)
        link = f' <a href="{_html(address)}" rel="noreferrer nofollow noopener">address</a>' if address else ""
        parts.append(f'<li id="source-{number}"><bdi>{_html(source_words(one))}</bdi>{link}</li>')
    parts.append(
        f'</ol>\n<p class="about">{_html(FOOT)}</p>\n<p class="about">Brief {_html(id_)}</p>\n</body>\n</html>\n'
    )
    return "\n".join(parts)


def _marks(line: Line) -> str:
    links = ", ".join(f'<a href="#source-{number}">{number}</a>' for number in line.cites)
    return f"<sup>[{links}]</sup>"


def _html(text: str) -> str:
    return escape(printable(text))


def _plain(text: str) -> str:
    """Text in which Markdown finds no mark-up of the report's making."""
    text = printable(text)
    return "".join(f"\\{one}" if one in "\\`*_[]<>#|!" else one for one in text)
