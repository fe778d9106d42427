"""Passwords: which can be chosen, and their argon2id hashes with the parameters of RFC 9106 for little memory.

A check takes 64 MiB and some tenths of a second on purpose, so few run at once, whoever asks.
"""

from __future__ import annotations

import secrets
import unicodedata
from functools import lru_cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Final

from onrecord.domain.people import name_key
from onrecord.errors import ExtraMissing, RefusedAtDesk

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST: Final = 12
LONGEST: Final = 256
FEWEST_LETTERS: Final = 5
"""Different characters that a password has to have."""

AT_ONCE: Final = 2
"""Hashes that are made or checked at once."""

_AT_ONCE = BoundedSemaphore(AT_ONCE)
# Letters and digits that nobody takes for one another when they are read out.
_READ_OUT: Final = "abcdefghjkmnpqrstuvwxyz23456789"


def checked(password: str, name: str) -> str:
    """The password as it is hashed.

    Raises:
        RefusedAtDesk: when it is too easy to guess; the message does not hold it.
    """
    password = normal(password)
    if not SHORTEST <= len(password) <= LONGEST:
        raise RefusedAtDesk(f"a password has {SHORTEST} to {LONGEST} characters; several words make a good one")
    if len(set(password)) < FEWEST_LETTERS or name_key(password) in name_key(name) * 2:
        raise RefusedAtDesk("this password is too easy to guess; take several words that do not go together")
    if len(name) > 2 and name_key(name) in name_key(password):
        raise RefusedAtDesk("this password holds the name; take several words that do not go together")
    return password


def normal(password: str) -> str:
    """The password in the one form that all keyboards lead to (RFC 8265)."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "replace").decode("utf-8")


def invented() -> str:
    """A password to hand over, which can be read out: four groups of five letters and digits, 99 bits.

    >>> len(invented()), invented() == invented()
    (23, False)
    """
    return "-".join("".join(secrets.choice(_READ_OUT) for _ in range(5)) for _ in range(4))


def hashed(password: str) -> str:
    """The argon2id hash of a password, with its parameters and salt."""
    with _AT_ONCE:
        return hasher().hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether the password is the one of this hash; where there is no hash it takes as long, and does not."""
    from argon2.exceptions import InvalidHashError, VerificationError

    # Longer ones cannot be chosen; cut there, they fit nothing, and cost no more than the longest that can.
    password = normal(password)[: LONGEST + 1]
    with _AT_ONCE:
        try:
            return hasher().verify(_of_nobody() if kept is None else kept, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def outdated(kept: str) -> bool:
    """Whether a hash was made with less effort than is usual now."""
    return hasher().check_needs_rehash(kept)


@lru_cache(maxsize=1)
def hasher() -> PasswordHasher:
    """What makes and checks hashes.

    Raises:
        SettingsError: when argon2-cffi is not there.
    """
    try:
        from argon2 import PasswordHasher
        from argon2.profiles import RFC_9106_LOW_MEMORY
    except ImportError as error:
        raise ExtraMissing("log-in by password", "argon2-cffi", "desk") from error
    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


@lru_cache(maxsize=1)
def _of_nobody() -> str:
    return hasher().hash(secrets.token_urlsafe(32))
