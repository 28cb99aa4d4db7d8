"""Meetings with a cause: dates, what a meeting takes, the wait after it, and what is told of it."""

from __future__ import annotations

from typing import Any

import generators as make
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim import run_scenario, suppose
from minsksim.analysis.story import tell
from minsksim.cli.render.run_text import dated_text
from minsksim.engine.bare_phases import bargain
from minsksim.engine.phases.meetings import chance_to_meet
from minsksim.engine.record.run import Run
from minsksim.engine.valuation.answers import read_answers
from minsksim.rules.meetings import has_enough, left_after_meeting
from minsksim.theory.meetings import mean_interval, most_meetings

HELD = {"agreed", "refused", "nothing_suits", "nothing_free"}


def case(
    rooms: dict[str, dict[str, Any] | None],
    *,
    turns: int = 12,
    start: float = 1.0,
    inflow: float = 0.25,
    quality: float = 1.0,
) -> make.Plain:
    """Ada and ben meet in rooms that spend visits; the lever that brings visits moves by itself."""
    actors = ("ada", "ben", "cleo", "dan")
    guests = dict(zip(rooms, actors[1:], strict=False))
    channels = {}
    for name, cause in rooms.items():
        between = ("ada", guests[name])
        channels[name] = make.channel(between, (f"of_{guests[name]}",), quality=quality)
        channels[name] |= {} if cause is None else {"meetings": cause}
    levers = {f"of_{guest}": make.lever(guest) for guest in guests.values()}
    levers["days"] = make.lever("ada", initial=inflow, bounds=(0.0, 10.0))
    visits = make.stock(start, {"days": {"by": "days"}}, reference=(0.0, 10.0))
    first = f"of_{next(iter(guests.values()))}"
    return make.document(
        {name: make.actor({"x": 1.0}) for name in ("ada", *guests.values())},
        levers,
        {"x": make.interest(make.term(f"levers.{first}", -1.0))},
        channels=channels,
        turns=turns,
        more={"stocks": {"visits": visits}},
    )


def spends(amount: float = 1.0, **more: Any) -> dict[str, Any]:
    return {"spends": {"stock": "visits", "amount": make.number(amount)}, **more}


def played(plain: make.Plain, replication: int = 0) -> Run:
    return make.model(plain, replication=replication).run()


def held(run: Run, room: str = "room") -> list[int]:
    """Return the turns in which a room was used."""
    return [one.turn for one in run.meetings if one.channel == room and one.ending in HELD]


def endings(run: Run, room: str = "room") -> list[str]:
    return [one.ending for one in run.meetings if one.channel == room]


def test_one_visit_gained_in_four_turns_makes_a_meeting_every_fourth_turn() -> None:
    run = played(case({"room": spends()}))
    assert held(run) == [1, 4, 8, 12]
    assert endings(run)[1:3] == ["nothing_left"] * 2
    # by hand: 1 + 1/4 - 1, then a quarter a turn
    expected = [1.0, 0.25, 0.5, 0.75, 0.0, 0.25, 0.5, 0.75, 0.0, 0.25, 0.5, 0.75, 0.0]
    np.testing.assert_array_equal(run.series["stocks.visits"], expected)


@given(
    turns=st.integers(1, 30),
    start=st.floats(0.0, 3.0),
    share=st.floats(0.0, 1.0),
    amount=st.floats(0.1, 3.0),
)
def test_the_number_of_meetings_is_that_of_the_closed_form(
    turns: int, start: float, share: float, amount: float
) -> None:
    """By the rules alone, turn by turn: the stock is never negative, and the count is exact."""
    left, count, inflow = start, 0, share * amount
    for _ in range(turns):
        left += inflow
        if has_enough(left, amount):
            left, count = left_after_meeting(left, amount), count + 1
        assert left >= 0.0
    exact = (start + inflow * turns) / amount
    # at a whole number, rounding on the way may fall to either side
    if abs(exact - round(exact)) > 1e-6 or count == turns:
        assert count == most_meetings(turns, start, inflow, amount)


def test_a_tenth_ten_times_is_one() -> None:
    added = 0.0
    for _ in range(10):  # one by one, for `sum` makes up for rounding since Python 3.12
        added += 0.1
    assert added < 1.0
    run = played(case({"room": spends()}, turns=30, start=0.0, inflow=0.1))
    assert held(run) == [10, 20, 30]
    assert (run.series["stocks.visits"] >= 0.0).all()
    assert most_meetings(30, 0.0, 0.1, 1.0) == 3


