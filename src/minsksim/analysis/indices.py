"""From values of a function at the points of a design to indices of its inputs, and who is ranked.

Axes: P design points, D inputs, R replications. Which indices there are depends on the design:
variance shares for ``saltelli``, mean effects for ``morris``, rank correlations for points that
were drawn one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from minsksim.analysis.controls import Evidence, Floats, agreement, exactly
from minsksim.analysis.correlated import Correlated, correlated
from minsksim.analysis.effects import elementary_effects, mean_effects
from minsksim.analysis.rank_correlations import partial_sizes, rank_test
from minsksim.analysis.resampling import Estimates
from minsksim.analysis.shares import changes, variance_shares
from minsksim.errors import UsageError
from minsksim.experiment.question.samplers import ALONE, SAMPLERS, group_of

_FEWEST = 8
"""Points, or blocks of points that belong together, from which indices are told."""

RANKED_BY = dict.fromkeys((*ALONE, "list"), "partial")
RANKED_BY |= {"saltelli": "total", "morris": "mean_effect"}
"""The index by which inputs are ranked, by kind of design."""


@dataclass(frozen=True)
class Assessment:
    """What a design tells of its inputs.

    Attributes
    ----------
    estimates : mapping of str to Estimates
        By name of the index; empty where nothing can be told.
    evidence : Evidence or None
        None where the noise of the draws is not known, and so nobody is ranked.
    size : float64[D]
        By how much an input counts, comparable between measures, 0 to 1: its total share; its mean
        effect over the sum of all; its absolute partial rank correlation.
    stand_in : int64[D]
        The correlated column that could have made an input's index; -1: none.
    """

    estimates: Mapping[str, Estimates]
    evidence: Evidence | None
    size: Floats
    stand_in: npt.NDArray[np.int64]

    @property
    def ranked(self) -> list[int]:
        """Inputs that chance does not explain, the strongest first."""
        if self.evidence is None or not self.estimates:
            return []
        order = np.argsort(-self.size, kind="stable")
        return [int(one) for one in order if self.evidence.beyond[one] and self.size[one] > 0]


def assess(
    kind: str, names: Sequence[str], unit: Floats, y: Floats, columns: Correlated | None = None
) -> Assessment:
    """Return the indices that a design allows, and what chance alone would make.

    Parameters
    ----------
    kind : str
        Kind of the design.
    names : sequence of str
        Inputs, D of them.
    unit : float64[P, D]
        Points, each input scaled to 0-1 by its range.
    y : float64[P, R] or float64[P]
        Values of the function at the points under R sets of draws; NaN is a failed run. Without R
        the function has no draws.
    columns : Correlated, optional
        Of this design, if it is known already.

    Returns
    -------
    Assessment
        ``saltelli``: ``first`` and ``total``, shares of the variance of the expected y.
        ``morris``: ``mean_effect`` (mean absolute change of y for a change over the whole
        range), ``spread`` (standard deviation of the signed changes) and ``signed_effect`` (their
        mean). Others: ``rank_correlation`` and ``partial``.

    Raises
    ------
    UsageError
        The design has no indices.
    """
    if kind not in RANKED_BY:
        known = ", ".join(SAMPLERS)
        raise UsageError(f"A {kind} design has no sensitivity indices: use one of {known}.")
    has_draws = y.ndim == 2
    y = y if has_draws else y[:, None]
    none = np.zeros(len(names))
    nobody = Assessment({}, None, none, np.full(len(names), -1))
    if not len(y) or np.nanmin(y) == np.nanmax(y):
        return nobody
    if kind == "saltelli":
        blocks = y.reshape(-1, len(names) + 2, y.shape[1])
        if len(blocks) < _FEWEST:
            return nobody
        found = variance_shares(blocks)
        evidence = _evidence(changes(blocks), has_draws)
        return Assessment(found, evidence, found["total"].middle, nobody.stand_in)
    if kind == "morris":
        effects = elementary_effects(unit, y)
        found = mean_effects(effects)
        middle = found["mean_effect"].middle
        return Assessment(
            found, _evidence(effects, has_draws), _parts(middle), nobody.stand_in
        )
    if len(y) < _FEWEST:
        return nobody
    test = rank_test(unit, np.nanmean(y, axis=1), columns or correlated(tuple(names), unit))
    size = np.nan_to_num(np.abs(test.estimates["partial"].middle))
    return Assessment(test.estimates, test.evidence, size, test.stand_in)


def sizes(kind: str, names: Sequence[str], unit: Floats, y: Floats) -> Floats:
    """Return by how much each input counts, whether chance explains it or not; float64[D]."""
    if kind in ("saltelli", "morris"):
        return assess(kind, names, unit, y).size
    if len(y) < _FEWEST:
        return np.zeros(len(names))
    return partial_sizes(unit, np.nanmean(y, axis=1) if y.ndim == 2 else y)


def half_agreement(
    kind: str, names: Sequence[str], unit: Floats, y: Floats, only: Sequence[int]
) -> float:
    """Return Spearman's correlation of the order of inputs by the one half and by the other.

    Halves are every other point, or block of points that belong together; NaN if a half is too
    small or there is one input only.

    Parameters
    ----------
    kind, names, unit, y
        As of ``assess``.
    only : sequence of int
        Inputs to put in order: those that are ranked.
    """
    size = max(1, group_of(kind, len(names)))
    block = np.arange(len(y)) // size
    if len(only) < 2 or block.max(initial=0) < 1:
        return float("nan")
    orders = []
    for half in (0, 1):
        mine = block % 2 == half
        if size == 1:
            found = sizes(kind, [names[one] for one in only], unit[mine][:, only], y[mine])
        else:
            found = sizes(kind, names, unit[mine], y[mine])[list(only)]
        orders.append(found)
    if any(np.ptp(order) == 0 for order in orders):
        return float("nan")
    from scipy.stats import spearmanr

    return float(spearmanr(*orders).statistic)


def _evidence(changed: Floats, has_draws: bool) -> Evidence | None:
    """Return the evidence of changes, if the noise of the draws is known; float64[M, R, D]."""
    if not has_draws:
        return exactly(changed[:, 0])
    return agreement(changed) if changed.shape[1] > 1 else None


def _parts(values: Floats) -> Floats:
    """Return each value as a part of their sum."""
    total = float(values.sum())
    return values / total if total > 0 else np.zeros_like(values)
