"""What events do for a while: it returns to the last bit, in any order, for any number of turns."""

from __future__ import annotations

from typing import Any

import generators as make
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minsksim.analysis.story import tell
from minsksim.engine.arrays.compile import compile_scenario
from minsksim.engine.arrays.records import SUSCEPTIBILITY
from minsksim.engine.batch import simulate
from minsksim.engine.phases.passing import follow
from minsksim.model import Model

TURNS = 14
START = {"x": 0.3, "y": 0.5, "z": -0.1}


def effect(
    of: str, lasts: int | None = None, fades: float | None = None, **does: Any
) -> make.Plain:
    done = {key: one if key == "switch" else make.number(one) for key, one in does.items()}
    plain: make.Plain = {"of": of, **done}
    if lasts is not None:
        plain["lasts"] = lasts
    return plain if fades is None else {**plain, "fades": make.number(fades)}


def case(
    events: dict[str, make.Plain],
    *,
    openness: float = 0.0,
    quality: float = 0.5,
    turns: int = TURNS,
) -> make.Plain:
    """Ada, with three interests, is heeded by ben and heeds him; nothing is ever agreed."""
    plain = make.document(
        {
            "ada": make.actor(START, susceptibility=openness),
            "ben": make.actor({"x": 0.5, "y": 0.5}, susceptibility=0.6),
        },
        {"x": make.lever("ada"), "y": make.lever("ben"), "z": make.lever("ben")},
        {name: make.interest(make.term(f"levers.{name}", -1.0)) for name in "xyz"},
        channels={"room": make.channel(("ada", "ben"), "xy", quality=quality)},
        turns=turns,
        more={"events": events},
    )
    plain["influence"] = {
        f"{one}_on_{two}": {
            "from": one,
            "to": two,
            "weight": make.number(1.0),
            "regard": make.number(0.0),
        }
        for one, two in (("ada", "ben"), ("ben", "ada"))
    }
    return plain


def on(turn: int) -> str:
    return f"{2026 + (turn - 1) // 12}-{(turn - 1) % 12 + 1:02d}-01"


def innate(plain: make.Plain) -> np.ndarray:
    """Return ada's innate salience turn by turn, turn 0 first."""
    return watched(plain, "innate")


def watched(plain: make.Plain, field: str) -> np.ndarray:
    model = make.model(plain)
    seen = [getattr(model.state, field)[0].copy()]
    while model.running:
        model.step()
        seen.append(getattr(model.state, field)[0].copy())
    return np.array(seen)


@given(
    st.integers(1, 8), st.integers(1, 5), st.floats(-2.0, 2.0), st.sampled_from(["set", "shift"])
)
def test_a_shift_holds_for_its_turns_and_returns_to_the_bit(
    lasts: int, turn: int, amount: float, how: str
) -> None:
    event = make.event(effect("salience.ada.x", lasts, **{how: amount}), on=on(turn))
    found = innate(case({"one": event}))
    for t, row in enumerate(found):
        if not turn <= t < turn + lasts:
            assert row.tobytes() == found[0].tobytes()
    moved = np.array([amount if how == "set" else START["x"] / 0.9 + amount, 5 / 9, -1 / 9])
    np.testing.assert_allclose(found[turn], moved / abs(moved).sum(), rtol=0, atol=1e-12)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(1, 7), st.integers(1, 6), st.floats(-1.0, 1.0)),
        min_size=2,
        max_size=5,
    )
)
def test_shifts_that_overlap_return_in_any_order(spans: list[tuple[int, int, float]]) -> None:
    events = {
        f"e{i}": make.event(effect(f"salience.ada.{'xyz'[i % 3]}", lasts, shift=shift), on=on(turn))
        for i, (turn, lasts, shift) in enumerate(spans)
    }
    found = innate(case(events))
    lasting = found[0]
    for t, row in enumerate(found[1:], start=1):
        expected, is_shifted = lasting.copy(), False
        for i, (turn, lasts, shift) in enumerate(spans):
            if turn <= t < turn + lasts:
                expected[i % 3] += shift
                is_shifted |= shift != 0.0
        if not is_shifted:
            assert row.tobytes() == lasting.tobytes()
        np.testing.assert_allclose(row, expected / abs(expected).sum(), rtol=0, atol=1e-12)


