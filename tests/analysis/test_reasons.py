"""Why nothing was signed: who refused at home, which quantity stood in the way, who has nothing."""

from __future__ import annotations

import json

import generators as make
import numpy as np
import pytest
from click.testing import CliRunner

from minsksim import Model, compile_scenario, load_scenario, remarks, run_scenario, simulate
from minsksim.analysis.brief import brief
from minsksim.analysis.reasons import no_agreement
from minsksim.analysis.story import tell
from minsksim.cli import main
from minsksim.cli.render.brief_detail import _DETAILS
from minsksim.cli.render.run_text import quiet
from minsksim.engine.record.run import Run
from minsksim.engine.single_run import retell

HOME = "channels.north_isle.ratification.north"
TREASURY, FRIENDS = f"{HOME}.treasury.needs", f"{HOME}.friends.needs"
PRESSURE = "Pressure on Alder's government to stop talking"
LINE = "Above 12 points of pressure Alder signs nothing"


def told(run: Run, channel: str) -> list[str]:
    return [no_agreement(run, one).why for one in run.meetings if one.channel == channel]


def printed(*words: str) -> str:
    done = CliRunner(env={"COLUMNS": "200"}).invoke(main, list(words))
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def test_where_nothing_suits_the_parties_no_ratifier_is_blamed() -> None:
    """Passage worth 0.1 to North and 0.2 to Isle: nothing to trade, whatever is needed at home."""
    run = run_scenario(
        "outbid/two_ratifiers", point={"interests.passage.terms.harbour.effect": 0.1}
    )
    assert told(run, "north_isle") == ["met, and no package suits every party"] * 3


@pytest.mark.parametrize(
    ("needs", "names"), [((0.8, 0.0), "treasury"), ((0.0, 1.1), "friends of Isle")]
)
def test_only_the_ratifier_who_refuses_is_named(needs: tuple[float, float], names: str) -> None:
    point = dict(zip((TREASURY, FRIENDS), needs, strict=True))
    run = run_scenario("outbid/two_ratifiers", point=point)
    assert {
        no_agreement(run, one).detail for one in run.meetings if one.channel == "north_isle"
    } == {f"by The {names}"}
    settings = [f"--set={name}={value}" for name, value in point.items()]
    assert f"(by The {names}; 3 times)" in printed("run", "outbid/two_ratifiers", *settings)
    story = json.loads(
        CliRunner()
        .invoke(main, ["run", "outbid/two_ratifiers", *settings, "--format", "json"])
        .stdout
    )
    assert story["turns"][0]["no_agreement"][0]["detail"] == f"by The {names}"


def test_who_refuses_with_others_is_named_with_them_and_whoever_needs_nothing_is_not() -> None:
    run = run_scenario("outbid/two_ratifiers", point={TREASURY: 0.3, FRIENDS: 0.45})
    assert no_agreement(run, run.meetings[0]).detail == (
        "by The treasury and The friends of Isle: each would ratify some package, but not the same "
        "one"
    )
    plain = load_scenario("outbid/two_ratifiers").document.model_dump(
        mode="json", by_alias=True, exclude_none=True
    )
    plain["actors"]["quiet"] = {**plain["actors"]["friends"], "label": "The quiet"}
    home = plain["channels"]["north_isle"]["ratification"]["north"]
    home["quiet"] = {**home["friends"], "by": "quiet", "needs": make.number(0.1)}
    home["treasury"]["needs"] = make.number(0.3)
    plain["sources"]["D1"] = {"kind": "definition", "note": "chosen"}
    run = run_scenario(make.scenario(plain))
    assert run.meetings[0].unratified_by == ("treasury", "friends")


def test_asking_who_refuses_leaves_the_run_as_it_is_and_both_forms_answer_alike() -> None:
    scenario = load_scenario("outbid/two_ratifiers", settings={TREASURY: 0.8, FRIENDS: 0.0})
    case = compile_scenario(scenario)
    rows = case.numbers[None, :], np.zeros(2, np.int64), np.arange(2), 0
    kept, bare = (simulate(case, *rows, is_traced=traced) for traced in (True, False))
    assert kept.measures.tobytes() == bare.measures.tobytes()
    assert (
        retell(scenario, case, kept, 1, 0, 1).meetings
        == Model(scenario, replication=1).run().meetings
    )


