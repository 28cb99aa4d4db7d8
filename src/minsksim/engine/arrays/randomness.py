"""Randomness that is addressed, not consumed.

Every draw has an address: (seed, replication, turn, name, purpose). The same address gives the
same number, whoever asks and in whatever order, so results do not depend on chunks, threads or
on which other actors exist, and variants share their draws. The only file that cares for the
width of integers: it works in 64-bit signed integers masked to 32 bits, which is right both in
CPython and compiled.
"""

import hashlib
import operator
from typing import SupportsIndex

from minsksim._compiled.marks import inlined
from minsksim.errors import UsageError

MEET, ACCEPT, KEEP, ACT, LEAK, EVENT, FLOW = 1, 2, 3, 4, 5, 6, 7
READ, DOUBT, TYPE = 11, 12, 13
DIVIDE, REFUSE = 21, 22
"""Purposes; a new mechanism takes a new number, so older draws do not move."""

MASK = 0xFFFFFFFF
MOST_SEED = 2**63 - 1


def name_hash(name: str) -> int:
    """Return the 32-bit address of a dotted name.

    Examples
    --------
    >>> name_hash("actors.minsk") == name_hash("actors.minsk")
    True
    """
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def whole_address(seed: SupportsIndex, replication: SupportsIndex) -> tuple[int, int]:
    """Return a seed and a replication as Python's whole numbers, whatever kind they were.

    Raises
    ------
    UsageError
        If one is no whole number from 0 to 2**63 - 1.

    Examples
    --------
    >>> import numpy as np
    >>> whole_address(np.uint64(3), 0)
    (3, 0)
    """
    numbers = []
    for name, given in (("seed", seed), ("replication", replication)):
        try:
            number = operator.index(given)
        except TypeError:
            number = -1
        if not 0 <= number <= MOST_SEED:
            raise UsageError(f"{name} {given!r}: use a whole number from 0 to 2**63 - 1")
        numbers.append(number)
    return numbers[0], numbers[1]


@inlined
def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int]:
    """Return the first two words of Philox4x32-10 for a counter and a key.

    Source: salmon2011, Philox4x32-10; tested against the published known answers.
    """
    for _ in range(10):
        p0 = 0xD2511F53 * c0
        p1 = 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (
            ((p1 >> 32) & MASK) ^ c1 ^ k0,
            p1 & MASK,
            ((p0 >> 32) & MASK) ^ c3 ^ k1,
            p0 & MASK,
        )
        k0 = (k0 + 0x9E3779B9) & MASK
        k1 = (k1 + 0xBB67AE85) & MASK
    return c0, c1


@inlined
def uniform(seed: int, replication: int, turn: int, name: int, purpose: int) -> float:
    """Return the random number in [0, 1) that belongs to an address.

    Examples
    --------
    >>> uniform(0, 3, 5, 77, MEET) == uniform(0, 3, 5, 77, MEET)
    True
    """
    high, low = philox(
        replication & MASK,
        ((replication >> 32) & 0xFFFFFF) | (purpose << 24),
        name & MASK,
        turn & MASK,
        seed & MASK,
        (seed >> 32) & MASK,
    )
    return ((high >> 5) * 67108864.0 + (low >> 6)) * (1.0 / 9007199254740992.0)