def test_a_change_for_good_stays_under_a_passing_one() -> None:
    """For good: (1/3 + 1/3, 5/9, -1/9) scaled; the passing shift of y comes on top of that."""
    good = make.event(effect("salience.ada.x", shift=1 / 3), on=on(3))
    passing = make.event(effect("salience.ada.y", 4, shift=0.5), on=on(2))
    both, alone = innate(case({"p": passing, "g": good})), innate(case({"g": good}))
    assert both[6:].tobytes() == alone[6:].tobytes()
    assert both[:2].tobytes() == alone[:2].tobytes()
    lasting = alone[3]
    expected = lasting + np.array([0.0, 0.5, 0.0])
    np.testing.assert_allclose(both[3], expected / abs(expected).sum(), rtol=0, atol=1e-12)


@pytest.mark.parametrize("openness", [0.0, 0.4])
def test_a_passing_event_elsewhere_changes_no_bit_of_one_for_good(openness: float) -> None:
    good = make.event(effect("salience.ada.x", shift=0.2), on=on(3))
    never = make.event(effect("salience.ben.x", 2, shift=0.5), hazard=0.0)
    one, two = (
        watched(case(events, openness=openness), "salience")
        for events in ({"g": good}, {"g": good, "n": never})
    )
    assert one.tobytes() == two.tobytes()


def test_who_is_open_to_others_drifts_back_and_who_is_not_is_back_at_once() -> None:
    event = {"e": make.event(effect("salience.ada.x", 3, shift=0.5), on=on(4))}
    closed, plain = watched(case(event), "salience"), watched(case({}), "salience")
    assert closed[:4].tobytes() == plain[:4].tobytes()
    assert closed[7:].tobytes() == plain[7:].tobytes()
    assert (closed[4:7, 0] > plain[4:7, 0]).all()
    moved = watched(case(event, openness=0.4, turns=60), "salience")
    still = watched(case({}, openness=0.4, turns=60), "salience")
    gap = abs(moved - still).max(axis=1)
    assert gap[7] > 1e-6
    assert gap[60] < 1e-12


def test_a_setting_counts_from_what_holds_when_it_strikes() -> None:
    """While x stands at 1/3 + 1/2, it is set to 1/4 for two turns; the sum stays as it was said."""
    events = {
        "a": make.event(effect("salience.ada.x", 6, shift=0.5), on=on(2)),
        "b": make.event(effect("salience.ada.x", 2, set=0.25), on=on(3)),
    }
    found = innate(case(events))
    weights = np.array([0.25, 5 / 9, -1 / 9])
    np.testing.assert_allclose(found[3], weights / abs(weights).sum(), rtol=0, atol=1e-12)
    np.testing.assert_allclose(found[5], found[2], rtol=0, atol=1e-12)


def test_what_others_have_done_stays_while_a_shift_comes_and_goes() -> None:
    """Others moved x by 1/10 and y by -1/10; both stay beside the shift, and after it."""
    model = make.model(case({"e": make.event(effect("salience.ada.x", 2, shift=0.9), on=on(2))}))
    s, values, state = model.arrays
    values.actor[0, SUSCEPTIBILITY] = 0.5
    apart = np.array([0.1, -0.1, 0.0])
    state.salience[0] += apart
    for shift in (0.9, 0.0):
        state.passing.since[0], state.passing.amount[0] = 2, shift
        apart = state.salience[0] - state.innate[0]
        follow(s, values, state, 0)
        expected = state.innate[0] + apart
        np.testing.assert_allclose(state.salience[0], expected / abs(expected).sum(), atol=1e-12)


