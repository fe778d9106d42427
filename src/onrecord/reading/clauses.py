"""Passages: a statement's content cut into its sentences and coordinated clauses.

A passage lies inside one part of the content and outside the statement's own source and cue. It is without outer
quotation marks, a leading "that" and a final comma or full stop; a question mark stays. Contents without a verb ("any
involvement") are one passage. Nothing is parsed: a clause is told by the finite verb that must follow its conjunction,
so a cut that is not safe is not made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.domain.spans import Span, trimmed

QUOTATION_MARKS = "\"'“”„‟‘’‚‛«»‹›`´"
_OPENING = "\"'“„‟‘‚‛«‹`"
_EDGE = QUOTATION_MARKS + ",.;:-–—…·•*"
_PAIRS = {"“": "”", "‘": "’", "«": "»", "„": "“”", '"': '"', "'": "'", "‹": "›"}
_APOSTROPHES = "'’"

_SENTENCE_END = re.compile(
    r"(?:[.!?…]{1,8}[\"'”’»)\]]{0,3})(?=\s)|(?<=[a-z0-9])[.!?][\"”’»]?(?=[\"“‘«]?[A-Z][a-z])|\n\s{0,80}|;(?=\s)"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|gen|sen|rep|reps|sens|gov|lt|col|sgt|capt|maj|adm|cmdr|prof|rev|st|jr|sr|hon|pres|messrs|"
    r"no|vs|inc|corp|ltd|co|dept|approx|est|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|fig|art|p|pp)"
    r"|\b[a-z]\.[a-z]|\b[A-Z])\Z",
    re.IGNORECASE,
)
_ALWAYS_GOES_ON = re.compile(
    r"(?:mr|mrs|ms|dr|gen|sen|rep|reps|sens|gov|lt|col|sgt|capt|maj|adm|prof|rev|"
    r"st)\Z",
    re.I,
)
_NEXT_SENTENCE = re.compile(r"\s{1,80}[\"'“‘«„(\[]{0,3}[^\W_a-z]")

_FINITE = (
    r"(?:am|is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|shall|do|does|did|cannot|ought|"
    r"(?:is|are|was|were|has|have|had|wo|would|ca|could|might|must|should|do|does|did)n[’']t|won[’']t|can[’']t|"
    r"\w{1,20}[’'](?:re|ll|ve|d|m))"
)
_LEXICAL = (
    r"(?:says?|said|goes|went|comes?|came|wants?|wanted|needs?|needed|knows?|knew|thinks?|thought|believes?|believed|"
    r"makes?|made|takes?|took|gives?|gave|sees|saw|sends?|sent|gets?|got|puts?|keeps?|kept|stands?|stood|seems?|"
    r"seemed|"
    r"hopes?|hoped|plans|planned|intends?|intended|expects?|expected|remains?|remained|continues?|continued|becomes?|"
    r"became|began|begins?|supports?|supported|shows?|showed|tells?|told|asks|asked|finds|found|feels?|felt|"
    r"leaves?|left|"
    r"lost|loses?|won|wins?|means?|meant|brings?|brought|holds?|held|agrees?|agreed|refuses?|refused|tried|tries|"
    r"calls?|called|uses?|used|deserves?|requires?|required|includes?|included|killed|kills|pays?|paid|"
    r"denies|denied|lies|lied|sought|seeks|threatens?|threatened|lives?|lived|works?|worked|received|receives|"
    r"faces|faced|starts?|started|stopped|stops|happens|happened|turned|turns|led|leads|ran|runs|set|sets|fell|"
    r"falls|rose|rises)"
)
_VERB = re.compile(rf"\b(?:{_FINITE}|{_LEXICAL}|\w{{3,20}}ed)\b", re.IGNORECASE)
_ADVERBS = r"(?:(?:now|then|also|still|never|always|not|often|already|just|only|even|soon|\w{2,16}ly)\s+){0,2}"
_SUBJECT_PRONOUN = r"(?:I|we|they|he|she|there|it|you|nobody|everyone|everybody|someone|no\s+one)"
_NOT_IN_SUBJECT = (
    r"(?!(?:who|which|that|because|when|where|if|unless|although|while|to|whose|and|or|but|as|than|whether|what|how|"
    r"why|not|they|we|I|he|she)\b)"
)
_CONJUNCTION = re.compile(
    r"(?P<comma>[,–—-]{0,2})[\"”’»]?(?P<gap>\s{1,8})(?:and|but|or|so(?!\s+that\b)|yet|nor|while|"
    r"whereas)\s+",
    re.IGNORECASE,
)
_SHARED_SUBJECT = re.compile(
    rf"{_ADVERBS}(?:(?:am|is|are|was|were|has|had|will|would|can|could|may|might|must|should|shall|does|did|cannot|"
    rf"won[’']t|(?:is|are|was|were|has|had|would|could|should|does|did)n[’']t)\s+\w|(?:have|do)\s+(?:not|been|"
    rf"\w+ed)\b|"
    rf"(?:believes|intends|plans\s+to|wants\s+to|hopes|expects|believed|intended|expected|refused|refuses|continues|"
    rf"continued)\s)",
    re.IGNORECASE,
)
_OWN_SUBJECT = re.compile(
    rf"[\"“‘«]?(?:{_SUBJECT_PRONOUN}\s+{_ADVERBS}\w|{_SUBJECT_PRONOUN}[’']\w|"
    rf"(?:{_NOT_IN_SUBJECT}[\w’'.\-]{{1,30}}\s+){{1,7}}?(?:{_FINITE}|{_LEXICAL})\b)",
    re.IGNORECASE,
)
_OWN_THAT = re.compile(r"that\s+(?!(?:is|was)\b)\w", re.IGNORECASE)
_SUBORDINATE_START = re.compile(
    r"[\"“‘«]?(?:that\s+)?(?:if|unless|when|either|whether|because|since|although|while|before|after|both|neither|"
    r"how|why|what|who|whom|not only)\b",
    re.IGNORECASE,
)
_DEPENDENT_START = re.compile(r"[\"“‘«]?(?:to|or|either)\b", re.IGNORECASE)
_PRONOUN_START = re.compile(rf"[\"“‘«]?(?:and\s+|but\s+|that\s+)?{_SUBJECT_PRONOUN}\b", re.IGNORECASE)
_LEADING = re.compile(r"(?:that|(?P<joint>and|but)(?:\s+that)?)\s+")
_WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
SHORT = 5
"""A clause of fewer words is cut off only behind a comma or before a "that"."""
SHORTEST = 3
FAR = 400
"""So many characters to either side of a conjunction are looked at."""


def passages(text: str, content: Sequence[Span], others: Sequence[Span] = ()) -> list[Span]:
    """The sentences and coordinated clauses of one statement's content, in reading order.

    `others` are the statement's source and cue: where they stand inside the content, they are left out.

    >>> text = 'the old bridge was closed on Friday and would reopen on Monday at noon.'
    >>> [span.of(text) for span in passages(text, [Span(0, len(text))])]
    ['the old bridge was closed on Friday', 'would reopen on Monday at noon']
    """
    found = []
    for part in content:
        for piece in _without(part, others):
            for sentence in _sentences(text, piece):
                for clause in _clauses(text, sentence):
                    bare = _bare(text, clause)
                    if bare is not None:
                        found.append(bare)
    return found


def _without(part: Span, others: Sequence[Span]) -> Iterator[Span]:
    """What is left of a part when the stretches of `others` are taken out of it."""
    start = part.start
    for other in sorted(others):
        if other.overlaps(part):
            if start < other.start:
                yield Span(start, other.start)
            start = max(start, other.end)
    if start < part.end:
        yield Span(start, part.end)


def _sentences(text: str, piece: Span) -> Iterator[Span]:
    """The sentences of a piece; an abbreviation's stop and a question mark inside a sentence end none."""
    start = piece.start
    for end in _SENTENCE_END.finditer(text, piece.start, piece.end):
        mark = end.group()
        if mark.startswith("."):
            before = text[max(start, end.start() - 12) : end.start()]
            if _ABBREVIATION.search(before) and (
                _ALWAYS_GOES_ON.search(before) or not _PRONOUN_NEXT.match(text, end.end(), piece.end)
            ):
                continue
        spaced = mark[0] in ".!?…" and end.end() < piece.end and text[end.end()].isspace()
        if spaced and not _NEXT_SENTENCE.match(text, end.end(), piece.end):
            continue
        if mark == ";" and not (
            _has_verb(text[max(start, end.start() - FAR) : end.start()])
            and _has_verb(text[end.end() : min(piece.end, end.end() + FAR)])
        ):
            continue
        yield from _whole(start, end.end())
        start = end.end()
    yield from _whole(start, piece.end)


