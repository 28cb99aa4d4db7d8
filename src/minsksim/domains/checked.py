"""Functions that check what they are given, for whoever calls them from Python.

A rule declares the domain of its arguments above its formula, and so its public name refuses what
lies outside. Inside a run, where the engine has seen to the domains and a rule is called a million
times, the checks are left out: compiled code and the plain form of the kernel are made of the bare
functions (``_compiled/twins.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from inspect import Signature, signature
from typing import Any, TypeVar

import numpy as np

from minsksim._compiled.twins import CHECKED, bare
from minsksim.domains.kinds import Domain, Refused, Sizes
from minsksim.errors import UsageError

Rule = TypeVar("Rule", bound=Callable[..., Any])

_LONGEST = 80


@dataclass(frozen=True)
class Need:
    """What arguments must fulfil together.

    Attributes
    ----------
    holds : callable
        Takes some of the function's arguments, by their names.
    sentence : str
        What must be the case, for whoever gives something else.
    """

    holds: Callable[..., bool]
    sentence: str

    @property
    def names(self) -> tuple[str, ...]:
        """The arguments that it is about."""
        code = self.holds.__code__
        return code.co_varnames[: code.co_argcount]


def checked(*needs: Need, **domains: Domain) -> Callable[[Rule], Rule]:
    """Declare the domain of every argument, and let calls from Python be checked.

    Parameters
    ----------
    *needs : Need
        What arguments must fulfil together, once each fulfils its own.
    **domains : Domain
        By argument, in the function's order; a test demands all of them.

    Examples
    --------
    >>> from minsksim.domains.arguments import POSITIVE
    >>> @checked(number=POSITIVE)
    ... def half(number):
    ...     return number / 2
    >>> half(3)
    1.5
    >>> half(-3)
    Traceback (most recent call last):
    minsksim.errors.UsageError: half: number is -3; it must be above 0.
    """

    def decorate(function: Rule) -> Rule:
        made: list[Any] = []
        # arrays first: how long they are is a bound for places and counts
        in_turn = sorted(domains.items(), key=lambda pair: not pair[1].is_sized)

        @wraps(function)
        def checking(*given: Any, **named: Any) -> Any:
            if not made:
                made.extend((signature(function), bare(function)))
            taken = _taken(function.__name__, made[0], in_turn, needs, given, named)
            return made[1](**taken)

        setattr(checking, CHECKED, domains)
        return checking  # type: ignore[return-value]

    return decorate


def _taken(
    function: str,
    form: Signature,
    domains: Sequence[tuple[str, Domain]],
    needs: tuple[Need, ...],
    given: tuple[Any, ...],
    named: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the arguments as the function works with them, or refuse them."""
    bound = form.bind(*given, **named)
    bound.apply_defaults()
    values, sizes = dict(bound.arguments), Sizes()
    for name, domain in domains:
        try:
            values[name] = domain.take(values[name], sizes)
        except Refused as refused:
            told = f"{name} is {_told(values[name])}"
            raise UsageError(f"{function}: {told}; {refused}.") from None
    for need in needs:
        parts = {name: values[name] for name in need.names}
        if not need.holds(**parts):
            told = ", ".join(f"{name} is {_told(value)}" for name, value in parts.items())
            raise UsageError(f"{function}: {told}; {need.sentence}.")
    return values


def _told(value: Any) -> str:
    """Return a value as its caller may have written it, in one short line."""
    plain = value.tolist() if isinstance(value, np.ndarray | np.generic) else value
    text = " ".join(repr(plain).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."
