"""Rival models as tables: answers, knife edges, scores, stable states."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.text import Text

from minsksim.analysis.rivals.models import RIVALS
from minsksim.cli.render import numbers
from minsksim.cli.render.output import console, new_table, print_json, print_notice
from minsksim.cli.render.rival_data import MODELS, as_json, print_rows, row_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from minsksim.analysis.intervals import Interval
    from minsksim.analysis.rivals.bench import Bench
    from minsksim.analysis.rivals.conflict import Conflict
    from minsksim.analysis.rivals.edges import Edge
    from minsksim.scenario.case import Case, Issue

_CONCEPTS = {
    "nash": ("Nash", "nobody gains by moving alone"),
    "seq": ("Sequential", "any gain can be undone by others who gain in turn"),
    "smr": ("Symmetric", "any gain can be undone by others, and the mover has no way back out"),
    "gmr": ("General", "any gain can be undone by others, whatever it costs them"),
}
_MOST_ISSUES = 40
_MOST_EDGES = 12


def print_bench(found: Bench, form: str) -> None:
    """Print what rival models give on stdout."""
    if form == "json":
        print_json(as_json(found))
    elif form == "csv":
        print_rows(found)
    else:
        _print(found)


def _print(found: Bench) -> None:
    case, screen = found.case, console()
    screen.print(Text(f"{case.name}: {case.title}", style="bold"))
    if case.question:
        screen.print(Text(" ".join(case.question.split())))
    issues = "1 issue" if len(case.issues) == 1 else f"{len(case.issues)} issues"
    screen.print(Text(f"{len(case.actors)} actors, {issues}. Numbers: {case.source}."))
    for note in found.notes:
        screen.print(Text(f"Note: {note}"))
    screen.print()
    screen.print(_answer_table(found))
    if len(case.issues) > _MOST_ISSUES:
        screen.print(
            Text(f"... and {len(case.issues) - _MOST_ISSUES} more: see --issue and --format.")
        )
    screen.print()
    _print_legend(screen)
    _print_edges(screen, found)
    if found.scores:
        screen.print()
        screen.print(_score_table(found))
        screen.print(
            Text(
                "Errors in points of a scale from 0 to 100; in brackets 95 % intervals over groups."
            )
        )
    if found.conflict:
        _print_conflict(screen, found.conflict, found.case)
    print_notice(screen)


def _answer_table(found: Bench) -> Table:
    case = found.case
    names = [name for name in MODELS if name != "middle"]
    has_end = any(math.isfinite(issue.known) for issue in case.issues)
    columns = [*(MODELS[name] for name in names), *(["Ended"] if has_end else [])]
    table = new_table("Issue", *columns, title="Where each model says it ends", right=columns)
    is_plain = len({issue.label for issue in case.issues}) == len(case.issues)
    for issue in case.issues[:_MOST_ISSUES]:
        row = row_of(found, issue)
        prefix = "" if is_plain else f"{issue.name} "
        cells = [_value(row[name]) for name in names]
        if math.isfinite(row["share"]):
            cells[names.index("median")] += f" ({numbers.number(100 * row['share'], 1)} %)"
        table.add_row(
            Text(f"{prefix}{_named(issue)}"), *cells, *([_value(issue.known)] if has_end else [])
        )
    return table


def _named(issue: Issue) -> str:
    """Return an issue's label with its scale."""
    is_share = (issue.low, issue.high) == (0.0, 1.0)
    unit = f" {numbers.short(issue.unit)}" if issue.unit and not is_share else ""
    return f"{issue.label}, {numbers.level(issue.low)}–{numbers.level(issue.high)}{unit}"


def _value(value: float) -> str:
    return numbers.level(float(value)) if math.isfinite(value) else "–"


def _print_legend(screen: Console) -> None:
    for rival in RIVALS:
        if rival.name != "middle":
            screen.print(Text(f"{rival.label}: {rival.says}.", style="dim"))
    text = "In brackets: the share of the weight for the median in its closest vote; 50 % is a tie."
    screen.print(Text(text, style="dim"))


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


