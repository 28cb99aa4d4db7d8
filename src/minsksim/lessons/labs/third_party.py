"""Lab 5: who pays for a bargain between two."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from minsksim.lessons.invariants import LINKAGE_HELPS, TERMS_ADD_UP

if TYPE_CHECKING:
    from minsksim.lessons.question import Compute
    from minsksim.lessons.world import World
    from minsksim.rules.cournot import Market

DEMAND = 100.0
NAMES = ("hazel", "cedar", "home", "birch")
COSTS = (30.0, 35.0, 50.0, 40.0)
STATE_WEIGHT = 0.7
TARIFF = 8.0
_SAMPLE = 40
_LETTERS = {"hazel": "a", "linden": "b", "opposition": "c", "cedar": "d"}


def _market(*, is_open: bool, weight: float = STATE_WEIGHT, tariff: float = 0.0) -> Market:
    from minsksim.rules.cournot import Seller, cournot

    hazel, cedar, home, birch = COSTS
    sellers = [
        Seller(hazel, tariff),
        Seller(cedar),
        Seller(home),
        Seller(birch, 0.0, weight, is_sanctioned=not is_open),
    ]
    return cournot(DEMAND, 1.0, sellers)


def _change(*, weight: float = STATE_WEIGHT) -> dict[str, float]:
    """Return what opening the market brings every seller and the buyers, money."""
    before, after = _market(is_open=False), _market(is_open=True, weight=weight)
    change = dict(zip(NAMES, (after.profits - before.profits).tolist(), strict=True))
    sold = before.quantities.sum(), after.quantities.sum()
    return {**change, "buyers": float(sold[1] ** 2 - sold[0] ** 2) / 2.0}


def _who_loses(world: World) -> str:
    change = _change()
    letters = {"buyers": "a", "hazel": "b", "cedar": "c", "home": "d"}
    return letters[min(letters, key=change.__getitem__)]


def _hit_hardest(world: World) -> str:
    """Return the outsider that the first salt relief hits hardest in most of some runs."""
    table, lever = world.word("alder_birch"), world.word("salt_relief")
    found: Counter[str] = Counter()
    for replication in range(_SAMPLE):
        for one in world.run("base", replication).agreements:
            if one.channel == table and any(
                m.lever == lever and m.after > m.before for m in one.moves
            ):
                found[one.blocker or "nobody"] += 1
                break
    real = {world.word(name): letter for name, letter in _LETTERS.items()}
    return real.get(found.most_common(1)[0][0], "e")


def _pair(change: dict[str, float]) -> float:
    return change["buyers"] + change["birch"]


def _harm(change: dict[str, float]) -> float:
    return -(change["hazel"] + change["cedar"] + change["home"])


def _is_blocked(world: World) -> bool:
    from minsksim.rules.blocking import goes_ahead

    change = _change()
    return not goes_ahead(_pair(change), _harm(change), can_pay=True)


ANSWERS: dict[str, Compute] = {
    "price": lambda world: _market(is_open=True).price,
    "who_loses": _who_loses,
    "hit_hardest": _hit_hardest,
    "blocked": _is_blocked,
    "tariff": lambda world: (
        _market(is_open=False, tariff=TARIFF).price - _market(is_open=False).price
    ),
    "share_move": lambda world: "c",
    "repair": lambda world: sum(_change().values()),
}
ERRORS: dict[str, Compute] = {
    "price.unmoved": lambda world: _market(is_open=False).price,
    "price.as_private": lambda world: _market(is_open=True, weight=1.0).price,
    "price.at_cost": lambda world: COSTS[NAMES.index("birch")],
    "tariff.in_full": lambda world: TARIFF,
    "repair.unmended": lambda world: _pair(_change()),
    "repair.harm_added": lambda world: _pair(_change()) + _harm(_change()),
    "repair.hazel_only": lambda world: _pair(_change()) + _change()["hazel"],
}
FACTS: dict[str, Compute] = {
    "price_before": lambda world: _market(is_open=False).price,
    "price": lambda world: _market(is_open=True).price,
    "hazel_loses": lambda world: -_change()["hazel"],
    "pair_gains": lambda world: _pair(_change()),
    "all_gain": lambda world: sum(_change().values()),
}
INVARIANTS = (TERMS_ADD_UP, LINKAGE_HELPS)