_PRONOUN_NEXT = re.compile(r"\s{1,80}(?:I|We|They|He|She|It|The|This|That|There|But|And|If|In|You|A|Our|His|Her)\b")


def _whole(start: int, end: int) -> Iterator[Span]:
    if start < end:
        yield Span(start, end)


def _clauses(text: str, sentence: Span) -> Iterator[Span]:
    """The coordinated clauses of one sentence."""
    start = sentence.start
    for joint in _CONJUNCTION.finditer(text, sentence.start, sentence.end):
        if joint.start() <= start or not _is_joint(text, start, joint, sentence.end):
            continue
        yield Span(start, joint.start("gap"))
        start = joint.end()
    yield from _whole(start, sentence.end)


def _is_joint(text: str, start: int, joint: re.Match[str], end: int) -> bool:
    """Whether a conjunction joins two clauses rather than two nouns or two verbs."""
    left, right = text[max(start, joint.start() - FAR) : joint.start()], text[joint.end() : min(end, joint.end() + FAR)]
    before, after = len(_WORD.findall(left)), len(_WORD.findall(right))
    comma = bool(joint["comma"])
    if _OWN_THAT.match(right):
        return before >= SHORTEST and after > SHORTEST
    least = SHORTEST + 1 if comma else SHORT
    if before < least or after < least:
        return False
    word = joint.group().split()[-1].lower()
    if word in ("while", "whereas", "or", "so", "yet", "nor") and not comma:
        return False
    if _SUBORDINATE_START.match(left.lstrip()) and "," not in left:
        return False
    if _DEPENDENT_START.match(left.lstrip()):
        return False
    if word in ("and", "but") and _SHARED_SUBJECT.match(right):
        return True
    return bool(_OWN_SUBJECT.match(right)) and _has_verb(left)


