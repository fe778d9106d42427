"""Citations as a weighed view gives them: the characters, what they can be checked by, and who says them how."""

from __future__ import annotations

import re
from typing import Final

from onrecord.domain.briefs import Citation
from onrecord.errors import NotOnRecord
from onrecord.language.words import plain_words
from onrecord.ledger.view import RecordedStatement
from onrecord.ledger.weighed import ShownPassage
from onrecord.ledger.weighed_view import WeighedView
from onrecord.publishing.weighed_exports import who

LONGEST_LEAD: Final = 80
LONGEST_DESCRIPTION: Final = 80
FEWEST_WORDS: Final = 4

_BROKEN: Final = re.compile('["“”«»„\n]|[.!?] ')
"""What a lead has none of: another quotation, the end of a sentence or of a paragraph."""
_NO_VERB: Final = frozenset("according as in to is are was were be been being had an a the think believe know".split())
"""Words that begin what tells that something was said and do not go on from a name: "according to", "was asked"."""
_NOBODY: Final = frozenset("he she it they who we i you this that these those one which".split())
_CUT_OFF: Final = frozenset(
    "to whether whose that which who had has have was were is are be been will would take and or but as of why how"
    " what".split()
)
_VERB: Final = re.compile(
    r"(?:am|is|are|was|were|be|been|has|have|had|do|does|did|will|would|shall|should|can|could|may|might|must"
    r"|[a-z]{2,}ed|[a-z]+n't|came|come|comes|went|goes|gone|left|leaves|knows|knew|saw|seen|shot|began|begun|wants)"
)


class Citing:
    """Makes citations; what was read of a report or a statement is read once."""

    def __init__(self, view: WeighedView) -> None:
        self._view = view
        self._sources: dict[str, tuple[str, str]] = {}
        self._texts: dict[str, str] = {}
        self._made: dict[str, Citation] = {}

    def cite(self, one: ShownPassage) -> Citation:
        """The citation of a passage."""
        if one.passage not in self._made:
            self._made[one.passage] = self._citation(one)
        return self._made[one.passage]

    def _citation(self, one: ShownPassage) -> Citation:
        report = one.report
        if report.id not in self._sources:
            self._sources |= self._view.sources_of([report.id])
        capture, text_sha256 = self._sources[report.id]
        speaker = called(one)
        try:
            statement = self._view.statement(one.statement)
        except NotOnRecord:
            statement = None
        return Citation(
            report=report.id,
            input=report.input,
            capture=capture,
            text_sha256=text_sha256,
            start=one.span.start,
            end=one.span.end,
            text=one.span.text,
            speaker=speaker,
            named=one.speaker,
            passage=one.passage,
            statement=one.statement,
            utterance=one.utterance,
            origins=one.origins,
            outlet=report.outlet,
            title=report.title,
            url=report.url,
            published=report.published,
            published_is_day=report.published_is_day,
            quoted=one.quoted,
            lead="" if statement is None or one.quoted else self._lead(one, statement),
            described="" if statement is None or speaker else _description(statement),
        )

    def _lead(self, one: ShownPassage, statement: RecordedStatement) -> str:
        """The characters from the last cue before the passage up to it; empty where they do not read on from a name."""
        cue = max((span for span in statement.cue if span.end <= one.span.start), key=lambda s: s.start, default=None)
        if cue is None or one.span.start - cue.start > LONGEST_LEAD:
            return ""
        first, *_ = plain_words(cue.text) or [""]
        between = any(cue.end <= source.start < one.span.start for source in statement.source)
        if between or not first or first in _NO_VERB or first.endswith("ing"):
            return ""
        if one.report.id not in self._texts:
            self._texts[one.report.id] = self._view.report(one.report.id).report.text
        lead = self._texts[one.report.id][cue.start : one.span.start]
        return "" if _BROKEN.search(lead) else lead


def called(one: ShownPassage) -> str:
    """Who says a passage as a citation has it: empty where nobody is named."""
    return who(one) if one.actor is not None or one.speaker is not None else ""


def _description(statement: RecordedStatement) -> str:
    """Whom the report gives where it names nobody: not a pronoun, and no longer than a few words."""
    words = " ".join(span.text for span in statement.source)
    if len(words) > LONGEST_DESCRIPTION or _BROKEN.search(words):
        return ""
    return "" if set(plain_words(words)) <= _NOBODY else words


def tells(one: Citation) -> bool:
    """Whether the words stand on their own: no single number, no half clause, no denied words without their denial.

    >>> from onrecord.domain.briefs import Citation
    >>> def cited(text): return Citation("", "", "", "", 0, 0, text, "Holm", None, "", "", "", 1)
    >>> [tells(cited(one)) for one in ("We will bury our dead first", "59,000", "had been turned back at the bridge")]
    [True, False, False]
    """
    told = plain_words(one.text)
    if one.lead:
        return len(told) > 1
    if len(told) < FEWEST_WORDS or told[0] in _CUT_OFF:
        return False
    return one.text.lstrip("“\"‘'")[:1].isupper() or any(_VERB.fullmatch(word) for word in told)


def alike(one: Citation, other: Citation) -> bool:
    """Whether two citations have nearly the same words: three in five of both stand in each, or one holds the other."""
    these, those = (set(plain_words(side.lead + side.text)) for side in (one, other))
    shared, fewest = len(these & those), min(len(these), len(those))
    return shared * 5 >= len(these | those) * 3 or (fewest > FEWEST_WORDS and shared == fewest)
