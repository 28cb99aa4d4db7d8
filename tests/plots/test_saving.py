"""Saving: which figures a result gets, stable bytes, and runs and results as sources."""

from __future__ import annotations

import html
import json
from pathlib import Path
from typing import Any

import pytest

import minsksim
from minsksim import plots
from minsksim.errors import ResultDamaged, StorageError
from minsksim.experiment.storage.lock import Lock
from minsksim.experiment.storage.own_files import LOCK, proof_of, sort_out
from minsksim.experiment.storage.pictures import Picture, write_pictures
from minsksim.notice import NOTICE
from minsksim.plots.summaries import paired


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> minsksim.Result:
    pair = minsksim.load_scenario(Path(__file__).parents[1] / "data" / "pair" / "base.yaml")
    vary = [minsksim.Vary(name) for name in pair.numbers if pair.numbers[name].range][:1]
    folder = tmp_path_factory.mktemp("results")
    return minsksim.sweep([pair], runs=4, design="lhs", points=8, vary=vary, results=folder)


def test_a_result_gets_the_figures_that_fit_it(result: minsksim.Result) -> None:
    paths = plots.save_all(result)
    assert [path.stem for path in paths] == ["measures", "trajectories", "agreements", "parameters"]
    assert all(path.parent == result.path / "figures" for path in paths)
    first = [path.read_bytes() for path in paths]
    assert first == [path.read_bytes() for path in plots.save_all(result)]


def listed(result: minsksim.Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((result.path / "figures" / "index.json").read_text())
    return found


def test_the_index_tells_what_each_figure_finds(result: minsksim.Result) -> None:
    (path, *_) = plots.save_all(result)
    told = listed(result)["told"][path.name]
    assert told["title"] == plots.measures(result).finding  # type: ignore[attr-defined]
    page = (result.path / "figures" / "index.html").read_text(encoding="utf-8")
    assert NOTICE in page
    assert 'src="measures.png"' in page
    assert html.escape(told["title"]) in page
    result.verify()


def test_figures_by_name_stay_beside_the_set(result: minsksim.Result) -> None:
    plots.save_all(result)
    (path,) = plots.save_figures(result, "utility", size="page", kind="svg")
    assert path.name == "utility_page.svg"
    measure = result.measures[0]
    (one,) = plots.save_figures(result, measures=measure)
    assert one.name == f"measures_{measure}.png"
    plots.save_all(result)
    assert {path.name, one.name} <= listed(result)["figures"].keys()
    result.verify()
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(ResultDamaged, match=r"utility_page\.svg: damaged"):
        result.verify()
    path.unlink()
    plots.save_all(result)
    result.verify()


def test_a_figure_that_is_no_longer_in_the_set_goes(result: minsksim.Result) -> None:
    plots.save_all(result)
    with Lock(result.path / LOCK):
        data = (result.path / "figures" / "measures.png").read_bytes()
        of_set = {"measures_2.png": Picture(data, "an older figure", "")}
        write_pictures(result.path, of_set, is_whole_set=True)
    assert "measures_2.png" in listed(result)["figures"]
    plots.save_all(result)
    assert not (result.path / "figures" / "measures_2.png").exists()
    assert "measures_2.png" not in listed(result)["figures"]


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_no_figure_is_written_through_a_link(
    kind: str, result: minsksim.Result, tmp_path: Path
) -> None:
    plots.save_all(result)
    other = tmp_path / "other"
    other.write_text("mine")
    place = result.path / "figures" / f"utility.{kind}"
    place.unlink(missing_ok=True)
    place.symlink_to(other)
    with pytest.raises(ResultDamaged, match="link"):
        plots.save_figures(result, "utility", kind=kind)
    place.unlink()
    assert other.read_text() == "mine"


def test_prune_knows_every_kind_of_figure(result: minsksim.Result) -> None:
    plots.save_all(result)
    for kind in ("png", "svg", "pdf"):
        plots.save_figures(result, "utility", kind=kind)
    proof = proof_of(result.path)
    assert proof is not None
    ours, others = sort_out(result.path, proof, trusting=False)
    assert {path.name for path in (result.path / "figures").iterdir()} <= {p.name for p in ours}
    assert others == []
    (result.path / "figures" / "own.svg").write_text("<?xml version='1.0'?><svg/>")
    _, others = sort_out(result.path, proof, trusting=False)
    assert [path.name for path in others] == ["own.svg"]
    (result.path / "figures" / "own.svg").unlink()


def test_who_never_meets_is_said(tmp_path: Path) -> None:
    pie = minsksim.load_scenario("split_the_pie", settings={"channels.table.quality": 0.0})
    found = minsksim.sweep([pie], runs=20, results=tmp_path)
    paths = plots.save_all(found)
    assert "agreements" in [path.stem for path in paths]
    told = listed(found)["told"]["agreements.png"]["title"]
    assert told == "Nobody ever met in any of 100 runs: every channel has quality 0"


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
