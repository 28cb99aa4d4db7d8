"""Logit equilibria: closed forms, replies written out, published games, and Gambit's solver."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from published import read_document
from scipy.integrate import solve_ivp
from scipy.optimize import brentq
from scipy.special import expit, softmax

from minsksim.errors import UsageError
from minsksim.theory.quantal_equilibrium import quantal_equilibrium

DILEMMA = np.array([[9.0, 0.0], [10.0, 1.0]])
PENNIES = np.array([[1.0, -1.0], [-1.0, 1.0]])
SEXES = np.array([[3.0, 0.0], [0.0, 2.0]]), np.array([[2.0, 0.0], [0.0, 3.0]])
tables = arrays.arrays(float, (2, 3, 2), elements=st.floats(-3.0, 3.0))


def replies(payoffs: list[np.ndarray], mixes: list[np.ndarray], rationality: float) -> list:
    """Return everybody's logit reply to the others' mixes, summed over all profiles."""
    found = []
    for i, table in enumerate(payoffs):
        worth = np.zeros(table.shape[i])
        for profile in np.ndindex(table.shape):
            others = np.prod([mixes[k][j] for k, j in enumerate(profile) if k != i])
            worth[profile[i]] += others * table[profile]
        found.append(softmax(rationality * worth))
    return found


@given(tables, tables.map(lambda t: 2.0 * t), tables, st.floats(0.0, 3.0))
def test_everybody_replies_to_the_errors_of_all(
    one: np.ndarray, two: np.ndarray, three: np.ndarray, rationality: float
) -> None:
    payoffs = [one, two, three]
    mixes = quantal_equilibrium(payoffs, rationality)
    for mix, reply in zip(mixes, replies(payoffs, mixes, rationality), strict=True):
        np.testing.assert_allclose(mix, reply, atol=1e-8)


@pytest.mark.parametrize("rationality", [0.0, 0.5, 2.0, 30.0])
def test_closed_forms(rationality: float) -> None:
    for mix in quantal_equilibrium([DILEMMA, DILEMMA.T], rationality):
        np.testing.assert_allclose(mix[1], expit(rationality), atol=1e-9)
    for mix in quantal_equilibrium([PENNIES, -PENNIES], rationality):
        np.testing.assert_allclose(mix, 0.5, atol=1e-9)
    alone = quantal_equilibrium([np.array([0.0, 1.0, 2.0])], rationality)[0]
    np.testing.assert_allclose(alone, softmax(rationality * np.arange(3.0)), atol=1e-9)


@pytest.mark.parametrize("rationality", [0.3, 1.0, 4.0])
def test_pennies_with_one_large_prize(rationality: float) -> None:
    """One root: own payoff 9 on the first pair changes the own mix too, unlike in Nash."""
    prize = np.array([[9.0, 0.0], [0.0, 1.0]])

    def reply(q: float) -> float:
        return float(expit(rationality * (9.0 * q - (1.0 - q))))

    def excess(q: float) -> float:
        return float(expit(rationality * 2.0 * (1.0 - 2.0 * reply(q)))) - q

    root = brentq(excess, 0.0, 1.0, xtol=1e-14)
    first, second = quantal_equilibrium([prize, -PENNIES], rationality)
    assert second[0] == pytest.approx(root, abs=1e-9)
    assert first[0] == pytest.approx(reply(root), abs=1e-9)


def test_scale_of_utils_is_that_of_rationality() -> None:
    small = quantal_equilibrium([DILEMMA, DILEMMA.T], 0.7)
    large = quantal_equilibrium([1000.0 * DILEMMA + 5.0, DILEMMA.T * 1000.0], 0.0007)
    np.testing.assert_allclose(small, large, atol=1e-9)


def test_path_goes_round_its_bends_to_the_same_nash_point() -> None:
    """Past its bends the branch ends at Nash; straight steps in lambda would jump or fail."""
    stag = np.array([[5.0, 0.0], [4.0, 3.9]])
    first, second = quantal_equilibrium([stag, stag.T], 400.0)
    np.testing.assert_allclose((first, second), [(0.0, 1.0)] * 2, atol=1e-9)
    mixed = quantal_equilibrium(list(SEXES), 3000.0)
    np.testing.assert_allclose(mixed, [(0.6, 0.4), (0.4, 0.6)], atol=1e-3)


def branch_from_chance(payoffs: list[np.ndarray], rationality: float) -> np.ndarray:
    """Return the mixes of a game with two actions each, along the branch by fine integration.

    The branch solves d_i = lambda (u_i0 - u_i1) in the log odds d; its direction is what the
    derivatives by d and lambda, taken as small differences, leave at zero.
    """

    def chances(odds: np.ndarray) -> np.ndarray:
        return np.asarray(expit(np.stack([odds, -odds], axis=1)))

    def misses(state: np.ndarray) -> np.ndarray:
        mixes, worth = chances(state[:-1]), []
        for i, table in enumerate(payoffs):
            others = [mixes[k] for k in range(len(payoffs)) if k != i]
            worth.append(np.einsum("iab,a,b->i", np.moveaxis(table, i, 0), *others))
        return np.asarray(state[:-1] - state[-1] * np.array([w[0] - w[1] for w in worth]))

    size = len(payoffs) + 1

    def direction(_: float, state: np.ndarray) -> np.ndarray:
        nudges = 1e-6 * np.eye(size)
        slopes = np.array([misses(state + n) - misses(state - n) for n in nudges])
        minors = [np.linalg.det(np.delete(slopes, k, axis=0)) for k in range(size)]
        along = np.array([(-1) ** (size - 1 - k) * m for k, m in enumerate(minors)])
        return np.asarray(along / np.linalg.norm(along))

    def gap(_: float, state: np.ndarray) -> float:
        return float(state[-1] - rationality)

    gap.terminal = True
    path = solve_ivp(direction, (0, 1e4), np.zeros(size), events=gap, rtol=1e-8, atol=1e-10)
    return chances(path.y[:-1, -1])


@pytest.mark.parametrize(
    ("rationality", "tables_of_three"),
    [
        (1.0, [[6, 4, 1, 0, 8, 2, 8, 3], [5, 5, -7, -5, 1, 0, 2, 1], [7, -4, 0, 7, 2, 4, 4, -1]]),
        (
            10.0,
            [
                [7, -1, -5, -8, 3, 4, 6, -4],
                [-9, 6, -4, 4, 8, -4, 2, -3],
                [-6, -5, 0, -7, -2, -2, 6, 1],
            ],
        ),
    ],
    ids=["a cliff", "a turn"],
)
def test_long_steps_do_not_leave_the_branch(
    rationality: float, tables_of_three: list[list[int]]
) -> None:
    """Steps that went too far, or nowhere, are made again in halves."""
    payoffs = [np.reshape(np.array(table, dtype=float), (2, 2, 2)) for table in tables_of_three]
    found = quantal_equilibrium(payoffs, rationality)
    np.testing.assert_allclose(found, branch_from_chance(payoffs, rationality), atol=1e-5)


def published_games() -> dict[str, list[np.ndarray]]:
    found = {}
    for case in read_document("strategic-games/public_games.json"):
        shape = [len(actions) for actions in case["strategies"]]
        payoffs = [np.zeros(shape) for _ in shape]
        for row in case["payoffs"]:
            for table, payoff in zip(payoffs, row["payoffs"], strict=True):
                table[tuple(row["profile"])] = float(Fraction(payoff))
        found[case["name"]] = payoffs
    return found


def test_published_games_end_at_one_of_their_equilibria() -> None:
    games = published_games()
    for case in read_document("strategic-games/public_games.json"):
        mixes = quantal_equilibrium(games[case["name"]], 4000.0)
        distances = [
            max(
                float(np.abs(mix - [float(Fraction(p)) for p in published]).max())
                for mix, published in zip(mixes, equilibrium, strict=True)
            )
            for equilibrium in case["extreme_equilibria"]
        ]
        # the centipede ends inside an edge of equilibria, where only the first takes at once
        if case["name"] == "centipede-4":
            assert mixes[0][0] > 0.99
        else:
            assert min(distances) < 1e-3, case["name"]


@pytest.mark.parametrize("rationality", [0.5, 2.0, 10.0])
def test_against_gambit(rationality: float) -> None:
    gambit = pytest.importorskip("pygambit", reason="pip install '.[oracles]'")
    from pygambit.qre import logit_solve_lambda

    rng = np.random.default_rng(8)
    games = [[DILEMMA, DILEMMA.T], [np.array([[9.0, 0.0], [0.0, 1.0]]), -PENNIES]]
    games += [[rng.normal(size=(3, 4)) for _ in range(2)] for _ in range(4)]
    games += [[rng.normal(size=(2, 3, 2)) for _ in range(3)]]
    games += [
        payoffs
        for name, payoffs in published_games().items()
        # at a fork of a symmetric game the two solvers take different branches
        if name != "battle-of-the-sexes"
    ]
    for payoffs in games:
        game = gambit.Game.from_arrays(*payoffs)
        profile = logit_solve_lambda(game, [rationality])[0].profile
        theirs = [[float(profile[s]) for s in who.strategies] for who in game.players]
        for mix, other in zip(quantal_equilibrium(payoffs, rationality), theirs, strict=True):
            np.testing.assert_allclose(mix, other, atol=1e-6)


def test_bad_input_gets_a_sentence() -> None:
    for payoffs in ([DILEMMA], [DILEMMA, DILEMMA[:1]], [np.zeros((0, 2))] * 2):
        with pytest.raises(UsageError, match=f"A game of {len(payoffs)} actors needs as many"):
            quantal_equilibrium(payoffs, 1.0)
    for rationality in (-0.1, np.nan, np.inf):
        with pytest.raises(UsageError, match=r"rationality is .*must (not be negative|be finite)"):
            quantal_equilibrium([DILEMMA, DILEMMA], rationality)
    with pytest.raises(UsageError, match=r"payoffs is .*must be finite"):
        quantal_equilibrium([np.full((2, 2), np.inf), DILEMMA], 1.0)
    with pytest.raises(UsageError, match=r"payoffs is .*must be finite"):
        quantal_equilibrium([np.array([[1.0, np.nan], [0.0, 2.0]]), DILEMMA], 1.0)
    flat = quantal_equilibrium([np.zeros((2, 2))] * 2, 5.0)
    np.testing.assert_allclose(flat, 0.5)
