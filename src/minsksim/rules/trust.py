"""Trust: a ledger of promises kept and broken, with forgetting."""

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import NOT_NEGATIVE, NUMBER, SHARE, SHARE_ABOVE_0
from minsksim.domains.checked import checked


@checked(kept=NOT_NEGATIVE, broken=NOT_NEGATIVE)
@jit
def trust(kept: float, broken: float) -> float:
    """Return the expected share of promises the partner keeps.

    Formula: kept / (kept + broken), the mean of a Beta(kept, broken) belief; 1/2 if no evidence.

    Parameters
    ----------
    kept, broken : float
        Evidence for and against, >= 0, in promises.

    Returns
    -------
    float
        Trust in [0, 1].

    Notes
    -----
    Source: josang_ismail2002, beta reputation.

    Examples
    --------
    >>> round(trust(1.0 + 3.0, 1.0 + 1.0), 6)
    0.666667
    """
    total = kept + broken
    if total <= 0.0:
        return 0.5
    return kept / total


@checked(evidence=NOT_NEGATIVE, forgetting=SHARE_ABOVE_0, seen=SHARE)
@jit
def remember(evidence: float, forgetting: float, seen: float) -> float:
    """Return one side of the ledger after a new observation.

    Formula: evidence(t+1) = phi evidence(t) + seen.

    Parameters
    ----------
    evidence : float
        Promises counted so far, >= 0.
    forgetting : float
        phi in (0, 1]: the weight that old evidence keeps.
    seen : float
        1 if this side was observed now, else 0.

    Returns
    -------
    float
        The new count, >= 0.

    Notes
    -----
    Source: josang_ismail2002, forgetting factor.

    Examples
    --------
    >>> remember(2.0, 0.5, 1.0)
    2.0
    """
    return forgetting * evidence + seen


@checked(kept=NOT_NEGATIVE, broken=NOT_NEGATIVE, amount=NUMBER)
@jit
def hear(kept: float, broken: float, amount: float) -> tuple[float, float]:
    """Return both sides of the ledger after an event that speaks for or against a partner.

    Formula: kept + e for e >= 0, else broken + (-e).

    Parameters
    ----------
    kept, broken : float
        Evidence for and against, >= 0, in promises.
    amount : float
        e, the event's weight in promises; negative speaks against the partner.

    Returns
    -------
    tuple of float
        Evidence for and against.

    Notes
    -----
    Source: ours; josang_ismail2002 for evidence that adds up, whoever brings it.

    Examples
    --------
    >>> hear(2.0, 1.0, 0.5), hear(2.0, 1.0, -0.5)
    ((2.5, 1.0), (2.0, 1.5))
    """
    if amount >= 0.0:
        return kept + amount, broken
    return kept, broken - amount
