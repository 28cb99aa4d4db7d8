"""A scenario read as a collective decision, and its levers as a graph of states."""

from __future__ import annotations

import numpy as np
import pytest

from minsksim import Scenario, UsageError, bench, load_case, load_scenario
from minsksim.analysis.rivals.conflict import find_conflict, moves_of
from minsksim.analysis.rivals.stakes import case_of, control, find_stakes, worth_of_states
from minsksim.theory.stability import equilibria


@pytest.fixture(scope="module")
def minsk() -> Scenario:
    """Return the flagship."""
    return load_scenario("minsk")


@pytest.fixture(scope="module")
def pie() -> Scenario:
    """Return the textbook case, whose utilities are known: Ana p, Bo q - p."""
    return load_scenario("split_the_pie")


def test_stakes_of_the_pie_are_known(pie: Scenario) -> None:
    found = find_stakes(pie)
    assert (found.actors, found.levers) == (("ana", "bo"), ("project", "payment"))
    np.testing.assert_allclose(found.margin, [[0.0, 1.0], [0.5, -0.5]] * np.array([[1.0], [2.0]]))
    np.testing.assert_allclose(control(found), [50.0, 100.0])


def test_the_pie_as_a_case(pie: Scenario) -> None:
    """Ana wants the payment, Bo the project and no payment; Ana does not mind the project."""
    case = case_of(pie)
    np.testing.assert_array_equal(case.positions, [[np.nan, 1.0], [1.0, 0.0]])
    np.testing.assert_allclose(case.salience, [[np.nan, 100.0], [100.0, 100.0]])
    answers = bench(pie).answers
    assert answers.loc["project", "compromise"] == 1.0
    assert answers.loc["payment", "compromise"] == pytest.approx(1.0 / 3.0)


def test_states_of_the_pie(pie: Scenario) -> None:
    found = find_conflict(pie)
    np.testing.assert_allclose(found.payoffs, [[0, 0, 1, 1], [0, 1, -1, 0]])
    assert found.equilibria["nash"] == (0, 1)
    assert found.equilibria["gmr"] == (0, 1, 3)
    assert [switch.lever for switch in found.moved(3)] == ["project", "payment"]


def test_a_cost_of_moving_is_the_owners(minsk: Scenario) -> None:
    """Without its cost the lever is worth that much more to its owner, and to nobody else."""
    free = load_scenario("minsk", [("levers.embassy.cost.up", "0")])
    dear, cheap = find_stakes(minsk), find_stakes(free)
    place = dear.levers.index("embassy")
    change = cheap.gain[:, place] - dear.gain[:, place]
    cost = minsk.document.levers["embassy"].cost.up.value
    expected = np.where(np.array(dear.actors) == "washington", cost, 0.0)
    np.testing.assert_allclose(change, expected, atol=1e-12)


def test_the_flagship_is_a_case(minsk: Scenario) -> None:
    case = load_case("minsk")
    names = [issue.name for issue in case.issues]
    assert "board_seat" not in names, "a lever that is switched off is no issue"
    assert "arrests" not in names, "nor is one that is on no table"
    at = dict(zip(case.actors, case.positions[:, names.index("potash_relief")], strict=True))
    assert (at["minsk"], at["ottawa"], at["moscow"]) == (1.0, 0.0, 1.0)
    assert np.nanmax(case.salience, axis=1) == pytest.approx(100.0)
    assert case.issues[names.index("potash_relief")].reference == 0.0
    assert case.capability.sum() <= 100.0 * len(case.actors)


def test_levers_that_multiply_each_other_are_valued_together(minsk: Scenario) -> None:
    """Insight on Caracas is worth more to Washington the more Caracas shares: insight x ties."""
    levers, far = ("venezuela_insight", "caracas_ties"), np.array([1.0, 1.0])
    payoffs = worth_of_states(minsk, levers, far)
    washington = list(minsk.document.actors).index("washington")
    insight, ties, both = payoffs[washington, 1:]
    assert both - insight - ties > 0.01
    swapped = worth_of_states(minsk, levers[::-1], far)
    np.testing.assert_allclose(swapped[:, 3], payoffs[:, 3], atol=1e-9)


def test_a_swap_holds_only_for_those_who_look_ahead(minsk: Scenario) -> None:
    """Relief for releases pays both and neither would do its part alone."""
    found = find_conflict(minsk, ("potash_relief", "release_exile"))
    assert np.all(found.payoffs[:, 3] > 0.0)
    assert found.equilibria["nash"] == (0,)
    assert found.equilibria["seq"] == (0, 3)


def test_reach_is_one_turn_or_the_scale(minsk: Scenario) -> None:
    turn, scale = (
        find_conflict(minsk, ("release_exile", "embassy"), reach) for reach in ("turn", "scale")
    )
    assert [switch.far for switch in turn.switches] == [200.0, 0.5]
    assert [switch.far for switch in scale.switches] == [1200.0, 1.0]


def test_default_levers_are_two_of_each_party(minsk: Scenario) -> None:
    found = find_conflict(minsk)
    owners = sorted(switch.owner for switch in found.switches)
    assert owners == ["minsk"] * 2 + ["washington"] * 2
    table = set(minsk.document.channels["washington_minsk"].table)
    assert {switch.lever for switch in found.switches} <= table


def test_the_tip_changes_the_equilibria_and_nothing_smaller_does(minsk: Scenario) -> None:
    found = find_conflict(minsk, ("potash_relief", "release_exile", "embassy"))
    tip = found.tip
    assert tip is not None
    levers = [switch.lever for switch in found.switches]
    owned = np.array([[s.owner == actor for s in found.switches] for actor in found.actors])
    moves, a = moves_of(owned), found.actors.index(tip.actor)

    def after(actor: int, number: int, change: float) -> dict[str, tuple[int, ...]]:
        payoffs = found.payoffs.copy()
        payoffs[actor, (np.arange(8) >> number & 1).astype(bool)] += change
        return equilibria(payoffs, moves)

    change = tip.edge - tip.value
    number = levers.index(tip.lever)
    flipped = after(a, number, change * (1 + 1e-6))
    assert flipped != found.equilibria
    for concept, states in tip.lost.items():
        assert set(found.equilibria[concept]) - set(flipped[concept]) == set(states)
    for actor in range(2):
        for other in range(3):
            for part in np.linspace(-0.999, 0.999, 41):
                assert after(actor, other, part * abs(change)) == found.equilibria


def test_moves_are_own_levers_in_any_combination() -> None:
    moves = moves_of(np.array([[True, False, True], [False, True, False]]))
    assert np.flatnonzero(moves[0, 0]).tolist() == [1, 4, 5]
    assert np.flatnonzero(moves[1, 0]).tolist() == [2]
    assert not moves[:, range(8), range(8)].any()


@pytest.mark.parametrize(
    ("levers", "hint"),
    [
        (("potash_relif", "embassy"), "Did you mean potash_relief"),
        (("embassy",), "two to 5"),
        (("embassy", "embassy"), "different levers"),
        (("arrests", "embassy"), "no lever 'arrests' on a table"),
    ],
)
def test_wrong_levers_get_a_sentence(minsk: Scenario, levers: tuple[str, ...], hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        find_conflict(minsk, levers)
