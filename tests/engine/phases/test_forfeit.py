"""What a breach forfeits, worked by hand, and the hold-up that its closed form knows."""

from __future__ import annotations

from typing import Any

import generators as make
import pytest

from minsksim import Actor, Model, load_scenario, run_scenario
from minsksim._compiled.twins import bare
from minsksim.engine.phases.act import price_of_reversal
from minsksim.engine.phases.forfeit import forfeited
from minsksim.theory.tranches import tranches_needed

TURNS, D, TRUST, EXPOSURE = 6, 0.9, 0.75, 0.04
SERVED, OWN, COST = 0.8, 0.1, 0.03
"""What the partner's whole lever brings a turn, what the own one takes, and its cost of moving."""


def a(discount: float, turns: int) -> float:
    """Return A(d, n) by adding up."""
    return sum(discount**turn for turn in range(turns))


def swap(parts: int, **lever: Any) -> Any:
    """Ada's x serves ben and costs her, and ben's y the other way round; trust is three in four."""
    salience = {
        "ada": {"x": -OWN, "y": SERVED, "rest": 0.1},
        "ben": {"x": SERVED, "y": -OWN, "rest": 0.1},
    }
    actors = {
        name: make.actor(one, patience=D, audience_cost=EXPOSURE) for name, one in salience.items()
    }
    levers = {
        name: make.lever(owner, cost=(COST, 0.0), more=lever)
        for name, owner in (("x", "ada"), ("y", "ben"))
    }
    interests = {name: make.interest(make.term(f"levers.{name}")) for name in "xy"}
    interests["rest"] = make.interest(make.term("levers.x", 0.0))
    trust = ((3.0, 1.0), (3.0, 1.0))
    room = make.channel(("ada", "ben"), "xy", protocol="egalitarian", tranches=parts, trust=trust)
    plain = make.document(actors, levers, interests, channels={"room": room}, turns=TURNS)
    return plain | {"horizon": 100}


class Weighs(Actor):
    """Keeps everything, and notes what breaking it would forfeit."""

    found: dict[int, float]

    def keeps(self, offer: Any) -> bool:
        noted = self.__dict__.setdefault("found", {})
        noted[self.model.turn] = bare(forfeited)(*self.model.arrays, 0, 0)
        return True


class Keeps(Actor):
    """Keeps everything."""

    def keeps(self, offer: Any) -> bool:
        return True


def noted(plain: Any, turns: int) -> tuple[Model, dict[int, float]]:
    """Return a model after some turns, and what ada saw she would forfeit in each."""
    model = Model(make.scenario(plain), actor_classes={"ada": Weighs, "ben": Keeps})
    for _ in range(turns):
        model.step()
    return model, model.actors_by_name["ada"].__dict__["found"]


def test_the_gain_of_a_package_is_its_present_value() -> None:
    """t du A(d t, n) for ben's lever, du A(d, n) for the own one, the cost once."""
    model, _ = noted(swap(1), 1)
    worth = TRUST * SERVED * a(D * TRUST, TURNS) - OWN * a(D, TURNS) - COST
    assert model.agreements[0].gains["ada"] == pytest.approx(worth, abs=1e-12)
    model, _ = noted(swap(1, reversible=False), 1)
    worth = TRUST * SERVED * a(D, TURNS) - OWN * a(D, TURNS) - COST
    assert model.agreements[0].gains["ada"] == pytest.approx(worth, abs=1e-12)


def later(first: int, keep: float, parts: int = 3) -> float:
    """Return what the later of three parts are worth in the turn of the part ``first``."""
    total = 0.0
    for part in range(first + 1, parts + 1):
        wait, left = part - first, TURNS - part + 1
        gain = TRUST * SERVED * a(D * keep, left) - OWN * a(D, left) - COST
        total += D**wait * gain / parts
    return total


def test_a_breach_forfeits_what_is_due_what_stands_and_what_would_come() -> None:
    _, found = noted(swap(3), 3)
    part = SERVED / 3
    for turn in (1, 2, 3):
        kept = a(D * TRUST, TURNS - turn + 1)
        by_hand = TRUST * part * kept + (turn - 1) * part * kept + later(turn, TRUST)
        assert found[turn] == pytest.approx(by_hand, abs=1e-12)