def test_channels_draw_on_one_stock_in_the_order_of_the_file() -> None:
    run = played(case({"room": spends(), "hall": spends()}, turns=6, start=1.0, inflow=0.5))
    # 1.5 after the first inflow: the room takes one, the hall finds a half
    assert held(run) == [1, 2, 4, 6]
    assert held(run, "hall") == []
    both = played(case({"room": spends(), "hall": spends(0.5)}, turns=2, start=1.0, inflow=0.5))
    assert (held(both), held(both, "hall")) == ([1], [1, 2])


@pytest.mark.parametrize(("waits", "turns"), [(0, list(range(1, 13))), (1, [1, 3, 5, 7, 9, 11])])
def test_a_wait_is_so_many_turns_without_a_meeting(waits: int, turns: list[int]) -> None:
    run = played(case({"room": {"waits": waits, "on": ["2026-01-01"]}}))
    assert held(run) == turns
    assert endings(run)[1] == ("waiting" if waits else "nothing_suits")


def test_with_chance_the_mean_interval_is_the_wait_and_one_over_the_chance() -> None:
    plain = case({"room": {"waits": 3}}, turns=500, quality=0.5)
    counts = [len(held(played(plain, replication))) for replication in range(4)]
    assert 2000 / sum(counts) == pytest.approx(mean_interval(0.5, 3), rel=0.03)


def test_on_a_date_they_meet_for_certain_and_else_by_chance() -> None:
    run = played(case({"room": {"on": ["2026-03-15", "2026-11-01"]}}, quality=0.0))
    assert held(run) == [3, 11]
    chances = [one.chance for one in run.meetings]
    assert chances == [1.0 if turn in (3, 11) else 0.0 for turn in range(1, 13)]
    assert endings(run)[0] == "not_met"


def test_only_on_dates_they_meet_on_no_other_day() -> None:
    run = played(case({"room": {"on": ["2026-03-15"], "only_on": True}}, quality=1.0))
    assert held(run) == [3]
    assert set(endings(run)) == {"no_date", "nothing_suits"}
    assert [one.chance for one in run.meetings].count(0.0) == 11


def test_a_date_brings_nobody_who_cannot_travel_waits_or_is_shut_out() -> None:
    poor = played(case({"room": spends(on=["2026-02-01"])}, start=0.0, inflow=0.25))
    assert endings(poor)[1] == "nothing_left"
    tired = played(case({"room": {"waits": 5, "on": ["2026-02-01", "2026-09-01"]}}))
    assert endings(tired)[1] == "waiting"
    plain = case({"room": {"on": ["2026-02-01"]}})
    plain["channels"]["room"]["open"] = False
    assert set(endings(played(plain))) == {"closed"}


def test_the_recorded_chance_is_the_chance_before_the_draw() -> None:
    run = played(case({"room": spends(waits=1, on=["2026-05-01"])}, quality=0.5, turns=40))
    for one in run.meetings:
        if one.ending in ("nothing_left", "waiting"):
            assert one.chance == 0.0
        elif one.turn != 5:
            assert one.chance == 0.5


def test_what_is_drawn_does_not_move_with_the_cause() -> None:
    """Where enough is left and nothing waits, the same turns bring a meeting as without."""
    plain = case({"room": spends(0.1)}, start=100.0, quality=0.5, turns=40)
    without = case({"room": None}, start=100.0, quality=0.5, turns=40)
    assert held(played(plain)) == held(played(without))
    assert 0 < len(held(played(plain))) < 40


def attentive(cause: dict[str, Any], by: float, quality: float = 0.25) -> make.Plain:
    """The chance to meet answers to visits at hand: by the whole of ``by`` at ten of them."""
    plain = case({"room": cause}, start=5.0, inflow=0.0, quality=quality)
    plain["answers"] = {
        "warm": {"of": "meetings.room", "to": "stocks.visits", "by": make.number(by)}
    }
    return plain


@pytest.mark.parametrize(
    ("cause", "by", "turn", "chance"),
    [
        ({"waits": 1}, 0.5, 2, 0.5),  # 1/4 + 1/2 * 5/10
        ({"waits": 1}, 4.0, 2, 1.0),
        ({"waits": 1}, -2.0, 2, 0.0),
        ({"on": ["2026-02-01"]}, -2.0, 2, 1.0),  # a date is kept in any mood
        ({"on": ["2026-02-01"]}, -2.0, 3, 0.0),
        ({"on": ["2026-02-01"], "only_on": True}, 4.0, 3, 0.0),
        (spends(4.0), 0.5, 2, 0.5),
        (spends(6.0), 4.0, 2, 0.0),
    ],
)
def test_answers_come_first_then_dates_waits_and_visits(
    cause: dict[str, Any], by: float, turn: int, chance: float
) -> None:
    model = make.model(attentive(cause, by))
    s, values, state = model.arrays
    read_answers(s, values, state)
    assert chance_to_meet(s, values, state, turn, 0) == pytest.approx(chance)
    state.last_met[0] = turn - 1
    waited = 0.0 if "waits" in cause else chance
    assert chance_to_meet(s, values, state, turn, 0) == pytest.approx(waited)


