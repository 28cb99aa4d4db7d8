"""Random numbers for the plain model: addressed like ours, or Mesa's own generator.

The addressed numbers let both models share their draws, so that results can be compared run by
run. ``OwnDraws`` is what a Mesa user would take; it is quicker, so the benchmark uses it.
"""

from __future__ import annotations

import hashlib
import random
from functools import cache
from typing import Protocol

PURPOSES = {"meet": 1, "accept": 2, "keep": 3, "act": 4, "leak": 5, "flow": 7}
MASK = 0xFFFFFFFF


class Draws(Protocol):
    def draw(self, turn: int, name: str, purpose: str) -> float: ...


@cache
def address(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int]:
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 & MASK, (p0 >> 32) ^ c3 ^ k1, p0 & MASK
        k0, k1 = (k0 + 0x9E3779B9) & MASK, (k1 + 0xBB67AE85) & MASK
    return c0, c1


class SharedDraws:
    """The number that belongs to (seed, replication, turn, name, purpose)."""

    def __init__(self, seed: int, replication: int) -> None:
        self.seed, self.replication = seed, replication

    def draw(self, turn: int, name: str, purpose: str) -> float:
        high = ((self.replication >> 32) & 0xFFFFFF) | (PURPOSES[purpose] << 24)
        key = self.seed & MASK, (self.seed >> 32) & MASK
        a, b = philox(self.replication & MASK, high, address(name), turn, *key)
        return ((a >> 5) * 67108864.0 + (b >> 6)) / 9007199254740992.0


class OwnDraws:
    """The next number of the model's generator."""

    def __init__(self, source: random.Random) -> None:
        self.source = source

    def draw(self, turn: int, name: str, purpose: str) -> float:
        return self.source.random()
