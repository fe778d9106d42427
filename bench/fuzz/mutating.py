"""Cases out of small good examples: bytes changed, cut, doubled, joined, nested, and words of the format put in.

A case is made of its kind, a seed and its number alone, so it can be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

LONGEST = 200_000
"""Bytes of a case."""
MOST_CHANGES = 8

_BYTES = (
    b"\x00",
    b"\xff",
    b"\x80",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\r",
    b"\n",
    b"\t",
    b"\xc3",
    b"\x1b",
    b"\x7f",
)
_CHARACTERS = tuple(one.encode() for one in "\u202e\u2028\u00a0\u200b\ufeff\U0001f5de\u0301“”’«»—…İßﬁ")
_NUMBERS = (
    b"-1",
    b"0",
    b"99999999999999999999",
    b"1e999",
    b"NaN",
    b"0x7f",
    b"2022-02-30",
    b"9999-12-31T24:00:00+99:99",
)


def case(seeds: Sequence[bytes], words: Sequence[bytes], kind: str, seed: int, number: int) -> bytes:
    """One case of a kind."""
    chance = Random(f"{kind} {seed} {number}")
    content = chance.choice(seeds)
    for _ in range(chance.randint(1, MOST_CHANGES)):
        content = chance.choice(_CHANGES)(content, chance, seeds, words)[:LONGEST]
    return content


def _place(content: bytes, chance: Random) -> int:
    return chance.randint(0, len(content))


def _piece(content: bytes, chance: Random) -> tuple[int, int]:
    begin = _place(content, chance)
    return begin, min(len(content), begin + int(chance.expovariate(1 / 30)) + 1)


def _flip(content: bytes, chance: Random, *_: object) -> bytes:
    if not content:
        return content
    at = chance.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]


def _cut_out(content: bytes, chance: Random, *_: object) -> bytes:
    begin, end = _piece(content, chance)
    return content[:begin] + content[end:]


def _cut_off(content: bytes, chance: Random, *_: object) -> bytes:
    return content[: _place(content, chance)]


def _double(content: bytes, chance: Random, *_: object) -> bytes:
    begin, end = _piece(content, chance)
    times = chance.choice((2, 2, 2, 3, 20, 400))
    return content[:begin] + content[begin:end] * times + content[end:]


def _move(content: bytes, chance: Random, *_: object) -> bytes:
    begin, end = _piece(content, chance)
    left = content[:begin] + content[end:]
    at = _place(left, chance)
    return left[:at] + content[begin:end] + left[at:]


def _put_in(content: bytes, chance: Random, _: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    at = _place(content, chance)
    return content[:at] + chance.choice(chance.choice((words, words, _BYTES, _CHARACTERS, _NUMBERS))) + content[at:]


def _put_over(content: bytes, chance: Random, _: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    begin, end = _piece(content, chance)
    return content[:begin] + chance.choice(chance.choice((words, _BYTES, _CHARACTERS, _NUMBERS))) + content[end:]


def _nest(content: bytes, chance: Random, _: Sequence[bytes], words: Sequence[bytes]) -> bytes:
    at = _place(content, chance)
    return content[:at] + chance.choice(words) * chance.choice((3, 50, 1_000, 10_000)) + content[at:]


def _join(content: bytes, chance: Random, seeds: Sequence[bytes], _: Sequence[bytes]) -> bytes:
    other = chance.choice(seeds)
    return content[: _place(content, chance)] + other[_place(other, chance) :]


_Change = Callable[[bytes, Random, Sequence[bytes], Sequence[bytes]], bytes]
# Nesting makes the slowest cases and is rare.
_CHANGES: tuple[_Change, ...] = (
    *(_flip, _cut_out, _double, _move, _put_in, _put_over, _join) * 3,
    *(_cut_off, _nest),
)
