"""Counter-offers: the textbook's closed form, brute force, and what else has to hold of a bid."""

from __future__ import annotations

from typing import Any

import generators as make
import numpy as np
import pytest
from scipy.optimize import linprog

from minsksim import Actor, Model, Run, run_scenario
from minsksim.analysis.reasons import no_agreement
from minsksim.engine.record.bids import Bid
from minsksim.theory.counter_offer import cheapest_bid, critical_stake

STAKE = "interests.rivalry.terms.harbour.effect"
PAID = "interests.rivalry.terms.subsidy.effect"
HAIR = 1e-6


@pytest.mark.parametrize("price", [0.5, 1.0])
def test_the_deal_falls_where_the_stake_exceeds_half_of_the_surplus(price: float) -> None:
    critical = critical_stake(0.8, price)
    for stake, falls in ((critical - HAIR, False), (critical + HAIR, True)):
        found = run_scenario("outbid", point={STAKE: -stake, PAID: -price}).measures
        assert (found["outbid"], found["deals"]) == ((3.0, 0.0) if falls else (0.0, 3.0))
        assert found["subsidy"] == pytest.approx(0.4 if falls else 0.0, abs=1e-9)
        assert found["grant"] == pytest.approx(0.0 if falls else 0.6, abs=1e-9)
        assert found["utility_isle"] == pytest.approx(0.4, abs=1e-9)


def test_side_payments_must_exceed_the_whole_surplus() -> None:
    for stake, deals in ((0.5, 3.0), (0.8 - HAIR, 3.0), (0.8 + HAIR, 0.0)):
        found = run_scenario("outbid/side_payments", point={STAKE: -stake}).measures
        assert (found["deals"], found["outbid"]) == (deals, 0.0)


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
    assert (run.measures["outbid"], run.measures["deals"]) == (0.0, 3.0)
    assert run.custom_actors == (who,)


def random_case(rng: np.random.Generator, *, is_first: bool, before: bool) -> make.Plain:
    """Ada and ben trade; cid and ben have up to four levers of their own for a bid."""
    names = {"x": "ada", "y": "ben", "p": "cid", "q": "cid", "r": "ben", "s": "cid"}
    weights: dict[str, dict[str, float]] = {"ada": {}, "ben": {}, "cid": {}}
    for name, owner in names.items():
        for actor, own in weights.items():
            size = float(rng.uniform(0.05, 1.0))
            if name in "xy" or actor != "ada":
                own[name] = -size if actor == owner else size
    weights["cid"] |= {n: -float(rng.uniform(-0.2, 0.6)) for n in "xy"}
    interests = {name: make.interest(make.term(f"levers.{name}")) for name in names}
    ends = ("cid", "ben") if is_first else ("ben", "cid")
    faith = tuple((float(rng.integers(1, 5)), float(rng.integers(0, 3))) for _ in range(2))
    line = make.channel(ends, ("p", "q", "r", "s"), trust=faith)
    room = make.channel(("ada", "ben"), ("x", "y"))
    room["counter_offer"] = {"by": "cid", "to": "ben", "through": "line"}
    channels = {"line": line, "room": room} if before else {"room": room, "line": line}
    return make.document(
        {
            a: make.actor(own, reservation=float(rng.choice([0.0, 0.02])))
            for a, own in weights.items()
        },
        {n: make.lever(o, cost=(float(rng.uniform(0, 0.05)),) * 2) for n, o in names.items()},
        interests,
        channels=channels,
        turns=1,
    )


class Shy(Actor):
    """An actor that signs nothing but what is bid for it."""

    def accepts(self, offer: Any) -> bool:
        """Sign in the room alone."""
        return bool(offer.channel == "room")