def test_what_returns_to_one_who_is_open_leaves_no_trace_of_the_shift() -> None:
    """Nothing others did stands between: (.1, .9), then (1, .9) / 1.9, then (.1, .9) again."""
    plain = case({"e": make.event(effect("salience.ada.x", 2, shift=0.9), on=on(2))}, openness=0.5)
    del plain["influence"]["ben_on_ada"], plain["interests"]["z"]
    plain["actors"]["ada"]["salience"] = {"x": make.number(0.1), "y": make.number(0.9)}
    found = watched(plain, "salience")
    np.testing.assert_allclose(found[2][:2], [1 / 1.9, 0.9 / 1.9], rtol=0, atol=1e-12)
    np.testing.assert_allclose(found[4][:2], [0.1, 0.9], rtol=0, atol=1e-12)


def test_a_shift_fades_by_its_share_and_ends() -> None:
    """x stands (3/9 + .5 * .75^n) against 6/9; after four turns it is over."""
    plain = case({"e": make.event(effect("salience.ada.x", 4, 0.25, shift=0.5), on=on(2))})
    found = innate(plain)
    for n in range(4):
        x = 1 / 3 + 0.5 * 0.75**n
        assert found[2 + n, 0] == pytest.approx(x / (x + 2 / 3), abs=1e-12)
    assert found[6:].tobytes() == np.tile(found[0], (len(found) - 6, 1)).tobytes()
    at_once = case({"e": make.event(effect("salience.ada.x", fades=1.0, shift=0.5), on=on(2))})
    again = innate(at_once)
    assert again[3:].tobytes() == np.tile(again[0], (len(again) - 3, 1)).tobytes()


@pytest.mark.parametrize("openness", [0.0, 0.4])
def test_answers_to_a_salience_add_to_a_passing_shift_and_stay_when_it_ends(
    openness: float,
) -> None:
    """By hand: weights (1/3 + 1/2, 5/9, -1/9) scaled, then 1/4 more of y, then scaled again."""
    event = {"e": make.event(effect("salience.ada.x", 3, shift=0.5), on=on(4))}
    plain = case(event, openness=openness)
    plain["stocks"] = {"heat": make.stock(5.0, reference=(0.0, 10.0))}
    plain["answers"] = {
        "hot": {"of": "salience.ada.y", "to": "stocks.heat", "by": make.number(0.5)}
    }
    felt, moved = watched(plain, "felt"), watched(plain, "salience")
    for t in range(1, len(felt)):
        expected = moved[t] + np.array([0.0, 0.25, 0.0])
        np.testing.assert_allclose(felt[t], expected / abs(expected).sum(), rtol=0, atol=1e-12)
    # what answers is written apart, so the shift itself goes as without it
    alone = case(event, openness=openness)
    assert moved.tobytes() == watched(alone, "salience").tobytes()
    if openness == 0.0:
        assert felt[7:].tobytes() == np.tile(felt[3], (len(felt) - 7, 1)).tobytes()
        weights = np.array([1 / 3 + 0.5, 5 / 9, -1 / 9])
        weights = weights / abs(weights).sum() + np.array([0.0, 0.25, 0.0])
        np.testing.assert_allclose(felt[4], weights / abs(weights).sum(), rtol=0, atol=1e-12)


def flags(events: dict[str, make.Plain], of: str = "channels.room") -> list[int]:
    model = make.model(case(events))
    state = model.state.is_open if of == "channels.room" else model.state.is_active
    seen = []
    while model.running:
        model.step()
        seen.append(int(state[0]))
    return seen


def off(lasts: int | None, turn: int, of: str = "channels.room", switch: str = "off") -> make.Plain:
    return make.event(effect(of, lasts, switch=switch), on=on(turn))


@pytest.mark.parametrize("of", ["channels.room", "levers.x"])
def test_a_switch_for_a_while_is_switched_back(of: str) -> None:
    assert flags({"e": off(3, 4, of)}, of) == [1] * 3 + [0] * 3 + [1] * 8
    # it was off for good before, so it goes back to that
    events = {"g": off(None, 2, of), "e": off(3, 4, of, "on")}
    assert flags(events, of) == [1] + [0] * 2 + [1] * 3 + [0] * 8


