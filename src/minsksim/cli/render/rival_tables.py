"""Rival models as tables: answers, knife edges, scores, stable states."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.text import Text

from minsksim.analysis.rivals.ensemble import CHOSEN_ON
from minsksim.analysis.rivals.models import RIVALS
from minsksim.cli.render import numbers
from minsksim.cli.render.output import console, new_table, print_json, print_notice
from minsksim.cli.render.rival_answer import answer_of
from minsksim.cli.render.rival_conflict import print_conflict
from minsksim.cli.render.rival_data import MODELS, as_json, print_rows, row_of
from minsksim.cli.render.rival_graph import print_graph
from minsksim.cli.render.rival_head import print_head
from minsksim.cli.render.rival_negotiation import print_negotiation
from minsksim.cli.render.rival_scores import print_scores

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from minsksim.analysis.rivals.bench import Bench
    from minsksim.analysis.rivals.edges import Edge
    from minsksim.analysis.rivals.graph_model import GraphBench
    from minsksim.analysis.rivals.models import Rival
    from minsksim.analysis.rivals.negotiation import NegotiationBench
    from minsksim.scenario.case import Issue

_MOST_ISSUES = 40
_MOST_EDGES = 12


def print_bench(found: Bench | GraphBench | NegotiationBench, form: str) -> None:
    """Print what rival models give on stdout."""
    from minsksim.analysis.rivals.graph_model import GraphBench
    from minsksim.analysis.rivals.negotiation import NegotiationBench

    if isinstance(found, GraphBench):
        print_graph(found, form)
    elif isinstance(found, NegotiationBench):
        print_negotiation(found, form)
    elif form == "json":
        print_json({"answer": answer_of(found), **as_json(found)})
    elif form == "csv":
        print_rows(found)
    else:
        _print(found)


def _print(found: Bench) -> None:
    case, screen = found.case, console()
    print_head(screen, answer_of(found), f"{case.name}: {case.title}", case.question)
    issues = "1 issue" if len(case.issues) == 1 else f"{len(case.issues)} issues"
    screen.print(Text(f"{len(case.actors)} actors, {issues}. Numbers: {case.source}."))
    for note in found.notes:
        screen.print(Text(f"Note: {note}"))
    screen.print()
    if len(case.issues) == 1:
        screen.print(_table_of_one(found))
        screen.print(Text(_SHARE, style="dim"))
        screen.print(Text(_CHOSEN, style="dim"))
    else:
        screen.print(_answer_table(found))
        if len(case.issues) > _MOST_ISSUES:
            more = f"... and {len(case.issues) - _MOST_ISSUES} more: see --issue and --format."
            screen.print(Text(more))
        screen.print()
        _print_legend(screen, found)
    _print_edges(screen, found)
    if found.scores:
        print_scores(screen, found)
    if found.conflict:
        print_conflict(screen, found.conflict, found.case)
    print_notice(screen)


_SHARE = "In brackets: the share of the weight for the median in its closest vote; 50 % is a tie."
_CHOSEN = f"Mean of models: {CHOSEN_ON}"
_HEADS = {
    "compromise": "Compro-\nmise",
    "expected_utility": "Chal-\nlenge",
    "exchange": "Ex-\nchange",
    "reference": "Status\nquo",
    "ensemble": "Mean of\nmodels",
}
"""Heads of columns in two lines, where a label would make a table of ten columns too wide."""


def _answering(found: Bench) -> list[Rival]:
    """Return the models that answer some issue, the middle of the scale left out."""
    answered = found.answers.notna().any()
    return [rival for rival in RIVALS if rival.name != "middle" and answered[rival.name]]


def _cell(found: Bench, rival: Rival, issue: Issue) -> str:
    """Return an answer, or that vetoes leave no deal."""
    row = row_of(found, issue)
    is_stuck = rival.name == "veto" and row["veto"] == row["reference"]
    return "no deal" if is_stuck else _value(row[rival.name])


def _table_of_one(found: Bench) -> Table:
    (issue,) = found.case.issues
    title = f"Where each model says it ends: {_named(issue)}"
    table = new_table("Model", "Ends at", "What decides", title=title, right=("Ends at",))
    table.columns[0].no_wrap = True
    share = row_of(found, issue)["share"]
    for rival in _answering(found):
        text = _cell(found, rival, issue)
        if rival.name == "median" and math.isfinite(share):
            text += f" ({numbers.number(100 * share, 1)} %)"
        table.add_row(rival.label, text, Text(rival.says))
    if math.isfinite(issue.known):
        table.add_row("Ended", _value(issue.known), "what was decided")
    return table


def _answer_table(found: Bench) -> Table:
    case = found.case
    rivals = _answering(found)
    has_end = any(math.isfinite(issue.known) for issue in case.issues)
    columns = [*(_HEADS.get(r.name, r.label) for r in rivals), *(["Ended"] if has_end else [])]
    scales = {(issue.low, issue.high, issue.unit) for issue in case.issues}
    is_same = scales == {(0.0, 100.0, "")}
    title = "Where each model says it ends" + (", from 0 to 100" if is_same else "")
    table = new_table("Issue", *columns, title=title, right=columns)
    table.columns[0].min_width = 16
    is_plain = len({issue.label for issue in case.issues}) == len(case.issues)
    for issue in case.issues[:_MOST_ISSUES]:
        prefix = "" if is_plain else f"{issue.name} "
        cells = [_cell(found, rival, issue) for rival in rivals]
        table.add_row(
            Text(f"{prefix}{issue.label if is_same else _named(issue)}"),
            *cells,
            *([_value(issue.known)] if has_end else []),
        )
    return table


def _named(issue: Issue) -> str:
    """Return an issue's label with its scale."""
    is_share = (issue.low, issue.high) == (0.0, 1.0)
    unit = f" {numbers.short(issue.unit)}" if issue.unit and not is_share else ""
    return f"{issue.label}, {numbers.level(issue.low)}–{numbers.level(issue.high)}{unit}"


