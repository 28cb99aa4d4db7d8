"""The Shapley value: what each member of a game adds, averaged over all orders of joining."""

from collections.abc import Callable
from math import comb

import numpy as np

from minsksim.domains.arguments import FUNCTION, whole
from minsksim.domains.checked import checked

Worth = Callable[[frozenset[int]], float]
"""What a set of actors, numbered from 0, can achieve together; nothing for the empty set."""

MOST_ACTORS = 16


@checked(actors=whole(1, MOST_ACTORS), worth=FUNCTION)
def shapley_value(actors: int, worth: Worth) -> np.ndarray:
    """Return what each actor adds on average when they join in a random order.

    Formula: phi_i = sum over S without i of |S|! (A - |S| - 1)! / A! (v(S with i) - v(S)).

    Parameters
    ----------
    actors : int
        A, from 1 to 16; the sum runs over 2^A sets.
    worth : callable
        v, takes a frozenset of actors numbered from 0, gives utils.

    Returns
    -------
    ndarray, shape (A,)
        phi, utils; adds up to the worth of all together less that of nobody.

    Raises
    ------
    UsageError
        If there is no actor, or more than 16.

    Notes
    -----
    Source: shapley1953, the formula of the value.

    Examples
    --------
    Actor 0 owns a glove for the left hand, 1 and 2 one each for the right; a pair is worth 1:

    >>> pair = lambda together: float(0 in together and len(together) > 1)
    >>> shapley_value(3, pair).round(6).tolist()
    [0.666667, 0.166667, 0.166667]
    """
    members = [frozenset(i for i in range(actors) if s >> i & 1) for s in range(1 << actors)]
    worths = [worth(together) for together in members]
    value = np.zeros(actors)
    for s, together in enumerate(members):
        for i in together:
            orders = actors * comb(actors - 1, len(together) - 1)
            value[i] += (worths[s] - worths[s & ~(1 << i)]) / orders
    return value
