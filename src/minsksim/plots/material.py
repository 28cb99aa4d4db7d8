"""What figures are drawn from: the tables of a result or of one run, in one shape.

``Material`` is the only place that knows how results and runs keep their tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pandas as pd

from minsksim.alike import several
from minsksim.analysis.compare import Comparison
from minsksim.analysis.spreads import BASE, RANGES, Turned, spreads
from minsksim.engine.record.run import ORDINALS, Agreement, Run
from minsksim.errors import UsageError
from minsksim.experiment.question.question import SHARED
from minsksim.experiment.result import load_result
from minsksim.plots.footer import CHOSEN, RUN, Size, footer
from minsksim.plots.summaries import at_ends, ends_of_turns
from minsksim.scenario.places import nearest
from minsksim.scenario.schema import Document

if TYPE_CHECKING:
    from minsksim.experiment import Result

Source: TypeAlias = "Result | Run | Comparison | Material | str | Path"
"""What every drawing function takes; a text or path is the folder of a result."""


@dataclass(frozen=True)
class Stored:
    """The runs of a result, of which figures read the columns they draw, one after another."""

    result: Result

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return ("scenario", "point", "replication", *self.result.varied, *self.result.measures)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Number of runs by scenario."""
        return {name: len(self.result.finished(name, ("point",))) for name in self.result.scenarios}

    @property
    def empty(self) -> bool:
        """Whether there is no run."""
        return not len(self)

    def __len__(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Material:
    """Tables and documents of one or more scenarios; the first scenario is the base.

    Attributes
    ----------
    documents : mapping of str to Document
        By scenario name, in the order in which they are drawn.
    seed : int
    runs : DataFrame or Stored
        One row per run: scenario, point, replication, varied numbers, measures.
    varied : tuple of str
        Dotted names of the numbers that differ between design points.
    where : tuple of str
        Conditions that selected ``runs``.
    series, contributions, agreements : DataFrame
        The sample of runs kept turn by turn; tidy, with scenario, turn and ``run``, which
        numbers the runs of all points. The date in ``series`` is the end of the turn.
    points : int
        Design points of ``runs``.
    points_of_sample : int
        Design points of the sample.
    draws : str
        ``shared`` or ``by_point``, as ``Result.draws``.
    over : str
        What the runs are spread over: ``base`` (draws alone), ``ranges`` (points that a design
        drew), ``chosen`` (points chosen one by one, which no figure pools) or ``run``.
    beside : Material or None
        Of runs at the base values: the runs over the ranges, if they were swept beside them.
    turned : tuple of Turned
        Measures whose direction at the base values is not the one over the ranges.
    has_agreements : bool
        Whether agreements were kept, so that their absence says something.
    differences, differences_over_ranges : DataFrame or None
        Of a comparison: its table of paired differences, and that over the ranges.
    """

    documents: Mapping[str, Document]
    seed: int
    runs: pd.DataFrame | Stored
    varied: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    series: pd.DataFrame = field(default_factory=pd.DataFrame)
    contributions: pd.DataFrame = field(default_factory=pd.DataFrame)
    agreements: pd.DataFrame = field(default_factory=pd.DataFrame)
    points: int = 1
    points_of_sample: int = 1
    draws: str = SHARED
    over: str = BASE
    beside: Material | None = None
    turned: tuple[Turned, ...] = ()
    has_agreements: bool = True
    differences: pd.DataFrame | None = None
    differences_over_ranges: pd.DataFrame | None = None

    @property
    def halves(self) -> tuple[Material, ...]:
        """The runs at the base values and those over the ranges, as far as there are any."""
        return (self,) if self.beside is None else (self, self.beside)

    @property
    def drawn(self) -> Material:
        """The half in which numbers vary, or these runs."""
        return self if self.beside is None else self.beside

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Names of the scenarios, base first."""
        return tuple(self.documents)

    @property
    def base(self) -> Document:
        """Document of the first scenario: the source of labels and units."""
        return next(iter(self.documents.values()))

    @property
    def counts(self) -> Mapping[str, int]:
        """Number of runs by scenario."""
        if isinstance(self.runs, Stored):
            return self.runs.counts
        found = self.runs["scenario"].value_counts()
        return {name: int(found.get(name, 0)) for name in self.scenarios}

    @property
    def measures(self) -> list[str]:
        """Measures of the base that the runs have, in file order."""
        return [name for name in self.base.measures if name in self.runs.columns]

    def pick(self, scenario: str, names: Sequence[str]) -> pd.DataFrame:
        """Return some columns of a scenario's runs."""
        if isinstance(self.runs, Stored):
            return self.runs.result.finished(scenario, names)
        found: pd.DataFrame = self.runs.loc[self.runs["scenario"] == scenario, list(names)]
        return found

    def sampled(self, table: pd.DataFrame, scenario: str) -> int:
        """Return how many runs of a scenario ``table`` (series, contributions) holds."""
        if table.empty:
            return 0
        return int(table.loc[table["scenario"] == scenario, "run"].nunique())

    def notice(self, scenarios: Sequence[str]) -> str:
        """Return the footer of a figure of the samples: runs, seed, scenarios, notice."""
        sizes = []
        for half in self.halves:
            counts = half.series.groupby("scenario")["run"].nunique()
            names = [name for name in scenarios if name in counts.index]
            found = [int(counts[name]) for name in names]
            sizes.append(Size(found, half.points_of_sample, half.draws, half.over))
        return footer(sizes, self.seed, scenarios, self.where)

    def notice_of_runs(self, *scenarios: str) -> str:
        """Return the footer of a figure drawn from the runs of scenarios, by default of all."""
        names = [name for name in scenarios or self.scenarios if self.counts[name]]
        sizes = [
            Size([half.counts[name] for name in names], half.points, half.draws, half.over)
            for half in self.halves
        ]
        return footer(sizes, self.seed, names, self.where)


def material(source: Source) -> Material:
    """Return the tables of a result or run in the shape that figures need."""
    if isinstance(source, str | Path):
        source = load_result(source)
    if isinstance(source, Material):
        return source
    if isinstance(source, Run):
        return _of_run(source)
    return _of_comparison(source) if isinstance(source, Comparison) else _of_result(source)


def _of_comparison(comparison: Comparison) -> Material:
    documents = {name: item.document for name, item in comparison.scenarios.items()}
    runs = comparison.draws[comparison.draws["status"] == 0]
    return Material(
        documents=documents,
        seed=comparison.seed,
        runs=runs,
        differences=comparison.table,
        differences_over_ranges=comparison.ranges,
    )


def _of_result(result: Result) -> Material:
    """Of both halves of an answer, whichever of them was asked for."""
    base, ranges = result.base or result, result.ranges if result.base is None else result
    if ranges is None or ranges is base:
        return _of_half(result)
    found = spreads(base)
    turned = found.turned if found is not None else ()
    return replace(_of_half(base), beside=_of_half(ranges), turned=turned)


def _of_half(result: Result) -> Material:
    documents = {name: item.document for name, item in result.scenarios.items()}
    design = result.manifest["question"]["design"]
    tables = (at_ends(result.series, documents), result.contributions, result.agreements)
    series, contributions, agreements = map(_numbered, _selected(result, tables))
    return Material(
        documents=documents,
        seed=result.seed,
        runs=Stored(result),
        varied=result.varied,
        where=result.where,
        series=series,
        contributions=contributions,
        agreements=agreements,
        points=int(design["points"]),
        points_of_sample=max(1, result.series["point"].nunique()),
        draws=result.draws,
        has_agreements=result.manifest["question"]["agreements"] != 0,
        over={"point": BASE, "grid": CHOSEN, "list": CHOSEN}.get(str(design["kind"]), RANGES),
    )


def _selected(result: Result, tables: Sequence[pd.DataFrame]) -> Sequence[pd.DataFrame]:
    """Return the rows of the runs that meet the result's conditions, as its summary has them."""
    if not result.where:
        return tables
    keys = ["scenario", "point", "replication"]
    runs = pd.concat(
        result.finished(name, keys[1:]).assign(scenario=name) for name in result.scenarios
    )
    return [table if table.empty else table.merge(runs, on=keys) for table in tables]


def _numbered(table: pd.DataFrame) -> pd.DataFrame:
    """Number the runs of a sample's table."""
    width = int(table["replication"].max()) + 1 if len(table) else 1
    return table.assign(run=table["point"].astype("int64") * width + table["replication"])


def _of_run(run: Run) -> Material:
    name = run.scenario.name
    keys = pd.DataFrame({"scenario": name, "run": run.replication}, index=[0])
    ends = ends_of_turns(run.scenario.document)[: len(run.dates)]
    turns = pd.DataFrame({"turn": range(len(run.dates)), "date": ends})
    utilities = run.utilities.add_prefix("utility.")
    parts = [part.reset_index(drop=True) for part in (turns, run.series, utilities)]
    return Material(
        documents={name: run.scenario.document},
        seed=run.seed,
        runs=keys.rename(columns={"run": "replication"}).assign(point=0, **run.measures),
        series=keys.merge(pd.concat(parts, axis=1), how="cross"),
        contributions=keys.merge(run.contributions, how="cross"),
        agreements=keys.merge(_agreement_rows(run.agreements), how="cross"),
        over=RUN,
    )


def _agreement_rows(agreements: Sequence[Agreement]) -> pd.DataFrame:
    rows: list[dict[str, str | int | float | bool | pd.Timestamp]] = []
    for item in agreements:
        row: dict[str, str | int | float | bool | pd.Timestamp] = {
            "turn": item.turn,
            "date": pd.Timestamp(item.date),
            "channel": item.channel,
            "public": item.public,
        }
        for party, place in zip(item.parties, ORDINALS, strict=False):
            row |= {f"gain_{place}": item.gains[party], f"kept_{place}": item.kept[party]}
        row |= {f"externality.{name}": change for name, change in item.externalities.items()}
        row |= {f"move.{move.lever}": move.after - move.before for move in item.moves}
        rows.append(row)
    columns = ["turn", "date", "channel", "kept_first", "kept_second"]
    return pd.DataFrame(rows) if rows else pd.DataFrame(columns=columns)


def chosen(
    names: str | Sequence[str] | None, available: Sequence[str], what: str
) -> tuple[str, ...]:
    """Return the asked names, or all; an unknown one is an error that names the nearest."""
    if names is None:
        return tuple(available)
    names = several(names)
    for name in names:
        if name not in available:
            raise UsageError(f"No {what} {name!r} in this result. {nearest(name, available)}")
    return names
