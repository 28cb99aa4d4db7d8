"""Issue linkage: settling all issues at once, so that each party wins where it cares most."""

from __future__ import annotations

import numpy as np

from minsksim.domains.arguments import not_negative, shares
from minsksim.domains.checked import checked


@checked(first=not_negative("M"), second=not_negative("M"))
def separate_shares(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the first party's share of every issue when each is settled on its own.

    Formula: argmax (w_k x) (v_k (1 - x)) = 1/2; who alone cares for an issue takes it.

    Parameters
    ----------
    first, second : ndarray, shape (M,)
        w and v >= 0, utils that all of an issue is worth to each party.

    Returns
    -------
    ndarray, shape (M,)
        x, shares in [0, 1].

    Notes
    -----
    Source: nash1950, on one issue at a time with no agreement worth 0.

    Examples
    --------
    >>> separate_shares(np.array([0.7, 0.3]), np.array([0.3, 0.7]))
    array([0.5, 0.5])
    """
    alone = np.sign(first) - np.sign(second)
    return np.asarray(0.5 + 0.5 * alone)


@checked(first=not_negative("M"), second=not_negative("M"))
def linked_shares(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the first party's share of every issue when all are settled together.

    Formula: argmax (sum_k w_k x_k) (sum_k v_k (1 - x_k)): issues go to the first party in the
    order of w_k / v_k, all of them but at most one undivided.

    Parameters
    ----------
    first, second : ndarray, shape (M,)
        w and v >= 0, utils that all of an issue is worth to each party.

    Returns
    -------
    ndarray, shape (M,)
        x, shares in [0, 1].

    Notes
    -----
    Source: nash1950; tollison_willett1979, linkage along relative saliences.

    Examples
    --------
    >>> linked_shares(np.array([0.7, 0.3]), np.array([0.3, 0.7]))
    array([1., 0.])
    """
    shares = np.zeros(len(first))
    have, left = 0.0, float(second.sum())
    order = sorted(range(len(first)), key=lambda k: -np.arctan2(first[k], second[k]))
    for k in order:
        w, v = float(first[k]), float(second[k])
        if w == 0.0:
            break
        # once an issue is divided, the next ones come out at 0 by themselves
        best = 1.0 if v == 0.0 else (w * left - v * have) / (2.0 * w * v)
        shares[k] = min(max(best, 0.0), 1.0)
        have, left = have + w, left - v
    return shares


@checked(shares=shares("M"), first=not_negative("M"), second=not_negative("M"))
def utils_of_shares(
    shares: np.ndarray, first: np.ndarray, second: np.ndarray
) -> tuple[float, float]:
    """Return what a division of the issues is worth to each party.

    Formula: sum_k w_k x_k and sum_k v_k (1 - x_k).

    Parameters
    ----------
    shares : ndarray, shape (M,)
        x, the first party's share of every issue, in [0, 1].
    first, second : ndarray, shape (M,)
        w and v >= 0, utils that all of an issue is worth to each party.

    Returns
    -------
    tuple of float
        Utils of both.

    Notes
    -----
    Source: sebenius1983, additive values over issues.

    Examples
    --------
    >>> utils_of_shares(np.array([1.0, 0.0]), np.array([0.7, 0.3]), np.array([0.3, 0.7]))
    (0.7, 0.7)
    """
    return float(first @ shares), float(second @ (1.0 - shares))


@checked(first=not_negative("M"), second=not_negative("M"))
def linkage_gain(first: np.ndarray, second: np.ndarray) -> tuple[float, float]:
    """Return what each party gains by settling all issues together, not one by one.

    Formula: u(linked) - u(separate). The product of both never falls; one party's share can.

    Parameters
    ----------
    first, second : ndarray, shape (M,)
        w and v >= 0, utils that all of an issue is worth to each party.

    Returns
    -------
    tuple of float
        Utils of both; 0 for both where all w_k / v_k are equal.

    Notes
    -----
    Source: tollison_willett1979; sebenius1983.

    Examples
    --------
    >>> [round(u, 6) for u in linkage_gain(np.array([0.7, 0.3]), np.array([0.3, 0.7]))]
    [0.2, 0.2]
    """
    linked = utils_of_shares(linked_shares(first, second), first, second)
    separate = utils_of_shares(separate_shares(first, second), first, second)
    return linked[0] - separate[0], linked[1] - separate[1]
