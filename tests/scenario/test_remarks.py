"""Remarks from the file alone: each is planted once, and gone where its cause is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import generators as make
import numpy as np
import pytest

from minsksim.scenario import list_scenarios, load_scenario
from minsksim.scenario.remarks import Remark, remarks_on

Plant = Callable[[make.Plain], object]


def case() -> make.Plain:
    """Return a case of two that trade x for y and read everything they have."""
    return make.document(
        {"ada": make.actor({"of_x": 1.0, "of_y": -0.5}), "ben": make.actor({"of_y": 1.0})},
        {"x": make.lever("ada"), "y": make.lever("ben")},
        {f"of_{name}": make.interest(make.term(f"levers.{name}")) for name in "xy"},
        channels={"room": make.channel(("ada", "ben"), ("x", "y"))},
        more={"stocks": {}, "events": {}, "markets": {}, "beliefs": {}, "threats": {}},
    )


def found(plain: make.Plain, kind: str) -> list[Remark]:
    return [one for one in remarks_on(make.scenario(plain)) if one.kind == kind]


def test_a_case_in_which_all_is_used_has_no_remark() -> None:
    assert remarks_on(make.scenario(case())) == ()


def off_the_table(plain: make.Plain) -> None:
    plain["channels"]["room"]["table"] = ["x"]


def in_people(plain: make.Plain) -> None:
    """A lever that lets go people who are not there."""
    held = make.stock(0.0, whole=True) | {"unit": "people"}
    out = {"deals": {"from": "held", "by": "y"}}
    free = make.stock(0.0, out, whole=True) | {"unit": "people"}
    plain["stocks"] = {"held": held, "free": free}
    plain["levers"]["y"] |= {"unit": "people", "persistence": "momentary"}


def in_small_steps(plain: make.Plain) -> None:
    in_people(plain)
    plain["stocks"]["held"]["initial"] = make.number(9.0)
    plain["levers"]["y"]["step"] = {"up": make.number(0.5), "down": make.number(0.5)}


def upwards_alone(plain: make.Plain) -> None:
    off_the_table(plain)
    plain["levers"]["y"] |= {"unilateral": "up", "initial": make.number(1.0)}


STILL: dict[str, tuple[Plant, str]] = {
    "off the table": (off_the_table, "on no table"),
    "inactive": (lambda p: p["levers"]["y"].update(active=False), "not active"),
    "closed": (lambda p: p["channels"]["room"].update(open=False), "can never meet"),
    "no quality": (
        lambda p: p["channels"]["room"].update(quality=make.number(0.0)), "can never meet"
    ),
    "no step": (
        lambda p: p["levers"]["y"].update(step={w: make.number(0.0) for w in ("up", "down")}),
        "its step is 0",
    ),
    "at its end": (upwards_alone, "at the end of its bounds and can only go up"),
    "empty": (in_people, "draws on held"),
    "small steps": (in_small_steps, "below 1"),
}  # fmt: skip


@pytest.mark.parametrize("name", STILL)
def test_a_lever_that_cannot_move_is_told_with_the_reason(name: str) -> None:
    plant, why = STILL[name]
    plain = case()
    plant(plain)
    told = {one.of[0]: one for one in found(plain, "still")}
    assert why in told["levers.y"].says
    assert told["levers.y"].advice.count("`") >= 2
    run = make.model(plain).run()
    assert run.series["levers.y"].nunique() == 1


RESCUED: dict[str, Plant] = {
    "set by an event": lambda p: p["events"].update(
        e=make.event({"of": "levers.y", "set": make.number(1.0)}, hazard=0.5)
    ),
    "alone": lambda p: p["levers"]["y"].update(unilateral="up"),
    "by a threat": lambda p: p["threats"].update(
        h=make.threat("ada", "ben", ("y", 1.0), ("x", 1.0))
    ),
    "asked to stand": lambda p: p.update(what_if={"forbid": ["y"]}),
}


@pytest.mark.parametrize("name", RESCUED)
def test_a_lever_that_something_else_moves_is_no_remark(name: str) -> None:
    plain = case()
    off_the_table(plain)
    assert found(plain, "still")
    RESCUED[name](plain)
    assert not found(plain, "still")


@pytest.mark.parametrize("how", ["switched on", "answered", "on a date"])
def test_a_channel_that_may_open_moves_levers(how: str) -> None:
    plain = case()
    room = plain["channels"]["room"]
    if how == "answered":
        room["quality"] = make.number(0.0)
        answer = {"of": "meetings.room", "to": "levers.x", "by": make.number(0.5)}
        plain["answers"] = {"call": answer}
    elif how == "on a date":
        room |= {"quality": make.number(0.0), "meetings": {"on": ["2026-02-15"]}}
    else:
        room["open"] = False
        opens = make.event({"of": "channels.room", "switch": "on"}, hazard=0.5)
        plain["events"] = {"opens": opens}
    assert not found(plain, "still")


def test_what_nothing_reads_is_told_and_what_anything_reads_is_not() -> None:
    plain = case()
    plain["levers"]["z"] = make.lever("ada", unilateral="both")
    plain["levers"]["fed"] = make.lever("ada", unilateral="both")
    plain["stocks"] = {
        "store": make.stock(9.0, {"in": {"by": "fed"}}),
        "sold": make.stock(0.0, {"out": {"from": "store", "rate": make.number(0.1)}}),
    }
    price = {"label": "P", "unit": "crowns", "reference": [0, 9], "price": make.number(5.0)}
    plain["markets"]["bread"] = {**price, "responses": {"x": make.number(1.0)}}
    plain["beliefs"] = {
        name: make.belief("ada", by, "of_x", (0.1, 0.9)) for name, by in (("b", "public"),)
    }
    told = [one.of[0] for one in found(plain, "unread")]
    assert told == ["levers.z", "stocks.sold", "markets.bread", "beliefs.b"]
    for name in told:
        measure = {"label": "M", "unit": "units", "of": [name], "take": "final"}
        plain["measures"]["_".join(["m", *name.split(".")])] = measure
    assert not found(plain, "unread")


def test_a_stock_that_meetings_spend_is_read() -> None:
    plain = case()
    plain["stocks"]["visits"] = make.stock(9.0) | {"unit": "visits"}
    assert [one.of[0] for one in found(plain, "unread")] == ["stocks.visits"]
    spends = {"stock": "visits", "amount": make.number(1.0)}
    plain["channels"]["room"]["meetings"] = {"spends": spends}
    assert not found(plain, "unread")


def test_an_interest_that_all_weigh_by_nothing_or_that_is_dropped_is_told() -> None:
    plain = case()
    plain["interests"]["idle"] = make.interest(make.term("levers.x"))
    plain["actors"]["ben"]["salience"]["idle"] = make.number(0.0)
    (one,) = found(plain, "unweighed")
    assert one.of == ("interests.idle", "interests.idle.terms.t0")
    stirs = make.event({"of": "salience.ben.idle", "set": make.number(0.5)}, hazard=0.5)
    assert not found({**plain, "events": {"stirs": stirs}}, "unweighed")
    plain["actors"]["ben"]["salience"]["idle"] = make.number(0.3)
    assert not found(plain, "unweighed")
    for drop in ("interests.idle", "actors.ben.salience.idle", "interests.idle.terms.t0"):
        (one,) = found({**plain, "what_if": {"drop": [drop]}}, "unweighed")
        assert "dropped" in one.says


def varied(value: float) -> make.Plain:
    return make.number(value) | {"range": sorted([0.4 * value, 1.7 * value])}


def with_ranges() -> make.Plain:
    plain = case()
    for actor in plain["actors"].values():
        actor["salience"] = {k: varied(n["value"]) for k, n in actor["salience"].items()}
    for interest in plain["interests"].values():
        interest["terms"]["t0"]["effect"] = varied(1.0)
    return plain


def test_products_are_told_by_their_two_rules() -> None:
    """Ratios of ada's two weights, ben's one weight, and two interests of one term each."""
    told = found(with_ranges(), "product")
    assert [one.says.partition(":")[0] for one in told] == ["ada", "ben", "of_x", "of_y"]
    assert [one.can_hold for one in told] == [1, 1, 1, 1]
    assert "by its sign alone" in told[1].says
    assert told[3].of == (
        "actors.ada.salience.of_y", "actors.ben.salience.of_y", "interests.of_y.terms.t0.effect",
    )  # fmt: skip
    plain = with_ranges()
    plain["interests"]["of_y"]["terms"]["t1"] = make.term("levers.x") | {"effect": varied(0.1)}
    told = found(plain, "product")
    assert "of_y" not in {one.says.partition(":")[0] for one in told}
    del plain["actors"]["ada"]["salience"]["of_x"]["range"]
    assert [one.says.partition(":")[0] for one in found(plain, "product")] == ["ben"]


@pytest.mark.parametrize("moved", ["event", "answer", "influence"])
def test_products_are_not_told_where_other_weights_move(moved: str) -> None:
    """What moves one of ada's weights changes the share of the other, whatever its effect."""
    plain = with_ranges()
    if moved == "event":
        shift = {"of": "salience.ada.of_y", "shift": make.number(0.2)}
        plain["events"] = {"jolt": make.event(shift, hazard=0.1)}
    elif moved == "answer":
        to = {"of": "salience.ada.of_y", "to": "levers.x", "by": make.number(0.2)}
        plain["answers"] = {"mood": to}
    else:
        plain["actors"]["ada"]["susceptibility"] = make.number(0.3)
        edge = {"from": "ben", "to": "ada", "weight": make.number(1.0), "regard": make.number(0.0)}
        plain["influence"] = {"ben_on_ada": edge}
    told = found(plain, "product")
    assert [one.says.partition(":")[0] for one in told] == ["ada", "ben"]


