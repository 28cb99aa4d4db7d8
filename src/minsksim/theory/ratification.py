"""Two-level games: what must be ratified at home bounds, and may improve, what is agreed."""

from minsksim.domains.arguments import SHARE
from minsksim.domains.checked import checked


@checked(least_home=SHARE, least_foreign=SHARE)
def win_set(least_home: float, least_foreign: float) -> tuple[float, float] | None:
    """Return the home shares of a unit pie that both legislatures would ratify.

    Formula: [r_H, 1 - r_F]; empty iff r_H + r_F > 1.

    Parameters
    ----------
    least_home, least_foreign : float
        r_H, r_F in [0, 1], the least share that each side's legislature ratifies.

    Returns
    -------
    tuple of float, or None
        Low and high end of the home share; None if nothing can be ratified.

    Raises
    ------
    UsageError
        If a least share is not between 0 and 1.

    Notes
    -----
    Source: putnam1988, win-sets.

    Examples
    --------
    >>> win_set(0.25, 0.25)
    (0.25, 0.75)
    >>> win_set(0.7, 0.4) is None
    True
    """
    return (least_home, 1.0 - least_foreign) if least_home + least_foreign <= 1.0 else None


@checked(least_home=SHARE, least_foreign=SHARE)
def ratified_nash(least_home: float, least_foreign: float) -> float | None:
    """Return the home share at the Nash solution among what can be ratified.

    Formula: 1/2, moved into [r_H, 1 - r_F]; the disagreement point is (0, 0).

    Parameters
    ----------
    least_home, least_foreign : float
        r_H, r_F in [0, 1], the least share that each side's legislature ratifies.

    Returns
    -------
    float or None
        Home share; None if nothing can be ratified.

    Notes
    -----
    Source: putnam1988; tarar2001; nash1950. That it does not fall in r_H until talks break down
    is the conjecture of schelling1960.

    Examples
    --------
    >>> ratified_nash(0.6, 0.0)
    0.6
    """
    bounds = win_set(least_home, least_foreign)
    return None if bounds is None else min(max(0.5, bounds[0]), bounds[1])


@checked(least_home=SHARE, least_foreign=SHARE)
def ratified_kalai_smorodinsky(least_home: float, least_foreign: float) -> float | None:
    """Return the home share at the Kalai-Smorodinsky solution among what can be ratified.

    Formula: x / (1 - x) = (1 - r_F) / (1 - r_H), the ratio of what each side can get at best.

    Parameters
    ----------
    least_home, least_foreign : float
        r_H, r_F in [0, 1], the least share that each side's legislature ratifies.

    Returns
    -------
    float or None
        Home share; None if nothing can be ratified.

    Notes
    -----
    Source: kalai_smorodinsky1975, applied to the win-set of putnam1988.

    Examples
    --------
    >>> round(ratified_kalai_smorodinsky(0.6, 0.0), 6)
    0.714286
    """
    bounds = win_set(least_home, least_foreign)
    if bounds is None:
        return None
    best_home, best_foreign = 1.0 - least_foreign, 1.0 - least_home
    return best_home / (best_home + best_foreign)
