"""A few levers of a scenario as a graph of states: which hold without a promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from minsksim.cli.render import numbers
from minsksim.cli.render.output import new_table

if TYPE_CHECKING:
    from rich.console import Console

    from minsksim.analysis.rivals.conflict import Conflict
    from minsksim.scenario.case import Case

CONCEPTS = {
    "nash": ("Nash", "nobody gains by moving alone"),
    "seq": ("Sequential", "any gain can be undone by others who gain in turn"),
    "smr": ("Symmetric", "any gain can be undone by others, and the mover has no way back out"),
    "gmr": ("General", "any gain can be undone by others, whatever it costs them"),
}
"""Short names of the concepts of stability, and what each means."""


def print_conflict(screen: Console, conflict: Conflict, case: Case) -> None:
    """Print the states in which nobody would move, and what little would change them."""
    labels = dict(zip(case.actors, case.labels, strict=True))
    screen.print()
    concepts = [short for short, _ in CONCEPTS.values()]
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
            *("holds" if state in conflict.equilibria[name] else "–" for name in CONCEPTS),
        )
    screen.print(table)
    for switch in conflict.switches:
        ends = f"{numbers.level(switch.present)} to {numbers.level(switch.far)}"
        unit = numbers.short(switch.unit)
        head = f"{_plain(switch.lever)}: {switch.label}"
        text = f"{head}; {labels[switch.owner]} may move it, {ends} {unit}."
        screen.print(Text(text, style="dim"))
    for short, words in CONCEPTS.values():
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
            names = [short for c, (short, _) in CONCEPTS.items() if state in states[c]]
            said.append(f"'{state_in_words(conflict, state)}' {word} ({', '.join(names)})")
    value, edge = (numbers.number(utils, 4, signed=True) for utils in (tip.value, tip.edge))
    return (
        f"Knife edge: {labels[tip.actor]} gains {value} utils by {_plain(tip.lever)}; past {edge}, "
        f"{'; '.join(said)}."
    )
