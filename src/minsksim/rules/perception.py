"""Perception: who knows the present value of a lever."""

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import FLAG, NUMBER
from minsksim.domains.checked import checked


@checked(true=NUMBER, last_seen=NUMBER, has_sight=FLAG, has_leaked=FLAG)
@jit
def perceive(true: float, last_seen: float, has_sight: bool, has_leaked: bool) -> float:
    """Return the value that an actor believes a lever to have.

    Formula: the true value if the actor sees the lever or it has leaked, else the last seen.

    Parameters
    ----------
    true, last_seen : float
        Present and last seen value, in the lever's unit.
    has_sight : bool
        Whether the lever is public, the actor's own, or on a table where the actor sits.
    has_leaked : bool
        Whether the lever leaked this turn.

    Returns
    -------
    float
        The perceived value.

    Notes
    -----
    Source: wanis_st_john2006, on what back channels keep from those outside.

    Examples
    --------
    >>> perceive(0.8, 0.2, False, False)
    0.2
    >>> perceive(0.8, 0.2, False, True)
    0.8
    """
    if has_sight or has_leaked:
        return true
    return last_seen
