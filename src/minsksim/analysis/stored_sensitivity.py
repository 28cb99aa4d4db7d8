"""Which varied numbers move a measure: indices with intervals, and who is ranked.

Indices are of the expected measure, a function of the point; what the draws of a point alone make
of it is left out or, where it cannot be, nobody is ranked. Conditions (``where``) are not applied:
they would take points out of a design that needs all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from minsksim.analysis.controls import Floats
from minsksim.analysis.correlated import Correlated
from minsksim.analysis.drawn import Drawn
from minsksim.analysis.indices import RANKED_BY, Assessment, assess, half_sizes, order_agreement
from minsksim.analysis.not_ranked import reasons
from minsksim.analysis.overall import overall_order
from minsksim.analysis.summary import chosen
from minsksim.errors import UsageError
from minsksim.experiment.question.samplers import SAMPLERS
from minsksim.experiment.result import take_result
from minsksim.scenario.number_labels import number_label

if TYPE_CHECKING:
    from minsksim.experiment import Result
    from minsksim.scenario import Scenario

SETTLED = 0.9
"""Rank agreement of two halves of a design from which the order counts as settled."""

COLUMNS = (
    "scenario", "measure", "name", "label", "source", "index",
    "estimate", "low", "high", "rank", "chance", "reason",
)  # fmt: skip
_AGREEMENT = ("scenario", "measure", "points", "left_out", "ranked", "agreement", "settled")


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What moves the measures of a sweep.

    Attributes
    ----------
    kind : str
        The design, and with it the kind of index.
    table : DataFrame
        One row for each scenario, measure, number and index: label and kind of source of the
        number, estimate with the ends of its 95 % interval; and of the number, the same in each
        row, ``rank`` (1 is the strongest; empty if it is not ranked), ``chance`` (the
        probability that a number which does nothing looks as strong) and the ``reason``
        why it is not ranked.
    agreement : DataFrame
        One row for each scenario and measure: points used, points left out because a run of
        theirs or of their block failed, numbers ranked, rank agreement of two halves (1: the same
        order), and whether the order is settled.
    overall : DataFrame
        One row for each scenario and number that is ranked anywhere, the strongest first:
        ``size`` is its share over all measures that move, each counted alike; ``measures`` in how
        many it is ranked; ``largest`` its largest share, and ``measure`` where that is;
        ``one_half`` and ``other_half`` the size by each half of the points.
    correlated : Correlated or None
        How the columns of the design correlate; None where the design keeps them apart.
    result : Result
        The sweep.
    screening : Sensitivity or None
        Of a scenario: the first look at all numbers, from which those of ``table`` were chosen.
    verdict : tuple of str
        The answer in sentences.
    """

    kind: str
    table: pd.DataFrame
    agreement: pd.DataFrame
    overall: pd.DataFrame
    correlated: Correlated | None
    result: Result
    screening: Sensitivity | None = field(default=None, repr=False)

    @property
    def verdict(self) -> tuple[str, ...]:
        """The answer in sentences."""
        from minsksim.analysis.verdict import verdict

        return verdict(self)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Dotted names of all numbers that were varied, first looks included."""
        return self.result.varied if self.screening is None else self.screening.result.varied

    def ranked(self, scenario: str, measure: str) -> pd.DataFrame:
        """Return the numbers ranked for a measure, by the index they are ranked by."""
        mine = self.table[
            (self.table["scenario"] == scenario)
            & (self.table["measure"] == measure)
            & (self.table["index"] == RANKED_BY[self.kind])
        ]
        return mine[mine["rank"].notna()].sort_values("rank", kind="stable")


def of_result(
    result: Result | str | Path, measures: str | Sequence[str] | None = None
) -> Sensitivity:
    """Return what moves the measures of a stored sweep; see ``sensitivity``."""
    result = take_result(result)
    kind, names = str(result.manifest["question"]["design"]["kind"]), result.varied
    if kind not in RANKED_BY or not names:
        raise UsageError(
            f"{result.path}: a {kind} design has no sensitivity indices. Sweep with one of "
            f"--design {', '.join(SAMPLERS)}, or name a scenario instead of a result."
        )
    asked = chosen(measures, result.measures)
    design = Drawn(kind, names, _unit(result))
    columns = design.columns if design.size == 1 else None
    tables, halves, sizes = [], [], []
    for scenario, source in result.scenarios.items():
        for measure in (one for one in asked if one in source.document.measures):
            y = point_values(result, scenario, measure)
            usable = _complete(design, y)
            part = design if usable.all() else design.of_blocks(usable)
            whole = y[usable.repeat(design.size)]
            found = assess(part, whole)
            tables.append(_rows(source, measure, names, found, columns))
            apart = half_sizes(part, whole, found.ranked)
            agree = order_agreement(apart)
            kept, left_out = len(whole), len(y) - len(whole)
            halves.append(
                (source.name, measure, kept, left_out, len(found.ranked), agree, agree >= SETTLED)
            )
            sizes.append((scenario, measure, found, apart))
    table = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=COLUMNS)
    agreement = pd.DataFrame(halves, columns=list(_AGREEMENT))
    overall = overall_order(result.scenarios, names, sizes)
    return Sensitivity(kind, table, agreement, overall, columns, result)


def point_values(result: Result, scenario: str, measure: str) -> Floats:
    """Return a measure by point and replication, float64[P, R]; NaN where a run failed.

    A level that was never reached was reached later than the last turn, so it counts as one turn
    after it.
    """
    runs = result.columns(scenario, ("point", "replication", "status", measure))
    points, size = int(result.manifest["question"]["design"]["points"]), result.runs_per_point
    found = np.full((points, size), np.nan)
    mine = runs[runs["status"] == 0]
    values = mine[measure].to_numpy(dtype=np.float64)
    source = result.scenarios[scenario]
    if source.document.measures[measure].take == "first_above":
        values = np.where(np.isnan(values), source.document.calendar.turns + 1, values)
    found[mine["point"].to_numpy(), mine["replication"].to_numpy()] = values
    return found


def _rows(
    source: Scenario,
    measure: str,
    names: Sequence[str],
    found: Assessment,
    columns: Correlated | None,
) -> pd.DataFrame:
    """Return the rows of one measure."""
    rank = np.full(len(names), np.nan)
    rank[found.ranked] = np.arange(1, len(found.ranked) + 1)
    document = source.document
    parts = {
        "scenario": source.name,
        "measure": measure,
        "name": list(names),
        "label": [number_label(document, name) for name in names],
        "source": [document.sources[source.numbers[name].source].kind for name in names],
        "rank": rank,
        "chance": np.nan if found.evidence is None else found.evidence.chance,
        "reason": reasons(document, names, found, columns),
    }
    tables = [
        pd.DataFrame(
            {**parts, "index": index, "estimate": one.middle, "low": one.low, "high": one.high}
        )
        for index, one in found.estimates.items()
    ]
    known = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=COLUMNS)
    return known[list(COLUMNS)]


def _complete(design: Drawn, y: Floats) -> npt.NDArray[np.bool_]:
    """Return the blocks of points that belong together of which every one has enough values."""
    known = np.isfinite(y)
    in_halves = design.size > 1 and y.shape[1] > 1
    parts = (known[:, 0::2], known[:, 1::2]) if in_halves else (known,)
    usable = np.column_stack([part.any(axis=1) for part in parts])
    return np.array([block.all() for block in usable.reshape(design.blocks, -1)], dtype=np.bool_)


def _unit(result: Result) -> Floats:
    """Return the design points, each number scaled to 0-1 by its range."""
    points, columns = result.points(), []
    for axis in result.manifest["question"]["design"]["axes"]:
        values = points[axis["name"]].to_numpy(dtype=np.float64)
        width = axis["high"] - axis["low"]
        columns.append((values - axis["low"]) / width if width else np.zeros_like(values))
    unit: Floats = np.stack(columns, axis=1)
    return unit
