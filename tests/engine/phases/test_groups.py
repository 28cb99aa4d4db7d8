"""Groups of people in a run: nobody lost or made, counted once, promised once."""

from __future__ import annotations

from typing import Any

import generators as make
import numpy as np
import pytest

from minsksim import run_scenario
from minsksim.engine.arrays.compile import compile_scenario
from minsksim.engine.batch import simulate
from minsksim.engine.record.run import Run
from minsksim.engine.valuation.marginal_utility import find_slopes, weigh_interests
from minsksim.model import Model

PEOPLE: make.Plain = {"unit": "people", "whole": True}


def people(initial: float | None, inflows: make.Plain | None = None, **more: Any) -> make.Plain:
    return {**make.stock(initial, inflows), **PEOPLE, **more}


def release(
    most: float, *, owner: str = "ben", initial: float = 0.0, persistence: str = "momentary"
) -> make.Plain:
    more = {"persistence": persistence, "unit": "people"}
    bounds = (0.0, most)
    return make.lever(owner, initial=initial, bounds=bounds, step=(most, most), more=more)


def case(
    stocks: make.Plain,
    levers: make.Plain,
    *,
    turns: int = 6,
    terms: tuple[make.Plain, ...] = (),
    more: make.Plain | None = None,
) -> make.Plain:
    """Ada lifts x for as many releases as ben will make; both keep their word."""
    wanted = [name for name in levers if name.startswith("release")]
    out = make.interest(
        *(make.term(f"levers.{name}", 0.5) for name in wanted), make.term("levers.x", -0.01), *terms
    )
    at_home = make.interest(
        make.term("levers.x", 0.9), *(make.term(f"levers.{name}", -0.1) for name in wanted)
    )
    relief = make.lever("ada", more={"persistence": "momentary"})
    return make.document(
        {"ada": make.actor({"out": 1.0}), "ben": make.actor({"trade": 1.0})},
        {"x": relief, **levers},
        {"out": out, "trade": at_home},
        channels={"room": make.channel(("ada", "ben"), ["x", *wanted])},
        turns=turns,
        more={"stocks": stocks, **(more or {})},
    )


def three(refusals: make.Plain | None = None, **of_flow: Any) -> make.Plain:
    """Return three groups of 5, 12 and 40, their sum, and one stock that takes from all."""
    flow = {"from": "held", "by": "release", **of_flow}
    if refusals is not None:
        flow["refusals"] = refusals
    stocks = {
        "held": people(None, groups=["a", "b", "c"]),
        "a": people(5.0),
        "b": people(12.0),
        "c": people(40.0),
        "out": people(0.0, {"freed": flow}),
        "home": people(0.0),
        "went": people(None, counts=["stocks.out.inflows.freed"]),
        "went_a": people(None, counts=["stocks.out.inflows.freed.from.a"]),
    }
    if refusals is not None:
        refusals = "stocks.out.inflows.freed.refusals"
        stocks["refused"] = people(None, counts=[refusals])
        for group in "abc":
            stocks[f"refused_{group}"] = people(None, counts=[f"{refusals}.from.{group}"])
    return stocks


def runs(plain: make.Plain, count: int = 5) -> list[Run]:
    scenario = make.scenario(plain)
    return [Model(scenario, replication=i).run() for i in range(count)]


def last_turn(plain: make.Plain, count: int) -> dict[str, np.ndarray]:
    """Return every quantity at the end of many runs."""
    compiled = compile_scenario(make.scenario(plain))
    rows = np.zeros(count, dtype=np.int64)
    block = simulate(compiled, compiled.numbers[None], rows, np.arange(count), 3, is_traced=True)
    assert block.series is not None
    return dict(zip(compiled.quantities, block.series[:, -1].T, strict=True))


def column(run: Run, name: str) -> np.ndarray:
    return run.series[f"stocks.{name}"].to_numpy()


# --- conservation ----------------------------------------------------------------------------


