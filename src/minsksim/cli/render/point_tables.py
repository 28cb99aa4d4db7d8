"""The summary of points that were chosen one by one: a column for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd
from rich.text import Text

from minsksim.analysis.spreads import effects
from minsksim.analysis.summary import summarise_points
from minsksim.cli.render import numbers
from minsksim.cli.render.output import console, new_table, print_csv, print_json, print_notice
from minsksim.cli.render.summary_parts import MOST_ROWS, head_of, say_where, supposed_of
from minsksim.cli.render.summary_text import varied_text
from minsksim.experiment.question.ranges import held

if TYPE_CHECKING:
    from minsksim.experiment import Result

View: TypeAlias = tuple[str, list[str], list[list[str]]]
"""Title, heads and rows of a table."""

MOST_COLUMNS = 7
"""Points side by side that a screen of 100 columns can take."""

MEANING = (
    "The median of the model runs at each point, which differ by their draws alone. --format csv "
    "has every point, with the middle 90 % of its runs."
)


def print_points(
    result: Result, form: str, figures: Sequence[Path], *, all_measures: bool = False
) -> None:
    """Print a result of chosen points on stdout."""
    from minsksim.analysis.degenerate import call_out

    table = _with_values(result, summarise_points(result))
    answer, notes = _answer(result, table), list(call_out(result))
    if form == "json":
        rows = table.to_dict("records")
        content = {"meaning": MEANING, "figures": figures, "answer": answer, "summary": rows}
        print_json({**head_of(result), **content, "notes": notes})
    elif form == "csv":
        print_csv(list(table.columns), table.itertuples(index=False))
        say_where(result, figures)
    else:
        _print(result, table, [*answer], notes, all_measures)
        say_where(result, figures)


def _with_values(result: Result, table: pd.DataFrame) -> pd.DataFrame:
    """Put the varied numbers of each point beside it."""
    values = result.points().reset_index(drop=True)
    beside = values.loc[table["point"]].reset_index(drop=True)
    first = ["scenario", "point"]
    rest = [name for name in table.columns if name not in first]
    return pd.concat([table[first], beside, table[rest]], axis=1)


def _answer(result: Result, table: pd.DataFrame) -> list[str]:
    """Say what moves most between the points, and what is held."""
    sizes = effects(table)
    name = max(sizes, key=lambda one: sizes[one])
    points = int(result.manifest["question"]["design"]["points"])
    free = held(tuple(result.scenarios.values()), result.varied)
    runs = (
        f"Seed {result.seed}: {points} points of {result.runs_per_point:,} runs, varying "
        f"{varied_text(result.varied)}; the points share their draws. {len(free)} other "
        "ranges are held at their base values: --design lhs varies them."
    )
    if not sizes[name]:
        return ["Under these assumptions no median differs between the points.", runs]
    mine = table[table["measure"] == name].dropna(subset="q50")
    ordered = mine.sort_values("q50", kind="stable")
    low, high = ordered.iloc[0], ordered.iloc[-1]
    label = str(low["label"])
    said = (
        f"Under these assumptions '{label}' moves most between the points: its median is "
        f"{numbers.number(low['q50'])} at {_point_text(result, low)} and "
        f"{numbers.number(high['q50'])} at {_point_text(result, high)}."
    )
    return [said, runs]


def _point_text(result: Result, row: pd.Series) -> str:
    several = len(result.scenarios) > 1
    values = [f"{name} = {row[name]:.4g}" for name in result.varied[:2]]
    return ", ".join([*values, *([str(row["scenario"])] if several else [])])


def _print(
    result: Result,
    table: pd.DataFrame,
    answer: Sequence[str],
    notes: Sequence[str],
    all_measures: bool,
) -> None:
    screen = console()
    for sentence in [*answer, *supposed_of(result)]:
        screen.print(Text(sentence))
    sizes = effects(table)
    order = sorted(sizes, key=lambda one: -sizes[one])
    shown = list(sizes) if all_measures else order[:MOST_ROWS]
    points = int(result.manifest["question"]["design"]["points"])
    picked = _picked(points)
    for title, heads, rows in _tables(result, table, shown, picked):
        grid = new_table(*heads, title=title, right=heads[1:])
        for row in rows:
            grid.add_row(*map(Text, row))
        screen.print()
        screen.print(grid)
    if len(picked) < points:
        screen.print(Text(f"{len(picked)} of {points} points are shown; --format csv has all."))
    if len(shown) < len(sizes):
        screen.print(Text(f"{len(sizes) - len(shown)} more measures: --all-measures."))
    screen.print()
    for text in (MEANING, *notes):
        screen.print(Text(text))
    print_notice(screen)


def view_of_points(result: Result) -> tuple[list[str], list[View]]:
    """Return the answer and, for each scenario, title, heads and rows of all its measures."""
    table = _with_values(result, summarise_points(result))
    points = int(result.manifest["question"]["design"]["points"])
    names = list(dict.fromkeys(table["measure"]))
    return _answer(result, table), list(_tables(result, table, names, _picked(points)))


def _picked(points: int) -> list[int]:
    """Return the points to show, evenly from the first to the last."""
    places = np.linspace(0, points - 1, min(points, MOST_COLUMNS)).round()
    return [int(place) for place in np.unique(places)]


def _tables(
    result: Result, table: pd.DataFrame, shown: Sequence[str], picked: Sequence[int]
) -> Iterator[View]:
    """Yield for each scenario a row for each measure and a column for each point."""
    values = result.points().reset_index(drop=True)
    heads = ["Measure", *(_head(values, point) for point in picked)]
    names = ", ".join(result.varied[:3]) + (", ..." if len(result.varied) > 3 else "")
    for scenario, source in result.scenarios.items():
        title = f"{scenario}: {source.document.title}; columns: {names}"
        mine = table[table["scenario"] == scenario]
        rows = []
        for name in shown:
            if name in source.document.measures:
                measure = source.document.measures[name]
                medians = mine[mine["measure"] == name].set_index("point")["q50"]
                places = numbers.decimals_for(medians)
                cells = [numbers.measured(float(medians[one]), measure, places) for one in picked]
                rows.append([numbers.named(measure), *cells])
        yield title, heads, rows


def _head(values: pd.DataFrame, point: int) -> str:
    row = values.iloc[point]
    return " / ".join(f"{value:.4g}" for value in row.iloc[:3])
