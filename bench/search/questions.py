"""What somebody who follows the example crisis would type, and the passages that should be found, by words they hold.

A question asks for a meaning, most often in other words than those on the record. A passage is wanted when one of the
phrases stands in it. The questions were written after reading all passages of the example and before any search by
meaning was tried; the words of one kin (`onrecord.language.neighbours`) were listed by whoever wrote the questions,
and how near is near enough (`onrecord.ledger.meaning`) was chosen by them: on another record expect less.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed, and the phrases one of which stands in each passage that should be found."""

    typed: str
    phrases: tuple[str, ...]


_QUESTIONS: Final = """
troops pulled back: withdraw | troops leaving | going home | way home | retreat | back in their barracks
    | battalion leave | already returned | men have already left | guns back to the barracks | Cannons to the quarter
soldiers returned home: going home | way home | back in their barracks | already returned
    | places of permanent deployment
retreat: withdraw | troops leaving | signal of retreat
people killed in the attack: people were killed | people killed | of the dead were | number of dead
    | An eighth victim | deadliest attack
casualties: people were killed | people killed | of the dead were | of the wounded | number of dead | An eighth victim
funerals: bury our dead | dead could be buried | bury to our deads
water supply poisoned: poison the water | poison it | chlorine to the waterworks | chlorine to the plant
    | the target was the waterworks | the target is the waterworks
poison gas: chlorine
truce breached: violations | broken ceasefires
peace negotiations: talks at Maranne | ready for dialogue | propose a meeting
harbours shut to shipping: ports of nineteen | ports of all nineteen
anti-aircraft missiles: air defence batteries | anti-aircraft Batteries
no proof: no evidence | not to have any proof
photographs from space: satellite | images taken | images of satellite | from space
hospital equipment: plasma | medical supplies | field hospitals | hospitals of campaign
returning fire: shoot back | give back the shots | there would be an answer
staged provocation: staged incident | monstrous provocation | first page of a script | shelled its own
    | bombed to its own | shelled the depot themselves | shelling its own
residents fled: people have gone since Friday | buses a day
inspectors visited the plant: inspected the waterworks | observers had been inside | a team into the waterworks
admitted a mistake: I was wrong | be wrong | being wrong | proved him wrong | wrong about the year | too low
invasion: an attack | would attack | crosses the river | obody invades | passes the river | to attack anyone
    | has never attacked | entry in Olmira
bus station bombed: bus depot | Garage of buses
railway transport: trains | by rail | last train
agreement cancelled: agreement void | agreement must be declared void | giving up the agreement
terrorists crossed the river: saboteurs has crossed | saboteurs have introduced | saboteurs were carrying
    | saboteurs numbering
bread: bakers
Halvik no sign of withdrawal: saw no sign of a withdrawal | no sign of a withdrawal and called
    | not seen a single battalion | no signal of retreat
"""


def questions() -> list[Question]:
    """The questions of the example."""
    found: list[Question] = []
    for line in _QUESTIONS.strip().replace("\n    ", " ").splitlines():
        typed, _, phrases = line.partition(": ")
        found.append(Question(typed, tuple(phrases.split(" | "))))
    return found
