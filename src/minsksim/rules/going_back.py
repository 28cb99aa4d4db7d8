"""Going back on one's word: what it is, and what it costs."""

import numpy as np

from minsksim._compiled.marks import inlined, jit
from minsksim.domains.arguments import FLAG, NOT_NEGATIVE, NUMBER, count, numbers
from minsksim.domains.checked import checked


@checked(value=NUMBER, now=NUMBER, origin=NUMBER)
@inlined
def goes_back(value: float, now: float, origin: float) -> bool:
    """Return whether a move takes back some of what an agreement moved.

    Formula: (v - z) (z0 - z) > 0.

    Parameters
    ----------
    value, now : float
        v and z, where the lever would go and where it is, in its own unit.
    origin : float
        z0, where it was before the agreement.

    Returns
    -------
    bool
        A move beyond what was promised does not go back.

    Notes
    -----
    Source: ours; a breach is a move towards the state before the promise.

    Examples
    --------
    >>> goes_back(8.0, 10.0, 0.0), goes_back(12.0, 10.0, 0.0)
    (True, False)
    """
    return (value - now) * (origin - now) > 0.0


@checked(audience_cost=NOT_NEGATIVE, is_public=FLAG)
@inlined
def exposure(audience_cost: float, is_public: bool) -> float:
    """Return what an actor pays for being seen to break its word.

    Formula: X = x if the promise or threat was public, else 0.

    Parameters
    ----------
    audience_cost : float
        x >= 0, the actor's audience cost, utils.
    is_public : bool
        Whether its audience knows what it had said.

    Returns
    -------
    float
        Utils >= 0.

    Notes
    -----
    Source: fearon1994, audience costs arise where commitments are public.

    Examples
    --------
    >>> exposure(0.25, True), exposure(0.25, False)
    (0.25, 0.0)
    """
    return audience_cost if is_public else 0.0


@checked(exposed=NOT_NEGATIVE, snapbacks=numbers(">J"), count=count("J"))
@jit
def price_of_going_back(exposed: float, snapbacks: np.ndarray, count: int) -> float:
    """Return what breaking an agreement costs an actor, beyond what the move itself brings.

    Formula: X - sum_l u_l, with u_l what it has from its partners' taking move l back.

    Parameters
    ----------
    exposed : float
        X >= 0, see ``exposure``, utils.
    snapbacks : ndarray, shape (>= count,)
        u_l, utils; negative for a move that was a concession to the actor.
    count : int
        How many reversible moves of the agreement its partners made.

    Returns
    -------
    float
        Utils; negative where the actor is glad to see them taken back.

    Notes
    -----
    Source: fearon1994 for the audience cost; friedman1971 for going back to the state before.

    Examples
    --------
    An audience cost of 0.25, and two concessions of partners that were worth 0.5 and 0.125:

    >>> price_of_going_back(0.25, np.array([-0.5, -0.125]), 2)
    0.875
    """
    price = exposed
    for row in range(count):
        price -= snapbacks[row]
    return price
