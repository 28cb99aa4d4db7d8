"""The rival models: each takes a case and gives a place on the scale of every issue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from minsksim.scenario.case import Case, Floats
from minsksim.theory.challenge_round import expected_utilities, positions_after_round
from minsksim.theory.compromise import compromise
from minsksim.theory.exchange_sequence import positions_after_exchanges
from minsksim.theory.median import weighted_median
from minsksim.theory.nash_position import nash_position
from minsksim.theory.veto import within_vetoes


@dataclass(frozen=True)
class Rival:
    """A model of collective decisions.

    Attributes
    ----------
    name, label : str
    source : str
        Key of ``scenarios/sources.bib``, or why it is ours.
    says : str
        What decides, in this model.
    answer : callable
        A case to one number for each issue, in its unit; NaN where the model has none.
    links : bool
        Whether issues of one group bear on each other.
    """

    name: str
    label: str
    source: str
    says: str
    answer: Callable[[Case], Floats]
    links: bool = False


AVERAGED = ("mean", "compromise")
"""Whose answers the mean of models averages; ``ensemble.choose_averaged`` finds them."""
_MOST_WORK = 4e9
"""Actors cubed times issues squared up to which a group trades its issues, in seconds."""


def median_at(case: Case, i: int) -> tuple[float, float]:
    """Return the weighted median of an issue, and the share that is for it in its closest vote."""
    weights = case.weights[:, i]
    if weights.sum() <= 0.0:
        return np.nan, np.nan
    part = weights > 0.0
    return weighted_median(case.positions[part, i], weights[part])


def expected_utility_at(case: Case, i: int) -> float:
    """Return the weighted median of an issue after one round of challenges."""
    part = case.weights[:, i] > 0.0
    at, power = case.positions[part, i], case.capability[part]
    salience = case.salience[part, i] / 100.0
    if not part.any():
        return np.nan
    if np.ptp(at) > 0.0:
        at = positions_after_round(at, *expected_utilities(at, salience, power))
    return weighted_median(at, power * salience)[0]


def _middle(case: Case) -> Floats:
    return np.array([issue.middle for issue in case.issues])


def _mean(case: Case) -> Floats:
    part = ~np.isnan(case.positions)
    count = part.sum(axis=0)
    total = np.where(part, np.nan_to_num(case.positions), 0.0).sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _compromise(case: Case) -> Floats:
    return _of_weighted(case, lambda at, salience: compromise(at, salience, case.capability))


def _exchange(case: Case) -> Floats:
    """Return where the issues end after exchanges within each group of issues."""

    def answer(at: Floats, salience: Floats) -> Floats:
        taken = positions_after_exchanges(at, salience, case.capability)
        return compromise(taken, salience, case.capability)

    found = np.full(len(case.issues), np.nan)
    left_out = too_large(case)
    for group, places in _groups(case).items():
        if group not in left_out:
            together = tuple(case.issues[i].name for i in places)
            found[places] = _of_weighted(case.only(together), answer)
    return found


def too_large(case: Case) -> dict[str, int]:
    """Return the groups that are too large to trade, each with its number of issues."""
    sizes = {group: len(places) for group, places in _groups(case).items()}
    most = _MOST_WORK / len(case.actors) ** 3
    return {group: size for group, size in sizes.items() if size**2 > most}


def _groups(case: Case) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for i, issue in enumerate(case.issues):
        found.setdefault(issue.group, []).append(i)
    return found


def _of_weighted(case: Case, rule: Callable[[Floats, Floats], Floats]) -> Floats:
    """Apply a rule to the issues that somebody with weight cares about; others get NaN."""
    found = np.full(len(case.issues), np.nan)
    places = np.flatnonzero(case.weights.sum(axis=0) > 0.0)
    if len(places):
        part = case.weights[:, places] > 0.0
        salience = np.where(part, np.nan_to_num(case.salience[:, places]), 0.0)
        found[places] = rule(np.where(part, case.positions[:, places], 0.0), salience)
    return found


def _nash(case: Case) -> Floats:
    weights = case.weights
    return np.array(
        [
            nash_position(case.positions[part, i], weights[part, i], issue.low, issue.high)
            if (part := weights[:, i] > 0.0).any()
            else np.nan
            for i, issue in enumerate(case.issues)
        ]
    )


def _median(case: Case) -> Floats:
    return np.array([median_at(case, i)[0] for i in range(len(case.issues))])


def _expected_utility(case: Case) -> Floats:
    return np.array([expected_utility_at(case, i) for i in range(len(case.issues))])


def _reference(case: Case) -> Floats:
    return np.array([issue.reference for issue in case.issues])


def _veto(case: Case) -> Floats:
    """Return answers where somebody has a veto and the reference point is known."""
    wanted = _compromise(case)
    for i, issue in enumerate(case.issues):
        has_veto = case.veto[:, i]
        held = case.positions[has_veto & ~np.isnan(case.positions[:, i]), i]
        if not has_veto.any() or not np.isfinite(issue.reference):
            wanted[i] = np.nan
        elif len(held):  # who wants nothing blocks nothing
            wanted[i] = within_vetoes(wanted[i], held, issue.reference)
    return wanted


def _ensemble(case: Case) -> Floats:
    return np.asarray(np.mean([r.answer(case) for r in RIVALS if r.name in AVERAGED], axis=0))


RIVALS = (
    Rival("middle", "Middle", "ours, as a bar", "nothing: half-way along the scale", _middle),
    Rival("mean", "Mean", "ours, as a bar", "the mean of all positions", _mean),
    Rival(
        "compromise",
        "Compromise",
        "achen2006",
        "the mean weighted by capability and salience",
        _compromise,
    ),
    Rival(
        "nash",
        "Nash",
        "nash1950",
        "the Nash product with the same weights, failure as bad as an actor's far end",
        _nash,
    ),
    Rival(
        "median",
        "Median",
        "black1948",
        "the position that wins every pairwise vote: weighted median and Condorcet winner",
        _median,
    ),
    Rival(
        "expected_utility",
        "Challenge",
        "bueno_de_mesquita1997",
        "the median after one round of challenges by expected utility (published parts only)",
        _expected_utility,
    ),
    Rival(
        "exchange",
        "Exchange",
        "stokman_van_oosten1994",
        "the compromise after exchanges of positions with equal gains",
        _exchange,
        links=True,
    ),
    Rival("reference", "Status quo", "ours, as a bar", "the reference point: no deal", _reference),
    Rival(
        "veto",
        "Veto",
        "tsebelis2002",
        "the compromise, as near as every veto player likes it no less than the status quo",
        _veto,
    ),
    Rival(
        "ensemble",
        "Mean of models",
        "ours; arregui_perarnaud2022, for the choice",
        "the mean of the answers of " + " and ".join(name.capitalize() for name in AVERAGED),
        _ensemble,
    ),
)
"""In the order in which they are shown."""
