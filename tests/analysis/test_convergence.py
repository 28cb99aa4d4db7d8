"""Whether runs were enough: by hand, and that the number asked for is in fact enough."""

from __future__ import annotations

import math
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from minsksim.analysis.convergence import convergence, in_words
from minsksim.analysis.summary import summarise
from minsksim.experiment import Vary
from minsksim.experiment.question.request import SweepRequest
from minsksim.experiment.storage.manifest import Layout
from minsksim.experiment.sweep import answer
from minsksim.scenario import load_scenario

sys.path.insert(0, str(Path(__file__).parents[1] / "experiment"))

from toy_kernel import ToyKernel

PAIR = Path(__file__).parents[1] / "data" / "pair" / "base.yaml"


class Normal(ToyKernel):
    """Measures are normal draws by replication, plus the first number."""

    def simulate(self, compiled, points, point_of_run, replications, seed, **more):
        block = super().simulate(compiled, points, point_of_run, replications, seed, **more)
        row = (replications & 0xFFFFFFFF) + 1009 * (replications >> 32)
        draws = np.random.default_rng(99).normal(size=200_000)[row]
        block.measures[:] = draws[:, None] + points[point_of_run, :1] * 0
        return block


def swept(tmp_path: Path, **asked):
    parts = {"runs": 100, "series": 0}
    question = SweepRequest(**(parts | asked)).question([load_scenario(PAIR)])
    folder = tmp_path / question.id
    return answer(question, folder, kernel=Normal(), layout=Layout(block=500, sample=10))


def test_the_half_width_is_judged_beside_the_spread(tmp_path: Path) -> None:
    result = swept(tmp_path)
    row = summarise(result).iloc[0]
    one = convergence(result)[0]
    assert one.half_width == pytest.approx((row["high"] - row["low"]) / 2)
    spread = max(row["q95"] - row["q05"], 3.29 * row["sd"])
    assert one.precision == pytest.approx(0.05 * spread)
    # a normal measure: 1.98 s / sqrt(100) against 0.05 * 3.29 s
    assert one.factor == pytest.approx((0.198 / 0.1645) ** 2, rel=0.2)
    assert not one.is_enough


def test_as_many_runs_as_it_asks_for_are_enough(tmp_path: Path) -> None:
    result = swept(tmp_path)
    said = in_words(result, convergence(result))
    runs = int(re.search(r"--runs ([\d,]+)", said)[1].replace(",", ""))
    assert 100 < runs < 300
    enough = swept(tmp_path, runs=int(runs * 1.2))
    assert in_words(enough, convergence(enough)).startswith("Enough runs")


def test_a_target_is_judged_at_its_worst_point(tmp_path: Path) -> None:
    vary = [Vary("levers.toll.initial", 150, 250, 3)]
    missed = swept(tmp_path, vary=vary, until=["agreements=0.01"], most=200)
    one = {one.measure: one for one in convergence(missed)}["agreements"]
    assert one.precision == 0.01
    assert one.half_width == pytest.approx(missed.record["half_widths"]["agreements"])
    said = in_words(missed, convergence(missed))
    assert "agreements to ±0.01 at every point" in said
    assert "--most" in said
    reached = swept(tmp_path, vary=vary, until=["agreements=0.3"])
    assert in_words(reached, convergence(reached)).startswith("Enough runs: agreements to ±0.3")


def test_one_run_has_no_spread(tmp_path: Path) -> None:
    one = swept(tmp_path, runs=1)
    assert all(math.isinf(found.factor) for found in convergence(one))
    assert "no spread" in in_words(one, convergence(one))


def test_drawn_points_ask_for_what_leaves_most_open(tmp_path: Path) -> None:
    """Draws alone decide the measure, and points share them: more points would be no help."""
    result = swept(tmp_path, design="sobol", points=8, runs=4, draws="shared")
    said = in_words(result, convergence(result))
    assert re.search(r"more runs of each point \(--runs \d+\)", said)
    assert "--points" not in said
    single = swept(tmp_path, design="sobol", points=8, runs=1, draws="shared")
    judged = convergence(single)
    assert all(one.is_enough for one in judged)  # and the same at every point: nothing to learn


def test_draws_by_point_ask_for_more_points(tmp_path: Path) -> None:
    """Each point brings draws of its own, so more points narrow what either leaves open."""
    result = swept(tmp_path, design="sobol", points=8, runs=4)
    said = in_words(result, convergence(result))
    assert re.search(r"more points \(--points \d+\)", said)
    assert "--runs" not in said


def test_points_that_matter_ask_for_more_points(tmp_path: Path) -> None:
    class Numbered(Normal):
        def simulate(self, compiled, points, *rest, **more):
            return ToyKernel.simulate(self, compiled, points, *rest, **more)

    request = SweepRequest(design="sobol", points=8, runs=1, series=0)
    question = request.question([load_scenario(PAIR)])
    result = answer(question, tmp_path / question.id, kernel=Numbered())
    said = in_words(result, convergence(result))
    assert re.search(r"more points \(--points \d+\)", said)
