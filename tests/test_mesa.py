"""Mesa's own tools take a model as they take theirs, and a model can be branched at a turn."""

import copy
import os
import pickle
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pytest
from same import assert_same_story

import minsksim
from minsksim import Actor, Model, RunError, UsageError, load_scenario, run_scenario
from minsksim.engine.record.run import Run
from minsksim.mesa_tools import address_of

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = [str(path) for path in sorted((ROOT / "scenarios").glob("*/**/*.yaml"))]
SHORT = "revolving_door"


class NeverSigns(Actor):
    """An actor that refuses everything."""

    def accepts(self, offer: object) -> bool:
        return False


class Collects(Model):
    """A model with a collector of its own, as Mesa's examples write them."""

    def __init__(self, case: str, rng: int | None = None) -> None:
        super().__init__(case, rng=rng)
        self.datacollector = mesa.DataCollector(
            model_reporters={"now": lambda model: model.turn},
            agent_reporters={"name": "name", "utility": "utility"},
        )

    def step(self) -> None:
        super().step()
        self.datacollector.collect(self)


class CollectsTwice(Model):
    """A model that fills the collector which fills itself."""

    def step(self) -> None:
        super().step()
        self.datacollector.collect(self)


def batch(iterations: int, kind: type[Model] = Model, **parameters: object) -> list[dict]:
    """Return what ``mesa.batch_run`` gives, without the note that a later Mesa writes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return mesa.batch_run(kind, parameters, iterations=iterations, display_progress=False)


def assert_same_numbers(first: Run, second: Run) -> None:
    """Check that two runs have the same bits."""
    for name in ("series", "public", "utilities", "contributions"):
        one, other = getattr(first.record, name), getattr(second.record, name)
        assert one.tobytes() == other.tobytes(), name
    assert (first.agreements, first.threats) == (second.agreements, second.threats)
    assert first.measures == second.measures


def test_run_model_ends_with_the_last_turn() -> None:
    model = Model(SHORT)
    model.run_model()
    assert not model.running
    assert model.turn == model.steps == model.compiled.turns
    assert_same_numbers(model.result(), run_scenario(SHORT))


def test_a_measure_that_is_not_finite_fails_a_model_as_it_does_a_single_run() -> None:
    """1e308 visits a month are infinitely many after two: while it runs it can be looked at."""
    point = {"stocks.visits.inflows.gained.amount": 1e308}
    told = "scarce_visits: A utility or measure stopped being a finite number"
    with pytest.raises(RunError, match=told):
        run_scenario("scarce_visits", point=point)
    model = Model("scarce_visits", point=point)
    model.step()
    assert len(model.result().dates) == 2
    model.run_model()
    for tells in (model.result, model.run):
        with pytest.raises(RunError, match=told):
            tells()


def test_a_step_after_the_last_turn_changes_nothing() -> None:
    model = Model(SHORT)
    run = model.run()
    before = model.state.quantity.copy()
    model.step()
    assert (model.turn, model.steps, model.running) == (
        len(run.dates) - 1,
        len(run.dates) - 1,
        False,
    )
    assert np.array_equal(model.state.quantity, before)
    assert len(model.datacollector.model_vars["turn"]) == model.turn


def test_replicates_of_a_batch_are_the_replications_of_seed_0() -> None:
    rows = batch(3, case=SHORT)
    assert [row["turn"] for row in rows] == [Model(SHORT).compiled.turns] * 3
    names = list(load_scenario(SHORT).document.measures)
    for number, row in enumerate(rows):
        run = run_scenario(SHORT, replication=number)
        assert {name: row[name] for name in names} == dict(run.measures)
    assert len({tuple(row[name] for name in names) for row in rows}) == 3


def test_a_batch_takes_objects_points_and_seeds() -> None:
    scenario = load_scenario(SHORT)
    name = next(iter(scenario.document.actors))
    points = [{f"actors.{name}.patience": value} for value in (0.1, 0.9)]
    rows = batch(1, case=scenario, point=points)
    assert [row["point"] for row in rows] == points
    assert [row["iteration"] for row in rows] == [0, 0]
    seeded = batch(1, case=scenario, rng=[3, 4])
    measure = next(iter(scenario.document.measures))
    wanted = [run_scenario(scenario, seed=seed).measures[measure] for seed in (3, 4)]
    assert [row[measure] for row in seeded] == wanted


def test_a_batch_in_several_processes_gives_the_same_rows() -> None:
    code = (
        "import mesa, warnings; warnings.simplefilter('ignore')\n"
        "from minsksim import Model\n"
        "if __name__ == '__main__':\n"
        "    rows = [mesa.batch_run(Model, {'case': 'split_the_pie'}, number_processes=n,\n"
        "        iterations=3, display_progress=False) for n in (1, 2)]\n"
        "    one, two = (sorted(part, key=lambda row: row['RunId']) for part in rows)\n"
        "    assert repr(one) == repr(two), (one, two)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(minsksim.__file__).parents[1])}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, timeout=300)


def test_outside_of_a_batch_a_model_without_a_seed_is_always_the_same_run() -> None:
    assert_same_numbers(Model(SHORT).run(), Model(SHORT).run())
    assert Model(SHORT, rng=5).address == Model(SHORT, seed=5).address == (5, 0, 0)
    assert Model(SHORT, seed=np.int64(5), replication=2).address == (5, 2, 0)


def test_a_seed_may_be_whatever_numpy_takes_and_keeps_its_address() -> None:
    for given in ([1, 2], np.random.SeedSequence(4), np.random.default_rng(4)):
        seed = Model(SHORT, rng=given).seed_of_run
        assert 0 <= seed < 2**63
    first = address_of(None, np.random.SeedSequence(4), None)
    assert first == address_of(np.random.SeedSequence(4), None, None)
    assert first != address_of(np.random.SeedSequence(5), None, None)


@pytest.mark.parametrize("given", [-1, 2**63, "seven", 1.5])
def test_what_is_no_seed_is_refused(given: object) -> None:
    with pytest.raises(UsageError, match=r"whole number"):
        Model(SHORT, rng=given)  # type: ignore[arg-type]


def test_two_names_of_the_seed_are_refused_together() -> None:
    with pytest.raises(UsageError, match="two names"):
        Model(SHORT, seed=1, rng=1)


def test_the_collector_holds_what_the_run_holds() -> None:
    model = Model("minsk")
    run = model.run()
    frame = model.datacollector.get_model_vars_dataframe()
    assert list(frame["turn"]) == list(range(1, len(run.dates)))
    for name in run.series.columns:
        assert np.array_equal(frame[name], run.series[name][1:]), name
    for name in run.utilities.columns:
        assert np.array_equal(frame[f"utility.{name}"], run.utilities[name][1:]), name
    assert dict(frame.iloc[-1][list(run.measures)]) == dict(run.measures)


def test_a_collector_of_ones_own_is_filled_by_its_owner_alone() -> None:
    model = Collects(SHORT)
    model.run_model()
    assert model.datacollector.model_vars == {"now": list(range(1, model.turn + 1))}
    agents = model.datacollector.get_agent_vars_dataframe()
    last = agents.xs(model.turn, level="Step").set_index("name")["utility"]
    assert dict(last) == {actor.name: actor.utility for actor in model.agents}
    rows = batch(2, Collects, case=SHORT)
    assert {row["now"] for row in rows} == {model.turn}


def test_collecting_twice_adds_one_row() -> None:
    model = CollectsTwice(SHORT)
    model.run_model()
    assert model.datacollector.model_vars["turn"] == list(range(1, model.turn + 1))


@pytest.mark.parametrize("path", SHIPPED, ids=[path[len(str(ROOT)) + 11 :] for path in SHIPPED])
def test_a_branch_goes_on_as_its_model_does(path: str) -> None:
    scenario = load_scenario(path)
    if max((len(one.between) for one in scenario.document.channels.values()), default=0) > 2:
        pytest.skip("plain Python takes half a minute for a table of three")
    straight = Model(scenario, seed=4).run()
    model = Model(scenario, seed=4)
    for _ in range(model.compiled.turns // 3):
        model.step()
    stored = pickled(model)
    twin = model.branch()
    story = twin.run()
    assert model.turn == model.compiled.turns // 3  # whatever the branch does
    assert_same_numbers(story, straight)
    assert_same_numbers(stored.run(), straight)
    assert_same_numbers(model.run(), straight)
    assert_same_story(story, straight)


def test_a_branch_with_another_actor_shares_the_past_and_the_draws() -> None:
    model = Model("minsk", actor_classes={"vilnius": NeverSigns})
    straight = Model("minsk", actor_classes={"vilnius": NeverSigns}).run()
    for _ in range(8):
        model.step()
    twin = model.branch({"minsk": NeverSigns})
    assert [actor.name for actor in twin.agents] == list(twin.compiled.actors)
    assert [actor.unique_id for actor in model.agents] == list(range(1, 1 + len(model.agents)))
    assert {actor.model for actor in twin.agents} == {twin}
    other, run = twin.run(), model.run()
    assert_same_numbers(run, straight)
    assert other.custom_actors == ("minsk", "vilnius")
    assert run.custom_actors == ("vilnius",)
    assert np.array_equal(other.record.series[:9], run.record.series[:9])
    assert not np.array_equal(other.record.series, run.record.series)
    assert any("minsk" in one.parties for one in run.agreements if one.turn > 8)
    assert not any("minsk" in one.parties for one in other.agreements if one.turn > 8)
    # had it refused from the start, the eight turns would have been others
    assert other.agreements[0].turn <= 8


def test_a_branch_refuses_an_actor_that_is_not_there() -> None:
    with pytest.raises(UsageError, match="no actor mars"):
        Model(SHORT).branch({"mars": NeverSigns})


def test_copies_share_what_never_changes_and_nothing_else() -> None:
    model = Model(SHORT)
    twin = copy.deepcopy(model)
    assert twin.case is model.case
    assert twin.compiled is model.compiled
    assert twin.arrays[0] is model.arrays[0]
    assert twin.arrays[1] is twin.values is not model.values
    assert twin.arrays[2] is twin.state is not model.state
    twin.state.quantity[:] = -1.0
    assert model.state.quantity.min() >= 0.0


def pickled(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301


@pytest.mark.parametrize("how", [copy.deepcopy, copy.copy, pickled])
def test_scenarios_runs_and_what_comes_of_them_can_be_copied(how: Callable[[Any], Any]) -> None:
    scenario = load_scenario("minsk")
    run = run_scenario(scenario)
    again = how(run)
    assert how(scenario) == scenario
    assert again.scenario == scenario
    assert_same_numbers(again, run)
    assert again.series.equals(run.series)
    for value in (run.agreements[0], *run.events[:1]):
        assert how(value) == value
    assert repr(how(minsksim.load_case("car_emissions"))).startswith("Case(name='car_emissions'")
