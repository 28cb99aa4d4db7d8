"""Exchanges one after another, the most profitable first, until nobody can gain by another."""

from __future__ import annotations

import numpy as np

from minsksim.domains.arguments import flags, not_negative, numbers
from minsksim.domains.checked import checked
from minsksim.theory.compromise import compromise
from minsksim.theory.exchange import exchange

_LEAST = 1e-9
"""A common gain below this is none, in the units of salience times distance."""


@checked(
    positions=numbers("A", "M"),
    salience=not_negative("A", "M"),
    capability=not_negative("A"),
    is_free=flags("A", "M"),
)
def exchange_gains(
    positions: np.ndarray, salience: np.ndarray, capability: np.ndarray, is_free: np.ndarray
) -> np.ndarray:
    """Return what each possible exchange would gain either of its two sides.

    Formula: that of ``exchange``: D_m (s_in s_jm - s_im s_jn) / (s_in + s_jn), for every pair
    (i, j) in which i gives way on m and j on n; 0 where one of the four has been traded.

    Parameters
    ----------
    positions, salience : ndarray, shape (A, M)
        x on the issues' scales and s >= 0.
    capability : ndarray, shape (A,)
        c >= 0.
    is_free : ndarray of bool, shape (A, M)
        Whether the actor still stands at its own position on the issue.

    Returns
    -------
    ndarray, shape (A, A, M, M)
        Utils, >= 0, by (i, j, m, n); each exchange stands twice, once for either side.

    Notes
    -----
    Source: stokman_van_oosten1994, potential exchanges.

    Examples
    --------
    >>> wanted = np.array([[0.0, 0.0], [100.0, 100.0]])
    >>> weight = np.array([[0.2, 0.8], [0.8, 0.2]])
    >>> gains = exchange_gains(wanted, weight, np.ones(2), np.ones((2, 2), dtype=bool))
    >>> float(gains[0, 1, 0, 1].round(6)), float(gains.sum().round(6))
    (12.0, 24.0)
    """
    middle = compromise(positions, salience, capability)
    weight = capability[:, None] * salience
    pull = weight / weight.sum(axis=0)
    apart = np.abs(positions[None, :, :] - positions[:, None, :])
    reach = np.minimum(pull[:, None, :] * apart, np.abs(positions - middle)[None, :, :])
    side = positions - middle
    usable = (side[:, None, :] * side[None, :, :] < 0.0) & is_free[:, None, :] & is_free[None, :, :]
    both = salience[:, None, :] + salience[None, :, :]
    given = reach * both
    moved = np.minimum(given[:, :, :, None], given.transpose(1, 0, 2)[:, :, None, :])
    edge = salience[:, None, None, :] * salience[None, :, :, None]
    edge = edge - salience[:, None, :, None] * salience[None, :, None, :]
    scale = both[:, :, :, None] * both[:, :, None, :]
    open_ = usable[:, :, :, None] & usable[:, :, None, :] & (edge > 0.0)
    return np.asarray(np.where(open_, moved * edge / np.where(open_, scale, 1.0), 0.0))


@checked(positions=numbers("A", "M"), salience=not_negative("A", "M"), capability=not_negative("A"))
def positions_after_exchanges(
    positions: np.ndarray, salience: np.ndarray, capability: np.ndarray
) -> np.ndarray:
    """Return the positions taken once no exchange is left that gains both its sides.

    Formula: repeat ``exchange`` for the pair and issues of the largest common gain, the first in
    order where several tie; an issue on which an actor has given way or been given way to is
    traded for that actor.

    Parameters
    ----------
    positions, salience : ndarray, shape (A, M)
        x on the issues' scales and s >= 0; salience 0 for an actor that takes no part.
    capability : ndarray, shape (A,)
        c >= 0.

    Returns
    -------
    ndarray, shape (A, M)
        Positions taken; their compromise is where the model says each issue ends.

    Notes
    -----
    Source: stokman_van_oosten1994. The order of exchanges and one trade of a position are our
    reading: the paper lets actors withhold and has exchanges compete.

    Examples
    --------
    >>> wanted = np.array([[0.0, 0.0], [100.0, 100.0]])
    >>> weight = np.array([[0.2, 0.8], [0.8, 0.2]])
    >>> positions_after_exchanges(wanted, weight, np.ones(2)).tolist()
    [[100.0, 0.0], [100.0, 0.0]]
    """
    taken = positions.astype(float)
    is_free = np.ones(taken.shape, dtype=bool)
    offers = _Offers(salience, capability)
    offers._renew(taken, is_free, np.arange(taken.shape[1]))
    while offers.best.max(initial=0.0) > _LEAST:
        i, j, m, n = offers._first_of_best()
        taken = exchange(taken, salience, capability, (i, j), (m, n))
        is_free[i, m] = is_free[j, m] = is_free[i, n] = is_free[j, n] = False
        offers._renew(taken, is_free, np.array([m, n]))
    return taken


