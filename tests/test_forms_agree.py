"""Both forms give the same bits, however the runs are cut into blocks and shared out."""

import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import generators as make
import numpy as np
import pytest
from same import assert_same_run, assert_same_story, bits

from minsksim import Actor, Model, compile_scenario, load_scenario, run_scenario, simulate, suppose
from minsksim.engine.arrays.compile import Compiled
from minsksim.engine.batch import Block
from minsksim.engine.record.run import Run
from minsksim.engine.single_run import retell
from minsksim.scenario import Scenario
from minsksim.scenario.protocols import with_protocol
from minsksim.vocabulary import PROTOCOLS, TAKING_LUMPS

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = sorted(
    str(path) for path in (ROOT / "scenarios").glob("*/**/*.yaml") if path.is_relative_to(ROOT)
)
SEED = 20260211
HORIZONS = ["minsk", "revolving_door", "sanction_episode", "groups_of_people", "red_line"]


def traced(compiled: Compiled, replications: range) -> Block:
    """Return traced runs at the scenario's own numbers."""
    rows = np.zeros(len(replications), dtype=np.int64)
    point = compiled.numbers[None, :]
    return simulate(compiled, point, rows, np.array(replications), SEED, is_traced=True)


def both_forms(scenario: Scenario, replications: range) -> Iterable[tuple[Run, Run]]:
    """Compare every run of a scenario in both forms, and yield it as each of them tells it."""
    compiled = compile_scenario(scenario)
    block = traced(compiled, replications)
    for row, replication in enumerate(replications):
        run = Model(scenario, seed=SEED, replication=replication).run()
        assert_same_run(run, block, row, compiled)
        again = retell(scenario, compiled, block, row, SEED, replication)
        assert_same_story(run, again)
        yield run, again


@pytest.mark.parametrize(
    "path",
    [
        # a table of three takes plain Python half a minute
        pytest.param(path, marks=pytest.mark.slow) if "opposition_at_the_table" in path else path
        for path in SHIPPED
    ],
    ids=[path[len(str(ROOT)) + 11 :] for path in SHIPPED],
)
def test_every_shipped_scenario_has_the_same_bits_in_both_forms(path: str) -> None:
    assert len(list(both_forms(load_scenario(path), range(2)))) == 2


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_every_protocol_has_the_same_bits_in_both_forms(protocol: str) -> None:
    assert len(list(both_forms(with_protocol(load_scenario("minsk"), protocol), range(2)))) == 2


@pytest.mark.parametrize("protocol", TAKING_LUMPS)
def test_levers_in_lumps_have_the_same_bits_in_both_forms(protocol: str) -> None:
    scenario = with_protocol(load_scenario("indivisible_visit"), protocol)
    assert len(list(both_forms(scenario, range(2)))) == 2


@pytest.mark.parametrize("stake", [-0.75, -0.85])
def test_a_bid_that_others_may_block_has_the_same_bits_in_both_forms(stake: float) -> None:
    """Below a stake of 0.8 it is not made; South is left a quality that shifts overlap in."""
    plain = load_scenario("outbid").document.model_dump(
        mode="json", by_alias=True, exclude_none=True
    )
    plain["calendar"]["turns"] = 6
    plain["channels"]["south_isle"] |= {
        "blocking": {"by": ["north"], "side_payments": True},
        "decay": make.number(0.1),
    }
    plain["interests"]["rivalry"]["terms"]["harbour"]["effect"] = make.number(stake)
    shifts = ((3, -0.6), (4, -0.7), (2, 0.3))
    effects = [
        {"of": "channels.south_isle", "shift": make.number(shift), "lasts": lasts}
        for lasts, shift in shifts
    ]
    plain["sources"]["D1"] = {"kind": "definition", "note": "chosen"}
    plain["events"] = {"often": make.event(*effects, hazard=0.3)}
    told = [run for run, _ in both_forms(make.scenario(plain), range(12))]
    endings = {one.ending for run in told for one in run.meetings if one.channel == "north_isle"}
    assert endings == ({"agreed"} if stake > -0.8 else {"agreed", "outbid"})


def test_a_dropped_counter_offer_has_the_same_bits_in_both_forms() -> None:
    scenario = suppose("outbid", drop="channels.north_isle.counter_offer")
    for run, _ in both_forms(scenario, range(2)):
        assert not any(one.outbid_by for one in run.meetings)


def test_what_is_supposed_has_the_same_bits_in_both_forms() -> None:
    scenario = suppose(
        "minsk",
        drop=("captives", "actors.minsk.salience.grip", "alaska_summit", "minsk_caracas"),
        impose=("potash_relief=1@2025-09", "release_home=3@6"),
        forbid=("embassy", "canada_tariff"),
    )
    for run, _ in both_forms(scenario, range(3)):
        assert (run.series["levers.potash_relief"].iloc[9:] == 1.0).all()


@pytest.mark.parametrize("name", HORIZONS)
def test_horizons_have_the_same_bits_in_both_forms(name: str) -> None:
    """All actors look ahead, and the first of them to a date."""
    plain = load_scenario(name)
    first, *_ = plain.document.actors
    settings = {"horizon": 12, f"actors.{first}.horizon": str(plain.document.calendar.start)}
    for run, _ in both_forms(load_scenario(name, settings=settings), range(2)):
        assert run.measures


