"""An oracle: a number that is known from outside the program, and what the program makes of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Oracle:
    """A number of the literature and the call of the program that must give it.

    Attributes
    ----------
    name : str
        Dotted: model, then case, e.g. ``rubinstein.patience_0.9_0.8``.
    model : str
        The model in words, e.g. ``Rubinstein alternating offers``.
    source : str
        Key of ``scenarios/sources.bib``.
    expected : float
        The published number, or a closed form worked out outside the program; typed in, never
        computed by the code that is checked.
    compute : callable
        Takes nothing and returns what the program gives.
    tolerance : float
        Largest absolute difference that passes.
    """

    name: str
    model: str
    source: str
    expected: float
    compute: Callable[[], float]
    tolerance: float = 1e-6

    @property
    def case(self) -> str:
        """What follows the model in the name."""
        return self.name.partition(".")[2]


@dataclass(frozen=True)
class Finding:
    """What came of one oracle; ``passed`` is the verdict, ``reason`` says why there is no number.

    ``got`` is not a number where the computation failed.
    """

    oracle: Oracle
    got: float
    passed: bool
    reason: str = ""


def examine(oracles: Iterable[Oracle]) -> list[Finding]:
    """Compute every oracle; one whose computation fails is a miss with the reason.

    Parameters
    ----------
    oracles : iterable of Oracle
        E.g. ``all_oracles()`` or ``find_oracles("rubinstein")``.

    Returns
    -------
    list of Finding
        One for each oracle, in the same order.
    """
    return [_examine_one(oracle) for oracle in oracles]


def _examine_one(oracle: Oracle) -> Finding:
    try:
        got = float(oracle.compute())
    except Exception as error:  # whatever a broken formula raises is that formula's miss
        return Finding(oracle, math.nan, False, f"{type(error).__name__}: {error}")
    return Finding(oracle, got, abs(got - oracle.expected) <= oracle.tolerance)