class _Offers:
    """The best exchange for every two issues, kept up to date.

    An exchange moves the compromise of its two issues alone, so only gains that involve one of
    them are reckoned anew: the work of a step grows with issues, not with their square. Every gain
    has the same bits as in ``exchange_gains``.
    """

    def __init__(self, salience: np.ndarray, capability: np.ndarray) -> None:
        self.salience, self.capability = salience, capability
        actors, issues = salience.shape
        self.pull = capability[:, None] * salience / (capability[:, None] * salience).sum(axis=0)
        self.given = np.zeros((actors, actors, issues))
        """By (i, j, m): how far i can move the compromise of m towards j, times both saliences."""
        self.usable = np.zeros((actors, actors, issues), dtype=bool)
        self.best = np.zeros((issues, issues))
        """By (m, n): the largest gain of a pair i < j in which i gives way on m, j on n."""
        self.pair = np.zeros((issues, issues, 2), dtype=np.intp)

    def _renew(self, taken: np.ndarray, is_free: np.ndarray, issues: np.ndarray) -> None:
        """Reckon again what involves some issues, after their positions have changed."""
        at, salience, free = taken[:, issues], self.salience[:, issues], is_free[:, issues]
        side = at - compromise(at, salience, self.capability)
        apart = np.abs(at[None, :, :] - at[:, None, :])
        reach = np.minimum(self.pull[:, issues][:, None, :] * apart, np.abs(side)[None, :, :])
        self.given[:, :, issues] = reach * (salience[:, None, :] + salience[None, :, :])
        is_open = (side[:, None, :] * side[None, :, :] < 0.0) & free[:, None, :] & free[None, :, :]
        self.usable[:, :, issues] = is_open
        for issue in issues:
            self._find_best(int(issue))

    def _find_best(self, m: int) -> None:
        """Find the best pair i < j for an issue with every other; (j, i) is the same exchange."""
        s = self.salience
        i, j = np.nonzero(np.triu(self.usable[:, :, m]))
        self.best[m, :] = self.best[:, m] = 0.0
        if not len(i):
            return
        si, sj = s[i], s[j]
        scale = (s[i, m] + s[j, m])[:, None] * (si + sj)
        edge = si * s[j, m][:, None] - s[i, m][:, None] * sj
        is_open = self.usable[i, j]
        for there, way, giver, taker in ((True, edge, i, j), (False, -edge, j, i)):
            moved = np.minimum(self.given[giver, taker, m][:, None], self.given[taker, giver])
            open_ = is_open & (way > 0.0)
            gains = np.where(open_, moved * way / np.where(open_, scale, 1.0), 0.0)
            first = gains.argmax(axis=0)
            cells = (m, slice(None)) if there else (slice(None), m)
            self.best[cells] = gains.max(axis=0)
            self.pair[cells] = np.stack([i[first], j[first]], axis=1)

    def _first_of_best(self) -> tuple[int, int, int, int]:
        """Return (i, j, m, n) of the largest gain, the first in that order where several tie."""
        m, n = np.nonzero(self.best == self.best.max())
        i, j = self.pair[m, n].T
        first = np.lexsort((n, m, j, i))[0]
        return int(i[first]), int(j[first]), int(m[first]), int(n[first])
