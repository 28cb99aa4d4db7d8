"""Numbers that answer to quantities: what is read, where it counts, and what stays underneath."""

from __future__ import annotations

from typing import Any

import generators as make
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim.engine.arrays.compile import compile_scenario
from minsksim.engine.bargaining.protocols import reservations
from minsksim.engine.batch import simulate
from minsksim.engine.phases.meetings import chance_to_meet
from minsksim.engine.valuation.answers import (
    audience_cost_of,
    quality_of,
    read_answers,
    reservation_of,
)
from minsksim.engine.valuation.marginal_utility import appraise
from minsksim.errors import ScenarioError
from minsksim.model import Model
from minsksim.scenario import suppose

TURNS = 4


def answer(of: str, by: float, *, to: str = "stocks.heat", beyond: float | None = None) -> Any:
    plain: make.Plain = {"of": of, "to": to, "by": make.number(by)}
    return plain if beyond is None else {**plain, "beyond": make.number(beyond)}


def heated(heat: float = 50.0, **answers: make.Plain) -> make.Plain:
    """Return two who trade every turn, and a stock from 0 to 100 that only numbers answer to."""
    return make.document(
        {
            "ada": make.actor({"x": -0.25, "y": 0.75}, reservation=0.1, audience_cost=0.2),
            "ben": make.actor({"x": 0.75, "y": -0.25}, reservation=0.1, audience_cost=0.2),
        },
        {
            name: make.lever(who, more={"persistence": "momentary"})
            for name, who in (("x", "ada"), ("y", "ben"))
        },
        {name: make.interest(make.term(f"levers.{name}")) for name in "xy"},
        channels={"room": make.channel(("ada", "ben"), "xy", quality=0.5, decay=0.1)},
        turns=TURNS,
        more={"stocks": {"heat": make.stock(heat)}, **({"answers": answers} if answers else {})},
    )


def at_the_table(plain: make.Plain) -> Model:
    """Return a model whose answers were read at the start."""
    model = make.model(plain)
    read_answers(*model.arrays)
    return model


@pytest.mark.parametrize(
    ("heat", "by", "quality"),
    [(50.0, 0.4, 0.7), (50.0, -0.4, 0.3), (100.0, 0.9, 1.0), (0.0, 5, 0.5)],
)
def test_quality_answers_and_stays_between_0_and_1(heat: float, by: float, quality: float) -> None:
    model = at_the_table(heated(heat, chill=answer("channels.room.quality", by)))
    s, values, state = model.arrays
    assert quality_of(s, state, 0) == pytest.approx(quality)
    assert chance_to_meet(s, values, state, 1, 0) == pytest.approx(quality)
    assert state.quantity[list(model.compiled.quantities).index("channels.room")] == 0.5


def test_what_lies_underneath_builds_and_decays_as_without_answers() -> None:
    plain = heated(100.0, chill=answer("channels.room.quality", -1.0))
    run = make.model(plain).run()
    expected = [0.5 * 0.9**turn for turn in range(TURNS + 1)]
    np.testing.assert_allclose(run.series["channels.room"], expected)
    assert not run.agreements


def test_the_chance_to_meet_alone_leaves_access_as_it_is() -> None:
    visits, chill = answer("meetings.room", 0.5), answer("meetings.room", 0.2)
    for answers, quality, chance in (
        ({"visits": visits, "chill": chill}, 0.5, 0.85),
        ({"chill": answer("channels.room.quality", -0.4)}, 0.3, 0.3),
    ):
        plain = heated(50.0, **answers)
        plain["interests"]["x"]["terms"]["path"] = make.term("access.ada.ben", 0.0)
        plain["channels"]["room"]["decay"] = make.number(0.0)
        model = at_the_table(plain)
        s, values, state = model.arrays
        assert quality_of(s, state, 0) == pytest.approx(quality)
        assert chance_to_meet(s, values, state, 1, 0) == pytest.approx(chance)
        model.step()
        assert state.meeting_chance[0] == pytest.approx(chance)
        assert model.result().series["access.ada.ben"].tolist() == pytest.approx([quality] * 2)
        assert model.channel_graph().edges["ada", "ben"]["quality"] == pytest.approx(quality)


def test_willingness_answers_and_is_never_below_0() -> None:
    model = at_the_table(
        heated(
            50.0,
            one=answer("actors.ada.reservation", 0.4),
            two=answer("actors.ben.reservation", -0.4),
            three=answer("actors.ada.audience_cost", 0.2),
            four=answer("actors.ben.audience_cost", -9.0),
        )
    )
    s, values, state = model.arrays
    assert reservations(s, values, state, 0) == pytest.approx((0.3, 0.0))
    assert audience_cost_of(values, state, 0) == pytest.approx(0.3)
    assert audience_cost_of(values, state, 1) == 0.0


