"""What chance alone does: the bar that a number must pass before it is ranked.

Among hundreds of numbers that do nothing, a few look as if they did. So each number has a control
that does nothing by construction, and a number is ranked only if chance explains it worse than
it explains the best of all controls, and worse than ``FAMILY`` over the count of numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
FAMILY = 1e-4
"""The chance that a measure ranks any number at all of a model in which none does anything."""

SEED = 20251213
"""Of controls and resamples: the same result always has the same table."""


@dataclass(frozen=True)
class Evidence:
    """How well chance explains each of D numbers, and its D controls.

    Attributes
    ----------
    chance : float64[D]
        The probability that a number which does nothing looks at least as strong; 0 to 1.
    controls : float64[D]
        The same of the controls, which do nothing.
    """

    chance: Floats
    controls: Floats

    @property
    def bar(self) -> float:
        """What the chance must be below: the best control's, and ``FAMILY`` over D."""
        return min(FAMILY / max(1, self.chance.size), float(self.controls.min(initial=1.0)))

    @property
    def beyond(self) -> npt.NDArray[np.bool_]:
        """Which numbers chance does not explain; bool[D]."""
        found: npt.NDArray[np.bool_] = self.chance < self.bar
        return found


def agreement(effects: Floats) -> Evidence:
    """Return whether independent draws agree on the direction in which a number moves a measure.

    A number without an effect on the distribution of a measure may still change single runs, for
    a change anywhere lets the rest of a run go differently. Then the direction of the change is
    as likely up as down, anew for each set of draws. So two replications at the same place agree
    with probability 1/2, whatever the sizes, and the count of agreements is binomial.

    Parameters
    ----------
    effects : float64[M, R, D]
        Changes of the measure at M places under R sets of draws, R at least 2; NaN is unknown.

    Returns
    -------
    Evidence
        The control of a number has as many pairs of changes, with directions drawn by lot.

    Notes
    -----
    Source: ours, the exact sign test on pairs of replications.

    Examples
    --------
    Thirty places, two sets of draws: the first number always moves the measure up, the second
    moves it up under the first draws and down under the others.

    >>> both = np.ones((30, 2, 2))
    >>> both[:, 1, 1] = -1.0
    >>> [float(x) for x in agreement(both).chance] == [0.5**30, 1.0]
    True
    """
    from scipy.stats import binom

    pairs = effects.shape[1] // 2
    product = np.sign(effects[:, 0 : 2 * pairs : 2]) * np.sign(effects[:, 1 : 2 * pairs : 2])
    agree, differ = ((product == sign).sum(axis=(0, 1)) for sign in (1, -1))
    tried = agree + differ
    by_lot = np.random.default_rng(SEED).binomial(tried, 0.5)
    chance, controls = (binom.sf(count - 1, tried, 0.5) for count in (agree, by_lot))
    return Evidence(chance, controls)


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


def fewest_pairs(numbers: int) -> int:
    """Return how many pairs of changes at least let one of ``numbers`` pass the bar.

    Examples
    --------
    >>> fewest_pairs(411)
    22
    """
    return int(np.ceil(np.log2(max(1, numbers) / FAMILY)))
