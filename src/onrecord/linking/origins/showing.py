"""Whether two reports are shown to be independent of each other.

They are where they are texts of two pages, both have a known publisher and not the same, no credit and no byline is
shared, their wording is not, neither passes on (or so much as names) what the other's outlet has, no third outlet
stands behind both, and nobody whom one outlet may have asked alone speaks in both. What is said in public is no tie:
two reports of a speech show twice that it was said, and the reasons say that they do not show that it is so.
Independence is shown or it is not; that two reports are *not* independent is never claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from onrecord.domain.addresses import same_page
from onrecord.domain.origins import Independence, Origin, OriginKind, Tie
from onrecord.domain.stories import Told
from onrecord.linking.actors.outlets import outlet_with
from onrecord.linking.actors.spelling import folded
from onrecord.linking.origins.copying import Copy
from onrecord.linking.origins.informants import informants, private, quotations
from onrecord.linking.origins.press import Newsstand, Press, listed, own_outlet, short_forms

_SEPARATORS: Final = re.compile(r"\s*(?:[;,/|&\n]|\band\b|\bwith\b)\s*", re.IGNORECASE)
_BY: Final = re.compile(r"^(?:by|analysis|opinion by|written by)\s+", re.IGNORECASE)
_SIGNED: Final = re.compile(
    r"^(?:By|BY)\s([A-Z][\w.'’-]{0,20}(?:(?:,\s|\s)(?:and\s)?[A-Z][\w.'’-]{0,20}){1,8})$", re.MULTILINE
)
_PUBLIC: Final = re.compile(
    r"\b(?:letters?|lawsuit|complaint|indictment|filings?|filed|ruling|verdict|memo|memorandum|bulletin|report\sreleased|video|posted|"
    r"announc(?:ed|ement)|debate|hearing|testif\w{1,5}|court|affidavit|documents|transcript|book|speech|rally|order)\b",
    re.IGNORECASE,
)
_DESK: Final = frozenset(
    """agencies board columnist contributor correspondent desk editor editorial editors foreign guest media news
    newsroom online opinion reporter reporters staff team writer""".split()
)
_COMPANY: Final = re.compile(
    r"©[^\n]{0,80}?,\s(?:an?|part\sof)\s(?:the\s)?([A-Z][^\n.,]{2,40}?)(?:\s(?:company|group\b|brand|publication)|[.,\n]|$)"
)
_NAMELESS: Final = ("media", "media reports", "newspapers", "outlets", "press", "agencies")
_CREDITING: Final = ("credit", "dateline", "signs")
_NAMED: Final = 4
_OFTEN, _MAIN = 2, 0.4
"""How often, and with what share of all that is said in each, one speaks who is the main informant of two reports."""


def independence(
    a: Told,
    b: Told,
    origins_a: Sequence[Origin],
    origins_b: Sequence[Origin],
    copy: Copy | None = None,
    *,
    families: Mapping[str, str] | None = None,
) -> Independence:
    """What ties two reports to each other, or what was looked at where nothing does.

    `copy` is what the comparison of their wording found. `families` gives the publisher of outlets that the table of
    outlets does not have, by their name.
    """
    if b.report < a.report:
        a, b, origins_a, origins_b = b, a, origins_b, origins_a
    if same_page(a.url, b.url):
        return Independence(a.report, b.report, (Tie.VERSION,), ("both are texts of one page",))
    press_a, press_b = _published(a, families or {}), _published(b, families or {})
    found: list[tuple[Tie, str]] = []
    if copy is not None:
        found.append((Tie.COPY, f"shared wording: {copy.reasons[0]}, {copy.reasons[1]}"))
    found += _cites(a, press_a, press_b, origins_a)
    found += _cites(b, press_b, press_a, origins_b)
    found += _thirds(a, b, origins_a, origins_b, press_a, press_b)
    shared = bylines(a) & bylines(b)
    if shared:
        found.append((Tie.BYLINE, f"both are by {_listed(shared)}"))
    found += _families(press_a, press_b)
    found += _informed(a, b, origins_a, origins_b)
    ties = tuple(dict.fromkeys(tie for tie, _ in found))
    if ties:
        return Independence(a.report, b.report, ties, tuple(dict.fromkeys(reason for _, reason in found)))
    assert press_a is not None
    assert press_b is not None
    return Independence(
        a.report,
        b.report,
        (),
        (
            f"different publishers: {press_a.name} and {press_b.name}",
            "no credit or byline in common",
            "no wording in common outside quotation marks",
            "neither passes on what the other has",
            _heard(a, b),
        ),
    )


def _published(told: Told, families: Mapping[str, str]) -> Press | None:
    own = own_outlet(told)
    if own is None or own.family is not None:
        return own
    family = families.get(own.name)
    if family is None:
        said = _COMPANY.search(told.text, max(0, len(told.text) - 1_500))
        family = said.group(1).strip() if said else None
    return Press(own.name, own.key, own.actor, folded(family) if family else None, own.wire)


def _families(a: Press | None, b: Press | None) -> Iterator[tuple[Tie, str]]:
    for one in (a, b):
        if one is None:
            yield Tie.UNKNOWN, "the outlet of one report is not known"
    if a is None or b is None:
        return
    if a.key == b.key:
        yield Tie.FAMILY, f"both are {a.name}’s"
    elif a.family is not None and a.family == b.family:
        yield Tie.FAMILY, f"{a.name} and {b.name} have one publisher"
    else:
        for one in (a, b):
            if one.family is None:
                yield Tie.UNKNOWN, f"who publishes {one.name} is not known"


def _cites(told: Told, own: Press | None, other: Press | None, origins: Sequence[Origin]) -> Iterator[tuple[Tie, str]]:
    if other is None or (own is not None and own.key == other.key):
        return
    for origin in origins:
        if origin.kind in (OriginKind.WIRE, OriginKind.OUTLET) and _means(origin, other):
            credit = origin.evidence is None or any(
                "credit" in reason or "dateline" in reason for reason in origin.reasons
            )
            name = _called(own)
            if credit:
                yield Tie.CREDIT, f"{name} credits {other.name}"
            else:
                yield Tie.CITES, f"{name} has it from {other.name}: {'; '.join(origin.reasons)}"
            return
    for origin in origins:
        press = listed(origin.name) if origin.name and origin.kind is OriginKind.OUTLET else None
        if press is not None and press.family == other.family and (own is None or own.family != press.family):
            yield (
                Tie.CITES,
                f"{_called(own)} has it from {press.name}, which has one publisher with {other.name}",
            )
            return
    if other.actor is not None and other.actor in told.actors:
        yield Tie.CITES, f"{other.name} speaks in the text of {_called(own)}"
        return
    place = _mentions(told.text, told.outlet, told.url).get(other.key)
    if place is not None:
        yield (
            Tie.CITES,
            f"“{told.text[slice(*place)]}” is named in the text of {_called(own)}, perhaps as a source",
        )


def _is_credit(origin: Origin) -> bool:
    return origin.evidence is None or any(word in reason for reason in origin.reasons for word in _CREDITING)


def _means(origin: Origin, press: Press) -> bool:
    """Whether an origin is that outlet; "Harvenian television" may be Harvenia One, and then it is held to be."""
    if origin.name is None:
        return False
    if origin.actor is not None or press.actor is not None:
        return origin.actor == press.actor
    name = folded(origin.name)
    if name == press.key or name in short_forms(press.name):
        return True
    if name == "agencies":
        return press.wire
    first, rest = name.partition(" ")[::2]
    if rest in ("television", "tv", "radio", "media", "state television", "state media", "state tv") and len(first) > 5:
        return any(word[:5] == first[:5] for word in press.key.split())
    return False


def _thirds(
    a: Told,
    b: Told,
    origins_a: Sequence[Origin],
    origins_b: Sequence[Origin],
    press_a: Press | None,
    press_b: Press | None,
) -> Iterator[tuple[Tie, str]]:
    """A wire or outlet behind both; it is enough that the one passes on what it has and the other names it."""
    own = {press.key for press in (press_a, press_b) if press is not None}
    named_a, named_b = _sources(origins_a), _sources(origins_b)
    in_both = named_a.keys() & named_b.keys()
    for key in sorted(in_both - own):
        one, other = named_a[key], named_b[key]
        if _is_credit(one) and _is_credit(other):
            yield Tie.CREDIT, f"both credit {one.name}"
        else:
            yield Tie.INFORMANT, f"both have content from {one.name}"
    speaking = {one for one in a.actors.keys() & b.actors.keys() if one.startswith("outlet:")} - own
    for key in sorted(speaking - in_both):
        known = outlet_with(key)
        yield Tie.INFORMANT, f"{known.name if known else 'a third outlet'} speaks in both"
    for ours, told in ((named_a, b), (named_b, a)):
        others = _mentions(told.text, told.outlet, told.url)
        for key in sorted((ours.keys() & others.keys()) - own - in_both):
            yield Tie.INFORMANT, f"one has content from {ours[key].name}, and the other names it"


def _sources(origins: Iterable[Origin]) -> dict[str, Origin]:
    return {
        origin.actor or folded(origin.name): origin
        for origin in origins
        if origin.name is not None
        and origin.kind in (OriginKind.WIRE, OriginKind.OUTLET)
        and (origin.actor is not None or not origin.name.casefold().endswith(_NAMELESS))
    }


@lru_cache(maxsize=4_096)
def _mentions(text: str, outlet: str | None, url: str | None) -> dict[str, tuple[int, int]]:
    """Where each outlet is first named in a text, by its key; the same report is asked for in many pairs."""
    stand = Newsstand(Told("", None, text, outlet, None, url))
    return {key: (start, end) for key, (_, start, end) in stand.mentioned(text).items()}


def bylines(told: Told) -> frozenset[str]:
    """The persons who sign a report; desks, staffs and outlets sign nothing in this sense."""
    signed = _SIGNED.search(told.text, 0, 600)
    every = (told.author or "")[:1_000] + (f"; {signed.group(1)}" if signed else "")
    names = (_BY.sub("", part).strip() for part in _SEPARATORS.split(every))
    keys = (folded(name) for name in names)
    return frozenset(key for key in keys if " " in key and not _DESK.intersection(key.split()))


def _informed(a: Told, b: Told, origins_a: Sequence[Origin], origins_b: Sequence[Origin]) -> Iterator[tuple[Tie, str]]:
    """Those on whom both rest, where not both name an occasion on which they spoke to everybody.

    What public figures say they say in public, and then two reports of it are two; somebody whom no table has may have
    been asked by one outlet alone, and then the other has it from there.
    """
    in_public = [any(origin.kind is OriginKind.EVENT for origin in every) for every in (origins_a, origins_b)]
    if all(in_public):
        return
    shared = private(a, b)
    if shared:
        yield Tie.INFORMANT, f"{_speaking(shared)} in both, and not both say on what public occasion"
        return
    if any(in_public):
        return
    ours, theirs = informants(a, b)
    many, more = sum(ours.values()), sum(theirs.values())
    for one in sorted(ours.keys() & theirs.keys()):
        if min(ours[one], theirs[one]) >= _OFTEN and ours[one] >= _MAIN * many and theirs[one] >= _MAIN * more:
            yield Tie.INFORMANT, f"{_listed([one])} is the main informant of both, and no public occasion is named"
            return
    if not (_PUBLIC.search(a.text) or _PUBLIC.search(b.text)) and quotations(a.text) & quotations(b.text):
        yield Tie.INFORMANT, "both quote the same words, and neither says on what public occasion they were spoken"


def _heard(a: Told, b: Told) -> str:
    """What a reader must know of informants that are no tie."""
    ours, theirs = informants(a, b)
    shared = sorted(ours.keys() & theirs.keys(), key=lambda one: (-(ours[one] + theirs[one]), one))
    if shared:
        return f"{_speaking(shared)} in both: two reports show that it was said, not that it is so"
    if ours and theirs:
        return f"others speak: {_listed(ours)} here, {_listed(theirs)} there"
    return "no informant in common was found"


def _called(press: Press | None) -> str:
    return press.name if press is not None else "the one report"


def _speaking(names: Sequence[str]) -> str:
    return f"{_listed(names)} {'speaks' if len(names) == 1 else 'speak'}"


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    shown = ", ".join(name.title() if name.islower() and ":" not in name else name for name in every[:_NAMED])
    return f"{shown} and {len(every) - _NAMED} more" if len(every) > _NAMED else shown
