"""Utility: what an actor has from its interests, from others' utility, and after its costs.

An interest is satisfied by terms, each a quantity's shape (``utility.py``) times its effect. What
an actor holds dear is a weighted sum of interests; its regard for others lets it share in what
they have, without what they in turn have from their regard. ``stakes`` and the margins are the
derivatives of the same sum, by which moves are valued.
"""

import numpy as np

from minsksim._compiled.marks import inlined, jit
from minsksim.domains.arguments import NUMBER, POSITIVE, numbers, one_of, room
from minsksim.domains.checked import checked
from minsksim.rules.utility import CODES, SHAPED, shape


@checked(
    *SHAPED, effect=NUMBER, code=one_of(CODES), z=NUMBER, first=NUMBER, second=NUMBER, times=NUMBER
)
@inlined
def satisfaction(
    effect: float, code: int, z: float, first: float, second: float, times: float
) -> float:
    """Return what one term adds to the satisfaction of its interest.

    Formula: e f(z) z', where y_k = sum over the terms of interest k.

    Parameters
    ----------
    effect : float
        e, satisfaction per unit of f; negative where the quantity hurts the interest.
    code : int
        Shape of f: see ``utility.py``.
    z : float
        The quantity on its 0-1 reference scale.
    first, second : float
        Parameters of f.
    times : float
        z', the quantity on its 0-1 scale that the term is multiplied by; 1 for none.

    Returns
    -------
    float
        Satisfaction, dimensionless.

    Notes
    -----
    Source: raiffa1982, chapter 11 (additive scoring); the product of two quantities is ours, for
    what matters only as far as something else is there.

    Examples
    --------
    An effect of -2 at half of a linear scale, of which a quarter counts:

    >>> satisfaction(-2.0, 0, 0.5, 0.0, 0.0, 0.25)
    -0.25
    """
    return effect * (shape(code, z, first, second) * times)


@checked(
    levels=numbers("K"),
    salience=numbers("A", "K"),
    regard=numbers("A", "A"),
    costs=numbers("A"),
    own=room("A"),
    contribution=room("A", "K+2"),
    utility=room("A"),
)
@jit
def total_utility(
    levels: np.ndarray,
    salience: np.ndarray,
    regard: np.ndarray,
    costs: np.ndarray,
    own: np.ndarray,
    contribution: np.ndarray,
    utility: np.ndarray,
) -> None:
    """Write every actor's utility, and the parts that it is the sum of.

    Formula: u_a = sum_k s_ak y_k; U_a = u_a + sum_b r_ab u_b - c_a.

    Parameters
    ----------
    levels : ndarray, shape (K,)
        y_k, satisfaction of each interest.
    salience : ndarray, shape (A, K)
        s_ak, utils per unit of satisfaction; sum_k abs(s_ak) = 1.
    regard : ndarray, shape (A, A)
        r_ab, utils of a per util of b; negative for hostility, 0 on the diagonal.
    costs : ndarray, shape (A,)
        c_a, what the actor paid this turn, utils.
    own : ndarray, shape (A,)
        Receives u_a, utils.
    contribution : ndarray, shape (A, K + 2)
        Receives s_ak y_k, then regard, then minus the costs, utils.
    utility : ndarray, shape (A,)
        Receives U_a, utils.

    Returns
    -------
    None
        Everything is written into the last three arrays.

    Notes
    -----
    Source: raiffa1982, chapter 11, for the weighted sum; regard is ours, because an actor may wish
    another well or ill, and counts u_b alone so that regard does not go round in circles.

    Examples
    --------
    Two interests at 0.5 and 1; the first actor likes the second by a quarter, and both paid:

    >>> salience, regard = np.array([[1.0, 0.0], [0.5, 0.5]]), np.array([[0.0, 0.25], [0.0, 0.0]])
    >>> parts, utility = np.zeros((2, 4)), np.zeros(2)
    >>> y, paid = np.array([0.5, 1.0]), np.array([0.1, 0.25])
    >>> total_utility(y, salience, regard, paid, np.zeros(2), parts, utility)
    >>> [round(float(u), 6) for u in utility]
    [0.5875, 0.5]
    >>> parts.round(6).tolist()
    [[0.5, 0.0, 0.1875, -0.1], [0.25, 0.5, 0.0, -0.25]]
    """
    actors, interests = salience.shape
    for a in range(actors):
        total = 0.0
        for k in range(interests):
            part = salience[a, k] * levels[k]
            contribution[a, k] = part
            total += part
        own[a] = total
    for a in range(actors):
        shared = 0.0
        for b in range(actors):
            shared += regard[a, b] * own[b]
        contribution[a, interests] = shared
        contribution[a, interests + 1] = -costs[a]
        utility[a] = own[a] + shared - costs[a]