def test_the_identities_hold_in_runs() -> None:
    """Three times all weights is the same run; (2 w)(e / 2) in all interests, the same deals."""
    plain = with_ranges()
    base = make.model(plain).run()
    assert base.agreements
    for actor in plain["actors"].values():
        for weight in actor["salience"].values():
            weight["value"] *= 3.0
            weight["range"] = [3.0 * end for end in weight["range"]]
    again = make.model(plain).run()
    np.testing.assert_allclose(again.utilities, base.utilities, rtol=1e-12)
    ada = plain["actors"]["ada"]["salience"]["of_x"]
    ada |= {"value": 2.0 * ada["value"], "range": [0.0, 100.0]}
    plain["interests"]["of_x"]["terms"]["t0"]["effect"] = make.number(0.5)
    other = make.model(plain).run()
    np.testing.assert_allclose(other.series, base.series, atol=1e-9)


def test_ranges_that_nobody_thought_about_are_counted() -> None:
    plain = with_ranges()
    plain["levers"]["x"]["cost"]["up"] = make.number(0.2) | {"range": [0.1, 0.3]}
    plain["actors"]["ada"]["salience"]["of_y"]["range"] = [-0.75, -0.25]
    (one,) = found(plain, "mechanical")
    assert set(one.of) == {"levers.x.cost.up", "actors.ada.salience.of_y"}
    assert one.says.startswith("2 of 6 ranges")


