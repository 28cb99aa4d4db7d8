"""Measures that count: meetings by what became of them, and turns above a level."""

from __future__ import annotations

from collections import Counter

import generators as make
import numpy as np
import pytest

from minsksim import Model, compile_scenario, load_scenario, run_scenario, simulate
from minsksim.endings import ENDINGS, ENDINGS_HELD, ENDINGS_MISSED, MEETING_CODES, MEETING_COUNTS
from minsksim.scenario import Scenario
from minsksim.scenario.dump import to_plain

ALL = ("minsk", "outbid", "outbid/two_ratifiers", "scarce_visits", "red_line", "hold_up/in_parts")
NEEDS = "channels.north_isle.ratification.north.treasury.needs"


def with_measures(name: str, added: make.Plain) -> Scenario:
    plain = to_plain(load_scenario(name).document)
    plain["sources"] = {
        key: {"kind": "definition", "note": "Of a test."} for key in plain["sources"]
    }
    told = {"label": "Counted", "unit": "turns"}
    plain["measures"] |= {key: {**told, "of": [of], **how} for key, (of, how) in added.items()}
    return make.scenario(plain)


def counting_endings(name: str) -> Scenario:
    channels = load_scenario(name).document.channels
    return with_measures(
        name,
        {
            f"{channel}_{word}": (f"meetings.{channel}.{word}", {"take": "total"})
            for channel in channels
            for word in MEETING_COUNTS
        },
    )


def in_a_batch(scenario: Scenario, replications: int) -> list[dict[str, float]]:
    compiled = compile_scenario(scenario)
    rows = np.zeros(replications, dtype=np.int64)
    found = simulate(compiled, compiled.numbers[None, :], rows, np.arange(replications), 0)
    return [dict(zip(compiled.measures, row, strict=True)) for row in found.measures]


@pytest.mark.parametrize("name", ALL)
def test_every_form_counts_the_meetings_that_a_run_tells(name: str) -> None:
    scenario = counting_endings(name)
    for replication, batch in enumerate(in_a_batch(scenario, 2)):
        run = run_scenario(scenario, replication=replication)
        measures = dict(Model(scenario, replication=replication).run().measures)
        assert measures == dict(run.measures) == pytest.approx(batch, abs=0.0, nan_ok=True)
        for channel in scenario.document.channels:
            endings = Counter(one.ending for one in run.meetings if one.channel == channel)
            found = {word: run.measures[f"{channel}_{word}"] for word in MEETING_COUNTS}
            assert {word: found[word] for word in endings} == dict(endings)
            kept_apart = sum(found[word] for word in ("held", "missed", "closed", "under_way"))
            assert kept_apart == len(run.dates) - 1


def test_no_measure_of_before_moves() -> None:
    before, after = (run_scenario(one).measures for one in ("minsk", counting_endings("minsk")))
    assert {name: after[name] for name in before} == pytest.approx(dict(before), abs=0.0)


def test_the_numbers_of_the_textbook_cases() -> None:
    visits = run_scenario(counting_endings("scarce_visits")).measures
    assert visits["larch_maple_held"] == 3.0
    assert visits["larch_maple_missed"] == visits["larch_maple_nothing_left"] == 9.0
    outbid = run_scenario(counting_endings("outbid")).measures
    assert outbid["north_isle_outbid"] == outbid["north_isle_held"] == 3.0


def test_what_would_not_be_ratified_is_counted() -> None:
    scenario = counting_endings("outbid/two_ratifiers")
    found = run_scenario(scenario, point={NEEDS: 0.3}).measures
    assert found["north_isle_not_ratified"] == 3.0


def test_turns_above_a_red_line_are_counted() -> None:
    how = {"take": "turns_above", "above": 12.0}
    scenario = with_measures("red_line", {"over": ("stocks.pressure", how)})
    run = run_scenario(scenario)
    by_hand = int((run.series["stocks.pressure"].iloc[1:] > 12.0).sum())
    assert run.measures["over"] == by_hand == 3
    assert Model(scenario).run().measures["over"] == by_hand
    assert in_a_batch(scenario, 1)[0]["over"] == by_hand


def test_a_quantity_that_stands_at_the_level_is_not_above_it() -> None:
    how = {"take": "turns_above", "above": 0.0}
    never = with_measures("split_the_pie", {"over": ("agreements.table", how | {"above": 1.0})})
    always = with_measures("split_the_pie", {"over": ("agreements.table", how)})
    assert run_scenario(never).measures["over"] == 0.0
    assert run_scenario(always).measures["over"] == 3.0


def test_every_ending_is_held_missed_or_neither() -> None:
    codes = {word.code for name, word in ENDINGS.items() if name not in ("none",)}
    apart = {ENDINGS["closed"].code, ENDINGS["under_way"].code}
    assert set(ENDINGS_HELD) | set(ENDINGS_MISSED) | apart == codes
    assert not set(ENDINGS_HELD) & set(ENDINGS_MISSED)
    assert sorted(MEETING_COUNTS.values()) == list(range(1, MEETING_CODES))
