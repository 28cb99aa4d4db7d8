"""What an experiment asks of the engine: compile a scenario, simulate a block of runs.

The experiment layer knows the engine by these few lines only, so that its own tests can run
against a toy whose every number is known.
Axes: R runs, P design points, N numbers, T turns, V quantities, A actors, M measures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from minsksim.scenario import Scenario

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Compiled(Protocol):
    """A scenario as arrays; names give the order of the axes."""

    @property
    def numbers(self) -> Floats:
        """Values of the scenario's numbers, float64[N]."""

    @property
    def number_names(self) -> tuple[str, ...]:
        """Dotted names, N of them."""

    @property
    def quantities(self) -> tuple[str, ...]:
        """Dotted names of levers, stocks, channels, markets and access pairs, V of them."""

    @property
    def actors(self) -> tuple[str, ...]:
        """Names, A of them."""

    @property
    def interests(self) -> tuple[str, ...]:
        """Names of the interests."""

    @property
    def measures(self) -> tuple[str, ...]:
        """Names, M of them."""

    @property
    def turns(self) -> int:
        """T."""


class Agreements(Protocol):
    """G agreements, one row each, by run, turn and channel."""

    @property
    def run(self) -> Ints:
        """Row of the block."""

    @property
    def turn(self) -> Ints:
        """1-based turn."""

    @property
    def channel(self) -> Ints:
        """Index of the channel."""

    @property
    def gain(self) -> Floats:
        """float64[G, p]: utils, by party; p is the size of the largest channel."""

    @property
    def kept(self) -> Ints:
        """1 if kept, [G, p] by party."""

    @property
    def externalities(self) -> Floats:
        """float64[G, A]: change of every actor's utility, utils."""

    @property
    def before(self) -> Floats:
        """float64[G, L]: lever values before."""

    @property
    def after(self) -> Floats:
        """float64[G, L]: lever values as signed."""


class Block(Protocol):
    """The runs of one call, in the order they were asked for."""

    @property
    def measures(self) -> Floats:
        """float64[R, M]."""

    @property
    def status(self) -> Ints:
        """0 for a finished run, else a code with a sentence."""

    @property
    def series(self) -> Floats | None:
        """float64[R, T+1, V]."""

    @property
    def utilities(self) -> Floats | None:
        """float64[R, T+1, A]."""

    @property
    def contributions(self) -> Floats | None:
        """float64[R, T+1, A, parts]: interests, then regard and costs."""

    @property
    def public(self) -> Floats | None:
        """float64[R, T+1, L]: levers as an outside observer saw them."""

    @property
    def agreements(self) -> Agreements | None:
        """Agreements of all runs, by run, turn and channel."""


class Kernel(Protocol):
    """The engine, or a toy in its place."""

    def compile_scenario(self, scenario: Scenario) -> Compiled:
        """Lay a scenario out as arrays."""

    def simulate(
        self,
        compiled: Any,
        points: Floats,
        point_of_run: Ints,
        replications: Ints,
        seed: int,
        *,
        is_traced: bool = False,
    ) -> Block:
        """Simulate runs; what a run yields depends on its point, replication and seed only."""


class Engine:
    """The real engine, imported when first used, since the command line starts without it."""

    def compile_scenario(self, scenario: Scenario) -> Compiled:
        """Lay a scenario out as arrays."""
        from minsksim.engine.arrays.compile import compile_scenario

        return compile_scenario(scenario)

    def simulate(
        self,
        compiled: Any,
        points: Floats,
        point_of_run: Ints,
        replications: Ints,
        seed: int,
        *,
        is_traced: bool = False,
    ) -> Block:
        """Simulate runs; what a run yields depends on its point, replication and seed only."""
        from minsksim.engine.batch import simulate

        return simulate(
            compiled,
            points,
            point_of_run,
            replications,
            seed,
            is_traced=is_traced,
        )
