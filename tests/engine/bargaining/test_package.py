"""The package on the table is the best one: against brute force that never calls the engine."""

from __future__ import annotations

from functools import cache

import brute_force as brute
import generators as make
import numpy as np
import pytest
import random_tables as tables

COUNTS: dict[tables.Kind, int] = {"linear": 30, "concave": 12, "opposed": 6}
CASES = [
    (kind, i, protocol)
    for kind, count in COUNTS.items()
    for i in range(count)
    for protocol in tables.PROTOCOLS
    if kind == "linear" or protocol != "kalai_smorodinsky" or i % 2 == 0
]
"""Kalai-Smorodinsky over curved levers asks for three optimisations a case: every other one."""


@cache
def drawn(kind: tables.Kind, i: int) -> tables.Draw:
    rng = np.random.default_rng([2026, i])
    return tables.draw(rng, kind, int(rng.integers(2, 5 if kind == "linear" else 4)))


def best_of(kind: tables.Kind) -> brute.Best:
    return brute.best_of_corners if kind == "linear" else brute.best_of_search


@pytest.mark.parametrize(("kind", "i", "protocol"), CASES)
def test_no_package_beats_the_one_offered(kind: tables.Kind, i: int, protocol: str) -> None:
    """Linear to 1e-6, curved to 1e-5; reservations hold; none offered only where none exists."""
    case = drawn(kind, i)
    table, best = case.table(protocol), best_of(kind)
    objective = brute.objective_of(table, best)
    most = best(table, objective, table.reservation)
    offer = tables.offered(case.document(protocol))
    if offer is None:
        assert most < 1e-4, "a package that suits both exists"
        return
    values = np.array([lever.now for lever in table.levers])
    for move in offer.moves:
        values[int(move.lever.removeprefix("lever_"))] = move.after
    gains = table.gains(values)
    np.testing.assert_allclose(gains, list(offer.gains.values()), atol=1e-8)
    assert (gains >= np.array(table.reservation) - 1e-8).all()
    for lever, value in zip(table.levers, values, strict=True):
        slack = 1e-9 * (lever.bounds[1] - lever.bounds[0])
        assert lever.reach[0] - slack <= value <= lever.reach[1] + slack
    tolerance = 1e-6 if kind == "linear" else 1e-5
    assert float(objective(gains)) >= most - tolerance


@pytest.mark.parametrize("i", range(6))
@pytest.mark.parametrize("kind", ["linear", "concave"])
def test_an_offer_is_efficient(kind: tables.Kind, i: int) -> None:
    """Pareto: with the first party kept at its gain, the second cannot have more."""
    case = drawn(kind, i)
    for protocol in tables.PROTOCOLS:
        offer = tables.offered(case.document(protocol))
        if offer is not None:
            first, second = offer.gains.values()
            table = case.table(protocol)
            most = best_of(kind)(table, brute.only(1), (first - 1e-9, 0.0))
            assert second >= most - 1e-5


def test_collinear_edges_of_one_lever_are_conceded_in_order() -> None:
    """A lever that costs nothing to move has a straight frontier through its present value."""
    rng = np.random.default_rng([0, 37])
    case = tables.draw(rng, "linear", int(rng.integers(2, 5)))
    offer = tables.offered(case.document("nash"))
    assert offer is not None
    table = case.table("nash")
    first, second = offer.gains.values()
    most = brute.best_of_corners(table, brute.nash(table.alpha), table.reservation)
    assert first**table.alpha * second ** (1 - table.alpha) >= most - 1e-6


def two_issues(
    first: tuple[float, float], second: tuple[float, float], *, protocol: str = "nash"
) -> make.Plain:
    """Two issues to divide: each lever gives its issue to its owner's partner."""
    actors = {
        "ada": make.actor({"x": first[0], "y": first[1]}),
        "ben": make.actor({"x": -second[0], "y": -second[1]}),
    }
    levers = {"x": make.lever("ada"), "y": make.lever("ben")}
    interests = {name: make.interest(make.term(f"levers.{name}")) for name in "xy"}
    room = make.channel(("ada", "ben"), ("x", "y"), protocol=protocol)
    return make.document(actors, levers, interests, channels={"room": room}, turns=1)


