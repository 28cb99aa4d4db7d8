"""Indices against closed forms, through our own designs; and that dead numbers are found."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np
import pytest

from minsksim.analysis.degenerate import call_out, neighbours
from minsksim.analysis.indices import indices, ranking
from minsksim.analysis.sensitivity import half_agreement, sensitivity
from minsksim.errors import UsageError
from minsksim.experiment import Vary, build_design
from minsksim.experiment.question.design import design_of
from minsksim.experiment.question.request import SweepRequest
from minsksim.experiment.question.vary import Axis
from minsksim.experiment.storage.manifest import Layout
from minsksim.experiment.sweep import answer
from minsksim.scenario import load_scenario

sys.path.insert(0, str(Path(__file__).parents[1] / "experiment"))

from toy_kernel import ToyKernel

PAIR = Path(__file__).parents[1] / "data" / "pair" / "base.yaml"
CUBE = tuple(Axis(name, -math.pi, math.pi) for name in "abc")
FIRST = (0.313905, 0.442411, 0.0)
TOTAL = (0.557589, 0.442411, 0.243684)
"""Ishigami's function with a = 7, b = 0.1: closed forms."""

A, B, C = "levers.toll.initial", "actors.northland.patience", "actors.southmark.patience"


def ishigami(x: np.ndarray) -> np.ndarray:
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def unit(values: np.ndarray) -> np.ndarray:
    return (values + math.pi) / (2 * math.pi)


def by_index(found, index: str) -> list[float]:
    return [one.estimate for one in found if one.index == index]


def test_ishigami_has_the_variance_shares_of_the_closed_form() -> None:
    values = design_of("saltelli", CUBE, 4096, 7).values
    found = indices("saltelli", "abc", unit(values), ishigami(values))
    assert by_index(found, "first") == pytest.approx(FIRST, abs=0.02)
    assert by_index(found, "total") == pytest.approx(TOTAL, abs=0.02)
    truth = dict(zip("abc", FIRST, strict=True)), dict(zip("abc", TOTAL, strict=True))
    for one in found:
        expected = truth[one.index == "total"][one.name]
        assert one.low - 0.01 <= expected <= one.high + 0.01


def test_a_line_has_the_effects_of_its_slopes() -> None:
    axes = (Axis("x", 0, 2), Axis("y", 0, 1), Axis("z", 5, 6))
    values = design_of("morris", axes, 10, 1).values
    y = values @ [3.0, -4.0, 0.0]
    found = indices("morris", "xyz", (values - [0, 0, 5]) / [2, 1, 1], y)
    # mean absolute change of y over the whole range: slope times width
    assert by_index(found, "mean_effect") == pytest.approx([6, 4, 0], abs=1e-9)
    assert by_index(found, "spread") == pytest.approx([0, 0, 0], abs=1e-9)


def test_rank_correlations_are_scipys_and_their_intervals_hold() -> None:
    from scipy.stats import spearmanr

    values = design_of("sobol", CUBE, 256, 3).values
    y = values[:, 0] + 0.5 * values[:, 1]
    found = indices("sobol", "abc", unit(values), y)
    for one, column in zip(found, values.T, strict=True):
        assert one.estimate == pytest.approx(spearmanr(column, y).statistic)
    luck = np.random.default_rng(4)
    misses = 0
    for _ in range(400):
        x = luck.normal(size=(60, 1))
        (one,) = indices("lhs", "x", x, luck.normal(size=60))
        misses += not one.low <= 0 <= one.high
    assert misses / 400 == pytest.approx(0.05, abs=0.035)


def test_halves_agree_where_the_order_is_plain_and_not_on_noise() -> None:
    axes = tuple(Axis(f"x{n}", 0, 1) for n in range(6))
    values = design_of("saltelli", axes, 256, 1).values
    names = [axis.name for axis in axes]
    plain = values @ [6.0, 5.0, 4.0, 3.0, 2.0, 1.0]
    assert half_agreement("saltelli", names, values, plain) == 1.0
    noise = np.random.default_rng(2).normal(size=len(values))
    few = values[: 8 * 2 * 8]
    assert half_agreement("saltelli", names, few, noise[: len(few)]) < 0.9
    assert math.isnan(half_agreement("saltelli", names, values[:8], plain[:8]))


