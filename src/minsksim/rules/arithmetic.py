"""Exponential, logarithm, power and logistic with the same bits on every machine.

A C library may choose other instructions (FMA or not) at run time, which changes last digits,
and a last digit can flip a choice. These use only + - * / and exact scaling by powers of two.
Relative error is at most two units in the last place over the range used here.
"""

import numpy as np

from minsksim._compiled.marks import inlined, jit
from minsksim.domains.arguments import EXTENDED, NORMAL, NUMBER, POSITIVE, whole
from minsksim.domains.checked import checked

LN2_HIGH = 6.93147180369123816490e-01
LN2_LOW = 1.90821492927058770002e-10
LOG2_E = 1.44269504088896338700
# 1/n! and 1/(2n+1); summed pairwise, which is shorter than one after another
C2, C3, C4, C5 = 1 / 2, 1 / 6, 1 / 24, 1 / 120
C6, C7, C8, C9 = 1 / 720, 1 / 5040, 1 / 40320, 1 / 362880
C10, C11, C12, C13 = 1 / 3628800, 1 / 39916800, 1 / 479001600, 1 / 6227020800
D1, D2, D3 = 1 / 3, 1 / 5, 1 / 7
D4, D5, D6, D7 = 1 / 9, 1 / 11, 1 / 13, 1 / 15
D8, D9, D10, D11 = 1 / 17, 1 / 19, 1 / 21, 1 / 23
SMALLEST_NORMAL = 2.0**-1022
TWO_52, TWO_54 = 2.0**52, 2.0**54
ROUNDER = 1.5 * 2.0**52


@checked(k=whole(-1022, 1023))
@inlined
def power_of_two(k: float) -> float:
    """Return 2 to the power ``k`` exactly, for a whole number ``k``.

    Formula: the IEEE double whose exponent field is k + 1023.

    Parameters
    ----------
    k : float
        Whole exponent, -1022 to 1023.

    Returns
    -------
    float
        2**k.

    Notes
    -----
    Source: ours; adding 1.5 * 2**52 leaves ``k`` in the last bits, which vectorises.

    Examples
    --------
    >>> float(power_of_two(-2.0))
    0.25
    """
    last_bits = np.float64(k + ROUNDER).view(np.int64)
    return np.int64((last_bits + 1023) << 52).view(np.float64)


@checked(x=NORMAL)
@inlined
def mantissa(x: float) -> float:
    """Return m in [0.5, 1) with x = m 2**e for a whole e, for a normal x > 0.

    Formula: the bits of an IEEE double, its exponent field replaced by that of 0.5.

    Parameters
    ----------
    x : float
        A positive number, at least 2**-1022.

    Returns
    -------
    float
        m.

    Notes
    -----
    Source: ours; the C library's frexp costs as much as the rest of ``log``.

    Examples
    --------
    >>> float(mantissa(10.0))
    0.625
    """
    bits = np.float64(x).view(np.int64)
    return np.int64((bits & 0xFFFFFFFFFFFFF) | 0x3FE0000000000000).view(np.float64)


@checked(x=NORMAL)
@inlined
def exponent(x: float) -> float:
    """Return the whole number e with x = m 2**e and m in [0.5, 1), for a normal x > 0.

    Formula: the exponent field of an IEEE double, less 1022.

    Parameters
    ----------
    x : float
        A positive number, at least 2**-1022.

    Returns
    -------
    float
        e.

    Notes
    -----
    Source: ours; reads the field by way of the double 2**52 + field, which vectorises.

    Examples
    --------
    >>> float(exponent(10.0))
    4.0
    """
    field = (np.float64(x).view(np.int64) & 0x7FF0000000000000) >> 52
    return np.int64(field | 0x4330000000000000).view(np.float64) - (TWO_52 + 1022.0)


@checked(x=EXTENDED)
@inlined
def exp(x: float) -> float:
    """Return e to the power ``x``.

    Formula: exp(x) = 2**k * exp(r), r = x - k ln 2, |r| <= ln(2)/2, exp(r) by its series.

    Parameters
    ----------
    x : float
        Exponent; values outside [-700, 700] are clamped.

    Returns
    -------
    float
        e**x, within two units in the last place.

    Notes
    -----
    Source: ours; a portable replacement for the C library's function.

    Examples
    --------
    >>> exp(0.0)
    1.0
    >>> abs(exp(1.0) - 2.718281828459045) < 1e-15
    True
    """
    x = min(max(x, -700.0), 700.0)
    k = np.floor(x * LOG2_E + 0.5)
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    r2 = r * r
    r4 = r2 * r2
    low = (1.0 + r) + r2 * (C2 + C3 * r) + r4 * ((C4 + C5 * r) + r2 * (C6 + C7 * r))
    high = (C8 + C9 * r) + r2 * (C10 + C11 * r) + r4 * (C12 + C13 * r)
    total = low + r4 * r4 * high
    return total * power_of_two(k)


