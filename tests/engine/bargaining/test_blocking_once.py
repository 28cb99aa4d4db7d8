"""Between a bid and the signing, blocking is asked once, and again if anything moved."""

import generators as make
import pytest

from minsksim import Model


def blocked_later(by: str) -> make.Plain:
    """Ada and ben trade while dan meets ben and bids nothing; what ben gains hangs on the visits.

    Both gain 1.2 with all visits left and 0.8 with half of them; cid would lose 0.9 and can block.
    """
    actors = {
        "ada": make.actor({"x": -0.2, "y": 0.8}),
        "ben": make.actor({"visited": 0.8, "y": -0.2}),
        "cid": make.actor({"x": -0.9, "q": 0.1}),
        "dan": make.actor({"q": -1.0}),
    }
    owners = {"x": "ada", "y": "ben", "q": "dan"}
    room, other = make.channel(("ada", "ben"), ("x", "y")), make.channel(("dan", "ben"), ("q",))
    room["counter_offer"] = {"by": "dan", "to": "ben", "through": "other"}
    room["blocking"] = {"by": ["cid"], "side_payments": True}
    if by == "meeting":
        other["meetings"] = {"spends": {"stock": "visits", "amount": make.number(1.0)}}
    calendar = {"a_turn": {"amount": make.number(-1.0)}} if by == "next turn" else {}
    visits = make.stock(3.0 if calendar else 2.0, calendar, reference=(0.0, 2.0))
    interests = {name: make.interest(make.term(f"levers.{name}")) for name in owners}
    interests["visited"] = make.interest(make.term("levers.x", times="stocks.visits"))
    return make.document(
        actors,
        {name: make.lever(of, more={"persistence": "momentary"}) for name, of in owners.items()},
        interests,
        channels={"room": room, "other": other},
        turns=2,
        more={"stocks": {"visits": visits}},
    )


@pytest.mark.parametrize(
    ("by", "endings"),
    [
        ("nothing", ["agreed", "agreed"]),
        ("meeting", ["blocked", "blocked"]),
        ("next turn", ["agreed", "blocked"]),
    ],
)
def test_blocking_is_asked_again_once_anything_moved(by: str, endings: list[str]) -> None:
    """Dan's meeting takes a visit after the package was found free; or the turn takes one."""
    run = Model(make.scenario(blocked_later(by))).run()
    assert [one.ending for one in run.meetings if one.channel == "room"] == endings