@pytest.mark.parametrize("refusals", [None, {"share": 0.3}, {"share": 0.3, "to": "home"}])
@pytest.mark.parametrize("by_shares", [False, True])
def test_people_are_neither_lost_nor_made(refusals: make.Plain | None, by_shares: bool) -> None:
    asked = None if refusals is None else {**refusals, "share": make.number(refusals["share"])}
    shares = {"shares": {g: make.number(w) for g, w in {"a": 3, "b": 1, "c": 1}.items()}}
    stocks = three(asked, **(shares if by_shares else {}))
    for run in runs(case(stocks, {"release": release(9.0)})):
        held = sum(column(run, group) for group in "abc")
        assert np.array_equal(column(run, "held"), held)
        assert np.array_equal(held + column(run, "out") + column(run, "home"), np.full(7, 57.0))
        assert all((column(run, group) >= 0).all() for group in "abc")
        assert np.array_equal(column(run, "went"), column(run, "out"))
        assert (column(run, "went_a") <= 5.0).all()
        if refusals is not None and "to" in refusals:
            assert np.array_equal(column(run, "refused"), column(run, "home"))
            assert column(run, "home")[-1] > 0
        if refusals is None:
            assert np.array_equal(column(run, "went_a"), 5.0 - column(run, "a"))


def test_arrests_are_divided_among_groups_and_add_up() -> None:
    shares = {"a": make.number(1), "b": make.number(2), "c": make.number(7)}
    stocks = three()
    stocks["held"]["inflows"] = {"arrests": {"by": "arrests", "shares": shares}}
    stocks["new"] = people(None, counts=["stocks.held.inflows.arrests"])
    stocks["new_b"] = people(None, counts=["stocks.held.inflows.arrests.into.b"])
    levers = {"release": release(0.0 + 1e-9), "arrests": release(30.0, initial=11.0)}
    last = last_turn(case(stocks, levers, turns=20), 1000)["stocks.new_b"]
    for run in runs(case(stocks, levers)):
        assert column(run, "held")[-1] == 57.0 + 6 * 11
        assert column(run, "new")[-1] == 6 * 11
        assert column(run, "b")[-1] == 12.0 + column(run, "new_b")[-1]
    assert last.mean() == pytest.approx(20 * 11 * 0.2, abs=0.2)


# --- the mean of a run, by enumeration -------------------------------------------------------


def test_a_shared_release_takes_groups_in_proportion_and_refusers_by_chance() -> None:
    """After one turn: 10 of 57 are asked, a quarter of them refuse."""
    stocks = three({"share": make.number(0.25)})
    last = last_turn(case(stocks, {"release": release(10.0)}, turns=1), 4000)
    for group, held in (("a", 5), ("b", 12), ("c", 40)):
        gone = held - last[f"stocks.{group}"]
        assert gone.mean() == pytest.approx(0.75 * 10 * held / 57, abs=0.06)
    refused = last["stocks.refused"]
    assert np.array_equal(refused, 10.0 - last["stocks.out"])
    assert refused.var() == pytest.approx(10 * 0.25 * 0.75, rel=0.1)


def test_refusals_are_counted_by_group_and_add_up() -> None:
    """After one turn 40 of the 57 are in group c, so are most of those who refuse."""
    stocks = three({"share": make.number(0.25)})
    plain = case(stocks, {"release": release(10.0)}, turns=1)
    last = last_turn(plain, 4000)
    by_group = {group: last[f"stocks.refused_{group}"] for group in "abc"}
    assert np.array_equal(sum(by_group.values()), last["stocks.refused"])
    for group, held in (("a", 5), ("b", 12), ("c", 40)):
        assert by_group[group].mean() == pytest.approx(0.25 * 10 * held / 57, abs=0.06)
    for run in runs(plain):
        told = [run.series[f"stocks.refused_{group}"].iloc[-1] for group in "abc"]
        assert sum(told) == run.series["stocks.refused"].iloc[-1]


# --- limits ----------------------------------------------------------------------------------


def test_a_group_is_used_up_and_its_lever_then_stands_still() -> None:
    stocks = three()
    stocks["away"] = people(0.0, {"returned": {"from": "a", "by": "release_a"}})
    levers = {"release_a": release(2.0), "release": release(1.0)}
    for run in runs(case(stocks, levers)):
        moved = run.series["levers.release_a"].to_numpy()
        assert column(run, "a")[-1] == 0.0
        assert moved[-1] == 0.0
        assert (moved[1:] <= column(run, "a")[:-1]).all()
        assert column(run, "away")[-1] == moved.sum()


