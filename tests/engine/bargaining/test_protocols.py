"""Every protocol at a table of the engine, against closed forms and against brute force."""

from __future__ import annotations

from functools import cache
from typing import Any

import brute_force as brute
import generators as make
import numpy as np
import pytest
import random_tables as tables
from test_package import drawn, two_issues

from minsksim.engine.record.run import Offer
from minsksim.rules.alternating_offers import worth_of_waiting
from minsksim.rules.bargaining import nash_position, value_at
from minsksim.rules.variable_threats import threat_point
from minsksim.rules.zeuthen import CONCESSIONS
from minsksim.theory.alternating_offers import (
    first_share,
    first_share_by_deadline,
    first_share_under_breakdown,
    first_share_with_outside_option,
)

CASES = [("linear", i) for i in range(16)] + [("concave", i) for i in range(6)]
EFFICIENT = ("alternating_offers", "zeuthen", "threats", "credible_threats", "ultimatum")


def pie(
    *,
    patience: tuple[float, float] = (0.9, 0.9),
    options: tuple[float, float] = (0.0, 0.0),
    rationality: float = make.ALWAYS,
    most: float = 1.0,
    threats: tuple[tuple[float, float], ...] = (),
    audience_cost: float = 0.0,
    **of_room: Any,
) -> make.Plain:
    """A pie of one util that ben's project opens; ada pays him up to ``most`` of it.

    A threat (own, other's) is what the first, then the second party can do to both, in pies.
    """
    own = {"opened": 1.0, "paid": -1.0}
    actors = {"ada": own, "ben": {"paid": 1.0}}
    levers = {"open": make.lever("ben"), "pay": make.lever("ada", step=(most, most))}
    interests = {
        "opened": make.interest(make.term("levers.open")),
        "paid": make.interest(make.term("levers.pay")),
    }
    for side, (cost, harm) in enumerate(threats):
        name, (maker, victim) = f"threat_{side}", [("ada", "ben"), ("ben", "ada")][side]
        levers[name] = make.lever(maker, unilateral="up")
        for who, size in ((maker, cost), (victim, harm)):
            actors[who] |= {f"{name}_{who}": size}
            interests[f"{name}_{who}"] = make.interest(make.term(f"levers.{name}"))
    scale = {name: sum(map(abs, weights.values())) for name, weights in actors.items()}
    people = {
        name: make.actor(
            weights,
            patience=patience[side],
            rationality=rationality * scale[name],
            reservation=options[side] / scale[name],
            audience_cost=audience_cost / scale[name],
        )
        for side, (name, weights) in enumerate(actors.items())
    }
    room = make.channel(("ada", "ben"), tuple(levers), protocol=of_room.pop("protocol"))
    return make.document(people, levers, interests, channels={"room": {**room, **of_room}}, turns=1)


def shares(plain: make.Plain) -> tuple[float, float]:
    """Both gains in pies, not in the normalised utils of the actors."""
    offer = tables.offered(plain)
    assert offer is not None
    scale = [
        sum(abs(weight["value"]) for weight in plain["actors"][name]["salience"].values())
        for name in ("ada", "ben")
    ]
    first, second = offer.gains.values()
    return first * scale[0], second * scale[1]


@pytest.mark.parametrize(("d1", "d2"), [(0.9, 0.8), (0.95, 0.95), (0.5, 0.5)])
def test_rubinstein(d1: float, d2: float) -> None:
    """B4: 5/7, .512821, 2/3."""
    found = shares(pie(patience=(d1, d2), protocol="alternating_offers"))
    assert found == pytest.approx((first_share(d1, d2), 1 - first_share(d1, d2)), abs=1e-9)


@pytest.mark.parametrize("rounds", [1, 2, 3, 4, 5, 100])
def test_a_deadline(rounds: int) -> None:
    """B4: 1, .2, .92, .344, .8624."""
    found = shares(pie(patience=(0.9, 0.8), protocol="alternating_offers", rounds=rounds))
    assert found[0] == pytest.approx(first_share_by_deadline(0.9, 0.8, rounds), abs=1e-9)


@pytest.mark.parametrize("option", [0.0, 0.47, 0.48, 0.6])
def test_an_outside_option_of_the_responder(option: float) -> None:
    """B5: both sides of the kink."""
    found = shares(pie(options=(0.0, option), protocol="alternating_offers"))
    expected = first_share_with_outside_option(0.9, 0.9, option)
    assert found[0] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("chance", [0.5, 0.1])
