"""Cheap talk: how much a messenger with a bias of its own can be believed.

The state is uniform on [0, 1] and losses are squared distances. It caps what a broker is worth as
a channel of information: the larger its bias, the coarser its truest message.
"""

import math

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import NOT_NEGATIVE, POSITIVE, whole
from minsksim.domains.checked import checked
from minsksim.errors import UsageError

NEGLIGIBLE = 1e-12
"""A bias below it is none: the number of messages would not fit a float."""


@jit
def _count(bias: float) -> int:
    """Return N(b) for a bias above 0."""
    # at b = 1/12 the root is a hair above 2, in binary, and a third message is just not possible
    count = -0.5 + 0.5 * math.sqrt(1.0 + 2.0 / bias)
    nearest = math.floor(count + 0.5)
    if abs(count - nearest) <= 1e-12 * count:
        return max(1, int(nearest))
    return max(1, math.ceil(count))


@jit
def _loss(bias: float, messages: int) -> float:
    """Return the receiver's mean squared error; in floats, for N squared may not fit an int."""
    squared = float(messages) * float(messages)
    return 1.0 / (12.0 * squared) + bias * bias * (squared - 1.0) / 3.0


@checked(bias=POSITIVE)
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
    return _count(bias)


@checked(bias=POSITIVE, messages=whole(1))
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


@checked(bias=POSITIVE, messages=whole(1))
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
    return -_loss(bias, messages)


@checked(bias=NOT_NEGATIVE)
@jit
def informativeness(bias: float) -> float:
    """Return the part of what could be learned that a biased messenger can pass on.

    Formula: 1 - 12 (1 / (12 N^2) + b^2 (N^2 - 1) / 3) with N = ceil(-1/2 + 1/2 sqrt(1 + 2 / b)),
    the receiver's residual variance in the most informative equilibrium, as a share of the
    variance 1/12 without any message.

    Parameters
    ----------
    bias : float
        b >= 0, distance between what messenger and receiver would want done; the state of the
        world is uniform on [0, 1].

    Returns
    -------
    float
        1 without bias, 0 from b = 1/4 on.

    Notes
    -----
    Source: crawford_sobel1982, section 4, the uniform-quadratic case.

    Examples
    --------
    With b = 0.1 there are two shades of meaning, and the receiver's loss is 0.030833:

    >>> round(informativeness(0.1), 6)
    0.63
    >>> informativeness(0.0), round(informativeness(0.25), 6)
    (1.0, 0.0)
    """
    if bias <= NEGLIGIBLE:
        return 1.0
    return 1.0 - 12.0 * _loss(bias, _count(bias))


def _demand_messages(bias: float, messages: int) -> None:
    most = most_messages(bias)
    if not 1 <= messages <= most:
        raise UsageError(
            f"With a bias of {bias} there are 1 to {most} messages that can be believed, "
            f"not {messages}."
        )