def test_what_the_flagship_has() -> None:
    told = remarks_on(load_scenario("minsk"))
    still = {one.of[0] for one in told if one.kind == "still"}
    assert still == {"levers.port_access", "levers.canada_supply", "levers.eu_potash_relief"}


LONE = {"of": "salience.ben.of_y", "shift": make.number(0.5)}


def shifted(**effect: object) -> make.Plain:
    """Return the case in which an event moves all that ben weighs."""
    plain = case()
    plain["events"]["e"] = make.event({"of": "salience.ben.of_y", **effect}, on="2026-02-01")
    return plain


SHIFTS: dict[str, tuple[make.Plain, bool]] = {
    "more": (shifted(shift=make.number(0.5)), True),
    "less": (shifted(shift=make.number(-0.9)), True),
    "set": (shifted(set=make.number(3.0)), True),
    "for a while": (shifted(shift=make.number(0.5), lasts=1), True),
    "to nothing": (shifted(shift=make.number(-1.0)), False),
    "turned round": (shifted(set=make.number(-1.0)), False),
    "one of two": (
        case() | {"events": {"e": make.event(LONE | {"of": "salience.ada.of_y"}, on="2026-02-01")}},
        False,
    ),
}


@pytest.mark.parametrize("name", SHIFTS)
def test_a_shift_of_the_only_weight_is_told_where_it_changes_nothing(name: str) -> None:
    plain, is_told = SHIFTS[name]
    told = found(plain, "without_effect")
    assert [one.of[0] for one in told] == ["events.e.effects.f0"] * is_told
    run = make.model(plain).run()
    bare = make.model(plain | {"events": {}}).run()
    assert run.utilities.equals(bare.utilities) or not is_told


