"""What speaks for and against two renderings being one act of speech, as numbers: a pure, symmetrical function.

Containment counts beside likeness, because one outlet prints a whole sentence and another a piece of it; and it counts
by how much the shared words tell, because a short piece stands in many sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log1p
from typing import Final

from onrecord.linking.utterances.profiles import DAY, Profile, is_question

NAMES: Final = (
    "containment",
    "likeness",
    "in a row",
    "a short piece in a row",
    "short",
    "same figure",
    "other figure",
    "other day",
    "negation",
    "question",
    "quoted in other words",
    "days apart",
    "speakers not known",
    "one speaker not known",
    "tiny",
    "surroundings",
    "meaning",
    "meaning and words",
)
"""The numbers of `Evidence.numbers`, in order."""
FAR: Final = 1.5
"""Days from which two publications are not of one news day."""
UNHEARD: Final = 7.0
"""How much more a negation on one side weighs where a speaker is not known."""
_LEAST: Final = 0.7
"""In a row even a common word tells something."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What two profiles share and where they differ; masses as in `profiles`.

    `run` is how many words in a row they share at most (0 below three), `in_a_row` the share of the lesser one's words,
    by rarity, that stand in rows of three or more which the other has too. `days` is how far apart they were
    published, None where one has no date. `cosine` is that of their vectors, None where there are none.
    """

    shared: tuple[str, ...]
    shared_mass: float
    lesser_mass: float
    greater_mass: float
    run: int
    in_a_row: float
    same_figures: tuple[float, ...]
    other_figures: bool
    other_days: bool
    negation: bool
    question: bool
    quoted: bool
    speakers_known: int
    days: float | None
    around: float
    cosine: float | None

    @property
    def containment(self) -> float:
        """The share of the lesser one's mass that the other has too."""
        return self.shared_mass / self.lesser_mass if self.lesser_mass else 0.0

    @property
    def likeness(self) -> float:
        """The share of the mass of both together that both have."""
        both = self.lesser_mass + self.greater_mass - self.shared_mass
        return self.shared_mass / both if both else 0.0

    def numbers(self) -> tuple[float, ...]:
        """The numbers that a score weighs, in the order of `NAMES`.

        Two who dispute one thing use the same words: where it is not known that one speaker says both, a negation on
        one side alone counts for more than a reader's slip.
        Another figure in otherwise the same words is a slip of the pen on one news day, and another count on another.
        """
        far = self.days is not None and self.days >= FAR
        short = 1 / (1 + self.lesser_mass / 6)
        cosine = self.cosine or 0.0
        return (
            self.containment,
            self.likeness,
            self.in_a_row,
            self.in_a_row * short,
            short,
            float(bool(self.same_figures)),
            float(self.other_figures) * (1.0 if far else 1.0 - self.in_a_row),
            float(self.other_days),
            float(self.negation) * (1.0 if self.speakers_known == 2 else UNHEARD),
            float(self.question),
            float(self.quoted) * (1.0 - self.in_a_row),
            log1p(self.days or 0.0),
            float(self.speakers_known == 0),
            float(self.speakers_known == 1),
            max(0.0, 1.0 - self.lesser_mass / 6),
            self.around * self.containment,
            cosine,
            cosine * self.containment,
        )


def evidence(a: Profile, b: Profile, cosine: float | None = None) -> Evidence:
    """What speaks for and against; the same whichever comes first."""
    if (b.mass, b.rendering.passage) < (a.mass, a.rendering.passage):
        a, b = b, a
    shared = tuple(word for word in a.weights if word in b.weights)
    run, in_a_row = _rows(a, b)
    same = a.figures & b.figures
    one, other = a.rendering, b.rendering
    return Evidence(
        shared=shared,
        shared_mass=sum(a.weights[word] for word in shared),
        lesser_mass=a.mass,
        greater_mass=b.mass,
        run=run,
        in_a_row=in_a_row,
        same_figures=tuple(sorted(same)),
        other_figures=bool(a.figures - b.figures and b.figures - a.figures),
        other_days=_other_days(a, b),
        negation=one.negated != other.negated,
        question=is_question(a) != is_question(b),
        quoted=one.quoted and other.quoted,
        speakers_known=(a.actor is not None) + (b.actor is not None),
        days=None if a.published is None or b.published is None else abs(a.published - b.published) / DAY,
        around=_around(a, b),
        cosine=cosine,
    )


def _rows(a: Profile, b: Profile) -> tuple[int, float]:
    """The longest row of shared words, and the share of `a`, by rarity, in shared rows."""
    if a.order == b.order:
        return len(a.order), 1.0
    triples = a.triples & b.triples
    if not triples:
        return 0, 0.0
    longest = run = 0
    inside = [False] * len(a.order)
    for at, triple in enumerate(zip(a.order, a.order[1:], a.order[2:], strict=False)):
        if triple in triples:
            inside[at] = inside[at + 1] = inside[at + 2] = True
            run += 1
            longest = max(longest, run)
        else:
            run = 0
    masses = [max(_LEAST, a.weights.get(word, 0.0)) for word in a.order]
    return longest + 2, sum(mass for mass, is_in in zip(masses, inside, strict=True) if is_in) / sum(masses)


def _other_days(a: Profile, b: Profile) -> bool:
    """Whether both name days, and no day of one is within half a day of one of the other."""
    if not a.days or not b.days:
        return False
    return all(x[0] - y[1] >= DAY / 2 or y[0] - x[1] >= DAY / 2 for x in a.days for y in b.days)


def _around(a: Profile, b: Profile) -> float:
    """How much of the lesser surroundings both have, from 0 to 1; little is worth little."""
    if not a.around or not b.around:
        return 0.0
    shared = sum(weight for word, weight in a.around.items() if word in b.around)
    return shared / (min(sum(a.around.values()), sum(b.around.values())) + 6.0)
