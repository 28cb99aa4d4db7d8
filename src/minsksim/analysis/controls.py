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