def test_a_risk_of_breakdown(chance: float) -> None:
    """B5: b = (.1, .3) gives .5 and .415789; nobody is impatient."""
    plain = pie(
        patience=(1 - 1e-9, 1 - 1e-9),
        options=(0.1, 0.3),
        protocol="alternating_offers",
        breakdown=make.number(chance),
    )
    expected = first_share_under_breakdown(chance, 0.1, 0.3)
    assert shares(plain)[0] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("h", [0.4, 0.6])
def test_theories_part_where_the_frontier_has_a_kink(h: float) -> None:
    """B2: {u1 + u2 <= 1, u2 <= h}: KS = (1 / (1 + h), h / (1 + h)); Nash (.5, .5) or (1 - h, h)."""
    expected = {
        "kalai_smorodinsky": 1 / (1 + h),
        "nash": 0.5 if h >= 0.5 else 1 - h,
        "egalitarian": 0.5 if h >= 0.5 else 1 - h,
        "take_it_or_leave_it": 1.0,
        "alternating_offers": max(1 / 1.9, 1 - 0.9 * h),
    }
    for protocol, share in expected.items():
        found = shares(pie(most=h, protocol=protocol))
        # the normalised utils of ada are half a pie each: only egalitarian asks in whose utils
        if protocol != "egalitarian":
            assert found[0] == pytest.approx(share, abs=1e-9), protocol


def test_zeuthen_ends_at_the_symmetric_nash_point_whoever_can_wait() -> None:
    """B6: within one step of a two-hundredth of the pie."""
    plain = pie(patience=(0.95, 0.6), options=(0.0, 0.0), protocol="zeuthen")
    assert shares(plain)[0] == pytest.approx(0.5, abs=1 / CONCESSIONS)
    assert shares(pie(patience=(0.95, 0.6), protocol="nash"))[0] > 0.8


@pytest.mark.parametrize(
    ("threats", "lead"),
    [
        (((-0.1, -0.5),), 0.4),
        (((-0.5, -0.1),), 0.0),
        (((-0.1, -0.5), (-0.2, -0.4)), 0.2),
        (((-0.1, -0.3), (-0.2, -0.8)), -0.4),
    ],
)
def test_threats_move_the_split_by_half_their_lead(
    threats: tuple[tuple[float, float], ...], lead: float
) -> None:
    """B7: (sigma + v) / 2 with v the value of A - B, lever by lever; no empty threat."""
    found = shares(pie(threats=threats, protocol="threats"))
    assert found == pytest.approx(((1 + lead) / 2, (1 - lead) / 2), abs=1e-9)


@pytest.mark.parametrize(("audience_cost", "counts"), [(0.05, False), (0.15, True)])
def test_only_credible_threats_count(audience_cost: float, counts: bool) -> None:
    """S1: imposing is credible iff it brings the sender at least minus its audience cost."""
    plain = pie(threats=((-0.1, -0.5),), audience_cost=audience_cost, protocol="credible_threats")
    assert shares(plain)[0] == pytest.approx(0.7 if counts else 0.5, abs=1e-9)
    secret = pie(
        threats=((-0.1, -0.5),), audience_cost=0.15, protocol="credible_threats", public=False
    )
    assert shares(secret)[0] == pytest.approx(0.5, abs=1e-9)


def test_linked_issues_gain_what_separate_ones_forgo() -> None:
    """B8: weights (.7, .3) and (.3, .7): linked .2 each over one half each; separately nothing."""
    for protocol, gain in (("nash", 0.2), ("separate", None), ("exchange", 0.2)):
        plain = two_issues((0.7, 0.3), (0.3, 0.7), protocol=protocol)
        for name in "xy":
            plain["levers"][name]["initial"] = make.number(0.5)
        offer = tables.offered(plain)
        if gain is None:
            assert offer is None
        else:
            assert offer is not None
            assert offer.gains == pytest.approx({"ada": gain, "ben": gain}, abs=1e-9)


def best_of(kind: str) -> brute.Best:
    return brute.best_of_corners if kind == "linear" else brute.best_of_search


@cache
def offers(kind: tables.Kind, i: int, protocol: str) -> Offer | None:
    return tables.offered(drawn(kind, i).document(protocol))


