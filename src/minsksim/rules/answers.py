"""Numbers that answer to a quantity: how well two can talk, what an actor signs, what it minds."""

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import EXTENDED, NUMBER
from minsksim.domains.checked import Need, checked

_BOUNDED = Need(lambda low, high: low <= high, "low must not be above high")


@checked(by=NUMBER, z=NUMBER)
@jit
def gradual_answer(by: float, z: float) -> float:
    """Return what a quantity adds to a number that answers to it all along its scale.

    Formula: b z.

    Parameters
    ----------
    by : float
        b, what it adds at the high end of its scale, in the number's unit.
    z : float
        The quantity on its 0-1 scale; outside it, the line goes on.

    Returns
    -------
    float
        In the number's unit.

    Notes
    -----
    Source: ours; the first-order form of an answer, as for flows and markets.

    Examples
    --------
    >>> gradual_answer(-0.4, 0.5)
    -0.2
    """
    return by * z


@checked(by=NUMBER, value=NUMBER, beyond=NUMBER)
@jit
def red_line_answer(by: float, value: float, beyond: float) -> float:
    """Return what a quantity adds to a number while it stands beyond a red line.

    Formula: b if x > x*, else 0.

    Parameters
    ----------
    by : float
        b, what it adds, in the number's unit.
    value : float
        x, the quantity in its own unit.
    beyond : float
        x*, the red line in the same unit; on the line nothing has happened yet.

    Returns
    -------
    float
        In the number's unit.

    Notes
    -----
    Source: ours; a red line is a step, since what was announced is crossed or not.

    Examples
    --------
    >>> red_line_answer(0.3, 60.0, 60.0), red_line_answer(0.3, 60.5, 60.0)
    (0.0, 0.3)
    """
    return by if value > beyond else 0.0


@checked(_BOUNDED, number=NUMBER, answers=NUMBER, low=EXTENDED, high=EXTENDED)
@jit
def with_answers(number: float, answers: float, low: float, high: float) -> float:
    """Return the number that is used, once everything that it answers to is added.

    Formula: min(max(v + sum of answers, low), high).

    Parameters
    ----------
    number : float
        v, as it would be without answers.
    answers : float
        Sum of what quantities add to it.
    low, high : float
        Where such a number can lie; infinite for no end.

    Returns
    -------
    float
        Between ``low`` and ``high``.

    Notes
    -----
    Source: ours; a probability stays one, and so does a cost, however many answers meet.

    Examples
    --------
    >>> with_answers(0.75, -0.5, 0.0, 1.0), with_answers(0.25, -0.5, 0.0, 1.0)
    (0.25, 0.0)
    """
    return min(max(number + answers, low), high)