@pytest.mark.parametrize("protocol", ["nash", "egalitarian", "zeuthen", "exchange"])
@pytest.mark.parametrize("overlap", [False, True])
def test_levers_do_not_promise_the_same_people_twice(protocol: str, overlap: bool) -> None:
    stocks = three({"share": make.number(0.1)})
    origin: Any = ["b", "c"] if overlap else "held"
    stocks["gone"] = people(0.0, {"sent": {"from": origin, "by": "release_too"}})
    stocks["away"] = people(0.0, {"returned": {"from": "a", "by": "release_a"}})
    levers = {"release": release(44.0), "release_too": release(22.0), "release_a": release(4.0)}
    plain = case(stocks, levers, turns=4)
    plain["channels"]["room"]["protocol"] = protocol
    for run in runs(plain):
        series, held = run.series, column(run, "held")
        asked = series[[f"levers.{name}" for name in levers]].to_numpy()
        assert (asked[1:].sum(axis=1) <= held[:-1]).all()
        # and what was promised is what was asked: nobody was missing when the flow came
        out = np.diff(column(run, "out") + column(run, "refused"))
        assert np.array_equal(out, asked[1:, 0])
        assert np.array_equal(np.diff(column(run, "gone")), asked[1:, 1])
        assert np.array_equal(np.diff(column(run, "away")), asked[1:, 2])
        assert asked[1:].sum() > 50


def test_what_one_channel_was_promised_is_not_promised_in_another() -> None:
    """Ben sells releases to ada and to cyd in the same month, and lets some go of his own will."""
    stocks = three()
    stocks["gone"] = people(0.0, {"sent": {"from": "held", "by": "release_too"}})
    stocks["home"] = people(0.0, {"pardoned": {"from": "held", "by": "pardon"}})
    pardon = {**release(30.0), "unilateral": "up"}
    levers = {"release": release(40.0), "release_too": release(40.0), "pardon": pardon}
    plain = case(stocks, levers, turns=3)
    plain["actors"]["cyd"] = make.actor({"out": 1.0})
    plain["levers"]["y"] = make.lever("cyd", more={"persistence": "momentary"})
    plain["interests"]["trade"]["terms"]["y"] = make.term("levers.y", 0.9)
    plain["interests"]["trade"]["terms"]["mercy"] = make.term("levers.pardon", 0.5)
    plain["channels"]["room"]["table"] = ["x", "release"]
    plain["channels"]["other"] = make.channel(("cyd", "ben"), ["y", "release_too"])
    for run in runs(plain):
        asked = run.series[[f"levers.{name}" for name in levers]].to_numpy()
        assert asked[1].tolist() == [40.0, 17.0, 0.0]  # of 57
        assert asked[2:].sum() == 0.0
        assert column(run, "out")[-1] == 40.0
    plain["levers"]["release_too"] = release(10.0)
    for run in runs(plain):
        assert run.series["levers.pardon"].iloc[1] == 7.0
        assert column(run, "held")[1] == 0.0


def test_a_counter_offer_promises_nobody_twice() -> None:
    """Ada buys something else from ben; cyd outbids her, and wants all who can be released."""
    stocks = three()
    stocks["gone"] = people(0.0, {"sent": {"from": "held", "by": "release_too"}})
    levers = {"release": release(40.0), "release_too": release(40.0), "z": make.lever("ben")}
    plain = case(stocks, levers, turns=1)
    plain["actors"]["ada"] = make.actor({"ports": 1.0})
    plain["actors"]["cyd"] = make.actor({"out": 1.0, "ports": -0.2})
    plain["levers"]["y"] = make.lever("cyd")
    plain["interests"]["ports"] = make.interest(
        make.term("levers.z", 1.0), make.term("levers.x", -0.1)
    )
    plain["interests"]["trade"]["terms"]["y"] = make.term("levers.y", 2.0)
    room, bid = plain["channels"]["room"], {"by": "cyd", "to": "ben", "through": "other"}
    room |= {"table": ["x", "z"], "counter_offer": bid}
    other = make.channel(("cyd", "ben"), ["y", "release", "release_too"], is_open=True)
    plain["channels"]["other"] = other
    for run in runs(plain):
        assert run.meetings[0].ending == "outbid"
        asked = run.series[["levers.release", "levers.release_too"]].to_numpy()[1]
        assert 50.0 < asked.sum() <= 57.0
        assert column(run, "held")[1] == 57.0 - asked.sum()


def test_parts_still_to_be_delivered_are_kept_for_their_partner() -> None:
    """40 of 57 promised in two parts: once 20 are out, 20 of the 37 left are not to be had."""
    stocks = three()
    stocks["gone"] = people(0.0, {"sent": {"from": "held", "by": "release_too"}})
    levers = {"release": release(40.0), "release_too": release(40.0)}
    plain = case(stocks, levers, turns=3)
    plain["actors"]["cyd"] = make.actor({"out": 1.0})
    plain["levers"]["y"] = make.lever("cyd", more={"persistence": "momentary"})
    plain["interests"]["trade"]["terms"]["y"] = make.term("levers.y", 0.9)
    plain["channels"]["room"] |= {"table": ["x", "release"], "tranches": 2}
    plain["channels"]["other"] = make.channel(("cyd", "ben"), ["y", "release_too"], is_open=False)
    opens = make.event({"of": "channels.other", "switch": "on"}, on="2026-02-01")
    plain["events"] = {"opens": opens}
    for run in runs(plain):
        asked = run.series[["levers.release", "levers.release_too"]].to_numpy()
        assert asked[1:3].tolist() == [[20.0, 0.0], [20.0, 17.0]]
        assert column(run, "held")[2] == 0.0


