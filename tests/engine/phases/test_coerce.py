"""Sanction episodes in the engine: the subgame-perfect play, its selection effect, its costs."""

from __future__ import annotations

from typing import Any

import generators as make
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from same import assert_same_story

from minsksim.engine.arrays.compile import compile_scenario
from minsksim.engine.batch import Block, simulate
from minsksim.engine.record.run import Run, Threat
from minsksim.engine.single_run import retell
from minsksim.model import Actor, Model
from minsksim.rules.sanction_episode import chance_above, chance_believed, read_cost, threat_payoff
from minsksim.scenario import load_scenario
from minsksim.theory import sanction_game

COUNTS = ("made", "complied", "imposed", "backed_down", "yielded")
EFFECTS = {"gain": "v", "imposing": "net", "stake": "g", "harm": "c"}


def case(
    v: float = 0.4,
    g: float = 0.2,
    c: float = 0.3,
    net: float = -0.1,
    a: float = 0.2,
    *,
    turns: int = 3,
    **of_threat: Any,
) -> make.Plain:
    """Sam demands that tia raise d, or sam raises l; every stake is one linear term."""
    effects = {"v": v, "net": net, "g": -g, "c": -c}
    terms = {
        name: make.interest(
            make.term("levers.d" if name in ("gain", "stake") else "levers.l", 2.0 * effects[key])
        )
        for name, key in EFFECTS.items()
    }
    counts = {
        name: {
            "label": name,
            "unit": "threats",
            "of": [f"threats.order.{name}"],
            "take": "total",
        }
        for name in COUNTS
    }
    plain = make.document(
        {
            "sam": make.actor({"gain": 0.5, "imposing": 0.5}, audience_cost=a),
            "tia": make.actor({"stake": 0.5, "harm": 0.5}),
        },
        {"d": make.lever("tia"), "l": make.lever("sam")},
        terms,
        turns=turns,
        more={"threats": {"order": make.threat("sam", "tia", ("d", 1.0), ("l", 1.0), **of_threat)}},
    )
    plain["measures"] |= counts
    return plain


def points(plain: make.Plain, draws: np.ndarray) -> tuple[Any, np.ndarray]:
    """Return the compiled case and one design point for each draw of v, g, c, net, a."""
    compiled = compile_scenario(make.scenario(plain))
    table = np.repeat(compiled.numbers[None, :], len(draws), axis=0)
    for column, (name, factor) in enumerate(
        (("gain", 2.0), ("stake", -2.0), ("harm", -2.0), ("imposing", 2.0))
    ):
        place = compiled.number_names.index(f"interests.{name}.terms.t0.effect")
        table[:, place] = factor * draws[:, column]
    table[:, compiled.number_names.index("actors.sam.audience_cost")] = draws[:, 4]
    return compiled, table


def counts(plain: make.Plain, draws: np.ndarray) -> dict[str, np.ndarray]:
    """Return every count for every draw."""
    compiled, table = points(plain, draws)
    rows = np.arange(len(draws))
    measures = simulate(compiled, table, rows, np.zeros_like(rows), 0).measures
    return {name: measures[:, compiled.measures.index(name)] for name in COUNTS}


def uniform_draws(number: int = 2000) -> np.ndarray:
    """Return v, g, c, net in [-1, 1] for the last, and a, all spread evenly."""
    draws = np.random.default_rng(5).random((number, 5))
    draws[:, 3] = 2.0 * draws[:, 3] - 1.0
    return draws


def test_complete_information_is_the_play_of_the_rule() -> None:
    """One turn of the engine is sanction_episode, whatever the stakes."""
    draws = uniform_draws()
    found = counts(case(turns=1), draws)
    for row, (v, g, c, net, a) in enumerate(draws.tolist()):
        episode = sanction_game.sanction_episode(v, g, c, net, 0.0, a)
        assert found["made"][row] == episode.is_threatened
        assert found["complied"][row] == episode.has_complied
        assert found["imposed"][row] == episode.is_imposed
        assert found["backed_down"][row] == found["yielded"][row] == 0.0


def success(found: dict[str, np.ndarray]) -> tuple[float, float]:
    """Return the share of threats that were complied with, and of sanctions yielded to."""
    return (
        float(found["complied"].sum() / found["made"].sum()),
        float(found["yielded"].sum() / found["imposed"].sum()),
    )


