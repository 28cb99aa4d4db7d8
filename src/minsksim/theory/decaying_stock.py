"""Where a stock with a steady inflow and a share lost each turn goes: towards inflow over decay."""

from minsksim.domains.arguments import NUMBER, SHARE_ABOVE_0, whole
from minsksim.domains.checked import checked


@checked(start=NUMBER, inflow=NUMBER, decay=SHARE_ABOVE_0, turns=whole())
def level_after(start: float, inflow: float, decay: float, turns: int) -> float:
    """Return a decaying stock after some turns of a steady inflow.

    Formula: x_t = f / w + (x_0 - f / w) (1 - w)^t, which solves x_t = (1 - w) x_(t-1) + f.

    Parameters
    ----------
    start : float
        x_0, in the stock's unit.
    inflow : float
        f, what flows in each turn once the turn's decay is taken off.
    decay : float
        w, share lost per turn, above 0 and at most 1.
    turns : int
        t >= 0.

    Returns
    -------
    float
        In the stock's unit; f / w in the long run, wherever it began.

    Notes
    -----
    Source: nerlove_arrow1962, goodwill under steady advertising, in turns.

    Examples
    --------
    >>> level_after(0.0, 10.0, 0.25, 1), level_after(0.0, 10.0, 0.25, 2)
    (10.0, 17.5)
    """
    goal = inflow / decay
    return goal + (start - goal) * (1.0 - decay) ** turns
