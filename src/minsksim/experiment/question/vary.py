"""Which numbers a sweep varies, and between which bounds.

A ``Vary`` is what the user wrote; an ``Axis`` is that request after the scenarios were asked
for bounds and distribution. One design serves all scenarios of a sweep, so that their
differences are paired.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minsksim.alike import several
from minsksim.errors import UsageError
from minsksim.scenario.places import nearest_number
from minsksim.scenario.scalars import float_of

if TYPE_CHECKING:
    from minsksim.scenario import Scenario

FORMS = "Write 'name', 'name=low:high' or 'name=low:high:count'."


@dataclass(frozen=True)
class Vary:
    """A request to vary one number of the scenario.

    Parameters
    ----------
    name : str
        Dotted name of the number.
    low, high : float, optional
        Bounds in the number's own unit; without them the range of the scenario is used.
    count : int, optional
        How many values a grid takes, both ends included.
    """

    name: str
    low: float | None = None
    high: float | None = None
    count: int | None = None

    def __post_init__(self) -> None:
        if (self.low is None) != (self.high is None):
            raise UsageError(f"--vary {self.name}: give both bounds or neither. {FORMS}")
        if self.low is not None and self.high is not None:
            if not (math.isfinite(self.low) and math.isfinite(self.high)):
                raise UsageError(f"--vary {self.name}: the bounds must be finite numbers.")
            if self.low >= self.high:
                raise UsageError(
                    f"--vary {self.name}: low {self.low:g} is not below high {self.high:g}. "
                    "Use --set to fix a number at one value."
                )
        if self.count is not None and self.count < 2:
            raise UsageError(f"--vary {self.name}: a grid needs at least 2 values.")

    @classmethod
    def parse(cls, text: str) -> Vary:
        """Read the command line's form.

        Examples
        --------
        >>> Vary.parse("markets.potash.price=200:400:5")
        Vary(name='markets.potash.price', low=200.0, high=400.0, count=5)
        """
        name, separator, bounds = (part.strip() for part in text.partition("="))
        parts = bounds.split(":")
        if not name or (separator and len(parts) not in (2, 3)):
            raise UsageError(f"--vary {text}: not understood. {FORMS}")
        if not separator:
            return cls(name)
        try:
            low, high = float_of(parts[0]), float_of(parts[1])
            count = int(parts[2]) if len(parts) == 3 else None
        except ValueError:
            raise UsageError(
                f"--vary {text}: {bounds!r} is not low:high[:count]. {FORMS}"
            ) from None
        return cls(name, low, high, count)


def take_vary(given: Vary | str | Iterable[Vary | str]) -> tuple[Vary, ...]:
    """Return requests from themselves or from their texts, one or several.

    Examples
    --------
    >>> take_vary("actors.minsk.patience")
    (Vary(name='actors.minsk.patience', low=None, high=None, count=None),)
    """
    return tuple(Vary.parse(one) if isinstance(one, str) else one for one in several(given))


@dataclass(frozen=True)
class Axis:
    """One varied number with its bounds.

    ``mode`` is the peak of a triangular distribution. Where ``is_whole``, people are counted, and
    what is drawn or laid out is rounded to whole numbers.
    """

    name: str
    low: float
    high: float
    mode: float | None = None
    count: int | None = None
    is_whole: bool = False


def resolve(vary: Sequence[Vary], scenarios: Sequence[Scenario]) -> tuple[Axis, ...]:
    """Give every request its bounds; each name must be a number of every scenario.

    Bounds that are not given, and then the distribution too, come from the first scenario.
    """
    known_everywhere([one.name for one in vary], scenarios, "--vary")
    whole = _whole(scenarios[0])
    return tuple(_axis(one, scenarios[0], one.name in whole) for one in vary)


def known_everywhere(names: Sequence[str], scenarios: Sequence[Scenario], place: str) -> None:
    """Refuse a name that comes twice or is no number of some scenario."""
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"{place} {name}: given twice.")
        for scenario in scenarios:
            if name not in scenario.numbers:
                from minsksim.scenario.numbers import structure_fault

                if (fault := structure_fault(scenario.document, name)) is not None:
                    raise UsageError(f"{place} {name}: {fault}")
                known = f"'minsksim show {scenario.name} --numbers' lists them."
                said = (
                    f"{place} {name}: scenario {scenario.name!r} has no number of this name.",
                    nearest_number(name, scenario.numbers),
                    known,
                )
                raise UsageError(" ".join(filter(None, said)))


def every_range(scenarios: Sequence[Scenario]) -> tuple[Axis, ...]:
    """Return an axis for every number with a range that is the same in all scenarios.

    A number that differs between the scenarios is what they are compared for, so it keeps the
    value each of them gives it.
    """
    first = scenarios[0]
    axes, whole = [], _whole(first)
    for name, number in first.numbers.items():
        same = all(
            (other := scenario.numbers.get(name)) is not None
            and (other.value, other.range, other.distribution)
            == (number.value, number.range, number.distribution)
            for scenario in scenarios
        )
        if same and number.range is not None and number.range[0] < number.range[1]:
            axes.append(_axis(Vary(name), first, name in whole))
    if not axes:
        raise UsageError(f"Scenario {first.name!r} has no number with a range: name one by --vary.")
    return tuple(axes)


def _whole(scenario: Scenario) -> frozenset[str]:
    """Return the numbers of a scenario that must be whole."""
    from minsksim.scenario.checks.numbers import whole_numbers

    return whole_numbers(scenario.document)


def _axis(vary: Vary, scenario: Scenario, is_whole: bool) -> Axis:
    number = scenario.numbers[vary.name]
    if vary.low is not None and vary.high is not None:
        return Axis(vary.name, vary.low, vary.high, None, vary.count, is_whole)
    if number.range is None or number.range[0] >= number.range[1]:
        raise UsageError(
            f"--vary {vary.name}: the scenario gives this number no range; "
            f"write {vary.name}=low:high."
        )
    low, high = number.range
    is_peaked = number.distribution == "triangular"
    mode = min(max(number.value, low), high) if is_peaked else None
    return Axis(vary.name, low, high, mode, vary.count, is_whole)
