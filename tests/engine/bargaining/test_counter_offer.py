"""Counter-offers: the textbook's closed form, and what else has to hold of a bid."""

from __future__ import annotations

import generators as make
import pytest

from minsksim import Actor, Model, UsageError, load_scenario, run_scenario, suppose
from minsksim.analysis.reasons import no_agreement
from minsksim.engine.record.bids import Bid
from minsksim.theory.counter_offer import critical_stake

STAKE = "interests.rivalry.terms.harbour.effect"
PAID = "interests.rivalry.terms.subsidy.effect"
HAIR = 1e-6


@pytest.mark.parametrize("price", [0.5, 1.0])
def test_the_deal_falls_where_the_stake_exceeds_half_of_the_surplus(price: float) -> None:
    critical = critical_stake(0.8, price)
    for stake, falls in ((critical - HAIR, False), (critical + HAIR, True)):
        found = run_scenario("outbid", point={STAKE: -stake, PAID: -price}).measures
        assert (found["outbid"], found["agreements"]) == ((3.0, 0.0) if falls else (0.0, 3.0))
        assert found["subsidy"] == pytest.approx(0.4 if falls else 0.0, abs=1e-9)
        assert found["grant"] == pytest.approx(0.0 if falls else 0.6, abs=1e-9)
        assert found["utility_isle"] == pytest.approx(0.4, abs=1e-9)


def test_side_payments_must_exceed_the_whole_surplus() -> None:
    for stake, deals in ((0.5, 3.0), (0.8 - HAIR, 3.0), (0.8 + HAIR, 0.0)):
        found = run_scenario("outbid/side_payments", point={STAKE: -stake}).measures
        assert (found["agreements"], found["outbid"]) == (deals, 0.0)


def test_hands_tied_at_home_make_the_deal_cheaper_to_outbid() -> None:
    for stake, falls in ((0.3 - HAIR, False), (0.3 + HAIR, True)):
        found = run_scenario("outbid/two_ratifiers", point={STAKE: -stake}).measures
        assert found["outbid"] == (3.0 if falls else 0.0)
        assert found["subsidy"] == pytest.approx(0.3 if falls else 0.0, abs=1e-9)
        assert found["grant"] == pytest.approx(0.0 if falls else 0.5, abs=1e-9)


def test_ratifiers_who_agree_on_no_grant_end_the_talks() -> None:
    need = "channels.north_isle.ratification.north.friends.needs"
    run = run_scenario("outbid/two_ratifiers", point={need: 0.5 + HAIR})
    assert {one.ending for one in run.meetings if one.channel == "north_isle"} == {"not_ratified"}
    assert "The treasury and The friends of Isle" in no_agreement(run, run.meetings[0]).detail
    assert run_scenario("outbid/two_ratifiers", point={need: 0.49}).measures["outbid"] == 3.0


def test_the_party_asks_its_reservation_on_top_of_the_deal() -> None:
    """The even split gives it 0.4 all the same; to leave that it wants r more."""
    point = {"actors.isle.reservation": 0.05, STAKE: -0.6}
    assert run_scenario("outbid", point=point).measures["subsidy"] == pytest.approx(0.45, abs=1e-9)
    point[STAKE] = -0.449
    assert run_scenario("outbid", point=point).measures["outbid"] == 0.0


@pytest.mark.parametrize(("of", "subsidy"), [("isle", 0.45), ("south", 0.0)])
def test_a_reservation_that_answers_counts_as_it_stands(of: str, subsidy: float) -> None:
    """A red line that is crossed adds 1/20, or 1/5, to what one of the two asks for."""
    base = load_scenario("outbid")
    by = 0.05 if of == "isle" else 0.2
    answer = {"of": f"actors.{of}.reservation", "to": "channels.north_isle"}
    answer |= {"by": make.number(by), "beyond": make.number(0.5)}
    plain = base.document.model_dump(mode="json", by_alias=True, exclude_none=True)
    plain["answers"] = {"line": answer}
    plain["sources"]["D1"] = {"kind": "definition", "note": "chosen"}
    run = run_scenario(make.scenario(plain))
    assert run.measures["subsidy"] == pytest.approx(subsidy, abs=1e-9)


