"""Where a report says that its content comes from, with the characters that say so.

`origins` reads credit lines and datelines, outlets whose reporting is passed on, shared events, and the report's own
reporting. An outlet that is only mentioned is no origin; a photographer's agency neither.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from onrecord.domain.origins import Origin, OriginKind
from onrecord.domain.spans import Span
from onrecord.domain.stories import Told
from onrecord.linking.actors.spelling import folded
from onrecord.linking.origins import vocabulary
from onrecord.linking.origins.marks import Quotations
from onrecord.linking.origins.press import Newsstand, Press, of_collection, stands_alone

_AUTHORS = re.compile(r"\s*(?:[;,/|&]|\band\b|\bfor\b|\bof\b|\bat\b)\s*")
_ANONYMOUS_WIRES = "agencies"
_ALONE = re.compile(r"(?:from|per|via)\s")
_OWNER = re.compile(r"(?:As\s)?([A-Z][\w.& ]{1,30}?)(?:['’]s|(?<=s)['’])\s[A-Z]")
_PERSON = re.compile(r"['’]|\s[A-Z]\.\s")
_REPORTING = (
    "reported",
    "reports",
    "revealed",
    "was the first to",
    "was first to",
    "were the first to",
    "were first to",
)
_SENTENCE = re.compile(r".*(?<=\w{3})[.]\s", re.DOTALL)
_NATIONS_NO = frozenset("the this that some many social mass and our their his her its mainstream new old".split())


@dataclass(frozen=True, slots=True)
class Reading:
    """The origins that a report gives, and the folded names for which it was asked whether they are an outlet's."""

    origins: tuple[Origin, ...]
    asked: frozenset[str]


def origins(told: Told, known_outlets: Collection[str] = (), reading: Reading | None = None) -> list[Origin]:
    """The origins that a report itself gives, in the order of their evidence; each name of a kind once.

    `known_outlets` are names of outlets of the collection: they are recognised in the text as those of the table are.
    `reading` is what `read_origins` gave of the report, where somebody has asked before.
    """
    found = read_origins(told) if reading is None else reading
    known = frozenset(known_outlets)
    # A report is asked again for the outlets of many others: where it has none of their names, nothing is found anew.
    if not found.asked.isdisjoint(of_collection(known)):
        found = _found(told.report, told.text, told.outlet, told.author, told.url, known)
    return list(found.origins)


def read_origins(told: Told) -> Reading:
    """What a report gives by itself, whatever outlets the collection has."""
    return _found(told.report, told.text, told.outlet, told.author, told.url, frozenset())


@lru_cache(maxsize=4_096)
def _found(
    report: str, text: str, outlet: str | None, author: str | None, url: str | None, known: frozenset[str]
) -> Reading:
    told = Told(report, None, text, outlet, author, url)
    stand = Newsstand(told, known)
    finder = _Finder(told, stand)
    found = [*finder.author(), *finder.credits(), *finder.cited(), *finder.unnamed(), *finder.own(), *finder.events()]
    found.sort(key=_place)
    kept: dict[tuple[OriginKind, str | None], Origin] = {}
    for origin in found:
        key = origin.kind, origin.actor or (folded(origin.name) if origin.name else None)
        kept.setdefault(key, origin)
    return Reading(tuple(kept.values()), frozenset(stand.asked))


def _place(origin: Origin) -> tuple[int, int]:
    return (-1, 0) if origin.evidence is None else (origin.evidence.start, origin.evidence.end)


