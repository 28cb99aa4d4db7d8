"""Agreements in parts: when the last part is kept, and that nothing is lost on the way."""

from __future__ import annotations

import itertools
from typing import Any

import generators as make
import numpy as np
import pytest
from same import assert_same_story

from minsksim.engine.arrays.compile import compile_scenario
from minsksim.engine.batch import simulate
from minsksim.engine.record.run import Offer
from minsksim.engine.single_run import retell
from minsksim.model import Actor, Model
from minsksim.rules.parts import share_by
from minsksim.scenario import load_scenario
from minsksim.theory.tranches import tranches_needed

GAIN, COST = 0.2, 0.4
"""What the whole swap brings either party, and what its own half of it costs, utils."""


def swap(tranches: int, *, turns: int = 12, **of_room: Any) -> make.Plain:
    """Ada raises x for ben and ben y for ada: .6 for the other's move, .4 for the own."""
    counts = {
        name: {"label": name, "unit": "agreements", "of": [f"{name}.room"], "take": "total"}
        for name in ("agreements", "breaches", "delivered")
    }
    plain = make.document(
        {
            "ada": make.actor({"x": -COST, "y": COST + GAIN}),
            "ben": make.actor({"x": COST + GAIN, "y": -COST}),
        },
        {"x": make.lever("ada"), "y": make.lever("ben")},
        {name: make.interest(make.term(f"levers.{name}")) for name in "xy"},
        channels={
            "room": make.channel(
                ("ada", "ben"), ("x", "y"), protocol="egalitarian", tranches=tranches, **of_room
            )
        },
        turns=turns,
    )
    plain["measures"] |= counts
    return plain


def with_relation(plain: make.Plain, worth: float) -> make.Plain:
    """Set patience so that the relation, delta / (1 - delta) of the gain, is worth so much."""
    for actor in plain["actors"].values():
        actor["patience"] = make.number(worth / (worth + GAIN))
    return plain


@pytest.mark.parametrize("relation", [0.043, 0.07, 0.12, 0.19, 0.21, 0.41])
def test_the_least_number_of_parts_that_holds_is_that_of_the_rule(relation: float) -> None:
    """S7: the last part is kept iff V / n <= W; V = 10, W = 3 (here .4 and .12) needs 4."""
    needed = tranches_needed(COST, relation)
    assert relation != 0.12 or needed == 4
    for count in range(max(1, needed - 1), needed + 2):
        run = make.model(with_relation(swap(count), relation)).run()
        first = run.agreements[0]
        is_held = count >= needed
        assert first.delivered == (count if is_held else 0)
        assert all(first.kept.values()) is is_held
        assert (run.measures["delivered"] > 0) is is_held


def test_a_public_breach_makes_fewer_parts_do() -> None:
    """An audience cost of .1 is worth as much as .1 more of relation: .4 / 2 <= .12 + .1."""
    plain = with_relation(swap(2, turns=2), 0.12)
    assert make.model(plain).run().agreements[0].delivered == 0
    for actor in plain["actors"].values():
        actor["audience_cost"] = make.number(0.1)
    assert make.model(plain).run().agreements[0].delivered == 2


def test_more_parts_make_impatient_parties_deliver_more_of_what_they_sign() -> None:
    shares = []
    for count in (1, 8, 16):
        sure = ((1e6, 0.0), (1e6, 0.0))
        plain = with_relation(swap(count, turns=64, trust=sure), 0.08)
        for actor in plain["actors"].values():
            actor["rationality"] = make.number(60.0)
        for name in "xy":
            plain["levers"][name]["persistence"] = "momentary"
        compiled = compile_scenario(make.scenario(plain))
        rows = np.zeros(100, int)
        found = simulate(compiled, compiled.numbers[None], rows, np.arange(100), 0).measures
        total = dict(zip(compiled.measures, found.sum(axis=0), strict=True))
        shares.append(total["delivered"] / total["agreements"])
    assert shares[0] < 0.01
    assert all(later > earlier + 0.03 for earlier, later in itertools.pairwise(shares))


