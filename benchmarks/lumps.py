"""What levers that come in lumps cost: ``python benchmarks/lumps.py``.

Plays the frozen flagship as it is, and again with two, four and six levers of its largest table in
lumps, in turns, and prints the core-seconds of a run of each beside those of the first.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

import numpy as np
from plain_check import FROZEN

from minsksim import compile_scenario, load_scenario, simulate
from minsksim.engine.arrays.compile import Compiled
from minsksim.scenario import Scenario
from minsksim.scenario.load import digest_of

LUMPS = {
    "envoy_visit": (0.0, 1.0),
    "presidential_call": (0.0, 1.0),
    "belavia_relief": (0.0, 0.5, 1.0),
    "potash_relief": (0.0, 0.5, 1.0),
    "finance_relief": (0.0, 0.5, 1.0),
    "board_seat": (0.0, 1.0),
}
RUNS, ROUNDS = 400, 7


def in_lumps(case: Scenario, count: int) -> Compiled:
    """Return the case with the first levers of the list in lumps."""
    levers = {
        name: lever.model_copy(update={"steps": LUMPS[name]})
        if name in list(LUMPS)[:count]
        else lever
        for name, lever in case.document.levers.items()
    }
    document = case.document.model_copy(update={"levers": levers})
    return compile_scenario(replace(case, document=document, digest=digest_of(document)))


def seconds(compiled: Compiled) -> float:
    """Return the core-seconds of one run."""
    rows, begin = np.zeros(RUNS, dtype=np.int64), time.process_time()
    simulate(compiled, compiled.numbers[None, :], rows, np.arange(RUNS), 7)
    return (time.process_time() - begin) / RUNS


def main() -> None:
    """Print a line for each number of levers in lumps."""
    case = load_scenario(FROZEN)
    cases = {count: in_lumps(case, count) for count in (0, 2, 4, 6)}
    spent: dict[int, list[float]] = {count: [] for count in cases}
    for _ in range(ROUNDS + 1):  # the first compiles
        for count, compiled in cases.items():
            spent[count].append(seconds(compiled))
    base = statistics.median(spent[0][1:])
    for count, found in spent.items():
        middle = statistics.median(found[1:])
        print(
            f"{count} levers in lumps: {middle * 1e6:.0f} microseconds a run, {middle / base:.2f}"
        )


if __name__ == "__main__":
    main()
