"""Channels: they grow with use and fade without it."""

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import FLAG, SHARE
from minsksim.domains.checked import checked


@checked(quality=SHARE, was_kept=FLAG, build=SHARE, decay=SHARE)
@jit
def next_quality(quality: float, was_kept: bool, build: float, decay: float) -> float:
    """Return a channel's quality after a turn.

    Formula: q + b (1 - q) after an agreement that both kept, else q (1 - d).

    Parameters
    ----------
    quality : float
        q in [0, 1], also the probability of meeting in a turn.
    was_kept : bool
        Whether an agreement was made in the channel this turn and kept by both.
    build, decay : float
        b and d in [0, 1].

    Returns
    -------
    float
        The new quality in [0, 1].

    Notes
    -----
    Source: wanis_st_john2006, channels as assets that repeated success maintains; the
    first-order form is ours.

    Examples
    --------
    >>> next_quality(0.5, True, 0.2, 0.1)
    0.6
    >>> next_quality(0.5, False, 0.2, 0.1)
    0.45
    """
    if was_kept:
        return quality + build * (1.0 - quality)
    return quality * (1.0 - decay)