# --- what a release is worth -----------------------------------------------------------------


@pytest.mark.parametrize("by_shares", [False, True])
def test_slopes_are_what_a_release_does_on_average(by_shares: bool) -> None:
    """Linear terms of every stock that the flow touches, against the mean change by hand."""
    shares = {"shares": {g: make.number(w) for g, w in {"a": 3, "b": 1, "c": 1}.items()}}
    stocks = three({"share": make.number(0.25), "to": "home"}, **(shares if by_shares else {}))
    names = ("a", "b", "c", "held", "out", "home", "went", "went_a", "refused", "refused_a")
    effects = dict(
        zip(names, (0.7, -0.2, 0.1, 0.4, 0.3, -0.9, 0.05, 0.6, -0.15, 0.35), strict=True)
    )
    terms = tuple(make.term(f"stocks.{name}", effects[name]) for name in names)
    plain = case(stocks, {"release": release(9.0)}, terms=terms)
    model = make.model(plain)
    structure, values, state = model.arrays
    weigh_interests(structure, values, state)
    find_slopes(structure, values, state)
    part = (
        {"a": 0.6, "b": 0.2, "c": 0.2} if by_shares else {"a": 5 / 57, "b": 12 / 57, "c": 40 / 57}
    )
    change = {group: -part[group] for group in "abc"}
    change |= {"held": -1.0, "out": 0.75, "home": 0.25, "went": 0.75, "refused": 0.25}
    change["went_a"] = 0.75 * part["a"]
    change["refused_a"] = 0.25 * part["a"]
    lever = list(plain["levers"]).index("release")
    # every stock's scale is 0 to 100
    worth = sum(effects[name] * change[name] for name in names) / 100
    assert state.slope[lever, 0] == pytest.approx(worth, abs=1e-15)


def test_a_share_that_answers_follows_its_quantity() -> None:
    """With the quantity at the high end of its scale nobody goes any more."""
    answers = {"to": "stocks.fear", "by": make.number(0.8)}
    stocks = three({"share": make.number(0.2), "answers": answers})
    stocks["fear"] = make.stock(100.0)
    for run in runs(case(stocks, {"release": release(9.0)})):
        assert column(run, "out")[-1] == 0.0
        assert column(run, "refused")[-1] == run.series["levers.release"].sum() > 0


def test_refusals_are_not_a_breach() -> None:
    for run in runs(case(three({"share": make.number(0.5)}), {"release": release(5.0)})):
        assert all(all(one.kept.values()) for one in run.agreements)
        trust = [one for one in run.series.columns if one.startswith("trust")]
        assert not trust or run.series[trust].nunique().max() == 1


def test_events_on_a_group_move_its_sum() -> None:
    strike = make.event({"of": "stocks.b", "set": make.number(3.0)}, on="2026-02-01")
    plain = case(three(), {"release": release(1e-9)}, more={"events": {"one": strike}})
    run = make.model(plain).run()
    assert column(run, "held").tolist() == [57.0, 57.0] + [48.0] * 5


# --- the textbook case, worked by hand -------------------------------------------------------


def test_textbook_case_gives_the_numbers_of_its_page() -> None:
    """Four citizens a month until ten are out; then the waiver falls from 1 to 5/6."""
    run = run_scenario("groups_of_people")
    assert run.series["levers.release_citizens"].tolist() == [0, 4, 4, 2, 0, 0, 0]
    assert run.series["levers.waiver"].to_numpy()[1:] == pytest.approx(
        [1, 1, 1, 5 / 6, 5 / 6, 5 / 6]
    )
    assert run.series["levers.release_abroad"].tolist() == [0, *[10] * 6]
    base = run.measures
    assert base["released_into_exile"] + base["refusals"] == 60
    assert base["held_final"] == 100 - base["citizens_returned"] - base["released_into_exile"]
    home = run_scenario("groups_of_people/refusers_go_home").measures
    assert home["at_home"] == home["refusals"]
    assert home["held_final"] == 100 - 60 - home["citizens_returned"]
