"""What Mesa's own tools ask of a model: a seed under any name, replicates that differ, a collector.

Nothing here decides anything in a run.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from secrets import randbelow
from typing import TYPE_CHECKING, Any, TypeAlias

import mesa
import numpy as np

from minsksim.engine.arrays.randomness import MOST_SEED, whole_address
from minsksim.engine.valuation.measures import reported
from minsksim.errors import UsageError

if TYPE_CHECKING:
    from minsksim.engine.arrays.axes import Axes
    from minsksim.model import Model

Seed: TypeAlias = int | np.integer[Any] | Sequence[int] | np.random.SeedSequence
"""What Mesa and numpy take for a seed."""

_RUNNER, _ONE_RUN = "mesa.batchrunner", "_model_run_func"


def address_of(
    seed: Seed | None, rng: Seed | np.random.Generator | None, replication: int | None
) -> tuple[int, int]:
    """Return seed and replication of a run from what a user or one of Mesa's tools gave.

    ``mesa.batch_run`` builds a model for each replicate; up to Mesa 3.3 it gives all of them
    the same arguments, and later ones None for a seed. So where nothing addresses the draws, a
    replicate takes its number in the batch for its replication: replicates differ, and each can be
    played again.

    Parameters
    ----------
    seed, rng : int, sequence of int, numpy SeedSequence or Generator, optional
        Two names of one thing, of which one at most may be given; 0 without either.
    replication : int, optional
        By default the number of the replicate in ``mesa.batch_run``, and 0 elsewhere.

    Examples
    --------
    >>> address_of(None, None, None), address_of(None, 7, None), address_of(3, None, 2)
    ((0, 0), (7, 0), (3, 2))
    """
    if seed is not None and rng is not None:
        raise UsageError("seed and rng are two names of one thing; give one of them.")
    given = rng if seed is None else seed
    if replication is None:
        is_addressed = given is not None or (number := _replicate()) is None
        replication = 0 if is_addressed else number
    return whole_address(_whole(0 if given is None else given), replication or 0)


def _whole(given: Any) -> int:
    """Return the whole number that a seed is or stands for."""
    if isinstance(given, int | np.integer):
        return int(given)
    try:
        return int(np.random.default_rng(given).integers(MOST_SEED, dtype=np.uint64, endpoint=True))
    except (TypeError, ValueError):
        raise UsageError(f"{given!r:.80} is no seed. Use a whole number.") from None


def _replicate() -> int | None:
    """Return the number of the replicate that ``mesa.batch_run`` is building, None elsewhere.

    Mesa tells the model nothing of it, so it is read off Mesa's own call. Should a later Mesa keep
    it elsewhere, a number is drawn: replicates that cannot be told apart must still differ.
    """
    frame = sys._getframe(1)
    while (above := frame.f_back) is not None:
        frame = above
        if frame.f_globals.get("__name__") == _RUNNER:
            number = frame.f_locals.get("iteration")
            is_known = frame.f_code.co_name == _ONE_RUN and isinstance(number, int)
            return number if is_known else randbelow(2**31)
    return None


class TurnCollector(mesa.DataCollector):  # type: ignore[misc]
    """Mesa's collector with every number of a run: quantities, utilities and measures.

    The model fills it once a turn. Asked for the same turn again, as by a subclass that collects
    in its own ``step``, it adds no second row.

    Parameters
    ----------
    axes : Axes
        Names along the arrays of the model's state.
    """

    def __init__(self, axes: Axes) -> None:
        utilities = [f"utility.{name}" for name in axes.actors]
        arrays = {"quantity": axes.quantities, "utility": utilities, "measure": axes.measures}
        reporters = {
            name: partial(_number, array, place)
            for array, names in arrays.items()
            for place, name in enumerate(names)
        }
        super().__init__(model_reporters={"turn": "turn", **reporters})

    def collect(self, model: Model) -> None:
        """Add a row for the present turn."""
        turns = self.model_vars["turn"]
        if not turns or turns[-1] != model.turn:
            super().collect(model)


def _number(array: str, place: int, model: Model) -> float:
    numbers = getattr(model.state, array)
    if array == "measure":
        numbers = reported(model.compiled.structure, numbers)
    return float(numbers[place])


def release_model(model: Model) -> None:
    """Let go of a finished model; Mesa before 3.5 keeps every model in a class-wide table."""
    known = getattr(mesa.Agent, "_ids", None)
    if known is not None:
        known.pop(model, None)
