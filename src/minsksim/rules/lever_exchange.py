"""Exchange: two parties trade one lever of each, at equal gains, and make the best such trade."""

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import NUMBER
from minsksim.domains.checked import checked

NONE = -1.0
"""What the best exchange brings before any is found."""


@checked(first=NUMBER, second=NUMBER)
@jit
def exchange_gain(first: float, second: float) -> float:
    """Return what an exchange of two levers brings each party for sure.

    Formula: min(G_1, G_2); both are this much where the levers can be dosed to equal gains.

    Parameters
    ----------
    first, second : float
        Gains of the two parties from the pair of levers, all others left alone, utils.

    Returns
    -------
    float
        Utils.

    Notes
    -----
    Source: stokman_van_oosten1994, exchange of voting positions at equal gains.

    Examples
    --------
    >>> exchange_gain(0.25, 0.25), exchange_gain(0.5, 0.125)
    (0.25, 0.125)
    """
    return min(first, second)


@checked(gain=NUMBER, best=NUMBER)
@jit
def is_better_exchange(gain: float, best: float) -> bool:
    """Return whether a pair of levers is exchanged rather than the best pair before it.

    Formula: the pair that maximises min(G_1, G_2); the first of equals.

    Parameters
    ----------
    gain : float
        ``exchange_gain`` of the pair, utils.
    best : float
        The same of the best pair so far, or NONE.

    Returns
    -------
    bool
        Whether it takes its place.

    Notes
    -----
    Source: stokman_van_oosten1994, the exchange with the highest gains comes first.

    Examples
    --------
    >>> is_better_exchange(0.25, 0.125), is_better_exchange(0.25, 0.25)
    (True, False)
    >>> is_better_exchange(0.0, NONE)
    True
    """
    return gain > best


@checked(best=NUMBER)
@jit
def is_any_exchange(best: float) -> bool:
    """Return whether the best pair of levers is exchanged at all.

    Formula: max over pairs of min(G_1, G_2) >= 0.

    Parameters
    ----------
    best : float
        ``exchange_gain`` of the best pair, utils, or NONE.

    Returns
    -------
    bool
        Whether nobody loses by it.

    Notes
    -----
    Source: stokman_van_oosten1994; nobody exchanges at a loss.

    Examples
    --------
    >>> is_any_exchange(0.25), is_any_exchange(NONE)
    (True, False)
    """
    return best >= 0.0