def test_tollison_willett_linkage_gives_each_its_important_issue() -> None:
    """B8: weights (.7, .3) and (.3, .7): linked u = (.7, .7), separately (.5, .5)."""
    plain = two_issues((0.7, 0.3), (0.3, 0.7))
    for name in "xy":  # begin in the middle: gains are then over one half each
        plain["levers"][name]["initial"] = make.number(0.5)
    offer = tables.offered(plain)
    assert offer is not None
    assert {move.lever: move.after for move in offer.moves} == {"x": 1.0, "y": 0.0}
    assert offer.gains == pytest.approx({"ada": 0.2, "ben": 0.2}, abs=1e-9)


def test_a_small_exchange_is_found_where_larger_ones_hurt() -> None:
    """Each gives z for 0.1 z**0.5: worth it up to 0.01 of a scale, most at 0.05**2 = 0.0025."""
    actors = {
        "ada": make.actor({"y_for_ada": 0.5, "x_for_ada": 0.5}),
        "ben": make.actor({"x_for_ben": 0.5, "y_for_ben": 0.5}),
    }
    levers = {"x": make.lever("ada"), "y": make.lever("ben")}
    interests = {
        "y_for_ada": make.interest(make.term("levers.y", 0.1, rho=0.5)),
        "x_for_ada": make.interest(make.term("levers.x", -1.0)),
        "x_for_ben": make.interest(make.term("levers.x", 0.1, rho=0.5)),
        "y_for_ben": make.interest(make.term("levers.y", -1.0)),
    }
    room = make.channel(("ada", "ben"), ("x", "y"))
    plain = make.document(actors, levers, interests, channels={"room": room}, turns=1)
    offer = tables.offered(plain)
    assert offer is not None
    assert {move.lever: move.after for move in offer.moves} == pytest.approx(
        {"x": 0.0025, "y": 0.0025}, rel=0.5
    )


@pytest.mark.parametrize("i", range(15))
def test_linkage_never_lowers_the_nash_product(i: int) -> None:
    """B8: the linked product is at least that of issue-by-issue bargains, added up."""
    case = drawn("linear", i)
    linked = tables.offered({**case.document("nash")})
    separate = np.zeros(2)
    for lever in range(len(case.levers)):
        alone = case.document("nash")
        alone["channels"]["room"]["table"] = [f"lever_{lever}"]
        offer = tables.offered(alone)
        if offer is not None:
            separate += list(offer.gains.values())
    alpha = case.table("nash").alpha
    together = np.zeros(2) if linked is None else np.array(list(linked.gains.values()))
    if linked is None:
        assert (separate < 1e-9).any() or (separate < np.array(case.reservation)).any()
        return
    product = brute.nash(alpha)
    assert product(together) >= product(separate) - 1e-9


@pytest.mark.parametrize("w", [0.2, 0.5, 0.7])
def test_linkage_gains_nothing_where_salience_ratios_are_equal(w: float) -> None:
    """B8: both weigh the issues alike, so pooling them makes no joint gain: no package."""
    plain = two_issues((w, 1 - w), (w, 1 - w))
    for name in "xy":
        plain["levers"][name]["initial"] = make.number(0.5)
    assert tables.offered(plain) is None


def surplus(protocol: str, reservation: float) -> make.Plain:
    """Ben can work for ada (she gains 1, he loses 1/2) and be paid (she loses 1, he gains 3/2)."""
    actors = {
        "ada": make.actor({"cash": -0.5, "work": 0.5}),
        "ben": make.actor({"cash": 0.75, "work": -0.25}, reservation=reservation),
    }
    levers = {"cash": make.lever("ada"), "work": make.lever("ben")}
    interests = {name: make.interest(make.term(f"levers.{name}", 2.0)) for name in levers}
    room = make.channel(("ada", "ben"), ("cash", "work"), protocol=protocol)
    return make.document(actors, levers, interests, channels={"room": room}, turns=1)


