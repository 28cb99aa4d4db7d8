"""Mean effects of a Morris design, without what the draws alone make of them.

Axes: r trajectories of D+1 points, R replications. Within a trajectory, replication k has the same
draws at every point, so that a difference between neighbours is the number's doing.
"""

from __future__ import annotations

import numpy as np

from minsksim.analysis.controls import Floats
from minsksim.analysis.drawn import Drawn
from minsksim.analysis.resampling import RESAMPLES, Estimates, halves, interval, weights


def elementary_effects(design: Drawn, y: Floats) -> Floats:
    """Return the change of y for a change of each input over its whole range.

    Parameters
    ----------
    design : Drawn
        r trajectories in a row; neighbours differ in one of D inputs alone.
    y : float64[r * (D+1), R]

    Returns
    -------
    float64[r, R, D]

    Examples
    --------
    >>> steps = np.array([[0.0, 0.0], [0.5, 0.0], [0.5, 0.5]])
    >>> design = Drawn("morris", ("x", "y"), steps)
    >>> elementary_effects(design, steps @ [[3.0], [-4.0]]).tolist()
    [[[3.0, -4.0]]]
    """
    moved, width = design.steps
    values = y.reshape(len(moved), design.size, -1)
    change = np.diff(values, axis=1) / width[:, :, None]
    effects = np.empty_like(change)
    np.put_along_axis(effects, moved[:, :, None], change, axis=1)
    found: Floats = np.ascontiguousarray(effects.transpose(0, 2, 1))
    return found


def mean_effects(effects: Floats, resamples: int = RESAMPLES) -> dict[str, Estimates]:
    """Return the indices of Morris, each with a 95 % interval over trajectories.

    With ``e`` the effect over all replications of a trajectory and ``a``, ``b`` those over each
    half of them::

        signed_effect = mean(e)
        mean_effect = mean(|e|) * sqrt(max(0, mean(a * b)) / mean(e**2))
        spread = sqrt(max(0, cov(a, b)))

    Draws of two halves are independent, so what they alone make cancels in ``a * b``. Without draws
    ``a = b = e``, and the indices are those of the literature.

    Parameters
    ----------
    effects : float64[r, R, D]
    resamples : int
        For the intervals; 0 gives none.

    Returns
    -------
    dict
        ``mean_effect``, ``spread`` and ``signed_effect``; none of the first two, nor an end of
        their intervals, is below 0.

    Notes
    -----
    Source: morris1991 and campolongo2007; the product of halves is ours.
    """
    one, other = halves(effects)
    both = np.nanmean(effects, axis=1)
    size, square, product = np.abs(both), both**2, one * other

    def at(w: Floats) -> dict[str, Floats]:
        mean_square, replicated = w @ square, np.maximum(w @ product, 0.0)
        kept = np.divide(
            replicated, mean_square, out=np.zeros_like(replicated), where=mean_square > 0
        )
        variance = np.maximum(w @ product - (w @ one) * (w @ other), 0.0)
        bessel = len(both) / max(1, len(both) - 1)
        return {
            "mean_effect": (w @ size) * np.sqrt(kept),
            "spread": np.sqrt(variance * bessel),
            "signed_effect": w @ both,
        }

    return interval(at, weights(len(both), resamples))