@pytest.mark.parametrize("kind", ["saltelli", "morris", "grid"])
def test_neighbours_differ_in_one_number_alone(kind: str) -> None:
    pair = load_scenario(PAIR)
    vary = [Vary(A, 100, 200), Vary(B, 0.5, 0.9), Vary(C, 0.5, 0.9)]
    design = build_design(kind, vary, [pair], None if kind == "grid" else 4)
    found = list(neighbours({"kind": kind}, design.values))
    assert {column for column, _, _ in found} == {0, 1, 2}
    for column, one, other in found:
        differ = design.values[one] != design.values[other]
        assert differ.nonzero()[0].tolist() == [column]


class Deaf(ToyKernel):
    """Never looks at one number, as if the sweep did not pass it on."""

    def __init__(self, deaf_to: str, **options) -> None:
        super().__init__(**options)
        self.deaf_to = deaf_to

    def simulate(self, compiled, points, *rest, **more):
        points = points.copy()
        points[:, compiled.number_names.index(self.deaf_to)] = 1.0
        return super().simulate(compiled, points, *rest, **more)


def swept(tmp_path: Path, kernel: ToyKernel, kind: str, **asked):
    parts = {
        "design": kind,
        "vary": [Vary(A, 100, 200), Vary(B, 0.5, 0.9), Vary(C, 0.5, 0.9)],
        "runs": 6,
        "draws": "shared",
        "series": 6,
    }
    question = SweepRequest(**(parts | asked)).question([load_scenario(PAIR)])
    return answer(
        question,
        tmp_path / question.id,
        kernel=kernel,
        layout=Layout(block=50, sample=10),
    )


@pytest.mark.parametrize("kind", ["saltelli", "morris", "grid", "sobol", "lhs"])
def test_a_dead_number_is_called_out_and_a_live_one_is_not(tmp_path: Path, kind: str) -> None:
    points = None if kind == "grid" else 16
    result = swept(tmp_path, Deaf(B), kind, points=points)
    said = [one for one in call_out(result, Deaf(B)) if "measure" in one and "no" in one]
    assert len(said) == 1
    assert B in said[0]
    assert A not in said[0]
    assert C not in said[0]


def test_a_dead_number_has_no_index(tmp_path: Path) -> None:
    result = swept(tmp_path, Deaf(B), "saltelli", points=64)
    table = sensitivity(result).table
    total = table[table["index"] == "total"].groupby("name")["estimate"].max()
    assert total[B] == 0
    assert total[A] > 0.9
    assert sensitivity(result).agreement["settled"].all()


def test_a_failed_run_takes_its_point_out_only_where_no_run_is_left(tmp_path: Path) -> None:
    class Failing(ToyKernel):
        def simulate(self, compiled, points, point_of_run, replications, *rest, **more):
            block = super().simulate(compiled, points, point_of_run, replications, *rest, **more)
            column = compiled.number_names.index(A)
            block.status[points[point_of_run, column] > 195] = 1
            return block

    result = swept(tmp_path, Failing(), "saltelli", points=64)
    found = sensitivity(result)
    row = found.agreement.iloc[0]
    assert row["left_out"] > 0
    assert row["left_out"] % 5 == 0
    assert row["points"] + row["left_out"] == 64 * 5
    assert np.isfinite(found.table["estimate"]).all()


def test_degenerate_sweeps_are_called_out(tmp_path: Path) -> None:
    class Dull(ToyKernel):
        """Nobody agrees, nothing moves, everything is the same."""

        def simulate(self, *arguments, **options):
            block = super().simulate(*arguments, **options)
            block.measures[:] = 3.0
            if block.series is not None:
                block.series[:] = 1.0
                rows = block.agreements
                for name in vars(rows):
                    object.__setattr__(rows, name, getattr(rows, name)[:0])
            return block

    said = "\n".join(call_out(swept(tmp_path, Dull(), "grid")))
    assert "nobody ever agrees" in said
    assert "levers.toll" not in said.split("nobody")[0]
    assert "'Toll on a lorry in transit' and 'Share of lorries inspected' never move" in said
    assert "in the 6 runs kept turn by turn" in said
    assert "are the same in every one of 750 runs" in said
    assert f"{A}, {B} and {C} change no measure between neighbouring points" in said
    assert call_out(swept(tmp_path, ToyKernel(), "grid", seed=1)) == ()


def test_a_design_of_chosen_points_has_no_indices(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--design"):
        sensitivity(swept(tmp_path, ToyKernel(), "grid"))


def test_ranking_takes_the_index_of_the_design() -> None:
    values = design_of("saltelli", CUBE, 512, 7).values
    found = indices("saltelli", "abc", unit(values), ishigami(values))
    order = ranking(found, "saltelli")
    assert sorted(order, key=order.get, reverse=True) == ["a", "b", "c"]