@pytest.mark.parametrize(("heat", "is_crossed"), [(59.0, False), (60.0, False), (60.5, True)])
def test_a_red_line_counts_beyond_it_and_not_on_it(heat: float, is_crossed: bool) -> None:
    """No package is worth more than 0.75 to anybody: a reservation of 1 stops them all."""
    line = answer("actors.ada.reservation", 0.9, beyond=60.0)
    plain = heated(heat, line=line)
    plain["channels"]["room"]["quality"] = make.number(1.0)
    plain["channels"]["room"]["decay"] = make.number(0.0)
    run = make.model(plain).run()
    assert len(run.agreements) == (0 if is_crossed else TURNS)
    dropped = suppose(make.scenario(plain), drop=("answers.line",))
    assert len(Model(dropped).run().agreements) == TURNS


def test_a_dropped_answer_leaves_the_bits_of_a_file_without_it() -> None:
    plain = heated(
        50.0, one=answer("salience.ada.x", 0.3), two=answer("channels.room.quality", 0.3)
    )
    without = make.model(heated(50.0)).run()
    dropped = Model(suppose(make.scenario(plain), drop=("one", "two"))).run()
    assert without.series.equals(dropped.series)
    assert without.utilities.equals(dropped.utilities)
    assert not Model(make.scenario(plain)).run().utilities.equals(dropped.utilities)


@given(
    st.lists(
        st.tuples(st.sampled_from(["x", "y"]), st.floats(-2.0, 2.0), st.booleans()), max_size=4
    ),
    st.floats(0.0, 100.0),
)
def test_salience_is_what_a_loop_over_the_file_gives(
    rows: list[tuple[str, float, bool]], heat: float
) -> None:
    answers = {
        f"a{i}": answer(f"salience.ada.{k}", by, beyond=40.0 if is_line else None)
        for i, (k, by, is_line) in enumerate(rows)
    }
    model = at_the_table(heated(heat, **answers))
    appraise(*model.arrays)
    raw = {"x": -0.25, "y": 0.75}
    for k, by, is_line in rows:
        raw[k] += (by if heat > 40.0 else 0.0) if is_line else by * heat / 100.0
    total = sum(map(abs, raw.values())) or 1.0
    np.testing.assert_allclose(model.state.felt[0], [raw[k] / total for k in "xy"], atol=1e-12)
    np.testing.assert_allclose(model.state.felt[1], [0.75, -0.25])
    np.testing.assert_allclose(model.state.salience[0], [-0.25, 0.75])


def test_a_dropped_salience_leaves_the_others_as_they_were() -> None:
    scenario = make.scenario(heated(50.0, glow=answer("salience.ada.x", -1.0)))
    models = [Model(scenario), Model(suppose(scenario, drop=("actors.ada.salience.x",)))]
    for model in models:
        appraise(*model.arrays)
    np.testing.assert_allclose(models[0].state.felt[0], [-0.5, 0.5])
    np.testing.assert_allclose(models[1].state.felt[0], [0.0, 0.5])


def test_salience_that_answers_is_not_remembered_from_another_run() -> None:
    """A hazard in half of the runs moves the heat, so no run may use another's salience."""
    plain = heated(0.0, glow=answer("salience.ada.x", -0.9))
    shock = {"of": "stocks.heat", "set": make.number(100.0)}
    plain["events"] = {"shock": make.event(shock, hazard=0.3)}
    compiled = compile_scenario(make.scenario(plain))
    runs = np.arange(12)
    block = simulate(
        compiled, compiled.numbers[None, :], np.zeros(12, np.int64), runs, 0, is_traced=True
    )
    assert block.utilities is not None
    assert block.happened is not None
    assert 0 < np.count_nonzero(block.happened[:, 0] == 1) < 12
    for run in runs:
        alone = make.model(plain, replication=int(run)).run()
        np.testing.assert_array_equal(block.utilities[run], alone.utilities.to_numpy())


def test_access_at_the_start_is_that_of_this_run_and_not_of_the_one_before() -> None:
    """Access is the quality of .5; what answers to it makes it .5 + .4 * .5 at turn 0."""
    to = "access.ada.ben"
    plain = heated(warm=answer("channels.room.quality", 0.4, to=to))
    plain["measures"]["line"] = {"label": "L", "unit": "share", "of": [to], "take": "mean"}
    compiled = compile_scenario(make.scenario(plain))
    point, column = compiled.numbers[None, :], compiled.quantities.index(to)
    rows, order = np.zeros(3, np.int64), np.array([7, 8, 7])
    block = simulate(compiled, point, rows, order, 0, is_traced=True)
    assert block.series is not None
    assert block.series[:, 0, column].tolist() == [0.7, 0.7, 0.7]
    assert block.series[0].tobytes() == block.series[2].tobytes()


def test_a_lever_that_falls_back_cannot_be_answered() -> None:
    """It has fallen back before answers are read, so the number would never move."""
    plain = heated(50.0, line=answer("actors.ada.reservation", 0.5, to="levers.x"))
    with pytest.raises(ScenarioError, match=r"levers\.x falls back every turn, before answers"):
        make.model(plain)


def test_people_may_be_read() -> None:
    plain = heated(50.0, line=answer("actors.ada.reservation", 0.5, to="stocks.held", beyond=60.0))
    held = {**make.stock(80.0, whole=True), "unit": "people"}
    plain["stocks"]["held"] = held
    model = at_the_table(plain)
    assert reservation_of(model.values, model.state, 0) == pytest.approx(0.6)
