"""Never negotiate: a vow that is wise beforehand and costly to keep when it is tested."""

from typing import NamedTuple

from minsksim.domains.arguments import NOT_NEGATIVE, SHARE
from minsksim.domains.checked import checked


class Vow(NamedTuple):
    """Whether the vow is wanted beforehand, and what it takes to keep it when it is tested."""

    is_refusing_better_before: bool
    is_conceding_better_after: bool
    patience_needed: float


@checked(
    loss=NOT_NEGATIVE, concession=NOT_NEGATIVE, rate_if_conceding=SHARE, rate_if_refusing=SHARE
)
def vow_never_to_negotiate(
    loss: float, concession: float, rate_if_conceding: float, rate_if_refusing: float
) -> Vow:
    """Return how a vow never to concede fares before and after people are taken.

    Formula: beforehand refuse iff f_r H < f_c K; afterwards concede iff K < H. A reputation that
    the first concession ends for good keeps the vow iff
    delta >= (H - K) / (H - K + f_c K - f_r H).

    Parameters
    ----------
    loss : float
        H >= 0, the government's loss from an incident in which it refuses, utils.
    concession : float
        K >= 0, its loss from conceding, utils.
    rate_if_conceding, rate_if_refusing : float
        f_c, f_r in [0, 1], incidents per turn if it is known to concede, or to refuse.

    Returns
    -------
    Vow
        ``patience_needed`` is a discount factor: 0 if refusing is better even when it is tested,
        1 if no patience is enough.

    Raises
    ------
    UsageError
        If a rate is not between 0 and 1.

    Notes
    -----
    Source: lapan_sandler1988, the vow's time inconsistency; the repeated form is ours.

    Examples
    --------
    Refusing costs 3, conceding 1; conceding draws 0.8 incidents a turn, refusing 0.1. Beforehand
    0.3 < 0.8, afterwards 1 < 3, and 2 / (2 + 0.5) = 0.8:

    >>> vow_never_to_negotiate(3.0, 1.0, 0.8, 0.1)
    Vow(is_refusing_better_before=True, is_conceding_better_after=True, patience_needed=0.8)
    """
    saved_now = loss - concession
    lost_later = rate_if_conceding * concession - rate_if_refusing * loss
    if saved_now <= 0.0:
        patience = 0.0
    elif lost_later <= 0.0:
        patience = 1.0
    else:
        patience = saved_now / (saved_now + lost_later)
    return Vow(lost_later > 0.0, saved_now > 0.0, patience)
