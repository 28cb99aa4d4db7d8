"""What several numbers must fulfil together, each of them being right by itself.

A relation is looked at where a file is read and wherever numbers come in later, one point or a
million: so it names the numbers that it reads, and compares numbers and arrays alike.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from ..beliefs import Belief
from ..markets import Market
from ..places import Faults, Keys, dotted
from ..schema import Actor, Channel, Document, Influence, Lever, Number
from ..threats import Threat

_ROUNDING = 1e-9
"""Share of the way from a lever's first step to its last that counts as none, as in a run."""


@dataclass(frozen=True)
class Relation:
    """A relation between numbers.

    Attributes
    ----------
    path : tuple
        Where a fault is told.
    numbers : mapping of tuple to Number
        What it is about, by path.
    breaks : callable
        Takes an array of values for each number; says at which points the relation does not hold.
    sentence : callable
        Takes a value for each number; says what is wrong.
    is_for_ranges : bool
        Whether it must hold over the whole ranges of a file, too, and not for its values alone.
    """

    path: Keys
    numbers: dict[Keys, Number]
    breaks: Callable[..., Any]
    sentence: Callable[..., str]
    is_for_ranges: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Dotted names of the numbers."""
        return tuple(map(dotted, self.numbers))

    def corners(self) -> Iterator[list[float]]:
        """Yield the values of the file, and all low and all high ends if ranges count."""
        numbers = list(self.numbers.values())
        yield [number.value for number in numbers]
        for end in (0, 1) if self.is_for_ranges else ():
            yield [(number.range or (number.value,) * 2)[end] for number in numbers]


def _every(parts: Iterable[Any]) -> Any:
    """Return whether all parts are true, point by point."""
    return reduce(operator.and_, parts, True)


def check_relations(relations: Sequence[Relation], faults: Faults) -> None:
    """Add a fault for each relation that the numbers of a file break."""
    for relation in relations:
        for values in relation.corners():
            if relation.breaks(*values):
                faults.add(relation.path, relation.sentence(*values))
                break


def all_relations(document: Document) -> list[Relation]:
    """Return every relation of a document that holds together otherwise."""
    found = [weighs_something(("actors", name), actor) for name, actor in document.actors.items()]
    for name, channel in document.channels.items():
        found += has_evidence(("channels", name), channel)
    for name, market in document.markets.items():
        found += somebody_sells(("markets", name), market)
    for name, lever in document.levers.items():
        if lever.steps is not None:
            found.append(is_on_a_step(("levers", name, "initial"), lever.initial, lever.steps))
            found.append(can_leave_its_step(("levers", name), lever))
    for name, belief in document.beliefs.items():
        found += has_two_types(("beliefs", name), belief)
        found += has_no_regard(("beliefs", name), belief, document.influence)
    for name, threat in document.threats.items():
        lever = document.levers[threat.sanction.lever]
        found += can_be_imposed(("threats", name), threat, lever)
        for key, aim in (("demand", threat.demand), ("sanction", threat.sanction)):
            steps = document.levers[aim.lever].steps
            if steps is not None:
                found.append(is_on_a_step(("threats", name, key, "to"), aim.to, steps))
    return found


def weighs_something(path: Keys, actor: Actor) -> Relation:
    """Return that an actor has a salience other than 0."""
    return Relation(
        (*path, "salience"),
        {(*path, "salience", name): number for name, number in actor.salience.items()},
        lambda *weights: _every(weight == 0 for weight in weights),
        lambda *_: "this actor weighs no interest. Give it at least one salience other than 0.",
    )


def has_evidence(path: Keys, channel: Channel) -> list[Relation]:
    """Return that trust begins with some evidence, one relation for each party."""
    return [
        Relation(
            (*path, "trust", party),
            {
                (*path, "trust", party, "kept"): ledger.kept,
                (*path, "trust", party, "broken"): ledger.broken,
            },
            lambda kept, broken: kept + broken <= 0,
            lambda *_: (
                "kept and broken must add up to more than 0 over their whole ranges. "
                "Raise one of them."
            ),
            is_for_ranges=True,
        )
        for party, ledger in channel.trust.items()
    ]


def somebody_sells(path: Keys, market: Market) -> list[Relation]:
    """Return that some seller's cost without tariffs and sanctions is below the intercept."""
    if not market.demand or not market.sellers:
        return []
    numbers = {(*path, "demand", "intercept"): market.demand.intercept}
    is_weighed = []
    for name, seller in market.sellers.items():
        numbers[(*path, "sellers", name, "cost")] = seller.cost
        if seller.profit_weight is not None:
            numbers[(*path, "sellers", name, "profit_weight")] = seller.profit_weight
        is_weighed.append(seller.profit_weight is not None)

    def breaks(intercept: Any, *rest: Any) -> Any:
        given = iter(rest)
        costs = [next(given) * (next(given) if weighed else 1.0) for weighed in is_weighed]
        return _every(cost >= intercept for cost in costs)

    return [
        Relation(
            (*path, "demand", "intercept"),
            numbers,
            breaks,
            lambda intercept, *_: (
                f"nobody sells: every seller's cost is at least {intercept:g}, the price at which "
                "nobody buys. Raise the intercept, or lower a cost."
            ),
        )
    ]


