"""The options that say which runs are compared; one value for all of them."""

from __future__ import annotations

from dataclasses import dataclass

import click

from minsksim.cli.options import collected, seed_option, threads_option


@dataclass(frozen=True)
class PairedRuns:
    """The runs that are compared, each with those on the same draws.

    Attributes
    ----------
    measures : tuple of str
        What is measured of them; without any, everything.
    runs : int
        Replications of each scenario or protocol.
    seed : int
    threads : int or None
        Processors to use; None is all of them.
    base_only : bool
        Leave out the comparison over the ranges.
    all_measures : bool
        Show every measure that differs.
    """

    measures: tuple[str, ...]
    runs: int
    seed: int
    threads: int | None
    base_only: bool
    all_measures: bool

    @property
    def said(self) -> str:
        """Say how many there are."""
        return f"{self.runs:,} runs of each, seed {self.seed}"


paired_options = collected(
    "paired",
    PairedRuns,
    (
        click.option(
            "--measure",
            "measures",
            multiple=True,
            metavar="NAME",
            help="Compare only this measure; repeatable.",
        ),
        click.option(
            "--runs",
            type=click.IntRange(2),
            default=1000,
            show_default=True,
            metavar="N",
            help="Runs of each.",
        ),
        seed_option,
        threads_option,
        click.option("--base-only", is_flag=True, help="Leave out the comparison over the ranges."),
        click.option(
            "--all-measures",
            is_flag=True,
            help="Show every measure that differs, not the ten with the largest effect.",
        ),
    ),
)