def test_of_several_switches_the_last_that_holds_decides() -> None:
    # off for 8 turns, inside it on for 2: off, on, off again, then open
    assert flags({"a": off(8, 2), "b": off(2, 4, switch="on")}) == (
        [1] + [0] * 2 + [1] * 2 + [0] * 4 + [1] * 5
    )
    # the first ends while the second holds
    assert flags({"a": off(3, 2), "b": off(6, 3)}) == [1] + [0] * 7 + [1] * 6
    # of three, the second still holds when the third ends
    three = {"a": off(9, 2), "b": off(6, 3, switch="on"), "c": off(2, 4)}
    assert flags(three) == [1, 0, 1, 0, 0, 1, 1, 1, 0, 0] + [1] * 4
    # a switch for good ends what held before it, and nothing goes back to that
    again = {"a": off(6, 2), "g": off(None, 4, switch="on"), "b": off(2, 5)}
    assert flags(again) == [1, 0, 0, 1, 0, 0] + [1] * 8
    assert flags({"a": off(6, 2), "g": off(None, 4, switch="on")}) == [1] + [0] * 2 + [1] * 11


def test_a_quality_moves_back_by_as_much_as_it_moved() -> None:
    raised = make.event(effect("channels.room", 3, shift=0.75), on=on(2))
    series = make.model(case({"e": raised})).run().series["channels.room"]
    # 1/2 + 3/4 is cut at 1, so 1/2 goes back
    np.testing.assert_array_equal(series[:7], [0.5, 0.5, 1.0, 1.0, 1.0, 0.5, 0.5])
    lowered = make.event(effect("channels.room", 2, set=0.125), on=on(2))
    series = make.model(case({"e": lowered})).run().series["channels.room"]
    np.testing.assert_array_equal(series[:6], [0.5, 0.5, 0.125, 0.125, 0.5, 0.5])


def qualities(
    events: dict[str, make.Plain], quality: float = 0.5, build: float = 0.0, decay: float = 0.0
) -> np.ndarray:
    """Return the quality of the room turn by turn, turn 0 first."""
    plain = case(events, quality=quality)
    plain["channels"]["room"] |= {"build": make.number(build), "decay": make.number(decay)}
    series = make.model(plain).run().series["channels.room"]
    return np.asarray(series, dtype=float)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 7),
            st.integers(1, 6),
            st.sampled_from(["set", "shift"]),
            st.floats(0.0, 1.0),
            st.sampled_from([-1.0, 1.0]),
        ),
        min_size=1,
        max_size=5,
    ),
    st.lists(
        st.tuples(st.integers(1, 7), st.sampled_from(["set", "shift"]), st.floats(0.0, 1.0)),
        max_size=2,
    ),
    st.sampled_from([0.0, 0.2]),
    st.sampled_from([0.0, 0.3, 1.0]),
)
def test_when_all_that_passes_is_over_a_quality_is_what_it_would_be_without(
    spans: list[tuple[int, int, str, float, float]],
    for_good: list[tuple[int, str, float]],
    decay: float,
    start: float,
) -> None:
    """Whatever overlaps, is cut at 0 or 1, is set for good or fades meanwhile."""
    lasting = {
        f"g{i}": make.event(effect("channels.room", **{how: amount}), on=on(turn))
        for i, (turn, how, amount) in enumerate(for_good)
    }
    passing = {
        f"p{i}": make.event(
            effect("channels.room", lasts, **{how: amount * (sign if how == "shift" else 1.0)}),
            on=on(turn),
        )
        for i, (turn, lasts, how, amount, sign) in enumerate(spans)
    }
    found = qualities({**passing, **lasting}, start, decay=decay)
    without = qualities(lasting, start, decay=decay)
    over = max(turn + lasts for turn, lasts, *_ in spans)
    begin = min(turn for turn, *_ in spans)
    assert found[over:].tobytes() == without[over:].tobytes()
    assert found[:begin].tobytes() == without[:begin].tobytes()


