"""Cheap talk: how much a messenger with a bias of its own can be believed.

The state is uniform on [0, 1] and losses are squared distances. It caps what a broker is worth as
a channel of information: the larger its bias, the coarser its truest message.
"""

import math

import numpy as np

from minsksim.errors import UsageError

_PRIOR_LOSS = 1.0 / 12.0


def most_messages(bias: float) -> int:
    """Return how many different messages can be believed at most.

    Formula: N(b) = ceil(-1/2 + 1/2 sqrt(1 + 2 / b)).

    Parameters
    ----------
    bias : float
        b > 0, how much higher the sender wants the receiver to go, as a share of the range of
        the state.

    Returns
    -------
    int
        N; 1 is babbling, which is all there is from b = 1/4 on.

    Raises
    ------
    UsageError
        If the bias is not above 0: a sender without one can tell everything.

    Notes
    -----
    Source: crawford_sobel1982, section 4.

    Examples
    --------
    >>> [most_messages(bias) for bias in (0.01, 0.05, 0.1, 0.25)]
    [7, 3, 2, 1]
    """
    if not bias > 0.0:
        raise UsageError(f"A bias of {bias}: give one above 0; without any, all can be told.")
    count = -0.5 + 0.5 * math.sqrt(1.0 + 2.0 / bias)
    nearest = round(count)
    # at b = 1/12 the root is a hair above 2, in binary, and a third message is just not possible
    return max(1, nearest if math.isclose(count, nearest, rel_tol=1e-12) else math.ceil(count))


def cut_points(bias: float, messages: int) -> np.ndarray:
    """Return where one message ends and the next begins.

    Formula: a_i = i / N + 2 b i (i - N), i = 0..N.

    Parameters
    ----------
    bias : float
        b > 0, as a share of the range of the state.
    messages : int
        N, from 1 to the most that the bias allows.

    Returns
    -------
    ndarray, shape (N + 1,)
        From 0 to 1, rising; high states are told more coarsely.

    Raises
    ------
    UsageError
        If the bias does not allow as many messages.

    Notes
    -----
    Source: crawford_sobel1982, section 4.

    Examples
    --------
    >>> cut_points(0.05, 3).round(6).tolist()
    [0.0, 0.133333, 0.466667, 1.0]
    """
    _demand_messages(bias, messages)
    i = np.arange(messages + 1)
    return np.asarray(i / messages + 2.0 * bias * i * (i - messages))


def receivers_payoff(bias: float, messages: int) -> float:
    """Return how well the receiver does on average who acts on the message.

    Formula: -(1 / (12 N^2) + b^2 (N^2 - 1) / 3).

    Parameters
    ----------
    bias : float
        b > 0, as a share of the range of the state.
    messages : int
        N, from 1 to the most that the bias allows.

    Returns
    -------
    float
        Minus the mean squared error, in squared units of the state; -1/12 if nothing is told.

    Raises
    ------
    UsageError
        If the bias does not allow as many messages.

    Notes
    -----
    Source: crawford_sobel1982, section 4.

    Examples
    --------
    >>> round(receivers_payoff(0.05, 3), 6)
    -0.015926
    """
    _demand_messages(bias, messages)
    return -(1.0 / (12.0 * messages**2) + bias**2 * (messages**2 - 1) / 3.0)


def share_told(bias: float) -> float:
    """Return the share of what there is to know that can pass through a biased messenger.

    Formula: 1 - 12 (1 / (12 N^2) + b^2 (N^2 - 1) / 3) with N = N(b); 1 if b = 0.

    Parameters
    ----------
    bias : float
        b >= 0, as a share of the range of the state.

    Returns
    -------
    float
        Share of the variance that the truest message removes, from 0 for babbling to 1.

    Raises
    ------
    UsageError
        If the bias is negative.

    Notes
    -----
    Source: crawford_sobel1982, the most informative equilibrium; as a share of the variance,
    ours.

    Examples
    --------
    >>> [round(share_told(bias), 6) for bias in (0.0, 0.05, 0.1, 0.25)]
    [1.0, 0.808889, 0.63, 0.0]
    """
    if bias == 0.0:
        return 1.0
    return 1.0 + receivers_payoff(bias, most_messages(bias)) / _PRIOR_LOSS


def _demand_messages(bias: float, messages: int) -> None:
    most = most_messages(bias)
    if not 1 <= messages <= most:
        raise UsageError(
            f"With a bias of {bias} there are 1 to {most} messages that can be believed, "
            f"not {messages}."
        )
