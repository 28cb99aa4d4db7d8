"""Two stored results against each other, run by run or point by point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from minsksim.analysis.compare import (
    AT_POINTS,
    PAIRED_BY_RUN,
    Comparison,
    paired_table,
)
from minsksim.analysis.spreads import BASE, RANGES, WHERE
from minsksim.analysis.summary import chosen
from minsksim.errors import UsageError
from minsksim.experiment.result import Result, take_result
from minsksim.frozen import FrozenMap

if TYPE_CHECKING:
    from minsksim.scenario import Scenario

PAIRED_BY_POINT = (
    "Paired by design point, not by replication: the seeds differ, so the mean of each point is "
    "set against the mean of the same point on other draws."
)
_KEYS = ["point", "replication"]
_NOT_DRAWS = ("scenarios", "runs", "where", "series", "agreements", "until", "most")
"""Parts of a question that decide neither points nor draws."""


def compare_results(
    base: Result | str | Path,
    other: Result | str | Path,
    measures: str | Sequence[str] | None = None,
) -> Comparison:
    """Compare the first scenario of a stored result with that of another.

    With the same design and seed each run has its counterpart on the same draws. With the same
    design points under other seeds the means of each point are compared.

    Parameters
    ----------
    base, other : Result, str or Path
        Results, or their folders.
    measures : str or sequence of str, optional
        Default: every measure that both share.

    Returns
    -------
    Comparison
        Its ``pairing`` says how values were paired; ``draws`` holds what was paired: runs, or the
        means of points. Runs that either result has and the other lacks are left out.

    Raises
    ------
    UsageError
        They cannot be paired: other points, other rules, one point under two seeds, or the same
        result twice.
    """
    first, second = take_result(base), take_result(other)
    if first.id == second.id:
        raise UsageError(f"{first.path} and {second.path} are the same result. Name two.")
    is_by_run = _is_by_run(first, second)
    old, new = _named(first, second)
    wanted = [
        name
        for name in chosen(measures, tuple(old.document.measures))
        if name in new.document.measures
    ]
    tables = [_table(one, wanted, is_by_run) for one in (first, second)]
    shared = tables[0].index.intersection(tables[1].index)
    draws = {
        scenario.name: table.loc[shared].reset_index().assign(scenario=scenario.name)
        for scenario, table in zip((old, new), tables, strict=True)
    }
    if shared.empty:
        raise UsageError(f"{first.path} and {second.path} have no run in common.")
    return Comparison(
        base=old.name,
        variants=(new.name,),
        runs=len(shared),
        seed=first.seed,
        table=paired_table(old, [new], wanted, draws, draws=first.draws),
        draws=pd.concat(draws.values(), ignore_index=True),
        scenarios=FrozenMap({old.name: old, new.name: new}),
        pairing=_pairing(first, second, is_by_run),
        ranges=_over_ranges(first, second, measures),
        place=_place(first),
    )


def _place(result: Result) -> str:
    kind = result.manifest["question"]["design"]["kind"]
    return {"point": WHERE[BASE], "grid": AT_POINTS, "list": AT_POINTS}.get(kind, WHERE[RANGES])


def _over_ranges(
    first: Result, second: Result, measures: str | Sequence[str] | None
) -> pd.DataFrame | None:
    """Return the table of what lies over the ranges in both results, if it can be paired."""
    if first.ranges is None or second.ranges is None:
        return None
    try:
        found = compare_results(first.ranges, second.ranges, measures).table
    except UsageError:
        return None
    name = _named(first, second)[1].name
    return found.assign(variant=name)


def _pairing(first: Result, second: Result, is_by_run: bool) -> str:
    """Say how values are paired, and that conditions of the sweeps select nothing here."""
    pairing = PAIRED_BY_RUN if is_by_run else PAIRED_BY_POINT
    if first.where or second.where:
        return f"{pairing} All runs are compared, also those that --where left out of a summary."
    return pairing


def _is_by_run(first: Result, second: Result) -> bool:
    """Return whether runs can be paired, else points; refuse where neither can."""
    one, two = first.manifest["question"], second.manifest["question"]
    differ = [key for key in _parts(one) | _parts(two) if one.get(key) != two.get(key)]
    if not differ:
        return True
    told = f"{first.path} and {second.path} cannot be paired"
    if "rules" in differ or "version" in differ:
        raise UsageError(f"{told}: they were made by different rules. Sweep the older one anew.")
    if _points(one) != _points(two):
        raise UsageError(
            f"{told}: their design points differ. Use one design for both, or name both scenarios "
            "in one sweep."
        )
    if one["design"]["points"] < 2:
        raise UsageError(f"{told}: {_said(differ, one, two)}. Use the same for both.")
    return False


def _parts(question: dict[str, Any]) -> set[str]:
    return set(question) - set(_NOT_DRAWS)


def _points(question: dict[str, Any]) -> tuple[object, ...]:
    """Return what decides the points that two results may share."""
    design = question["design"]
    return (design["sha256"], [axis["name"] for axis in design["axes"]])


def _said(differ: Sequence[str], one: dict[str, Any], two: dict[str, Any]) -> str:
    """Say what keeps runs from having counterparts."""
    if "seed" in differ:
        return f"their seeds differ ({one['seed']} and {two['seed']})"
    return f"their {' and '.join(sorted(differ))} differ"


def _named(first: Result, second: Result) -> tuple[Scenario, Scenario]:
    """Return the first scenario of either, told apart by the result's id where names are equal."""
    one, two = (next(iter(result.scenarios.values())) for result in (first, second))
    if one.name != two.name:
        return one, two
    return (
        replace(one, name=f"{one.name} ({first.id})"),
        replace(two, name=f"{two.name} ({second.id})"),
    )


def _table(result: Result, measures: Sequence[str], is_by_run: bool) -> pd.DataFrame:
    """Return status and measures by run, or by point over the runs that finished."""
    name = next(iter(result.scenarios))
    runs = result.columns(name, [*_KEYS, "status", *measures]).set_index(_KEYS)
    if is_by_run:
        return runs
    means = runs[runs["status"] == 0].groupby("point")[list(measures)].mean()
    return means.assign(replication=0, status=0).set_index("replication", append=True)
