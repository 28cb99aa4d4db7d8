"""What a sweep is asked to do, before any scenario is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from minsksim.engine.arrays.randomness import whole_address
from minsksim.errors import UsageError
from minsksim.experiment.question.conditions import parse_where
from minsksim.experiment.question.design import build_design
from minsksim.experiment.question.question import BY_POINT, DRAWS, SHARED, Question
from minsksim.experiment.question.targets import check_until, parse_until
from minsksim.experiment.question.vary import Vary

if TYPE_CHECKING:
    from minsksim.scenario import Scenario

_MOST_RUNS = 2**31 - 1

SAMPLE = 1000
"""Runs of each scenario kept turn by turn, unless more or fewer are asked for."""


@dataclass(frozen=True)
class SweepRequest:
    """All that a sweep asks; with scenarios it becomes a question.

    Attributes
    ----------
    design : str or None
        One of ``KINDS`` of ``samplers.py``.
        None is ``list`` with a file of points, ``grid`` if anything varies, else ``point``.
    vary : tuple of Vary
        Numbers to vary; designs that draw points vary every number with a range without any.
    runs : int
        Replications for each design point; with ``until``, those of each round.
    points : int or None
        Points of a design that draws them, base points of ``saltelli``, trajectories of ``morris``.
    seed : int
        0 <= seed < 2**63.
    where : tuple of str
        Conditions such as ``"agreements>3"``: the runs that tables and figures summarise.
    series : int or None
        Runs of each scenario to keep turn by turn, spread over the design; None keeps every run.
    agreements : int, None or "series"
        The same for agreements; "series" is as many as ``series``.
    filters : tuple of str
        Conditions on varied numbers such as ``"a.x<b.y"``; other points are not run.
    points_file : path or None
        CSV file of points: dotted names, then a line of numbers for each.
    until : tuple of str
        Targets such as ``"agreements=0.5"``: rounds of ``runs`` replications are added until
        the 95 % interval of the mean is that narrow to either side at every point.
    most : int or None
        Replications at which to stop adding; None is 50 rounds.
    draws : {"shared", "by_point"} or None
        Whether a replication has the same draws at every design point. None: ``by_point`` where
        points are drawn from ranges, for a spread; ``shared`` where they are chosen, for
        differences. Scenarios of a sweep share their draws either way.
    """

    design: str | None = None
    vary: tuple[Vary, ...] = ()
    runs: int = 1000
    points: int | None = None
    seed: int = 0
    where: tuple[str, ...] = ()
    series: int | None = SAMPLE
    agreements: int | Literal["series"] | None = "series"
    filters: tuple[str, ...] = ()
    points_file: str | Path | None = None
    until: tuple[str, ...] = ()
    most: int | None = None
    draws: str | None = None

    def question(self, scenarios: Sequence[Scenario]) -> Question:
        """Check every part, and put the question to these scenarios.

        Raises
        ------
        UsageError
            A part is out of bounds, or does not go with another part or with a scenario.
        """
        agreements = self.series if self.agreements == "series" else self.agreements
        seed, _ = whole_address(self.seed, 0)
        self._check(scenarios, agreements)
        design = build_design(
            self.design,
            self.vary,
            scenarios,
            self.points,
            seed,
            filters=self.filters,
            points_file=self.points_file,
        )
        until, most = check_until(
            [parse_until(text) for text in self.until], self.most, self.runs, design
        )
        if self.runs < 1 or most * design.points > _MOST_RUNS:
            raise UsageError(
                f"{design.points} points of {most} runs: use 1 to {_MOST_RUNS} in all."
            )
        return Question(
            scenarios=tuple(scenarios),
            design=design,
            runs=self.runs,
            seed=seed,
            where=tuple(str(parse_where(text)) for text in self.where),
            series=self.series,
            agreements=agreements,
            until=until,
            most=most,
            draws=self.draws or (BY_POINT if design.sampled else SHARED),
        )

    def _check(self, scenarios: Sequence[Scenario], agreements: int | None) -> None:
        """Refuse what needs no design to be seen."""
        if not scenarios:
            raise UsageError("A sweep needs at least one scenario.")
        names = [scenario.name for scenario in scenarios]
        for name in names:
            if names.count(name) > 1:
                raise UsageError(f"Scenario {name!r} is given twice.")
        if self.draws is not None and self.draws not in DRAWS:
            raise UsageError(f"Draws {self.draws!r}: use {' or '.join(DRAWS)}.")
        for word, count in (("series", self.series), ("agreements", agreements)):
            if count is not None and count < 0:
                raise UsageError(f"{count} {word}: use 0 or more.")