def test_one_part_is_no_parts() -> None:
    """n = 1 has the bits of a channel that does not know of parts."""
    plain = swap(1)
    with_key = make.model(plain).run()
    del plain["channels"]["room"]["tranches"]
    without = make.model(plain).run()
    assert with_key.series.equals(without.series)
    assert with_key.utilities.equals(without.utilities)
    assert with_key.agreements == without.agreements


def test_parts_are_equal_and_end_exactly_at_the_whole() -> None:
    plain = with_relation(swap(3), 1.0)
    plain["levers"]["x"]["cost"]["up"] = make.number(0.03)
    run = make.model(plain).run()
    agreed = run.agreements[0]
    assert (agreed.turn, agreed.tranches, agreed.delivered) == (1, 3, 3)
    whole = {move.lever: move.after for move in agreed.moves}
    for name in "xy":
        path = run.series[f"levers.{name}"].to_numpy()
        assert path[1:4] == pytest.approx(whole[name] * np.array([1, 2, 3]) / 3, abs=1e-15)
        assert path[3] == whole[name]
    table = run.contributions
    paid = table[(table["actor"] == "ada") & (table["interest"] == "costs")]["value"].to_numpy()
    assert paid[1:4] == pytest.approx([-0.01 * whole["x"]] * 3)
    assert paid[4:].sum() == 0.0


def test_while_parts_are_left_the_channel_makes_no_other_agreement_and_levers_stay_promised() -> (
    None
):
    plain = with_relation(swap(4, turns=8), 1.0)
    for name in "xy":
        plain["levers"][name] |= {"persistence": "momentary", "unilateral": "both"}
    run = make.model(plain).run()
    assert [one.turn for one in run.agreements] == [1, 5]
    assert all(one.delivered == 4 for one in run.agreements)
    assert run.series["levers.x"].to_numpy()[1:] == pytest.approx([0.25] * 8)


class BreaksLater(Actor):
    """Keeps its word in turn 1 only."""

    def keeps(self, offer: Offer) -> bool:
        return self.model.turn == 1


def test_a_later_breach_ends_the_rest_and_snaps_back_what_was_given() -> None:
    plain = with_relation(swap(4, turns=4, forgetting=0.5), 1.0)
    model = Model(make.scenario(plain), actor_classes={"ada": BreaksLater})
    model.step()
    model.step()
    agreed = model.result().agreements[0]
    assert agreed.kept == {"ada": False, "ben": True}
    assert (agreed.tranches, agreed.delivered) == (4, 1)
    run = model.result()
    assert run.series["levers.x"].tolist() == [0.0, 0.25, 0.25]
    assert run.series["levers.y"].tolist() == [0.0, 0.25, 0.0]
    # one promise, judged once: kept 1 -> .5, broken 0 -> 1
    assert model.actors_by_name["ben"].trust_in("ada", "room") == pytest.approx(0.5 / 1.5)
    assert model.actors_by_name["ada"].trust_in("ben", "room") == 1.0


def test_trust_counts_agreements_and_not_their_parts() -> None:
    plain = with_relation(swap(4, turns=4, trust=((1.0, 1.0), (1.0, 1.0))), 5.0)
    plain["actors"]["ada"]["salience"] = {"x": make.number(-0.1), "y": make.number(0.9)}
    plain["actors"]["ben"]["salience"] = {"x": make.number(0.9), "y": make.number(-0.1)}
    model = make.model(plain)
    for turn in range(4):
        assert model.actors_by_name["ada"].trust_in("ben", "room") == 0.5, turn
        model.step()
    assert model.actors_by_name["ada"].trust_in("ben", "room") == pytest.approx(2.0 / 3.0)


@pytest.mark.parametrize(("total", "count"), [(10, 4), (7, 3), (3, 5), (1, 2), (200, 7)])
def test_whole_units_are_split_without_loss(total: int, count: int) -> None:
    ends = [share_by(float(total), part, count, True) for part in range(count + 1)]
    parts = np.diff(ends)
    assert ends[-1] == total
    assert (parts == np.round(parts)).all()
    assert parts.max() - parts.min() <= 1.0


