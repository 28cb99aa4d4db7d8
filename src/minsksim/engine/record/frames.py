"""One run turn by turn: plain arrays, and frames of them for whoever asks.

pandas is imported where a frame is made: telling a run as a story needs none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from minsksim.engine.arrays.axes import Axes
from minsksim.engine.arrays.kinds import Floats

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Record:
    """Every settled turn of one run; the first axis is turn 0 (the start) to T.

    Attributes
    ----------
    axes : Axes
        Names along the other axes.
    series : ndarray, shape (T + 1, V)
        True value of every quantity, natural units.
    public : ndarray, shape (T + 1, L)
        Lever values as an outside observer saw them.
    utilities : ndarray, shape (T + 1, A)
        Utility of every actor, utils.
    contributions : ndarray, shape (T + 1, A, K + 2)
        The terms that add up to each utility, in the order of ``axes.terms``, utils.
    """

    axes: Axes
    series: Floats
    public: Floats
    utilities: Floats
    contributions: Floats

    def __eq__(self, other: object) -> bool:
        """Return whether another record tells the same, number by number."""
        if not isinstance(other, Record):
            return NotImplemented
        pairs = zip(self._arrays, other._arrays, strict=True)
        return self.axes == other.axes and all(
            np.array_equal(one, two, equal_nan=True) for one, two in pairs
        )

    __hash__ = None  # type: ignore[assignment]

    @property
    def _arrays(self) -> tuple[Floats, ...]:
        return self.series, self.public, self.utilities, self.contributions

    @cached_property
    def _place(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.axes.quantities)}

    def level(self, quantity: str, turn: int) -> float:
        """Return the true value of a quantity, by its dotted name, after a turn."""
        return float(self.series[turn, self._place[quantity]])

    def shown(self, lever: str, turn: int) -> float:
        """Return a lever's value as an outside observer saw it after a turn."""
        return float(self.public[turn, self.axes.levers.index(lever)])

    def series_frame(self) -> pd.DataFrame:
        """Return every quantity's true value by turn."""
        return _frame(self.series, self.axes.quantities)

    def public_frame(self) -> pd.DataFrame:
        """Return every lever as the public saw it by turn."""
        return _frame(self.public, self.axes.levers)

    def utility_frame(self) -> pd.DataFrame:
        """Return every actor's utility by turn."""
        return _frame(self.utilities, self.axes.actors)

    def contribution_frame(self) -> pd.DataFrame:
        """Return the terms of every utility, long form."""
        import pandas as pd

        turns, actors, terms = self.contributions.shape
        return pd.DataFrame(
            {
                "turn": np.repeat(np.arange(turns), actors * terms),
                "actor": np.tile(np.repeat(self.axes.actors, terms), turns),
                "interest": np.tile(self.axes.terms, turns * actors),
                "value": self.contributions.ravel(),
            }
        )


def _frame(rows: Floats, columns: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(rows.copy(), columns=list(columns))
    frame.index.name = "turn"
    return frame
