"""Small fictional scenarios for tests: built as plain data, checked by the real loader.

Every builder has quiet defaults (certain meetings, full trust, no costs), so that a test names
only what it is about.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from minsksim.model import Model
from minsksim.scenario import Scenario, load, load_scenario
from minsksim.scenario.read import Tree

Plain = dict[str, Any]
ALWAYS = 1e6
"""A rationality that makes every logit choice of a clear gain certain."""


def number(value: float) -> Plain:
    return {"value": value, "source": "D1"}


def actor(
    salience: Mapping[str, float],
    *,
    patience: float = 0.9,
    rationality: float = ALWAYS,
    susceptibility: float = 0.0,
    audience_cost: float = 0.0,
    reservation: float = 0.0,
    brokers: str | None = None,
) -> Plain:
    plain: Plain = {
        "label": "An actor",
        "patience": number(patience),
        "rationality": number(rationality),
        "susceptibility": number(susceptibility),
        "audience_cost": number(audience_cost),
        "reservation": number(reservation),
        "salience": {name: number(weight) for name, weight in salience.items()},
    }
    return plain if brokers is None else {**plain, "brokers": brokers}


def lever(
    owner: str,
    *,
    initial: float = 0.0,
    bounds: tuple[float, float] = (0.0, 1.0),
    step: tuple[float, float] = (1.0, 1.0),
    cost: tuple[float, float] = (0.0, 0.0),
    unilateral: str = "none",
    leak: float | None = None,
    more: Mapping[str, Any] | None = None,
) -> Plain:
    """Return a lever; ``step`` and ``cost`` are (up, down), a ``leak`` makes it secret."""
    plain: Plain = {
        "label": "A lever",
        "owner": owner,
        "unit": "units",
        "bounds": list(bounds),
        "initial": number(initial),
        "step": {"up": number(step[0]), "down": number(step[1])},
        "cost": {"up": number(cost[0]), "down": number(cost[1])},
        "unilateral": unilateral,
        **(more or {}),
    }
    return plain if leak is None else {**plain, "secret": True, "leak": number(leak)}


def term(
    of: str,
    effect: float = 1.0,
    *,
    rho: float | None = None,
    rate: float | None = None,
    threshold: tuple[float, float] | None = None,
    times: str | None = None,
) -> Plain:
    """Return a term; ``rho``, ``rate`` or ``threshold`` choose its shape, else it is linear."""
    plain: Plain = {"of": of, "effect": number(effect)}
    if rho is not None:
        plain |= {"shape": "concave", "rho": number(rho)}
    if rate is not None:
        plain |= {"shape": "saturating", "rate": number(rate)}
    if threshold is not None:
        middle, steepness = map(number, threshold)
        plain |= {"shape": "threshold", "midpoint": middle, "steepness": steepness}
    return plain if times is None else {**plain, "times": times}


def interest(*terms: Plain) -> Plain:
    return {"label": "An interest", "terms": {f"t{i}": one for i, one in enumerate(terms)}}


def channel(
    between: tuple[str, ...],
    table: Sequence[str],
    *,
    protocol: str = "nash",
    quality: float = 1.0,
    decay: float = 0.0,
    build: float = 0.0,
    forgetting: float = 1.0,
    trust: tuple[tuple[float, float], ...] = ((1.0, 0.0), (1.0, 0.0)),
    public: bool = True,
    is_open: bool = True,
    tranches: int = 1,
) -> Plain:
    """Return a channel; ``trust`` is (kept, broken) as each party keeps it."""
    return {
        "label": "A channel",
        "between": list(between),
        "quality": number(quality),
        "decay": number(decay),
        "build": number(build),
        "forgetting": number(forgetting),
        "trust": {
            party: {"kept": number(kept), "broken": number(broken)}
            for party, (kept, broken) in zip(between, trust, strict=True)
        },
        "protocol": protocol,
        "public": public,
        "open": is_open,
        "tranches": tranches,
        "table": list(table),
    }


def stock(
    initial: float | None,
    inflows: Mapping[str, Plain] | None = None,
    *,
    reference: tuple[float, float] = (0.0, 100.0),
    whole: bool = False,
    counts: Sequence[str] = (),
) -> Plain:
    plain: Plain = {
        "label": "A stock",
        "unit": "units",
        "reference": list(reference),
        "whole": whole,
        "inflows": dict(inflows or {}),
        "counts": list(counts),
    }
    return plain if initial is None else {**plain, "initial": number(initial)}


def event(*effects: Plain, on: str | None = None, hazard: float | None = None) -> Plain:
    when: Plain = {"on": on} if on is not None else {"hazard": number(hazard or 0.0)}
    named = {f"f{i}": one for i, one in enumerate(effects)}
    return {"label": "An event", "source": "D1", "effects": named, **when}


def threat(
    by: str,
    against: str,
    demand: tuple[str, float],
    sanction: tuple[str, float],
    *,
    uncertainty: float | None = None,
    doubt: float | None = None,
    public: bool = True,
) -> Plain:
    """Return a threat; demand and sanction are (lever, value)."""
    plain: Plain = {
        "label": "A threat",
        "by": by,
        "against": against,
        "demand": {"lever": demand[0], "to": number(demand[1])},
        "sanction": {"lever": sanction[0], "to": number(sanction[1])},
        "public": public,
    }
    given = {"uncertainty": uncertainty, "doubt": doubt}
    return plain | {name: number(value) for name, value in given.items() if value is not None}


def belief(
    of: str,
    by: str,
    interest: str,
    types: tuple[float, float],
    *,
    prior: float = 0.5,
    truth: str | None = None,
) -> Plain:
    """Return a belief; ``types`` are the low and the high salience."""
    plain: Plain = {
        "label": "A belief",
        "of": of,
        "by": by,
        "interest": interest,
        "low": number(types[0]),
        "high": number(types[1]),
        "prior": number(prior),
    }
    return plain if truth is None else {**plain, "truth": truth}


def document(
    actors: Mapping[str, Plain],
    levers: Mapping[str, Plain],
    interests: Mapping[str, Plain],
    *,
    channels: Mapping[str, Plain] | None = None,
    turns: int = 4,
    more: Mapping[str, Any] | None = None,
) -> Plain:
    """Return a whole document; one measure, the first actor's mean utility, is always there."""
    first = next(iter(actors))
    return {
        "format": 1,
        "title": "A small invented case",
        "question": "Does the engine do what its rules say?",
        "summary": "An invented case for one test. It describes nobody.",
        "calendar": {"start": "2026-01-01", "step": "month", "turns": turns},
        "actors": dict(actors),
        "levers": dict(levers),
        "interests": dict(interests),
        "channels": dict(channels or {}),
        "measures": {
            "mean_utility": {
                "label": "Mean utility",
                "unit": "utils",
                "of": [f"utility.{first}"],
                "take": "mean",
            }
        },
        "sources": {"D1": {"kind": "definition", "note": "Invented for a test."}},
        **(more or {}),
    }


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="minsksim-tests-")


def scenario(plain: Plain) -> Scenario:
    """Return the checked scenario that the loader makes of plain data.

    JSON is YAML, so the file could be read as any other; Python's own reader does it at a tenth
    of the cost, and three quarters of the time of ten thousand random tables went into reading.
    """
    text = json.dumps(plain, indent=1)
    home = Path(_folder().name) / f"case_{hashlib.sha256(text.encode()).hexdigest()[:24]}"
    home.mkdir(exist_ok=True)
    path = home / "base.yaml"
    path.write_text(text, encoding="utf-8")
    (home / "sources.bib").touch()
    with patch.object(load, "read_tree", _read_json):
        return load_scenario(path)


def _read_json(path: Path, shown: str) -> Tree:
    return Tree(json.loads(path.read_text(encoding="utf-8")), {}, shown)


def model(plain: Plain, *, seed: int = 0, replication: int = 0) -> Model:
    """Return a model of plain data at turn 0."""
    return Model(scenario(plain), seed=seed, replication=replication)