def gains(offer: Offer) -> tuple[float, float]:
    first, second = offer.gains.values()
    return first, second


@pytest.mark.parametrize(("kind", "i"), CASES)
def test_an_offer_suits_both_and_wastes_nothing(kind: tables.Kind, i: int) -> None:
    """Individual rationality and Pareto, where protocols look for a point of the frontier."""
    case, best = drawn(kind, i), best_of(kind)
    plain = offers(kind, i, "nash")
    for protocol in EFFICIENT:
        offer = offers(kind, i, protocol)
        if offer is None:
            assert plain is None, protocol
            continue
        first, second = gains(offer)
        assert first >= case.reservation[0] - 1e-8
        assert second >= case.reservation[1] - 1e-8
        most = best(case.table(protocol), brute.only(1), (first - 1e-7, 0.0))
        assert second >= most - 2e-5, protocol


@pytest.mark.parametrize(("kind", "i"), CASES)
def test_offers_in_turn_leave_each_what_waiting_would_bring(kind: tables.Kind, i: int) -> None:
    """B4 on any frontier: V(x) = W2(V(y)), U(y) = W1(U(x)), with y found by brute force."""
    case, best = drawn(kind, i), best_of(kind)
    offer = offers(kind, i, "alternating_offers")
    if offer is None:
        return
    table, (r1, r2), (d1, d2) = case.table("nash"), case.reservation, case.patience
    first, second = gains(offer)
    kept = worth_of_waiting(first, d1, 0.0, r1)
    counter = best(table, brute.only(1), (kept, r2))
    asked = worth_of_waiting(counter, d2, 0.0, r2)
    slack = 1e-6 if kind == "linear" else 2e-4
    if second > asked + slack:
        # the frontier begins above what is asked: the first party gets all it can
        assert first == pytest.approx(best(table, brute.only(0), (r1, r2)), abs=1e-6)
    else:
        assert second == pytest.approx(asked, abs=slack)


@pytest.mark.parametrize("rounds", [1, 2, 3])
@pytest.mark.parametrize(("kind", "i"), [("linear", 1), ("linear", 5), ("concave", 2)])
def test_a_deadline_on_any_frontier(kind: tables.Kind, i: int, rounds: int) -> None:
    case, best = drawn(kind, i), best_of(kind)
    plain = case.document("alternating_offers")
    plain["channels"]["room"]["rounds"] = rounds
    offer = tables.offered(plain)
    if offer is None:
        assert offers(kind, i, "nash") is None
        return
    table, least = case.table("nash"), list(case.reservation)
    asked, value = list(least), 0.0
    for number in range(rounds, 0, -1):
        own = 0 if number % 2 == 1 else 1
        floor = (least[0], asked[1]) if own == 0 else (asked[0], least[1])
        value = best(table, brute.only(own), floor)
        asked[own] = worth_of_waiting(value, case.patience[own], 0.0, least[own])
    assert gains(offer)[0] == pytest.approx(value, abs=1e-6 if kind == "linear" else 1e-4)


def objective_of(protocol: str, case: tables.Draw) -> brute.Objective:
    """What zeuthen and ultimatum maximise."""
    if protocol == "zeuthen":
        return brute.nash(0.5)
    steep, least = make.ALWAYS, case.reservation[1]
    rationality = min(steep, 30.0)
    return brute.Objective(
        (lambda g: g[..., 0] / (1.0 + np.exp(-rationality * (g[..., 1] - least))),)
    )


@pytest.mark.parametrize("protocol", ["zeuthen", "ultimatum"])
@pytest.mark.parametrize(("kind", "i"), CASES)
def test_no_package_beats_the_one_offered(kind: tables.Kind, i: int, protocol: str) -> None:
    case, best = drawn(kind, i), best_of(kind)
    plain = case.document(protocol)
    if protocol == "ultimatum":
        plain["actors"]["ben"]["rationality"] = make.number(30.0)
    offer = tables.offered(plain)
    objective = objective_of(protocol, case)
    table = case.table(protocol)
    most = best(table, objective, case.reservation)
    if offer is None:
        assert most < 1e-4
        return
    found = float(objective(np.array(gains(offer))))
    ideal = best(table, brute.only(0), case.reservation)
    slack = ideal / CONCESSIONS if protocol == "zeuthen" else 1e-5
    assert most - slack <= found <= most + 1e-6


