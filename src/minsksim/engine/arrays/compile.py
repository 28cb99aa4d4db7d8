"""From a scenario to arrays: the only place that knows both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from minsksim.engine.arrays.axes import Axes, find_axes
from minsksim.engine.arrays.fields import (
    answers,
    beliefs,
    causes,
    groups,
    horizons,
    levers,
    markets,
    numbers,
    outsiders,
    pools,
    talks,
    threats,
    what_if,
)
from minsksim.engine.arrays.kinds import Floats, Ints
from minsksim.engine.arrays.records import Structure
from minsksim.errors import UsageError
from minsksim.scenario import take_scenario
from minsksim.scenario.checks.numbers import limit_of
from minsksim.scenario.given import check_point
from minsksim.scenario.load import check_numbers_of
from minsksim.scenario.numbers import walk_numbers

if TYPE_CHECKING:
    from minsksim.domains.limits import Limit
    from minsksim.scenario import Given, Scenario
    from minsksim.scenario.schema import Document


@dataclass(frozen=True, repr=False)
class Compiled:
    """A scenario as arrays.

    Attributes
    ----------
    name, digest : str
        Of the scenario.
    structure : Structure
        Whole-number arrays.
    numbers : ndarray, shape (N,)
        The value of every model number, in the order of ``number_names``.
    axes : Axes
        Names along every axis.
    limits : tuple of Limit
        Where every number can lie, whatever the others are.
    """

    name: str
    digest: str
    structure: Structure
    numbers: Floats
    number_names: tuple[str, ...]
    axes: Axes
    limits: tuple[Limit, ...]

    def __repr__(self) -> str:
        return f"<Compiled {self.name}: {len(self.numbers)} numbers, {self.turns} turns>"

    def __deepcopy__(self, memo: dict[int, object]) -> Compiled:
        """Return itself, and let whoever holds its structure keep that: nobody writes to either."""
        memo[id(self.structure)] = self.structure
        return self

    @property
    def quantities(self) -> tuple[str, ...]:
        """Dotted names along the V axis."""
        return self.axes.quantities

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of the measures."""
        return self.axes.measures

    @property
    def actors(self) -> tuple[str, ...]:
        """Names of the actors."""
        return self.axes.actors

    @property
    def interests(self) -> tuple[str, ...]:
        """Names of the interests."""
        return self.axes.interests

    @property
    def turns(self) -> int:
        """Number of turns."""
        return self.structure.turns

    def point(self, changes: Mapping[str, float]) -> Floats:
        """Return the vector of numbers with some replaced by dotted name.

        Raises
        ------
        UsageError
            If a name is not a number of the scenario.
        """
        numbers = self.numbers.copy()
        for name, value in changes.items():
            if name not in self.number_names:
                raise UsageError(f"{name} is not a number of scenario {self.name}")
            numbers[self.number_names.index(name)] = value
        return numbers

    def check(self, points: Floats) -> None:
        """Refuse points with a number where it cannot lie.

        Parameters
        ----------
        points : ndarray, shape (P, N)
            A value for every model number.

        Raises
        ------
        UsageError
            With the first such point, the number and where it can lie.
        """
        if points.ndim != 2 or points.shape[1] != len(self.numbers):
            raise UsageError(
                f"the points have shape {points.shape}; {self.name} takes rows of "
                f"{len(self.numbers)} numbers"
            )
        least, most = self._ends
        is_allowed = (points >= least) & (points <= most)
        whole = np.array([one.is_whole for one in self.limits], dtype=np.bool_)
        is_allowed[:, whole] &= points[:, whole] == np.floor(points[:, whole])
        if not is_allowed.all():
            row, column = divmod(int(np.argmin(is_allowed)), points.shape[1])
            refused = self.limits[column].refuses(points[row, column])
            raise UsageError(f"point {row} {self.number_names[column]}: {refused}")

    @cached_property
    def _ends(self) -> tuple[Floats, Floats]:
        """The least and the largest value of every number, both finite and both allowed."""
        least = [_inside(one.low, one.is_open[0], np.inf) for one in self.limits]
        most = [_inside(one.high, one.is_open[1], -np.inf) for one in self.limits]
        return np.array(least), np.array(most)


def _inside(end: float, is_open: bool, inwards: float) -> float:
    """Return the finite number next to an end of an interval that lies in it."""
    return float(np.nextafter(end, inwards)) if is_open or np.isinf(end) else end


_PARTS = (
    numbers.number_places,
    numbers.quantity_scales,
    levers.lever_arrays,
    talks.interest_arrays,
    levers.link_arrays,
    levers.stock_arrays,
    levers.bound_arrays,
    groups.group_arrays,
    pools.pool_arrays,
    markets.market_arrays,
    talks.channel_arrays,
    outsiders.ratifier_arrays,
    outsiders.counter_arrays,
    talks.event_arrays,
    causes.cause_arrays,
    threats.threat_arrays,
    beliefs.belief_arrays,
    answers.answer_arrays,
    talks.measure_arrays,
    numbers.address_arrays,
)
"""What fills the arrays of a scenario from its file alone; later ones read what these filled."""


@lru_cache(maxsize=64)
def _compile(key: tuple[str, str], holder: _Holder) -> Compiled:
    scenario = holder.scenario
    check_numbers_of(scenario)
    document = scenario.document
    axes = find_axes(document)
    names = tuple(scenario.numbers)
    place = {name: i for i, name in enumerate(names)}
    fields: dict[str, Any] = {}
    for part in _PARTS:
        fields.update(part(document, axes, place))
    fields.update(horizons.horizon_arrays(document, axes, fields))
    fields.update(what_if.what_if_arrays(document, axes, place, fields))
    moved = _driven(document, axes, fields)
    named = np.stack([fields["term_of"], fields["term_times"]])
    driven = np.isin(named, moved).any(axis=0)
    fields["driven_terms"] = np.flatnonzero(driven)
    fields["market_felt"] = np.intersect1d(named, markets.details(axes))
    values = np.array([scenario.numbers[name].value for name in names], dtype=np.float64)
    structure = Structure(**fields)
    limits = tuple(limit_of(document, path) for path, _ in walk_numbers(document))
    return Compiled(scenario.name, scenario.digest, structure, values, names, axes, limits)


def _driven(document: Document, axes: Axes, fields: Mapping[str, Any]) -> Ints:
    """Return the quantities that levers drive: by flows, shared or not, and through markets."""
    through_markets = markets.driven_quantities(document, axes)
    moved = [fields["link_quantity"], groups.driven_stocks(fields), through_markets]
    if fields["looks_ahead"]:  # what flows reaches every stock in the turns to come
        moved.append(len(axes.levers) + np.arange(len(axes.stocks)))
    return np.concatenate(moved)


class _Holder:
    """Hands a scenario to the cached compiler without being part of its key."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Holder)


def compile_scenario(scenario: Given) -> Compiled:
    """Return a scenario as arrays; the same scenario is compiled once.

    Parameters
    ----------
    scenario : Scenario, str or Path
        A checked scenario, or the name or file of one.

    Returns
    -------
    Compiled
        Arrays and the names along their axes.
    """
    scenario = take_scenario(scenario)
    return _compile((scenario.name, scenario.digest), _Holder(scenario))


def numbers_at(scenario: Scenario, point: Mapping[str, float] | None) -> Floats:
    """Return the numbers of a scenario, some replaced by dotted name as ``--set`` would.

    Raises
    ------
    UsageError, ScenarioError
        If ``point`` names or holds what the scenario cannot have.
    """
    check_point(scenario, point or {}, "point")
    return compile_scenario(scenario).point(point or {})
