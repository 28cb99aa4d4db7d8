"""Levers that come in lumps stay on their steps, whatever moves them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import generators as make
import pytest

from minsksim import Actor, Model, suppose

LICENCE = (0.0, 0.2, 0.5, 1.0)


class Scripted(Actor):
    """Makes one move a turn, as listed."""

    moves: Sequence[tuple[str, str] | None] = ()

    def choose_act(self) -> tuple[str, str] | None:
        return self.moves[self.model.turn - 1]


def alone(moves: Sequence[str], *, step: tuple[float, float], initial: float = 0.0) -> list[float]:
    """Where a licence stands after each of one actor's moves."""
    lever = make.lever("ada", unilateral="both", step=step, initial=initial)
    plain = make.document(
        {"ada": make.actor({"x": 1.0})},
        {"licence": lever | {"steps": list(LICENCE)}},
        {"x": make.interest(make.term("levers.licence"))},
        turns=len(moves),
    )
    kind = type("Ada", (Scripted,), {"moves": [("licence", way) for way in moves]})
    model = Model(make.scenario(plain), actor_classes={"ada": kind})
    return [float(x) for x in model.run().series["levers.licence"]][1:]


@pytest.mark.parametrize(
    ("step", "initial", "moves", "stands"),
    [
        ((1.0, 1.0), 0.0, ["up", "up", "up", "down"], [0.2, 0.5, 1.0, 0.5]),
        ((0.3, 1.0), 0.2, ["up", "up", "down"], [0.5, 0.5, 0.2]),
        ((0.5, 0.4), 0.5, ["up", "down"], [1.0, 1.0]),
    ],
    ids=["one step each", "too far to go up", "too far to go down"],
)
def test_who_acts_alone_moves_a_lever_to_its_next_step(
    step: tuple[float, float], initial: float, moves: list[str], stands: list[float]
) -> None:
    assert alone(moves, step=step, initial=initial) == stands


def trade(
    *, initial: float = 0.0, more: dict[str, Any] | None = None, **of_room: Any
) -> make.Plain:
    """Ada's licence, in lumps, for ben's border, which opens by any share."""
    licence = make.lever("ada", unilateral="both", initial=initial) | {"steps": list(LICENCE)}
    return make.document(
        {"ada": make.actor({"x": -0.3, "y": 0.7}), "ben": make.actor({"x": 0.7, "y": -0.3})},
        {"licence": licence, "border": make.lever("ben", unilateral="both")},
        {
            "x": make.interest(make.term("levers.licence")),
            "y": make.interest(make.term("levers.border")),
        },
        channels={"room": make.channel(("ada", "ben"), ("licence", "border"), **of_room)},
        turns=3,
        more=more or {},
    )


def played(
    plain: make.Plain, lever: str = "licence", **moves: Sequence[tuple[str, str] | None]
) -> list[float]:
    """Where a lever stands in each turn, if the actors make these moves alone."""
    kinds = {
        name: type(name.title(), (Scripted,), {"moves": moves.get(name, [None] * 4)})
        for name in plain["actors"]
    }
    run = Model(make.scenario(plain), actor_classes=kinds).run()
    return [float(x) for x in run.series[f"levers.{lever}"]][1:]


def test_a_breach_brings_a_lever_back_to_the_step_it_came_from() -> None:
    """Ben opens all for a general licence, closes in turn 2, and they begin anew."""
    plain = trade(initial=0.2)
    assert played(plain, ben=[None, ("border", "down"), None]) == [1.0, 0.2, 1.0]


def between(value: float, turns: int = 3) -> make.Plain:
    """In turn 2 an event puts the licence where it has no step; the two never meet."""
    shock = make.event({"of": "levers.licence", "set": make.number(value)}, on="2026-02-01")
    return trade(more={"events": {"shock": shock}}, quality=0.0)


def test_a_lever_put_between_two_steps_stays_or_goes_to_a_step() -> None:
    assert played(between(0.4)) == [0.0, 0.4, 0.4]
    assert played(between(0.4), ada=[None, None, ("licence", "up")]) == [0.0, 0.4, 0.5]
    assert played(between(0.4), ada=[None, None, ("licence", "down")]) == [0.0, 0.4, 0.2]


def test_a_package_takes_a_lever_from_between_two_steps_to_a_step() -> None:
    """They meet in turn 3: 0.6 of a licence, from 0.4, for 0.829 of the border."""
    plain = between(0.4)
    opening = make.event({"of": "channels.room", "switch": "on"}, on="2026-03-01")
    plain["events"]["opening"] = opening
    plain["channels"]["room"] |= {"open": False, "quality": make.number(1.0)}
    assert played(plain) == [0.0, 0.4, 1.0]
    assert played(plain, "border") == pytest.approx([0.0, 0.0, 0.348 / 0.42])


def test_a_package_leaves_a_lever_between_two_steps_that_are_too_far() -> None:
    """In turn 3 they meet; the licence can go by 0.05, and a courtesy suits both."""
    plain = between(0.4)
    plain["levers"]["licence"]["steps"] = [0.0, 0.05, 0.5, 1.0]
    plain["levers"]["licence"]["step"] = {"up": make.number(0.05), "down": make.number(0.05)}
    plain["levers"]["courtesy"] = make.lever("ben")
    for name in ("x", "y"):
        plain["interests"][name]["terms"]["courtesy"] = make.term("levers.courtesy")
    opening = make.event({"of": "channels.room", "switch": "on"}, on="2026-03-01")
    plain["events"]["opening"] = opening
    room = plain["channels"]["room"]
    room |= {"open": False, "quality": make.number(1.0), "table": ["licence", "courtesy"]}
    assert played(plain) == [0.0, 0.4, 0.4]
    assert played(plain, "courtesy") == [0.0, 0.0, 1.0]


def test_what_is_imposed_may_lie_between_steps() -> None:
    imposed = suppose(make.scenario(trade()), impose="licence=0.4@2")
    run = Model(imposed).run()
    assert run.series["levers.licence"].tolist()[2:] == [0.4, 0.4]


@pytest.mark.parametrize(
    ("up", "demand", "stands"), [(1.0, 1.0, 1.0), (1.0, 0.5, 0.5), (0.6, 1.0, 0.5), (0.3, 1.0, 0.2)]
)
def test_a_demand_is_met_as_far_as_a_turn_allows(up: float, demand: float, stands: float) -> None:
    """Sam's sanction hurts ada more than the licence that it demands."""
    licence = make.lever("ada", step=(up, 1.0)) | {"steps": list(LICENCE)}
    plain = make.document(
        {
            "sam": make.actor({"x": 0.9, "l": 0.1}, audience_cost=1.0),
            "ada": make.actor({"x": -0.1, "l": -0.9}),
        },
        {"licence": licence, "l": make.lever("sam") | {"steps": [0.0, 1.0]}},
        {
            "x": make.interest(make.term("levers.licence")),
            "l": make.interest(make.term("levers.l")),
        },
        turns=1,
        more={"threats": {"order": make.threat("sam", "ada", ("licence", demand), ("l", 1.0))}},
    )
    assert played(plain) == [stands]
