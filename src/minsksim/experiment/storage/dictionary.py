"""The data dictionary: what every column of a result means, and its unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from minsksim.engine.record.run import ORDINALS
from minsksim.experiment.question.question import BY_POINT, SHARED, Question
from minsksim.experiment.running.kernel import Compiled
from minsksim.scenario.references import quantity

if TYPE_CHECKING:
    from minsksim.scenario import Scenario
    from minsksim.scenario.schema import Document

Column = dict[str, str]

_RUN = (
    ("scenario", "Scenario or variant", ""),
    ("point", "Design point, from 0", ""),
)
_REPLICATION = {
    SHARED: "Replication, from 0; equal replications share their draws",
    BY_POINT: "Replication, from 0; each point, or block of points, has draws of its own",
}
_STATUS = ("status", "0: the run finished; otherwise see failed.jsonl", "")
_TURN = (
    ("scenario", "Scenario or variant", ""),
    ("point", "Design point, from 0", ""),
    ("replication", "Replication, from 0", ""),
    ("turn", "Turn; 0 is before the first", ""),
    ("date", "Day on which the turn began; of turn 0 the first day", ""),
)
_CONTRIBUTION = (
    *_TURN,
    ("actor", "Actor whose utility is opened", ""),
    ("interest", "Interest; or regard for others; or costs of moving", ""),
    ("value", "Part of the actor's utility", "utils"),
)
_AGREEMENT = (
    *_TURN,
    ("channel", "Channel in which it was made", ""),
    ("public", "Whether outsiders learned of it", ""),
    ("blocker", "Actor without a seat in the channel that loses most by it", ""),
    ("blocking_worth", "What that actor would pay to block it", "utils"),
)


def places_of(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Return first, second and as many more as the largest table has parties."""
    channels = [one for scenario in scenarios for one in scenario.document.channels.values()]
    return ORDINALS[: max((len(one.between) for one in channels), default=2)]


def _agreement(scenarios: Sequence[Scenario]) -> tuple[tuple[str, str, str], ...]:
    """Return the fixed columns of agreements, with those of every party before ``public``."""
    places = places_of(scenarios)
    gains = [(f"gain_{p}", f"Gain the channel's {p} party saw in it", "utils") for p in places]
    kept = [(f"kept_{p}", f"Whether the {p} party kept it", "") for p in places]
    at = [name for name, _, _ in _AGREEMENT].index("public")
    return (*_AGREEMENT[:at], *gains, *kept, *_AGREEMENT[at:])


def in_order(names: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Return every name once, in the order of first appearance."""
    return tuple(dict.fromkeys(name for group in names for name in group))


def dictionary(question: Question, compiled: Sequence[Compiled]) -> dict[str, list[Column]]:
    """Return, by table, the columns in their order with label and unit."""
    scenarios = question.scenarios
    actors = in_order(one.actors for one in compiled)
    utilities = [_column(f"utility.{name}", f"Utility of {name}", "utils") for name in actors]
    externalities = [
        _column(f"externality.{name}", f"Change for {name} by it", "utils") for name in actors
    ]
    levers = in_order([f"levers.{name}" for name in one.document.levers] for one in scenarios)
    moves = [
        {**column, "name": column["name"].replace("levers.", "move.", 1)}
        for column in _named(levers, scenarios, quantity)
    ]
    return {
        "runs": [
            *_fixed((*_RUN, ("replication", _REPLICATION[question.draws], ""), _STATUS)),
            *_named(question.design.names, scenarios, _number),
            *_named(in_order(one.measures for one in compiled), scenarios, _measure),
        ],
        "series": [
            *_fixed(_TURN),
            *_named(in_order(one.quantities for one in compiled), scenarios, quantity),
            *_public(scenarios),
            *utilities,
        ],
        "contributions": _fixed(_CONTRIBUTION),
        "agreements": [*_fixed(_agreement(scenarios)), *externalities, *moves],
    }


def secret_levers(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Return the names of levers that are secret in some scenario."""
    return in_order(
        [name for name, lever in one.document.levers.items() if lever.secret] for one in scenarios
    )


def _public(scenarios: Sequence[Scenario]) -> list[Column]:
    columns = _named([f"levers.{name}" for name in secret_levers(scenarios)], scenarios, quantity)
    return [
        _column(f"public.{one['name']}", f"{one['label']}, as the public saw it", one["unit"])
        for one in columns
    ]


def _number(document: Document, name: str) -> tuple[str, str] | None:
    return f"Varied: {name}", "as in the scenario"


def _measure(document: Document, name: str) -> tuple[str, str] | None:
    if name not in document.measures:
        return None
    return document.measures[name].label, document.measures[name].unit


def _named(
    names: Iterable[str],
    scenarios: Sequence[Scenario],
    describe: Callable[[Document, str], tuple[str, str] | None],
) -> list[Column]:
    columns = []
    for name in names:
        found = (describe(scenario.document, name) for scenario in scenarios)
        label, unit = next((one for one in found if one is not None), (name, ""))
        columns.append(_column(name, label, unit))
    return columns


def _fixed(rows: Iterable[tuple[str, str, str]]) -> list[Column]:
    return [_column(*row) for row in rows]


def _column(name: str, label: str, unit: str) -> Column:
    return {"name": name, "label": label, "unit": unit}
