"""Alternating offers: published shares, an independent backward induction, both sides of kinks."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from published import read_rows

from minsksim import UsageError
from minsksim.rules.patience import bargaining_weight
from minsksim.theory.alternating_offers import (
    first_share,
    first_share_at_fixed_costs,
    first_share_at_pause,
    first_share_by_deadline,
    first_share_under_breakdown,
    first_share_with_outside_option,
)

patience = st.floats(0.0, 0.99)
rates = st.floats(0.001, 1.0)


def shares(rounds: int, first: float, second: float, leave: float = 0.0) -> tuple[float, float]:
    """Solve the game backwards, naming both parties' utils; the second may leave for ``leave``."""
    utils = 0.0, 0.0
    for left in range(1, rounds + 1):
        wait = first * utils[0], second * utils[1]
        is_first = (rounds - left) % 2 == 0
        if is_first:
            least = max(wait[1], leave)
            utils = 1.0 - least, least
        else:
            utils = wait[0], 1.0 - wait[0]
    return utils


@pytest.mark.parametrize(
    ("first", "second", "share"),
    [(0.9, 0.8, 0.714286), (0.95, 0.95, 0.512821), (0.5, 0.5, 2 / 3), (0.0, 0.0, 1.0)],
)
def test_published_shares(first: float, second: float, share: float) -> None:
    """B4, rubinstein1982."""
    assert first_share(first, second) == pytest.approx(share, abs=1e-6)


@given(patience, patience)
def test_the_share_is_a_fixed_point(first: float, second: float) -> None:
    """Each offers the other exactly what proposing a round later would bring."""
    x, y = first_share(first, second), first_share(second, first)
    assert 1.0 - x == pytest.approx(second * y, abs=1e-12)
    assert 1.0 - y == pytest.approx(first * x, abs=1e-12)


@given(patience, patience)
def test_agreement_is_immediate(first: float, second: float) -> None:
    """B4: waiting a round never brings the proposer more than the offer that is accepted."""
    x, y = first_share(first, second), first_share(second, first)
    assert x >= first * (1.0 - y) - 1e-12


@given(patience, patience)
def test_patience_pays(first: float, second: float) -> None:
    assert first_share(min(first + 0.005, 1.0), second) >= first_share(first, second)
    assert first_share(first, second + 0.005) <= first_share(first, second)


@pytest.mark.parametrize(
    ("rounds", "share"), [(1, 1.0), (2, 0.2), (3, 0.92), (4, 0.344), (5, 0.8624), (400, 0.714286)]
)
def test_published_shares_by_a_deadline(rounds: int, share: float) -> None:
    """B4: the last proposer takes all."""
    assert first_share_by_deadline(0.9, 0.8, rounds) == pytest.approx(share, abs=1e-6)


@given(patience, patience, st.integers(1, 30))
def test_deadline_is_backward_induction(first: float, second: float, rounds: int) -> None:
    expected = shares(rounds, first, second)[0]
    assert first_share_by_deadline(first, second, rounds) == pytest.approx(expected, abs=1e-12)


@given(st.floats(0.0, 1.0), st.integers(1, 40))
def test_common_patience_has_a_closed_form(common: float, rounds: int) -> None:
    """B4: (1 - (-d)**T) / (1 + d)."""
    expected = (1.0 - (-common) ** rounds) / (1.0 + common)
    assert first_share_by_deadline(common, common, rounds) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("pause", "share"), [(1.0, 0.350132), (0.1, 0.335001), (0.01, 0.333500), (0.0, 1 / 3)]
)
def test_published_shares_at_a_pause(pause: float, share: float) -> None:
    """B4: r = (.1, .05)."""
    assert first_share_at_pause(0.1, 0.05, pause) == pytest.approx(share, abs=1e-6)


@given(rates, rates, st.floats(0.001, 5.0))
def test_a_pause_only_sets_the_patience(first: float, second: float, pause: float) -> None:
    expected = first_share(math.exp(-first * pause), math.exp(-second * pause))
    assert first_share_at_pause(first, second, pause) == pytest.approx(expected, rel=1e-6)


@given(rates, rates)
def test_quick_offers_give_the_bargaining_weight(first: float, second: float) -> None:
    """The limit is the weight that the engine's Nash product uses."""
    weight = bargaining_weight(math.exp(-first), math.exp(-second))
    assert first_share_at_pause(first, second, 0.0) == pytest.approx(weight, rel=1e-9)
    assert first_share_at_pause(first, second, 1e-9) == pytest.approx(weight, rel=1e-6)


