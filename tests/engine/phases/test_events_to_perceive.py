"""Events, drift, delays, influence and perception, each in a case that does nothing else."""

from __future__ import annotations

import generators as make
import numpy as np
import pytest

from minsksim.engine.arrays.compile import compile_scenario
from minsksim.engine.batch import simulate
from minsksim.model import Model


def still(turns: int = 6, **more: object) -> make.Plain:
    """Two actors who never meet and never act; what moves is what the test adds."""
    return make.document(
        {"ada": make.actor({"x": 1.0, "y": -1.0}), "ben": make.actor({"x": 0.5, "y": 0.5})},
        {"x": make.lever("ada", initial=0.4), "y": make.lever("ben", initial=0.6)},
        {name: make.interest(make.term(f"levers.{name}")) for name in "xy"},
        channels={"room": make.channel(("ada", "ben"), ("x", "y"), quality=0.0)},
        turns=turns,
        more=dict(more),
    )


def effect(of: str, **how: object) -> make.Plain:
    values = {k: make.number(v) if isinstance(v, float) else v for k, v in how.items()}
    return {"of": of, **values}


def run_events(**events: make.Plain) -> Model:
    model = make.model(still(events=events))
    model.run()
    return model


def test_a_dated_event_strikes_in_its_turn_and_only_then() -> None:
    """15 March is in turn 3 of a calendar that begins in January."""
    model = run_events(raid=make.event(effect("levers.x", shift=0.25), on="2026-03-15"))
    result = model.result()
    assert [(e.turn, e.name) for e in result.events] == [(3, "raid")]
    expected = [0.4, 0.4, 0.4, 0.65, 0.65, 0.65, 0.65]
    np.testing.assert_allclose(result.series["levers.x"], expected)


def test_set_and_shift_stay_in_bounds() -> None:
    model = run_events(
        up=make.event(effect("levers.x", shift=5.0), on="2026-01-01"),
        down=make.event(effect("levers.y", set=0.1), on="2026-02-01"),
    )
    series = model.result().series
    assert series["levers.x"].tolist() == [0.4] + [1.0] * 6
    assert series["levers.y"].tolist() == [0.6, 0.6] + [0.1] * 5


def test_a_channel_can_be_switched_off_and_on() -> None:
    plain = still(
        turns=5,
        events={
            "off": make.event({"of": "channels.room", "switch": "off"}, on="2026-01-01"),
            "on": make.event({"of": "channels.room", "switch": "on"}, on="2026-04-01"),
        },
    )
    plain["channels"]["room"]["quality"] = make.number(1.0)
    plain["actors"]["ben"]["salience"]["x"] = make.number(2.0)
    plain["actors"]["ada"]["salience"]["y"] = make.number(1.0)
    run = make.model(plain).run()
    assert {agreement.turn for agreement in run.agreements} == {4}


def test_a_lever_that_is_switched_off_stays_off_the_table_and_still() -> None:
    plain = still(events={"off": make.event({"of": "levers.x", "switch": "off"}, on="2026-01-01")})
    plain["channels"]["room"]["quality"] = make.number(1.0)
    plain["levers"]["x"]["unilateral"] = "both"
    plain["actors"]["ben"]["salience"]["x"] = make.number(5.0)
    run = make.model(plain).run()
    assert set(run.series["levers.x"]) == {0.4}


def test_salience_and_trust_move_by_events() -> None:
    """Ada at (1/2, -1/2); shift x by 1: (3/2, -1/2) normalised is (3/4, -1/4)."""
    model = run_events(
        heart=make.event(effect("salience.ada.x", shift=1.0), on="2026-02-01"),
        proof=make.event(effect("trust.room.ada", shift=-1.0), on="2026-02-01"),
        words=make.event(effect("trust.room.ben", shift=2.0), on="2026-03-01"),
    )
    assert model.actors_by_name["ada"].salience == pytest.approx({"x": 0.75, "y": -0.25})
    assert model.actors_by_name["ada"].trust_in("ben", "room") == pytest.approx(0.5)
    assert model.actors_by_name["ben"].trust_in("ada", "room") == 1.0


def test_a_hazard_strikes_at_most_once_and_as_often_as_it_says() -> None:
    """Hazard .2 over 6 turns: P(never) = .8**6 = .262; turn of striking is geometric."""
    plain = still(events={"storm": make.event(effect("levers.x", shift=0.1), hazard=0.2)})
    scenario = make.scenario(plain)
    compiled = compile_scenario(scenario)
    runs = 4000
    block = simulate(
        compiled,
        compiled.point({})[None, :],
        np.zeros(runs, np.int64),
        np.arange(runs),
        0,
        is_traced=True,
    )
    assert block.series is not None
    path = block.series[:, :, 0]
    assert set(np.round(path, 9).ravel()) == {0.4, 0.5}
    struck = (path > 0.45).mean(axis=0)
    expected = 1 - 0.8 ** np.arange(7)
    np.testing.assert_allclose(struck, expected, atol=0.03)


