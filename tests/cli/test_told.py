"""What a run tells of what happens beside the table: outsiders, people, dates, events."""

from __future__ import annotations

import json

import generators as make
import pytest
from click.testing import CliRunner

from minsksim import Model, list_scenarios, load_scenario, run_scenario
from minsksim.analysis.fared import costs, fared, valued_by
from minsksim.analysis.flows import flows_of_people
from minsksim.analysis.story import tell
from minsksim.cli import main
from minsksim.scenario import Scenario
from minsksim.scenario.dump import to_plain

RATIFIED = "outbid/two_ratifiers"
NOT_OUTBID = "interests.rivalry.terms.harbour.effect=-0.1"


def printed(*words: str, width: int = 200) -> str:
    done = CliRunner(env={"COLUMNS": str(width)}).invoke(main, [*words])
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def edited(name: str, change) -> Scenario:
    plain = to_plain(load_scenario(name).document)
    change(plain)
    return make.scenario(plain)


# --- who gained, in which unit ---------------------------------------------------------------


def test_what_is_moved_for_one_turn_counts_in_that_turn() -> None:
    """Larch's line carries messages in 3 of 12 months, and nothing stands in the other nine."""
    run = run_scenario("scarce_visits")
    found = {one.actor: one.gained for one in fared(run)}
    by_hand = run.utilities.iloc[1:].mean() - run.utilities.iloc[0]
    assert found == pytest.approx(by_hand.to_dict(), abs=1e-15)
    assert f"Maple {found['maple']:+.3f}" in printed("run", "scarce_visits")


def test_a_gain_that_is_back_at_zero_at_the_end_is_told() -> None:
    """One deal in the middle of the run: the last turn has none, the mean of the turns has."""

    def once(plain: make.Plain) -> None:
        meetings = plain["channels"]["larch_maple"]["meetings"]
        meetings.update({"on": ["2026-07-15"], "only_on": True})

    run = run_scenario(edited("scarce_visits", once))
    assert len(run.agreements) == 1
    assert run.utilities["larch"].iloc[-1] == run.utilities["larch"].iloc[0]
    [larch] = [one for one in fared(run) if one.actor == "larch"]
    assert larch.gained == pytest.approx(sum(run.utilities["larch"]) / 12) != 0.0
    [account] = [one for one in tell(run).utilities if one.actor == "larch"]
    assert account.mean == pytest.approx(larch.gained)
    assert account.mean == pytest.approx(sum(mean for _, _, mean in account.terms.values()))


def test_ratifiers_and_outbidders_are_told_as_what_they_are() -> None:
    assert {one.actor: one.part for one in fared(run_scenario("outbid"))} == {
        "north": "outsider",
        "isle": "party",
        "south": "outbidder",
    }
    text = printed("run", "outbid")
    assert "Outside South −0.400 utils a turn." in text
    assert "Each time that spared South 0.500 utils in one turn." in text
    run = run_scenario(RATIFIED, point={NOT_OUTBID.partition("=")[0]: -0.1})
    assert {one.actor: one.part for one in fared(run)}["treasury"] == "ratifier"
    text = printed("run", RATIFIED, "--set", NOT_OUTBID)
    assert "ratifiers: " in text.partition("Outside")[2]
    text = printed("run", RATIFIED, "--set", NOT_OUTBID, "--full")
    agreed = text.partition("North and Isle agree")[2].partition("Seen")[0]
    assert (
        "The treasury +0.200 (needs 0.2)"
        in agreed.partition("Ratified by")[2].partition("Outside")[0]
    )
    assert "treasury" not in agreed.partition("Outside")[2]


def test_what_an_outbidder_was_spared_is_what_the_package_would_have_done() -> None:
    """South loses half a util by the open harbour."""
    for run in (run_scenario("outbid"), Model("outbid").run()):
        assert [one.spared for one in run.meetings if one.outbid_by] == pytest.approx([0.5] * 3)
    text = printed("run", "outbid", "--full")
    assert "Spared South: the package that fell would have cost it 0.5000 utils" in text


