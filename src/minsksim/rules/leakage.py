"""Leakage: what a sanction still costs when trade takes another road."""

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import NOT_NEGATIVE, SHARE
from minsksim.domains.checked import checked


@checked(capacity=SHARE, unasked=SHARE, political=SHARE)
@jit
def rerouted_share(capacity: float, unasked: float, political: float) -> float:
    """Return the share of sanctioned trade that third countries carry.

    Formula: rho = k (b + (1 - b) p): political support turns commercial capacity into trade, and
    does nothing where there is no capacity.

    Parameters
    ----------
    capacity : float
        k in [0, 1], share of the trade that third countries' ports and firms could carry.
    unasked : float
        b in [0, 1], share of that capacity that firms offer for profit alone.
    political : float
        p in [0, 1], support of a friendly government.

    Returns
    -------
    float
        rho in [0, k].

    Notes
    -----
    Source: ours, after early2011: support by a friendly government counts together with
    commercial sanctions busting, not alone.

    Examples
    --------
    >>> rerouted_share(0.5, 0.5, 0.5)
    0.375
    >>> rerouted_share(0.0, 0.5, 1.0)
    0.0
    """
    return capacity * (unasked + (1.0 - unasked) * political)


@checked(force=SHARE, rerouted=SHARE)
@jit
def sanctioned_reach(force: float, rerouted: float) -> tuple[float, float]:
    """Return how much of a seller's trade a sanction leaves, and how much of that is rerouted.

    Formula: w = 1 - f (1 - rho); the part of w that takes the way round is f rho / w. So a
    seller loses f (1 - rho) of its trade and pays the detour tau on f rho of it, which is
    L / s = f ((1 - rho) + rho tau).

    Parameters
    ----------
    force : float
        f in [0, 1], share of the trade that the sanction hits.
    rerouted : float
        rho in [0, 1], share of what is hit that finds another road.

    Returns
    -------
    left, way_round : tuple of float
        w in [0, 1], and the share of w that is rerouted (0 where nothing is left).

    Notes
    -----
    Source: ours, the loss of ``sanction_loss`` split into what is stopped and what is dearer.

    Examples
    --------
    >>> sanctioned_reach(1.0, 0.5)
    (0.5, 1.0)
    >>> sanctioned_reach(0.5, 1.0)
    (1.0, 0.5)
    >>> sanctioned_reach(1.0, 0.0)
    (0.0, 0.0)
    """
    left = 1.0 - force * (1.0 - rerouted)
    if left <= 0.0:
        return 0.0, 0.0
    return left, force * rerouted / left


@checked(trade=NOT_NEGATIVE, rerouted=SHARE, detour=NOT_NEGATIVE)
def sanction_loss(trade: float, rerouted: float, detour: float) -> float:
    """Return what a sanction costs its target; nobody pays more than this for relief.

    Formula: L = s ((1 - rho) + rho tau).

    Parameters
    ----------
    trade : float
        s >= 0, worth of the sanctioned trade, in its own unit per turn.
    rerouted : float
        rho in [0, 1], share of it that is rerouted.
    detour : float
        tau >= 0, share of the worth of rerouted trade that the detour eats; below 1 rerouting
        helps the target, above 1 nobody reroutes.

    Returns
    -------
    float
        L, in the unit of ``trade``.

    Notes
    -----
    Source: ours, the plainest form of a loss with a way round: what is stopped is lost, what is
    rerouted costs the detour.

    Examples
    --------
    >>> sanction_loss(100.0, 0.5, 0.5)
    75.0
    """
    return trade * ((1.0 - rerouted) + rerouted * detour)
