"""An oracle: a number that is known from outside the program, and what the program makes of it."""

from __future__ import annotations

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


@dataclass(frozen=True)
class Finding:
    """What came of one oracle; ``passed`` is the verdict."""

    oracle: Oracle
    got: float
    passed: bool


def examine(oracles: Iterable[Oracle]) -> list[Finding]:
    """Compute every oracle; what is not a number fails."""
    findings = []
    for oracle in oracles:
        got = float(oracle.compute())
        findings.append(Finding(oracle, got, abs(got - oracle.expected) <= oracle.tolerance))
    return findings