def test_shifts_of_a_quality_add_up_and_are_cut_once() -> None:
    """By hand: 0.6, then 0.6 - 0.5, then 0.6 - 1.0 cut at 0, then 0.6 - 0.5 again, then 0.6."""
    events = {
        "a": make.event(effect("channels.room", 2, shift=-0.5), on=on(2)),
        "b": make.event(effect("channels.room", 3, shift=-0.5), on=on(3)),
    }
    expected = [0.6, 0.6, 0.1, 0.0, 0.1, 0.1, 0.6]
    np.testing.assert_allclose(qualities(events, 0.6)[:7], expected, rtol=0, atol=1e-12)


def test_a_quality_set_for_good_under_a_shift_stays_when_the_shift_ends() -> None:
    """By hand: 0.6 + 0.3; then 0.2 for good, so 0.2 + 0.3; then 0.2 alone."""
    events = {
        "a": make.event(effect("channels.room", 3, shift=0.3), on=on(2)),
        "b": make.event(effect("channels.room", set=0.2), on=on(3)),
    }
    expected = [0.6, 0.6, 0.9, 0.5, 0.5, 0.2, 0.2]
    np.testing.assert_allclose(qualities(events, 0.6)[:7], expected, rtol=0, atol=1e-12)


def test_a_quality_set_for_a_while_counts_from_what_holds() -> None:
    """By hand: 0.5 + 0.25; then set to 0.125 for one turn; then 0.5 + 0.25 again, then 0.5."""
    events = {
        "a": make.event(effect("channels.room", 3, shift=0.25), on=on(2)),
        "b": make.event(effect("channels.room", 1, set=0.125), on=on(3)),
    }
    np.testing.assert_array_equal(qualities(events)[:6], [0.5, 0.5, 0.75, 0.125, 0.75, 0.5])


def test_a_channel_fades_under_a_shift_as_it_would_without() -> None:
    """What lasts halves as each turn ends; in turns 2 and 3 the shift of 0.5 comes on top."""
    event = {"a": make.event(effect("channels.room", 2, shift=0.5), on=on(2))}
    found = qualities(event, 0.5, decay=0.5)
    np.testing.assert_array_equal(found[:5], [0.5, 0.25, 0.625, 0.5625, 0.03125])


def test_what_ends_does_so_before_what_begins() -> None:
    again = {
        "a": make.event(effect("channels.room", 2, shift=0.5), on=on(2)),
        "b": make.event(effect("channels.room", 2, shift=0.5), on=on(4)),
    }
    series = make.model(case(again)).run().series["channels.room"]
    np.testing.assert_array_equal(series[1:7], [0.5, 1.0, 1.0, 1.0, 1.0, 0.5])


def test_runs_of_a_block_share_only_what_chance_has_not_touched() -> None:
    """A dated shift takes the same course in all runs; one by hazard may strike in each turn."""
    events = {
        "dated": make.event(effect("salience.ada.x", 4, 0.1, shift=0.6), on=on(3)),
        "hazard": make.event(effect("salience.ada.y", 2, shift=-0.7), hazard=0.15),
        "opens": make.event(effect("channels.room", 2, switch="off"), hazard=0.2),
    }
    plain = case(events, openness=0.3)
    plain["channels"]["room"]["table"] = ["x", "y", "z"]
    plain["interests"]["x"]["terms"]["t0"]["effect"] = make.number(1.0)
    scenario = make.scenario(plain)
    compiled, runs = compile_scenario(scenario), 24
    rows = np.zeros(runs, np.int64)
    block = simulate(compiled, compiled.numbers[None], rows, np.arange(runs), 0, is_traced=True)
    assert block.utilities is not None
    assert block.happened is not None
    assert len(set(block.happened[:, 1])) > 3
    for row in range(runs):
        alone = Model(scenario, replication=row).run()
        np.testing.assert_array_equal(alone.utilities.to_numpy(), block.utilities[row])


def test_the_story_says_when_it_is_over() -> None:
    event = make.event(effect("salience.ada.x", 3, shift=0.5), on=on(2))
    run = make.model(case({"e": event})).run()
    told = [turn.events for turn in tell(run).turns]
    assert [(one.label, one.over_after) for one in told[1]] == [("An event", 0)]
    assert [(one.label, one.over_after) for one in told[4]] == [("An event", 3)]
    assert not any(told[place] for place in (0, 2, 3, 5))
