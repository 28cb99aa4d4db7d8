"""Mechanisms of a draft: levers, goods and markets."""

from __future__ import annotations

import generators as make
from drafts.draft import Draft, Plain

BOUNDS = ((0.0, 1.0), (0.0, 1.0), (-1.0, 1.0), (0.0, 300.0))


def levers(draft: Draft) -> None:
    """Two to six levers, the first ones owned by each actor in turn."""
    names = list(draft["actors"])
    for i in range(draft.luck.randint(max(2, len(names)), 6)):
        low, high = draft.luck.choice(BOUNDS)
        span = high - low
        draft["levers"][f"l{i}"] = make.lever(
            names[i % len(names)],
            bounds=(low, high),
            initial=draft.luck.choice([low, draft.amount(low, high)]),
            step=(draft.amount(0.1, 1.2) * span, draft.amount(0, 1.2) * span),
            cost=(draft.amount(0, 0.02), draft.amount(0, 0.02)),
            unilateral=draft.luck.choice(["both", "up", "down", "none", "none"]),
            leak=draft.amount(0, 0.6) if draft.is_drawn(0.15) else None,
            more={"reversible": draft.is_drawn(0.7), "active": draft.is_drawn(0.9)},
        )


def delayed(draft: Draft) -> None:
    draft["levers"][draft.any_of("levers")]["delay"] = draft.luck.randint(1, 3)


def momentary(draft: Draft) -> None:
    draft["levers"][draft.any_of("levers")]["persistence"] = "momentary"


def goods(draft: Draft) -> None:
    """Two stocks of goods, one of which loses a share to the other."""
    inflows = {"share": {"from": "store", "rate": draft.number(0, 0.4)}}
    draft["stocks"]["store"] = make.stock(draft.amount(0, 80))
    draft["stocks"]["market"] = make.stock(draft.amount(0, 80), inflows)


def answering(draft: Draft) -> None:
    """A flow that answers to a lever."""
    flows = [flow for stock in draft["stocks"].values() for flow in stock["inflows"].values()]
    if flows:
        goal = f"levers.{draft.any_of('levers')}"
        draft.luck.choice(flows)["answers"] = {"to": goal, "by": draft.number(-3, 5)}


def linear_market(draft: Draft) -> None:
    moved = draft.luck.sample(list(draft["levers"]), k=min(2, len(draft["levers"])))
    draft["markets"]["grain"] = {
        "label": "A price", "unit": "crowns", "reference": [0, 200],
        "price": draft.number(50, 150), "responses": {n: draft.number(-40, 40) for n in moved},
    }  # fmt: skip


def few_sellers(draft: Draft) -> None:
    """Sellers who know each other, with tariffs, sanctions and roads round them."""
    draft["markets"]["salt"] = {
        "label": "A market of few", "unit": "crowns", "reference": [0, 300], "kind": "cournot",
        "demand": {"intercept": draft.number(150, 300), "slope": draft.number(0.5, 3)},
        "sellers": {f"s{i}": _seller(draft) for i in range(draft.luck.randint(1, 3))},
        "sales_unit": "tonnes", "profit_unit": "crowns",
    }  # fmt: skip


def _seller(draft: Draft) -> Plain:
    plain: Plain = {
        "label": "A seller", "actor": draft.any_of("actors"), "cost": draft.number(5, 140),
        "sales": [0, 200], "profit": [0, 9000],
    }  # fmt: skip
    if draft.is_drawn(0.3):
        plain |= {"reach": draft.number(0.2, 1), "profit_weight": draft.number(0.3, 1)}
    if draft.is_drawn(0.4):
        plain["tariff"] = {"by": draft.any_of("levers"), "at_full": draft.number(0, 60)}
    if draft.is_drawn(0.6):
        kind = draft.luck.choice(["lifted_by", "imposed_by"])
        plain["sanctions"] = {"ban": {kind: draft.any_of("levers")}}
        if draft.is_drawn(0.6):
            plain["sanctions"]["ban"]["reroute"] = _road(draft, plain)
    return plain


def _road(draft: Draft, seller: Plain) -> Plain:
    road: Plain = {"share": draft.number(0, 1), "detour": draft.number(0, 30)}
    if draft.is_drawn(0.5):
        road["capacity"] = draft.any_of("levers")
    if draft.is_drawn(0.5):
        road |= {"unasked": draft.number(0, 1), "political": draft.any_of("levers")}
    if draft.is_drawn(0.5):
        road["fee"] = {"by": draft.any_of("levers"), "at_full": draft.number(0, 30)}
        seller["rent"] = [0, 900]
    return road
