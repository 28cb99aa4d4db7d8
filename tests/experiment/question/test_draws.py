"""Draws by purpose: own ones for points drawn for a spread, shared ones for points compared."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from toy_kernel import ToyKernel

from minsksim.errors import UsageError
from minsksim.experiment import SweepRequest, Vary, replay, replay_all
from minsksim.scenario import load_scenario

FEE = Vary("actors.northland.patience", 0.5, 0.9)
PAIR = Path(__file__).parents[2] / "data" / "pair" / "base.yaml"
TOLL = Vary("levers.toll.initial", 150, 250, 3)


def addresses(design: str, points: int, runs: int = 4, **asked) -> np.ndarray:
    """Return the engine's replication of every run, by point."""
    vary = () if design in ("lhs", "sobol") else (Vary("levers.toll.initial", 150, 250), FEE)
    request = SweepRequest(design=design, points=points, runs=runs, vary=vary, **asked)
    question = request.question([load_scenario(PAIR)])
    numbers = np.arange(question.round_size)
    found = question.address(*question.numbered(numbers))
    return found.reshape(question.design.points, runs)


@pytest.mark.parametrize("design", ["lhs", "sobol"])
def test_points_drawn_for_a_spread_have_draws_of_their_own(design) -> None:
    found = addresses(design, 16)
    assert len(np.unique(found)) == found.size


def test_runs_of_a_trajectory_share_draws_and_trajectories_do_not() -> None:
    found = addresses("morris", 5).reshape(5, 3, 4)  # 2 numbers: 3 points in a trajectory
    assert (found == found[:, :1]).all()
    assert len(np.unique(found[:, 0])) == 20


def test_runs_of_a_saltelli_block_share_draws_and_blocks_do_not() -> None:
    found = addresses("saltelli", 8).reshape(8, 4, 4)  # 2 numbers: 4 points in a block
    assert (found == found[:, :1]).all()
    assert len(np.unique(found[:, 0])) == 32


def test_points_of_ones_own_share_draws(toy_sweep) -> None:
    result = toy_sweep(vary=[TOLL], runs=7)
    assert result.draws == "shared"
    assert replay(result.path, point=2, replication=3).replication == 3


def test_draws_may_be_chosen() -> None:
    assert (addresses("lhs", 16, draws="shared") == np.arange(4)).all()
    with pytest.raises(UsageError, match="shared or by_point"):
        addresses("lhs", 16, draws="own")


def test_the_first_point_has_the_draws_of_the_scenario_itself() -> None:
    assert addresses("lhs", 16)[0].tolist() == [0, 1, 2, 3]


def test_scenarios_of_a_sweep_share_draws_point_by_point(toy_sweep, pair, free) -> None:
    """What the toy draws depends on the address alone, so pairs keep what cancels out."""
    result = toy_sweep(pair, free, design="lhs", points=50, runs=4)
    assert result.draws == "by_point"
    one, other = (result.columns(s.name, ("point", "replication")) for s in (pair, free))
    assert one.to_numpy().tolist() == other.to_numpy().tolist()
    assert replay_all(result.path, kernel=ToyKernel()).is_same


def test_the_manifest_says_which(toy_sweep, pair) -> None:
    result = toy_sweep(pair, design="lhs", points=5, runs=2)
    assert result.manifest["question"]["draws"] == "by_point"
    (told,) = [one for one in result.manifest["columns"]["runs"] if one["name"] == "replication"]
    assert "draws of its own" in told["label"]
