"""The summary of a stored result: a table for each scenario, or the same as CSV or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from rich.text import Text

from minsksim.cli.render import numbers
from minsksim.cli.render.output import console, new_table, print_csv, print_json, print_notice, say
from minsksim.errors import RunError
from minsksim.scenario.suppose import supposed_in_words

if TYPE_CHECKING:
    from rich.table import Table

    from minsksim.experiment import Result
    from minsksim.scenario import Scenario

MEANING = (
    "Half of the model runs lie below a median and half above; 90 % of them lie between the two "
    "values of the last column. "
    "A percentage is a share of model runs under these assumptions."
)

SELECTS = (
    "--where selects among runs that were played anyway; it causes nothing, so what differs from "
    "all runs goes together with the condition and need not follow from it."
)


def print_summary(
    result: Result, form: str, figures: Sequence[Path], *, has_probe: bool = False
) -> None:
    """Print a result on stdout; where it is kept goes with it, or to stderr for CSV."""
    from minsksim.analysis.convergence import convergence, in_words
    from minsksim.analysis.degenerate import call_out
    from minsksim.analysis.summary import summarise

    table = with_shares(result, summarise(result))
    judged = convergence(result, table=table)
    notes = [in_words(result, judged), *call_out(result, has_probe=has_probe)]
    if form == "json":
        found = {"summary": table.to_dict("records"), "precision": list(judged), "notes": notes}
        print_json({**_head(result), "figures": figures, **found})
    elif form == "csv":
        print_csv(list(table.columns), table.itertuples(index=False))
        for note in notes:
            say(note)
        _say_where(result, figures)
    else:
        _print_tables(result, table, notes)
        _say_where(result, figures)


def check_failures(result: Result) -> None:
    """End with the exit code for failed runs if there are any.

    Raises
    ------
    RunError
        Naming how many failed, and why.
    """
    if result.failed:
        reasons = result.failures.groupby("sentence").size()
        lines = [f"  {count:,}: {sentence}" for sentence, count in reasons.items()]
        total = int(result.record["runs"])
        head = f"{result.failed:,} of {total:,} runs failed and are left out of the summary:"
        raise RunError("\n".join([head, *lines, f"See {result.path / 'failed.jsonl'}."]))


def _head(result: Result) -> dict[str, object]:
    return {
        "meaning": MEANING,
        "result": result.path,
        "id": result.id,
        "digest": result.digest,
        "seed": result.seed,
        "scenarios": list(result.scenarios),
        "design": result.manifest["question"]["design"]["kind"],
        "points": result.manifest["question"]["design"]["points"],
        "runs_per_point": result.runs_per_point,
        "varied": result.varied,
        "where": result.where,
        "where_means": SELECTS if result.where else None,
        "supposed": supposed_in_words(result.scenarios.values()),
        "runs": result.record["runs"],
        "failed": result.failed,
    }


def with_shares(result: Result, table: pd.DataFrame) -> pd.DataFrame:
    """Add whether a measure counts whole things, and how often ``first_above`` is reached."""
    whole, shares = [], []
    for row in table.to_dict("records"):
        document = result.scenarios[row["scenario"]].document
        measured = result.finished(row["scenario"], (row["measure"],))[row["measure"]]
        values = measured.dropna()
        whole.append(bool((values == values.round()).all()))
        is_first = document.measures[row["measure"]].take == "first_above" and len(values) > 0
        shares.append(float((values <= document.calendar.turns).mean()) if is_first else None)
    return table.assign(whole=whole, reached=pd.Series(shares, dtype=float, index=table.index))


def _print_tables(result: Result, table: pd.DataFrame, notes: Sequence[str]) -> None:
    screen = console()
    screen.print(Text(design_in_words(result)))
    for name, scenario in result.scenarios.items():
        screen.print()
        screen.print(_summary_table(scenario, table[table["scenario"] == name]))
    screen.print()
    screen.print(Text(MEANING))
    for note in notes:
        screen.print()
        screen.print(Text(note))
    print_notice(screen)


def design_in_words(result: Result) -> str:
    """Say what was run."""
    design = result.manifest["question"]["design"]
    runs = f"{result.runs_per_point:,} runs"
    if design["points"] > 1:
        runs = f"{design['points']:,} points ({design['kind']}) of {runs}"
    names = [axis["name"] for axis in design["axes"]]
    shown = names if len(names) <= 4 else [*names[:3], f"{len(names) - 3} more"]
    varied = f", varying {', '.join(shown)}" if names else ""
    where = f"; summarised: runs where {' and '.join(result.where)}" if result.where else ""
    sentences = [f"Seed {result.seed}, {runs} of each scenario{varied}{where}."]
    if result.where:
        sentences.append(SELECTS)
    return " ".join([*sentences, *supposed_in_words(result.scenarios.values())])


def _summary_table(scenario: Scenario, rows: pd.DataFrame) -> Table:
    counts = {int(n) for n in rows["n"]}
    is_even = len(counts) == 1
    runs = f" ({counts.pop():,} runs)" if is_even else ""
    heads = ("Median", "5–95 %") if is_even else ("Median", "5–95 %", "Runs")
    title = f"{scenario.name}: {scenario.document.title}{runs}"
    table = new_table("Measure", *heads, title=title, right=heads)
    for label, median, span, count in summary_rows(scenario, rows):
        table.add_row(Text(label), median, span, *([] if is_even else [count]))
    return table


def summary_rows(scenario: Scenario, rows: pd.DataFrame) -> Iterator[tuple[str, str, str, str]]:
    """Yield label, median, span of 90 % of the runs and number of runs of every measure."""
    turns = scenario.document.calendar.turns
    for row in rows.to_dict("records"):
        measure = scenario.document.measures[row["measure"]]
        ends = (row["q50"], row["q05"], row["q95"])
        places = 0 if row["whole"] else numbers.decimals_for(ends)
        median, low, high = (numbers.measured(end, measure, turns, places) for end in ends)
        span = low if low == high else f"{low} to {high}"
        label = numbers.named(measure)
        if measure.take == "first_above" and row["n"]:
            label += f" (reached in {numbers.share(row['reached'])} of runs)"
        yield label, median, span, f"{row['n']:,}"


def _say_where(result: Result, figures: Sequence[Path]) -> None:
    say()
    say(f"result   {result.path.as_posix()}")
    if figures:
        names = ", ".join(path.name for path in figures)
        say(f"figures  {figures[0].parent.as_posix()}/ ({names})")
    say(f"digest   {result.digest}")
    say(f"seed     {result.seed}")
