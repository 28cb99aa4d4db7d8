"""How much of an interest a quantity satisfies: the shapes f(z) and their slopes.

Shapes are coded as integers (``LINEAR`` ...), because rules take plain numbers only. ``z`` is a
quantity on its 0-1 reference scale; it may leave [0, 1] when a stock outgrows its reference.
"""

import numpy as np

from minsksim._compiled.marks import inlined, jit
from minsksim.domains.arguments import NUMBER, count, numbers, one_of, room
from minsksim.domains.checked import Need, checked
from minsksim.rules.arithmetic import exp, logistic, power
from minsksim.vocabulary import CONCAVE, SATURATING, SHAPES, THRESHOLD

CODES = {word.code: name for name, word in SHAPES.items()}
SHAPED = (
    Need(
        lambda code, first: code not in (CONCAVE, SATURATING) or first > 0.0,
        "the exponent of a power, or the rate towards a ceiling, must be above 0",
    ),
    Need(
        lambda code, second: code != THRESHOLD or second > 0.0,
        "the steepness of a threshold must be above 0",
    ),
)
_SPANNED = Need(lambda low, high: low < high, "high must be above low")


@checked(*SHAPED, code=one_of(CODES), z=NUMBER, first=NUMBER, second=NUMBER)
@inlined
def shape(code: int, z: float, first: float, second: float) -> float:
    """Return f(z), the satisfaction that a quantity at ``z`` gives.

    Formula: linear z; concave z**rho; saturating 1 - exp(-c z);
    threshold 1 / (1 + exp(-s (z - m))).

    Parameters
    ----------
    code : int
        LINEAR, CONCAVE, SATURATING or THRESHOLD.
    z : float
        The quantity on its 0-1 reference scale.
    first : float
        rho, c or the midpoint m.
    second : float
        The steepness s of a threshold; unused otherwise.

    Returns
    -------
    float
        Satisfaction, 0 at z = 0 except for a threshold.

    Notes
    -----
    Source: raiffa1982, chapter 11 (additive scoring with a value function for each issue).

    Examples
    --------
    >>> from minsksim.vocabulary import LINEAR
    >>> shape(LINEAR, 0.25, 0.0, 0.0)
    0.25
    >>> round(shape(CONCAVE, 0.25, 0.5, 0.0), 12)
    0.5
    >>> round(shape(SATURATING, 1.0, 2.0, 0.0), 6)
    0.864665
    """
    if code == CONCAVE:
        return power(z, first)
    if code == SATURATING:
        return 1.0 - exp(-first * z)
    if code == THRESHOLD:
        return logistic(second * (z - first))
    return z


@checked(
    *SHAPED,
    code=one_of(CODES),
    z=numbers(">J"),
    count=count("J"),
    first=NUMBER,
    second=NUMBER,
    level=room(">J"),
)
@jit
def shapes(
    code: int, z: np.ndarray, count: int, first: float, second: float, level: np.ndarray
) -> None:
    """Write f(z) for many values of one quantity; the same numbers as ``shape``.

    Formula: as for ``shape``.

    Parameters
    ----------
    code : int
        LINEAR, CONCAVE, SATURATING or THRESHOLD.
    z : ndarray, shape (>= count,)
        Values of the quantity on its 0-1 reference scale.
    count : int
        How many of them.
    first, second : float
        As for ``shape``.
    level : ndarray, shape (>= count,)
        Receives the satisfactions.

    Returns
    -------
    None
        Satisfactions are written into ``level``.

    Notes
    -----
    Source: raiffa1982, chapter 11; one loop a shape, so that it vectorises.

    Examples
    --------
    >>> from minsksim.vocabulary import LINEAR
    >>> level = np.zeros(2)
    >>> shapes(LINEAR, np.array([0.25, 0.5]), 2, 0.0, 0.0, level); level
    array([0.25, 0.5 ])
    """
    if code == CONCAVE:
        for j in range(count):
            level[j] = power(z[j], first)
    elif code == SATURATING:
        for j in range(count):
            level[j] = 1.0 - exp(-first * z[j])
    else:
        for j in range(count):
            level[j] = shape(code, z[j], first, second)


@checked(*SHAPED, code=one_of(CODES), z=NUMBER, first=NUMBER, second=NUMBER)
@jit
def shape_slope(code: int, z: float, first: float, second: float) -> float:
    """Return f'(z), the marginal satisfaction at ``z``.

    Formula: linear 1; concave rho z**(rho-1); saturating c exp(-c z);
    threshold s p (1-p) with p = f(z). A concave slope is taken at z >= 0.001.

    Parameters
    ----------
    code : int
        LINEAR, CONCAVE, SATURATING or THRESHOLD.
    z : float
        The quantity on its 0-1 reference scale.
    first : float
        rho, c or the midpoint m.
    second : float
        The steepness s of a threshold.

    Returns
    -------
    float
        Change of f for a unit change of z.

    Notes
    -----
    Source: raiffa1982, chapter 11; the floor on z is ours, since z**rho is steep without
    bound at zero.

    Examples
    --------
    >>> from minsksim.vocabulary import LINEAR
    >>> shape_slope(LINEAR, 0.3, 0.0, 0.0)
    1.0
    >>> round(shape_slope(CONCAVE, 0.25, 0.5, 0.0), 12)
    1.0
    """
    if code == CONCAVE:
        base = max(z, 0.001)
        return first * power(base, first) / base
    if code == SATURATING:
        return first * exp(-first * z)
    if code == THRESHOLD:
        p = logistic(second * (z - first))
        return second * p * (1.0 - p)
    return 1.0


@checked(_SPANNED, value=NUMBER, low=NUMBER, high=NUMBER)
@inlined
def to_scale(value: float, low: float, high: float) -> float:
    """Return a quantity in natural units on its 0-1 reference scale.

    Formula: z = (value - low) / (high - low).

    Parameters
    ----------
    value, low, high : float
        The quantity and the two ends of its scale, in its own unit; high > low.

    Returns
    -------
    float
        z, dimensionless.

    Notes
    -----
    Source: ours; a change of unit.

    Examples
    --------
    >>> to_scale(25.0, 0.0, 100.0)
    0.25
    """
    return (value - low) / (high - low)
