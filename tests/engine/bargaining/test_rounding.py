"""What brings exactly what is asked is enough, though sums of moves round: 0.5 - 0.4 < 0.1."""

from __future__ import annotations

import generators as make
import numpy as np
import pytest

from minsksim import Model
from minsksim.rules.along_frontier import first_reaching, is_enough, last_keeping
from minsksim.rules.bargaining import settle
from minsksim.rules.protocols import choose_position
from minsksim.rules.ratification import assent_in_edge, nearest_assent
from minsksim.vocabulary import NASH, ULTIMATUM

BY_ONE = 0.5 - 0.4
ASKED = 0.1
NONE = (0.0, 0.0)
PROTOCOLS = [
    "nash", "kalai_smorodinsky", "egalitarian", "take_it_or_leave_it", "alternating_offers",
    "ultimatum", "exchange",
]  # fmt: skip
LUMPY = [one for one in PROTOCOLS if one != "alternating_offers"]


def swap(protocol: str, *, is_lumpy: bool, **asked: float) -> make.Plain:
    """One move of each; both together bring the first party, and a house at home, 0.5 - 0.4."""
    plain = make.document(
        {
            "ada": make.actor({"of_ada": 1.0}, reservation=asked.get("ada", 0.0)),
            "ben": make.actor({"of_ben": 1.0}, reservation=asked.get("ben", 0.0)),
            "house": make.actor({"of_ada": 1.0}),
        },
        {"give": make.lever("ada"), "take": make.lever("ben")},
        {
            "of_ada": make.interest(make.term("levers.give", -0.4), make.term("levers.take", 0.5)),
            "of_ben": make.interest(make.term("levers.give", 0.5), make.term("levers.take", -0.4)),
        },
        channels={"room": make.channel(("ada", "ben"), ("give", "take"), protocol=protocol)},
        turns=1,
    )
    if is_lumpy:
        for lever in plain["levers"].values():
            lever["steps"] = [0.0, 1.0]
    if "house" in asked:
        home = {"ada": {"by": "house", "needs": make.number(asked["house"])}}
        plain["channels"]["room"]["ratification"] = home
    return plain


def is_offered(plain: make.Plain) -> bool:
    (meeting,) = Model(make.scenario(plain)).run().meetings
    return meeting.offer is not None


def test_the_sum_rounds() -> None:
    assert BY_ONE < ASKED
    assert is_enough(BY_ONE, ASKED)
    assert not is_enough(ASKED - 1e-9, ASKED)


@pytest.mark.parametrize(
    ("protocol", "is_lumpy"), [(one, False) for one in PROTOCOLS] + [(one, True) for one in LUMPY]
)
@pytest.mark.parametrize("who", ["ada", "ben", "house"])
def test_exactly_what_is_asked_is_enough(who: str, protocol: str, is_lumpy: bool) -> None:
    assert is_offered(swap(protocol, is_lumpy=is_lumpy, **{who: ASKED}))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_more_than_all_is_not(protocol: str) -> None:
    both = {"ada": ASKED, "ben": ASKED}
    assert is_offered(swap(protocol, is_lumpy=False, **both))
    assert not is_offered(swap(protocol, is_lumpy=False, ada=ASKED + 1e-7, ben=ASKED))


def test_the_ends_of_a_frontier_and_its_only_point() -> None:
    short = np.array([BY_ONE])
    assert first_reaching(short, 0, ASKED) == last_keeping(short, 0, ASKED) == 0.0
    assert first_reaching(short, 0, 0.101) == last_keeping(short, 0, 0.101) == -1.0
    first, second = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    assert 1.0 - 0.8 < 0.2
    for protocol, choose in ((NASH, settle), (ULTIMATUM, choose_position)):
        given = (0.0,) if protocol == ULTIMATUM else ()
        for r1, r2 in ((0.7, 0.3), (0.1, 0.9), (0.9, 0.1), (0.8, 0.2), (0.2, 0.8)):
            asked = (r1, r2)
            assert choose(first, second, 1, protocol, 0.5, NONE, asked, NONE, *given) >= 0.0
            more = (r1 + 1e-6, r2)
            assert choose(first, second, 1, protocol, 0.5, NONE, more, NONE, *given) == -1.0


def test_what_two_ratifiers_leave_to_each_other() -> None:
    one, two = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    for share in np.linspace(0.01, 0.99, 99):
        needs = np.array([1.0 - share, share])
        found = nearest_assent(np.array([one, two]), 1, needs, 0.0, 1.0, 0.5)
        assert found == pytest.approx(share, abs=1e-9)
        assert nearest_assent(np.array([one, two]), 1, needs + 1e-9, 0.0, 1.0, 0.5) == -1.0


def test_one_edge_by_rounding() -> None:
    assert assent_in_edge(BY_ONE, BY_ONE, ASKED, (0.25, 0.5)) == (0.25, 0.5)
    assert assent_in_edge(0.0, BY_ONE, ASKED, (0.0, 1.0)) == (1.0, 1.0)
    assert assent_in_edge(BY_ONE, 0.0, ASKED, (0.0, 1.0)) == (0.0, 0.0)
    assert assent_in_edge(BY_ONE, 0.0, ASKED, (0.5, 1.0)) == (1.0, 0.0)
