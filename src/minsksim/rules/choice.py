"""Choice with error: better options are chosen more often, not always."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import NOT_NEGATIVE, NUMBER, UNIFORM, count, numbers, room
from minsksim.domains.checked import checked
from minsksim.rules.arithmetic import exp, logistic


@checked(gain=NUMBER, reservation=NUMBER, rationality=NOT_NEGATIVE)
@jit
def acceptance_probability(gain: float, reservation: float, rationality: float) -> float:
    """Return the probability that an actor accepts an offer.

    Formula: 0 if G < r, else 1 / (1 + exp(-lambda (G - r))). At G = r it is 1/2 whatever lambda is:
    who gains nothing by signing is as likely to refuse. A proposer who leaves just r is refused
    every other time; for a sure signature something must be left above r, as ``uncertain_offer``
    does.

    Parameters
    ----------
    gain : float
        G, utils the offer brings over no agreement.
    reservation : float
        r, least gain for which the actor may sign, utils.
    rationality : float
        lambda >= 0, per util; 0 means a coin toss.

    Returns
    -------
    float
        A probability in [0, 1].

    Notes
    -----
    Source: mckelvey_palfrey1995, binary logit response; the cut below r is ours.

    Examples
    --------
    >>> acceptance_probability(0.2, 0.2, 10.0)
    0.5
    >>> acceptance_probability(0.1, 0.2, 10.0)
    0.0
    """
    if gain < reservation:
        return 0.0
    return logistic(rationality * (gain - reservation))


@checked(
    gains=numbers(">J"),
    count=count("J", 1),
    rationality=NOT_NEGATIVE,
    uniform=UNIFORM,
    weights=room(">J"),
)
@jit
def quantal_response(
    gains: np.ndarray, count: int, rationality: float, uniform: float, weights: np.ndarray
) -> int:
    """Return the option chosen by a logit response to the options' gains.

    Formula: p_j = exp(lambda dU_j) / sum_i exp(lambda dU_i).

    Parameters
    ----------
    gains : ndarray, shape (>= count,)
        dU_j, utils each option brings; only the first ``count`` are options.
    count : int
        Number of options, at least 1.
    rationality : float
        lambda >= 0, per util: 0 is uniform, large is best reply.
    uniform : float
        One random number in [0, 1).
    weights : ndarray, shape (>= count,)
        Receives numbers in proportion to the p_j, 1 for the best option.

    Returns
    -------
    int
        Index of the chosen option.

    Notes
    -----
    Source: mckelvey_palfrey1995, logit response function.

    Examples
    --------
    >>> quantal_response(np.array([0.0, 1.0]), 2, 100.0, 0.5, np.zeros(2))
    1
    >>> quantal_response(np.array([0.0, 0.0]), 2, 1.0, 0.4, np.zeros(2))
    0
    """
    best = gains[0]
    for j in range(1, count):
        best = max(best, gains[j])
    total = 0.0
    for j in range(count):
        weights[j] = exp(rationality * (gains[j] - best))
        total += weights[j]
    mark = uniform * total
    for j in range(count):
        mark -= weights[j]
        if mark < 0.0:
            return j
    return count - 1
