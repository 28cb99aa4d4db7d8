"""Scenarios of any size for measurements of speed: a ring of actors with channels to neighbours.

Every lever is curved, helps one shared interest and harms another; every actor cares about three
of eight interests, attends to its two neighbours in the ring and talks to the nearest ones.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minsksim.experiment.storage.from_manifest import scenarios_of
from minsksim.scenario import Scenario

INTERESTS = 8


@dataclass(frozen=True)
class Size:
    """How large a scenario is to be.

    Attributes
    ----------
    actors : int
        At least 3.
    levers : int
        Of each actor.
    reach : int
        How far along the ring an actor talks: 1 makes as many channels as actors.
    tabled : int
        Levers of either party on the table of a channel; none, if larger, are left out.
    turns : int
    reservation : float
        Least gain of every actor, utils; 1 is more than any package brings, so that talks fail
        and every table keeps its levers.
    momentary : bool
        Whether levers fall back at the start of a turn, so that every turn is like the first.
    """

    actors: int = 6
    levers: int = 2
    reach: int = 1
    tabled: int = 2
    turns: int = 24
    reservation: float = 0.0
    momentary: bool = False


def number(value: float) -> dict[str, Any]:
    return {"value": value, "source": "D1"}


def _actor(a: int, size: Size) -> dict[str, Any]:
    cares = {f"interest_{(a + j) % INTERESTS}": number((1, 0.7, -0.4)[j]) for j in range(3)}
    return {
        "label": f"Actor {a}",
        "patience": number(0.9),
        "rationality": number(80),
        "susceptibility": number(0.1),
        "audience_cost": number(0.02),
        "reservation": number(size.reservation),
        "salience": cares,
    }


def _lever(a: int, j: int, size: Size) -> dict[str, Any]:
    return {
        "label": f"Lever {j} of actor {a}",
        "owner": f"actor_{a}",
        "unit": "level",
        "bounds": [0, 1],
        "persistence": "momentary" if size.momentary else "standing",
        "initial": number(0.2 + 0.1 * (j % 3)),
        "step": {"up": number(0.2), "down": number(0.2)},
        "cost": {"up": number(0.002), "down": number(0.002)},
    }


def _channel(a: int, b: int, size: Size) -> dict[str, Any]:
    pair = (f"actor_{a}", f"actor_{b}")
    shown = range(min(size.tabled, size.levers))
    return {
        "label": f"Between {a} and {b}",
        "between": list(pair),
        "quality": number(0.5),
        "decay": number(0.02),
        "build": number(0.05),
        "forgetting": number(0.95),
        "trust": {name: {"kept": number(3), "broken": number(1)} for name in pair},
        "table": [f"lever_{one}_{j}" for one in (a, b) for j in shown],
    }


def document(size: Size) -> dict[str, Any]:
    """The scenario as plain data."""
    levers = [(a, j) for a in range(size.actors) for j in range(size.levers)]
    terms: dict[str, dict[str, Any]] = {f"interest_{k}": {} for k in range(INTERESTS)}
    for a, j in levers:
        name = f"lever_{a}_{j}"
        shape = {"shape": "concave", "rho": number(0.6)}
        good, bad = (a + 1 + 2 * j) % INTERESTS, (a + 4 + j) % INTERESTS
        effect = 1.0 / size.levers
        terms[f"interest_{good}"][f"{name}_good"] = {
            "of": f"levers.{name}",
            "effect": number(effect),
            **shape,
        }
        terms[f"interest_{bad}"][f"{name}_bad"] = {
            "of": f"levers.{name}",
            "effect": number(-0.4 * effect),
        }
    pairs = [
        (a, (a + distance) % size.actors)
        for distance in range(1, size.reach + 1)
        for a in range(size.actors)
    ]
    edges = {
        f"from_{(a + way) % size.actors}_to_{a}": {
            "from": f"actor_{(a + way) % size.actors}",
            "to": f"actor_{a}",
            "weight": number(1),
            "regard": number(0.02),
        }
        for a in range(size.actors)
        for way in (-1, 1)
    }
    return {
        "format": 1,
        "title": "A ring (fictional)",
        "question": "How does the cost of a run grow?",
        "summary": "Made for a measurement of speed; nothing is claimed.",
        "calendar": {"start": "2026-01-01", "step": "week", "turns": size.turns},
        "actors": {f"actor_{a}": _actor(a, size) for a in range(size.actors)},
        "levers": {f"lever_{a}_{j}": _lever(a, j, size) for a, j in levers},
        "interests": {
            name: {"label": name.replace("_", " "), "terms": own} for name, own in terms.items()
        },
        "influence": edges,
        "channels": {f"channel_{a}_{b}": _channel(a, b, size) for a, b in pairs},
        "measures": {
            "agreements": {
                "label": "Agreements",
                "unit": "agreements",
                "of": [f"agreements.channel_{a}_{b}" for a, b in pairs],
                "take": "total",
            },
            "utility": {
                "label": "Utility",
                "unit": "utils",
                "of": ["utility.actor_0"],
                "take": "final",
            },
        },
        "sources": {"D1": {"kind": "definition", "note": "Chosen for a measurement of speed."}},
    }


def make_scenario(size: Size) -> Scenario:
    """The scenario as results hold it: a file of this kind may not have over 50,000 nodes."""
    plain = json.loads(json.dumps(document(size)))
    stored = {"name": "ring", "document": plain, "variant_of": None, "because": None}
    manifest = {"scenarios": [{**stored, "bibliography": [], "notes": []}]}
    return scenarios_of(manifest, Path("ring.yaml"))["ring"]