def test_present_values_and_values_of_a_turn_are_never_compared() -> None:
    def ahead(plain: make.Plain) -> None:
        plain["actors"]["brussels"]["horizon"] = 6
        plain["sources"] = {key: {"kind": "definition", "note": "-"} for key in plain["sources"]}

    scenario = edited("minsk", ahead)
    run = run_scenario(scenario)
    valued = valued_by(scenario.document)
    assert {name for name, word in valued.items() if word == "present_value"} == {"brussels"}
    found = costs(run)
    assert [one.valued for one in found] == ["in_one_turn", "present_value"]
    for one in found:
        alike = [name for name, word in valued.items() if word == one.valued]
        worst = min(
            agreement.externalities[name]
            for agreement in run.agreements
            for name in alike
            if name not in agreement.parties
        )
        assert one.worth == -worst
    story = tell(run)
    assert story.valued == valued


# --- people ----------------------------------------------------------------------------------


def test_refusals_are_told_by_group() -> None:
    run = run_scenario("groups_of_people")
    exiled = next(one for one in flows_of_people(run) if one.inflow == "exiled")
    assert sum(exiled.all.went) == run.series["stocks.abroad"].iloc[-1]
    assert sum(exiled.all.refused or ()) == run.series["stocks.refused"].iloc[-1] > 0
    prominent = next(one for one in exiled.groups if one.group == "held_prominent")
    assert sum(prominent.went) == run.series["stocks.prominent_abroad"].iloc[-1]
    for part in ("went", "refused"):
        by_group = zip(*(getattr(one, part) for one in exiled.groups), strict=True)
        assert tuple(map(sum, by_group)) == getattr(exiled.all, part)
    text = printed("run", "groups_of_people", "--full")
    told = "Exiled: Released into exile 51 9 Citizens of other states held 0 0 Prominent figures "
    assert f"{told}held 11 3 Others held 40 6" in text
    assert "Refused " in text


def test_arrests_are_told_by_group() -> None:
    name = "groups_of_people/arrests_go_on"
    jailed = next(one for one in flows_of_people(run_scenario(name)) if one.inflow == "arrests")
    assert sum(jailed.all.went) == sum(sum(one.went) for one in jailed.groups) > 0
    assert all(one.refused is None for one in jailed.groups)


@pytest.mark.parametrize("name", [one.name for one in list_scenarios()])
def test_counting_flows_again_is_the_same_run(name: str) -> None:
    """So that what a table says is what happened: with counters no other quantity moves."""
    run = run_scenario(name, seed=3, replication=2)
    stocks, flows = run.scenario.document.stocks, flows_of_people(run)
    assert bool(flows) == any(one.whole and one.inflows for one in stocks.values())
    went = {f"stocks.{one.stock}.inflows.{one.inflow}": sum(one.all.went) for one in flows}
    for key, stock in stocks.items():
        if stock.whole and stock.counts and set(stock.counts) <= set(went):
            total = sum(went[reference] for reference in stock.counts)
            assert total == run.series[f"stocks.{key}"].iloc[-1]


def test_a_run_that_cannot_be_played_again_tells_no_flows() -> None:
    other = {"stocks.held_others.initial": 60.0}
    run = run_scenario("groups_of_people", point=other)
    assert flows_of_people(run) == ()
    exiled = next(one for one in flows_of_people(run, other) if one.inflow == "exiled")
    assert sum(exiled.all.went) == run.series["stocks.abroad"].iloc[-1]


def test_groups_come_after_what_they_add_up_to() -> None:
    text = printed("run", "groups_of_people", width=100).partition("People People")[2]
    assert text.index("Refused to leave") < text.index("Citizens of other states held")


# --- dates and events ------------------------------------------------------------------------


def test_a_meeting_on_a_date_is_told_as_held_or_missed() -> None:
    text = printed("run", "scarce_visits/saved_for_the_summit", "--full")
    assert "Date Larch's envoy in Maple, due on 15 July 2026: held" in text

    def early(plain: make.Plain) -> None:
        plain["channels"]["larch_maple"]["meetings"]["on"] = ["2026-02-03"]

    story = tell(run_scenario(edited("scarce_visits", early)))
    [dated] = [one for turn in story.turns for one in turn.dated]
    assert (dated.dates, dated.is_held, dated.ending) == (("2026-02-03",), False, "nothing_left")


def test_an_event_is_told_with_what_it_moved_and_not_as_its_owners_act() -> None:
    told = json.loads(printed("run", "red_line", "--format", "json"))
    events = {one["event"]: one for turn in told["turns"] for one in turn["events"]}
    [move] = events["wave"]["moves"]
    assert (move["lever"], move["before"], move["fate"]) == ("arrests", 0.0, "")
    assert not any(turn["others"] for turn in told["turns"])
    text = printed("run", "red_line", "--full")
    assert "by the event" not in text
    assert "moved outside these agreements" not in text
