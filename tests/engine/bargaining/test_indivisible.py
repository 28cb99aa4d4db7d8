"""Levers that come in lumps: the package on the table is the best one, by enumeration."""

from __future__ import annotations

from collections.abc import Sequence

import brute_force as brute
import generators as make
import lumpy_tables as lumpy
import numpy as np
import pytest
import random_tables as tables

from minsksim.theory.lump_packages import Pair, nash_by_enumeration
from minsksim.verify.lumps import DIVISIBLE, TABLES
from minsksim.vocabulary import TAKING_LUMPS


def most_of(table: brute.Table, objective: brute.Objective, best: brute.Best) -> float:
    if table.protocol == "exchange":
        return lumpy.best_exchange(table, best)
    return best(table, objective, table.reservation)


def check(seed: list[int], kind: tables.Kind, most_levers: int, protocol: str) -> bool:
    """Compare one random case with the enumeration; return whether there was a package."""
    rng = np.random.default_rng(seed)
    case = lumpy.draw(rng, kind, int(rng.integers(2, most_levers + 1)))
    if protocol == "exchange" and len({lever.owner for lever in case.levers}) < 2:
        return False
    table = lumpy.table_of(case, protocol)
    best = lumpy.best_of_lumps if kind == "linear" else lumpy.best_of_curved_lumps
    offer = tables.offered(lumpy.document(case, protocol))
    values = np.array([lever.now for lever in table.levers])
    for move in offer.moves if offer is not None else ():
        values[int(move.lever.removeprefix("lever_"))] = move.after
    gains = table.gains(values)
    tolerance = 1e-6 if kind == "linear" else 2e-5
    if protocol == "separate":
        check_apart(table, values, best, tolerance, is_offered=offer is not None)
        return offer is not None
    objective = lumpy.objective_of(table, best)
    most = most_of(table, objective, best)
    if offer is None:
        assert most < 1e-4, "a package that suits both exists"
        return False
    np.testing.assert_allclose(gains, list(offer.gains.values()), atol=1e-8)
    assert (gains >= np.array(table.reservation) - 1e-8).all()
    for lever, value in zip(table.levers, values, strict=True):
        assert not lever.steps or value in lever.lumps
    assert float(objective(gains)) >= most - tolerance
    return True


def check_apart(
    table: brute.Table, values: np.ndarray, best: brute.Best, tolerance: float, *, is_offered: bool
) -> None:
    """Check that every lever is settled by itself as well as can be."""
    objective = brute.nash(table.alpha)
    for i in range(len(table.levers)) if is_offered else ():
        one = lumpy.alone(table, i)
        here = np.array([lever.now for lever in table.levers])
        here[i] = values[i]
        assert float(objective(table.gains(here))) >= best(one, objective, (0.0, 0.0)) - tolerance


def test_every_protocol_that_takes_lumps_is_tried() -> None:
    assert set(lumpy.PROTOCOLS) == set(TAKING_LUMPS)


@pytest.mark.parametrize("protocol", lumpy.PROTOCOLS)
@pytest.mark.parametrize("i", range(30))
def test_no_package_beats_the_one_offered(protocol: str, i: int) -> None:
    """Continuous levers linear, to 1e-6."""
    check([2027, i], "linear", 4, protocol)


@pytest.mark.parametrize("protocol", lumpy.PROTOCOLS)
@pytest.mark.parametrize("i", range(3))
def test_nor_where_continuous_levers_are_curved(protocol: str, i: int) -> None:
    check([2028, i], "concave", 3, protocol)


@pytest.mark.parametrize("case", TABLES)
def test_the_six_tables(case: str) -> None:
    """The gains by enumeration and refined search, with and without steps."""
    payoffs, steps, alpha, reservation, gains = TABLES[case]
    assert offered_gains(payoffs, steps, alpha, reservation) == pytest.approx(gains, abs=1e-6)
    free = [()] * len(payoffs)
    found = offered_gains(payoffs, free, alpha, reservation)
    assert found == pytest.approx(DIVISIBLE[case], abs=1e-6)


@pytest.mark.parametrize(
    ("case", "levers"),
    [
        ("L1", (1.0, 0.0, 0.5, 0.814448)),
        ("L2", (0.0, 1.0, 0.0, 0.907468)),
        ("L3", (0.0, 0.5, 0.0, 0.982556)),
        ("L4", (0.5, 0.0, 1.0, 0.0)),
        ("L5", (1.0, 1.0, 0.0, 0.434426)),
        ("L6", (0.0, 1.0, 1.0, 0.0)),
    ],
)
def test_the_steps_and_the_share_that_are_chosen(case: str, levers: tuple[float, ...]) -> None:
    payoffs, steps, alpha, reservation, _ = TABLES[case]
    offer = tables.offered(table_document(payoffs, steps, alpha, reservation))
    assert offer is not None
    found = {move.lever: move.after for move in offer.moves}
    values = [found.get(f"lever_{i}", 0.0) for i in range(len(levers))]
    assert values == pytest.approx(levers, abs=1e-6)