def best_bid(model: Model, plain: make.Plain, deal: dict[str, float]) -> float | None:
    """Return what the best counter-offer brings cid beyond the deal, by linear programming."""
    line = plain["channels"]["line"]
    trust = {
        a: line["trust"][a]["kept"]["value"]
        / (line["trust"][a]["kept"]["value"] + line["trust"][a]["broken"]["value"])
        for a in line["between"]
    }

    def brings(actor: str, lever: str) -> float:
        one = model.actors_by_name[actor]
        return one.payoff_of(lever, 1.0) - one.payoff_of(lever, 0.0)

    def worth(actor: str, lever: str) -> float:
        owner = plain["levers"][lever]["owner"]
        cost = plain["levers"][lever]["cost"]["up"]["value"] if owner == actor else 0.0
        return brings(actor, lever) * (1.0 if owner == actor else trust[actor]) - cost

    # ada and ben trust each other fully, so the gains of the deal are what it does to both
    def total(actor: str) -> float:
        own = [n for n in deal if plain["levers"][n]["owner"] == actor]
        costs = sum(plain["levers"][n]["cost"]["up"]["value"] * deal[n] for n in own)
        return sum(brings(actor, n) * z for n, z in deal.items()) - costs

    ask = {a: plain["actors"][a]["reservation"]["value"] for a in ("ben", "cid")}
    objective = [-worth("cid", n) for n in "pqrs"]
    rows = [[-worth("ben", n) for n in "pqrs"]]
    found = linprog(objective, A_ub=rows, b_ub=[-(total("ben") + ask["ben"])], bounds=[(0, 1)] * 4)
    if found.status != 0:
        return None
    stake = -found.fun - total("cid")
    return float(stake) if stake > 1e-9 and stake >= ask["cid"] else None


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("is_first", [False, True])
def test_the_bid_is_the_best_of_all_packages(is_first: bool, before: bool) -> None:
    """Against linear programming; the outsider on either seat, its line first or last."""
    made = unmade = 0
    for i in range(60):
        rng = np.random.default_rng([17, i, is_first])
        plain = random_case(rng, is_first=is_first, before=before)
        shy = {"ben": Shy} if before else {}
        model = Model(make.scenario(plain), actor_classes=shy)
        run: Run = model.run()
        room = next(one for one in run.meetings if one.channel == "room")
        if room.offer is None or not all(room.signed.values()):
            continue
        deal = {move.lever: move.after for move in room.offer.moves}
        expected = best_bid(model, plain, deal)
        if expected is None:
            unmade += 1
            assert room.ending == "agreed"
            continue
        made += 1
        assert room.ending == "outbid"
        assert room.instead is not None
        assert room.instead.gains["cid"] == pytest.approx(expected, abs=1e-9)
        line = next(one for one in run.meetings if one.channel == "line")
        assert line.ending == "agreed"
        assert line.offer == room.instead
    assert made >= 10
    assert unmade >= 2


def test_a_bid_that_is_not_taken_leaves_an_earlier_meeting_as_it_was() -> None:
    """The line met before the room, and its package was refused: the record keeps that package."""
    for i in range(20):
        plain = random_case(np.random.default_rng([17, i, True]), is_first=True, before=True)
        runs = []
        for kind in (Shy, type("Loyal", (Shy,), {"takes": lambda self, bid: False})):
            runs.append(Model(make.scenario(plain), actor_classes={"ben": kind}).run())
        plain["channels"]["room"].pop("counter_offer")
        alone = Model(make.scenario(plain), actor_classes={"ben": Shy}).run()
        assert runs[1].meetings == alone.meetings
        if runs[0].meetings != alone.meetings:
            return
    pytest.fail("no bid was taken in any case")


def test_a_cheapest_bid_along_the_frontier_is_the_knapsack() -> None:
    """Three levers of the outsider: the engine's bid costs what the closed form says."""
    serves, costs = np.array([0.3, 0.5, 0.2]), np.array([0.3, 0.2, 0.15])
    actors = {
        "ada": make.actor({"x": -0.2, "y": 0.8}),
        "ben": make.actor({"x": 0.5, "y": -0.1, "p": 0.3, "q": 0.5, "r": 0.2, "i": 0.4}),
        "cid": make.actor({"x": -1.0, "p": -0.3, "q": -0.2, "r": -0.15, "i": 0.35}),
    }
    owners = {"x": "ada", "y": "ben", "p": "cid", "q": "cid", "r": "cid", "i": "cid"}
    room = make.channel(("ada", "ben"), ("x", "y"))
    room["counter_offer"] = {"by": "cid", "to": "ben", "through": "line"}
    plain = make.document(
        actors,
        {name: make.lever(owner) for name, owner in owners.items()},
        {name: make.interest(make.term(f"levers.{name}")) for name in owners},
        channels={"room": room, "line": make.channel(("ben", "cid"), ("p", "q", "r"))},
        turns=1,
    )
    run = Model(make.scenario(plain)).run()
    meeting = run.meetings[0]
    assert meeting.offer is not None
    assert meeting.instead is not None
    # saliences sum to 2, and no reservation is asked
    least = meeting.offer.gains["ben"] * 2.0
    paid = 0.5 - meeting.instead.gains["cid"]  # the deal would cost cid 1/2
    assert paid * 2.0 == pytest.approx(cheapest_bid(least, serves, costs), abs=1e-9)


def test_several_bid_in_the_order_of_the_file_until_one_wins() -> None:
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
    for names, winner in ((("of_dan", "of_cid"), "dan"), (("of_cid", "of_dan"), "cid")):
        room["counter_offer"] = {name: bids[name] for name in names}
        plain = make.document(
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
        run = Model(make.scenario(plain)).run()
        assert run.meetings[0].outbid_by == winner
        assert len(run.agreements) == 1
