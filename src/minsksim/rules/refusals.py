"""Refusals: of those who are to be moved, some will not go."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import FLAG, NOT_NEGATIVE, NUMBER, SHARE, UNIFORM
from minsksim.domains.checked import Need, checked

_NEGLIGIBLE = 1e-18
"""Chances below this part of the highest are left out: less than a random number can tell apart."""

_WHOLE = Need(
    lambda asked, is_whole: not is_whole or float(asked).is_integer(),
    "people come in whole numbers",
)


@checked(share=SHARE, response=NUMBER, z=NUMBER)
@jit
def refusal_share(share: float, response: float, z: float) -> float:
    """Return the share of those asked who do not go, where it answers to a quantity.

    Formula: min(1, max(0, q0 + kappa z)).

    Parameters
    ----------
    share : float
        q0 in [0, 1], with the quantity at the low end of its scale.
    response : float
        kappa, change of the share over the quantity's scale; 0 where it answers to nothing.
    z : float
        The quantity on its 0-1 scale.

    Returns
    -------
    float
        In [0, 1].

    Notes
    -----
    Source: ours; the first-order form of an answer, as for flows.

    Examples
    --------
    >>> refusal_share(0.25, 0.5, 0.5), refusal_share(0.25, -1.0, 0.5)
    (0.5, 0.0)
    """
    return min(1.0, max(0.0, share + response * z))


@jit
def _times_up(people: float, refused: float, odds: float) -> float:
    """Return how many times likelier one refusal more is than ``refused``."""
    return (people - refused) / (refused + 1.0) * odds


@checked(_WHOLE, asked=NOT_NEGATIVE, share=SHARE, is_whole=FLAG, uniform=UNIFORM)
@jit
def refusers(asked: float, share: float, is_whole: bool, uniform: float) -> float:
    """Return how many of those asked to go do not, when each decides for himself or herself.

    Formula: the least k with P(K <= k) > u, K binomial of n people with chance q each.
    Where what moves is not counted one by one, q n.

    Parameters
    ----------
    asked : float
        n >= 0; a whole number where people are asked.
    share : float
        q in [0, 1], the chance that one refuses.
    is_whole : bool
        Whether people are counted one by one.
    uniform : float
        u, one random number in [0, 1).

    Returns
    -------
    float
        Between 0 and ``asked``, q n on average.

    Notes
    -----
    Source: devroye1986, inversion. Chances are built up from the most likely number, where none
    is too small for a computer, however many people are asked. Rounding q n would have the same
    mean, but nearly no spread, as if people decided by quota.

    Examples
    --------
    Of two people with a chance of one half each, none, one or two refuse in 1, 2 and 1 of 4 cases.

    >>> [refusers(2.0, 0.5, True, u) for u in (0.2, 0.3, 0.7, 0.8)]
    [0.0, 1.0, 1.0, 2.0]
    >>> refusers(2.5, 0.1, False, 0.0)
    0.25
    """
    if not is_whole or share <= 0.0 or share >= 1.0:
        return share * asked
    odds, middle = share / (1.0 - share), min(asked, float(np.floor((asked + 1.0) * share)))
    lowest, weight, total = middle, 1.0, 1.0
    while lowest > 0.0 and weight > _NEGLIGIBLE:
        weight /= _times_up(asked, lowest - 1.0, odds)
        lowest -= 1.0
        total += weight
    least, above, highest = weight, 1.0, middle
    while highest < asked and above > _NEGLIGIBLE:
        above *= _times_up(asked, highest, odds)
        highest += 1.0
        total += above
    refused, weight = lowest, least
    reached = weight
    while refused < highest and reached <= uniform * total:
        weight *= _times_up(asked, refused, odds)
        refused += 1.0
        reached += weight
    return refused
