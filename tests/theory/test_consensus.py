"""Opinions in the long run: the kernel's own step leaves them where they are; published cases."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from published import read_rows

from minsksim.errors import UsageError
from minsksim.rules.influence import friedkin_johnsen
from minsksim.theory.consensus import consensus_weights, settled_opinions

W = np.array([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25], [0.0, 0.5, 0.5]])
X0 = np.array([0.0, 0.2, 1.0])
# what somebody may pay attention to: often nothing at all, so that groups fall apart
attentions = arrays.arrays(float, (5, 5), elements=st.sampled_from([0.0, 0.0, 0.0, 1.0, 2.0]))
opennesses = arrays.arrays(float, 5, elements=st.sampled_from([0.0, 0.3, 0.9, 1.0, 1.0]))
starts = arrays.arrays(float, (5, 2), elements=st.floats(-1.0, 1.0))


def one_turn(
    attention: np.ndarray, openness: np.ndarray, innate: np.ndarray, now: np.ndarray
) -> np.ndarray:
    """Return the opinions after one turn of the rule that the kernel calls."""
    after = np.zeros(innate.shape)
    for a in range(len(innate)):
        friedkin_johnsen(attention[a], float(openness[a]), innate[a], now, after[a])
    return after


def scaled(attention: np.ndarray) -> np.ndarray:
    total = attention.sum(axis=1, keepdims=True)
    return np.divide(attention, total, out=np.zeros_like(attention), where=total > 0.0)


def test_oracle_n1() -> None:
    weights = consensus_weights(W)
    np.testing.assert_allclose(weights, (0.25, 0.5, 0.25), atol=1e-12)
    assert weights @ X0 == pytest.approx(0.35)
    np.testing.assert_allclose(settled_opinions(W, np.ones(3), X0), 0.35)


def test_oracle_n2() -> None:
    settled = settled_opinions(W, np.array([0.5, 0.8, 0.2]), X0)
    np.testing.assert_allclose(settled, (0.142029, 0.426087, 0.936232), atol=1e-6)
    each_other = np.array([[0.0, 1.0], [1.0, 0.0]])
    pair = settled_opinions(each_other, np.array([0.6, 0.3]), np.array([0.0, 1.0]))
    np.testing.assert_allclose(pair, (0.512195, 0.853659), atol=1e-6)
    np.testing.assert_array_equal(settled_opinions(W, np.zeros(3), X0), X0)


@given(attentions, opennesses, starts)
def test_one_turn_of_the_kernels_rule_changes_nothing(
    attention: np.ndarray, openness: np.ndarray, innate: np.ndarray
) -> None:
    attention = scaled(attention + 0.25 * np.diag(attention.sum(axis=1)))
    settled = settled_opinions(attention, openness, innate)
    after = one_turn(attention, openness, innate, settled)
    np.testing.assert_allclose(after, settled, atol=1e-9)
    assert np.all(settled >= innate.min(axis=0) - 1e-9)
    assert np.all(settled <= innate.max(axis=0) + 1e-9)
    walked = innate
    for _ in range(4000):
        walked = np.where(
            attention.sum(axis=1, keepdims=True) > 0.0,
            (1.0 - openness[:, None]) * innate + openness[:, None] * (attention @ walked),
            innate,
        )
    np.testing.assert_allclose(settled, walked, atol=1e-6)


@given(attentions)
def test_consensus_is_where_listening_ends(attention: np.ndarray) -> None:
    attention = scaled(attention + np.diag(attention.sum(axis=1)) + np.eye(5) * 0.25)
    limit = np.linalg.matrix_power(attention, 2**14)
    rows_agree = bool(np.abs(limit - limit[0]).max() < 1e-9)
    if rows_agree:
        np.testing.assert_allclose(consensus_weights(attention), limit[0], atol=1e-9)
    else:
        with pytest.raises(UsageError, match="never hear each other"):
            consensus_weights(attention)


def test_who_is_heard_by_nobody_does_not_count() -> None:
    follower = np.array([[0.0, 1.0, 0.0], [0.0, 0.5, 0.5], [0.0, 0.25, 0.75]])
    np.testing.assert_allclose(consensus_weights(follower), (0.0, 1 / 3, 2 / 3))
    settled = settled_opinions(follower, np.array([1.0, 1.0, 1.0]), np.array([9.0, 0.0, 3.0]))
    np.testing.assert_allclose(settled, (2.0, 2.0, 2.0))


def test_two_groups_that_never_hear_each_other() -> None:
    apart = np.array([[1.0, 0.0, 0.0], [0.0, 0.5, 0.5], [0.0, 0.5, 0.5]])
    with pytest.raises(UsageError, match=r"actors \[0\] and actors \[1, 2\] never hear"):
        consensus_weights(apart)
    settled = settled_opinions(apart, np.ones(3), X0)
    np.testing.assert_allclose(settled, (0.0, 0.6, 0.6))


def test_who_heeds_nobody_keeps_the_start() -> None:
    silent = np.array([[0.0, 0.0], [1.0, 0.0]])
    settled = settled_opinions(silent, np.array([1.0, 0.5]), np.array([1.0, 0.0]))
    np.testing.assert_allclose(settled, (1.0, 0.5))
    with pytest.raises(UsageError, match="heeds nobody"):
        consensus_weights(silent)


def test_bad_input_gets_a_sentence() -> None:
    circling = np.array([[0.0, 1.0], [1.0, 0.0]])
    for find in (consensus_weights, lambda w: settled_opinions(w, np.ones(2), X0[:2])):
        with pytest.raises(UsageError, match="circle for ever"):
            find(circling)
        for wrong in ([[0.5, 0.6], [0.0, 1.0]], [[1.5, -0.5], [0.0, 1.0]]):
            with pytest.raises(UsageError, match=r"sums to 1, or to 0|must not be negative"):
                find(np.array(wrong))
    for susceptibility in (-0.1, 1.1):
        with pytest.raises(UsageError, match="between 0 and 1"):
            settled_opinions(circling, np.array([0.5, susceptibility]), X0[:2])


def test_published_friedkin_johnsen_group() -> None:
    """Four people judge an issue; published 60, 60, 75, 75."""
    folder = "friedkin-johnsen"
    rows = read_rows(f"{folder}/influence_matrix.csv")
    attention = np.array([[float(row[str(b)]) for b in range(1, 5)] for row in rows])
    openness = np.array([float(row["susceptibility"]) for row in rows])
    people = read_rows(f"{folder}/issue_a_public.csv")
    innate = np.array([float(row["initial"]) for row in people])
    settled = settled_opinions(attention, openness, innate)
    computed = [float(row["computed_equilibrium"]) for row in people]
    np.testing.assert_allclose(settled, computed, atol=1e-6)
    published = [float(row["published_equilibrium_rounded"]) for row in people]
    np.testing.assert_array_equal(settled.round(), published)
    now = innate[:, None]
    for row in read_rows(f"{folder}/issue_a_path.csv"):
        path = [float(row[f"agent_{a}"]) for a in range(1, 5)]
        np.testing.assert_allclose(now[:, 0], path, atol=1e-5)
        now = one_turn(attention, openness, innate[:, None], now)


def test_karate_club_splits_as_its_members_did() -> None:
    """Leaders 1 and 34 stay where they are, the others average: at least 32 of 34 factions."""
    folder = "signed-and-social-networks"
    club = nx.Graph()
    for row in read_rows(f"{folder}/public_karate_edges.csv"):
        club.add_edge(int(row["member_1"]), int(row["member_2"]), weight=float(row["weight"]))
    members = sorted(club)
    attention = scaled(nx.to_numpy_array(club, nodelist=members))
    openness = np.array([float(member not in (1, 34)) for member in members])
    start = np.array([{1: -1.0, 34: 1.0}.get(member, 0.0) for member in members])
    settled = settled_opinions(attention, openness, start)
    faction = {
        int(row["member"]): row["faction_after_split"]
        for row in read_rows(f"{folder}/public_karate_outcome.csv")
    }
    sides = [settled[k] < 0.0 for k in range(len(members))]
    right = sum(
        (faction[member] == faction[1]) == side for member, side in zip(members, sides, strict=True)
    )
    assert right >= 32
