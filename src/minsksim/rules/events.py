"""Events: what happens to a quantity from outside the model."""

from minsksim._jit import jit


@jit
def after_event(now: float, amount: float, is_set: bool, low: float, high: float) -> float:
    """Return a quantity after an event.

    Formula: min(max(v, low), high) with v = amount if the event sets it, else now + amount.

    Parameters
    ----------
    now : float
        The quantity before, in its own unit.
    amount : float
        What the event sets it to, or adds to it.
    is_set : bool
        Which of the two.
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
    >>> after_event(5.0, 2.0, True, 0.0, 10.0), after_event(5.0, 2.0, False, 0.0, 10.0)
    (2.0, 7.0)
    >>> after_event(5.0, -8.0, False, 0.0, 10.0)
    0.0
    """
    value = amount if is_set else now + amount
    return min(max(value, low), high)
