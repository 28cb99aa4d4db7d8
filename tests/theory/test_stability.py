"""Stability of states: textbook games, published conflicts, brute force and nesting."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from published import read_document

from minsksim import UsageError
from minsksim.theory.stability import CONCEPTS, equilibria, reachable, stable_states

FLIPS = np.array(
    [
        [[s ^ 2 == t for t in range(4)] for s in range(4)],
        [[s ^ 1 == t for t in range(4)] for s in range(4)],
    ]
)
CC, CD, DC, DD = range(4)
payoffs2 = arrays.arrays(np.int64, (2, 5), elements=st.integers(0, 4))
moves2 = arrays.arrays(bool, (2, 5, 5))
payoffs3 = arrays.arrays(np.int64, (3, 5), elements=st.integers(0, 4))
moves3 = arrays.arrays(bool, (3, 5, 5))


def graph(raw: np.ndarray) -> np.ndarray:
    """Return moves without those from a state to itself."""
    return raw & ~np.eye(raw.shape[1], dtype=bool)


def stable_by_definition(p: np.ndarray, moves: np.ndarray, i: int, s: int, concept: str) -> bool:
    """Spell the definitions out for two actors, whose coalitions are one actor."""
    j = 1 - i
    for t in np.flatnonzero(moves[i, s]):
        if p[i, t] <= p[i, s]:
            continue
        answers = [int(u) for u in np.flatnonzero(moves[j, t])]
        if concept == "seq":
            answers = [u for u in answers if p[j, u] > p[j, t]]
        answers = [u for u in answers if p[i, u] <= p[i, s]]
        if concept == "smr":
            answers = [
                u for u in answers if all(p[i, v] <= p[i, s] for v in np.flatnonzero(moves[i, u]))
            ]
        if concept == "nash" or not answers:
            return False
    return True


def test_prisoners_dilemma() -> None:
    """G1: Nash {DD}; GMR = SMR = SEQ = {CC, DD}."""
    found = equilibria(np.array([[3, 1, 4, 2], [3, 4, 1, 2]]), FLIPS)
    assert found == {"nash": (DD,), "gmr": (CC, DD), "smr": (CC, DD), "seq": (CC, DD)}


def test_chicken() -> None:
    """G1: Nash = SEQ = {CD, DC}; GMR = SMR = {CC, CD, DC}."""
    found = equilibria(np.array([[3, 2, 4, 1], [3, 4, 2, 1]]), FLIPS)
    assert found["nash"] == found["seq"] == (CD, DC)
    assert found["gmr"] == found["smr"] == (CC, CD, DC)


@pytest.mark.parametrize(
    "name", ["elmira-groundwater", "euphrates-syria-iraq", "prisoners-dilemma"]
)
def test_published_conflicts(name: str) -> None:
    document = read_document(f"gmcr-conflicts/public_{name}.json")
    ids = [state["id"] for state in document["states"]]
    names = [actor["name"] for actor in document["decision_makers"]]
    payoffs = np.array([document["ordinal_payoffs"][actor] for actor in names])
    moves = np.zeros((len(names), len(ids), len(ids)), dtype=bool)
    for a, actor in enumerate(names):
        for one, other in document["unilateral_moves"][actor]:
            moves[a, ids.index(one), ids.index(other)] = True
    found = equilibria(payoffs, moves)
    for concept, expected in document["equilibria"].items():
        assert [ids[state] for state in found[concept.lower()]] == expected


@given(payoffs2, moves2, st.sampled_from(CONCEPTS))
def test_two_actors_by_definition(p: np.ndarray, raw: np.ndarray, concept: str) -> None:
    moves = graph(raw)
    found = stable_states(p, moves, concept)
    for i in range(2):
        for s in range(5):
            assert found[i, s] == stable_by_definition(p, moves, i, s, concept)


@given(payoffs3, moves3)
def test_concepts_are_nested(p: np.ndarray, raw: np.ndarray) -> None:
    """G1: Nash within SEQ and SMR, which are within GMR, actor by actor."""
    nash, gmr, smr, seq = (stable_states(p, graph(raw), concept) for concept in CONCEPTS)
    assert np.all(nash <= seq)
    assert np.all(nash <= smr)
    assert np.all(seq <= gmr)
    assert np.all(smr <= gmr)


@given(payoffs3, moves3, st.integers(1, 5))
def test_only_the_order_of_preferences_counts(p: np.ndarray, raw: np.ndarray, n: int) -> None:
    assert equilibria(p, graph(raw)) == equilibria(p**3 * n - 7, graph(raw))


def test_nobody_moves_twice_in_a_row() -> None:
    """0 to 1 by the first, 1 to 2 by the first again: out of reach unless the second moves."""
    moves = np.zeros((2, 4, 4), dtype=bool)
    moves[0, 0, 1] = moves[0, 1, 2] = moves[1, 1, 3] = moves[0, 3, 2] = True
    assert np.flatnonzero(reachable(moves, (0,))[0]).tolist() == [1]
    assert np.flatnonzero(reachable(moves, (0, 1))[0]).tolist() == [1, 2, 3]


def test_an_answer_may_need_two_others() -> None:
    """Three actors: the sanction of the first comes by a move of the second, then the third."""
    payoffs = np.array([[1, 2, 2, 0], [0, 0, 1, 1], [0, 0, 0, 1]])
    moves = np.zeros((3, 4, 4), dtype=bool)
    moves[0, 0, 1] = moves[1, 1, 2] = moves[2, 2, 3] = True
    assert stable_states(payoffs, moves, "seq")[0, 0]
    moves[2, 2, 3] = False
    assert not stable_states(payoffs, moves, "gmr")[0, 0]


def test_bad_input_gets_a_sentence() -> None:
    with pytest.raises(UsageError, match="it must be one of 'nash'"):
        stable_states(np.zeros((2, 4)), FLIPS, "stackelberg")
    with pytest.raises(UsageError, match="its shape is"):
        equilibria(np.zeros((2, 3)), FLIPS)
