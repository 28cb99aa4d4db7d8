"""Where every protocol that looks for a position on the joint frontier settles."""

import numpy as np

from minsksim._compiled.marks import jit
from minsksim.domains.arguments import EXTENDED, NOT_NEGATIVE, NUMBER, OPEN_SHARE, one_of, pair
from minsksim.domains.checked import checked
from minsksim.domains.needs import CHAIN, FRONTIER
from minsksim.rules.bargaining import (
    SETTLED,
    first_reaching,
    last_for_both,
    last_keeping,
    settle,
)
from minsksim.rules.ultimatum import uncertain_offer
from minsksim.vocabulary import ULTIMATUM

_CHOSEN = {**SETTLED, ULTIMATUM: "ultimatum"}


@checked(
    *FRONTIER,
    **CHAIN,
    protocol=one_of(_CHOSEN),
    alpha=OPEN_SHARE,
    disagreement=pair(NUMBER),
    reservation=pair(EXTENDED),
    ideal=pair(NUMBER),
    rationality=NOT_NEGATIVE,
)
@jit
def choose_position(
    first: np.ndarray,
    second: np.ndarray,
    last: int,
    protocol: int,
    alpha: float,
    disagreement: tuple[float, float],
    reservation: tuple[float, float],
    ideal: tuple[float, float],
    rationality: float,
) -> float:
    """Return the position that a protocol selects, or -1 if no package suits both parties.

    Formula: as ``settle``; under ULTIMATUM the uncertain offer between the same bounds.

    Parameters
    ----------
    first, second : ndarray
        U and V at the vertices of a concave frontier, utils.
    last : int
        Index of the last vertex.
    protocol : int
        ULTIMATUM or one that ``settle`` knows.
    alpha, disagreement, reservation, ideal
        As in ``settle``.
    rationality : float
        Of the second party, per util; for ULTIMATUM.

    Returns
    -------
    float
        A position, or -1.

    Notes
    -----
    Source: nash1950; mckelvey_palfrey1995; see ``settle`` and ``uncertain_offer``.

    Examples
    --------
    >>> u, v, none = np.array([1.0, 0.0]), np.array([0.0, 1.0]), (0.0, 0.0)
    >>> round(choose_position(u, v, 1, ULTIMATUM, 0.5, none, none, none, 4.0), 3)
    0.198
    """
    if protocol != ULTIMATUM:
        return settle(first, second, last, protocol, alpha, disagreement, reservation, ideal)
    low = first_reaching(second, last, reservation[1])
    high = last_keeping(first, last, reservation[0])
    high = last_for_both(first, low, high, reservation[0])
    if high < 0.0:
        return -1.0
    return uncertain_offer(first, second, low, high, reservation[1], rationality)
