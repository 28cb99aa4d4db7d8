"""Sensitivity of stored sweeps and of scenarios; and that dead numbers are found."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from minsksim.analysis import guided
from minsksim.analysis.degenerate import call_out, neighbours
from minsksim.analysis.sensitivity import sensitivity
from minsksim.analysis.stored_sensitivity import point_values
from minsksim.errors import UsageError
from minsksim.experiment import Vary, build_design
from minsksim.experiment.question.request import SweepRequest
from minsksim.experiment.storage.manifest import Layout
from minsksim.experiment.sweep import answer
from minsksim.scenario import load_scenario

sys.path.insert(0, str(Path(__file__).parents[1] / "experiment"))

from toy_kernel import ToyKernel

PAIR = Path(__file__).parents[1] / "data" / "pair" / "base.yaml"
A, B, C = "levers.toll.initial", "actors.northland.patience", "actors.southmark.patience"
MEASURE = "toll_final"
PATIENCE = "actors.minsk.patience"


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


class Planted(ToyKernel):
    """Each measure is a sum of weighted numbers and a draw that no two points share."""

    def __init__(self, noise: float = 0.0, **weights: float) -> None:
        super().__init__()
        self.noise = noise
        self.weights = {key.replace("__", "."): value for key, value in weights.items()}

    def simulate(self, compiled, points, point_of_run, replications, *rest, **more):
        block = super().simulate(compiled, points, point_of_run, replications, *rest, **more)
        names = list(compiled.number_names)
        value = np.zeros(len(replications))
        for name, weight in self.weights.items():
            value += weight * points[point_of_run, names.index(name)]
        for row, replication in enumerate(replications):
            key = np.abs(points[point_of_run[row]]).view(np.uint64).tolist()
            drawn = np.random.default_rng([int(replication), *key]).normal()
            block.measures[row] = value[row] + self.noise * drawn
        return block


SLOPES = {"levers__toll__initial": 0.02, "actors__southmark__patience": 2.0}


@pytest.mark.parametrize(("kind", "points"), [("morris", 60), ("saltelli", 128), ("lhs", 200)])
def test_the_verdict_names_what_matters_and_leaves_out_what_does_not(
    tmp_path: Path, kind: str, points: int
) -> None:
    result = swept(tmp_path, Planted(0.1, **SLOPES), kind, points=points, runs=4)
    found = sensitivity(result, MEASURE)
    assert found.ranked("pair", MEASURE)["name"].tolist() == [A, C]
    first, second, *_ = found.verdict
    assert first.startswith("Of 3 numbers, 2 move 'Toll at the end' beyond chance")
    assert "'Toll on a lorry in transit: initial level' (" in first
    assert "assumption that matters most is 'Patience of Southmark' (assumed between" in second
    left = found.table[found.table["name"] == B]
    assert left["rank"].isna().all()
    assert (left["reason"] == "no stronger than chance").all()


def test_the_order_over_all_measures_counts_each_alike(tmp_path: Path) -> None:
    class Two(Planted):
        """The first measure answers to one number alone, the others a little to another."""

        def simulate(self, compiled, points, point_of_run, *rest, **more):
            block = super().simulate(compiled, points, point_of_run, *rest, **more)
            names = list(compiled.number_names)
            block.measures[:, 0] = points[point_of_run, names.index(B)]
            return block

    result = swept(tmp_path, Two(0.01, **SLOPES), "saltelli", points=64, runs=4)
    found = sensitivity(result)
    count = len(result.measures)
    assert count > 2
    assert found.overall["name"].tolist()[0] == A
    row = found.overall.set_index("name").loc[B]
    assert row["size"] == pytest.approx(1 / count, rel=0.02)
    assert (row["measures"], row["measure"]) == (1, result.measures[0])
    assert "over all measures, each counted alike" in found.verdict[1]


def test_one_run_at_each_point_is_said_to_be_too_few(tmp_path: Path) -> None:
    result = swept(tmp_path, Planted(0.1, **SLOPES), "morris", points=60, runs=1)
    found = sensitivity(result, MEASURE)
    assert found.overall.empty
    assert any("--runs 2" in sentence for sentence in found.verdict)


def test_a_correlated_column_of_a_list_is_named_and_not_ranked(tmp_path: Path) -> None:
    draws = np.random.default_rng(1)
    toll = draws.uniform(150, 250, 400)
    patience = 0.8 + 0.0004 * (toll - 200) + 0.008 * draws.normal(size=400)
    file, pairs = tmp_path / "points.csv", zip(toll, patience, strict=True)
    rows = [f"{one},{two},{0.7 + 0.2 * draws.random()}" for one, two in pairs]
    file.write_text("\n".join([f"{A},{B},{C}", *rows]))
    kernel = Planted(0.3, levers__toll__initial=0.02)
    result = swept(tmp_path, kernel, None, points_file=file, vary=[], runs=2)
    found = sensitivity(result, MEASURE)
    assert found.ranked("pair", MEASURE)["name"].tolist() == [A]
    assert found.correlated.pair == (A, B)
    row = found.table[(found.table["name"] == B)].iloc[0]
    assert abs(row["estimate"]) > 0.5, "its plain correlation is fooled"
    assert row["reason"].startswith("could be the effect of 'Toll on a lorry in transit")
    assert "1 number is not ranked for that: 'Patience of Northland'" in " ".join(found.verdict)


def test_a_sobol_design_of_many_numbers_gives_no_order(tmp_path: Path) -> None:
    result = swept(tmp_path, Planted(0.1, **SLOPES), "sobol", points=32, vary=[], runs=2)
    found = sensitivity(result, MEASURE)
    assert found.overall.empty
    told = " ".join(found.verdict)
    assert "No order is given" in told
    assert "pairs are above" in told


def test_a_level_never_reached_counts_as_after_the_last_turn(tmp_path: Path) -> None:
    class Never(Planted):
        def simulate(self, *arguments, **options):
            block = super().simulate(*arguments, **options)
            block.measures[::2] = np.nan
            return block

    scenario = load_scenario("minsk")
    dates = [name for name, one in scenario.document.measures.items() if one.take == "first_above"]
    request = SweepRequest(design="morris", vary=(Vary(PATIENCE),), points=4, runs=4, series=0)
    question = request.question([scenario])
    result = answer(question, tmp_path / question.id, kernel=Never(0.1), layout=Layout(block=50))
    assert len(dates) > 1
    for name in dates:
        values = point_values(result, "minsk", name)
        assert (values == scenario.document.calendar.turns + 1).any()
        assert np.isfinite(values).all()
    assert np.isnan(point_values(result, "minsk", "agreements")).any()


def test_a_scenario_is_looked_at_whole_and_its_strongest_get_shares(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guided, "MOST", 2)
    monkeypatch.setattr(guided, "TRAJECTORIES", 24)
    monkeypatch.setattr(guided, "BLOCKS", 64)
    scenario, asked = load_scenario(PAIR), {"results": tmp_path, "threads": 1}
    kernel = Planted(0.01, **SLOPES, actors__northland__patience=1.0)
    found = sensitivity(scenario, MEASURE, kernel=kernel, **asked)
    assert (found.kind, found.screening.kind) == ("saltelli", "morris")
    assert found.screening.ranked("pair", MEASURE)["name"].tolist() == [A, C, B]
    assert sorted(found.result.varied) == sorted([A, C])
    assert found.ranked("pair", MEASURE)["name"].tolist() == [A, C]
    total = len(found.numbers)
    assert total == len(found.screening.result.varied) > 20
    told = " ".join(found.verdict)
    assert f"Of {total} numbers, 3 move" in told
    assert f"the other {total - 2} are held at their base values" in told
    assert "raising the number raises it on average" in told

    class Idle(ToyKernel):
        def simulate(self, *arguments, **options):
            raise AssertionError("a stored result is not run again")

    again = sensitivity(scenario, MEASURE, kernel=Idle(), **asked)
    assert again.verdict == found.verdict


def test_few_numbers_get_shares_at_once(tmp_path: Path) -> None:
    found = sensitivity(
        PAIR, MEASURE, vary=[A, B], results=tmp_path, kernel=Planted(0.05, **SLOPES)
    )
    assert found.screening is None
    assert found.ranked("pair", MEASURE)["name"].tolist() == [A]


def test_what_belongs_to_a_scenario_is_refused_for_a_result(tmp_path: Path) -> None:
    result = swept(tmp_path, ToyKernel(), "morris", points=4)
    for more in ({"vary": A}, {"seed": 1}, {"threads": 1}):
        with pytest.raises(UsageError, match="name a scenario"):
            sensitivity(result, **more)


def test_the_tornado_has_a_bar_for_each_number_ranked(tmp_path: Path) -> None:
    from minsksim import plots

    result = swept(tmp_path, Planted(0.1, **SLOPES), "saltelli", points=64, runs=4)
    found = sensitivity(result)
    figure = plots.tornado(found, MEASURE)
    axes = figure.axes[0]
    assert [bar.get_width() for bar in axes.patches] == pytest.approx(
        found.ranked("pair", MEASURE)["estimate"].tolist()
    )
    assert len([line for line in axes.lines if line.get_gid() == "interval95"]) == 2
    title = next(text.get_text() for text in figure.texts if text.get_gid() == "title")
    assert "'Toll on a lorry in transit: initial level'" in title.replace("\n", " ")
    assert len(plots.tornado(found).axes[0].patches) == len(found.overall)
    with pytest.raises(UsageError, match="No measure"):
        plots.tornado(found, "toll_finel")


def test_a_tie_of_assumptions_is_said_to_be_one(tmp_path: Path) -> None:
    """Two numbers with the same part: which of them comes first differs between the halves."""
    slopes = {"actors__northland__patience": 1.0, "actors__southmark__patience": 1.0}
    result = swept(tmp_path, Planted(0.05, **slopes), "saltelli", points=128, runs=4)
    first, second, *_ = sensitivity(result, MEASURE).verdict
    assert first.startswith("Of 3 numbers, 2 move")
    assert "in an order not settled, are 'Patience of " in second
