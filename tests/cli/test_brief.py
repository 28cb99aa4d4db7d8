"""A run in brief: fifteen lines that say who traded, gained, paid and saw what."""

from __future__ import annotations

from pathlib import Path

import generators as make
import pytest
from click.testing import CliRunner

from minsksim import Model, list_scenarios, load_scenario, run_scenario, suppose
from minsksim.analysis.brief import brief
from minsksim.analysis.story import tell
from minsksim.cli import main
from minsksim.notice import NOTICE

ALL = [
    one.name
    for entry in list_scenarios()
    for one in (entry, *entry.variants)
    if one.name != "minsk/opposition_at_the_table"  # plain Python takes half a minute for it
]


def printed(*words: str, width: int = 100) -> list[str]:
    """Return the lines that a command prints on stdout."""
    done = CliRunner(env={"COLUMNS": str(width)}).invoke(main, list(words))
    assert done.exit_code == 0, done.output
    return done.stdout.splitlines()


@pytest.mark.parametrize("width", [80, 100, 120])
@pytest.mark.parametrize("name", ALL)
def test_a_run_is_told_in_fifteen_lines(name: str, width: int) -> None:
    """With the notice of two lines at most seventeen on a narrow screen, fifteen on a wide one."""
    lines = printed("run", name, width=width)
    place = next(at for at, line in enumerate(lines) if line.startswith(NOTICE[:30]))
    assert place <= 15
    assert width < 120 or len(lines) <= 15
    assert max(map(len, lines)) <= width


def test_the_brief_says_what_the_run_was() -> None:
    """Every number stands in the run itself."""
    run = run_scenario("minsk")
    text = " ".join(" ".join(printed("run", "minsk", width=200)).split())
    found = brief(run)
    first = [one for one in run.agreements if one.channel == found.trades[0].channel]
    assert f"Washington and Minsk signed {len(first)} agreements" in text
    released = sum(
        move.after for one in first for move in one.moves if move.lever == "release_exile"
    )
    assert f"People released into exile ({released:,.0f} in all)" in text
    means = run.utilities.iloc[1:].mean() - run.utilities.iloc[0]
    assert f"Minsk {means['minsk']:+.3f}" in text
    worst = max(run.agreements, key=lambda one: one.blocking_worth)
    assert f"cost Brussels {worst.blocking_worth:.3f} utils in one turn." in text
    lost = means["brussels"]
    assert f"Outside Brussels {lost:+.3f}".replace("-", "\N{MINUS SIGN}") in text
    assert "1 is about all an actor wants" in text
    held = run.series["stocks.held"]
    assert f"{held.iloc[0]:,.0f} → {held.iloc[-1]:,.0f}" in text
    public = sum(one.public for one in run.agreements)
    assert f"Outsiders learnt of {public} of {len(run.agreements)} agreements" in text


def test_a_lever_is_hidden_in_the_turns_in_which_the_public_record_is_off() -> None:
    run = run_scenario("minsk")
    off = (run.public["back_channel"] - run.series["levers.back_channel"]).abs() > 1e-9
    assert brief(run).hidden["back_channel"] == int(off.iloc[1:].sum()) > 0


def test_nothing_traded_says_why() -> None:
    lines = " ".join(printed("run", "split_the_pie", "--set", "channels.table.quality=0"))
    assert "Nothing. The channels did not meet (3 times)." in lines


def test_the_command_for_many_runs_has_what_was_set() -> None:
    words = ("split_the_pie", "--set", "actors.ana.patience=0.8", "--seed", "4")
    lines = printed("run", *words, "--replication", "2", width=200)
    assert any(f"'minsksim sweep {' '.join(words)}' for many runs" in line for line in lines)
    assert any("Seed 4, replication 2" in line for line in lines)


def test_what_was_traded_is_what_was_delivered() -> None:
    """Not what was promised: of four parts that a careless partner owes, it keeps the last back."""
    careless = {"actors.oakhill.audience_cost": 0.0}
    run = run_scenario(load_scenario("hold_up/in_parts", settings=careless))
    assert run.agreements[0].delivered == 3
    after = {given.owner: given.after for given in brief(run).trades[0].given}
    assert after == {"elmstead": 1.0, "oakhill": 0.75}
    levers = run.series[[f"levers.{lever}" for lever in ("relief", "pipeline")]]
    assert sorted(after.values()) == sorted(levers.iloc[-1])
    run = run_scenario("minsk")
    totals = {
        given.lever: given.total
        for trade in brief(run).trades
        for given in trade.given
        if given.is_people
    }
    for lever in ("release_exile", "release_home"):
        assert totals[lever] == pytest.approx(run.series[f"levers.{lever}"].iloc[1:].sum())


def test_every_quiet_turn_says_why_for_every_channel() -> None:
    run = run_scenario("minsk")
    channels = set(run.scenario.document.channels)
    for turn in tell(run).turns:
        signed = {one.channel for one in turn.agreements}
        assert {one.channel for one in turn.no_agreement} == channels - signed
        assert all(one.why for one in turn.no_agreement)
    text = " ".join(" ".join(printed("run", "minsk", "--full", width=200)).split())
    assert "did not meet: Washington and Minsk (though 58 % likely to)" in text
    assert "met, and no package suits every party: Moscow and Minsk" in text
    assert "closed: Minsk and Caracas" in text


def test_a_turn_never_reached_has_no_value_and_leaves_stories_comparable() -> None:
    """A NaN is equal to no other, so a story that holds one would differ from the same run's."""
    story, again = (tell(run_scenario(suppose("minsk", forbid="potash_relief"))) for _ in "12")
    values = {one.measure: one.value for one in story.measures}
    assert values["first_potash_relief"] is None
    assert story == again
    lines = printed("run", "minsk", "--forbid", "potash_relief", "--full", width=200)
    text = " ".join(" ".join(lines).split())
    assert "Turn in which half of the potash sanctions are set aside never" in text


def test_a_broken_agreement_is_counted_and_its_moves_are_not(tmp_path: Path) -> None:
    """Rationality 0 keeps and signs by the toss of a coin."""
    plain = make.document(
        {
            "ada": make.actor({"x": -0.25, "y": 0.75}, rationality=0.0),
            "ben": make.actor({"x": 0.75, "y": -0.25}, rationality=0.0),
        },
        {name: make.lever(by) for name, by in (("x", "ada"), ("y", "ben"))},
        {name: make.interest(make.term(f"levers.{name}")) for name in "xy"},
        channels={"room": make.channel(("ada", "ben"), ("x", "y"))},
        turns=1,
    )
    scenario = make.scenario(plain)
    runs = [Model(scenario, replication=replication).run() for replication in range(40)]
    broken = [run for run in runs if run.agreements and not run.agreements[0].kept["ada"]]
    assert broken
    for run in broken:
        (trade,) = brief(run).trades
        assert trade.broken == 1
        assert "x" not in {one.lever for one in trade.given}
