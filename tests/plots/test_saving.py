"""Saving: which figures a result gets, stable bytes, and runs and results as sources."""

from __future__ import annotations

from pathlib import Path

import pytest

import minsksim
from minsksim import plots
from minsksim.errors import StorageError
from minsksim.plots.summaries import paired


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> minsksim.Result:
    pair = minsksim.load_scenario(Path(__file__).parents[1] / "data" / "pair" / "base.yaml")
    vary = [minsksim.Vary(name) for name in pair.numbers if pair.numbers[name].range][:1]
    folder = tmp_path_factory.mktemp("results")
    return minsksim.sweep([pair], runs=4, design="lhs", points=8, vary=vary, results=folder)


def test_a_result_gets_the_figures_that_fit_it(result: minsksim.Result) -> None:
    paths = plots.save_all(result)
    found = {path.stem for path in paths}
    assert {"network", "measures", "parameters", "trajectories", "utility", "terms"} <= found
    assert "differences" not in found
    assert all(path.parent == result.path / "figures" for path in paths)
    first = [path.read_bytes() for path in paths]
    assert first == [path.read_bytes() for path in plots.save_all(result)]


def test_a_single_run_can_be_drawn() -> None:
    pair = minsksim.load_scenario(Path(__file__).parents[1] / "data" / "pair" / "base.yaml")
    run = minsksim.run_scenario(pair)
    for draw in (plots.trajectories, plots.utility, plots.terms):
        assert plots.png(draw(run))


def test_a_place_that_cannot_be_written_is_a_storage_error(
    result: minsksim.Result, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(StorageError, match="taken"):
        plots.save(plots.utility(result), tmp_path / "taken" / "figure.png")


def test_pairs_share_point_and_replication(result: minsksim.Result) -> None:
    measure = result.measures[0]
    shuffled = result.runs.sample(frac=1, random_state=0)
    gap = paired(result.runs, shuffled.assign(**{measure: shuffled[measure] + 2.0}), measure)
    assert gap.mean == pytest.approx(2.0)
    assert gap.low == pytest.approx(2.0)
    assert gap.pairs == len(result.runs)
