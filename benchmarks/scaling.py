"""How the cost of a run grows: ``python benchmarks/scaling.py``.

Times the batch kernel against runs, turns, levers, channels and actors on rings of actors
(``sparse.py``), all sizes taking turns, and draws cost against size. Bars: linear in runs and
turns, no worse than linear in levers and channels; against actors it is just measured. Writes
benchmarks/scaling.png and benchmarks/out/scaling.json.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from contest import Contestant, compete, spread
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator
from rich.console import Console
from rich.table import Table
from sparse import Size, make_scenario

from minsksim.engine.arrays.compile import Compiled, compile_scenario
from minsksim.engine.batch import simulate

HERE = Path(__file__).parent
OUT = HERE / "out"
FIGURE = HERE / "scaling.png"
SEED = 7
STEADY = 0.15
SLACK = 0.1
"""By how much an exponent may miss 1 for the jitter of timing and what is not yet negligible."""
BLUE, GREY = "#0072B2", "#8C8C8C"
SIZES: dict[str, list[tuple[int, Size]]] = {
    "runs": [(runs, Size()) for runs in (10, 100, 1_000, 10_000)],
    "turns": [(turns, Size(turns=turns, momentary=True)) for turns in (6, 12, 24, 48, 96, 192)],
    "levers": [(6 * n, Size(levers=n)) for n in (2, 4, 8, 16, 32, 64)],
    "levers on every table": [(6 * n, Size(levers=n, tabled=n)) for n in (2, 4, 8, 16, 32, 64)],
    "channels": [(50 * n, Size(actors=50, reach=n, reservation=1.0)) for n in (1, 2, 4, 8, 16)],
    "actors": [(actors, Size(actors=actors)) for actors in (6, 12, 25, 50, 100, 200)],
}
FIXED = {
    "runs": "6 actors, 12 levers, 6 channels, 24 turns",
    "turns": "6 actors, 6 channels, 12 levers that fall back",
    "levers": "6 actors, 6 channels of 4 levers each",
    "levers on every table": "6 actors, 6 channels with all levers of both",
    "channels": "50 actors, 100 levers, talks that fail",
    "actors": "2 levers and 1 channel each, a ring",
}
LINEAR = {"runs": "linear", "turns": "linear"}
AT_MOST = {"levers": "at most linear", "levers on every table": "at most linear",
           "channels": "at most linear"}  # fmt: skip


@dataclass
class Place(Contestant):
    """A size on an axis."""

    axis: str = ""
    size: int = 0
    fixed_runs: int = 0

    def calibrate(self, seconds: float) -> None:
        """Settle how many runs fill a round, unless the number of runs is the size itself."""
        if not self.fixed_runs:
            super().calibrate(seconds)
            return
        self.runs = self.fixed_runs
        self.timed(self.runs)


def make_places() -> list[Place]:
    """Every size of every axis, each with its scenario compiled."""
    places = []
    for axis, sizes in SIZES.items():
        for size, ring in sizes:
            compiled = compile_scenario(make_scenario(ring))
            places.append(
                Place(
                    f"{axis} {size}",
                    player(compiled),
                    axis=axis,
                    size=size,
                    fixed_runs=size if axis == "runs" else 0,
                )
            )
    return places


def player(compiled: Compiled) -> Any:
    """What plays a number of runs of a scenario."""

    def play(runs: int) -> None:
        rows = np.zeros(runs, np.int64)
        simulate(compiled, compiled.numbers[None], rows, np.arange(runs), SEED)

    return play


def exponent(one: tuple[int, float], other: tuple[int, float]) -> float:
    """Slope between two points of (size, cost) on logarithmic axes."""
    return math.log(other[1] / one[1]) / math.log(other[0] / one[0])


@dataclass(frozen=True)
class Growth:
    """Cost against size on an axis.

    Attributes
    ----------
    points : list of (size, core-seconds)
        Of a run; on the axis of runs, of all of them.
    exponent : float
        Between the last two sizes.
    spread : float
        Largest IQR over median of any of its sizes.
    verdict : str
    """

    axis: str
    points: list[tuple[int, float]]
    exponent: float
    spread: float
    verdict: str = field(default="measured")


def judge(axis: str, slope: float, steady: float) -> str:
    """Pass, fail, none where it was not steady, or just measured."""
    if axis not in LINEAR and axis not in AT_MOST:
        return "measured"
    if steady > STEADY:
        return f"none: a spread of {steady:.0%} exceeds {STEADY:.0%}"
    is_met = slope <= 1.0 + SLACK and (axis in AT_MOST or slope >= 1.0 - SLACK)
    return "pass" if is_met else "fail"


def grown(places: list[Place]) -> list[Growth]:
    """Put the sizes of each axis together."""
    found = []
    for axis in SIZES:
        mine = [place for place in places if place.axis == axis]
        points = [
            (p.size, statistics.median(p.seconds_per_run) * (p.size if axis == "runs" else 1))
            for p in mine
        ]
        slope, steady = exponent(*points[-2:]), max(spread(p.seconds_per_run) for p in mine[-2:])
        found.append(Growth(axis, points, slope, steady, judge(axis, slope, steady)))
    return found


def draw_axis(axes: Axes, growth: Growth) -> None:
    """One panel: points, a line of slope 1 through the last, and the last exponent."""
    sizes = np.array([size for size, _ in growth.points], dtype=float)
    costs = np.array([cost * 1000.0 for _, cost in growth.points])
    axes.loglog(sizes, costs[-1] * sizes / sizes[-1], color=GREY, lw=1.0, ls=(0, (4, 3)))
    axes.loglog(sizes, costs, "o-", color=BLUE, lw=1.6, ms=4.5)
    axes.set_title(growth.axis, loc="left", fontsize=9.5, fontweight="bold")
    axes.set_xlabel(FIXED[growth.axis], fontsize=7.5, color="#444444")
    what = "of all runs" if growth.axis == "runs" else "of a run"
    axes.set_ylabel(f"core-milliseconds {what}", fontsize=8)
    axes.text(
        0.05, 0.93, f"last slope {growth.exponent:.2f}", transform=axes.transAxes, va="top",
        fontsize=8.5,
    )  # fmt: skip
    axes.set_xticks(sizes, [f"{int(size):,}" for size in sizes])
    axes.minorticks_off()
    axes.tick_params(labelsize=7.5)
    axes.yaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0)))
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,g}")
    axes.grid(True, color="#E3E3E3", lw=0.6)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def draw(found: list[Growth], path: Path) -> None:
    """Draw all axes and write the figure."""
    figure = Figure(figsize=(9.0, 5.9), dpi=120, layout="constrained")
    figure.get_layout_engine().set(rect=(0, 0.055, 1, 0.945), w_pad=0.08, h_pad=0.08)  # type: ignore[union-attr]
    for axes, growth in zip(figure.subplots(2, 3).ravel(), found, strict=True):
        draw_axis(axes, growth)
    figure.text(
        0.01,
        0.012,
        "Core-milliseconds of the batch kernel against size, both on logarithmic axes; the dashed "
        "line has slope 1 and ends in the last point.",
        fontsize=8,
    )
    figure.savefig(path, metadata={"Software": ""})


def show(console: Console, found: list[Growth]) -> None:
    """Print exponents and verdicts."""
    table = Table(title="Cost = size ** exponent, between the two largest sizes")
    for heading in ("axis", "sizes", "core-ms at the ends", "exponent", "bar", "verdict"):
        table.add_column(heading, justify="right" if heading == "exponent" else "left")
    for one in found:
        (low, least), (high, most) = one.points[0], one.points[-1]
        bar = (LINEAR | AT_MOST).get(one.axis, "")
        table.add_row(
            one.axis,
            f"{low:,} to {high:,}",
            f"{least * 1000.0:,.3g} to {most * 1000.0:,.4g}",
            f"{one.exponent:.2f}",
            bar,
            one.verdict,
        )
    console.print(table)


def arguments() -> argparse.Namespace:
    """Options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="at least 5")
    parser.add_argument("--seconds", type=float, default=0.3, help="CPU time of a size in a round")
    return parser.parse_args()


def main() -> None:
    """Measure, draw, print and write."""
    options, console = arguments(), Console()
    places = make_places()
    compete(list(places), max(5, options.rounds), options.seconds, console.log)
    found = grown(places)
    draw(found, FIGURE)
    show(console, found)
    OUT.mkdir(exist_ok=True)
    report = [vars(one) for one in found]
    (OUT / "scaling.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
