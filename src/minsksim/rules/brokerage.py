"""Brokerage: how well one actor reaches another through the open channels."""

import numpy as np

from minsksim._compiled.marks import inlined, jit
from minsksim.domains import limits
from minsksim.domains.arguments import SHARE, changed, index, room, shares, wholes
from minsksim.domains.checked import Need, checked
from minsksim.domains.kinds import Domain

_ENDS_KNOWN = Need(
    lambda ends, willing: not ends.size or int(ends.max()) < len(willing),
    "channels link actors that willing lists",
)

_NETWORK: dict[str, Domain] = {
    "origin": index("A"),
    "goal": index("A"),
    "ends": wholes("C", 2),
    "quality": shares("C"),
    "willing": shares("A"),
}
"""Channels between actors, and the two of them that are asked about."""


@checked(
    _ENDS_KNOWN,
    **_NETWORK,
)
def access(
    origin: int, goal: int, ends: np.ndarray, quality: np.ndarray, willing: np.ndarray
) -> float:
    """Return the best path product of channel qualities between two actors.

    Formula: as for ``best_path``.

    Parameters
    ----------
    origin, goal : int
        The two actors.
    ends : ndarray of int, shape (C, 2)
        The two actors that each channel links.
    quality : ndarray, shape (C,)
        Channel qualities in [0, 1]; a closed channel has 0.
    willing : ndarray, shape (A,)
        Factor in [0, 1] by which an actor in between passes messages on.

    Returns
    -------
    float
        Access in [0, 1]; 0 if no path is open.

    Notes
    -----
    Source: ours, after myerson1977: what a broker adds is what the network lacks without it.

    Examples
    --------
    >>> ends = np.array([[0, 1], [1, 2]])
    >>> access(0, 2, ends, np.array([0.5, 0.8]), np.array([1.0, 0.5, 1.0]))
    0.2
    """
    return best_path(origin, goal, ends, quality, willing, np.zeros(len(willing)))


@checked(
    _ENDS_KNOWN,
    **_NETWORK,
    reach=room("A"),
)
@jit
def best_path(
    origin: int,
    goal: int,
    ends: np.ndarray,
    quality: np.ndarray,
    willing: np.ndarray,
    reach: np.ndarray,
) -> float:
    """Return the best path product of channel qualities, and write how well each actor is reached.

    Formula: max over paths of (product of channel qualities) * (product of the willingness of
    every actor in between).

    Parameters
    ----------
    origin, goal, ends, quality, willing
        As for ``access``.
    reach : ndarray, shape (A,)
        Receives the access to every actor.

    Returns
    -------
    float
        Access to the goal in [0, 1]; 0 if no path is open.

    Notes
    -----
    Source: ours, after myerson1977; relaxation until nothing improves.

    Examples
    --------
    >>> ends, reach = np.array([[0, 1], [1, 2]]), np.zeros(3)
    >>> best_path(0, 2, ends, np.array([0.5, 0.8]), np.array([1.0, 0.5, 1.0]), reach)
    0.2
    >>> reach
    array([1. , 0.5, 0.2])
    """
    for a in range(reach.shape[0]):
        reach[a] = 0.0
    reach[origin] = 1.0
    for _ in range(willing.shape[0]):
        has_changed = False
        for c in range(ends.shape[0]):
            for side in range(2):
                here, there = ends[c, side], ends[c, 1 - side]
                pass_on = 1.0 if here == origin else willing[here]
                through = reach[here] * pass_on * quality[c]
                if through > reach[there]:
                    reach[there] = through
                    has_changed = True
        if not has_changed:
            break
    return reach[goal]


@checked(effort=SHARE, informative=SHARE)
@inlined
def willingness(effort: float, informative: float) -> float:
    """Return the factor by which an actor in between passes messages on.

    Formula: z b.

    Parameters
    ----------
    effort : float
        z in [0, 1], the actor's lever for brokering on its 0-1 scale; 1 where it has none.
    informative : float
        b in [0, 1], what its bias leaves of a message; 1 without bias.

    Returns
    -------
    float
        A factor in [0, 1].

    Notes
    -----
    Source: crawford_sobel1982 for b; that the two multiply is ours, because a message has to be
    passed on and to be believed.

    Examples
    --------
    >>> willingness(0.5, 0.5), willingness(0.5, 1.0)
    (0.25, 0.5)
    """
    return effort * informative


@checked(
    _ENDS_KNOWN,
    origin=index("A"),
    goal=index("A"),
    ends=wholes("C", 2),
    quality=shares("C"),
    willing=changed("A", limit=limits.SHARE),
    broker=index("A"),
    informative=SHARE,
    reach=room("A"),
)
@jit
def broker_margin(
    origin: int,
    goal: int,
    ends: np.ndarray,
    quality: np.ndarray,
    willing: np.ndarray,
    broker: int,
    informative: float,
    reach: np.ndarray,
) -> float:
    """Return how much access a pair gains when a broker's lever goes from 0 to full.

    Formula: access with the broker at b, less access with it at 0.

    Parameters
    ----------
    origin, goal, ends, quality, willing
        As for ``access``; the broker's willingness is put back at the end.
    broker : int
        Which actor.
    informative : float
        b in [0, 1], what the broker's bias leaves of a message.
    reach : ndarray, shape (A,)
        Room to work in.

    Returns
    -------
    float
        In [0, 1]; 0 where another path is as good.

    Notes
    -----
    Source: myerson1977, what the network lacks without its broker.

    Examples
    --------
    >>> ends, reach, willing = np.array([[0, 1], [1, 2]]), np.zeros(3), np.array([1.0, 0.25, 1.0])
    >>> broker_margin(0, 2, ends, np.array([0.5, 1.0]), willing, 1, 0.5, reach), float(willing[1])
    (0.25, 0.25)
    """
    kept = willing[broker]
    willing[broker] = willingness(1.0, informative)
    with_broker = best_path(origin, goal, ends, quality, willing, reach)
    willing[broker] = 0.0
    without = best_path(origin, goal, ends, quality, willing, reach)
    willing[broker] = kept
    return with_broker - without
