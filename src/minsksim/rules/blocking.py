"""Blocking: whether an outsider who is harmed can stop an agreement."""

from __future__ import annotations

from minsksim._jit import jit
from minsksim.errors import UsageError


@jit
def is_bought_off(surplus: float, harm: float) -> bool:
    """Return whether outsiders who can pay the pair for not agreeing do so.

    Formula: 0 < S < h.

    Parameters
    ----------
    surplus : float
        S, what the pair would gain together, utils.
    harm : float
        h >= 0, what those outsiders would lose together, in the same utils.

    Returns
    -------
    bool
        Whether the agreement is blocked.

    Notes
    -----
    Source: bernheim_whinston1986; segal1999, contracts with externalities.

    Examples
    --------
    >>> is_bought_off(0.4, 0.6), is_bought_off(0.6, 0.4), is_bought_off(-0.1, 0.4)
    (True, False, False)
    """
    return 0.0 < surplus < harm


def goes_ahead(surplus: float, harm: float, *, can_pay: bool) -> bool:
    """Return whether a pair agrees, given what it does to those outside.

    Formula: S > 0 if nobody outside can pay; S > 0 and h <= S if they can.

    Parameters
    ----------
    surplus : float
        S, what the pair gains together, utils.
    harm : float
        h >= 0, what all outsiders lose together, in the same utils.
    can_pay : bool
        Whether those outside can offer the pair a payment for not agreeing.

    Returns
    -------
    bool
        Whether the agreement is made.

    Notes
    -----
    Source: bernheim_whinston1986; segal1999, contracts with externalities.

    Examples
    --------
    >>> goes_ahead(0.4, 0.6, can_pay=False), goes_ahead(0.4, 0.6, can_pay=True)
    (True, False)
    """
    if harm < 0.0:
        raise UsageError("Harm is what outsiders lose, 0 or more; a benefit blocks nothing.")
    return surplus > 0.0 and not (can_pay and is_bought_off(surplus, harm))


def price_of_blocking(surplus: float, harm: float) -> float:
    """Return what outsiders who can pay give the pair for not agreeing.

    Formula: S if 0 < S < h, else 0: enough that the pair is no worse off.

    Parameters
    ----------
    surplus : float
        S, what the pair would gain together, utils.
    harm : float
        h >= 0, what all outsiders would lose together, utils.

    Returns
    -------
    float
        Utils paid; 0 where the agreement is made, or would not be made anyhow.

    Notes
    -----
    Source: bernheim_whinston1986; segal1999.

    Examples
    --------
    >>> price_of_blocking(0.4, 0.6), price_of_blocking(0.6, 0.4)
    (0.4, 0.0)
    """
    is_blocked = surplus > 0.0 and not goes_ahead(surplus, harm, can_pay=True)
    return surplus if is_blocked else 0.0


def waste(surplus: float, harm: float, *, can_pay: bool) -> float:
    """Return what everybody together loses by an agreement that harms more than it brings.

    Formula: h - S if it goes ahead and h > S, else 0.

    Parameters
    ----------
    surplus : float
        S, what the pair gains together, utils.
    harm : float
        h >= 0, what all outsiders lose together, utils.
    can_pay : bool
        Whether those outside can pay the pair for not agreeing.

    Returns
    -------
    float
        Utils, >= 0; always 0 if they can pay.

    Notes
    -----
    Source: segal1999, inefficiency of contracts with externalities.

    Examples
    --------
    >>> round(waste(0.4, 0.6, can_pay=False), 6), waste(0.4, 0.6, can_pay=True)
    (0.2, 0.0)
    """
    if not goes_ahead(surplus, harm, can_pay=can_pay):
        return 0.0
    return max(harm - surplus, 0.0)
