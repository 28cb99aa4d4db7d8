"""What must hold in any run, checked on every shipped scenario and variant."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path

import generators as make
import numpy as np
import pytest

from minsksim.engine.arrays.compile import Compiled, compile_scenario
from minsksim.engine.batch import Block, simulate
from minsksim.scenario import Scenario, list_scenarios, load_scenario
from minsksim.scenario.dump import to_plain
from minsksim.scenario.markets import details

NAMES = [one.name for base in list_scenarios() for one in (base, *base.variants)]
RUNS = 12


@cache
def played(name: str) -> tuple[Scenario, Compiled, Block]:
    scenario = load_scenario(name)
    compiled = compile_scenario(scenario)
    return scenario, compiled, play(compiled)


def play(compiled: Compiled, runs: int = RUNS) -> Block:
    rows = np.zeros(runs, np.int64)
    return simulate(compiled, compiled.numbers[None], rows, np.arange(runs), 5, is_traced=True)


@pytest.mark.parametrize("name", NAMES)
def test_terms_sum_to_utilities(name: str) -> None:
    _, _, block = played(name)
    assert block.contributions is not None
    assert block.utilities is not None
    np.testing.assert_allclose(block.contributions.sum(axis=-1), block.utilities, atol=1e-12)
    assert (block.contributions[..., -1] <= 0.0).all()


@pytest.mark.parametrize("name", NAMES)
def test_nobody_signs_below_its_reservation(name: str) -> None:
    scenario, compiled, block = played(name)
    signed = block.agreements
    assert signed is not None
    for channel, gain in zip(signed.channel, signed.gain, strict=True):
        parties = scenario.document.channels[compiled.axes.channels[channel]].between
        least = [scenario.document.actors[party].reservation.value for party in parties]
        assert (gain[: len(least)] >= np.array(least)).all()
        assert gain.sum() > 0.0


@pytest.mark.parametrize("name", NAMES)
def test_levers_stay_within_bounds_and_move_by_steps_at_the_table(name: str) -> None:
    scenario, _, block = played(name)
    assert block.series is not None
    signed = block.agreements
    assert signed is not None
    for place, lever in enumerate(scenario.document.levers.values()):
        low, high = lever.bounds
        path, slack = block.series[:, :, place], 1e-9 * (high - low)
        assert path.min() >= low - slack
        assert path.max() <= high + slack
        moved = signed.after[:, place] - signed.before[:, place]
        assert (moved <= lever.step.up.value + slack).all()
        assert (moved >= -lever.step.down.value - slack).all()


@pytest.mark.parametrize("name", NAMES)
def test_stocks_are_whole_and_never_negative(name: str) -> None:
    scenario, compiled, block = played(name)
    assert block.series is not None
    for stock, about in scenario.document.stocks.items():
        path = block.series[:, :, compiled.quantities.index(f"stocks.{stock}")]
        assert path.min() >= 0.0
        if about.whole:
            assert (path == np.round(path)).all()


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("minsk")])
def test_every_person_of_the_flagship_is_counted_once(name: str) -> None:
    """Held change = newly held + held again - home - exile - sentence served."""
    _, compiled, block = played(name)
    assert block.series is not None

    def change(stock: str) -> np.ndarray:
        return np.diff(block.series[:, :, compiled.quantities.index(f"stocks.{stock}")], axis=1)

    into_home = change("freed_home") + change("rearrested")
    newly = change("arrested") + change("rearrested")
    left = into_home + change("freed_exile") + change("sentence_served")
    np.testing.assert_array_equal(change("held"), newly - left)


def utilities_by_hand(scenario: Scenario, series: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Own interests plus regard, from the definition and fixed saliences; no engine code."""
    document = scenario.document
    bounds = {f"levers.{n}": lever.bounds for n, lever in document.levers.items()}
    bounds |= {f"stocks.{n}": stock.reference for n, stock in document.stocks.items()}
    bounds |= {f"markets.{n}": market.reference for n, market in document.markets.items()}
    for market, part, seller in details(document.markets):
        scale = getattr(document.markets[market].sellers[seller], part)
        bounds[f"markets.{market}.{part}.{seller}"] = scale

    def scaled(name: str) -> np.ndarray:
        low, high = bounds.get(name, (0.0, 1.0))
        return (series[name] - low) / (high - low)

    level = {}
    for k, interest in document.interests.items():
        level[k] = np.zeros_like(next(iter(series.values())))
        for term in interest.terms.values():
            z = scaled(term.of)
            if term.shape == "concave" and term.rho is not None:
                z = np.maximum(z, 0.0) ** term.rho.value
            elif term.shape == "saturating" and term.rate is not None:
                z = 1.0 - np.exp(-term.rate.value * z)
            elif term.shape == "threshold" and term.midpoint is not None:
                assert term.steepness is not None
                z = 1.0 / (1.0 + np.exp(-term.steepness.value * (z - term.midpoint.value)))
            if term.times is not None:
                z = z * scaled(term.times)
            level[k] += term.effect.value * z
    own = {}
    for name, actor in document.actors.items():
        total = sum(abs(weight.value) for weight in actor.salience.values())
        own[name] = sum(w.value / total * level[k] for k, w in actor.salience.items())
    full = dict(own)
    for edge in document.influence.values():
        full[edge.to] = full[edge.to] + edge.regard.value * own[edge.origin]
    return full


