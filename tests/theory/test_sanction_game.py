"""The sanction episode: backward induction by hand, and the selection effect."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from published import read_rows

from minsksim.theory.sanction_game import Episode, sanction_episode

NUMBER = st.floats(-2.0, 2.0)


def by_backward_induction(v: float, g: float, harm: float, pi: float, c: float, a: float) -> str:
    """Return the ending, found on the written-out tree; ties go to imposing and resisting."""
    imposed, backed_down = (pi - c, -harm, "imposed"), (-a, 0.0, "backed down")
    resisted = imposed if imposed[0] >= backed_down[0] else backed_down
    complied = (v, -g, "complied")
    after_threat = complied if complied[1] > resisted[1] else resisted
    return after_threat[2] if after_threat[0] > 0.0 else "status quo"


def ending(episode: Episode) -> str:
    """Return the ending in a word."""
    if not episode.is_threatened:
        return "imposed unannounced" if episode.is_imposed else "status quo"
    if episode.has_complied:
        return "complied"
    return "imposed" if episode.is_imposed else "backed down"


@given(NUMBER, st.floats(0.001, 2.0), NUMBER, NUMBER, NUMBER, st.floats(0.0, 2.0))
def test_every_episode_is_the_one_of_backward_induction(v, g, harm, pi, c, a):
    episode = sanction_episode(v, g, harm, pi, c, a)
    assert ending(episode) == by_backward_induction(v, g, harm, pi, c, a)
    assert episode.sender_payoff >= 0.0


@given(NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, st.floats(0.0, 2.0), st.booleans())
def test_no_target_complies_after_imposition(v, g, harm, pi, c, a, constrains):
    """S1: with complete information an imposed sanction that succeeds is a bug."""
    episode = sanction_episode(v, g, harm, pi, c, a, constrains)
    assert not (episode.is_imposed and episode.has_complied)
    if episode.has_complied:
        assert episode.target_payoff == -g
        assert episode.sender_payoff == v > 0.0


@pytest.mark.parametrize(
    ("audience_cost", "expected"), [(None, 0.625), (0.3, 0.3775 / 0.6275), (0.0, 0.5)]
)
def test_selection_effect_over_uniform_draws(audience_cost, expected):
    """S1: threats succeed, imposed sanctions never; shares by hand over the unit cube."""
    draws = np.random.default_rng(3).random((40_000, 6))
    if audience_cost is not None:
        draws[:, 5] = audience_cost
    episodes = [sanction_episode(*draw) for draw in draws.tolist()]
    threatened = [e for e in episodes if e.is_threatened]
    imposed = [e for e in episodes if e.is_imposed]
    assert len(imposed) > 5_000
    assert sum(e.has_complied for e in imposed) == 0
    share = sum(e.has_complied for e in threatened) / len(threatened)
    assert share == pytest.approx(expected, abs=0.01)


def test_a_dearer_retreat_makes_the_threat_credible():
    """pi - c_S = -0.3: credible from an audience cost of 0.3 on."""
    for audience_cost, complied in ((0.2, False), (0.3, True), (0.4, True)):
        assert sanction_episode(1.0, 0.5, 0.6, 0.2, 0.5, audience_cost).has_complied is complied


def test_a_sender_that_constrains_imposes_without_a_threat():
    """Motive: harm is the aim, so what the target would do plays no part."""
    coercing = sanction_episode(1.0, 0.5, 0.6, 0.7, 0.5, 0.0)
    constraining = sanction_episode(1.0, 0.5, 0.6, 0.7, 0.5, 0.0, is_constraining=True)
    assert ending(coercing) == "complied"
    assert ending(constraining) == "imposed unannounced"
    assert constraining.sender_payoff == pytest.approx(0.2)
    assert constraining.target_payoff == -0.6
    idle = sanction_episode(1.0, 0.5, 0.6, 0.5, 0.5, 0.0, is_constraining=True)
    assert idle == (False, False, False, 0.0, 0.0)


def test_nobody_threatens_for_nothing():
    assert sanction_episode(0.0, 0.5, 0.6, 0.5, 0.5, 0.0) == (False, False, False, 0.0, 0.0)


def test_published_threats_end_in_ways_that_complete_information_rules_out():
    """Lacy and Niou's point turned round: retreats in the record need private information."""
    for row in read_rows("sanctions/public_rates.csv"):
        ends = [int(row[key]) for key in ("target_concedes", "sender_imposes", "sender_backs_down")]
        assert sum(ends) == int(row["threats"])
        assert ends[2] > 0, "here the model would be enough"
    draws = np.random.default_rng(5).random((2_000, 6)).tolist()
    seen = {ending(sanction_episode(*draw)) for draw in draws}
    assert seen == {"complied", "imposed", "status quo"}