def _score_table(found: Bench) -> Table:
    heads = ("Mean error", "Median error", "Within 10", "Over middle", "Over mean")
    counts = {score.issues for score in found.scores}
    is_even = len(counts) == 1
    title = "How far each model is from what was decided"
    title += f" ({counts.pop():,} issues)" if is_even else ""
    columns = heads if is_even else ("Issues", *heads)
    table = new_table("Model", *columns, title=title, right=columns)
    table.columns[0].no_wrap = True
    for score in found.scores:
        bars = [score.over.get(bar) for bar in ("middle", "mean")]
        table.add_row(
            MODELS[score.model],
            *(() if is_even else (f"{score.issues:,}",)),
            _interval(score.error),
            numbers.number(score.median_error, 1),
            numbers.share(score.share_near),
            *("–" if bar is None else _interval(bar, signed=True) for bar in bars),
        )
    return table


def _interval(found: Interval, *, signed: bool = False) -> str:
    estimate, low, high = (numbers.number(end, 1, signed=signed) for end in found)
    return f"{estimate} [{low}, {high}]"


def _print_conflict(screen: Console, conflict: Conflict, case: Case) -> None:
    labels = dict(zip(case.actors, case.labels, strict=True))
    screen.print()
    concepts = [short for short, _ in _CONCEPTS.values()]
    owners = [labels[actor] for actor in conflict.actors]
    table = new_table(
        "State",
        *owners,
        *concepts,
        title="Stable states: no owner of a lever gains by moving it",
        right=owners,
    )
    held = {state for states in conflict.equilibria.values() for state in states}
    for state in sorted({0, *held}):
        table.add_row(
            Text(state_in_words(conflict, state)),
            *(numbers.number(float(u), 3, signed=True) for u in conflict.payoffs[:, state]),
            *("holds" if state in conflict.equilibria[name] else "–" for name in _CONCEPTS),
        )
    screen.print(table)
    for switch in conflict.switches:
        ends = f"{numbers.level(switch.present)} to {numbers.level(switch.far)}"
        unit = numbers.short(switch.unit)
        head = f"{_plain(switch.lever)}: {switch.label}"
        text = f"{head}; {labels[switch.owner]} may move it, {ends} {unit}."
        screen.print(Text(text, style="dim"))
    for short, words in _CONCEPTS.values():
        screen.print(Text(f"{short}: {words}.", style="dim"))
    screen.print(
        Text("Utils over the present, for its owner less the costs of moving.", style="dim")
    )
    screen.print(Text(tip_in_words(conflict, labels)))


def state_in_words(conflict: Conflict, state: int) -> str:
    """Return what is moved in a state, or that nothing is."""
    return " + ".join(_plain(switch.lever) for switch in conflict.moved(state)) or "nothing moves"


def _plain(lever: str) -> str:
    """Return a lever's name as words; its label would fill a line."""
    return lever.replace("_", " ")


def tip_in_words(conflict: Conflict, labels: dict[str, str]) -> str:
    """Return the smallest change of a stake that changes the states that hold."""
    tip = conflict.tip
    if tip is None:
        return "Knife edge: none found among the smaller changes of one stake."
    said = []
    for states, word in ((tip.lost, "no longer holds"), (tip.gained, "also holds")):
        for state in sorted({z for found in states.values() for z in found}):
            names = [short for c, (short, _) in _CONCEPTS.items() if state in states[c]]
            said.append(f"'{state_in_words(conflict, state)}' {word} ({', '.join(names)})")
    value, edge = (numbers.number(utils, 4, signed=True) for utils in (tip.value, tip.edge))
    return (
        f"Knife edge: {labels[tip.actor]} gains {value} utils by {_plain(tip.lever)}; past {edge}, "
        f"{'; '.join(said)}."
    )
