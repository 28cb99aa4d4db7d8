"""Levers that come in lumps: the package on the table is the best one, by enumeration."""

from __future__ import annotations

import brute_force as brute
import lumpy_tables as lumpy
import numpy as np
import pytest
import random_tables as tables

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