def table_document(
    payoffs: Sequence[Pair], steps: Sequence[Sequence[float]], alpha: float, least: Pair
) -> make.Plain:
    """Return levers that bring (u, v) to ada and ben; whoever pays for one owns it."""
    patience = (0.9, 0.9 ** (alpha / (1.0 - alpha)))
    names = [f"lever_{i}" for i in range(len(payoffs))]
    levers = {
        name: make.lever("ada" if u < 0.0 else "ben") | ({"steps": list(on)} if on else {})
        for name, (u, _), on in zip(names, payoffs, steps, strict=True)
    }
    return make.document(
        {
            name: make.actor({name: 1.0}, patience=patience[side], reservation=least[side])
            for side, name in enumerate(tables.PARTIES)
        },
        levers,
        {
            party: make.interest(
                *(
                    make.term(f"levers.{name}", both[side])
                    for name, both in zip(names, payoffs, strict=True)
                )
            )
            for side, party in enumerate(tables.PARTIES)
        },
        channels={"room": make.channel(tables.PARTIES, names)},
        turns=1,
    )


def offered_gains(
    payoffs: Sequence[Pair], steps: Sequence[Sequence[float]], alpha: float, least: Pair
) -> Pair:
    offer = tables.offered(table_document(payoffs, steps, alpha, least))
    assert offer is not None
    first, second = offer.gains.values()
    return first, second


@pytest.mark.parametrize("i", range(40))
def test_a_package_over_lumps_is_efficient(i: int) -> None:
    """With the first kept at its gain the second cannot have more: also where ranks are tied."""
    rng = np.random.default_rng([2029, i])
    case = lumpy.draw(rng, "linear", int(rng.integers(2, 5)))
    for protocol in ("nash", "kalai_smorodinsky", "egalitarian", "take_it_or_leave_it", "zeuthen"):
        offer = tables.offered(lumpy.document(case, protocol))
        if offer is not None:
            first, second = offer.gains.values()
            table = lumpy.table_of(case, protocol)
            assert second >= lumpy.best_of_lumps(table, brute.only(1), (first - 1e-9, 0.0)) - 1e-6


def test_enough_levers_to_prune() -> None:
    """Twelve visits for a border that pays for at most a few of them: 4,096 combinations."""
    payoffs = [(-0.1 - 0.01 * i, 0.12) for i in range(12)] + [(1.0, -0.2)]
    steps = [(0.0, 1.0)] * 12 + [()]
    _, expected = nash_by_enumeration(payoffs, steps)
    assert offered_gains(payoffs, steps, 0.5, (0.0, 0.0)) == pytest.approx(expected, abs=1e-9)


VISIT = (((-0.3, 0.5), (-0.2, 0.3), (0.6, -0.4)), ((0.0, 1.0), (0.0, 0.5, 1.0), ()))
"""The textbook case: a visit, a licence and a border."""


@pytest.mark.parametrize(
    ("needs", "gains"),
    [(0.1, (0.2, 0.25)), (0.22, (0.225, 0.15)), (0.28, (0.28, 0.34 / 3)), (0.31, None)],
)
def test_a_parliament_that_asks_for_more_gets_other_lumps(needs: float, gains: Pair | None) -> None:
    """Ada's parliament wants what ada wants: over 0.2 no licence is left, over 0.3 nothing."""
    document = table_document(*VISIT, 0.5, (0.0, 0.0))
    document["actors"]["home"] = make.actor({"ada": 1.0})
    document["channels"]["room"]["ratification"] = {
        "ada": {"by": "home", "needs": make.number(needs)}
    }
    offer = tables.offered(document)
    assert (offer is None) == (gains is None)
    if offer is not None and gains is not None:
        assert list(offer.gains.values()) == pytest.approx(gains, abs=1e-6)


@pytest.mark.parametrize(("harm", "is_signed"), [(0.4, True), (0.5, False)])
def test_an_outsider_buys_off_a_package_of_lumps(harm: float, is_signed: bool) -> None:
    """Together ada and ben gain 0.45 by a visit, half a licence and the border."""
    document = table_document(*VISIT, 0.5, (0.0, 0.0))
    document["actors"]["cyn"] = make.actor({"border": 1.0})
    document["interests"]["border"] = make.interest(make.term("levers.lever_2", -harm))
    document["channels"]["room"]["blocking"] = {"by": ["cyn"], "side_payments": True}
    run = make.model(document).run()
    assert len(run.agreements) == is_signed


def test_what_a_grid_misses_can_decide_about_a_lump() -> None:
    """Ada gains sqrt z - 3 z by a share, at most 1/12 at z = 1/36, or 0.0827 with the lump.

    The lump costs ben 2/29, which a share of 2/29 makes good. On a grid of 29 cells a share alone
    brings ada no more than 0.0823, so that only a closer look shows it to be better.
    """
    document = make.document(
        {name: make.actor({name: 1.0}) for name in tables.PARTIES},
        {"lump": make.lever("ada") | {"steps": [0.0, 1.0]}, "share": make.lever("ben")},
        {
            "ada": make.interest(
                make.term("levers.lump", 0.027),
                make.term("levers.share", 1.0, rho=0.5),
                make.term("levers.share", -3.0),
            ),
            "ben": make.interest(
                make.term("levers.lump", -2.0 / 29.0), make.term("levers.share", 1.0)
            ),
        },
        channels={
            "room": make.channel(tables.PARTIES, ["lump", "share"], protocol="take_it_or_leave_it")
        },
        turns=1,
    )
    offer = tables.offered(document)
    assert offer is not None
    assert [move.lever for move in offer.moves] == ["share"]
    assert offer.gains["ada"] == pytest.approx(1.0 / 12.0, abs=1e-4)
