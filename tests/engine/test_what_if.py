"""What is supposed does what it says, and nothing else, in both forms."""

from __future__ import annotations

import generators as make
import numpy as np
import pytest

from minsksim import Model, compile_scenario, load_scenario, run_scenario, simulate, suppose
from minsksim.engine.phases import deliver
from minsksim.engine.phases.settle import add_up
from minsksim.engine.record.run import Run
from minsksim.scenario import Scenario

HARD = "levers.canada_tariff"
RUNS = 24


@pytest.fixture(scope="module")
def minsk() -> Scenario:
    return load_scenario("minsk")


def series_of(scenario: Scenario, name: str) -> np.ndarray:
    """Return a quantity turn by turn in some runs."""
    compiled = compile_scenario(scenario)
    rows = np.zeros(RUNS, np.int64)
    block = simulate(compiled, compiled.numbers[None], rows, np.arange(RUNS), 3, is_traced=True)
    assert block.series is not None
    return block.series[:, :, compiled.quantities.index(name)]


def after(turns: int, scenario: Scenario) -> Model:
    model = Model(scenario, replication=1)
    for _ in range(turns):
        model.step()
    return model


def terms_at_the_state_of(model: Model, scenario: Scenario) -> np.ndarray:
    """Return what every utility would be the sum of in another scenario at a model's state."""
    other = Model(scenario)
    for name in ("quantity", "salience", "paid"):
        getattr(other.state, name)[:] = getattr(model.state, name)
    add_up(*other.arrays)
    return np.array(other.state.contribution)


@pytest.mark.parametrize("turns", [0, 7, 20])
def test_dropping_an_interest_leaves_every_other_term_bit_for_bit(minsk, turns: int) -> None:
    model = after(turns, minsk)
    found = terms_at_the_state_of(model, suppose(minsk, drop="captives"))
    place = model.compiled.interests.index("captives")
    others = [k for k in range(len(model.compiled.interests)) if k != place]
    assert found[:, others].tobytes() == model.state.contribution[:, others].tobytes()
    assert not found[:, place].any()
    assert turns == 0 or model.state.contribution[:, place].any()


def test_dropping_one_term_leaves_the_rest_of_its_interest(minsk) -> None:
    model = after(9, minsk)
    (first, *rest) = minsk.document.interests["captives"].terms
    without_one = terms_at_the_state_of(
        model, suppose(minsk, drop=f"interests.captives.terms.{first}")
    )
    others = suppose(minsk, drop=[f"interests.captives.terms.{name}" for name in rest])
    place = model.compiled.interests.index("captives")
    both = without_one[:, place] + terms_at_the_state_of(model, others)[:, place]
    np.testing.assert_allclose(both, model.state.contribution[:, place], atol=1e-12)
    assert without_one[:, place].tobytes() != model.state.contribution[:, place].tobytes()


@pytest.mark.parametrize("turns", [0, 7, 20])
def test_dropping_a_salience_touches_one_term_of_one_actor(minsk, turns: int) -> None:
    model = after(turns, minsk)
    found = terms_at_the_state_of(
        model, suppose(minsk, drop="actors.washington.salience.ottawa_leverage")
    )
    actor = model.compiled.actors.index("washington")
    interest = model.compiled.interests.index("ottawa_leverage")
    changed = found != model.state.contribution
    changed[:, len(model.compiled.interests)] = False  # regard sums what others are left with
    assert set(zip(*np.nonzero(changed), strict=True)) <= {(actor, interest)}
    assert found[actor, interest] == 0.0


def test_setting_a_salience_to_zero_is_another_thing(minsk) -> None:
    """It makes the others grow; that is why there is --drop."""
    name = "actors.washington.salience.ottawa_leverage"
    dropped, zero = suppose(minsk, drop=name), load_scenario("minsk", {name: 0.0})
    weights = [Model(one).state.salience[0] for one in (minsk, dropped, zero)]
    assert weights[1].tobytes() == weights[0].tobytes()
    captives = compile_scenario(minsk).interests.index("captives")
    assert weights[2][captives] == pytest.approx(0.28 / 0.88)


