"""Lab 7: what the public record can tell apart, and what it cannot."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from minsksim.lessons.invariants import PEOPLE_BALANCE, TERMS_ADD_UP

if TYPE_CHECKING:
    from minsksim.lessons.question import Compute
    from minsksim.lessons.world import World

PRIOR, LEAK, MONTHS = 0.5, 0.1, 12
OTHER_PRIOR, OTHER_LEAK, OTHER_MONTHS = 0.3, 0.2, 6
SAID = 0.9
_RUNS, _LEVEL = 100, 0.1
DATES = ("first_skyline_relief", "first_salt_relief", "first_board_seat", "agreements")


def posterior(prior: float, leak: float, months: int) -> float:
    """Return the belief that a secret lever is in use after months without a leak.

    Examples
    --------
    >>> round(posterior(0.5, 0.1, 12), 3)
    0.22
    """
    silent = prior * (1.0 - leak) ** months
    return silent / (silent + 1.0 - prior)


@lru_cache(maxsize=4)
def _used_and_seen(world: World) -> tuple[np.ndarray, np.ndarray]:
    """Return for each run whether insight is given in the twelfth month, and whether it shows."""
    lever = world.word("rowans_insight")
    used, seen = [], []
    for replication in range(_RUNS):
        run = world.run("base", replication)
        used.append(run.series[f"levers.{lever}"].iloc[MONTHS] > _LEVEL)
        seen.append(run.public[lever].iloc[MONTHS] > _LEVEL)
    return np.array(used), np.array(seen)


def _used_unseen(world: World) -> float:
    used, seen = _used_and_seen(world)
    return float(used[~seen].mean())


def _same_record(world: World) -> float:
    """Return the percentage of pairs of runs whose public dates are the same in both worlds."""
    with_card, without = world.measures("base", 400), world.measures("no_insight", 400)
    dates = list(DATES)
    one, other = with_card[dates].fillna(-1.0), without[dates].fillna(-1.0)
    return 100.0 * float((one == other).all(axis=1).mean())


def _brier(said: float, share: float) -> float:
    return share * (1.0 - said) ** 2 + (1.0 - share) * said**2


def _cheap_talk(world: World) -> str:
    """Return what a hint does that is made alike in both worlds, by Bayes' rule."""
    hint = 0.8
    after = PRIOR * hint / (PRIOR * hint + (1.0 - PRIOR) * hint)
    return "b" if abs(after - PRIOR) < 1e-12 else "a" if after > PRIOR else "c"


ANSWERS: dict[str, Compute] = {
    "posterior": lambda world: posterior(PRIOR, LEAK, MONTHS),
    "unseen": lambda world: 100.0 * _used_unseen(world),
    "same_record": _same_record,
    "brier": lambda world: _brier(SAID, _used_unseen(world)),
    "cheap_talk": _cheap_talk,
    "repair": lambda world: posterior(OTHER_PRIOR, OTHER_LEAK, OTHER_MONTHS),
}
ERRORS: dict[str, Compute] = {
    "posterior.no_evidence": lambda world: PRIOR,
    "posterior.likelihood": lambda world: (1.0 - LEAK) ** MONTHS,
    "posterior.one_month": lambda world: posterior(PRIOR, LEAK, 1),
    "unseen.base_rate": lambda world: 100.0 * float(_used_and_seen(world)[0].mean()),
    "unseen.other_half": lambda world: 100.0 * (1.0 - _used_unseen(world)),
    "brier.linear": lambda world: (
        _used_unseen(world) * (1.0 - SAID) + (1.0 - _used_unseen(world)) * SAID
    ),
    "brier.calibrated": lambda world: _brier(_used_unseen(world), _used_unseen(world)),
    "brier.right_only": lambda world: (1.0 - SAID) ** 2,
    "repair.unmended": lambda world: posterior(OTHER_PRIOR, OTHER_LEAK, 1),
    "repair.no_prior": lambda world: posterior(0.5, OTHER_LEAK, OTHER_MONTHS),
}
FACTS: dict[str, Compute] = {
    "used_all": lambda world: 100.0 * float(_used_and_seen(world)[0].mean()),
    "unseen": lambda world: 100.0 * _used_unseen(world),
    "same_record": _same_record,
    "brier": lambda world: _brier(SAID, _used_unseen(world)),
    "half": lambda world: _brier(0.5, _used_unseen(world)),
}
INVARIANTS = (TERMS_ADD_UP, PEOPLE_BALANCE)
