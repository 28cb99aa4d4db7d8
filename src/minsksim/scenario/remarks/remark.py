"""What a remark is: something that is no error, and that the author may not have meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..fields import Number

RemarkKind = Literal[
    "still",
    "cannot_meet",
    "unread",
    "unweighed",
    "without_effect",
    "convex",
    "product",
    "mechanical",
    "tried",
]


@dataclass(frozen=True)
class Remark:
    """Something in a scenario that is not what it seems to be.

    Attributes
    ----------
    kind : str
        ``still`` (a lever that cannot move), ``cannot_meet`` (a channel whose meetings take more
        than there ever is), ``unread`` (a quantity that nothing reads), ``unweighed`` (an interest
        that no utility counts), ``without_effect`` (an event's effect or an answer that changes
        nothing), ``convex`` (a gain that grows faster the further a lever goes, with which the
        search for packages may err), ``product`` (numbers that matter only together),
        ``mechanical`` (ranges of half to one and a half times the value), ``tried`` (what did not
        happen in a few runs).
    of : tuple of str
        Dotted names of what it is about.
    says : str
        What is so, in one sentence.
    advice : str
        What to try, in one sentence with the key to write.
    can_hold : int
        How many of the numbers in ``of`` could lose their range without a loss.
    """

    kind: RemarkKind
    of: tuple[str, ...]
    says: str
    advice: str
    can_hold: int = 0


def most(number: Number) -> float:
    """Return the highest value that a number can take over its range."""
    return max(number.value, *(number.range or (number.value,)))


def least(number: Number) -> float:
    """Return the lowest value that a number can take over its range."""
    return min(number.value, *(number.range or (number.value,)))


def is_nothing(numbers: Iterable[Number]) -> bool:
    """Return whether all numbers are 0 over their whole ranges."""
    return all(least(one) == 0.0 == most(one) for one in numbers)
