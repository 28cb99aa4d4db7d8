"""The vow never to concede, against the written-out streams of losses."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minsksim.errors import UsageError
from minsksim.theory.never_negotiate import Vow, vow_never_to_negotiate

LOSS = st.floats(0.1, 10.0)
RATE = st.floats(0.01, 1.0)


def test_vow_is_wanted_before_and_regretted_after() -> None:
    """H2: before 0.1 x 3 < 0.8 x 1, after 1 < 3, kept from 2 / (2 + .5) = .8 on."""
    assert vow_never_to_negotiate(3.0, 1.0, 0.8, 0.1) == Vow(True, True, pytest.approx(0.8))


@given(LOSS, LOSS, RATE, RATE, st.floats(0.02, 0.98))
def test_threshold_is_that_of_the_streams(
    loss: float, concession: float, if_conceding: float, if_refusing: float, delta: float
) -> None:
    """Concede once and for ever after, or refuse now and for ever after."""
    vow = vow_never_to_negotiate(loss, concession, if_conceding, if_refusing)
    assert vow.is_conceding_better_after == (concession < loss)
    assert vow.is_refusing_better_before == (if_refusing * loss < if_conceding * concession)
    turns = range(1, 4000)
    later = sum(delta**t for t in turns)
    concede = concession + later * if_conceding * concession
    refuse = loss + later * if_refusing * loss
    assume(loss > concession and abs(delta - vow.patience_needed) > 1e-6)
    assert (refuse < concede) == (delta > vow.patience_needed)


def test_who_gains_by_refusing_needs_no_patience() -> None:
    assert vow_never_to_negotiate(1.0, 2.0, 0.5, 0.1) == Vow(True, False, 0.0)
    assert vow_never_to_negotiate(2.0, 2.0, 0.5, 0.1) == Vow(True, False, 0.0)
    assert vow_never_to_negotiate(2.0, 2.0, 0.1, 0.5) == Vow(False, False, 0.0)


def test_no_patience_keeps_a_vow_that_deters_nobody() -> None:
    assert vow_never_to_negotiate(3.0, 1.0, 0.5, 0.5) == Vow(False, True, 1.0)
    assert vow_never_to_negotiate(4.0, 1.0, 1.0, 0.25) == Vow(False, True, 1.0)


def test_a_rate_is_a_share_of_turns() -> None:
    assert vow_never_to_negotiate(3.0, 1.0, 1.0, 0.0).is_refusing_better_before
    for rates in ((1.1, 0.5), (-0.1, 0.5), (0.5, 1.1), (0.5, -0.1)):
        with pytest.raises(UsageError, match=r"rate_if_.*between 0 and 1"):
            vow_never_to_negotiate(3.0, 1.0, *rates)
