"""What each protocol, shape and effect does in a small case, worked by hand.

Compiled code ends its choices with an ``else``, so a number that it does not know would pass as
egalitarian, linear or trust. A new word needs a row here, and one that no known word would give.
"""

from __future__ import annotations

import generators as make
import numpy as np

from minsksim.engine.phases.events import strike
from minsksim.model import Model
from minsksim.vocabulary import SWITCHES

GAINS: dict[str, tuple[float, float] | None] = {
    "nash": (0.3, 0.4),
    "kalai_smorodinsky": (0.5 - 0.2 * 99 / 128, 0.1 + 0.3 * 99 / 128),
    "egalitarian": (0.34, 0.34),
    "take_it_or_leave_it": (0.52, 0.0),
    "alternating_offers": (0.4 / 1.23, 0.85 - 1.5 * 0.4 / 1.23),
    "zeuthen": (0.3, 0.4),
    "threats": (0.3, 0.4),
    "credible_threats": (0.3, 0.4),
    "exchange": (19 / 60, 19 / 60),
    "separate": None,
    "ultimatum": (0.52, 0.0),
}
"""Four levers, of which each costs its owner and serves the other: (U, V) of their joint frontier
are (.6, -.4), (.5, .1), (.3, .4), (0, .5) and (-.4, .6).

Nash: no edge beside (.3, .4) has a higher product. Kalai-Smorodinsky: the ideals are .52 and .5.
Offers in turn with d = .9: V(x) = .9 V(y) and U(y) = .9 U(x), x on the edge from (.5, .1) and y on
the one to (0, .5). Concessions and threats that nobody has: Nash. Exchange: all of y1 for 5/6 of
x1. Lever by lever: nobody gives for nothing. The ultimatum to one who never errs asks for all.
"""

SHAPES_AT: dict[str, tuple[tuple[float, float], float, float]] = {
    "linear": ((0.0, 0.0), 0.25, 1.0),
    "concave": ((2.0, 0.0), 0.0625, 0.5),
    "saturating": ((4.0, 0.0), 1 - 1 / np.e, 4 / np.e),
    "threshold": ((0.25, 8.0), 0.5, 2.0),
}
"""Parameters, f(z) and f'(z) at z = 1/4."""

AFTER = {"set": 2.0, "shift": 7.0}
"""An amount of 2 done to a quantity at 5."""

STRUCK: dict[tuple[str, str], float] = {
    ("levers.x", "set"): 0.25,
    ("levers.x", "shift"): 0.75,
    ("levers.x", "off"): 0.0,
    ("levers.z", "on"): 1.0,
    ("stocks.held", "set"): 0.25,
    ("stocks.held", "shift"): 8.25,
    ("channels.room", "set"): 0.25,
    ("channels.room", "shift"): 0.75,
    ("channels.room", "off"): 0.0,
    ("channels.closed", "on"): 1.0,
    ("salience.ada.x", "set"): 0.25 / 0.75,
    ("salience.ada.x", "shift"): 0.75 / 1.25,
    ("trust.room.ada", "shift"): 0.625,
}
"""An amount of 1/4, or a switch. Before: a lever and a channel's quality at 1/2, a stock of 8,
ada's saliences 1/2 and -1/2 (afterwards the sum of sizes is 1 again), and her ledger at 1 kept and
3/4 broken."""


ANSWERED = {
    "channels.*.quality": ("channels.room.quality", 0.625),
    "meetings.*": ("meetings.room", 0.625),
    "actors.*.reservation": ("actors.ada.reservation", 0.25),
    "actors.*.audience_cost": ("actors.ada.audience_cost", 0.375),
    "salience.*.*": ("salience.ada.x", 0.625 / 1.125),
}
"""What is used of a number that answers by 1/4 to a stock in the middle of its scale. Before: a
quality of 1/2, a reservation of 1/8, an audience cost of 1/4, and ada's saliences 1/2 and -1/2."""


def protocol_case(protocol: str) -> Model:
    """Return a table of two on which no other protocol settles as the egalitarian one does."""
    actors = {
        "ada": make.actor({"x1": -0.1, "x2": -0.3, "y1": 0.4, "y2": 0.2}),
        "ben": make.actor({"x1": 0.5, "x2": 0.1, "y1": -0.1, "y2": -0.3}),
    }
    levers = {
        name: make.lever("ada" if name[0] == "x" else "ben") for name in actors["ada"]["salience"]
    }
    interests = {name: make.interest(make.term(f"levers.{name}")) for name in levers}
    room = make.channel(("ada", "ben"), tuple(levers), protocol=protocol)
    return make.model(make.document(actors, levers, interests, channels={"room": room}, turns=1))


def struck(of: str, how: str) -> Model:
    """Return a model at turn 0 to which one effect was done, and nothing else."""
    done = {"switch": how} if how in SWITCHES else {how: make.number(0.25)}
    rooms = {
        "room": make.channel(("ada", "ben"), "xy", quality=0.5, trust=((1.0, 0.75), (1.0, 0.75))),
        "closed": make.channel(("ada", "ben"), "xy", is_open=False),
    }
    switched = make.lever("ada", more={"active": False})
    plain = make.document(
        {"ada": make.actor({"x": 0.5, "y": -0.5}), "ben": make.actor({"x": 0.5, "y": 0.5})},
        {"x": make.lever("ada", initial=0.5), "y": make.lever("ben"), "z": switched},
        {name: make.interest(make.term(f"levers.{name}")) for name in "xy"},
        channels=rooms,
        more={
            "stocks": {"held": make.stock(8.0)},
            "events": {"one": make.event({"of": of, **done}, on="2026-01-01")},
        },
    )
    model = make.model(plain)
    strike(*model.arrays, 1, 0)
    return model


def answering(of: str) -> Model:
    """Return a model of which one number answers to a stock, read at the start."""
    plain = make.document(
        {
            "ada": make.actor({"x": 0.5, "y": -0.5}, reservation=0.125, audience_cost=0.25),
            "ben": make.actor({"x": 0.5, "y": 0.5}),
        },
        {"x": make.lever("ada"), "y": make.lever("ben")},
        {name: make.interest(make.term(f"levers.{name}")) for name in "xy"},
        channels={"room": make.channel(("ada", "ben"), "xy", quality=0.5)},
        more={
            "stocks": {"heat": make.stock(50.0)},
            "answers": {"one": {"of": of, "to": "stocks.heat", "by": make.number(0.25)}},
        },
    )
    return make.model(plain)
