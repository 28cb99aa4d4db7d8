"""Oracles of levers that come in lumps: six tables by enumeration, and the textbook case."""

from __future__ import annotations

from functools import partial

from minsksim.engine.single_run import run_scenario
from minsksim.scenario import load_scenario
from minsksim.scenario.protocols import with_protocol
from minsksim.theory.lump_packages import Pair, nash_by_enumeration
from minsksim.verify.oracle import Oracle

ONE, HALVES = (0.0, 1.0), (0.0, 0.5, 1.0)
TABLES: dict[str, tuple[tuple[Pair, ...], tuple[tuple[float, ...], ...], float, Pair, Pair]] = {
    "L1": (
        ((-0.67, 0.71), (-0.97, 0.33), (0.61, -0.50), (0.72, -0.41)),
        (ONE, ONE, HALVES, ()),
        0.5,
        (0.0, 0.0),
        (0.221402, 0.126076),
    ),
    "L2": (
        ((-0.93, 0.25), (0.75, -0.74), (0.67, -0.70), (-0.77, 0.88)),
        (HALVES, ONE, HALVES, ()),
        0.5,
        (0.0, 0.0),
        (0.051250, 0.058571),
    ),
    "L3": (
        ((0.38, -0.51), (0.93, -0.58), (0.85, -0.76), (-0.29, 0.51)),
        (ONE, HALVES, HALVES, ()),
        0.6,
        (0.0, 0.0),
        (0.180059, 0.211103),
    ),
    "L4": (
        ((-0.78, 0.52), (0.20, -0.47), (0.97, -0.05), (0.70, -0.58)),
        (HALVES, HALVES, ONE, ()),
        0.6,
        (0.05, 0.1),
        (0.580000, 0.210000),
    ),
    "L5": (
        ((-0.12, 0.77), (0.65, -0.77), (-0.96, 0.45), (-0.61, 0.24)),
        (ONE, ONE, ONE, ()),
        0.5,
        (0.0, 0.0),
        (0.265000, 0.104262),
    ),
    "L6": (
        ((0.61, -0.69), (0.66, -0.11), (-0.16, 0.79), (-0.48, 0.25)),
        (HALVES, ONE, ONE, ()),
        0.5,
        (0.0, 0.0),
        (0.500000, 0.680000),
    ),
}
"""Payoffs of four levers, their steps, the first party's weight, the reservations, the gains."""
DIVISIBLE: dict[str, Pair] = {
    "L1": (0.208000, 0.170492),
    "L2": (0.057000, 0.059552),
    "L3": (0.316655, 0.131656),
    "L4": (0.537000, 0.238667),
    "L5": (0.265000, 0.313923),
    "L6": (0.550580, 0.622787),
}
"""The gains if every lever could be divided."""
_CASE = {
    ("", "nash"): (0.2, 0.25),
    ("", "egalitarian"): (0.2, 0.25),
    ("", "kalai_smorodinsky"): (0.1725, 0.2683333333),
    ("", "take_it_or_leave_it"): (0.3, 0.1),
    ("/any_share", "nash"): (0.1833333333, 0.275),
    ("/dear_visit", "nash"): (0.125, 0.0833333333),
    ("/dear_visit_in_shares", "nash"): (0.13, 0.0928571429),
}
_MODEL = "Levers that come in lumps"
_PARTIES = ("alder", "birch")


def _by_enumeration(case: str, party: int, *, has_steps: bool) -> float:
    payoffs, steps, alpha, reservation, _ = TABLES[case]
    _, gains = nash_by_enumeration(
        payoffs, steps if has_steps else [()] * len(payoffs), alpha, reservation
    )
    return gains[party]


def _in_a_run(variant: str, protocol: str, party: int) -> float:
    """Return what a party gains by the first agreement of the textbook case."""
    scenario = with_protocol(load_scenario(f"indivisible_visit{variant}"), protocol)
    return run_scenario(scenario).agreements[0].gains[_PARTIES[party]]


def _oracles() -> list[Oracle]:
    found = []
    for party, name in enumerate(("first", "second")):
        for case, (*_, gains) in TABLES.items():
            for has_steps, expected in ((True, gains), (False, DIVISIBLE[case])):
                label = f"lumps.{case}_{name}" if has_steps else f"lumps.{case}_divisible_{name}"
                compute = partial(_by_enumeration, case, party, has_steps=has_steps)
                found.append(Oracle(label, _MODEL, "zhou1997", expected[party], compute))
        for (variant, protocol), pair in _CASE.items():
            label = f"lumps.visit{variant.replace('/', '_')}_{protocol}_{name}"
            source = "imai1983" if protocol in ("egalitarian", "kalai_smorodinsky") else "zhou1997"
            compute = partial(_in_a_run, variant, protocol, party)
            found.append(Oracle(label, _MODEL, source, pair[party], compute))
    return found


ORACLES: tuple[Oracle, ...] = tuple(_oracles())
