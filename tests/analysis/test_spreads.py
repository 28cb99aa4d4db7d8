"""Both spreads of an answer: what turns over the ranges is named, and nothing else."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import minsksim
from minsksim.analysis.spreads import BASE, RANGES, effects, spreads
from minsksim.cli import main
from minsksim.cli.render.summary_text import answer_of
from minsksim.experiment import SweepRequest, find_damage, prune, stored_in
from minsksim.experiment.question.ranges import POINTS, RUNS, at_base, over_ranges, partner_of
from minsksim.experiment.storage.store import folder_of
from minsksim.experiment.sweep import answer, halves
from minsksim.scenario import load_scenario

sys.path.insert(0, str(Path(__file__).parents[1] / "experiment"))

from toy_kernel import ToyKernel

PAIR = (Path(__file__).parents[1] / "data" / "pair" / "base.yaml").read_text()
FIRST = "levers.toll.initial"
TAKES = ("change", "final", "first_above")


@pytest.fixture
def case(tmp_path: Path):
    """The pair with three measures: a change, a level, and a turn that may never come."""
    text = PAIR.partition("\nmeasures:")[0]
    text += """
measures:
  moved: {label: Change in the toll, unit: crowns, of: [levers.toll], take: change}
  level: {label: Toll at the end, unit: crowns, of: [levers.toll], take: final}
  turn: {label: Turn of the toll, unit: turn, of: [levers.toll], take: first_above, above: 3}
