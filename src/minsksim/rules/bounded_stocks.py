"""Stocks that are not people: they decay, and stay inside their bounds.

Between its bounds such a stock is linear in itself and in its flows: x' = (1 - w) x + f, so that
what a flow adds is worth the same wherever the stock stands.
"""

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import EXTENDED, NUMBER, SHARE
from minsksim.domains.checked import Need, checked

_BOUNDED = Need(lambda low, high: low <= high, "low must not be above high")


@checked(_BOUNDED, now=NUMBER, decay=SHARE, low=EXTENDED, high=EXTENDED)
@jit
def after_decay(now: float, decay: float, low: float, high: float) -> float:
    """Return what is left of a stock after a turn's decay.

    Formula: (1 - w) x, kept between the bounds.

    Parameters
    ----------
    now : float
        x, in the stock's unit.
    decay : float
        w, share lost per turn, in [0, 1].
    low, high : float
        The stock's bounds; infinite for none.

    Returns
    -------
    float
        In the stock's unit.

    Notes
    -----
    Source: nerlove_arrow1962, goodwill that depreciates at a constant rate, in turns; what is lost
    goes nowhere, as attention and anger fade.

    Examples
    --------
    >>> after_decay(40.0, 0.25, 0.0, 100.0), after_decay(40.0, 0.25, 35.0, 100.0)
    (30.0, 35.0)
    """
    return min(max((1.0 - decay) * now, low), high)


@checked(_BOUNDED, now=NUMBER, amount=NUMBER, low=EXTENDED, high=EXTENDED)
@jit
def after_flow(now: float, amount: float, low: float, high: float) -> float:
    """Return a bounded stock after a flow.

    Formula: min(max(x + f, low), high).

    Parameters
    ----------
    now : float
        x, what the stock holds, in its unit.
    amount : float
        f, the intended flow in the same unit; below 0 it takes from the stock.
    low, high : float
        The stock's bounds; infinite for none.

    Returns
    -------
    float
        In the stock's unit; what flowed is the difference from ``now``.

    Notes
    -----
    Source: ours; what does not fit does not flow.

    Examples
    --------
    >>> after_flow(8.0, 5.0, 0.0, 10.0), after_flow(8.0, -9.0, 0.0, 10.0)
    (10.0, 0.0)
    """
    return min(max(now + amount, low), high)


@checked(_BOUNDED, now=NUMBER, rate=NUMBER, low=EXTENDED, high=EXTENDED)
@jit
def margin_within(now: float, rate: float, low: float, high: float) -> float:
    """Return what a flow's lever does to a bounded stock at the margin.

    Formula: g; 0 where x is at its upper bound and g > 0, or at its lower one and g < 0.

    Parameters
    ----------
    now : float
        x, what the stock holds.
    rate : float
        g, units of the stock for each unit of the lever.
    low, high : float
        The stock's bounds; infinite for none.

    Returns
    -------
    float
        Units of the stock for each unit of the lever.

    Notes
    -----
    Source: ours; who bargains counts nothing for what would push against a bound.

    Examples
    --------
    >>> margin_within(10.0, 2.0, 0.0, 10.0), margin_within(10.0, -2.0, 0.0, 10.0)
    (0.0, -2.0)
    """
    if (rate > 0.0 and now >= high) or (rate < 0.0 and now <= low):
        return 0.0
    return rate