def test_a_red_line_is_named_with_its_quantity_and_where_that_stood() -> None:
    run = run_scenario("red_line")
    quiet = [one for one in run.meetings if one.ending != "agreed"]
    assert [one.turn for one in quiet] == [3, 4, 5]
    for meeting, level in zip(quiet, (20, 30, 15), strict=True):
        assert no_agreement(run, meeting).detail == (
            f"{PRESSURE} at {level} points, beyond the red line: Alder asks for 1 util more "
            f"({LINE})"
        )
    (found,) = brief(run).quiet
    assert (found.times, found.ending) == (3, "nothing_suits")
    assert f"({PRESSURE} at 15 to 30 points, beyond the red line: {LINE}; 3 times)" in printed(
        "run", "red_line"
    )
    assert f"{PRESSURE} at 30 points" in printed("run", "red_line", "--full")


def test_a_red_line_is_not_blamed_where_nothing_would_suit_anyhow() -> None:
    run = run_scenario("red_line", point={"actors.birch.reservation": 2.0})
    assert all(one.ending == "nothing_suits" and not one.asking for one in run.meetings)
    assert {no_agreement(run, one).detail for one in run.meetings} == {""}


def with_answers(**answers: tuple[str, float]) -> make.Plain:
    """Return the red line with more answers to the same pressure."""
    plain = load_scenario("red_line").document.model_dump(
        mode="json", by_alias=True, exclude_none=True
    )
    for name, (of, by) in answers.items():
        plain["answers"][name] = {"of": of, "to": "stocks.pressure", "by": make.number(by)}
    plain["sources"]["D1"] = {"kind": "definition", "note": "chosen"}
    return plain


def test_an_answer_without_which_nothing_would_change_is_not_named() -> None:
    """A line of a ten-thousandth of a util beside one of a util, and a weight moved as little."""
    plain = with_answers(
        small=("actors.birch.reservation", 1e-4), glow=("salience.birch.open_border", 1e-4)
    )
    run = run_scenario(make.scenario(plain))
    quiet = [one for one in run.meetings if one.ending == "nothing_suits"]
    assert len(quiet) == 3
    for meeting in quiet:
        assert "small" in meeting.answers
        assert meeting.asking == ("red_line",)
        told = no_agreement(run, meeting)
        assert LINE in told.detail
        assert "answers." not in told.detail + told.cause


def test_of_answers_that_are_enough_together_those_are_named_that_have_to_go() -> None:
    """Either of two lines of a util alone would stop every package, so both are named."""
    plain = with_answers()
    plain["answers"]["other"] = plain["answers"]["red_line"] | {"label": "Another line"}
    run = run_scenario(make.scenario(plain))
    assert {one.asking for one in run.meetings if one.ending == "nothing_suits"} == {
        ("red_line", "other")
    }


def test_a_line_of_a_party_that_signs_is_no_cause_of_a_refusal() -> None:
    """Birch tosses a coin; Alder, who asks for a little more, signs."""
    plain = with_answers(more=("actors.alder.reservation", 0.02))
    del plain["answers"]["red_line"]
    plain["actors"]["birch"]["rationality"] = make.number(0.0)
    scenario = make.scenario(plain)
    refused = [
        (run, one)
        for run in (run_scenario(scenario, replication=each) for each in range(8))
        for one in run.meetings
        if one.ending == "refused" and one.answers and one.signed["alder"]
    ]
    assert refused
    for run, one in refused:
        assert no_agreement(run, one).detail == "Birch, 50 % likely to sign"


def test_what_dampens_meetings_where_there_is_no_chance_of_any_is_not_named() -> None:
    plain = with_answers(chill=("channels.alder_birch.quality", -1.0))
    plain["channels"]["alder_birch"]["quality"] = make.number(0.0)
    plain["channels"]["alder_birch"]["build"] = make.number(0.0)
    run = run_scenario(make.scenario(plain))
    assert {no_agreement(run, one).detail for one in run.meetings} == {"0 % likely to"}


