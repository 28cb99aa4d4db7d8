"""Blocking: whether an outsider who is harmed can stop an agreement."""

from __future__ import annotations

from collections.abc import Sequence

from minsksim._compiled.marks import inlined, jit
from minsksim.domains.arguments import FLAG, NOT_NEGATIVE, NUMBER, flags, numbers
from minsksim.domains.checked import checked


@checked(surplus=NUMBER, harm=NOT_NEGATIVE)
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


@checked(surplus=NUMBER, harm=NOT_NEGATIVE, can_pay=FLAG)
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
    return surplus > 0.0 and not (can_pay and is_bought_off(surplus, harm))


@checked(surplus=NUMBER, harm=NOT_NEGATIVE)
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


@checked(surplus=NUMBER, harm=NOT_NEGATIVE, can_pay=FLAG)
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


@checked(change=NUMBER)
@inlined
def loss(change: float) -> float:
    """Return what somebody outside the room loses by an agreement.

    Formula: max(0, -e); the harm h is its sum over those who can pay.

    Parameters
    ----------
    change : float
        e, what the agreement does to them if it is kept, utils.

    Returns
    -------
    float
        Utils >= 0.

    Notes
    -----
    Source: segal1999, externalities on nontraders.

    Examples
    --------
    >>> loss(-0.25), loss(0.25)
    (0.25, 0.0)
    """
    return max(0.0, -change)


@checked(changes=numbers("A"), is_party=flags("A"))
def worst_hit(changes: Sequence[float], is_party: Sequence[bool]) -> tuple[int, float]:
    """Return which outsider loses most by an agreement, and how much.

    Formula: argmin e_a over those not at the table, if e_a < 0; its loss is -e_a.

    Parameters
    ----------
    changes : sequence of float, length A
        e_a, what the agreement does to each actor if it is kept, utils.
    is_party : sequence of bool, length A
        Who sits at the table.

    Returns
    -------
    tuple of int and float
        The outsider's place, the first of equals, or -1; utils >= 0.

    Notes
    -----
    Source: segal1999, externalities on nontraders; bernheim_whinston1986, what it would pay.

    Examples
    --------
    >>> worst_hit([0.5, 0.25, -0.125, -0.25], [True, True, False, False])
    (3, 0.25)
    >>> worst_hit([0.5, -0.25, 0.0], [True, True, False])
    (-1, 0.0)
    """
    worst, least = -1, 0.0
    for a, change in enumerate(changes):
        if not is_party[a] and change < least:
            worst, least = a, change
    return worst, -least if worst >= 0 else 0.0
