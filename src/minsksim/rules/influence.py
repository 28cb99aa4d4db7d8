"""Influence: how the weights that an actor gives its interests move towards others'."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import SHARE, changed, not_negative, numbers, room
from minsksim.domains.checked import Need, checked

_HEEDS = Need(
    lambda attention: not attention.any() or bool(abs(attention.sum() - 1.0) <= 1e-9),
    "the weights must sum to 1, or all be 0",
)


@checked(
    _HEEDS,
    attention=not_negative("A"),
    susceptibility=SHARE,
    innate=numbers("K"),
    opinions=numbers("A", "K"),
    opinion=room("K"),
)
@jit
def friedkin_johnsen(
    attention: np.ndarray,
    susceptibility: float,
    innate: np.ndarray,
    opinions: np.ndarray,
    opinion: np.ndarray,
) -> None:
    """Write one actor's next opinions: part its own start, part the mean of those it heeds.

    Formula: x(t+1) = (1 - d) x(0) + d sum_b w_b x_b(t), on every topic.

    Parameters
    ----------
    attention : ndarray, shape (A,)
        Weights w_b >= 0 on the others, summing to 1; all zero means the actor heeds nobody.
    susceptibility : float
        d in [0, 1].
    innate : ndarray, shape (K,)
        The actor's own starting opinions x(0).
    opinions : ndarray, shape (A, K)
        Everybody's present opinion on every topic.
    opinion : ndarray, shape (K,)
        Receives the next opinions, inside the hull of ``innate`` and the opinions heard.

    Returns
    -------
    None
        The opinions are written into ``opinion``.

    Notes
    -----
    Source: friedkin_johnsen1990, equation for x(t+1) with diagonal susceptibility.

    Examples
    --------
    >>> opinion = np.zeros(1)
    >>> friedkin_johnsen(
    ...     np.array([0.0, 1.0]), 0.6, np.array([0.0]), np.array([[0.0], [1.0]]), opinion
    ... )
    >>> opinion
    array([0.6])
    """
    topics = opinion.shape[0]
    for k in range(topics):
        opinion[k] = 0.0
    total = 0.0
    for b in range(attention.shape[0]):
        weight = attention[b]
        total += weight
        if weight != 0.0:
            for k in range(topics):
                opinion[k] += weight * opinions[b, k]
    for k in range(topics):
        if total <= 0.0:
            opinion[k] = innate[k]
        else:
            opinion[k] = (1.0 - susceptibility) * innate[k] + susceptibility * opinion[k]


@checked(weights=changed("K"))
@jit
def normalise(weights: np.ndarray) -> None:
    """Scale signed weights in place so that their absolute values sum to 1.

    Formula: s_k / sum_j |s_j|; all zeros stay zeros.

    Parameters
    ----------
    weights : ndarray, shape (K,)
        Signed weights; changed in place.

    Returns
    -------
    None
        The array is changed in place.

    Notes
    -----
    Source: ours; makes utilities of different actors lie in the same range.

    Examples
    --------
    >>> s = np.array([3.0, -1.0]); normalise(s); s
    array([ 0.75, -0.25])
    """
    total = 0.0
    for k in range(weights.shape[0]):
        total += abs(weights[k])
    if total > 0.0:
        for k in range(weights.shape[0]):
            weights[k] = weights[k] / total