def with_parliament(needs: float) -> make.Plain:
    """Return the red line with a parliament at home that gains 1 util by an open border."""
    plain = load_scenario("red_line").document.model_dump(
        mode="json", by_alias=True, exclude_none=True
    )
    plain["actors"]["house"] = make.actor({"open_border": 1.0}) | {"label": "The house"}
    plain["channels"]["alder_birch"]["ratification"] = {
        "alder": {"house": {"by": "house", "needs": make.number(needs)}}
    }
    plain["sources"]["D1"] = {"kind": "definition", "note": "chosen"}
    return plain


@pytest.mark.parametrize("needs", [0.5, 1.5])
def test_a_red_line_and_a_ratifier_that_each_stand_in_the_way_are_both_named(needs: float) -> None:
    case = make.scenario(with_parliament(needs))
    run = run_scenario(case)
    crossed = [no_agreement(run, one) for one in run.meetings if one.turn in (3, 4, 5)]
    both = "; and The house would not ratify: each of these stands in the way"
    assert {one.ending for one in crossed} == {"nothing_suits"}
    assert all(f"({LINE})" in one.detail for one in crossed)
    assert {one.detail.endswith(both) for one in crossed} == {needs > 1.0}
    assert {one.cause for one in crossed} == {LINE + both * (needs > 1.0)}
    quiet = {one.cause: one.times for one in brief(run).quiet}
    level = f"{PRESSURE} at 15 to 30 points, beyond the red line: {LINE}"
    assert quiet[level + both * (needs > 1.0)] == 3
    assert Model(case).run().meetings == run.meetings
    advice = {one.of[0]: one.advice for one in remarks(case, 2)}
    assert ("levers.relief" in advice) == (needs > 1.0)


def lasting() -> make.Plain:
    """Return a trade of x for y, both of which stay where they are put."""
    return make.document(
        {"ada": make.actor({"of_x": -0.2, "of_y": 0.8}), "ben": make.actor({"of_x": 1.0})},
        {"x": make.lever("ada"), "y": make.lever("ben")},
        {f"of_{name}": make.interest(make.term(f"levers.{name}")) for name in "xy"},
        channels={"room": make.channel(("ada", "ben"), ("x", "y"))},
        turns=4,
    )


STANDS = "nothing beyond what already stands as agreed suits them"


def test_what_stands_as_agreed_is_no_failed_bargaining() -> None:
    run = run_scenario(make.scenario(lasting()))
    assert [one.ending for one in run.meetings] == ["agreed", *["nothing_suits"] * 3]
    assert {no_agreement(run, one).detail for one in run.meetings[1:]} == {STANDS}
    assert [(one.cause, one.times) for one in brief(run).quiet] == [(STANDS, 3)]


def test_what_was_agreed_and_does_not_stand_is_not_called_in_force() -> None:
    plain = lasting()
    day = "2026-03-01"
    plain["events"] = {
        "back": make.event({"of": "levers.y", "set": make.number(0.0)}, on=day),
        "sour": make.event({"of": "salience.ada.of_y", "set": make.number(-0.8)}, on=day),
    }
    run = run_scenario(make.scenario(plain))
    assert [one.ending for one in run.meetings] == ["agreed", *["nothing_suits"] * 3]
    assert [no_agreement(run, one).detail for one in run.meetings[1:]] == [STANDS, "", ""]


BIDS = "it serves counter-offers, and North and Isle had no package to bid against"


def test_a_channel_for_counter_offers_is_told_apart_and_left_out_of_the_brief() -> None:
    setting = "interests.passage.terms.harbour.effect=0.1"
    run = run_scenario("outbid", point={setting.split("=")[0]: 0.1})
    assert {one.channel for one in brief(run).quiet} == {"north_isle"}
    assert {no_agreement(run, one).detail for one in run.meetings[1::2]} == {BIDS}
    assert "no package suits every party (3 times)" in printed("run", "outbid", f"--set={setting}")
    assert f"South and Isle ({BIDS})" in printed("run", "outbid", f"--set={setting}", "--full")
    unworthy = run_scenario("outbid", point={"interests.rivalry.terms.harbour.effect": -0.1})
    assert {no_agreement(unworthy, one).detail for one in unworthy.meetings[1::2]} == {
        "no counter-offer to North and Isle is worth it to South"
    }


