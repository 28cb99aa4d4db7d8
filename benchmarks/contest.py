"""Timing side by side: rounds in which everybody runs once, and ratios within a round.

Process CPU time, not wall time, and ratios within a round, so that a busy machine slows all alike.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Contestant:
    """Something that plays a number of runs when called."""

    name: str
    play: Callable[[int], None]
    runs: int = 1
    seconds_per_run: list[float] = field(default_factory=list)

    def timed(self, runs: int) -> float:
        begin = time.process_time()
        self.play(runs)
        return (time.process_time() - begin) / runs

    def calibrate(self, seconds: float) -> None:
        """Warm up, then settle how many runs fill a round."""
        self.play(1)
        guess, runs = self.timed(1), 1
        while guess * runs < seconds / 20.0:
            runs = max(2 * runs, int(seconds / 20.0 / max(guess, 1e-7)))
            guess = self.timed(runs)
        self.runs = max(1, round(seconds / guess))


def spread(values: list[float]) -> float:
    """Interquartile range over the median."""
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return (high - low) / middle


def ratios(contestant: Contestant, reference: Contestant) -> list[float]:
    """Runs per core-second over the reference's, round by round."""
    pairs = zip(reference.seconds_per_run, contestant.seconds_per_run, strict=True)
    return [theirs / own for theirs, own in pairs]


def compete(
    contestants: list[Contestant], rounds: int, seconds: float, tell: Callable[[str], None]
) -> None:
    """Play all rounds, one contestant after the other in each."""
    for contestant in contestants:
        tell(f"warming up: {contestant.name}")
        contestant.calibrate(seconds)
    for number in range(1, rounds + 1):
        tell(f"round {number} of {rounds}")
        for contestant in contestants:
            contestant.seconds_per_run.append(contestant.timed(contestant.runs))
