"""Whether what a number changes is more than what the draws make of any change.

Axes: M places (trajectories or blocks of a design), R replications, D numbers.

A number without an effect on the distribution of a measure may still change single runs, for any
change lets the rest of a run go differently. Then the direction of the change is as likely up as
down, anew for each set of draws, whatever its size. So two replications at the same place, or two
halves of them, agree with probability 1/2.
"""

from __future__ import annotations

import numpy as np

from minsksim.analysis.controls import SEED, Evidence, Floats
from minsksim.analysis.resampling import halves


def agreement(effects: Floats) -> Evidence:
    """Return whether independent draws agree on the direction in which a number moves a measure.

    The better of two tests, which counts double. The one counts pairs of replications that agree,
    which is binomial. The other weighs halves of the replications by size: with ``a`` and ``b``
    the mean changes in each half::

        P(sum(a * b) >= x * sqrt(sum((a * b)**2))) <= exp(-x**2 / 2)

    Parameters
    ----------
    effects : float64[M, R, D]
        Changes of the measure under R sets of draws, R at least 2; NaN is unknown.

    Returns
    -------
    Evidence
        The control of a number has changes of the same sizes, with directions drawn by lot.

    Notes
    -----
    Source: ours, the sign test on pairs of replications, and hoeffding1963 for sums of signs.

    Examples
    --------
    Thirty places, two sets of draws: the first number always moves the measure up, the second
    moves it up under the first draws and down under the others.

    >>> both = np.ones((30, 2, 2))
    >>> both[:, 1, 1] = -1.0
    >>> [float(x) for x in agreement(both).chance] == [2 * 0.5**30, 1.0]
    True
    """
    lot = np.random.default_rng(SEED)
    counted = _counted(effects, lot)
    weighed = _weighed(effects, lot)
    chance, controls = (
        np.minimum(1.0, 2 * np.minimum(one, other))
        for one, other in zip(counted, weighed, strict=True)
    )
    return Evidence(chance, controls)


def _counted(effects: Floats, lot: np.random.Generator) -> tuple[Floats, Floats]:
    """Return the chance of so many agreements among pairs, and of as many drawn by lot."""
    from scipy.stats import binom

    pairs = effects.shape[1] // 2
    product = np.sign(effects[:, 0 : 2 * pairs : 2]) * np.sign(effects[:, 1 : 2 * pairs : 2])
    agree, differ = ((product == sign).sum(axis=(0, 1)) for sign in (1, -1))
    tried = agree + differ
    by_lot = lot.binomial(tried, 0.5)
    return binom.sf(agree - 1, tried, 0.5), binom.sf(by_lot - 1, tried, 0.5)


def _weighed(effects: Floats, lot: np.random.Generator) -> tuple[Floats, Floats]:
    """Return a bound of the chance of so large a sum of products, and with signs by lot."""
    one, other = halves(effects)
    product = np.nan_to_num(one * other)
    size = np.sqrt((product**2).sum(axis=0))
    size = np.where(size > 0, size, 1.0)
    signs = lot.choice([-1.0, 1.0], size=product.shape)
    actual, drawn = (
        np.exp(-(np.maximum(total / size, 0.0) ** 2) / 2)
        for total in (product.sum(axis=0), (signs * product).sum(axis=0))
    )
    return actual, drawn


def exactly(effects: Floats) -> Evidence:
    """Return the evidence of a function without draws: any change is an effect.

    Parameters
    ----------
    effects : float64[M, D]
        A control would be a number that the function does not take, whose changes are all 0;
        what rounding makes of them counts as 0.
    """
    size = np.abs(effects).max(axis=0, initial=0.0)
    chance = np.where(size > 1e-9 * size.max(initial=0.0), 0.0, 1.0)
    return Evidence(chance, np.ones_like(chance))