@checked(x=EXTENDED)
@inlined
def log(x: float) -> float:
    """Return the natural logarithm of ``x``.

    Formula: ln x = e ln 2 + 2 (s + s**3/3 + s**5/5 + ...), s = (m-1)/(m+1), x = m 2**e.

    Parameters
    ----------
    x : float
        A positive number; for x <= 0 the result is -1e300, a stand-in for -infinity that
        stays finite when it is multiplied by an exponent.

    Returns
    -------
    float
        ln x, within two units in the last place.

    Notes
    -----
    Source: ours; a portable replacement for the C library's function.

    Examples
    --------
    >>> log(1.0)
    0.0
    >>> abs(log(10.0) - 2.302585092994046) < 1e-15
    True
    """
    is_tiny = 1.0 if x < SMALLEST_NORMAL else 0.0
    normal = x * TWO_54 if x < SMALLEST_NORMAL else x
    m, e = mantissa(normal), exponent(normal) - 54.0 * is_tiny
    is_small = 1.0 if m < 0.7071067811865476 else 0.0
    m, e = m + m * is_small, e - is_small
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    z2 = z * z
    z4 = z2 * z2
    low = (D1 + D2 * z) + z2 * (D3 + D4 * z)
    high = (D5 + D6 * z) + z2 * (D7 + D8 * z) + z4 * ((D9 + D10 * z) + z2 * D11)
    rest = 2.0 * z * (low + z4 * high)
    half_square = 0.5 * f * f
    tail = half_square - (s * (half_square + rest) + e * LN2_LOW)
    result = e * LN2_HIGH - (tail - f) + (x - x)  # what is not a number stays so
    return -1e300 if x <= 0.0 else result  # chosen at the end, so that loops vectorise


@checked(z=NUMBER, log_z=NUMBER, rho=POSITIVE)
@inlined
def power_by_log(z: float, log_z: float, rho: float) -> float:
    """Return ``z`` to the power ``rho``, its logarithm being known.

    Formula: as for ``power``.

    Parameters
    ----------
    z, log_z : float
        Base and its logarithm.
    rho : float
        Exponent, positive.

    Returns
    -------
    float
        z**rho.

    Notes
    -----
    Source: ours; several powers of one number cost one logarithm.

    Examples
    --------
    >>> abs(power_by_log(0.25, log(0.25), 0.5) - 0.5) < 1e-15
    True
    """
    level = exp(rho * log_z)
    level = z if rho == 1.0 else level
    return 0.0 if z <= 0.0 else level


@checked(z=NUMBER, rho=POSITIVE)
@inlined
def power(z: float, rho: float) -> float:
    """Return ``z`` to the power ``rho`` for z >= 0 and rho > 0.

    Formula: z**rho = exp(rho ln z), and 0 at z = 0.

    Parameters
    ----------
    z : float
        Base, on the 0-1 reference scale; negative values count as 0.
    rho : float
        Exponent, positive.

    Returns
    -------
    float
        z**rho.

    Notes
    -----
    Source: ours; a portable replacement for the C library's function.

    Examples
    --------
    >>> abs(power(0.25, 0.5) - 0.5) < 1e-15
    True
    >>> power(0.0, 0.5)
    0.0
    """
    return power_by_log(z, log(z), rho)


@checked(x=EXTENDED)
@jit
def logistic(x: float) -> float:
    """Return the logistic function of ``x``.

    Formula: 1 / (1 + exp(-x)).

    Parameters
    ----------
    x : float
        Any real number.

    Returns
    -------
    float
        A number in [0, 1].

    Notes
    -----
    Source: luce1959, the binary choice axiom in logit form.

    Examples
    --------
    >>> logistic(0.0)
    0.5
    """
    if x >= 0.0:
        return 1.0 / (1.0 + exp(-x))
    return exp(x) / (1.0 + exp(x))
