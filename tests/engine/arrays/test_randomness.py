"""Addressed randomness: published known answers, a flat distribution, no shared addresses."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from minsksim.engine.arrays import randomness
from minsksim.engine.arrays.randomness import name_hash, philox, uniform

ONES = 0xFFFFFFFF
PURPOSES = tuple(
    getattr(randomness, name) for name in ("MEET", "ACCEPT", "KEEP", "ACT", "LEAK", "EVENT", "FLOW")
)


@pytest.mark.parametrize(
    ("counter_and_key", "words"),
    [
        ((0, 0, 0, 0, 0, 0), (0x6627E8D5, 0xE169C58D)),
        ((ONES, ONES, ONES, ONES, ONES, ONES), (0x408F276D, 0x41C83B0E)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB),
        ),
    ],
)
def test_known_answers(counter_and_key: tuple[int, ...], words: tuple[int, int]) -> None:
    """salmon2011: the kat_vectors of Random123 for philox4x32, ten rounds."""
    assert tuple(int(word) for word in philox(*counter_and_key)) == words


def test_draws_are_flat_and_distinct() -> None:
    draws = np.array(
        [uniform(0, rep, turn, 12345, 1) for rep in range(2_000) for turn in range(50)]
    )
    assert draws.min() >= 0.0
    assert draws.max() < 1.0
    assert len(np.unique(draws)) == len(draws)
    assert draws.mean() == pytest.approx(0.5, abs=4 / np.sqrt(12 * len(draws)))
    counts = np.histogram(draws, bins=100, range=(0, 1))[0]
    chi_square = ((counts - 1000.0) ** 2 / 1000.0).sum()
    assert 50 < chi_square < 160
    neighbours = np.corrcoef(draws[:-1], draws[1:])[0, 1]
    assert abs(neighbours) < 0.015


def test_every_part_of_an_address_counts() -> None:
    seeds = (0, 1, 2**32, 2**62)
    replications = (0, 1, 2**32, 2**40 + 1)
    names = (0, 1, ONES)
    addresses = list(itertools.product(seeds, replications, (1, 2, 24), names, PURPOSES))
    draws = {uniform(*address) for address in addresses}
    assert len(draws) == len(addresses)


def test_purposes_are_distinct_and_keep_their_numbers() -> None:
    """A new mechanism takes a new number; these are in stored results."""
    assert PURPOSES == (1, 2, 3, 4, 5, 6, 7)


def test_hash_is_of_the_name_alone() -> None:
    assert 0 <= name_hash("actors.minsk") <= ONES
    assert name_hash("actors.minsk") != name_hash("actors.ottawa")
