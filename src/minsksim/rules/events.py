"""Events: what happens to a quantity from outside the model."""

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import EXTENDED, NUMBER, one_of
from minsksim.domains.checked import Need, checked
from minsksim.vocabulary import SET, SHIFT

_BOUNDED = Need(lambda low, high: low <= high, "low must not be above high")
_HOW = {SET: "set", SHIFT: "shift"}


@checked(_BOUNDED, now=NUMBER, amount=NUMBER, how=one_of(_HOW), low=EXTENDED, high=EXTENDED)
@jit
def after_event(now: float, amount: float, how: int, low: float, high: float) -> float:
    """Return a quantity after an event.

    Formula: min(max(v, low), high) with v = amount if the event sets it, else now + amount.

    Parameters
    ----------
    now : float
        The quantity before, in its own unit.
    amount : float
        What the event sets it to, or adds to it.
    how : int
        SET or SHIFT.
    low, high : float
        The quantity's bounds; infinite for none.

    Returns
    -------
    float
        In the quantity's unit.

    Notes
    -----
    Source: ours; an exogenous change, kept within what the quantity can be.

    Examples
    --------
    >>> from minsksim.vocabulary import SHIFT
    >>> after_event(5.0, 2.0, SET, 0.0, 10.0), after_event(5.0, 2.0, SHIFT, 0.0, 10.0)
    (2.0, 7.0)
    >>> after_event(5.0, -8.0, SHIFT, 0.0, 10.0)
    0.0
    """
    value = amount if how == SET else now + amount
    return min(max(value, low), high)