def _has_verb(words: str) -> bool:
    return bool(_VERB.search(words) or _PRONOUN_START.match(words.lstrip()))


def _bare(text: str, clause: Span) -> Span | None:
    """The clause without what stands around it: marks, a leading "that", the final comma or stop."""
    found = trimmed(text, clause.start, clause.end)
    while found is not None:
        start, end = found.start, found.end
        lead = _LEADING.match(text, start, end)
        if lead and not (lead["joint"] and start > 0 and text[start - 1] in _OPENING):
            start = lead.end()
        elif text[start] in _EDGE and _outer(text, start, end, start):
            start += 1
        elif text[end - 1] in _EDGE and _outer(text, start, end, end - 1):
            end -= 1
        else:
            break
        found = trimmed(text, start, end)
    return found if found is not None and _WORD.search(text, found.start, found.end) else None


def _outer(text: str, start: int, end: int, at: int) -> bool:
    """Whether the mark at an edge belongs to what stands around the clause, not to words quoted inside it."""
    mark, inside = text[at], text[start + 1 : end - 1]
    if mark in ".," and at == end - 1:
        return not re.search(r"\b\w\.\w\.\Z", text[max(start, end - 4) : end])
    if mark == "-" and at == start:
        return end - start > 1 and not text[start + 1].isdigit()
    if mark not in QUOTATION_MARKS:
        return True
    if end - start > 1 and text[at + (1 if at == start else -1)] == mark:
        return True
    if at == start:
        closing = _PAIRS.get(mark)
        if closing is None:
            return True
        # A quotation that closes before the end is quoted inside the clause: ‘"Winter Anvil" was over’.
        closed = [k for k, c in enumerate(inside) if c in closing and not _is_apostrophe(inside, k)]
        return not closed
    opened = [k for k, c in enumerate(inside) if mark in _PAIRS.get(c, "") and not _is_apostrophe(inside, k)]
    if text[start] in _PAIRS and mark in _PAIRS[text[start]]:
        return True
    return not opened


def _is_apostrophe(words: str, at: int) -> bool:
    if words[at] not in _APOSTROPHES:
        return False
    return at > 0 and words[at - 1].isalnum()
