"""What a run takes over from others of its design point changes no bit of it."""

from __future__ import annotations

import generators as make
import numpy as np
import pytest

from minsksim.engine.arrays import randomness
from minsksim.engine.arrays.compile import Compiled, compile_scenario
from minsksim.engine.batch import simulate

RUNS = 30


def drifting(regard: float = 0.1, turns: int = 8, **more: object) -> make.Plain:
    """Three who heed each other and bargain; utilities at the end show every weight."""
    names = ("ada", "ben", "cid")
    weights = [{"x": 1.0, "y": -0.4}, {"x": -0.2, "y": 0.7}, {"x": 0.3, "y": 0.3}]
    plain = make.document(
        {
            name: make.actor(weight, susceptibility=0.3, rationality=8.0)
            for name, weight in zip(names, weights, strict=True)
        },
        {"x": make.lever("ada", initial=0.4), "y": make.lever("ben", initial=0.6)},
        {name: make.interest(make.term(f"levers.{name}")) for name in "xy"},
        channels={"room": make.channel(("ada", "ben"), ("x", "y"), quality=0.7)},
        turns=turns,
        more=dict(more),
    )
    plain["influence"] = {
        f"{one}_{other}": {
            "from": one,
            "to": other,
            "weight": make.number(0.5),
            "regard": make.number(regard),
        }
        for one in names
        for other in names
        if one != other
    }
    return plain


def measures(compiled: Compiled, points: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Measures of runs that are played one after another in one block."""
    return simulate(compiled, points, rows, np.arange(len(rows)), 3).measures


def alone(compiled: Compiled, points: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The same, each in a block of its own."""
    blocks = [
        simulate(compiled, points, rows[r : r + 1], np.array([r]), 3) for r in range(len(rows))
    ]
    return np.concatenate([block.measures for block in blocks])


def weigh(on: str | None = None, hazard: float | None = None) -> make.Plain:
    change = {"of": "salience.ada.y", "shift": make.number(2.0)}
    return make.event(change, on=on) if on else make.event(change, hazard=hazard)


@pytest.mark.parametrize(
    "events",
    [
        {},
        {"dated": weigh(on="2026-03-15")},
        {"chance": weigh(hazard=0.15)},
        {"dated": weigh(on="2026-03-15"), "chance": weigh(hazard=0.15)},
    ],
    ids=["none", "dated", "chance", "both"],
)
def test_runs_of_one_block_are_those_played_alone(events: dict[str, make.Plain]) -> None:
    compiled = compile_scenario(make.scenario(drifting(events=events)))
    points, rows = compiled.point({})[None, :], np.zeros(RUNS, np.int64)
    together = measures(compiled, points, rows)
    np.testing.assert_array_equal(together, alone(compiled, points, rows))
    assert len(np.unique(together)) > 2


def test_a_course_is_that_of_its_own_design_point() -> None:
    compiled = compile_scenario(make.scenario(drifting()))
    other = compiled.point({"actors.ada.susceptibility": 0.9})
    points, rows = np.stack([compiled.point({}), other]), np.arange(RUNS) // 3 % 2
    together = measures(compiled, points, rows)
    np.testing.assert_array_equal(together, alone(compiled, points, rows))


def test_private_types_leave_the_course() -> None:
    belief = make.belief("ada", "ben", "x", types=(0.1, 0.9))
    compiled = compile_scenario(make.scenario(drifting(0.0, beliefs={"ada_cares": belief})))
    points, rows = compiled.point({})[None, :], np.zeros(RUNS, np.int64)
    together = measures(compiled, points, rows)
    np.testing.assert_array_equal(together, alone(compiled, points, rows))


def test_what_answers_to_a_quantity_is_no_part_of_the_course() -> None:
    """Salience is on the course of all runs, and what is at stake is each run's own."""
    anger = {"of": "salience.ada.y", "to": "levers.x", "by": make.number(-0.9)}
    compiled = compile_scenario(make.scenario(drifting(answers={"anger": anger})))
    points, rows = compiled.point({})[None, :], np.zeros(RUNS, np.int64)
    together = measures(compiled, points, rows)
    np.testing.assert_array_equal(together, alone(compiled, points, rows))
    assert len(np.unique(together)) > 2


def test_every_draw_of_a_turn_has_its_own_address() -> None:
    """Names and purposes as they always were, whole vectors of them."""
    events = {"chance": weigh(hazard=0.15)}
    structure = compile_scenario(make.scenario(drifting(events=events))).structure
    wanted = {
        randomness.MEET: ["channels.room"],
        randomness.ACCEPT: ["channels.room.ada", "channels.room.ben"],
        randomness.KEEP: ["channels.room.ada", "channels.room.ben"],
        randomness.ACT: ["actors.ada", "actors.ben", "actors.cid"],
        randomness.EVENT: ["events.chance"],
    }
    for purpose, names in wanted.items():
        begin = structure.draw_start[purpose]
        rows = slice(begin, begin + len(names))
        assert structure.draw_name[rows].tolist() == [randomness.name_hash(name) for name in names]
        assert (structure.draw_purpose[rows] == purpose).all()
    assert len(structure.draw_name) % 8 == 0