@pytest.mark.parametrize(
    "name", ["minsk", "detainees_and_funds", "split_the_pie", "revolving_door"]
)
def test_utilities_are_what_their_definition_says(name: str) -> None:
    """Recomputed from the document and the series, with influence on salience switched off."""
    scenario, compiled, _ = played(name)
    numbers = {key: 0.0 for key in compiled.number_names if key.endswith(".susceptibility")}
    numbers |= {
        f"events.{e}.effects.{f}.shift": 0.0
        for e, event in scenario.document.events.items()
        for f, one in event.effects.items()
        if one.of.startswith("salience.") and one.shift is not None
    }
    rows = np.zeros(RUNS, np.int64)
    point = compiled.point(numbers)[None]
    block = simulate(compiled, point, rows, np.arange(RUNS), 5, is_traced=True)
    assert block.series is not None
    assert block.utilities is not None
    assert block.contributions is not None
    series = {q: block.series[:, :, v] for v, q in enumerate(compiled.quantities)}
    for a, (_, utility) in enumerate(utilities_by_hand(scenario, series).items()):
        paid = block.contributions[:, :, a, -1]
        np.testing.assert_allclose(block.utilities[:, :, a], utility + paid, atol=1e-10)


# --- draws -----------------------------------------------------------------------------------


def with_a_stranger(name: str, folder: Path, *, is_first: bool) -> Scenario:
    """The scenario and one more actor, who has no ties, no channel and no lever."""
    scenario = load_scenario(name)
    plain = to_plain(scenario.document)
    interest = next(iter(plain["interests"]))
    first = next(iter(plain["actors"].values()))
    stranger = {
        "stranger": {
            **{key: first[key] for key in make.actor({}) if key in first},
            "label": "Stranger",
            "salience": {interest: next(iter(first["salience"].values()))},
        }
    }
    actors = plain["actors"]
    plain["actors"] = {**stranger, **actors} if is_first else {**actors, **stranger}
    folder.mkdir()
    (folder / "base.yaml").write_text(json.dumps(plain, indent=1), encoding="utf-8")
    home = scenario.path.parent
    bibliography = next(
        p / "sources.bib" for p in (home, *home.parents) if (p / "sources.bib").exists()
    )
    shutil.copy(bibliography, folder / "sources.bib")
    return load_scenario(folder / "base.yaml")


@pytest.mark.parametrize("is_first", [True, False])
def test_one_more_actor_without_ties_moves_nobody(is_first: bool, tmp_path: Path) -> None:
    _, compiled, block = played("minsk")
    more = compile_scenario(with_a_stranger("minsk", tmp_path / "more", is_first=is_first))
    other = play(more)
    assert block.series is not None
    assert other.series is not None
    assert block.utilities is not None
    assert other.utilities is not None
    assert other.series.tobytes() == block.series.tobytes()
    known = [more.actors.index(actor) for actor in compiled.actors]
    assert other.utilities[:, :, known].tobytes() == block.utilities.tobytes()
    assert other.measures.tobytes() == block.measures.tobytes()


def test_variants_share_their_draws() -> None:
    """Meetings, drawn with quality 1/2, fall on the same turns whatever the parties feel."""

    def meetings(weight: float) -> np.ndarray:
        plain = make.document(
            {"ada": make.actor({"x": -0.2, "y": weight}), "ben": make.actor({"x": 0.9, "y": -0.1})},
            {
                name: make.lever(owner, more={"persistence": "momentary"})
                for name, owner in (("x", "ada"), ("y", "ben"))
            },
            {name: make.interest(make.term(f"levers.{name}")) for name in "xy"},
            channels={"room": make.channel(("ada", "ben"), ("x", "y"), quality=0.5)},
            turns=20,
        )
        signed = play(compile_scenario(make.scenario(plain)), 40).agreements
        assert signed is not None
        return np.stack([signed.run, signed.turn])

    one, other = meetings(0.5), meetings(0.8)
    np.testing.assert_array_equal(one, other)
    assert 0.45 < one.shape[1] / (40 * 20) < 0.55


def test_variants_of_the_flagship_are_paired() -> None:
    """Common draws: paired differences vary less than unpaired ones, for most measures."""
    _, compiled, _ = played("minsk")
    _, varied, _ = played("minsk/eu_lifts_transit")
    rows = np.zeros(300, np.int64)
    one = simulate(compiled, compiled.numbers[None], rows, np.arange(300), 0).measures
    two = simulate(varied, varied.numbers[None], rows, np.arange(300), 0).measures
    names = [name for name in compiled.measures if name in varied.measures]
    tighter = 0
    spread = 0
    for name in names:
        first, second = one[:, compiled.measures.index(name)], two[:, varied.measures.index(name)]
        if first.std() > 1e-9 and second.std() > 1e-9:
            spread += 1
            tighter += int((second - first).std() < np.hypot(first.std(), second.std()))
    assert tighter / spread > 0.7
