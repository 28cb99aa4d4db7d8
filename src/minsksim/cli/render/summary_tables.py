"""The summary of a stored result: the answer, a table for each scenario; or CSV or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pandas as pd
from rich.text import Text

from minsksim.analysis.spreads import BASE, RANGES, WHERE, Spreads, direction, effects, spreads
from minsksim.analysis.summary import FIGURES
from minsksim.cli.render import numbers
from minsksim.cli.render.output import console, new_table, print_csv, print_json, print_notice, say
from minsksim.cli.render.point_tables import View, print_points, view_of_points
from minsksim.cli.render.summary_parts import MOST_ROWS, head_of, say_where, supposed_of
from minsksim.cli.render.summary_text import answer_of, spread_text
from minsksim.errors import RunError

if TYPE_CHECKING:
    from rich.table import Table

    from minsksim.analysis.convergence import Enough
    from minsksim.experiment import Result
    from minsksim.scenario import Scenario
    from minsksim.scenario.schema import Measure

MEANING = (
    "A median with the middle 90 % of model runs. At the base values runs differ by their draws "
    "alone (who meets, signs, keeps its word); over the ranges by draws and assumptions. "
    "A percentage is a share of model runs under these assumptions."
)
Judged: TypeAlias = "tuple[Result, tuple[Enough, ...]]"
"""A half of an answer, and whether its runs were enough for each measure."""


def print_summary(
    result: Result,
    form: str,
    figures: Sequence[Path],
    *,
    has_probe: bool = False,
    all_measures: bool = False,
) -> None:
    """Print a result on stdout; where it is kept goes with it, or to stderr for CSV."""
    from minsksim.analysis.degenerate import call_out, nothing_agreed

    found = spreads(result)
    if found is None:
        print_points(result, form, figures, all_measures=all_measures)
        return
    table = with_whole(found)
    judged = _judged(result, found, table)
    # what makes an answer empty is the answer
    empty = list(nothing_agreed(result))
    answer = [*empty, *answer_of(result, found)]
    called_out = call_out(result, has_probe=has_probe)
    notes = [*_enough(judged), *(note for note in called_out if note not in empty)]
    if form == "json":
        head = {**head_of(result), "meaning": MEANING, "figures": figures}
        content = {"answer": answer, "summary": nested(result, found, table), "notes": notes}
        print_json({**head, "precision": list(judged[0][1]), **content})
    elif form == "csv":
        print_csv(list(table.columns), table.itertuples(index=False))
        for note in [*answer, *supposed_of(result), *notes]:
            say(note)
        say_where(result, figures)
    else:
        _print_tables(result, found, table, notes, answer, all_measures)
        say_where(result, figures)


def _judged(result: Result, found: Spreads, table: pd.DataFrame) -> list[Judged]:
    """Judge whether the runs of each half were enough; those of the result itself come first."""
    from minsksim.analysis.convergence import convergence

    halves = [(BASE, found.base), (RANGES, found.ranges)]
    halves.sort(key=lambda pair: pair[1] is not result)
    return [
        (half, convergence(half, table=table[table["spread"] == word]))
        for word, half in halves
        if half is not None
    ]


def _enough(judged: Sequence[Judged]) -> list[str]:
    """Say whether the runs were enough, in each half where they were not."""
    from minsksim.analysis.convergence import in_words

    short = [half for half in judged if not all(one.is_enough for one in half[1])]
    return [in_words(*half) for half in short or judged[:1]]


def view_of(result: Result) -> tuple[list[str], list[View]]:
    """Return the answer and, for each scenario, title, heads and rows of all its measures."""
    found = spreads(result)
    if found is None:
        return view_of_points(result)
    table, tables = with_whole(found), []
    for name, scenario in result.scenarios.items():
        rows = table[table["scenario"] == name]
        words = list(dict.fromkeys(rows["spread"]))
        cells = [
            [label, *(each.get(word, "") for word in words)]
            for label, each in summary_rows(scenario, rows)
        ]
        heads = ["Measure", *(WHERE[word].capitalize() for word in words)]
        tables.append((f"{name}: {scenario.document.title}", heads, cells))
    return answer_of(result, found), tables


def check_failures(result: Result) -> None:
    """End with the exit code for failed runs if there are any, in either half of the answer.

    Raises
    ------
    RunError
        Naming how many failed, and why.
    """
    halves = [one for one in (result, result.base, result.ranges) if one is not None]
    if told := [_failures_of(one) for one in halves if one.failed]:
        raise RunError("\n".join(told))


def _failures_of(result: Result) -> str:
    reasons = result.failures.groupby("sentence").size()
    lines = [f"  {count:,}: {sentence}" for sentence, count in reasons.items()]
    total = int(result.record["runs"])
    head = f"{result.failed:,} of {total:,} runs failed and are left out of the summary:"
    return "\n".join([head, *lines, f"See {result.path / 'failed.jsonl'}."])


def with_whole(found: Spreads) -> pd.DataFrame:
    """Add whether a measure counts whole things; in runs over the ranges as at the base values."""
    whole = []
    for row in found.table.to_dict("records"):
        result = found.base if row["spread"] == BASE else found.ranges
        assert result is not None
        values = result.finished(row["scenario"], (row["measure"],))[row["measure"]].dropna()
        whole.append(bool((values == values.round()).all()))
    return found.table.assign(whole=whole)


def nested(result: Result, found: Spreads, table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return an object for each scenario and measure, with ``base`` and ``ranges`` inside."""
    turned = {(one.scenario, one.measure) for one in found.turned}
    rows = []
    for (scenario, name), mine in table.groupby(["scenario", "measure"], sort=False):
        first = mine.iloc[0]
        parts = {
            row["spread"]: {key: row[key] for key in FIGURES} for row in mine.to_dict("records")
        }
        rows.append(
            {
                "scenario": scenario,
                "measure": name,
                "label": first["label"],
                "unit": first["unit"],
                BASE: parts.get(BASE),
                RANGES: parts.get(RANGES),
                "turns": (scenario, name) in turned,
            }
        )
    return rows


