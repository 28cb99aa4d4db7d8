"""From values of a function at the points of a design to indices of its inputs.

Axes: P design points, D inputs. Which indices there are depends on the design: variance shares
for ``saltelli``, mean absolute effects for ``morris``, rank correlations for independent draws.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minsksim.errors import UsageError
from minsksim.experiment.question.samplers import ALONE, LEVELS, SAMPLERS

Floats = npt.NDArray[np.float64]
RESAMPLES = 200
_SEED = 20251213
_FEWEST = 8


@dataclass(frozen=True)
class Index:
    """An index of one input, with the ends of its 95 % interval."""

    name: str
    index: str
    estimate: float
    low: float
    high: float


RANKED_BY = dict.fromkeys((*ALONE, "list"), "rank_correlation")
RANKED_BY |= {"saltelli": "total", "morris": "mean_effect"}
"""The index by which inputs are ranked, by kind of design."""


def indices(kind: str, names: Sequence[str], unit: Floats, y: Floats) -> tuple[Index, ...]:
    """Return the indices that a design allows.

    Parameters
    ----------
    kind : str
        Kind of the design.
    names : sequence of str
        Inputs, D of them.
    unit : float64[P, D]
        Points, each input scaled to 0-1 by its range.
    y : float64[P]
        Finite values of the function at the points.

    Returns
    -------
    tuple of Index
        ``saltelli``: ``first`` and ``total``, shares of the variance of y. ``morris``:
        ``mean_effect`` (mean absolute change of y for a change over the whole range) and
        ``spread`` (standard deviation of the signed effects). Others: ``rank_correlation``,
        Spearman's.

    Notes
    -----
    Source: saltelli2010, the estimators as SALib has them; morris1991 and campolongo2007. The
    interval of a rank correlation is Fisher's, with variance 1.06 / (n - 3).
    """
    if np.ptp(y) == 0:
        return ()
    if kind == "saltelli":
        return _saltelli(names, y)
    if kind == "morris":
        return _morris(names, unit, y)
    if kind in RANKED_BY:
        return _correlations(names, unit, y)
    known = ", ".join(SAMPLERS)
    raise UsageError(f"A {kind} design has no sensitivity indices: use one of {known}.")


def ranking(found: Sequence[Index], kind: str) -> dict[str, float]:
    """Return the size of the index by which inputs are ranked, by name."""
    chosen = RANKED_BY.get(kind)
    return {one.name: abs(one.estimate) for one in found if one.index == chosen}


def _problem(names: Sequence[str]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _saltelli(names: Sequence[str], y: Floats) -> tuple[Index, ...]:
    from SALib.analyze import sobol

    if len(y) // (len(names) + 2) < _FEWEST:
        return ()
    found = sobol.analyze(
        _problem(names), y, calc_second_order=False, num_resamples=RESAMPLES, seed=_SEED
    )
    return (
        *_around("first", names, found["S1"], found["S1_conf"]),
        *_around("total", names, found["ST"], found["ST_conf"]),
    )


def _morris(names: Sequence[str], unit: Floats, y: Floats) -> tuple[Index, ...]:
    from SALib.analyze import morris

    found = morris.analyze(
        _problem(names), unit, y, num_resamples=RESAMPLES, num_levels=LEVELS, seed=_SEED
    )
    spread = np.asarray(found["sigma"], dtype=np.float64)
    none = np.full(len(names), math.nan)
    return (
        *_around("mean_effect", names, found["mu_star"], found["mu_star_conf"]),
        *_around("spread", names, spread, none),
    )


def _correlations(names: Sequence[str], unit: Floats, y: Floats) -> tuple[Index, ...]:
    from scipy.stats import rankdata

    if len(y) < _FEWEST:
        return ()
    ranks = rankdata(y)
    found = []
    # the variance of Fisher's z for ranks: 1.06 / (n - 3)
    half = 1.959964 * math.sqrt(1.06 / (len(y) - 3))
    for name, column in zip(names, unit.T, strict=True):
        rho = float(np.corrcoef(rankdata(column), ranks)[0, 1]) if np.ptp(column) else 0.0
        z = math.atanh(max(-1 + 1e-12, min(1 - 1e-12, rho)))
        found.append(Index(name, "rank_correlation", rho, math.tanh(z - half), math.tanh(z + half)))
    return tuple(found)


def _around(index: str, names: Sequence[str], centre: Any, half: Any) -> list[Index]:
    return [
        Index(name, index, float(middle), float(middle - width), float(middle + width))
        for name, middle, width in zip(names, np.asarray(centre), np.asarray(half), strict=True)
    ]
