"""A case of the graph model: the answer in sentences, a table of states, CSV and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from minsksim.cli.render import numbers
from minsksim.cli.render.output import console, new_table, print_csv, print_json, print_notice
from minsksim.cli.render.rival_conflict import CONCEPTS
from minsksim.cli.render.rival_head import print_head
from minsksim.text import joined

if TYPE_CHECKING:
    from rich.table import Table

    from minsksim.analysis.rivals.graph_model import GraphBench

_MOST_STATES = 40


def print_graph(found: GraphBench, form: str) -> None:
    """Print which states of a conflict nobody would leave."""
    if form == "json":
        print_json(_as_json(found))
    elif form == "csv":
        _print_rows(found)
    else:
        _print(found)


def graph_answer(found: GraphBench) -> tuple[str, ...]:
    """Return what holds, and whether the status quo, no deal, does."""
    held = sorted({z for states in found.equilibria.values() for z in states})
    firm = [z for z in held if all(z in states for states in found.equilibria.values())]
    if firm:
        verb = "holds" if len(firm) == 1 else "hold"
        first = f"{_listed(found, firm)} {verb} under all four concepts of stability"
        rest = [z for z in held if z not in firm]
        first += f"; {_listed(found, rest)} under some." if rest else "."
    elif held:
        first = (
            f"No state holds under all concepts of stability; {_listed(found, held)} under some."
        )
    else:
        first = "No state holds: from each somebody gains by moving and cannot be deterred."
    second = _status_quo(found)
    first = first[0].upper() + first[1:]
    return (first, second) if second else (first,)


def _status_quo(found: GraphBench) -> str:
    quo = found.graph.status_quo
    if quo is None:
        return ""
    concepts = [CONCEPTS[c][0] for c, states in found.equilibria.items() if quo in states]
    if len(concepts) == len(CONCEPTS):
        return "No deal is among them: nobody would leave the status quo."
    if concepts:
        return f"No deal, {_named(found, quo)}, is stable only in the sense of {joined(concepts)}."
    ahead = [z for z in found.ahead if any(z in states for states in found.equilibria.values())]
    lead = f"; single improvements can lead from it to {_listed(found, ahead)}" if ahead else ""
    return f"No deal, {_named(found, quo)}, does not hold{lead}."


def _named(found: GraphBench, state: int) -> str:
    return f"state {_numbered(found, state)}"


def _numbered(found: GraphBench, state: int) -> str:
    """Return a state's name and which options are taken in it, if the file says so."""
    graph = found.graph
    taken = " + ".join(graph.taken[state]) or ("nothing done" if any(graph.taken) else "")
    return graph.states[state] + (f" ({taken})" if taken else "")


def _listed(found: GraphBench, states: list[int]) -> str:
    names = joined([_numbered(found, state) for state in states])
    return f"state{'s' if len(states) > 1 else ''} {names}"


def _is_published(found: GraphBench) -> str:
    if not found.is_published:
        return "The file gives no equilibria to compare with."
    wrong = [CONCEPTS[c][0] for c, is_same in found.is_published.items() if not is_same]
    source = found.graph.source
    if not wrong:
        return f"The equilibria are those that the file gives ({source})."
    return f"The file gives other equilibria for {joined(wrong)} ({source})."


def _print(found: GraphBench) -> None:
    graph, screen = found.graph, console()
    print_head(screen, graph_answer(found), f"{graph.name}: {graph.title}")
    counts = (
        f"{len(graph.actors)} actors, {len(graph.states)} states, {int(graph.moves.sum())} moves."
    )
    screen.print(Text(f"{counts} {_is_published(found)}"))
    if graph.known is not None:
        screen.print(Text(f"The conflict ended in {_named(found, graph.known)}."))
    for note in found.notes:
        screen.print(Text(f"Note: {note}"))
    screen.print()
    screen.print(_table(found))
    if len(graph.states) > _MOST_STATES:
        screen.print(Text(f"... and {len(graph.states) - _MOST_STATES} more: see --format."))
    for short, words in CONCEPTS.values():
        screen.print(Text(f"{short}: {words}.", style="dim"))
    screen.print(Text("Efficient: no state is better for somebody at nobody's cost.", style="dim"))
    print_notice(screen)


def _table(found: GraphBench) -> Table:
    graph = found.graph
    title = "Stable states: nobody gains by moving on, or others would undo the gain"
    heads = [short for short, _ in CONCEPTS.values()]
    table = new_table("State", *graph.actors, *heads, "Efficient", title=title)
    for place, column in enumerate(table.columns):
        column.no_wrap = place > len(graph.actors)
        column.justify = "right" if 0 < place <= len(graph.actors) else "left"
    for z in range(min(len(graph.states), _MOST_STATES)):
        marks = [z in found.equilibria[name] for name in CONCEPTS]
        table.add_row(
            Text(_numbered(found, z)),
            *(numbers.level(float(p)) for p in graph.payoffs[:, z]),
            *("holds" if mark else "–" for mark in marks),
            "yes" if z in found.efficient else "–",
        )
    return table


def _print_rows(found: GraphBench) -> None:
    graph = found.graph
    head = [
        "state",
        "taken",
        *CONCEPTS,
        "efficient",
        *(f"payoff.{actor}" for actor in graph.actors),
    ]
    rows = [
        [
            graph.states[z],
            " + ".join(graph.taken[z]),
            *(int(z in found.equilibria[name]) for name in CONCEPTS),
            int(z in found.efficient),
            *graph.payoffs[:, z].tolist(),
        ]
        for z in range(len(graph.states))
    ]
    print_csv(head, rows)


def _as_json(found: GraphBench) -> dict[str, Any]:
    graph = found.graph
    name = graph.states.__getitem__

    return {
        "answer": graph_answer(found),
        "kind": "graph of states",
        "case": graph.name,
        "title": graph.title,
        "source": graph.source,
        "notes": found.notes,
        "actors": graph.actors,
        "status_quo": None if graph.status_quo is None else name(graph.status_quo),
        "known": None if graph.known is None else name(graph.known),
        "states": [
            {
                "state": name(z),
                "taken": graph.taken[z],
                "payoffs": dict(zip(graph.actors, graph.payoffs[:, z].tolist(), strict=True)),
                "efficient": z in found.efficient,
            }
            for z in range(len(graph.states))
        ],
        "equilibria": {c: [name(z) for z in states] for c, states in found.equilibria.items()},
        "published": {c: [name(z) for z in states] for c, states in graph.published.items()},
        "is_published": found.is_published,
    }