def test_weights_take_the_same_course_without_a_salience(minsk) -> None:
    """Nobody hears less: what others attend to is untouched, in every turn."""
    name = "actors.washington.salience.captives"
    full, dropped = Model(minsk), Model(suppose(minsk, drop=name))
    for _ in range(minsk.document.calendar.turns):
        full.step()
        dropped.step()
        assert dropped.state.salience.tobytes() == full.state.salience.tobytes()
    assert dropped.result().agreements != full.result().agreements


def test_a_dropped_event_never_happens(minsk) -> None:
    whole = {one.name for one in run_scenario(minsk).events}
    less = {one.name for one in run_scenario(minsk, drop="alaska_summit").events}
    assert whole - less == {"alaska_summit"}
    plain = make.document(
        {"ada": make.actor({"x": 1.0})},
        {"x": make.lever("ada", initial=0.4)},
        {"x": make.interest(make.term("levers.x"))},
        more={
            "events": {"raid": make.event({"of": "levers.x", "set": make.number(1.0)}, hazard=1.0)}
        },
    )
    hazard = make.scenario(plain)
    assert run_scenario(hazard).events
    assert not run_scenario(hazard, drop="events.raid").events


def test_a_dropped_channel_never_meets_and_carries_nothing(minsk) -> None:
    run = run_scenario(minsk, drop="channels.washington_minsk")
    assert not [one for one in run.agreements if one.channel == "washington_minsk"]
    assert (run.series["channels.washington_minsk"] == 0.0).all()
    assert run.agreements  # others go on
    assert (run_scenario(minsk).series["channels.washington_minsk"] > 0.0).all()


def test_a_dropped_lever_stands_low_and_counts_for_nobody(minsk) -> None:
    """Whatever its initial value, and whatever event would move it."""
    assert "tariff_on_canada" in minsk.document.events
    assert (series_of(suppose(minsk, drop="levers.canada_tariff"), HARD) == 0.0).all()
    scenario = make.scenario(dear())
    run = run_scenario(scenario, drop="levers.x")
    assert run.series["levers.x"].tolist() == [0.0] * 9
    place = run.record.axes.terms.index("x")
    assert not run.record.contributions[:, :, place].any()


def test_a_forbidden_lever_never_moves_and_is_in_no_agreement(minsk) -> None:
    free = series_of(minsk, HARD)
    assert len(np.unique(free)) > 1
    initial = minsk.document.levers["canada_tariff"].initial.value
    assert (series_of(suppose(minsk, forbid="canada_tariff"), HARD) == initial).all()
    for replication in range(4):
        traded = run_scenario(minsk, replication=replication, forbid="levers.potash_relief")
        assert (traded.series["levers.potash_relief"] == 0.0).all()
        assert "potash_relief" not in {m.lever for one in traded.agreements for m in one.moves}
    usual = [run_scenario(minsk, replication=r) for r in range(4)]
    assert "potash_relief" in {m.lever for run in usual for a in run.agreements for m in a.moves}


@pytest.mark.parametrize("lever", ["potash_relief", "canada_tariff", "release_exile"])
def test_an_imposed_lever_stands_from_its_date_on(minsk, lever: str) -> None:
    """A standing lever, one that events set, and one that falls back every turn."""
    low, high = minsk.document.levers[lever].bounds
    value = float(round((low + 2 * high) / 3))
    free, held = minsk, suppose(minsk, impose=f"{lever}={value}@2025-09")
    before, since = series_of(free, f"levers.{lever}"), series_of(held, f"levers.{lever}")
    assert (since[:, 9:] == value).all()
    assert since[:, :9].tobytes() == before[:, :9].tobytes()
    assert (before[:, 9:] != value).any()


def costs(run: Run, actor: str) -> np.ndarray:
    axes = run.record.axes
    return run.record.contributions[:, axes.actors.index(actor), axes.terms.index("costs")]


def dear(**more: object) -> make.Plain:
    """Ada's lever costs a fortune to move; Ben would love it; they meet every turn."""
    levers = {
        "x": make.lever("ada", initial=0.25, cost=(0.001, 0.001), unilateral="both"),
        "y": make.lever("ben", initial=0.5, cost=(0.001, 0.001)),
    }
    return make.document(
        {"ada": make.actor({"x": -0.2, "y": 0.8}), "ben": make.actor({"x": 0.8, "y": -0.2})},
        levers,
        {name: make.interest(make.term(f"levers.{name}")) for name in "xy"},
        channels={"room": make.channel(("ada", "ben"), ("x", "y"), **more)},  # type: ignore[arg-type]
        turns=8,
    )


