"""Why a channel made no agreement is noted where it is decided, and told as it was noted."""

from __future__ import annotations

import pickle
from dataclasses import replace
from math import exp, isnan
from typing import Any

import generators as make
import pytest
from test_protocols import pie
from test_ratification_and_blocking import harmful, ratified

from minsksim import Actor, Model, Run, run_scenario
from minsksim.analysis.reasons import no_agreement, percent
from minsksim.analysis.story import tell
from minsksim.endings import ENDINGS
from minsksim.engine.record.meetings import Meeting
from minsksim.engine.record.run import Offer


def swap(worth: float = 0.75, *, rationality: float = make.ALWAYS, **of_room: Any) -> make.Plain:
    """Ada raises x for ben and ben y for ada: ``worth`` for the other's, the rest for the own."""
    own = worth - 1.0
    return make.document(
        {
            "ada": make.actor({"x": own, "y": worth}, rationality=rationality),
            "ben": make.actor({"x": worth, "y": own}, rationality=rationality),
        },
        {"x": make.lever("ada"), "y": make.lever("ben")},
        {name: make.interest(make.term(f"levers.{name}")) for name in "xy"},
        channels={"room": make.channel(("ada", "ben"), ("x", "y"), **of_room)},
        turns=1,
    )


def first(plain: make.Plain, **of_model: Any) -> tuple[Run, Meeting]:
    """Return a run and its first meeting."""
    run = Model(make.scenario(plain), **of_model).run()
    return run, run.meetings[0]


def told(plain: make.Plain, **of_model: Any) -> str:
    """Return why the first meeting led nowhere."""
    return no_agreement(*first(plain, **of_model)).why


def test_what_is_signed_has_its_offer_and_the_chances_of_the_logit_rule() -> None:
    """Both gain 0.75 - 0.25 = 0.5; at rationality 2 either signs with 1 / (1 + exp(-1))."""
    runs = [first(swap(rationality=2.0), replication=r) for r in range(12)]
    chance = 1.0 / (1.0 + exp(-1.0))
    assert {meeting.ending for _, meeting in runs} == {"agreed", "refused"}
    for run, meeting in runs:
        assert meeting.chances == pytest.approx({"ada": chance, "ben": chance}, abs=1e-9)
        assert meeting.offer is not None
        assert meeting.offer.gains == pytest.approx({"ada": 0.5, "ben": 0.5}, abs=1e-9)
        assert [(move.lever, move.after) for move in meeting.offer.moves] == [("x", 1), ("y", 1)]
        assert all(meeting.signed.values()) == (meeting.ending == "agreed")
        if meeting.ending == "agreed":
            assert run.agreements[0].moves == meeting.offer.moves
            assert tell(run).turns[0].no_agreement == ()


def test_a_refusal_names_who_refused_and_how_likely_it_was_to_sign() -> None:
    plain = swap(rationality=2.0)
    plain["actors"]["ben"]["label"] = "Ben"
    runs = [first(plain, replication=replication) for replication in range(12)]
    run, meeting = next(
        (run, one) for run, one in runs if one.signed == {"ada": True, "ben": False}
    )
    assert no_agreement(run, meeting).why == (
        f"{ENDINGS['refused'].label} (Ben, 73 % likely to sign)"
    )
    assert tell(run).turns[0].no_agreement[0].ending == "refused"


def test_a_decision_in_python_is_not_given_the_chance_of_another_rule() -> None:
    class NeverSigns(Actor):
        def accepts(self, offer: Offer) -> bool:
            return False

    assert "decided by Python code" in told(swap(), actor_classes={"ada": NeverSigns})


def test_who_did_not_meet_has_the_chance_of_that_turn() -> None:
    """A quality of 1/2 that halves after every turn without an agreement: 50, 25, 13 %."""
    plain = swap(worth=0.4, quality=0.5, decay=0.5)
    plain["calendar"]["turns"] = 12
    run, _ = first(plain)
    assert [meeting.chance for meeting in run.meetings] == [0.5**turn for turn in range(1, 13)]
    last = run.meetings[-1]
    assert (last.ending, last.offer, last.signed) == ("not_met", None, {})
    assert no_agreement(run, last).why == "did not meet (under 1 % likely to)"


