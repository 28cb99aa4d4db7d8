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

from minsksim.analysis.agreement import agreement, exactly
from minsksim.analysis.controls import Evidence, Floats
from minsksim.analysis.drawn import Drawn
from minsksim.analysis.effects import elementary_effects, mean_effects
from minsksim.analysis.rank_correlations import partial_sizes, rank_test
from minsksim.analysis.resampling import RESAMPLES, Estimates
from minsksim.analysis.shares import changes, variance_shares
from minsksim.errors import UsageError
from minsksim.experiment.question.samplers import ALONE, SAMPLERS

FEWEST = 8
"""Points, or blocks of points that belong together, from which indices are told."""

_IN_BLOCKS = ("saltelli", "morris")
"""Designs whose points belong together, so that one input alone is seen to move."""

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


def assess(design: Drawn, y: Floats) -> Assessment:
    """Return the indices that a design allows, and what chance alone would make.

    Parameters
    ----------
    design : Drawn
        P points, D inputs.
    y : float64[P, R] or float64[P]
        Values of the function at the points under R sets of draws; NaN is a failed run. Without R
        the function has no draws.

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
    if design.kind not in RANKED_BY:
        known = ", ".join(SAMPLERS)
        raise UsageError(f"A {design.kind} design has no sensitivity indices: use one of {known}.")
    has_draws = y.ndim == 2
    y = y if has_draws else y[:, None]
    none, nowhere = np.zeros(len(design.names)), np.full(len(design.names), -1)
    few = design.kind != "morris" and design.blocks < FEWEST
    if few or not len(y) or np.nanmin(y) == np.nanmax(y):
        return Assessment({}, None, none, nowhere)
    if design.kind not in _IN_BLOCKS:
        test = rank_test(design.unit, np.nanmean(y, axis=1), design.columns)
        size = np.nan_to_num(np.abs(test.estimates["partial"].middle))
        return Assessment(test.estimates, test.evidence, size, test.stand_in)
    found, changed = _in_blocks(design, y, RESAMPLES)
    return Assessment(found, _evidence(changed, has_draws), _sizes(design, found), nowhere)


def half_sizes(design: Drawn, y: Floats, only: Sequence[int]) -> list[Floats]:
    """Return by how much inputs count in the one half of a design and in the other.

    Halves are every other point, or block of points that belong together; none are returned if
    a half is too small.

    Parameters
    ----------
    design, y
        As of ``assess``.
    only : sequence of int
        Inputs to tell: those that are ranked.
    """
    y = y if y.ndim == 2 else y[:, None]
    halves = [np.arange(design.blocks) % 2 == half for half in (0, 1)]
    fewest = 1 if design.kind == "morris" else FEWEST
    if not len(only) or min(int(half.sum()) for half in halves) < fewest:
        return []
    found = []
    for half in halves:
        part, values = design.of_blocks(half), y[half.repeat(design.size)]
        if design.kind in _IN_BLOCKS:
            found.append(_sizes(part, _in_blocks(part, values, 0)[0])[list(only)])
        else:
            mine = part.of_inputs(list(only)).unit
            found.append(partial_sizes(mine, np.nanmean(values, axis=1)))
    return found


def order_agreement(halves: Sequence[Floats]) -> float:
    """Return Spearman's correlation of two orders; NaN where there is nothing to put in order.

    Examples
    --------
    >>> order_agreement([np.array([0.5, 0.3, 0.1]), np.array([0.4, 0.35, 0.2])])
    1.0
    """
    from scipy.stats import spearmanr

    if not halves or any(half.size < 2 or np.ptp(half) == 0 for half in halves):
        return float("nan")
    return float(spearmanr(*halves).statistic)


def _in_blocks(design: Drawn, y: Floats, resamples: int) -> tuple[dict[str, Estimates], Floats]:
    """Return the indices of a design of blocks, and what each input alone changes in each."""
    if design.kind == "saltelli":
        blocks = y.reshape(design.blocks, design.size, -1)
        return variance_shares(blocks, resamples), changes(blocks)
    effects = elementary_effects(design, y)
    return mean_effects(effects, resamples), effects


def _sizes(design: Drawn, found: Mapping[str, Estimates]) -> Floats:
    """Return by how much each input counts, 0 to 1."""
    if design.kind == "saltelli":
        return found["total"].middle
    return _parts(found["mean_effect"].middle)


def _evidence(changed: Floats, has_draws: bool) -> Evidence | None:
    """Return the evidence of changes, if the noise of the draws is known; float64[M, R, D]."""
    if not has_draws:
        return exactly(changed[:, 0])
    return agreement(changed) if changed.shape[1] > 1 else None


def _parts(values: Floats) -> Floats:
    """Return each value as a part of their sum."""
    total = float(values.sum())
    return values / total if total > 0 else np.zeros_like(values)
