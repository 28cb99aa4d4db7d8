"""Frames of one run, in the manner of a data collector: one row a turn."""

from __future__ import annotations

import numpy as np
import pandas as pd

from minsksim.engine.compile import Compiled
from minsksim.engine.layout import Floats, State
from minsksim.engine.run import COSTS, REGARD


class Recorder:
    """Keeps the state of every settled turn and hands it out as DataFrames."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._series: list[Floats] = []
        self._public: list[Floats] = []
        self._utilities: list[Floats] = []
        self._contributions: list[Floats] = []

    @property
    def term_names(self) -> tuple[str, ...]:
        """Interests, then ``regard`` and ``costs``."""
        return (*self._compiled.interests, REGARD, COSTS)

    def keep(self, state: State) -> None:
        """Copy the turn that has just settled."""
        self._series.append(state.quantity.copy())
        self._public.append(state.seen[-1].copy())
        self._utilities.append(state.utility.copy())
        self._contributions.append(state.contribution.copy())

    def _frame(self, rows: list[Floats], columns: tuple[str, ...]) -> pd.DataFrame:
        frame = pd.DataFrame(np.array(rows), columns=list(columns))
        frame.index.name = "turn"
        return frame

    def series(self) -> pd.DataFrame:
        """Return every quantity's true value by turn."""
        return self._frame(self._series, self._compiled.quantities)

    def public(self) -> pd.DataFrame:
        """Return every lever as the public saw it by turn."""
        return self._frame(self._public, self._compiled.axes.levers)

    def utilities(self) -> pd.DataFrame:
        """Return every actor's utility by turn."""
        return self._frame(self._utilities, self._compiled.actors)

    def contributions(self) -> pd.DataFrame:
        """Return the terms of every utility, long form."""
        cube = np.array(self._contributions)
        turns, actors, terms = cube.shape
        return pd.DataFrame(
            {
                "turn": np.repeat(np.arange(turns), actors * terms),
                "actor": np.tile(np.repeat(self._compiled.actors, terms), turns),
                "interest": np.tile(self.term_names, turns * actors),
                "value": cube.ravel(),
            }
        )