@checked(salience=numbers("A", "K"), regard=numbers("A", "A"), stake=room("K", "A"))
@jit
def stakes(salience: np.ndarray, regard: np.ndarray, stake: np.ndarray) -> None:
    """Write what every interest is worth to every actor, its regard for others included.

    Formula: d U_a / d y_k = s_ak + sum_b r_ab s_bk.

    Parameters
    ----------
    salience : ndarray, shape (A, K)
        s_ak, utils per unit of satisfaction.
    regard : ndarray, shape (A, A)
        r_ab, utils of a per util of b.
    stake : ndarray, shape (K, A)
        Receives the derivatives, utils per unit of satisfaction.

    Returns
    -------
    None
        They are written into ``stake``.

    Notes
    -----
    Source: ours; the derivative of ``total_utility``.

    Examples
    --------
    >>> salience, regard = np.array([[1.0, 0.0], [0.5, 0.5]]), np.array([[0.0, 0.25], [0.0, 0.0]])
    >>> stake = np.zeros((2, 2))
    >>> stakes(salience, regard, stake); stake.tolist()
    [[1.125, 0.5], [0.125, 0.5]]
    """
    actors, interests = salience.shape
    for a in range(actors):
        for k in range(interests):
            stake[k, a] = salience[a, k]
        for b in range(actors):
            if regard[a, b] != 0.0:
                for k in range(interests):
                    stake[k, a] += regard[a, b] * salience[b, k]


@checked(stake=NUMBER, effect=NUMBER)
@inlined
def term_weight(stake: float, effect: float) -> float:
    """Return what a term's shape is worth to an actor.

    Formula: d U_a / d f = (d U_a / d y_k) e.

    Parameters
    ----------
    stake : float
        d U_a / d y_k of the term's interest, utils per unit of satisfaction.
    effect : float
        e, satisfaction per unit of f.

    Returns
    -------
    float
        Utils per unit of f.

    Notes
    -----
    Source: ours; the chain rule on ``satisfaction`` and ``total_utility``.

    Examples
    --------
    >>> term_weight(0.5, -0.5)
    -0.25
    """
    return stake * effect


@checked(weight=NUMBER, slope=NUMBER, times=NUMBER)
@inlined
def margin(weight: float, slope: float, times: float) -> float:
    """Return what a unit of a term's own quantity is worth to an actor.

    Formula: w f'(z) z'.

    Parameters
    ----------
    weight : float
        w, utils per unit of f.
    slope : float
        f'(z) per natural unit of the quantity.
    times : float
        z', the quantity on its 0-1 scale that the term is multiplied by; 1 for none.

    Returns
    -------
    float
        Utils per natural unit.

    Notes
    -----
    Source: ours; the derivative of ``satisfaction`` by its quantity.

    Examples
    --------
    >>> margin(0.5, 0.01, 0.5)
    0.0025
    """
    return weight * slope * times


@checked(weight=NUMBER, level=NUMBER, span=POSITIVE)
@inlined
def margin_of_factor(weight: float, level: float, span: float) -> float:
    """Return what a unit of the quantity is worth that a term is multiplied by.

    Formula: w f(z) / span.

    Parameters
    ----------
    weight : float
        w, utils per unit of f.
    level : float
        f(z), the shape of the term's own quantity.
    span : float
        Length of the other quantity's 0-1 scale in its own unit, > 0.

    Returns
    -------
    float
        Utils per natural unit.

    Notes
    -----
    Source: ours; the derivative of ``satisfaction`` by the quantity that multiplies it.

    Examples
    --------
    >>> margin_of_factor(0.5, 0.25, 100.0)
    0.00125
    """
    return weight * level / span
