"""Small valid scenarios drawn at random, which use every mechanism of the format now and then.

``draw(number)`` gives the document of one number, always the same. Each mechanism is one function
in ``drafts/`` that adds to a draft. A new one is a new function and a line in ``MECHANISMS``.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import generators as make
from drafts import ahead, minds, people, quantities, reports, tables, things
from drafts.draft import Draft, Plain

MECHANISMS: tuple[tuple[Callable[[Draft], None], float], ...] = (
    (things.levers, 1.0),
    (things.delayed, 0.3),
    (things.momentary, 0.3),
    (things.goods, 0.4),
    (people.people, 0.35),
    (people.groups, 0.35),
    (quantities.fading, 0.4),
    (things.answering, 0.3),
    (things.linear_market, 0.25),
    (things.few_sellers, 0.25),
    (tables.channels, 1.0),
    (tables.table_of_several, 0.2),
    (tables.ratification, 0.3),
    (tables.blocking, 0.3),
    (ahead.lumps, 0.35),
    (ahead.meetings, 0.3),
    (ahead.counter_offers, 0.45),
    (ahead.horizon, 0.35),
    (minds.brokers, 0.2),
    (minds.interests, 1.0),
    (minds.trade, 0.6),
    (minds.influence, 0.5),
    (minds.events, 0.5),
    (minds.threats, 0.4),
    (minds.beliefs, 0.35),
    (quantities.answers, 0.45),
    (minds.what_if, 0.2),
    (reports.measures, 1.0),
)
"""Each mechanism and its chance; one may use what those above it have added."""

TURNS = (4, 8)


def draw(number: int) -> tuple[Plain, frozenset[str]]:
    """Return the document of a number, and the names of the mechanisms drawn for it."""
    luck = random.Random(number)
    draft = Draft(luck, make.document({"a": {}}, {}, {}, turns=luck.randint(*TURNS)))
    draft.plain["actors"] = {
        name: make.actor(
            {},
            patience=draft.amount(0.5, 0.97),
            rationality=luck.choice([2.0, 20.0, 200.0, make.ALWAYS]),
            susceptibility=draft.amount(0, 0.4) if draft.is_drawn(0.3) else 0.0,
            audience_cost=draft.amount(0, 0.1),
            reservation=draft.amount(0, 0.01),
        )
        for name in "abcd"[: luck.randint(2, 4)]
    }
    used = set()
    for mechanism, chance in MECHANISMS:
        if draft.is_drawn(chance):
            mechanism(draft)
            used.add(mechanism.__name__)
    return draft.plain, frozenset(used)
