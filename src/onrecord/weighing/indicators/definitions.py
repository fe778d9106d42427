"""Definitions of indicators, read from TOML: strict, limited, and with errors that say what to write instead.

All that an indicator may have; `name` and one condition are enough:

    [[indicator]]
    name = "talk of a withdrawal"
    words = ["withdraw*", "pull out"]      # a word, a beginning of a word with *, a phrase; one of them is enough
    examples = ["The troops go home."]     # or passages near in meaning to one of these
    likeness = 0.6                         # how near: the least cosine
    acts = ["claim", "commitment"]         # only these kinds of act
    actors = ["Joren Halvik"]              # only said by one of these: a name, a part of it, or an actor's id
    places = ["Ardra"]                     # only what names one of these
    sources = ["Halyard News Agency"]      # only these outlets
    baseline = 56                          # days
    threshold = 2.0                        # standard deviations of the baseline

    [[indicator]]
    name = "explosions a day"
    unit = "figure"                        # the number that the record gives for a day, not how many say so
    counted = ["explosion*"]               # what the number counts
    actors = ["Borderwatch"]
    bare = true                            # also numbers of theirs where no word tells what they count
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, Final

from onrecord.domain.indicators import Indicator, Unit
from onrecord.domain.passages import Act
from onrecord.errors import SettingsError
from onrecord.settings import toml_in
from onrecord.weighing.indicators.patterns import LONGEST_PHRASE, tokens

LONGEST_TEXT: Final = 200_000
"""Characters of a file of definitions."""
MOST_INDICATORS: Final = 200
MOST_ENTRIES: Final = 200
"""Entries of one list."""
LONGEST_ENTRY: Final = 200
"""Characters of a word, a name or a phrase."""
LONGEST_EXAMPLE: Final = 2_000
"""Characters of an example passage; what lies beyond would not count."""
SHORTEST_BASELINE: Final = 7
LONGEST_BASELINE: Final = 366
_LISTS: Final = ("acts", "actors", "words", "examples", "places", "counted", "sources")
_KEYS: Final = ("name", "unit", "likeness", "bare", "baseline", "threshold", *_LISTS)


def definitions(text: str, where: str) -> tuple[Indicator, ...]:
    """The indicators that a TOML text defines, in its order; `where` names the file in errors.

    Raises:
        SettingsError: for anything that cannot be used; it names the indicator, the key, and what to write.
    """
    if len(text) > LONGEST_TEXT:
        raise SettingsError(f"{where}: more than {LONGEST_TEXT:,} characters; split the indicators over several files")
    table = toml_in(text, where)
    unknown = next((key for key in table if key != "indicator"), None)
    if unknown is not None:
        raise SettingsError(f"{where}: {_shown(unknown)} is not known here; write each indicator as [[indicator]]")
    rows = table.get("indicator", [])
    if not isinstance(rows, list) or not all(isinstance(one, dict) for one in rows):
        raise SettingsError(f"{where}: write each indicator as [[indicator]], with two brackets on each side")
    if len(rows) > MOST_INDICATORS:
        raise SettingsError(f"{where}: {len(rows)} indicators; at most {MOST_INDICATORS} can stand in one file")
    found: dict[str, Indicator] = {}
    for number, row in enumerate(rows, start=1):
        indicator = _Row(row, f"{where}: indicator {number}").indicator()
        if indicator.name in found:
            raise SettingsError(f"{where}: two indicators are named {_shown(indicator.name)}; give one another `name`")
        found[indicator.name] = indicator
    return tuple(found.values())


class _Row:
    """One [[indicator]]; every error names it and the key."""

    def __init__(self, row: Mapping[str, Any], place: str) -> None:
        self._row = row
        name = row.get("name")
        self._place = f"{place} ({_shown(name)})" if isinstance(name, str) and name.strip() else place

    def indicator(self) -> Indicator:
        for key in self._row:
            if key not in _KEYS:
                near = get_close_matches(key[:LONGEST_ENTRY], _KEYS, 1)
                there = f"did you mean `{near[0]}`?" if near else f"there are {', '.join(_KEYS)}"
                raise self._wrong(key, f"not a key of an indicator; {there}")
        unit = self._unit()
        made = Indicator(
            name=self._name(),
            unit=unit,
            acts=self._acts(),
            actors=self._named("actors"),
            words=self._patterns("words"),
            examples=self._entries("examples", LONGEST_EXAMPLE),
            likeness=self._number("likeness", 0.6, 0.2, 1.0),
            places=self._named("places"),
            counted=self._patterns("counted"),
            bare=self._bare(),
            sources=self._entries("sources"),
            baseline=self._days("baseline", 56),
            threshold=self._number("threshold", 2.0, 0.5, 20.0),
        )
        self._fitting(made)
        return made

    def _fitting(self, made: Indicator) -> None:
        """What a key asks of the others."""
        if made.unit is Unit.FIGURE and not made.counted:
            raise self._wrong("counted", 'missing; an indicator of unit "figure" needs it: counted = ["violation*"]')
        if made.unit is Unit.FIGURE and made.examples:
            raise self._wrong("examples", 'only for unit "origins"; say what a figure counts with `counted`')
        if made.bare and not (made.unit is Unit.FIGURE and made.actors):
            raise self._wrong("bare", 'only for unit "figure" and together with `actors`; say whose figures count')
        if made.unit is Unit.ORIGINS and made.counted:
            raise self._wrong("counted", 'only for unit "figure"; write unit = "figure", or use `words`')
        if made.unit is Unit.ORIGINS and not (made.words or made.examples or made.acts or made.actors or made.places):
            raise self._wrong("words", 'missing; say what counts, for instance words = ["withdraw*"]')
        if "likeness" in self._row and not made.examples:
            raise self._wrong("likeness", "only together with `examples`; add some, or leave it out")

    def _name(self) -> str:
        name = self._row.get("name")
        if not isinstance(name, str) or not name.strip():
            raise self._wrong("name", 'missing; write name = "talk of a withdrawal"')
        return self._plain("name", name, LONGEST_ENTRY)

    def _unit(self) -> Unit:
        given = self._row.get("unit", Unit.ORIGINS.value)
        if given not in [one.value for one in Unit]:
            raise self._wrong("unit", f'{_shown(given)}; write unit = "origins" or unit = "figure"')
        return Unit(given)

    def _bare(self) -> bool:
        given = self._row.get("bare", False)
        if not isinstance(given, bool):
            raise self._wrong("bare", f"{_shown(given)}; write bare = true, or leave it out")
        return given

    def _acts(self) -> tuple[Act, ...]:
        known = [one.value for one in Act]
        for one in self._entries("acts"):
            if one not in known:
                raise self._wrong("acts", f"there is no act {_shown(one)}; there are {', '.join(known)}")
        return tuple(Act(one) for one in self._entries("acts"))

    def _named(self, key: str) -> tuple[str, ...]:
        """Names, each with a word in it that can be looked for."""
        for one in self._entries(key):
            if not tokens(one):
                raise self._wrong(key, f"{_shown(one)} has no letter or digit; write a name")
        return self._entries(key)

    def _patterns(self, key: str) -> tuple[str, ...]:
        for one in self._entries(key):
            if "*" in one and not all(
                part.endswith("*") and part.count("*") == 1 for part in one.split() if "*" in part
            ):
                raise self._wrong(key, f"{_shown(one)}: a * can only stand at the end of a word, as in withdraw*")
            found = tokens(one)
            if not found:
                raise self._wrong(
                    key, f"{_shown(one)} has no letter or digit; write a word, or a beginning as withdraw*"
                )
            if len(found) > LONGEST_PHRASE:
                raise self._wrong(key, f"{_shown(one)}: a phrase has at most {LONGEST_PHRASE} words; use `examples`")
            if any(token.beginning and len(token.word) < 2 for token in found):
                raise self._wrong(key, f"{_shown(one)}: at least two letters must stand before a *")
        return self._entries(key)

    def _entries(self, key: str, longest: int = LONGEST_ENTRY) -> tuple[str, ...]:
        given = self._row.get(key, [])
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            raise self._wrong(key, f'write a list of texts: {key} = ["…", "…"]')
        if key in self._row and not given:
            raise self._wrong(key, "an empty list; leave the key out, or put something in")
        if len(given) > MOST_ENTRIES:
            raise self._wrong(key, f"{len(given)} entries; at most {MOST_ENTRIES}")
        return tuple(dict.fromkeys(self._plain(key, one, longest) for one in given))

    def _plain(self, key: str, text: str, longest: int) -> str:
        if not text.strip():
            raise self._wrong(key, "an empty text; write something between the quotation marks")
        if len(text) > longest:
            raise self._wrong(key, f"{_shown(text)} has {len(text):,} characters; at most {longest:,}")
        if not text.isprintable():
            raise self._wrong(key, f"{_shown(text)} has a line break or a control character; write it on one line")
        return text.strip()

    def _days(self, key: str, default: int) -> int:
        given = self._row.get(key, default)
        if type(given) is not int or not SHORTEST_BASELINE <= given <= LONGEST_BASELINE:
            least, most = SHORTEST_BASELINE, LONGEST_BASELINE
            raise self._wrong(key, f"{_shown(given)}; write a whole number of days from {least} to {most}: {key} = 56")
        return given

    def _number(self, key: str, default: float, least: float, most: float) -> float:
        given = self._row.get(key, default)
        if type(given) not in (int, float) or not least <= given <= most:
            raise self._wrong(key, f"{_shown(given)}; write a number from {least:g} to {most:g}: {key} = {default:g}")
        return float(given)

    def _wrong(self, key: str, why: str) -> SettingsError:
        return SettingsError(f"{self._place}: `{key[:LONGEST_ENTRY]}`: {why}")


def _shown(given: object) -> str:
    """A given value in an error: short, and with nothing in it that a terminal would obey."""
    shown = repr(given)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"