def test_parts_after_the_last_turn_that_counts_neither_gain_nor_cost() -> None:
    """Both count up to March, so that in March the parts of April to June are nothing to ada."""
    plain = swap(6) | {"horizon": "2026-03-01"}
    _, found = noted(plain, 3)
    part = SERVED / 6
    assert found[3] == pytest.approx(TRUST * part + 2 * part, abs=1e-12)
    gain = TRUST * part - OWN / 6 - COST / 6
    assert found[2] == pytest.approx((TRUST + 1) * part * (1 + D * TRUST) + D * gain, abs=1e-12)


def test_what_is_given_for_good_is_not_forfeited() -> None:
    _, found = noted(swap(3, reversible=False), 3)
    for turn in (1, 2, 3):
        assert found[turn] == pytest.approx(later(turn, 1.0), abs=1e-12)
    assert found[3] == 0.0


def test_momentary_parts_count_for_their_turn() -> None:
    plain = swap(3, persistence="momentary")
    for actor in plain["actors"].values():
        actor["rationality"] = make.number(make.ALWAYS)
    _, found = noted(plain, 3)
    part = TRUST * SERVED / 3
    own = (OWN + COST) / 3
    for turn in (1, 2, 3):
        by_hand = part + sum(D**wait * (part - own) for wait in range(1, 3 - turn + 1))
        assert found[turn] == pytest.approx(by_hand, abs=1e-12)


def test_going_back_alone_costs_what_stands_and_the_audience() -> None:
    model, _ = noted(swap(1), 2)
    kept = a(D * 4 / 5, TURNS - 2 + 1)  # a promise kept: trust is 4 / 5
    by_hand = EXPOSURE + SERVED * kept
    s, values, state = model.arrays
    assert bare(price_of_reversal)(s, values, state, 0, 0) == pytest.approx(by_hand, abs=1e-12)


def test_going_back_while_parts_are_due_forfeits_them() -> None:
    model, _ = noted(swap(3), 1)
    part = SERVED / 3
    by_hand = EXPOSURE + part * a(D * TRUST, TURNS) + later(1, TRUST)
    s, values, state = model.arrays
    assert bare(price_of_reversal)(s, values, state, 0, 0) == pytest.approx(by_hand, abs=1e-12)


@pytest.mark.parametrize("audience", [0.02, 0.03, 0.05, 0.1])
def test_hold_up_ends_with_as_many_parts_as_the_closed_form_says(audience: float) -> None:
    needed = tranches_needed(0.1, audience)
    for parts in range(max(1, needed - 1), min(needed + 2, 7)):
        plain = load_scenario("hold_up").document.model_dump(
            mode="json", by_alias=True, exclude_none=True
        )
        plain["channels"]["talks"]["tranches"] = parts
        # a hair above equality, at which chance decides
        plain["actors"]["oakhill"]["audience_cost"]["value"] = audience + 1e-6
        plain["actors"]["oakhill"]["rationality"]["value"] = make.ALWAYS * 1e3
        run = make.model(plain).run()
        is_held = parts >= needed
        assert (run.measures["breaches"] == 0.0) is is_held
        assert run.measures["pipeline"] == (1.0 if is_held else pytest.approx(1 - 1 / parts))
        assert run.measures["relief"] == 1.0


@pytest.mark.parametrize(
    ("name", "breaches", "pipeline"),
    [
        ("hold_up", 1.0, 0.0),
        ("hold_up/in_parts", 0.0, 1.0),
        ("hold_up/a_word_in_public", 0.0, 1.0),
        ("hold_up/relief_on_loan", 0.0, 1.0),
    ],
)
def test_the_textbook_case_is_what_its_page_says(
    name: str, breaches: float, pipeline: float
) -> None:
    run = run_scenario(name)
    found = run.measures["breaches"], run.measures["relief"], run.measures["pipeline"]
    assert found == (breaches, 1.0, pipeline)