def has_two_types(path: Keys, belief: Belief) -> list[Relation]:
    """Return that what is private differs between the types."""
    return [
        Relation(
            (*path, "high"),
            {(*path, "low"): belief.low, (*path, "high"): belief.high},
            operator.eq,
            lambda *_: "low and high are the same, so nothing is private. Change one of them.",
        )
    ]


def has_no_regard(path: Keys, belief: Belief, influence: dict[str, Influence]) -> list[Relation]:
    """Return that a believer does not feel what it only believes."""
    return [
        Relation(
            (*path, "by"),
            {("influence", name, "regard"): edge.regard},
            lambda regard: regard != 0,
            lambda _: (
                f"{belief.by} has regard for {belief.of}, which would show it what it only "
                "believes. Set that regard to 0, without a range."
            ),
            is_for_ranges=True,
        )
        for name, edge in influence.items()
        if (edge.origin, edge.to) == (belief.of, belief.by)
    ]


def can_be_imposed(path: Keys, threat: Threat, lever: Lever) -> list[Relation]:
    """Return that a sanction is not in place from the start, and that one turn is enough for it."""
    goal = {(*path, "sanction", "to"): threat.sanction.to}
    place: Keys = ("levers", threat.sanction.lever)
    start = {(*place, "initial"): lever.initial}
    steps = {(*place, "step", "up"): lever.step.up, (*place, "step", "down"): lever.step.down}

    return [
        Relation(
            (*path, "sanction", "to"),
            goal | start,
            operator.eq,
            lambda *_: "the sanction is in place from the start. Name another value.",
        ),
        Relation(
            (*path, "sanction", "to"),
            goal | start | steps,
            lambda to, initial, up, down: (to - initial > up) | (initial - to > down),
            lambda to, initial, up, down: (
                "a sanction is imposed in one turn, and the lever moves at most "
                f"{up if to > initial else down:g} in one. Name a nearer value, or raise the step."
            ),
        ),
    ]


def is_on_a_step(path: Keys, number: Number, steps: Sequence[float]) -> Relation:
    """Return that a number is a value that a lever with steps can take, over all of its range."""

    def breaks(value: Any) -> Any:
        is_between = number.range is not None and number.range[0] < number.range[1]
        return _every(value != step for step in steps) | is_between

    listed = ", ".join(f"{step:g}" for step in steps)
    return Relation(
        path,
        {path: number},
        breaks,
        lambda value: (
            f"the lever has steps, and {value:g} is none of them or has a range that lies between "
            f"them. Write one of {listed}, without a range."
        ),
    )


def can_leave_its_step(path: Keys, lever: Lever) -> Relation:
    """Return that one turn is enough to take a lever with steps from its start to another step."""
    names: list[Keys] = [(*path, "initial"), (*path, "step", "up"), (*path, "step", "down")]
    steps = lever.steps or ()

    def nearest(initial: Any) -> float:
        return float(min(abs(step - initial) for step in steps if step != initial))

    def breaks(initial: Any, up: Any, down: Any) -> Any:
        slack = _ROUNDING * (steps[-1] - steps[0])
        return _every(
            ((step > initial) & (step - initial > up + slack))
            | ((step < initial) & (initial - step > down + slack))
            | (step == initial)
            for step in steps
        )

    return Relation(
        (*path, "step"),
        dict(zip(names, (lever.initial, lever.step.up, lever.step.down), strict=True)),
        breaks,
        lambda initial, *_: (
            f"the lever can never move: from {initial:g} the next of its steps is "
            f"{nearest(initial):g} away, beyond its largest move in a turn. Raise `step.up` or "
            "`step.down`."
        ),
        is_for_ranges=True,
    )