def pairs(case: tables.Draw) -> list[brute.Table]:
    """The tables of one lever of each party that an exchange chooses from."""
    table = case.table("egalitarian")
    return [
        brute.Table((a, b), table.trust, table.patience, table.reservation, "egalitarian")
        for a in table.levers
        for b in table.levers
        if (a.owner, b.owner) == (0, 1)
    ]


@pytest.mark.parametrize(("kind", "i"), CASES)
def test_an_exchange_is_the_best_swap_at_equal_gains(kind: tables.Kind, i: int) -> None:
    """B9's rule at a table of two: one lever each, equal gains, the largest there are."""
    case = drawn(kind, i)
    if {lever.owner for lever in case.levers} != {0, 1}:
        return
    offer = offers(kind, i, "exchange")
    even = brute.evenly((1.0, 1.0))
    most = max(best_of(kind)(table, even, case.reservation) for table in pairs(case))
    if offer is None:
        assert most < 1e-4
        return
    first, second = gains(offer)
    assert min(first, second) == pytest.approx(most, abs=1e-6 if kind == "linear" else 1e-5)
    assert len({move.owner for move in offer.moves}) == len(offer.moves) <= 2


@pytest.mark.parametrize(("kind", "i"), CASES)
def test_separate_bargains_add_up(kind: tables.Kind, i: int) -> None:
    case = drawn(kind, i)
    alone: list[np.ndarray] = []
    for lever in range(len(case.levers)):
        plain = case.document("nash")
        plain["channels"]["room"]["table"] = [f"lever_{lever}"]
        for party in tables.PARTIES:
            plain["actors"][party]["reservation"] = make.number(0.0)
        offer = tables.offered(plain)
        alone.append(np.zeros(2) if offer is None else np.array(gains(offer)))
    total = np.sum(alone, axis=0)
    offer = offers(kind, i, "separate")
    if offer is None:
        assert total.sum() < 1e-8 or (total < np.array(case.reservation) + 1e-9).any()
        return
    np.testing.assert_allclose(gains(offer), total, atol=1e-9)


def hull(table: brute.Table) -> tuple[np.ndarray, np.ndarray]:
    """The frontier of a linear table, from corners: an upper right hull."""
    choices = [sorted({*lever.reach, lever.now}) for lever in table.levers]
    grid = np.stack(np.meshgrid(*choices, indexing="ij"), axis=-1).reshape(-1, len(choices))
    points = sorted(map(tuple, table.gains(grid)), key=lambda g: (-g[0], -g[1]))
    chain: list[tuple[float, float]] = []
    for u, v in points:
        if chain and v <= chain[-1][1] + 1e-15:
            continue
        while len(chain) > 1:
            (a, b), (x, y) = chain[-2], chain[-1]
            if (y - b) * (a - u) >= (v - b) * (a - x):
                break
            chain.pop()
        chain.append((u, v))
    first, second = np.array(chain).T
    return first, second


@pytest.mark.parametrize("i", range(12))
def test_threats_are_counted_in_full_and_bound_by_no_agreement(i: int) -> None:
    """The threat point worked out outside the engine, then Nash from it on the hull of corners."""
    case = drawn("linear", i)
    plain, table = case.document("threats"), case.table("nash")
    for name in plain["levers"]:
        plain["levers"][name]["unilateral"] = "both"

    def rows(side: int) -> np.ndarray:
        return np.array(
            [
                [0.0, *(float(lv.gain(side, np.array(end), 1.0)) for end in lv.reach)]
                for lv in table.levers
            ]
        )

    first, second = hull(table)
    counts, owners = np.full(len(table.levers), 3), np.array([lv.owner for lv in table.levers])
    point = threat_point(
        first, second, len(first) - 1, table.alpha, rows(0), rows(1),
        counts, owners, len(table.levers),
    )  # fmt: skip
    offer = tables.offered(plain)
    least = case.reservation
    position = nash_position(first, second, len(first) - 1, table.alpha, *point)
    wanted = value_at(first, position), value_at(second, position)
    if offer is None:
        assert offers("linear", i, "nash") is None or max(point) > 0.0
        return
    got = gains(offer)
    if wanted[0] >= least[0] and wanted[1] >= least[1]:
        assert got == pytest.approx(wanted, abs=1e-7)
    else:
        assert min(got[0] - least[0], got[1] - least[1]) == pytest.approx(0.0, abs=1e-7)
