"""Steps: how far a lever may go in a turn, by its bounds, its pace, its stock and its promises."""

import numpy as np

from minsksim._compiled.marks import inlined
from minsksim.domains.arguments import FLAG, NOT_NEGATIVE, NUMBER, POSITIVE
from minsksim.domains.checked import checked
from minsksim.domains.needs import LOW_FIRST


@checked(now=NUMBER, goal=NUMBER, step=NOT_NEGATIVE)
@inlined
def step_up(now: float, goal: float, step: float) -> float:
    """Return where one turn's step up ends.

    Formula: min(g, z + d).

    Parameters
    ----------
    now : float
        z, in the lever's unit.
    goal : float
        g, where the owner wants it, or the upper bound.
    step : float
        d >= 0, the most it can go up in a turn.

    Returns
    -------
    float
        In the lever's unit.

    Notes
    -----
    Source: ours; policies are moved by steps, because institutions need time.

    Examples
    --------
    >>> step_up(10.0, 100.0, 25.0), step_up(90.0, 100.0, 25.0)
    (35.0, 100.0)
    """
    return min(goal, now + step)


@checked(now=NUMBER, goal=NUMBER, step=NOT_NEGATIVE)
@inlined
def step_down(now: float, goal: float, step: float) -> float:
    """Return where one turn's step down ends.

    Formula: max(g, z - d).

    Parameters
    ----------
    now : float
        z, in the lever's unit.
    goal : float
        g, where the owner wants it, or the lower bound.
    step : float
        d >= 0, the most it can go down in a turn.

    Returns
    -------
    float
        In the lever's unit.

    Notes
    -----
    Source: ours; policies are moved by steps, because institutions need time.

    Examples
    --------
    >>> step_down(35.0, 0.0, 25.0), step_down(10.0, 0.0, 25.0)
    (10.0, 0.0)
    """
    return max(goal, now - step)


@checked(now=NUMBER, value=NUMBER, stock=NOT_NEGATIVE)
@inlined
def as_stock_allows(now: float, value: float, stock: float) -> float:
    """Return how far a lever can go up that draws on a stock: nobody is released who is not held.

    Formula: max(z, min(v, h)).

    Parameters
    ----------
    now, value : float
        z and v, where the lever is and where it would go, in units of the stock.
    stock : float
        h >= 0, what is left in the stock.

    Returns
    -------
    float
        In units of the stock; never below where the lever is.

    Notes
    -----
    Source: ours; bookkeeping of people, who can be released only once.

    Examples
    --------
    >>> as_stock_allows(0.0, 50.0, 30.0), as_stock_allows(5.0, 50.0, 0.0)
    (30.0, 5.0)
    """
    return max(now, min(value, stock))


@checked(wanted=NOT_NEGATIVE, total=POSITIVE, left=NOT_NEGATIVE, is_whole=FLAG)
@inlined
def claim_as_stock_allows(wanted: float, total: float, left: float, is_whole: bool) -> float:
    """Return how far one of several levers can go that together ask for more than is left.

    Formula: v min(1, h / V), in whole units rounded down.

    Parameters
    ----------
    wanted : float
        v >= 0, where the lever would go, in units of the stock.
    total : float
        V > 0, what all of them would draw.
    left : float
        h >= 0, what is left in the stock.
    is_whole : bool
        Whether people are counted one by one.

    Returns
    -------
    float
        In units of the stock.

    Notes
    -----
    Source: ours; all give up the same part, as creditors do where an estate is too small.

    Examples
    --------
    Two levers would release 44 and 22, and 61 are held.

    >>> claim_as_stock_allows(44.0, 66.0, 61.0, True), claim_as_stock_allows(22.0, 66.0, 61.0, True)
    (40.0, 20.0)
    """
    value = wanted * min(1.0, left / total)
    return float(np.floor(value)) if is_whole else value


@checked(LOW_FIRST, now=NUMBER, low=NUMBER, high=NUMBER, origin=NUMBER)
@inlined
def keep_promise(now: float, low: float, high: float, origin: float) -> tuple[float, float]:
    """Return how far a lever may go without going back on a promise to somebody else.

    Formula: [z, high] if the promise moved it up (z0 < z), else [low, z].

    Parameters
    ----------
    now : float
        z, in the lever's unit.
    low, high : float
        How far it could go otherwise.
    origin : float
        z0, where it was before the promise.

    Returns
    -------
    tuple of float
        Lowest and highest value.

    Notes
    -----
    Source: ours; a channel cannot sell what another one bought.

    Examples
    --------
    >>> keep_promise(10.0, 0.0, 20.0, 5.0), keep_promise(10.0, 0.0, 20.0, 15.0)
    ((10.0, 20.0), (0.0, 10.0))
    """
    if origin < now:
        return now, high
    return low, now


@checked(LOW_FIRST, now=NUMBER, low=NUMBER, high=NUMBER)
@inlined
def whole_between(now: float, low: float, high: float) -> tuple[float, float]:
    """Return the lowest and highest whole number of people within reach, the present one included.

    Formula: min(z, ceil(low)) and max(z, floor(high)).

    Parameters
    ----------
    now : float
        z, in people.
    low, high : float
        How far the lever may go.

    Returns
    -------
    tuple of float
        Lowest and highest value, in people.

    Notes
    -----
    Source: ours; people are not split.

    Examples
    --------
    >>> low, high = whole_between(4.0, 1.5, 8.5); float(low), float(high)
    (2.0, 8.0)
    """
    return min(now, np.ceil(low)), max(now, np.floor(high))


@checked(value=NUMBER)
@inlined
def nearest_whole(value: float) -> float:
    """Return the nearest whole number, halves up.

    Formula: floor(v + 1/2).

    Parameters
    ----------
    value : float
        v, in people.

    Returns
    -------
    float
        A whole number.

    Notes
    -----
    Source: ours; people are not split.

    Examples
    --------
    >>> float(nearest_whole(2.5)), float(nearest_whole(2.25))
    (3.0, 2.0)
    """
    return np.floor(value + 0.5)
