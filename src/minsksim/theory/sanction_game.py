"""The sanction episode: threaten, comply or resist, impose or back down."""

from typing import NamedTuple

from minsksim.domains.arguments import FLAG, NOT_NEGATIVE, NUMBER
from minsksim.domains.checked import checked


class Episode(NamedTuple):
    """What happened in one sanction episode, and what both sides got, utils."""

    is_threatened: bool
    is_imposed: bool
    has_complied: bool
    sender_payoff: float
    target_payoff: float


@checked(
    value=NUMBER,
    stake=NUMBER,
    harm=NUMBER,
    gain=NUMBER,
    cost=NUMBER,
    audience_cost=NOT_NEGATIVE,
    is_constraining=FLAG,
)
def sanction_episode(
    value: float,
    stake: float,
    harm: float,
    gain: float,
    cost: float,
    audience_cost: float,
    is_constraining: bool = False,
) -> Episode:
    """Return the subgame-perfect course of a sanction threat under complete information.

    Formula: imposing is credible iff pi - c_S >= -a; the target complies iff the threat is
    credible and c_T > g; the sender threatens iff what follows is worth more than 0.

    Parameters
    ----------
    value : float
        v, what compliance is worth to the sender, utils.
    stake : float
        g, what compliance costs the target, utils.
    harm : float
        c_T, what an imposed sanction costs the target, utils.
    gain : float
        pi, what the sender gets from imposing in itself (a weaker target, a content lobby), utils.
    cost : float
        c_S, what imposing costs the sender, utils.
    audience_cost : float
        a >= 0, what backing down costs the sender, utils.
    is_constraining : bool
        Whether the sender wants the target weak, whatever it does: it then imposes without a
        threat iff pi > c_S.

    Returns
    -------
    Episode
        Never both imposed and complied: a target that would comply does so at the threat.

    Notes
    -----
    Source: lacy_niou2004, the minimal form with complete information; the audience cost as in
    fearon1994; the constraining sender is ours.

    Examples
    --------
    Imposing is credible, 0.2 - 0.5 >= -0.4, and hurts more than complying, 0.7 > 0.6:

    >>> sanction_episode(1.0, 0.6, 0.7, 0.2, 0.5, 0.4).has_complied
    True

    A target with more at stake resists; the threat would only bring the sender -0.3:

    >>> sanction_episode(1.0, 0.8, 0.7, 0.2, 0.5, 0.4).is_threatened
    False
    """
    imposing = gain - cost
    if is_constraining:
        return _imposed(False, imposing, harm) if imposing > 0.0 else _status_quo()
    is_credible = imposing >= -audience_cost
    if is_credible and harm > stake:
        if value > 0.0:
            return Episode(True, False, True, value, -stake)
        return _status_quo()
    # a sender that would back down has nothing to gain from the threat
    return _imposed(True, imposing, harm) if is_credible and imposing > 0.0 else _status_quo()


def _imposed(is_threatened: bool, imposing: float, harm: float) -> Episode:
    return Episode(is_threatened, True, False, imposing, -harm)


def _status_quo() -> Episode:
    return Episode(False, False, False, 0.0, 0.0)
