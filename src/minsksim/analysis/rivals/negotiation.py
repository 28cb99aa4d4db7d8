"""Solutions of a negotiation over discrete issues: one outcome each, or no deal.

Only outcomes that leave nobody worse off than no deal are open to a solution. Where there is none,
"no deal" is its answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from minsksim.errors import UsageError
from minsksim.notice import NOTICE
from minsksim.scenario.case import Flags, Floats
from minsksim.scenario.domain_case import Domain, Published, Solutions
from minsksim.theory.max_min import least_gain, least_relative_gain
from minsksim.theory.nash_product import nash_product
from minsksim.theory.pareto import is_efficient
from minsksim.vocabulary import DISAGREEMENTS, Disagreement

_EVEN = 1e-9
"""Values that differ by less are equal."""
_PRINTED = 1.5e-6
"""By how much a published value, given to six decimals, may differ."""
MOST_TIES = 5
"""Outcomes of a tie that are kept."""


@dataclass(frozen=True)
class Concept:
    """A solution of bargaining: what it makes as large as it can."""

    name: str
    label: str
    source: str
    says: str
    published: str
    value: Callable[[Floats, Floats], Floats]


def _nash(points: Floats, disagreement: Floats) -> Floats:
    return nash_product(points, disagreement, np.ones(len(disagreement)))


def _relative(points: Floats, disagreement: Floats) -> Floats:
    """Return the least relative gain among the parties that can gain from an acceptable outcome."""
    gains = points - disagreement
    is_open: Flags = np.all(gains >= -_EVEN, axis=1)
    can_gain: Flags = np.max(gains[is_open], axis=0, initial=-np.inf) > _EVEN
    if not can_gain.any():
        return np.zeros(len(points))
    gains = np.where(is_open[:, None], np.maximum(gains, 0.0), -1.0)
    return least_relative_gain(gains[:, can_gain], np.zeros(int(can_gain.sum())))


def _sum(points: Floats, disagreement: Floats) -> Floats:
    return np.asarray(points.sum(axis=1))


SOLUTIONS = (
    Concept("nash", "Nash", "nash1950", "product of gains over no deal", "nash", _nash),
    Concept(
        "kalai_smorodinsky",
        "Kalai-Smorodinsky",
        "kalai_smorodinsky1975",
        "least gain, each party's as a share of the most it could gain",
        "kalai_smorodinsky_discrete",
        _relative,
    ),
    Concept("max_min", "Max-min", "kalai1977", "least gain", "egalitarian_kalai", least_gain),
    Concept("utilitarian", "Utilitarian", "harsanyi1955", "sum of utilities", "utilitarian", _sum),
)
"""In the order in which they are shown."""


@dataclass(frozen=True)
class Solution:
    """What one concept chooses.

    Attributes
    ----------
    concept : str
        Name in ``SOLUTIONS``.
    value : float
        What is made as large as possible; NaN for no deal.
    packages : tuple of tuple of str
        The value of each issue, for up to five outcomes that tie; empty means no deal.
    utilities : tuple of tuple of float
        What each of them is worth to every party; of no deal, if that is the answer.
    ties : int
        Outcomes with that value.
    is_published : bool or None
        Whether value and number of ties are those of the file beside the domain; None if it has
        none.
    """

    concept: str
    value: float
    packages: tuple[tuple[str, ...], ...]
    utilities: tuple[tuple[float, ...], ...]
    ties: int
    is_published: bool | None


@dataclass(frozen=True, eq=False)
class NegotiationBench:
    """Solutions of a negotiation domain.

    Attributes
    ----------
    domain : Domain
    disagreement : ndarray, shape (A,)
        What no deal is worth.
    packages, acceptable, efficient : int
        Number of outcomes; those that leave nobody worse off than no deal; those that no other
        outcome improves on for somebody at nobody's cost.
    solutions : tuple of Solution
        In the order of ``SOLUTIONS``.
    notes : tuple of str
    notice : str
    """

    domain: Domain
    disagreement: Floats
    packages: int
    acceptable: int
    efficient: int
    solutions: tuple[Solution, ...]
    notes: tuple[str, ...]
    notice: str = NOTICE


def solve(domain: Domain, disagreement: Disagreement = "reservation") -> NegotiationBench:
    """Return what each solution chooses in a domain.

    Parameters
    ----------
    domain : Domain
    disagreement : str
        What no deal is worth: the file's ``reservation`` values, ``zero``, or the ``lowest``
        utility of each party.

    Raises
    ------
    UsageError
        For another word.
    """
    points = domain.utilities()
    if disagreement not in DISAGREEMENTS:
        words = ", ".join(DISAGREEMENTS)
        raise UsageError(f"--disagreement: no {disagreement!r}. Choose {words}.")
    d = {
        "reservation": domain.reservation,
        "zero": np.zeros(len(domain.parties)),
        "lowest": points.min(axis=0),
    }[disagreement]
    is_open = (points >= d - _EVEN).all(axis=1)
    known = _published(domain, d)
    return NegotiationBench(
        domain=domain,
        disagreement=d,
        packages=len(points),
        acceptable=int(is_open.sum()),
        efficient=int(is_efficient(points).sum()),
        solutions=tuple(_choose(one, domain, points, d, is_open, known) for one in SOLUTIONS),
        notes=domain.notes,
    )


def _choose(
    concept: Concept,
    domain: Domain,
    points: Floats,
    d: Floats,
    is_open: Flags,
    known: Solutions | None,
) -> Solution:
    """Return the open outcomes of the highest value, or no deal if none is open."""
    value = np.where(is_open, concept.value(points, d), -np.inf)
    top = float(value.max())
    places = np.flatnonzero(value >= top - _EVEN) if np.isfinite(top) else np.array([], dtype=int)
    best = float(top) if len(places) else float("nan")
    order = np.argsort(-points[places].sum(axis=1), kind="stable")
    shown = places[order][:MOST_TIES].tolist()
    return Solution(
        concept=concept.name,
        value=best,
        packages=tuple(domain.package(place) for place in shown),
        utilities=tuple(tuple(points[place].tolist()) for place in shown) or (tuple(d.tolist()),),
        ties=len(places),
        is_published=_is_published(concept, best, len(places), known),
    )


def _published(domain: Domain, d: Floats) -> Solutions | None:
    """Return the published solutions for this worth of no deal, if there are any."""
    for found in domain.published:
        point = np.array(found.disagreement)
        if point.shape == d.shape and np.allclose(point, d, rtol=0.0, atol=_PRINTED):
            return found
    return None


def _is_published(
    concept: Concept, value: float, ties: int, known: Solutions | None
) -> bool | None:
    if known is None or concept.published not in known.model_fields_set:
        return None
    found: Published | None = getattr(known, concept.published)
    if found is None or ties == 0:
        return found is None and ties == 0
    return abs(found.value - value) <= _PRINTED and found.n_ties in (None, ties)