def test_fixed_costs() -> None:
    """B4: who waits more cheaply takes all; else only the other's cost."""
    assert first_share_at_fixed_costs(0.1, 0.2) == 1.0
    assert first_share_at_fixed_costs(0.2, 0.1) == 0.1
    assert first_share_at_fixed_costs(0.2, 0.2) == 0.2
    assert first_share_at_fixed_costs(1.0, 1.0) == 1.0


@given(st.floats(0.05, 0.99), st.floats(0.0, 1.0))
def test_outside_option_binds_or_changes_nothing(common: float, option: float) -> None:
    """B5: the responder gets max(d / (1 + d), s2)."""
    share = first_share_with_outside_option(common, common, option)
    assert 1.0 - share == pytest.approx(max(common / (1.0 + common), option), abs=1e-12)
    if option < common / (1.0 + common):
        assert share == first_share(common, common)


@given(st.floats(0.1, 0.9), st.floats(0.1, 0.9), st.floats(0.0, 1.0))
def test_outside_option_is_backward_induction(first: float, second: float, option: float) -> None:
    expected = shares(2001, first, second, option)[0]
    found = first_share_with_outside_option(first, second, option)
    assert found == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("chance", "share"), [(0.5, 0.5), (0.1, 0.415789), (0.01, 0.401508), (0.0, 0.4), (1.0, 0.7)]
)
def test_published_shares_under_breakdown(chance: float, share: float) -> None:
    """B5, binmore_rubinstein_wolinsky1986: b = (.1, .3)."""
    assert first_share_under_breakdown(chance, 0.1, 0.3) == pytest.approx(share, abs=1e-6)


@given(st.floats(0.01, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_breakdown_leaves_the_responder_what_refusal_brings(
    chance: float, first: float, second: float
) -> None:
    assume(first + second <= 1.0)
    x = first_share_under_breakdown(chance, first, second)
    y = first_share_under_breakdown(chance, second, first)
    assert 1.0 - x == pytest.approx(chance * second + (1.0 - chance) * y, abs=1e-12)
    assert first - 1e-12 <= x <= 1.0 - second + 1e-12


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda: first_share(1.0, 1.0), "never settle"),
        (lambda: first_share(1.1, 0.5), "patience_first is 1.1; it must lie between 0 and 1"),
        (lambda: first_share(0.5, -0.1), "patience_second"),
        (lambda: first_share_by_deadline(0.9, 0.9, 0), "rounds"),
        (lambda: first_share_by_deadline(0.9, 1.9, 1), "patience_second"),
        (lambda: first_share_at_pause(0.0, 0.1, 1.0), "rate_"),
        (lambda: first_share_at_pause(0.1, 0.0, 1.0), "rate_"),
        (lambda: first_share_at_pause(0.1, 0.1, -1.0), "pause"),
        (lambda: first_share_at_fixed_costs(0.0, 0.1), "cost"),
        (lambda: first_share_at_fixed_costs(0.1, 1.1), "cost"),
        (lambda: first_share_at_fixed_costs(0.1, 0.0), "cost"),
        (lambda: first_share_at_fixed_costs(1.1, 0.1), "cost"),
        (lambda: first_share_with_outside_option(0.9, 0.9, 1.1), "option"),
        (lambda: first_share_with_outside_option(0.9, 0.9, -0.1), "option"),
        (lambda: first_share_under_breakdown(1.1, 0.0, 0.0), "chance"),
        (lambda: first_share_under_breakdown(0.1, -0.1, 0.0), "fallback_first"),
        (lambda: first_share_under_breakdown(0.1, 0.6, 0.5), "breakdown"),
    ],
)
def test_bad_input_gets_a_sentence(call, word: str) -> None:
    with pytest.raises(UsageError, match=word):
        call()


def test_bounds_are_allowed() -> None:
    assert first_share(1.0, 0.0) == 1.0
    assert first_share(0.0, 1.0) == 0.0
    assert first_share_with_outside_option(0.5, 0.5, 1.0) == 0.0
    assert first_share_under_breakdown(0.3, 0.5, 0.5) == 0.5


def test_published_table_of_infinite_games() -> None:
    rows = read_rows("closed-form-bargaining/public_rubinstein_infinite.csv")
    assert len(rows) == 25
    for row in rows:
        share = first_share(float(row["delta_proposer"]), float(row["delta_responder"]))
        assert share == pytest.approx(float(row["proposer_share"]), abs=1e-8)
        assert 1.0 - share == pytest.approx(float(row["responder_share"]), abs=1e-8)