@pytest.mark.parametrize("protocol", ["nash", "kalai_smorodinsky", "egalitarian"])
def test_an_outside_option_changes_nothing_until_it_binds(protocol: str) -> None:
    """B5: the responder gets max(what it would get anyway, its option); both sides of the kink."""
    free = tables.offered(surplus(protocol, 0.0))
    assert free is not None
    share = free.gains["ben"]
    for option in (0.3 * share, 0.999 * share):
        offer = tables.offered(surplus(protocol, option))
        assert offer is not None
        assert offer.gains == free.gains
        assert offer.moves == free.moves
    bound = tables.offered(surplus(protocol, 1.2 * share))
    assert bound is not None
    assert bound.gains["ben"] == pytest.approx(1.2 * share, abs=1e-9)


def test_take_it_or_leave_it_leaves_the_second_party_its_reservation() -> None:
    offer = tables.offered(surplus("take_it_or_leave_it", 0.15))
    assert offer is not None
    assert offer.gains["ben"] == pytest.approx(0.15, abs=1e-9)


def test_patience_moves_the_split() -> None:
    """B1, B5: one pie, alpha = ln d2 / (ln d1 + ln d2); the more patient party gets more."""

    def share(patience: float) -> float:
        plain = surplus("nash", 0.0)
        plain["actors"]["ben"]["patience"] = make.number(patience)
        offer = tables.offered(plain)
        assert offer is not None
        return offer.gains["ben"]

    assert share(0.5) < share(0.9) < share(0.98)


def captives(protocol: str, reservation: float) -> make.Plain:
    """Ben holds ten people and releases whole persons; ada pays with relief."""
    actors = {
        "ada": make.actor({"people": 0.8, "relief": -0.2}),
        "ben": make.actor({"people": -0.6, "relief": 0.4}, reservation=reservation),
    }
    stocks = {
        "held": make.stock(10, whole=True, reference=(0, 10)),
        "home": make.stock(
            0, {"released": {"from": "held", "by": "release"}}, whole=True, reference=(0, 10)
        ),
    }
    levers = {
        "release": make.lever(
            "ben", bounds=(0, 10), step=(10, 10), more={"persistence": "momentary"}
        ),
        "relief": make.lever("ada"),
    }
    interests = {
        "people": make.interest(make.term("stocks.home")),
        "relief": make.interest(make.term("levers.relief")),
    }
    room = make.channel(("ada", "ben"), ("release", "relief"), protocol=protocol)
    return make.document(
        actors, levers, interests, channels={"room": room}, turns=1, more={"stocks": stocks}
    )


@pytest.mark.parametrize("protocol", tables.PROTOCOLS)
def test_people_are_released_whole(protocol: str) -> None:
    offer = tables.offered(captives(protocol, 0.04))  # 6.0 people leave ben exactly this
    assert offer is not None
    released = {move.lever: move.after for move in offer.moves}["release"]
    assert released == int(released)
    assert offer.gains["ben"] >= 0.04 - 1e-9


def test_rounding_never_loses_an_acceptable_package() -> None:
    """5.83 people would be best for ada; 5 suit both, 6 would fall below ben's reservation."""
    offer = tables.offered(captives("take_it_or_leave_it", 0.05))
    assert offer is not None
    assert {move.lever: move.after for move in offer.moves} == {"release": 5.0, "relief": 1.0}


def test_no_more_people_leave_than_are_held() -> None:
    plain = captives("egalitarian", 0.0)
    plain["stocks"]["held"]["initial"] = make.number(3)
    offer = tables.offered(plain)
    assert offer is not None
    assert {move.lever: move.after for move in offer.moves}["release"] <= 3.0


@pytest.mark.xfail(
    strict=True,
    reason="where a party dislikes what has falling returns its gain is convex, the set of gains "
    "need not be; narrowing around a mixture can lose every acceptable package",
)
@pytest.mark.parametrize("protocol", ["nash", "egalitarian", "take_it_or_leave_it"])
def test_a_package_is_found_where_a_gain_is_convex(protocol: str) -> None:
    """Beyond what is promised (linear or concave gains): a known limit, kept in sight."""
    rng = np.random.default_rng([7, 16])
    case = tables.draw(rng, "opposed", int(rng.integers(2, 4)))
    table = case.table(protocol)
    objective = brute.objective_of(table, brute.best_of_search)
    assert brute.best_of_search(table, objective, table.reservation) > 0.08
    assert tables.offered(case.document(protocol)) is not None