@pytest.mark.parametrize("variant", ["", "/two_ratifiers"])
def test_counter_offers_have_the_same_bits_in_both_forms(variant: str) -> None:
    """Parties that err, forget and do not always meet: bids are made, and lost, and not kept."""
    given = {"rationality": 6.0, "patience": 0.5, "audience_cost": 0.0}
    actors = ("north", "isle", "south")
    numbers = {f"actors.{a}.{name}": value for a in actors for name, value in given.items()}
    numbers |= {f"channels.{c}.quality": 0.8 for c in ("north_isle", "south_isle")}
    scenario = load_scenario(f"outbid{variant}", numbers)
    runs = [again for _, again in both_forms(scenario, range(30))]
    assert {"outbid", "agreed", "refused"} <= {one.ending for run in runs for one in run.meetings}
    assert {one.protocol for run in runs for one in run.agreements} == {"nash", "counter_offer"}
    assert not all(all(one.kept.values()) for run in runs for one in run.agreements)


@pytest.mark.slow
def test_everything_at_once_has_the_same_bits_in_both_forms(tmp_path: Path) -> None:
    folder = tmp_path / "minsk"
    (folder / "variants").mkdir(parents=True)
    shutil.copy(ROOT / "scenarios/minsk/base.yaml", folder)
    shutil.copy(ROOT / "scenarios/sources.bib", folder)
    variant = folder / "variants/everything.yaml"
    shutil.copy(ROOT / "tests/data/everything/variant.yaml", variant)
    assert len(list(both_forms(load_scenario(variant, settings={"horizon": 9}), range(2)))) == 2
    scenario = load_scenario(variant)
    runs = [again for _, again in both_forms(scenario, range(8))]
    # each mechanism really was at work
    for name in ("threats_made", "blocked", "several", "all_parts"):
        assert max(run.measures[name] for run in runs) > 0.0, name
    assert all(run.measures["belief_final"] != 0.5 for run in runs)
    assert len({run.measures["outcry_most"] for run in runs}) > 1
    endings = {one.ending for run in runs for one in run.meetings}
    assert {"nothing_left", "waiting"} <= endings
    assert any(one.name == "passing" for run in runs for one in run.events)
    # and showed in what is told
    agreements = [one for run in runs for one in run.agreements]
    assert {one.delivered for one in agreements if one.tranches == 2} >= {1, 2}
    assert {len(one.parties) for one in agreements} == {2, 3}
    assert {kind for run in runs for kind in run.types.values()} == {"low", "high"}
    assert all(run.threats and run.events for run in runs)


def test_results_do_not_depend_on_blocks_order_threads_or_tracing() -> None:
    compiled = compile_scenario(load_scenario("minsk"))
    runs = 96
    whole = traced(compiled, range(runs)).measures

    def block(replications: np.ndarray) -> np.ndarray:
        rows = np.zeros(len(replications), dtype=np.int64)
        return simulate(compiled, compiled.numbers[None, :], rows, replications, SEED).measures

    for size in (1, 7, 64):
        parts = [block(np.arange(i, min(i + size, runs))) for i in range(0, runs, size)]
        assert bits(np.concatenate(parts)) == bits(whole)
    order = np.random.default_rng(1).permutation(runs)
    assert bits(block(order)) == bits(whole[order])
    for threads in (2, 4):
        with ThreadPoolExecutor(threads) as pool:
            parts = list(pool.map(block, np.array_split(np.arange(runs), 8)))
        assert bits(np.concatenate(parts)) == bits(whole)


def test_design_points_do_not_leak_into_each_other() -> None:
    compiled = compile_scenario(load_scenario("minsk"))
    patient = compiled.point({"actors.minsk.patience": 0.99})
    points = np.array([compiled.numbers, patient])
    mixed = simulate(compiled, points, np.array([0, 1, 0, 1]), np.array([0, 0, 1, 1]), SEED)
    alone = simulate(compiled, points[1:], np.zeros(2, np.int64), np.array([0, 1]), SEED)
    assert bits(mixed.measures[1::2]) == bits(alone.measures)
    assert bits(mixed.measures[::2]) != bits(alone.measures)


def test_another_seed_or_replication_is_another_run() -> None:
    compiled = compile_scenario(load_scenario("minsk"))
    measures = traced(compiled, range(20)).measures
    assert len({row.tobytes() for row in measures}) == 20
    rows = np.zeros(20, dtype=np.int64)
    other = simulate(compiled, compiled.numbers[None, :], rows, np.arange(20), SEED + 1)
    assert not np.any([np.array_equal(a, b) for a, b in zip(measures, other.measures, strict=True)])


class NeverSigns(Actor):
    """An actor that refuses everything."""

    def accepts(self, offer: object) -> bool:
        """Refuse."""
        return False


def test_a_replaced_decision_changes_the_run_and_is_marked() -> None:
    scenario = load_scenario("minsk")
    run = Model(scenario, actor_classes={"minsk": NeverSigns}).run()
    assert run.custom_actors == ("minsk",)
    assert not any("minsk" in agreement.parties for agreement in run.agreements)
    plain = run_scenario(scenario)
    assert plain.custom_actors == ()
    assert any("minsk" in agreement.parties for agreement in plain.agreements)


def test_terms_add_up_to_the_utility_of_every_actor_in_every_turn() -> None:
    run = run_scenario(load_scenario("minsk"), replication=2)
    total = run.contributions.groupby(["turn", "actor"])["value"].sum().unstack()
    assert np.allclose(total[run.utilities.columns], run.utilities, rtol=0, atol=1e-12)