class _Finder:
    def __init__(self, told: Told, stand: Newsstand) -> None:
        self._told, self._text, self._stand = told, told.text, stand
        self._quotations = Quotations(told.text)

    def author(self) -> Iterator[Origin]:
        """The byline: "Associated Press", "Courier staff; Halyard"."""
        for part in _AUTHORS.split((self._told.author or "")[:400]):
            press = self._stand.named(part) if part else None
            if press is not None and press != self._stand.own:
                yield self._origin(press, None, f"the byline credits {press.name}")
            elif vocabulary.AGENCIES.fullmatch(part):
                reason = "the byline credits agencies without a name"
                yield self._made(OriginKind.WIRE, _ANONYMOUS_WIRES, None, None, reason)

    def credits(self) -> Iterator[Origin]:
        """Datelines, credit lines and addresses under which wires are printed."""
        text = self._text
        address = vocabulary.ADDRESS.search((self._told.url or "")[:500])
        code = address and (address["folder"] or address["slug"] or "ap").removesuffix("online").upper()
        if address and code and (press := self._stand.named(code)):
            yield self._origin(press, None, f"the address credits {press.name}: “{address.group()}”")
        for match in vocabulary.DATELINE.finditer(text):
            place = match.lastgroup or "name"
            if press := self._stand.named(match[place]):
                yield self._origin(press, match.span(place), f"the dateline names {press.name}")
        for match in vocabulary.PARENTHESIS.finditer(text):
            if not self._of_picture(match.start(), match.end()) and self._is_credit(match.start(), match.end()):
                yield from self._each(match, "names", "stands in brackets as a credit")
        for match in vocabulary.CREDITS.finditer(text):
            group = match.lastgroup
            if group is not None and (group == "credited" or not self._of_picture(match.start(), match.end())):
                # A line of its own may be a heading: only wires stand there as a credit.
                credited = self._each(match, group, "is credited")
                yield from (one for one in credited if group != "alone" or one.kind is OriginKind.WIRE)
        for match in vocabulary.REPORTING_BY.finditer(text):
            press = self._stand.named("Reuters")
            if press is not None:
                yield self._origin(press, match.span(), "“Reporting by …; editing by …” is how Reuters signs")
        for match in vocabulary.CONTRIBUTED.finditer(text):
            begin = max(text.rfind("\n", 0, match.start()) + 1, match.start() - 300)
            for name in vocabulary.CONTRIBUTOR.finditer(text, begin, match.start()):
                yield from self._each(name, "name", "is credited with a contribution")

    def cited(self) -> Iterator[Origin]:
        """Outlets to which somebody spoke, or whose reporting is passed on."""
        for pattern, how in ((vocabulary.TOLD, "somebody spoke to {}"), (vocabulary.CITED, "passes on what {} has")):
            for match in pattern.finditer(self._text):
                if (origin := self._introduced(match, how)) is not None:
                    yield origin
        for match in vocabulary.REPORTED.finditer(self._text):
            if (origin := self._reporting(match)) is not None:
                yield origin

    def _introduced(self, match: re.Match[str], how: str) -> Origin | None:
        """The outlet whose name stands behind words that say that one comes."""
        text = self._text
        if match.start() in self._quotations or (
            match.group().startswith("via") and self._of_picture(match.start(), match.end())
        ):
            return None
        start, cued = match.start("name"), _ALONE.match(match.group()) is None
        found = self._stand.within(match["name"], text[match.end() : match.end() + 12], cued=cued)
        if found is not None:
            press, first, last = found
            return self._origin(press, (start + first, start + last), how.format(press.name))
        if not cued:
            return None
        words = self._first_run(match["name"])
        end = start + len(words)
        sure = match["medium"] is not None or vocabulary.IS_MEDIUM.match(text[end : end + 90]) is not None
        by_form = self._stand.by_form(words, sure=sure)
        return None if by_form is None else self._origin(by_form, (start, end), how.format(by_form.name))

    def _reporting(self, match: re.Match[str]) -> Origin | None:
        """The outlet whose name stands before what only outlets do."""
        if match.start() in self._quotations:
            return None
        window = max(0, match.start() - 90)
        before = vocabulary.BEFORE.search(self._text[window : match.start()])
        if before is None:
            return None
        start, words = window + before.start(), before.group()
        if (stop := _SENTENCE.search(words)) is not None:
            start, words = start + stop.end(), words[stop.end() :]
        named, skipped = self._doer(words, match["verb"], self._text[max(0, start - 4) : start])
        if named is None:
            return None
        return self._origin(named, (start + skipped, match.end()), f"passes on what {named.name} has reported")

    def _doer(self, words: str, verb: str, before: str) -> tuple[Press | None, int]:
        """The outlet that the words before a verb name, and where in them it begins."""
        owner = _OWNER.match(words)
        if owner is not None and (owning := self._stand.named(owner[1], article=True)) is not None:
            return owning, 0
        named, skipped = self._ending(words)
        if named is None:
            skipped = 2 if words.startswith("A ") else 0
            named = self._stand.by_form(words[skipped:])
        introduced = before.casefold().endswith("as ") or words.startswith("As ")
        if named is None and verb in _REPORTING and (introduced or verb.startswith("was")):
            named = self._by_pattern(words.removeprefix("As "))
        return named, skipped

    def unnamed(self) -> Iterator[Origin]:
        """Outlets without a name of their own: "Harvenian television reported", "according to local media"."""
        for pattern in (vocabulary.SOMEBODY_REPORTED, vocabulary.FROM_SOMEBODY):
            for match in pattern.finditer(self._text):
                name = match["name"]
                if match.start() in self._quotations or name.split()[0].casefold() in _NATIONS_NO:
                    continue
                if self._stand.within(name) is None:
                    reason = f"passes on what {name} reported"
                    yield self._made(OriginKind.OUTLET, name, None, match.span("name"), reason)

    def own(self) -> Iterator[Origin]:
        for match in vocabulary.OURSELVES.finditer(self._text):
            if match.start() not in self._quotations:
                own = self._stand.own
                name, actor = (None, None) if own is None else (own.name, own.actor)
                reason = f"“{match.group().strip()}”: its own reporting"
                yield self._made(OriginKind.OWN, name, actor, match.span(), reason)
                return

    def events(self) -> Iterator[Origin]:
        seen: set[str] = set()
        for match in vocabulary.EVENT.finditer(self._text):
            kind = match.lastgroup
            if kind is None or kind in seen or match.start() in self._quotations:
                continue
            seen.add(kind)
            name = vocabulary.EVENT_NAMES[kind]
            reason = f"“{match.group().strip()}”: a {name}, which others could attend or receive as well"
            yield self._made(OriginKind.EVENT, name, None, match.span(), reason)

    def _each(self, match: re.Match[str], group: str, how: str) -> Iterator[Origin]:
        """An origin for every outlet in a list of names."""
        start = match.start(group)
        for part in re.finditer(r"[^,;]+?(?=,\s|;\s|\sand\s|\s[-–/]\s|$)|(?<=\sand\s)[^,;]+", match[group]):
            words = part.group()
            found = self._stand.within(words.strip())
            if found is not None:
                press, first, last = found
                shift = start + part.start() + len(words) - len(words.lstrip())
                yield self._origin(press, (shift + first, shift + last), f"{press.name} {how}")

    def _origin(self, press: Press, place: tuple[int, int] | None, reason: str) -> Origin:
        own = self._stand.own
        if own is not None and press.key == own.key:
            kind = OriginKind.OWN
            reason = f"names {own.name}, which is its own outlet"
        else:
            kind = OriginKind.WIRE if press.wire else OriginKind.OUTLET
        return self._made(kind, press.name, press.actor, place, reason)

    def _made(
        self, kind: OriginKind, name: str | None, actor: str | None, place: tuple[int, int] | None, reason: str
    ) -> Origin:
        span = None if place is None else Span(*place)
        return Origin(self._told.report, kind, name, actor, span, reasons=(reason,))

    def _ending(self, words: str) -> tuple[Press | None, int]:
        """The outlet whose name ends a run of capitalised words ("Today Halyard" reported), and where it begins."""
        owning = re.sub(r"['’]s?$", "", words)
        parts = [part.span() for part in re.finditer(r"\S+", owning)]
        for place, (first, _) in enumerate(parts):
            article = place > 0 and owning[slice(*parts[place - 1])].casefold() == "the"
            name = owning[first:]
            found = self._stand.named(name, article=article)
            if found is not None and place and place == len(parts) - 1 and not article and not stands_alone(name, ""):
                return None, 0
            if found is not None:
                return found, parts[place - 1][0] if article else first
        return None, 0

    def _by_pattern(self, words: str) -> Press | None:
        """A name that no table has, where "as … reported" says that it is an outlet's."""
        press = self._stand.by_form(words + " News")
        parts = words.split()
        alone = len(parts) == 1 and (not words.isupper() or len(words) < 2)
        if press is None or len(parts) > 4 or alone or _PERSON.search(words) or words[:1].islower():
            return None
        return Press(words, folded(words))

    def _first_run(self, words: str) -> str:
        """The name up to the end of its sentence."""
        ended = re.search(r"(?<=\w{3})[.](?=\s)", words)
        return words[: ended.start()] if ended else words.rstrip(".,;:’'")

    def _of_picture(self, start: int, end: int) -> bool:
        text = self._text
        line = max(text.rfind("\n", 0, start) + 1, start - 60)
        after = text.find("\n", end, end + 40)
        return bool(vocabulary.PICTURE.search(text[line : after if after >= 0 else end + 20]))

    def _is_credit(self, start: int, end: int) -> bool:
        """Whether a bracket stands where credits do: within the first lines, or at the end of the text."""
        text = self._text
        rest = text[end : end + 400]
        opens = start == 0 or text[start - 1] == "\n"
        return (opens and start < 600) or (len(text) - end < 400 and "\n\n" not in rest.strip())