def test_with_a_horizon_all_that_is_weighed_is_a_present_value() -> None:
    """Levers that stay: three turns at a patience of 0.9 are worth 2.71 times the first."""
    base = load_scenario("outbid")
    plain = base.document.model_dump(mode="json", by_alias=True, exclude_none=True)
    plain["horizon"] = 3
    for lever in plain["levers"].values():
        lever["persistence"] = "standing"
    case, times = make.scenario(plain), 1.0 + 0.9 + 0.81
    made = run_scenario(case).agreements[0]
    assert made.gains == pytest.approx({"south": 0.1 * times, "isle": 0.4 * times}, abs=1e-9)
    assert made.moves[0].after == pytest.approx(0.4, abs=1e-9)
    for stake, falls in ((0.4 - HAIR, False), (0.4 + HAIR, True)):
        ending = run_scenario(case, point={STAKE: -stake}).meetings[0].ending
        assert ending == ("outbid" if falls else "agreed")


def test_the_outsider_bids_only_when_it_meets_the_party() -> None:
    run = run_scenario("outbid", point={"channels.south_isle.quality": 0.0})
    assert run.measures["outbid"] == 0.0
    point = {"channels.south_isle.quality": 0.5}
    runs = [run_scenario("outbid", point=point, replication=r) for r in range(40)]
    won = sum(run.measures["outbid"] for run in runs)
    met = sum(
        one.ending != "not_met"
        for run in runs
        for one in run.meetings
        if one.channel == "south_isle"
    )
    assert won == met
    assert 40 <= won <= 80


def test_a_bid_that_cannot_reach_far_enough_is_not_made() -> None:
    assert run_scenario("outbid", point={"levers.subsidy.step.up": 0.39}).measures["outbid"] == 0.0
    assert run_scenario("outbid", point={"levers.subsidy.step.up": 0.41}).measures["outbid"] == 3.0


@pytest.mark.parametrize(
    ("steps", "subsidy"), [([0.0, 0.3, 0.45, 1.0], 0.45), ([0.0, 0.3, 1.0], 0.0)]
)
def test_a_bid_of_lumps_is_the_cheapest_that_is_enough(steps: list[float], subsidy: float) -> None:
    """The deal brings the party 0.4; the outsider pays up to 0.6 to stop it."""
    plain = load_scenario("outbid").document.model_dump(
        mode="json", by_alias=True, exclude_none=True
    )
    plain["levers"]["subsidy"]["steps"] = steps
    run = run_scenario(make.scenario(plain), point={STAKE: -0.6})
    assert run.measures["subsidy"] == pytest.approx(subsidy)


def test_what_is_told_of_a_deal_that_was_outbid() -> None:
    run = run_scenario("outbid")
    meeting = run.meetings[0]
    assert (meeting.channel, meeting.ending, meeting.outbid_by) == ("north_isle", "outbid", "south")
    assert meeting.offer is not None
    assert {one.lever: one.after for one in meeting.offer.moves} == pytest.approx(
        {"harbour": 1.0, "grant": 0.6}
    )
    assert meeting.signed == {"north": True, "isle": True}
    assert meeting.instead is not None
    assert [one.lever for one in meeting.instead.moves] == ["subsidy"]
    made = run.agreements[0]
    assert (made.channel, made.protocol, made.moves) == (
        "south_isle", "counter_offer", meeting.instead.moves,
    )  # fmt: skip
    assert made.gains == pytest.approx({"south": 0.1, "isle": 0.4})
    assert no_agreement(run, meeting).detail == (
        "South outbid North: Isle took South's subsidy to Isle from 0 to 0.4 instead"
    )
    assert set(run.meetings[1].chances.values()) == {1.0}


class Stubborn(Actor):
    """An actor that neither bids nor is bought."""

    def outbids(self, bid: Bid) -> bool:
        """Keep still."""
        return False

    def takes(self, bid: Bid) -> bool:
        """Stay with the deal, and look at what was offered."""
        assert (bid.by, bid.to, bid.offer.channel) == ("south", "isle", "south_isle")
        assert bid.instead_of.channel == "north_isle"
        assert (bid.least, bid.otherwise) == pytest.approx((0.4, -0.5))
        assert bid.offer.gains == pytest.approx({"south": 0.1, "isle": 0.4})
        return False


@pytest.mark.parametrize("who", ["south", "isle"])
def test_either_decision_can_be_replaced(who: str) -> None:
    run = Model("outbid", actor_classes={who: Stubborn}).run()
    assert (run.measures["outbid"], run.measures["agreements"]) == (0.0, 3.0)
    assert run.custom_actors == (who,)


