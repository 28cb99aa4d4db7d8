"""Detention: the differential equation solved by steps, the balance of people, and relief."""

from __future__ import annotations

import math
from decimal import Context, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from minsksim.errors import UsageError
from minsksim.theory.detention import Count, Custody, count_by_status

RATE = st.one_of(st.just(0.0), st.floats(1e-12, 1e-3), st.floats(1e-3, 0.5))
SHARE = st.floats(0.0, 1.0)
custodies = st.builds(Custody, st.floats(0.0, 20.0), RATE, st.floats(0.0, 10.0), RATE, SHARE, SHARE)


def by_steps(custody: Custody, held: float, relief: float, turns: float) -> Count:
    """Return the same counts by integrating every flow numerically."""
    arrests = custody.arrests + custody.arrests_answer * relief
    rate = custody.release_rate + custody.release_answer * relief

    def flows(_: float, state: list[float]) -> list[float]:
        out = rate * state[4]
        home = out * (1.0 - custody.exile_share)
        again = home * custody.rearrest_share
        return [home, out - home, again, arrests, arrests + again - out]

    start = [0.0, 0.0, 0.0, 0.0, held]
    solved = solve_ivp(flows, (0.0, turns), start, method="LSODA", rtol=1e-10, atol=1e-10)
    return Count(*solved.y[:, -1])


@given(custodies, st.floats(0.0, 2000.0), st.floats(0.0, 2.0), st.floats(0.1, 30.0))
def test_closed_form_is_the_equation_solved(
    custody: Custody, held: float, relief: float, turns: float
) -> None:
    count = count_by_status(custody, held, relief, turns)
    assert count == pytest.approx(by_steps(custody, held, relief, turns), rel=1e-6, abs=1e-5)
    assert min(count) >= 0.0
    balance = held + count.newly_arrested + count.rearrested
    balance -= count.released_at_home + count.released_into_exile
    assert count.held == pytest.approx(balance, rel=1e-9, abs=1e-7)


def test_oracle_h3() -> None:
    """N(t) = a/r + (N0 - a/r) exp(-r t): 40 + 60 exp(-1) from 100, arrests 4, rate .1, t = 10."""
    count = count_by_status(Custody(4.0, 0.1), 100.0, 0.0, 10.0)
    assert count.held == pytest.approx(40.0 + 60.0 * math.exp(-1.0))
    assert count.released_at_home == pytest.approx(100.0 + 40.0 - count.held)
    assert (count.newly_arrested, count.released_into_exile) == (40.0, 0.0)


def test_releases_can_rise_while_nobody_fewer_is_held() -> None:
    """H3: arrests that answer to relief undo what releases do: more go out, as many stay in."""
    door = Custody(4.0, 0.02, arrests_answer=4.0, release_answer=0.02, exile_share=0.9)
    before, after = (count_by_status(door, 200.0, relief, 12.0) for relief in (0.0, 1.0))
    assert after.released_into_exile == pytest.approx(2.0 * before.released_into_exile)
    assert after.held == pytest.approx(before.held) == pytest.approx(200.0)
    steeper = door._replace(arrests_answer=8.0)
    assert count_by_status(steeper, 200.0, 1.0, 12.0).held > before.held


def test_exile_keeps_those_released_from_being_arrested_again() -> None:
    door = Custody(0.0, 0.1, rearrest_share=0.5)
    at_home = count_by_status(door, 100.0, 0.0, 10.0)
    in_exile = count_by_status(door._replace(exile_share=1.0), 100.0, 0.0, 10.0)
    assert at_home.held == pytest.approx(100.0 * math.exp(-0.5))
    assert at_home.rearrested == pytest.approx(at_home.released_at_home / 2.0)
    assert in_exile.held == pytest.approx(100.0 * math.exp(-1.0))
    assert (in_exile.released_at_home, in_exile.rearrested) == (0.0, 0.0)


def test_without_releases_the_stock_only_grows() -> None:
    assert count_by_status(Custody(3.0, 0.0), 10.0, 5.0, 4.0) == Count(0.0, 0.0, 0.0, 12.0, 22.0)
    revolving = count_by_status(Custody(3.0, 0.5, rearrest_share=1.0), 10.0, 0.0, 4.0)
    assert revolving.held == pytest.approx(22.0)
    assert revolving.released_at_home == pytest.approx(revolving.rearrested) == pytest.approx(32.0)


@pytest.mark.parametrize("place", range(6))
def test_no_number_is_negative(place: int) -> None:
    numbers = [1.0, 0.1, 0.1, 0.1, 0.1, 0.1]
    numbers[place] = -0.1
    with pytest.raises(UsageError, match=r"must not be negative|between 0 and 1"):
        count_by_status(Custody(*numbers), 1.0, 1.0, 1.0)


def test_bad_input_gets_a_sentence() -> None:
    door = Custody(1.0, 0.1)
    for held, relief, turns in ((-1.0, 1.0, 1.0), (1.0, -1.0, 1.0), (1.0, 1.0, -1.0)):
        with pytest.raises(UsageError, match=r"must not be negative|between 0 and 1"):
            count_by_status(door, held, relief, turns)
    for shares in ({"exile_share": 1.1}, {"rearrest_share": 1.1}):
        with pytest.raises(UsageError, match="between 0 and 1"):
            count_by_status(door._replace(**shares), 1.0, 1.0, 1.0)
    whole = door._replace(exile_share=1.0, rearrest_share=1.0)
    assert count_by_status(whole, 0.0, 0.0, 0.0) == Count(0.0, 0.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize("gone", [9e-6, 1e-7, 1.1e-5])
def test_where_hardly_any_leave_the_closed_form_holds_to_the_tenth_digit(gone: float) -> None:
    """The same closed form in 60 digits, where nothing cancels."""
    held, arrests, turns = 1000.0, 20.0, 4.0
    found = count_by_status(Custody(arrests, gone / turns), held, 0.0, turns)
    with localcontext(Context(prec=60)):
        start, inflow, time, k = (Decimal(x) for x in (held, arrests, turns, gone / turns))
        faded = 1 - (-k * time).exp()
        released = inflow * time + (start - inflow / k) * faded
    assert found.released_at_home == pytest.approx(float(released), rel=1e-10)
    assert found.held == pytest.approx(float(start + inflow * time - released), rel=1e-13)
