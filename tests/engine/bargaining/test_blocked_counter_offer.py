"""Counter-offers that others would block: by the plain rule, from the package that falls."""

from __future__ import annotations

import generators as make
import numpy as np
import pytest

from minsksim import Model, load_scenario, run_scenario
from minsksim.engine.record.run import Offer
from minsksim.rules.counter_offer import change_by_bid

OWNERS = {"x": "ada", "y": "ben", "p": "cid", "r": "ben"}
PAYERS = ("ada", "dan")


def random_case(rng: np.random.Generator, payers: tuple[str, ...]) -> make.Plain:
    """Ada and ben trade, cid bids for ben; whoever is named can pay cid and ben not to agree."""
    weights: dict[str, dict[str, float]] = {one: {} for one in ("ada", "ben", "cid", "dan")}
    for name, owner in OWNERS.items():
        for actor, own in weights.items():
            size = float(rng.uniform(0.05, 1.0))
            own[name] = -size if actor == owner else size
    for actor, levers in (("cid", "xy"), ("dan", "xypr"), ("ada", "pr")):
        weights[actor] |= {name: float(rng.uniform(-0.6, 0.3)) for name in levers}
    line = make.channel(("cid", "ben"), ("p", "r"))
    if payers:
        line["blocking"] = {"by": list(payers), "side_payments": True}
    room = make.channel(("ada", "ben"), ("x", "y"))
    room["counter_offer"] = {"by": "cid", "to": "ben", "through": "line"}
    plain = make.document(
        {name: make.actor(own) for name, own in weights.items()},
        {name: make.lever(owner, cost=(0.02, 0.02)) for name, owner in OWNERS.items()},
        {name: make.interest(make.term(f"levers.{name}")) for name in OWNERS},
        channels={"room": room, "line": line},
        turns=1,
    )
    return plain


def brings(model: Model, plain: make.Plain, offer: Offer, actor: str) -> float:
    """Return what an offer does to an actor if all keep it."""
    one, total = model.actors_by_name[actor], 0.0
    for move in offer.moves:
        total += one.payoff_of(move.lever, move.after) - one.payoff_of(move.lever, move.before)
        if OWNERS[move.lever] == actor:
            up = plain["levers"][move.lever]["cost"]["up"]["value"]
            total -= up * abs(move.after - move.before)
    return total


@pytest.mark.parametrize("payers", [("dan",), ("ada",), PAYERS])
def test_a_bid_is_made_unless_those_it_harms_would_pay_more_than_it_brings(
    payers: tuple[str, ...],
) -> None:
    counts = {"outbid": 0, "agreed": 0}
    for i in range(120):
        free = random_case(np.random.default_rng([23, i]), ())
        model = Model(make.scenario(free))
        first = model.run()
        if first.meetings[0].ending != "outbid":
            continue
        package, bid = first.meetings[0].offer, first.meetings[0].instead
        assert package is not None
        assert bid is not None
        change = {
            actor: brings(model, free, bid, actor) - brings(model, free, package, actor)
            for actor in free["actors"]
        }
        surplus = change["cid"] + change["ben"]
        harm = sum(max(0.0, -change[payer]) for payer in payers)
        expected = "agreed" if 0.0 < surplus < harm else "outbid"
        second = Model(make.scenario(random_case(np.random.default_rng([23, i]), payers))).run()
        room, line = second.meetings
        counts[expected] += 1
        assert room.ending == expected
        assert room.offer == package
        if expected == "outbid":
            assert second.meetings == first.meetings
            assert second.agreements == first.agreements
        else:
            # the line may still sign a package of its own after that, which is no bid
            assert second.agreements[0].channel == "room"
            assert "counter_offer" not in {one.protocol for one in second.agreements}
            assert line.offer != bid
    assert min(counts.values()) >= 5, counts


@pytest.mark.parametrize(("stake", "subsidy"), [(0.75, 0.0), (0.85, 0.4)])
def test_the_pair_keeps_its_package_by_paying_for_the_bid_not_to_be_made(
    stake: float, subsidy: float
) -> None:
    """North loses 0.4 if South's bid is signed; South and Isle gain stake - 0.4 by it.

    The bid would be stopped below a stake of 0.8, though South would make it from 0.4 on.
    """
    plain = load_scenario("outbid").document.model_dump(
        mode="json", by_alias=True, exclude_none=True
    )
    plain["channels"]["south_isle"]["blocking"] = {"by": ["north"], "side_payments": True}
    point = {"interests.rivalry.terms.harbour.effect": -stake}
    run = run_scenario(make.scenario(plain), point=point)
    assert run.measures["outbid"] == (3.0 if subsidy else 0.0)
    assert run.measures["agreements"] == (0.0 if subsidy else 3.0)
    assert run.measures["subsidy"] == pytest.approx(subsidy, abs=1e-9)
    plain["channels"]["south_isle"]["blocking"]["side_payments"] = False
    run = run_scenario(make.scenario(plain), point=point)
    assert run.measures["outbid"] == 3.0


def test_a_change_counts_from_the_package_that_falls() -> None:
    assert change_by_bid(-0.5, 0.25) == -0.75