def several_bids(names: tuple[str, ...]) -> make.Plain:
    """Ada and ben trade; cid and dan can each buy ben away, in the order of the names."""
    actors = {
        "ada": make.actor({"x": -0.2, "y": 0.8}),
        "ben": make.actor({"x": 0.8, "y": -0.2, "p": 0.6, "q": 0.6}),
        "cid": make.actor({"x": -0.9, "p": -0.1}),
        "dan": make.actor({"x": -0.9, "q": -0.1}),
    }
    owners = {"x": "ada", "y": "ben", "p": "cid", "q": "dan"}
    room = make.channel(("ada", "ben"), ("x", "y"))
    bids = {
        "of_dan": {"by": "dan", "to": "ben", "through": "dan_ben"},
        "of_cid": {"by": "cid", "to": "ben", "through": "cid_ben"},
    }
    room["counter_offer"] = {name: bids[name] for name in names}
    return make.document(
        actors,
        {name: make.lever(owner) for name, owner in owners.items()},
        {name: make.interest(make.term(f"levers.{name}")) for name in owners},
        channels={
            "room": room,
            "cid_ben": make.channel(("cid", "ben"), ("p",)),
            "dan_ben": make.channel(("dan", "ben"), ("q",)),
        },
        turns=1,
    )


def test_several_bid_in_the_order_of_the_file_until_one_wins() -> None:
    for names, winner in ((("of_dan", "of_cid"), "dan"), (("of_cid", "of_dan"), "cid")):
        run = Model(make.scenario(several_bids(names))).run()
        assert run.meetings[0].outbid_by == winner
        assert len(run.agreements) == 1


@pytest.mark.parametrize(
    ("drop", "winner"),
    [
        ("channels.room.counter_offer", None),
        ("channels.room.counter_offer.of_dan", "cid"),
        ("channels.room.counter_offer.of_cid", "dan"),
        (("channels.room.counter_offer.of_cid", "channels.room.counter_offer.of_dan"), None),
    ],
)
def test_a_counter_offer_can_be_dropped(drop: str | tuple[str, ...], winner: str | None) -> None:
    """All of a channel's, or one by its name; whoever is left stays whom results name."""
    case = make.scenario(several_bids(("of_dan", "of_cid")))
    for run in (run_scenario(case, drop=drop), Model(suppose(case, drop=drop)).run()):
        assert run.meetings[0].outbid_by == winner
        assert run.meetings[0].ending == ("agreed" if winner is None else "outbid")
    alone = run_scenario("outbid", drop="channels.north_isle.counter_offer")
    assert (alone.measures["agreements"], alone.measures["outbid"]) == (3.0, 0.0)
    with pytest.raises(UsageError, match=r"Did you mean channels\.room\.counter_offer\.of_cid"):
        suppose(case, drop="channels.room.counter_offer.of_cit")


@pytest.mark.parametrize("stopped", ["outbid", "blocked"])
def test_a_package_that_was_stopped_does_not_come_back_as_a_bid(stopped: str) -> None:
    """West's package with Isle falls first; against North's, West cannot offer it again."""
    actors = {
        "west": make.actor({"berth": 0.6, "w": -0.1, "harbour": -0.5}),
        "isle": make.actor({"w": 0.5, "n": 0.5, "s": 0.5, "berth": -0.1, "harbour": -0.1}),
        "north": make.actor({"harbour": 0.6, "n": -0.1}),
        "south": make.actor({"berth": -1.5 if stopped == "blocked" else -0.9, "s": -0.1}),
    }
    owners = {"berth": "isle", "harbour": "isle", "w": "west", "n": "north", "s": "south"}
    channels = {
        "west_isle": make.channel(("west", "isle"), ("berth", "w")),
        "north_isle": make.channel(("north", "isle"), ("harbour", "n")),
        "south_isle": make.channel(("south", "isle"), ("s",)),
    }
    channels["north_isle"]["counter_offer"] = {"by": "west", "to": "isle", "through": "west_isle"}
    stops = {
        "outbid": ("counter_offer", {"by": "south", "to": "isle", "through": "south_isle"}),
        "blocked": ("blocking", {"by": ["south"], "side_payments": True}),
    }
    key, section = stops[stopped]
    channels["west_isle"][key] = section
    plain = make.document(
        actors,
        {name: make.lever(owner) for name, owner in owners.items()},
        {name: make.interest(make.term(f"levers.{name}")) for name in owners},
        channels=channels,
        turns=1,
    )
    run = Model(make.scenario(plain)).run()
    assert {one.channel: one.ending for one in run.meetings}["west_isle"] == stopped
    assert "west_isle" not in {one.channel for one in run.agreements}
    plain["channels"]["west_isle"].pop(key)
    plain["channels"]["west_isle"]["quality"] = make.number(0.0)
    assert Model(make.scenario(plain)).run().meetings[1].ending == "agreed"