def test_what_dampens_meetings_is_named() -> None:
    plain = load_scenario("red_line").document.model_dump(
        mode="json", by_alias=True, exclude_none=True
    )
    plain["answers"] = {
        "chill": {
            "of": "channels.alder_birch.quality",
            "to": "stocks.pressure",
            "by": make.number(-4.0),
        }
    }
    plain["sources"]["D1"] = {"kind": "definition", "note": "chosen"}
    run = run_scenario(make.scenario(plain))
    reasons = [no_agreement(run, one).detail for one in run.meetings if one.ending == "not_met"]
    assert (
        f"0 % likely to; {PRESSURE} at 30 points: the two are less likely to meet (answers.chill)"
        in reasons
    )


def test_who_has_nothing_to_give_is_named_with_the_people_who_are_gone() -> None:
    """All who are held go in the first turn; then there is nobody whom y can let go."""
    plain = make.document(
        {"ada": make.actor({"of_x": -0.2, "of_y": 0.8}), "ben": make.actor({"of_x": 1.0})},
        {"x": make.lever("ada"), "y": make.lever("ben", more={"unit": "people"})},
        {
            "of_x": make.interest(make.term("levers.x")),
            "of_y": make.interest(make.term("levers.y")),
        },
        channels={"room": make.channel(("ada", "ben"), ("x", "y"))},
        turns=3,
    )
    held = make.stock(1.0, whole=True) | {"unit": "people", "label": "People held"}
    free = make.stock(0.0, {"deals": {"from": "held", "by": "y"}}, whole=True)
    plain["stocks"] = {"held": held, "free": free | {"unit": "people"}}
    plain["levers"]["y"]["persistence"] = plain["levers"]["x"]["persistence"] = "momentary"
    run = run_scenario(make.scenario(plain))
    assert [one.ending for one in run.meetings] == ["agreed", "nothing_suits", "nothing_suits"]
    assert no_agreement(run, run.meetings[1]).detail == (
        "An actor has nothing to give: A lever cannot move, since nobody is left of: People held"
    )


def test_a_package_refused_at_the_reservation_says_so() -> None:
    case = load_scenario(
        "split_the_pie",
        settings={"channels.table.protocol": "take_it_or_leave_it", "actors.bo.reservation": 0.6},
    )
    runs = [run_scenario(case, replication=replication) for replication in range(12)]
    refused = [(run, one) for run in runs for one in run.meetings if one.ending == "refused"]
    assert 0 < len(refused) < 36
    assert {no_agreement(*one).detail for one in refused} == {
        "Bo, 50 % likely to sign for no more than its reservation"
    }
    sure = load_scenario(
        "split_the_pie",
        settings={"channels.table.protocol": "ultimatum", "actors.bo.reservation": 0.6},
    )
    assert all(len(run_scenario(sure, replication=each).agreements) == 3 for each in range(12))


def test_once_is_not_told_as_times() -> None:
    lines = printed("run", "outbid", "--set", "calendar.turns=1")
    assert "South outbid North once" in lines
    text = printed(
        "run", "split_the_pie", "--set", "channels.table.quality=0", "--set=calendar.turns=1"
    )
    assert "did not meet (once)" in text


def test_what_an_event_moves_is_no_move_of_its_owner_and_people_who_are_moved_are_told() -> None:
    run = run_scenario("red_line")
    march, april = tell(run).turns[2:4]
    assert march.others == ()
    ((event,), (moved,)) = march.events, march.events[0].moves
    assert (event.label, moved.lever) == ("A wave of arrests begins", "arrests")
    text = printed("run", "red_line", "--full")
    assert "Event A wave of arrests begins Arrests in Birch" in text
    assert "Birch Arrests" not in text
    assert april.is_quiet
    assert quiet(april) == (
        "No agreement, no event, no new move; what moves people went on as before."
    )
    assert "No agreement, no event, no move." not in text


def test_the_title_is_the_last_to_go_before_whole_rows_are() -> None:
    """A long command to type again took its place although there was room for it."""
    *_, with_title, bare = [one for one in _DETAILS if one.has_worst]
    assert with_title._replace(is_bare=True) == bare
    settings = (
        "channels.alder_birch.trust.alder.kept=1",
        "channels.alder_birch.trust.birch.kept=1",
    )
    words = [f"--set={one}" for one in settings]
    assert "red_line: A red line. Seed 0" in printed("run", "red_line", *words)