def test_selection_threats_succeed_and_imposed_sanctions_never_do_if_all_is_known() -> None:
    """S1: the whole point; and a misread resolve is what lets imposed sanctions succeed."""
    draws = uniform_draws()
    at_threat, imposed = success(counts(case(turns=6), draws))
    assert at_threat > 0.3
    assert imposed == 0.0
    misread_cost = counts(case(turns=6, uncertainty=0.4), draws)
    assert success(misread_cost)[0] > 0.3
    assert success(misread_cost)[1] == 0.0
    both = counts(case(turns=6, uncertainty=0.4, doubt=0.4), draws)
    assert success(both)[0] > 0.3
    assert success(both)[1] > 0.02
    assert both["backed_down"].sum() > 0.0


def test_a_sender_that_misreads_the_target_imposes_more_at_a_loss() -> None:
    """Imposed sanctions that cost the sender are errors; with complete information none is."""
    draws = uniform_draws()
    losing = draws[:, 3] < 0.0
    assert counts(case(), draws)["imposed"][losing].sum() == 0.0
    assert counts(case(uncertainty=0.4), draws)["imposed"][losing].sum() > 20.0


def levers(run: Run) -> list[list[float]]:
    return [run.series[f"levers.{name}"].tolist() for name in ("d", "l")]


def cost(run: Run, actor: str) -> list[float]:
    table = run.contributions
    rows = table[(table["actor"] == actor) & (table["interest"] == "costs")]
    return [float(value) for value in rows["value"]]


def test_compliance_moves_the_demanded_lever_alone_and_is_told_once() -> None:
    plain = case()
    plain["levers"]["d"]["cost"]["up"] = make.number(0.05)
    run = make.model(plain).run()
    assert levers(run) == [[0.0, 1.0, 1.0, 1.0], [0.0] * 4]
    assert [(one.turn, one.course) for one in run.threats] == [(1, "complied")]
    assert cost(run, "tia")[1:] == [-0.05, 0.0, 0.0]
    assert cost(run, "sam") == [0.0] * 4


@pytest.mark.parametrize(("cost_of_d", "has_complied"), [(0.09, True), (0.11, False)])
def test_the_cost_of_the_move_is_part_of_the_stake(cost_of_d: float, has_complied: bool) -> None:
    """Stake .2 and the cost against a sanction of .3; the sender likes to impose."""
    plain = case(net=0.05, turns=1)
    plain["levers"]["d"]["cost"]["up"] = make.number(cost_of_d)
    run = make.model(plain).run()
    assert run.threats[0].course == ("complied" if has_complied else "imposed")


@pytest.mark.parametrize(("is_public", "has_complied"), [(True, True), (False, False)])
def test_only_a_public_threat_ties_hands(is_public: bool, has_complied: bool) -> None:
    """Imposing costs sam .1: in public the audience cost of .2 makes it credible."""
    run = make.model(case(public=is_public)).run()
    assert bool(run.threats) is has_complied


def test_a_large_step_is_taken_in_several_demands() -> None:
    plain = case(turns=4)
    plain["levers"]["d"]["step"]["up"] = make.number(0.4)
    run = make.model(plain).run()
    assert levers(run)[0] == pytest.approx([0.0, 0.4, 0.8, 1.0, 1.0])


class Bluffs(Actor):
    """Threatens whatever it is worth."""

    def threatens(self, spoken: Threat) -> bool:
        return True


class Stubborn(Actor):
    """Never complies at the threat."""

    def complies(self, spoken: Threat) -> bool:
        return False


def test_a_called_bluff_costs_the_audience() -> None:
    """Imposing would cost .5, backing down .2: nobody believes it, and sam pays .2 each turn."""
    model = Model(make.scenario(case(net=-0.5)), actor_classes={"sam": Bluffs})
    run = model.run()
    assert {one.course for one in run.threats} == {"backed_down"}
    assert cost(run, "sam")[1:] == pytest.approx([-0.2] * 3)
    assert levers(run) == [[0.0] * 4] * 2


def test_a_target_that_held_out_by_mistake_yields_and_the_sanction_is_lifted() -> None:
    """Both moves in one turn; afterwards the demand is met and nothing more happens."""
    model = Model(make.scenario(case()), actor_classes={"tia": Stubborn})
    run = model.run()
    assert [(one.turn, one.course) for one in run.threats] == [(1, "imposed"), (2, "yielded")]
    assert levers(run) == [[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 0.0]]


def test_a_sanction_that_the_sender_likes_is_not_lifted_for_the_asking() -> None:
    """Imposing brings .3, more than sam's word is worth (.2): yielding would be for nothing."""
    model = Model(make.scenario(case(net=0.3)), actor_classes={"tia": Stubborn})
    run = model.run()
    assert [one.course for one in run.threats] == ["imposed"]
    assert levers(run) == [[0.0] * 4, [0.0, 1.0, 1.0, 1.0]]