def test_the_owner_of_an_imposed_lever_pays_nothing() -> None:
    scenario = make.scenario(dear())
    assert costs(run_scenario(scenario), "ada").any()
    held = run_scenario(scenario, impose="x=0.75")
    assert (held.series["levers.x"].to_numpy()[1:] == 0.75).all()
    assert held.series["levers.x"].iloc[0] == 0.25
    assert not costs(held, "ada").any()
    assert not held.agreements  # Ben has nothing to buy any more


@pytest.mark.parametrize("delay", [0, 1])
def test_an_imposed_lever_leaves_agreements_that_held_it(delay: int) -> None:
    """Signed in parts before the date; no part and no delayed move takes it back afterwards."""
    plain = dear(tranches=4)
    plain["levers"]["x"]["delay"] = delay
    scenario = make.scenario(plain)
    free = run_scenario(scenario)
    assert free.agreements[0].turn == 1
    assert free.series["levers.x"].iloc[3] not in (0.25, 0.9)
    held = run_scenario(scenario, impose="x=0.9@3")
    assert (held.series["levers.x"].to_numpy()[3:] == 0.9).all()
    assert held.series["levers.x"].iloc[2] == free.series["levers.x"].iloc[2]


def test_no_breach_takes_an_imposed_lever_back() -> None:
    model = Model(make.scenario(dear()))
    model.step()
    ada, x = model.compiled.actors.index("ada"), model.compiled.axes.levers.index("x")
    assert model.state.bound_channel[x] == 0
    assert model.state.bound_from[x] != model.state.quantity[x]
    held = Model(suppose(model.case, impose="x=0.9@2"))
    held.step()
    held.step()
    deliver.snap_back(*held.arrays, 0, ada)
    assert held.state.planned[x] == held.state.quantity[x] == 0.9


def test_events_skip_what_is_imposed_from_its_date_on() -> None:
    plain = dear(quality=0.0)
    plain["levers"]["x"]["unilateral"] = "none"
    plain["events"] = {
        "early": make.event({"of": "levers.x", "set": make.number(0.9)}, on="2026-02-01"),
        "raid": make.event({"of": "levers.x", "shift": make.number(0.1)}, on="2026-04-01"),
        "freed": make.event({"of": "levers.x", "switch": "on"}, on="2026-05-01"),
    }
    run = run_scenario(make.scenario(plain), impose="x=0.5@4")
    np.testing.assert_array_equal(run.series["levers.x"], [0.25, 0.25, 0.9, 0.9, *[0.5] * 5])


def test_a_forbidden_lever_cannot_be_switched_on_or_demanded() -> None:
    plain = dear(quality=0.0)
    plain["levers"]["x"]["active"] = False
    plain["events"] = {"freed": make.event({"of": "levers.x", "switch": "on"}, on="2026-02-01")}
    plain["threats"] = {"force": make.threat("ben", "ada", ("x", 1.0), ("y", 0.0))}
    plain["actors"]["ben"]["salience"]["y"] = make.number(0.0)
    plain["actors"]["ada"]["salience"] = {"x": make.number(-0.1), "y": make.number(0.9)}
    scenario = make.scenario(plain)
    assert len(set(run_scenario(scenario).series["levers.x"])) > 1
    held = run_scenario(scenario, forbid="x")
    assert set(held.series["levers.x"]) == {0.25}
    assert not held.threats


def test_what_cannot_matter_changes_no_bit(minsk) -> None:
    """A lever imposed in the last turn where it stands anyway."""
    usual = run_scenario(minsk)
    idle = [
        name
        for name, values in usual.series.items()
        if str(name).startswith("levers.") and values.nunique() == 1
    ]
    assert idle
    held = run_scenario(minsk, impose=f"{idle[0]}={usual.series[idle[0]].iloc[0]}@24")
    assert held.series.equals(usual.series)
    assert held.record.contributions.tobytes() == usual.record.contributions.tobytes()
    assert suppose(minsk) is minsk


def test_an_imposed_value_can_be_varied(minsk) -> None:
    held = suppose(minsk, impose="potash_relief=1@2025-09")
    point = {"what_if.impose.potash_relief.to": 0.25}
    assert run_scenario(held, point=point).series["levers.potash_relief"].iloc[-1] == 0.25