"""
    text += "\nsources:" + PAIR.partition("\nsources:")[2]
    (tmp_path / "sources.bib").write_text((DATA / "sources.bib").read_text())
    (tmp_path / "case.yaml").write_text(text)
    return load_scenario(tmp_path / "case.yaml")


DATA = Path(__file__).parents[1] / "data" / "pair"


class Tilted(ToyKernel):
    """Falls where the first number is near its base value, and its turn comes only there.

    ``near`` is a tenth of the range to either side. 4 % of the runs do the opposite.
    """

    def __init__(self, case, near: float = 0.1) -> None:
        super().__init__()
        self.base = case.numbers[FIRST].value
        low, high = case.numbers[FIRST].range
        self.near = near * (high - low)

    def simulate(self, compiled, points, point_of_run, replications, seed, **more):
        block = super().simulate(compiled, points, point_of_run, replications, seed, **more)
        value = points[point_of_run, compiled.number_names.index(FIRST)]
        odd = (replications * 2654435761 % 1000) < 40
        high = (abs(value - self.base) > self.near) ^ odd
        block.measures[:, 0] = np.where(high, 1.0, -1.0)
        block.measures[:, 1] = value
        block.measures[:, 2] = np.where(high, np.nan, 7.0)
        return block


def swept(case, folder: Path, kernel: ToyKernel, **asked):
    question = SweepRequest(**({"runs": 500, "series": 0} | asked)).question([case])
    place = folder_of(folder, case.name, question.id)
    for inside, each in halves(question, place):
        answer(each, inside, kernel=kernel)
    return minsksim.load_result(place)


@pytest.fixture
def tilted(case, tmp_path: Path):
    kernel = Tilted(case)
    return swept(case, tmp_path / "results", kernel)


def test_a_sweep_at_the_base_values_has_one_over_the_ranges_inside(case, tilted) -> None:
    assert tilted.base is None
    assert tilted.ranges is not None
    assert tilted.ranges.path == tilted.path / "ranges"
    assert len(tilted.ranges.runs) == 500 * RUNS
    assert set(tilted.ranges.varied) == {
        name for name, one in case.numbers.items() if one.range and one.range[0] < one.range[1]
    }
    assert tilted.ranges.draws == "by_point"


def test_what_turns_is_named_with_both_shares(tilted) -> None:
    found = spreads(tilted)
    by_name = {one.measure: one for one in found.turned}
    assert set(by_name) == {"moved", "turn"}
    assert by_name["moved"].verb == "falls"
    assert by_name["moved"].base == pytest.approx(0.96, abs=0.02)
    assert by_name["moved"].ranges == pytest.approx(0.2 * 0.96 + 0.8 * 0.04, abs=0.03)
    assert by_name["turn"].verb == "reached"
    said = " ".join(answer_of(tilted, found))
    assert "the toll falls in" in said
    assert "% of runs at the base values" in said
    assert "% over the ranges" in said


def test_what_does_not_turn_is_not_named(case, tmp_path: Path) -> None:
    found = spreads(swept(case, tmp_path / "results", Tilted(case, near=9.0)))
    assert found.turned == ()
    assert "No change turns over the ranges" in " ".join(answer_of(found.base, found))


def test_never_is_no_number(tilted) -> None:
    row = spreads(tilted).row(BASE, "case", "turn")
    assert row["reached"] == pytest.approx(0.96, abs=0.02)
    assert (row["mean"], row["q05"], row["q95"]) == (7.0, 7.0, 7.0)
    assert row["n"] == round(row["reached"] * 500)


def test_either_question_leads_to_the_other(case) -> None:
    point = SweepRequest(runs=1000).question([case])
    wide = over_ranges(point)
    assert at_base(wide).id == point.id
    assert partner_of(wide)[0] == "base"
    some = SweepRequest(design="lhs", points=8, runs=2, vary=one_vary()).question([case])
    assert partner_of(some) is None


def one_vary():
    return (minsksim.Vary(FIRST),)


def test_a_sweep_over_the_ranges_has_one_at_the_base_values_inside(case, tmp_path: Path) -> None:
    kernel = Tilted(case)
    wide = swept(case, tmp_path / "results", kernel, design="lhs", points=50, runs=2)
    found = spreads(wide)
    assert found.base.path == wide.path / "base"
    assert len(found.base.runs) == 1000
    assert {one.measure for one in found.turned} == {"moved", "turn"}


def test_a_half_that_was_broken_off_is_told(tilted) -> None:
    journal = tilted.ranges.path / "journal.jsonl"
    journal.write_bytes(b"".join(journal.read_bytes().splitlines(True)[:-1]))
    alone = minsksim.load_result(tilted.path)
    assert alone.ranges is None
    assert "not finished; the same sweep again goes on" in answer_of(alone, spreads(alone))[-1]


def test_ranges_that_do_not_go_together_are_told(case, tmp_path: Path) -> None:
    text = (minsksim.load_scenario("sanction_episode").path).read_text()
    old = "step: {up: {value: 1, source: D2}, down: {value: 1, source: D2}}"
    new = old.replace("value: 1, source: D2", "value: 1, range: [0.3, 1], source: A1", 1)
    (tmp_path / "step.yaml").write_text(text.replace(old, new))
    found = minsksim.sweep(tmp_path / "step.yaml", runs=9, results=tmp_path)
    assert found.ranges is None
    assert "do not go together: Design point" in answer_of(found, spreads(found))[-1]


def test_both_halves_are_verified_and_pruned_together(tilted) -> None:
    assert find_damage(tilted.path) == ()
    table = tilted.path / "ranges" / "runs.parquet"
    data = bytearray(table.read_bytes())
    data[len(data) // 2] ^= 1
    table.write_bytes(bytes(data))
    assert any("ranges" in sentence for sentence in find_damage(tilted.path))
    gone, said = prune(list(stored_in(tilted.path.parents[1])))
    assert len(gone) == 1
    assert not tilted.path.exists() or any("runs.parquet" in one for one in said)


def test_pruning_leaves_nothing_of_either_half(tilted) -> None:
    gone, said = prune(list(stored_in(tilted.path.parents[1])))
    assert (len(gone), said) == (1, [])
    assert not tilted.path.exists()


def test_the_quantiles_of_the_ranges_are_as_well_known_as_is_said(case, tmp_path: Path) -> None:
    """Over many designs the share of all runs below the 5 % quantile shown is 5 +- 1.4 %."""
    rng = np.random.default_rng(5)
    errors = []
    for _ in range(400):
        points = np.sort(rng.random(POINTS))
        errors.append(np.quantile(points, 0.05) - 0.05)
    inside = np.mean(np.abs(errors) <= 0.014)
    assert 0.93 <= inside <= 0.97


def test_effects_are_in_widths_of_the_narrowest_spread(tilted) -> None:
    sizes = effects(spreads(tilted).table)
    base = spreads(tilted).row(BASE, "case", "level")
    wide = spreads(tilted).row(RANGES, "case", "level")
    assert base["q05"] == base["q95"]
    moved = abs(wide["q50"] - base["q50"])
    assert sizes["level"] == pytest.approx(moved / (wide["q95"] - wide["q05"]))


def test_the_command_line_says_both_and_gives_both(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["sweep", "minsk", "--runs", "60", "--no-figures", "--series", "0"]
    text = CliRunner().invoke(main, words)
    assert text.exit_code == 0, text.output
    assert "% over the ranges" in " ".join(text.output.split())
    told = json.loads(CliRunner().invoke(main, [*words, "--format", "json"]).stdout)
    for row in told["summary"]:
        assert row["base"]["n"] + row["ranges"]["n"] > 0
        assert {"q05", "q50", "q95", "mean", "reached"} <= set(row["base"]) & set(row["ranges"])
    (change,) = [row for row in told["summary"] if row["measure"] == "held_change"]
    assert change["turns"]
    assert change["base"]["falls"] > 0.9
    assert change["ranges"]["falls"] < 0.5
    alone = CliRunner().invoke(main, [*words, "--base-only", "--runs", "61"])
    assert "over the ranges" not in alone.output.partition("\n\n")[0]