def test_a_lever_bound_by_an_agreement_is_neither_demanded_nor_used() -> None:
    plain = case(net=0.3, turns=3)
    plain["channels"] = {"room": make.channel(("sam", "tia"), ("l", "d"))}
    plain["actors"]["tia"]["salience"]["gain"] = make.number(0.0)
    model = make.model(plain)
    model.state.bound_channel[1] = 0
    model.state.is_open[0] = 0
    run = model.run()
    assert run.threats == ()


def both_forms(plain: make.Plain, replication: int) -> tuple[Run, Block, Run]:
    scenario = make.scenario(plain)
    compiled = compile_scenario(scenario)
    block = simulate(
        compiled,
        compiled.numbers[None],
        np.zeros(1, int),
        np.array([replication]),
        0,
        is_traced=True,
    )
    again = retell(scenario, compiled, block, 0, 0, replication)
    return Model(scenario, replication=replication).run(), block, again


@pytest.mark.parametrize("replication", range(6))
def test_both_forms_have_the_same_bits(replication: int) -> None:
    plain = case(net=-0.15, turns=8, uncertainty=0.3, doubt=0.3)
    plain["levers"]["d"]["persistence"] = "momentary"
    run, block, again = both_forms(plain, replication)
    assert block.series is not None
    assert block.utilities is not None
    assert run.series.to_numpy().tobytes() == block.series[0].tobytes()
    assert run.utilities.to_numpy().tobytes() == block.utilities[0].tobytes()
    assert np.array(list(run.measures.values())).tobytes() == block.measures[0].tobytes()
    assert_same_story(run, again)
    courses = [one.course for one in run.threats]
    assert len(courses) > 3
    for name in ("complied", "imposed", "backed_down", "yielded"):
        assert run.measures[name] == courses.count(name)


def test_what_the_sender_believes_is_how_often_it_is_so() -> None:
    """q is the share of targets that comply, among senders that read what they read."""
    rng = np.random.default_rng(1)
    true = rng.uniform(-1.0, 2.0, 200_000)
    reading = np.array(
        [read_cost(x, 0.3, u) for x, u in zip(true, rng.random(200_000), strict=True)]
    )
    for level in (0.2, 0.5):
        near = np.abs(reading - 0.4) < 0.01
        assert np.mean(true[near] > level) == pytest.approx(chance_above(0.4, 0.3, level), abs=0.03)
    belief = [read_cost(-0.2, 0.5, u) >= -0.4 for u in rng.random(50_000)]
    assert np.mean(belief) == pytest.approx(chance_believed(-0.2, 0.4, 0.5), abs=0.01)


@settings(max_examples=200)
@given(*[st.floats(-1.0, 1.0)] * 4, st.floats(0.0, 1.0))
def test_a_threat_is_worth_its_best_ending_at_most(v, reading, g, net, a) -> None:
    chance = chance_above(reading, 0.2, g)
    worth = threat_payoff(v, chance, net, a)
    assert min(v, max(net, -a)) - 1e-12 <= worth <= max(v, net, -a) + 1e-12


def sweep(reference: str, number: int = 2000) -> dict[str, float]:
    """Return total counts over points drawn from the ranges of a shipped scenario."""
    loaded = load_scenario(reference)
    compiled = compile_scenario(loaded)
    table = np.repeat(compiled.numbers[None, :], number, axis=0)
    rng = np.random.default_rng(11)
    for name, one in loaded.numbers.items():
        if one.range is not None:
            low, high = one.range
            table[:, compiled.number_names.index(name)] = rng.uniform(low, high, number)
    rows = np.arange(number)
    measures = simulate(compiled, table, rows, rows, 0).measures.sum(axis=0)
    return dict(zip(compiled.measures, map(float, measures), strict=True))


def test_the_shipped_episode_shows_the_selection_effect_and_when_it_ends() -> None:
    """Margins in counts of 2,000 sweeps over the scenario's own ranges."""
    known = sweep("sanction_episode")
    assert known["complied"] > 0.5 * known["threats_made"] > 300
    assert known["imposed"] > 50
    assert known["yielded"] == known["backed_down"] == 0.0
    costs = sweep("sanction_episode/misread_costs")
    assert costs["imposed"] > 2 * known["imposed"]
    assert costs["yielded"] == 0.0
    resolve = sweep("sanction_episode/misread_resolve")
    assert resolve["yielded"] > 0.05 * resolve["imposed"] > 0.0
    assert resolve["complied"] > resolve["yielded"]
    assert resolve["backed_down"] > 0.0
