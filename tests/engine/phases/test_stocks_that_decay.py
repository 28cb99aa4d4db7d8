"""Stocks that decay, with bounds and flows by amount, in runs that do nothing else."""

from __future__ import annotations

from typing import Any

import generators as make
import numpy as np
import pytest

from minsksim.engine.valuation.marginal_utility import appraise
from minsksim.model import Model
from minsksim.theory.decaying_stock import level_after

TURNS = 6


def pressure(
    inflows: make.Plain, *, start: float = 10.0, x: float = 2.0, effect: float = -1.0, **more: Any
) -> Model:
    """Return a run in which ada's lever x may drive a stock that both of them mind."""
    whole = {key: more.pop(key) for key in ("events", "stocks") if key in more}
    plain = make.document(
        {"ada": make.actor({"calm": 1.0}), "ben": make.actor({"calm": 1.0})},
        {"x": make.lever("ada", initial=x, bounds=(0.0, 4.0)), "y": make.lever("ben")},
        {"calm": make.interest(make.term("stocks.pressure", effect))},
        turns=TURNS,
        more={
            **whole,
            "stocks": {
                "pressure": {**make.stock(start, inflows), **more},
                **whole.get("stocks", {}),
            },
        },
    )
    return make.model(plain)


def levels(model: Model) -> np.ndarray:
    return model.run().series["stocks.pressure"].to_numpy()


@pytest.mark.parametrize(
    "inflows",
    [
        {"steady": {"amount": make.number(6.0)}},
        {"driven": {"by": "x", "per": make.number(3.0)}},
        {"answer": {"answers": {"to": "levers.x", "by": make.number(12.0)}}},
        {"driven": {"by": "x"}, "steady": {"amount": make.number(4.0)}},
        {"driven": {"by": "x", "per": make.number(4.0)}, "out": {"amount": make.number(-2.0)}},
    ],
)
def test_a_steady_inflow_gives_the_closed_form(inflows: make.Plain) -> None:
    """Each of them is 6 a turn; 6 / 0.25 = 24 in the long run."""
    found = levels(pressure(inflows, decay=make.number(0.25)))
    expected = [level_after(10.0, 6.0, 0.25, turn) for turn in range(TURNS + 1)]
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_flows_stop_at_the_bounds_one_after_another() -> None:
    flows = {"up": {"amount": make.number(9.0)}, "down": {"amount": make.number(-2.0)}}
    assert levels(pressure(flows, bounds=[4, 15])).tolist() == [10.0] + [13.0] * TURNS
    flows = {"down": {"amount": make.number(-9.0)}}
    assert levels(pressure(flows, bounds=[4, 15])).tolist() == [10.0] + [4.0] * TURNS
    assert levels(pressure(flows)).tolist() == [10.0, 1.0] + [0.0] * (TURNS - 1)
    assert levels(pressure(flows, start=-1.0, bounds=[-20, 0])).tolist()[-1] == -20.0


def test_what_does_not_fit_stays_where_it_was() -> None:
    store = {"store": make.stock(40.0)}
    flows = {"in": {"amount": make.number(30.0), "from": "store"}}
    run = pressure(flows, bounds=[0, 15], stocks=store).run()
    assert run.series["stocks.pressure"].tolist() == [10.0] + [15.0] * TURNS
    assert run.series["stocks.store"].tolist() == [40.0] + [35.0] * TURNS


def test_an_event_counts_in_full_in_its_turn_and_stops_at_the_bounds() -> None:
    shock = make.event({"of": "stocks.pressure", "shift": make.number(5.0)}, on="2026-02-01")
    found = levels(pressure({}, decay=make.number(0.5), events={"shock": shock}))
    assert found[:4].tolist() == [10.0, 5.0, 7.5, 3.75]
    found = levels(pressure({}, bounds=[0, 12], events={"shock": shock}))
    assert found[:4].tolist() == [10.0, 10.0, 12.0, 12.0]


def test_a_counted_flow_never_runs_backwards() -> None:
    """A counter adds up a flow that answers; below 0 nothing flows and nothing is counted."""
    flow = {"answers": {"to": "levers.x", "by": make.number(-8.0)}}
    count = {"count": make.stock(None, counts=["stocks.pressure.inflows.answer"])}
    run = pressure({"answer": flow}, stocks=count).run()
    assert run.series["stocks.pressure"].tolist() == [10.0] * (TURNS + 1)
    assert not run.series["stocks.count"].any()


@pytest.mark.parametrize(
    ("start", "per", "slope"),
    [
        (10.0, 3.0, -0.03),
        (10.0, -3.0, 0.03),
        (15.0, 3.0, 0.0),
        (15.0, -3.0, 0.03),
        (0.0, -3.0, 0.0),
    ],
)
def test_a_lever_is_worth_per_units_and_nothing_against_a_bound(
    start: float, per: float, slope: float
) -> None:
    """The interest falls by 1 over 100 units, so a unit of the lever brings -per / 100."""
    model = pressure({"driven": {"by": "x", "per": make.number(per)}}, start=start, bounds=[0, 15])
    appraise(*model.arrays)
    np.testing.assert_allclose(model.state.slope[0], [slope, slope], atol=1e-15)