def people(tranches: int) -> make.Plain:
    """Ben pays y for people that ada lets go, in whole numbers, out of a stock."""
    plain = swap(tranches, turns=tranches)
    plain["levers"]["x"] |= {"persistence": "momentary", "bounds": [0.0, 50.0]}
    plain["levers"]["x"]["step"] = {"up": make.number(11.0), "down": make.number(50.0)}
    plain["stocks"] = {
        "held": make.stock(40, whole=True),
        "home": make.stock(0, {"let_go": {"from": "held", "by": "x"}}, whole=True),
    }
    plain["interests"]["x"] = make.interest(make.term("levers.x", 4.0))
    return with_relation(plain, 5.0)


def test_people_are_let_go_in_whole_parts_that_add_up() -> None:
    once = make.model(people(1)).run()
    total = once.series["stocks.home"].iloc[-1]
    assert total == 11.0
    run = make.model(people(4)).run()
    assert run.series["levers.x"].tolist() == [0.0, 3.0, 3.0, 2.0, 3.0]
    assert run.series["stocks.home"].iloc[-1] == total
    assert run.series["stocks.held"].iloc[-1] == 40.0 - total


def test_a_part_stops_at_the_bound_where_an_event_moved_the_lever_since() -> None:
    """Of two halves the second would raise x from .8, where the event put it, to 1.3."""
    plain = swap(2, turns=2)
    plain["levers"]["x"]["persistence"] = "momentary"
    to = {"of": "levers.x", "set": make.number(0.8)}
    plain["events"] = {"push": make.event(to, on="2026-02-10")}
    run = make.model(plain).run()
    assert run.agreements[0].delivered == 2
    assert run.series["levers.x"].tolist() == [0.0, 0.5, 1.0]


def test_a_delayed_lever_lands_part_by_part() -> None:
    plain = with_relation(swap(2, turns=6), 5.0)
    plain["levers"]["x"]["delay"] = 2
    plain["levers"]["x"]["cost"]["up"] = make.number(0.02)
    run = make.model(plain).run()
    whole = next(move.after for move in run.agreements[0].moves if move.lever == "x")
    assert run.series["levers.x"].tolist()[:5] == pytest.approx([0.0, 0.0, 0.0, whole / 2, whole])
    table = run.contributions
    paid = table[(table["actor"] == "ada") & (table["interest"] == "costs")]["value"].to_numpy()
    assert paid.sum() == pytest.approx(-0.02 * whole)


@pytest.mark.parametrize("replication", range(4))
@pytest.mark.parametrize("reference", ["swap", "minsk"])
def test_both_forms_have_the_same_bits(reference: str, replication: int) -> None:
    if reference == "minsk":
        scenario = load_scenario("minsk", {"channels.washington_minsk.tranches": 3})
    else:
        plain = with_relation(swap(6, turns=30), 0.08)
        for actor in plain["actors"].values():
            actor["rationality"] = make.number(40.0)
        plain["levers"]["x"]["persistence"] = "momentary"
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
    run = Model(scenario, replication=replication).run()
    assert_same_story(run, retell(scenario, compiled, block, 0, 0, replication))
    assert block.series is not None
    assert block.utilities is not None
    assert block.agreements is not None
    assert run.series.to_numpy().tobytes() == block.series[0].tobytes()
    assert run.utilities.to_numpy().tobytes() == block.utilities[0].tobytes()
    assert np.array(list(run.measures.values())).tobytes() == block.measures[0].tobytes()
    kept = [[int(one) for one in agreed.kept.values()] for agreed in run.agreements]
    assert kept == block.agreements.kept.tolist()
    for agreed, after in zip(run.agreements, block.agreements.after, strict=True):
        for move in agreed.moves:
            assert move.after == after[compiled.axes.levers.index(move.lever)]
