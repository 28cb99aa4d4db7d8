"""Sequencing: a large exchange is kept in small steps, and a swap by the threat of snapback."""

import math

from minsksim.domains.arguments import NUMBER, POSITIVE
from minsksim.domains.checked import checked
from minsksim.errors import UsageError


@checked(value=POSITIVE, relation=POSITIVE)
def tranches_needed(value: float, relation: float) -> int:
    """Return the least number of equal tranches in which nobody gains by keeping the last one.

    Formula: V / n <= W, hence n = ceil(V / W).

    Parameters
    ----------
    value : float
        V > 0, what the whole exchange is worth to the side that could defect, utils.
    relation : float
        W > 0, what the continuing relation, lost by a defection, is worth to it, utils.

    Returns
    -------
    int
        Number of tranches, at least 1.

    Raises
    ------
    UsageError
        If the relation is worth nothing: then no number of tranches is enough.

    Notes
    -----
    Source: ours, after schelling1960: a promise is broken into steps none of which is worth
    breaking it for.

    Examples
    --------
    >>> tranches_needed(10.0, 3.0)
    4
    """
    count = value / relation
    nearest = round(count)
    # 0.3 / 0.1 is a hair below 3 and 0.6 / 0.2 a hair below it, in binary
    return max(1, nearest if math.isclose(count, nearest, rel_tol=1e-12) else math.ceil(count))


@checked(temptation=NUMBER, reward=NUMBER, punishment=NUMBER)
def patience_for_grim(temptation: float, reward: float, punishment: float) -> float:
    """Return the patience from which a repeated swap is kept when one breach ends it for good.

    Formula: delta >= (T - R) / (T - P).

    Parameters
    ----------
    temptation, reward, punishment : float
        T > R > P, payoffs of a one-sided breach, of both keeping, of both breaking, utils.

    Returns
    -------
    float
        Discount factor in (0, 1).

    Raises
    ------
    UsageError
        If not T > R > P.

    Notes
    -----
    Source: friedman1971, grim trigger.

    Examples
    --------
    >>> patience_for_grim(5.0, 3.0, 1.0)
    0.5
    """
    if not temptation > reward > punishment:
        raise UsageError("A swap needs temptation > reward > punishment.")
    return (temptation - reward) / (temptation - punishment)


@checked(temptation=NUMBER, reward=NUMBER, punishment=NUMBER, sucker=NUMBER)
def patience_for_tit_for_tat(
    temptation: float, reward: float, punishment: float, sucker: float
) -> float:
    """Return the patience from which a repeated swap is kept under measure for measure.

    Formula: delta >= max((T - R) / (T - P), (T - R) / (R - S)): neither breaching for good nor
    breaching every other time pays.

    Parameters
    ----------
    temptation, reward, punishment, sucker : float
        T > R > P > S, payoffs of a one-sided breach, of both keeping, of both breaking, and of
        keeping alone, utils.

    Returns
    -------
    float
        Discount factor; 1 or more means that no patience is enough.

    Raises
    ------
    UsageError
        If not T > R > P > S.

    Notes
    -----
    Source: axelrod_hamilton1981, the stability of tit for tat.

    Examples
    --------
    >>> round(patience_for_tit_for_tat(5.0, 3.0, 1.0, 0.0), 6)
    0.666667
    """
    grim = patience_for_grim(temptation, reward, punishment)
    if not punishment > sucker:
        raise UsageError("A swap needs punishment > sucker.")
    return max(grim, (temptation - reward) / (reward - sucker))