def test_nothing_suits_where_every_swap_costs_more_than_it_brings() -> None:
    """Ada pays .6 for what brings her .4."""
    assert told(swap(worth=0.4)) == ENDINGS["nothing_suits"].label


@pytest.mark.parametrize("protocol", ["nash", "exchange", "separate", "alternating_offers"])
def test_what_no_ratifier_accepts_names_the_ratifier(protocol: str) -> None:
    plain = ratified(0.81, 0.2, protocol)
    run, meeting = first(plain)
    assert meeting.ending == "not_ratified"
    joint = "by senate and sejm: each would ratify some package, but not the same one"
    # issue by issue there is one package, which the sejm refuses whatever the senate needs
    assert no_agreement(run, meeting).detail == ("by sejm" if protocol == "separate" else joint)


def test_a_ratified_table_on_which_nothing_suits_the_parties_does_not_blame_ratifiers() -> None:
    plain = ratified(0.3, 0.3, "nash")
    for party in ("ada", "ben"):
        plain["actors"][party]["reservation"] = make.number(0.9)
    assert first(plain)[1].ending == "nothing_suits"


def test_a_package_that_is_stopped_names_who_paid_and_what_was_on_the_table() -> None:
    run, meeting = first(harmful(0.4, 0.6, side_payments=True))
    assert (meeting.ending, meeting.stopped_by) == ("blocked", ("cid",))
    assert meeting.signed == {"ada": True, "ben": True}
    assert meeting.offer is not None
    assert [move.lever for move in meeting.offer.moves] == ["work"]
    assert run.measures["blocked"] == 1.0
    assert no_agreement(run, meeting).detail == "An actor paid"
    assert first(harmful(0.6, 0.4, side_payments=True))[1].stopped_by == ()


def test_levers_that_are_switched_off_leave_nothing_free() -> None:
    plain = swap()
    for lever in plain["levers"].values():
        lever["active"] = False
    assert told(plain) == ENDINGS["nothing_free"].label


def test_a_closed_channel_is_not_one_that_did_not_meet() -> None:
    run, meeting = first(swap(is_open=False))
    assert (meeting.ending, meeting.chance) == ("closed", 0.0)
    assert no_agreement(run, meeting).why == ENDINGS["closed"].label


def test_what_is_under_way_is_said_in_the_turns_after_it_was_signed() -> None:
    plain = swap(tranches=3)
    plain["calendar"]["turns"] = 3
    run, _ = first(plain)
    assert [one.ending for one in run.meetings] == ["agreed", "under_way", "under_way"]


def test_a_pie_that_is_shared_leaves_nothing_over() -> None:
    """What was opened stands, so the second turn has nothing that suits both."""
    plain = pie(protocol="nash")
    plain["calendar"]["turns"] = 2
    run = Model(make.scenario(plain)).run()
    assert [one.ending for one in run.meetings] == ["agreed", "nothing_suits"]


def test_runs_are_equal_by_what_they_tell() -> None:
    scenario = make.scenario(swap(rationality=2.0))
    one, two = (Model(scenario).run() for _ in range(2))
    assert one == two
    assert one != Model(scenario, replication=1).run()


def test_runs_that_never_reached_a_level_are_equal_also_after_a_journey() -> None:
    run = run_scenario("minsk", point={"channels.washington_minsk.quality": 0.0})
    again = pickle.loads(pickle.dumps(run))  # noqa: S301 - written here
    assert isnan(run.measures["first_potash_relief"])
    assert run == again
    assert run != replace(again, measures={**run.measures, "first_potash_relief": 3.0})


@pytest.mark.parametrize(
    ("chance", "text"), [(0.0, "0 %"), (0.0049, "under 1 %"), (0.5, "50 %"), (0.999, "over 99 %")]
)
def test_a_chance_is_0_or_100_only_where_it_is_certain(chance: float, text: str) -> None:
    assert percent(chance) == text