def _value(value: float) -> str:
    return numbers.level(float(value)) if math.isfinite(value) else "–"


def _print_legend(screen: Console, found: Bench) -> None:
    for rival in _answering(found):
        screen.print(Text(f"{rival.label}: {rival.says}.", style="dim"))
    screen.print(Text(_CHOSEN, style="dim"))


def _print_edges(screen: Console, found: Bench) -> None:
    screen.print()
    if not found.edges:
        screen.print(Text("No change of one number by up to 100 points changes an answer."))
        return
    chosen = _chosen(found)
    is_one = len(found.case.issues) == 1
    table = new_table(
        *(() if is_one else ("Issue",)),
        *("Model", "Whose number", "As it is", "Changes at", "Gives", "Then"),
        title="Knife edges: the smallest changes of one number that change an answer",
        right=("As it is", "Changes at", "Gives", "Then"),
    )
    labels = dict(zip(found.case.actors, found.case.labels, strict=True))
    issues = {issue.name: issue.label for issue in found.case.issues}
    if len(set(issues.values())) < len(issues):
        issues = {name: f"{name} {label}" for name, label in issues.items()}
    for edge in chosen:
        table.add_row(
            *(() if is_one else (Text(issues[edge.issue]),)),
            MODELS[edge.model],
            Text(f"{labels[edge.actor]}, {edge.number}"),
            numbers.level(edge.value),
            _flips_at(edge),
            _value(edge.now),
            _value(edge.then),
        )
    screen.print(table)
    if len(found.edges) > len(chosen):
        more = len(found.edges) - len(chosen)
        screen.print(
            Text(f"--format json shows {more} more, which are larger changes.", style="dim")
        )


def _chosen(found: Bench) -> list[Edge]:
    """Return the smallest edges: several of a single issue, else the nearest of each model."""
    if len(found.case.issues) == 1:
        return list(found.edges[:_MOST_EDGES])
    nearest: dict[tuple[str, str], Edge] = {}
    for edge in found.edges:
        nearest.setdefault((edge.issue, edge.model), edge)
    return sorted(nearest.values(), key=lambda edge: edge.size)[:_MOST_EDGES]


def _flips_at(edge: Edge) -> str:
    """Return where the flip comes and the change, rounded away so that the change suffices."""
    change = edge.edge - edge.value
    places = 1 - math.floor(math.log10(abs(change))) if change else 1
    places = max(places, 1)
    size = math.ceil(abs(change) * 10**places - 1e-6) / 10**places
    signed = math.copysign(size, change)
    change_text = numbers.number(signed, places, signed=True)
    return f"{numbers.number(edge.value + signed, places)} ({change_text})"