def _print_tables(
    result: Result,
    found: Spreads,
    table: pd.DataFrame,
    notes: Sequence[str],
    answer: Sequence[str],
    all_measures: bool,
) -> None:
    screen = console()
    for sentence in answer:
        screen.print(Text(sentence))
    for sentence in supposed_of(result):
        screen.print(Text(sentence))
    shown = list(result.measures) if all_measures else largest(found)
    for name, scenario in result.scenarios.items():
        screen.print()
        screen.print(_summary_table(scenario, table[table["scenario"] == name], found, shown))
    left = len(result.measures) - len(shown)
    if left > 0:
        screen.print(Text(f"{left} more measures: --all-measures."))
    screen.print()
    for text in (MEANING, *notes):
        screen.print(Text(text))
    print_notice(screen)


def largest(found: Spreads) -> list[str]:
    """Return the measures to show: those that turn, then those that move most.

    In the order of the file where nothing is to be compared.
    """
    sizes = effects(found.table)
    turned = {one.measure for one in found.turned}
    order = sorted(sizes, key=lambda name: (name not in turned, -sizes[name]))
    is_single = found.table[["spread", "scenario"]].drop_duplicates().shape[0] == 1
    return (list(sizes) if is_single else order)[:MOST_ROWS]


def _summary_table(
    scenario: Scenario, rows: pd.DataFrame, found: Spreads, shown: Sequence[str]
) -> Table:
    words = list(dict.fromkeys(rows["spread"]))
    heads = [WHERE[word].capitalize() for word in words]
    title = f"{scenario.name}: {scenario.document.title}"
    table = new_table("Measure", *heads, title=title, right=heads)
    for label, cells in summary_rows(scenario, rows, shown):
        table.add_row(Text(label), *(cells.get(word, "") for word in words))
    return table


def summary_rows(
    scenario: Scenario, rows: pd.DataFrame, shown: Sequence[str] | None = None
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each measure's label, and by spread its median with the middle 90 % of runs."""
    by_measure: dict[str, dict[str, Mapping[Any, Any]]] = {}
    for row in rows.to_dict("records"):
        by_measure.setdefault(row["measure"], {})[row["spread"]] = row
    for name in by_measure if shown is None else shown:
        if name in by_measure:
            measure = scenario.document.measures[name]
            parts = by_measure[name]
            cells = {word: _cell(row, measure) for word, row in parts.items()}
            yield f"{numbers.named(measure)}{_shares(measure, parts)}", cells


def _cell(row: Mapping[Any, Any], measure: Measure) -> str:
    if not row["n"]:
        return "never" if measure.take == "first_above" and row["reached"] == 0 else "–"
    return spread_text(row, measure).replace("90 % of runs: ", "")


def _shares(measure: Measure, parts: Mapping[str, Mapping[Any, Any]]) -> str:
    """Return in how many runs a change has its direction, or a turn is reached."""
    verb = direction(measure, next(iter(parts.values())))
    if verb is None:
        return ""
    said = " | ".join(numbers.share(row[verb]) for row in parts.values())
    return f" ({verb} in {said})"