@pytest.mark.parametrize(
    ("by", "beyond", "is_told"),
    [(0.5, None, True), (-0.5, None, False), (-0.5, 0.5, True), (-1.5, 0.5, False)],
)
def test_so_is_an_answer(by: float, beyond: float | None, is_told: bool) -> None:
    plain = case()
    answer = {"of": "salience.ben.of_y", "to": "levers.x", "by": make.number(by)}
    plain["answers"] = {
        "glow": answer | ({} if beyond is None else {"beyond": make.number(beyond)})
    }
    assert [one.of[0] for one in found(plain, "without_effect")] == ["answers.glow"] * is_told


def test_a_second_weight_that_is_moved_gives_the_shift_its_effect() -> None:
    plain = shifted(shift=make.number(0.5))
    other = make.event({"of": "salience.ben.of_x", "shift": make.number(0.5)}, on="2026-02-01")
    plain["events"]["f"] = other
    assert not found(plain, "without_effect")


def spending(initial: float, inflow: make.Plain | None = None, **of_stock: object) -> make.Plain:
    """Return the case in which a meeting takes one visit of so many."""
    plain = case()
    inflows = {} if inflow is None else {"gained": inflow}
    plain["stocks"]["visits"] = make.stock(initial, inflows) | of_stock
    plain["channels"]["room"]["meetings"] = {
        "spends": {"stock": "visits", "amount": make.number(1.0)}
    }
    plain["calendar"]["turns"] = 4
    return plain


SPENT: dict[str, tuple[make.Plain, bool]] = {
    "none": (spending(0.0), True),
    "too few": (spending(0.5), True),
    "one": (spending(1.0), False),
    "saved up": (spending(0.0, {"amount": make.number(0.25)}), False),
    "in tenths": (spending(0.6, {"amount": make.number(0.1)}), False),
    "too slow": (spending(0.0, {"amount": make.number(0.2)}), True),
    "faded": (spending(0.0, {"amount": make.number(0.3)}, decay=make.number(0.5)), True),
    "bounded": (spending(0.0, {"amount": make.number(0.9)}, bounds=[0, 0.95]), True),
    "by a lever": (spending(0.0, {"by": "x", "per": make.number(1.0)}), False),
    "by too small a lever": (spending(0.0, {"by": "x", "per": make.number(0.2)}), True),
}


@pytest.mark.parametrize("name", SPENT)
def test_a_channel_that_can_never_afford_a_meeting_is_told(name: str) -> None:
    plain, is_told = SPENT[name]
    (told, *_) = found(plain, "cannot_meet") or [None]
    assert (told is not None) == is_told
    if told is not None:
        assert told.of == ("channels.room", "stocks.visits")
        assert not found(plain, "still"), "told of the channel, where the cause is"
        ends = {one.ending for one in make.model(plain).run().meetings}
        assert ends == {"nothing_left"}


@pytest.mark.parametrize(
    ("weight", "how", "is_told"),
    [
        (1.0, {"effect": 1.0, "rho": 2.0}, True),
        (1.0, {"effect": 1.0, "rho": 0.5}, False),
        (1.0, {"effect": -1.0, "rho": 2.0}, False),
        (1.0, {"effect": -1.0, "rho": 0.5}, True),
        (-1.0, {"effect": 1.0, "rho": 0.5}, True),
        (1.0, {"effect": 1.0, "rate": 2.0}, False),
        (1.0, {"effect": -1.0, "rate": 2.0}, True),
        (1.0, {"effect": 1.0}, False),
    ],
)
def test_a_gain_that_grows_faster_and_faster_is_told(
    weight: float, how: dict[str, Any], is_told: bool
) -> None:
    """At the table of its lever alone, and only for a party that weighs it."""
    plain = case()
    plain["interests"]["of_x"] = make.interest(make.term("levers.x", **how))
    plain["actors"]["ada"]["salience"]["of_x"] = make.number(weight)
    assert [one.of[0] for one in found(plain, "convex")] == ["interests.of_x.terms.t0"] * is_told
    plain["channels"]["room"]["table"] = ["y"]
    assert not found(plain, "convex")


def test_what_is_shipped_has_gains_that_fall_off() -> None:
    for entry in list_scenarios():
        for one in (entry, *entry.variants):
            told = remarks_on(load_scenario(one.name))
            assert not [each for each in told if each.kind == "convex"], one.name
