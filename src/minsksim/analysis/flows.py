"""How many people each flow moved in a run, by group, and how many of them refused to go.

A run keeps what stocks held, not what flowed. So it is played once more from its address, with a
stock that counts for each flow; such stocks change nothing else, which is checked to the last bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from minsksim.engine.single_run import run_scenario
from minsksim.scenario.groups import countable, divided, flows, inflow_name, origins
from minsksim.scenario.load import digest_of
from minsksim.scenario.stocks import Inflow, Stock

if TYPE_CHECKING:
    from minsksim.engine.record.run import Run
    from minsksim.scenario.schema import Document


@dataclass(frozen=True)
class Moved:
    """People that one flow moved, of one group or of all.

    Attributes
    ----------
    group : str or None
        The stock of the group that they left, or entered if the flow comes from outside; None
        for all together.
    label : str
    went : tuple of int
        By turn, from the first.
    refused : tuple of int or None
        Who was to go and refused; None where a group is one that people enter.
    """

    group: str | None
    label: str
    went: tuple[int, ...]
    refused: tuple[int, ...] | None


@dataclass(frozen=True)
class Flow:
    """People that one flow moved in a run.

    Attributes
    ----------
    stock, inflow : str
        The stock that it enters, and its name there.
    label : str
        What people read.
    has_refusals : bool
        Whether somebody can refuse.
    all : Moved
    groups : tuple of Moved
        Empty where the flow is not divided.
    """

    stock: str
    inflow: str
    label: str
    has_refusals: bool
    all: Moved
    groups: tuple[Moved, ...]


def flows_of_people(run: Run, point: Mapping[str, float] | None = None) -> tuple[Flow, ...]:
    """Return what every flow of people moved in a run, in the order of the file.

    ``point`` has the numbers that were replaced for the run, if any. Nothing is returned of a run
    that is not the same when it is played again: one at a point that is not given, or one with
    decisions replaced by Python code.

    Examples
    --------
    >>> exiled = flows_of_people(run_scenario("groups_of_people"))[2]
    >>> exiled.label, sum(exiled.all.went), sum(exiled.all.refused or ())
    ('Exiled: Released into exile', 51, 9)
    """
    document = run.scenario.document
    found = [one for one in flows(document.stocks) if document.stocks[one[0]].whole]
    counted = _counted(run, point) if found else None
    if counted is None:
        return ()
    return tuple(_flow(document, *one, counted) for one in found)


def _counted(run: Run, point: Mapping[str, float] | None) -> Mapping[str, tuple[int, ...]] | None:
    """Return by turn what can be counted of each flow, or None for a run not played again."""
    document = run.scenario.document
    names = {
        f"counted_again_{place}": (reference, document.stocks[stock])
        for place, (reference, stock, _) in enumerate(countable(document.stocks))
    }
    counters = {
        name: Stock(
            label=reference,
            unit=stock.unit,
            reference=stock.reference,
            whole=stock.whole,
            counts=(reference,),
        )
        for name, (reference, stock) in names.items()
    }
    more = document.model_copy(update={"stocks": {**document.stocks, **counters}})
    scenario = replace(run.scenario, document=more, digest=digest_of(more))
    seed, replication = run.seed, run.replication
    again = run_scenario(scenario, seed=seed, replication=replication, point=point).record
    mine, theirs = run.record.axes.quantities, again.axes.quantities
    turns = len(run.record.series)
    same = again.series[:turns, [theirs.index(name) for name in mine]]
    if not np.array_equal(same, run.record.series, equal_nan=True):
        return None
    return {
        reference: _by_turn(again.series[:turns, theirs.index(f"stocks.{name}")])
        for name, (reference, _) in names.items()
    }


def _by_turn(total: np.ndarray) -> tuple[int, ...]:
    return tuple(round(float(change)) for change in np.diff(total))


def _flow(
    document: Document, stock: str, key: str, flow: Inflow, counted: Mapping[str, tuple[int, ...]]
) -> Flow:
    stocks, name = document.stocks, inflow_name(stock, key)
    none = (0,) * len(counted[name])
    word = "from" if len(origins(stocks, flow)) > 1 else "into"
    groups = tuple(
        Moved(
            group,
            stocks[group].label,
            counted[f"{name}.{word}.{group}"],
            counted.get(f"{name}.refusals.from.{group}", none) if word == "from" else None,
        )
        for group in divided(stocks, stock, flow)
    )
    label = f"{flow.label or key.replace('_', ' ').capitalize()}: {stocks[stock].label}"
    total = Moved(None, label, counted[name], counted.get(f"{name}.refusals", none))
    return Flow(stock, key, label, flow.refusals is not None, total, groups)