def test_what_is_spent_chills_the_next_turn_and_not_this_one() -> None:
    """They meet for certain at 10 visits, and 2 are spent; answers are read as a turn opens."""
    plain = attentive(spends(2.0), 1.0, quality=0.0)
    plain["stocks"]["visits"]["initial"] = make.number(10.0)
    run = played(plain)
    assert run.meetings[0].chance == 1.0
    assert run.meetings[1].chance == pytest.approx(0.8)


def test_a_sum_of_stocks_follows_what_is_spent_of_one() -> None:
    plain = case({"room": spends()}, start=3.0, inflow=0.0)
    plain["stocks"]["calls"] = make.stock(2.0)
    summed = make.stock(0.0) | {"groups": ["visits", "calls"]}
    plain["stocks"]["both"] = {key: one for key, one in summed.items() if key != "initial"}
    model = make.model(plain)
    both = list(model.compiled.quantities).index("stocks.both")
    assert bargain.meets(*model.arrays, 1, 0)
    assert model.state.quantity[both] == 4.0
    run = played(plain)
    assert run.series["stocks.both"].tolist()[:5] == [5.0, 4.0, 3.0, 2.0, 2.0]


def test_dropping_the_section_leaves_the_quality_alone() -> None:
    scenario = make.scenario(case({"room": spends(on=["2026-02-01"], only_on=True, waits=4)}))
    run = run_scenario(suppose(scenario, drop="channels.room.meetings"))
    assert held(run) == list(range(1, 13))
    assert (run.series["stocks.visits"].diff().dropna() == 0.25).all()


def test_a_closed_phase_spends_nothing_and_the_mesa_form_is_asked_the_same() -> None:
    model = make.model(case({"room": spends()}, start=0.0, inflow=0.5))
    model.step()
    assert chance_to_meet(*model.arrays, 2, 0) == 0.0
    model.state.quantity[2] = 1.0
    assert chance_to_meet(*model.arrays, 2, 0) == 1.0
    assert bargain.meets(*model.arrays, 2, 0)
    assert model.state.quantity[2] == 0.0
    assert model.state.last_met[0] == 2


def test_the_reason_is_told() -> None:
    causes = {"room": spends(waits=1), "hall": {"on": ["2026-03-01"], "only_on": True}}
    run = played(case(causes))
    story = tell(run)
    why = {one.channel: one.why for one in story.turns[1].no_agreement}
    assert why["room"].startswith("did not meet: too soon after")
    assert "they wait 1 turn after each meeting" in why["room"]
    assert why["hall"] == "did not meet: none of their dates (the next is 2026-03-01)"
    assert story.turns[2].no_agreement[0].why == (
        "could not meet: too little left to spend on it (A stock; units 0.75, needs 1)"
    )
    assert {one.why for one in story.turns[-1].no_agreement if one.channel == "hall"} == {
        "did not meet: none of their dates (there is none to come)"
    }
    room, hall = story.brief.meetings
    assert (room.held, hall.held, hall.missed) == (4, 1, {"no_date": 11})


def test_of_several_reasons_one_counts_and_what_was_left_is_told_with_it() -> None:
    """An eighth of a visit comes before each meeting, and there are two turns to wait."""
    cause = spends(waits=2, on=["2026-02-01", "2026-04-01"])
    run = played(case({"room": cause}, start=0.875, inflow=0.125))
    assert endings(run)[1:4] == ["waiting", "waiting", "nothing_left"]
    assert [(one.left, one.takes) for one in run.meetings[:4]] == [
        (0.0, 0.0),
        (0.125, 1.0),
        (0.25, 1.0),
        (0.375, 1.0),
    ]
    turns = tell(run).turns
    assert dated_text(turns[1].dated[0]).endswith(
        "missed (did not meet: too soon after the last meeting; too little left as well: units "
        "0.12, needs 1)"
    )
    assert dated_text(turns[3].dated[0]).endswith(
        "missed (could not meet: too little left to spend on it: units 0.37, needs 1)"
    )
    assert turns[1].no_agreement[0].detail.endswith("too little left as well: units 0.12, needs 1")


def test_an_only_date_comes_before_a_wait_and_a_wait_before_what_is_left() -> None:
    cause = spends(waits=2, on=["2026-01-01", "2026-03-01"], only_on=True)
    found = endings(played(case({"room": cause})))
    assert found[1:4] == ["no_date", "waiting", "no_date"]
