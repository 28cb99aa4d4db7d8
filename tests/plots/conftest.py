"""A synthetic case in the shapes of a result: invented actors, invented numbers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from minsksim.analysis.spreads import Turned
from minsksim.plots.material import Material
from minsksim.scenario import Scenario
from minsksim.scenario.load import digest_of
from minsksim.scenario.numbers import walk_numbers
from minsksim.scenario.places import dotted
from minsksim.scenario.schema import Document

TURNS = 18
ACTORS = {
    "northland": "Northland",
    "midmark": "Midmark",
    "eastreach": "Eastreach",
    "lakeside": "Lakeside",
    "suncoast": "Suncoast",
    "exiles": "Exiled opposition",
    "union": "Western Union",
    "harbour": "Harbour City",
}
INTERESTS = {
    "revenue": "Export revenue",
    "standing": "Recognition abroad",
    "grip": "Control at home",
    "supply": "Cheap supply for farms",
    "access": "Access to Eastreach",
    "release": "People out of detention",
    "unity": "Unity of the sanctions front",
    "rent": "Transit rent",
    "quiet": "Quiet border",
}
EDGES = [
    ("northland", "midmark", 0.8, 0.0),
    ("midmark", "northland", 0.3, 0.0),
    ("eastreach", "midmark", 0.7, 0.3),
    ("midmark", "eastreach", 0.1, 0.1),
    ("northland", "lakeside", 0.6, -0.2),
    ("lakeside", "northland", 0.4, -0.1),
    ("northland", "suncoast", 0.9, -0.5),
    ("suncoast", "midmark", 0.2, 0.1),
    ("exiles", "northland", 0.15, 0.0),
    ("exiles", "union", 0.4, 0.0),
    ("midmark", "exiles", 0.8, -0.6),
    ("exiles", "midmark", 0.05, -0.4),
    ("union", "midmark", 0.5, -0.3),
    ("harbour", "union", 0.5, 0.2),
    ("midmark", "harbour", 0.4, -0.4),
    ("northland", "eastreach", 0.5, 0.0),
    ("eastreach", "northland", 0.5, -0.1),
    ("northland", "union", 0.25, 0.2),
    ("union", "northland", 0.3, 0.1),
    ("northland", "harbour", 0.3, 0.0),
]
CHANNELS = [
    ("visits", "Envoy visits", "northland", "midmark", 0.45, True, True),
    ("neighbours", "Old alliance", "midmark", "eastreach", 0.8, True, True),
    ("trade", "Trade talks", "northland", "lakeside", 0.5, True, True),
    ("quiet_line", "Quiet line", "midmark", "suncoast", 0.3, False, True),
    ("direct", "Direct line", "northland", "eastreach", 0.2, False, False),
    ("border", "Border talks", "midmark", "harbour", 0.15, True, True),
]


def number(value: float, low: float | None = None, high: float | None = None) -> dict:
    return {"value": value, "source": "A1", "range": None if low is None else (low, high)}


def lever(label: str, owner: str, unit: str, top: float, persistence: str = "standing") -> dict:
    return {
        "label": label,
        "owner": owner,
        "unit": unit,
        "bounds": (0, top),
        "initial": number(0),
        "persistence": persistence,
        "step": {"up": number(top), "down": number(top)},
        "cost": {"up": number(0.1), "down": number(0.1)},
    }


def make_document() -> Document:
    actor = {
        "patience": number(0.9),
        "rationality": number(8),
        "susceptibility": number(0.2),
        "audience_cost": number(0.1),
        "reservation": number(0.01),
        "salience": {name: number(0.2) for name in INTERESTS},
    }
    one = {"kept": number(1), "broken": number(1)}
    return Document.model_validate(
        {
            "format": 1,
            "title": "A thaw between Northland and Midmark (invented)",
            "question": "Who gains?",
            "summary": "An invented case.",
            "calendar": {"start": dt.date(2025, 1, 1), "step": "month", "turns": TURNS},
            "actors": {name: {"label": label, **actor} for name, label in ACTORS.items()},
            "levers": {
                "relief": lever("Relief from sanctions on minerals", "northland", "% lifted", 100),
                "visits": lever("Envoy visits", "northland", "visits a month", 3, "momentary"),
                "home": lever("Releases at home", "midmark", "people a month", 150, "momentary"),
                "exile": lever(
                    "Releases into exile", "midmark", "people a month", 150, "momentary"
                ),
                "tariff": lever("Tariff on Lakeside's minerals", "northland", "%", 25),
            },
            "stocks": {
                "held": {
                    "label": "People held on politically motivated charges",
                    "unit": "people",
                    "reference": (0, 2000),
                    "initial": number(1200),
                    "whole": True,
                    "inflows": {"arrests": {"rate": None, "by": "tariff"}},
                },
                "in_exile": {
                    "label": "Released into exile",
                    "unit": "people",
                    "reference": (0, 2000),
                    "initial": number(0),
                    "whole": True,
                    "inflows": {"releases": {"from": "held", "by": "exile"}},
                },
            },
            "interests": {
                name: {"label": label, "terms": {"t": {"of": "levers.relief", "effect": number(1)}}}
                for name, label in INTERESTS.items()
            },
            "influence": {
                f"{a}_{b}": {"from": a, "to": b, "weight": number(w), "regard": number(r)}
                for a, b, w, r in EDGES
            },
            "channels": {
                name: {
                    "label": label,
                    "between": (a, b),
                    "quality": number(q),
                    "decay": number(0.05),
                    "build": number(0.1),
                    "forgetting": number(0.9),
                    "trust": {a: one, b: one},
                    "public": public,
                    "open": is_open,
                    "table": ("relief", "exile"),
                }
                for name, label, a, b, q, public, is_open in CHANNELS
            },
            "events": {
                "strike": {
                    "label": "Suncoast's leader is removed",
                    "on": dt.date(2026, 1, 3),
                    "source": "A1",
                    "effects": {"e": {"of": "levers.tariff", "set": number(1)}},
                },
                "summit": {
                    "label": "Northland and Eastreach meet",
                    "on": dt.date(2025, 8, 15),
                    "source": "A1",
                    "effects": {"e": {"of": "levers.tariff", "set": number(1)}},
                },
            },
            "measures": {
                "held": {
                    "label": "People held at the end",
                    "unit": "people",
                    "of": ("stocks.held",),
                    "take": "final",
                },
                "exiled": {
                    "label": "Released into exile, total",
                    "unit": "people",
                    "of": ("stocks.in_exile",),
                    "take": "final",
                },
                "relief": {
                    "label": "Relief in force at the end",
                    "unit": "% lifted",
                    "of": ("levers.relief",),
                    "take": "final",
                },
                "rent": {
                    "label": "Utility of Eastreach, mean",
                    "unit": "utils",
                    "of": ("utility.eastreach",),
                    "take": "mean",
                },
            },
            "observations": {
                "held": {
                    "label": "People held: the record",
                    "of": ("stocks.held",),
                    "records": (
                        {"on": dt.date(2025, 9, 30), "source": "A1", "value": 1190},
                        {"on": dt.date(2025, 9, 30), "source": "A1", "value": 1336},
                        {"on": dt.date(2025, 12, 15), "source": "A1", "low": 1100, "high": 1180},
                    ),
                },
                "released": {
                    "label": "Releases a month, at home and into exile",
                    "of": ("levers.home", "levers.exile"),
                    "take": "per_turn",
                    "records": (
                        {"on": dt.date(2025, 6, 21), "source": "A1", "value": 14},
                        {"on": dt.date(2025, 9, 11), "source": "A1", "value": 52},
                        {"on": dt.date(2025, 12, 13), "source": "A1", "value": 123},
                    ),
                },
            },
            "sources": {"A1": {"kind": "assumed", "note": "invented"}},
        }
    )


def make_series(rng: np.random.Generator, name: str, runs: int, push: float) -> pd.DataFrame:
    count = TURNS + 1
    dates = pd.date_range("2024-12-01", periods=count, freq="MS")
    exile = rng.poisson(12 * push, (runs, count)) * (rng.random((runs, count)) < 0.4)
    home = rng.poisson(3, (runs, count)) * (rng.random((runs, count)) < 0.2)
    exile[:, 0] = home[:, 0] = 0
    arrests = rng.poisson(9, (runs, count))
    shape = {
        "levers.relief": np.minimum(100, np.cumsum(rng.gamma(0.5, 6 * push, (runs, count)), 1)),
        "levers.visits": rng.integers(0, 3, (runs, count)),
        "levers.home": home,
        "levers.exile": exile,
        "levers.tariff": np.full((runs, count), 10.0),
        "stocks.held": 1200 + np.cumsum(arrests - exile - home, 1),
        "stocks.in_exile": np.cumsum(exile, 1),
    }
    for k, actor in enumerate(ACTORS):
        shape[f"utility.{actor}"] = np.cumsum(rng.normal(0.01 * (k - 3), 0.03, (runs, count)), 1)
    frame = pd.DataFrame({name: np.ravel(values) for name, values in shape.items()})
    frame.insert(0, "scenario", name)
    frame.insert(1, "run", np.repeat(np.arange(runs), count))
    frame.insert(2, "turn", np.tile(np.arange(count), runs))
    frame.insert(3, "date", np.tile(dates, runs))
    return frame


def make_contributions(rng: np.random.Generator, name: str, runs: int) -> pd.DataFrame:
    index = pd.MultiIndex.from_product(
        [range(runs), (0, TURNS), ACTORS, INTERESTS],
        names=["run", "turn", "actor", "interest"],
    )
    table = index.to_frame(index=False)
    places = table["actor"].map(list(ACTORS).index)
    sign = np.sin(1.0 + 3 * places + 2.2 * table["interest"].str.len())
    noise = rng.normal(0, 0.03, len(table))
    table["value"] = np.where(table["turn"] > 0, 0.15 * sign + noise, 0.02)
    table.insert(0, "scenario", name)
    return table


def make_agreements(rng: np.random.Generator, name: str, runs: int, push: float) -> pd.DataFrame:
    rows = []
    for channel, *_rest, quality, _public, is_open in CHANNELS:
        met = rng.random((runs, TURNS)) < quality * 0.6 * push * is_open
        for replication, turn in np.argwhere(met):
            rows.append(
                {
                    "scenario": name,
                    "run": replication,
                    "turn": turn + 1,
                    "date": pd.Timestamp("2025-01-01") + pd.DateOffset(months=int(turn)),
                    "channel": channel,
                    "gain_first": rng.gamma(2, 0.02),
                    "gain_second": rng.gamma(2, 0.02),
                    "kept_first": rng.random() < 0.9,
                    "kept_second": rng.random() < 0.8,
                    "public": _public,
                    "externality.lakeside": rng.normal(-0.02, 0.01),
                    "move.exile": rng.poisson(8 + 3 * turn) if rng.random() < 0.7 else np.nan,
                    "move.home": rng.poisson(4) if rng.random() < 0.3 else np.nan,
                    "move.relief": rng.gamma(2, 6) if rng.random() < 0.5 else np.nan,
                }
            )
    return pd.DataFrame(rows)


def make_runs(rng: np.random.Generator, name: str, runs: int, push: float) -> pd.DataFrame:
    luck = np.random.default_rng(5).normal(0, 40, runs)
    patience = np.random.default_rng(6).uniform(0.7, 0.95, runs)
    held = 1300 - 160 * push + luck + 300 * (patience - 0.8) + rng.normal(0, 20, runs)
    return pd.DataFrame(
        {
            "scenario": name,
            "point": np.arange(runs),
            "replication": 0,
            "status": 0,
            "actors.midmark.patience": patience,
            "levers.relief.cost.up": np.repeat([0.1, 0.2, 0.3, 0.4], -(-runs // 4))[:runs],
            "held": held,
            "exiled": np.maximum(0, 210 * push - 0.4 * luck + rng.normal(0, 9, runs)),
            "relief": np.clip(60 * push + 0.3 * luck, 0, 100),
            "rent": -0.1 + 0.05 * push + luck / 900,
        }
    )


@pytest.fixture(scope="session")
def document() -> Document:
    return make_document()


@pytest.fixture(scope="session")
def scenario(document: Document) -> Scenario:
    return Scenario(
        name="invented",
        document=document,
        path=Path("invented.yaml"),
        variant_of=None,
        because=None,
        numbers={dotted(path): number for path, number in walk_numbers(document)},
        positions={},
        bibliography={},
        digest=digest_of(document),
    )


@pytest.fixture(scope="session")
def stuff(document: Document) -> Material:
    """Three scenarios, the first of them the base, with varied numbers."""
    return make_material(document, ("invented", "invented/direct_line", "invented/no_tariff"), 120)


@pytest.fixture(scope="session")
def both(document: Document) -> Material:
    """One scenario at the base values, and beside it over the ranges of its numbers."""
    ranges = make_material(document, ("invented",), 120, seed=2)
    turned = Turned("invented", "exiled", "Released into exile, total", "rises", 0.9, 0.4)
    return replace(
        make_material(document, ("invented",), 120),
        varied=(),
        turned=(turned,),
        beside=replace(ranges, over="ranges", points=480, points_of_sample=120, draws="by_point"),
    )


@pytest.fixture(scope="session")
def grid(document: Document) -> Material:
    """One scenario at four values of one number, 30 runs each."""
    stuff = make_material(document, ("invented",), 120)

    def chosen(table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(point=table["run"] // 30)

    runs = stuff.runs
    assert isinstance(runs, pd.DataFrame)
    return replace(
        stuff,
        runs=runs.assign(point=runs["point"] // 120),
        varied=("levers.relief.cost.up",),
        series=chosen(stuff.series),
        contributions=chosen(stuff.contributions),
        agreements=chosen(stuff.agreements),
        points=4,
        points_of_sample=4,
        over="chosen",
    )


@pytest.fixture(scope="session")
def single(document: Document) -> Material:
    """One run of one scenario: nothing to spread."""
    return make_material(document, ("invented",), 1)


def make_material(document: Document, names: tuple[str, ...], runs: int, seed: int = 1) -> Material:
    rng = np.random.default_rng(seed)
    pushes = np.linspace(1, 1.6, len(names))
    each = list(zip(names, pushes, strict=True))
    return Material(
        documents=dict.fromkeys(names, document),
        seed=0,
        runs=pd.concat([make_runs(rng, name, 4 * runs, push) for name, push in each]),
        varied=("actors.midmark.patience", "levers.relief.cost.up"),
        series=pd.concat([make_series(rng, name, runs, push) for name, push in each]),
        contributions=pd.concat([make_contributions(rng, name, runs) for name in names]),
        agreements=pd.concat([make_agreements(rng, name, runs, push) for name, push in each]),
    )