def test_influence_settles_where_friedkin_and_johnsen_say() -> None:
    """N2 with two who heed each other, (.6, .3): the engine's salience, sums of |s| being 1.

    Interests x and y have opposite positions, so that normalising keeps |s| = 1 only in sum:
    the fixed point is compared after scaling.
    """
    plain = still(turns=200)
    for name, openness, salience in (("ada", 0.6, (1.0, 0.0)), ("ben", 0.3, (0.0, 1.0))):
        plain["actors"][name]["susceptibility"] = make.number(openness)
        plain["actors"][name]["salience"] = {
            k: make.number(v) for k, v in zip("xy", salience, strict=True)
        }
    plain["influence"] = {
        f"{one}_on_{other}": {
            "from": one,
            "to": other,
            "weight": make.number(3.0),
            "regard": make.number(0.0),
        }
        for one, other in (("ada", "ben"), ("ben", "ada"))
    }
    model = make.model(plain)
    model.run()
    salience = [model.actors_by_name[name].salience["y"] for name in ("ada", "ben")]
    assert salience == pytest.approx([0.512195, 0.853659], abs=1e-6)


def test_no_influence_means_independence() -> None:
    plain = still()
    for name in ("ada", "ben"):
        plain["actors"][name]["susceptibility"] = make.number(0.9)
    before = make.model(plain).actors_by_name["ada"].salience
    model = make.model(plain)
    model.run()
    assert model.actors_by_name["ada"].salience == before


def test_unused_channels_decay() -> None:
    plain = still()
    plain["channels"]["room"] |= {"quality": make.number(1e-9), "decay": make.number(0.5)}
    series = make.model(plain).run().series["channels.room"]
    np.testing.assert_allclose(series, 1e-9 * 0.5 ** np.arange(7))


# --- delays ----------------------------------------------------------------------------------


def delayed(delay: int) -> make.Plain:
    """One agreement worth having: ada raises x for ben, ben raises y for ada."""
    plain = make.document(
        {"ada": make.actor({"x": -0.2, "y": 0.8}), "ben": make.actor({"x": 0.8, "y": -0.2})},
        {"x": make.lever("ada", more={"delay": delay}), "y": make.lever("ben")},
        {name: make.interest(make.term(f"levers.{name}")) for name in "xy"},
        channels={"room": make.channel(("ada", "ben"), ("x", "y"), protocol="egalitarian")},
        turns=8,
    )
    return plain


@pytest.mark.parametrize("delay", [0, 1, 3])
def test_a_delayed_move_lands_later(delay: int) -> None:
    run = make.model(delayed(delay)).run()
    assert run.agreements[0].turn == 1
    landed = int(np.argmax(run.series["levers.x"].to_numpy() > 0.0))
    assert landed == 1 + delay
    assert run.series["levers.y"][1] > 0.0


def test_a_delayed_move_is_discounted() -> None:
    """Ada's gain .8 y - .9**3 * .2 x; x lands three turns later, so it costs her that less."""
    agreement = make.model(delayed(3)).run().agreements[0]
    moves = {move.lever: move.after for move in agreement.moves}
    discount = 0.9**3
    assert agreement.gains["ada"] == pytest.approx(0.8 * moves["y"] - 0.2 * discount * moves["x"])
    assert agreement.gains["ben"] == pytest.approx(0.8 * discount * moves["x"] - 0.2 * moves["y"])


def test_a_pending_lever_is_off_the_table() -> None:
    run = make.model(delayed(3)).run()
    for agreement in run.agreements:
        if 1 < agreement.turn <= 4:
            assert "x" not in {move.lever for move in agreement.moves}


def test_a_momentary_lever_falls_back_every_turn() -> None:
    plain = delayed(0)
    plain["levers"]["x"]["persistence"] = "momentary"
    plain["levers"]["x"]["initial"] = make.number(0.1)
    model = make.model(plain)
    seen = []
    for _ in range(4):
        model.step()
        seen.append(model.state.quantity[0])
    run = model.result()
    signed = {agreement.turn: agreement for agreement in run.agreements}
    for turn, value in enumerate(seen, start=1):
        moves = {m.lever: m for m in signed[turn].moves} if turn in signed else {}
        if "x" in moves:
            assert moves["x"].before == pytest.approx(0.1)
            assert value == pytest.approx(moves["x"].after)
        else:
            assert value == pytest.approx(0.1)


# --- perception ------------------------------------------------------------------------------


def secret(leak: float) -> make.Plain:
    """Ada and ben move a secret lever; carl owns nothing at that table."""
    plain = delayed(0)
    plain["levers"]["x"] |= {"secret": True, "leak": make.number(leak)}
    plain["actors"]["carl"] = make.actor({"x": 1.0})
    return plain


def test_a_secret_lever_is_seen_by_those_at_the_table_only() -> None:
    model = make.model(secret(0.0))
    run = model.run()
    true = run.series["levers.x"].iloc[-1]
    assert true > 0.0
    assert model.actors_by_name["ada"].perceived["x"] == true
    assert model.actors_by_name["ben"].perceived["x"] == true
    assert model.actors_by_name["carl"].perceived["x"] == 0.0
    assert set(run.public["x"]) == {0.0}
    assert run.public["y"].equals(run.series["levers.y"].rename("y"))


def test_a_leak_shows_it_to_everybody() -> None:
    run = make.model(secret(1.0)).run()
    assert run.public["x"].tolist() == run.series["levers.x"].tolist()


def test_leaks_are_as_frequent_as_they_say() -> None:
    """Leak .3 a turn, the lever moves in turn 1: after t turns seen with 1 - .7**t."""
    compiled = compile_scenario(make.scenario(secret(0.3)))
    runs = 3000
    block = simulate(
        compiled,
        compiled.point({})[None, :],
        np.zeros(runs, np.int64),
        np.arange(runs),
        0,
        is_traced=True,
    )
    assert block.public is not None
    seen = (block.public[:, :, 0] > 0.0).mean(axis=0)
    np.testing.assert_allclose(seen[1:], 1 - 0.7 ** np.arange(1, 9), atol=0.035)
