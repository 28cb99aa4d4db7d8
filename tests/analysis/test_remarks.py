"""Remarks from a few runs: what could move, agree or change, and did not."""

from __future__ import annotations

import generators as make

from minsksim import remarks


def two_rooms() -> make.Plain:
    """Return a case in which ada and ben trade, and ada and cat have nothing to give."""
    return make.document(
        {
            "ada": make.actor({"of_x": -0.2, "of_y": 0.8}),
            "ben": make.actor({"of_x": 0.8, "of_y": -0.2}),
            "cat": make.actor({"of_z": -1.0, "idle": 0.1}),
        },
        {name: make.lever(who) for name, who in (("x", "ada"), ("y", "ben"), ("z", "cat"))}
        | {"stone": make.lever("cat")},
        {f"of_{name}": make.interest(make.term(f"levers.{name}")) for name in "xyz"}
        | {"idle": make.interest(make.term("levers.stone"))},
        channels={
            "market": make.channel(("ada", "ben"), ("x", "y")),
            "wall": make.channel(("ada", "cat"), ("z",)),
        },
    )


def test_a_few_runs_tell_what_never_happened_and_how_many_they_were() -> None:
    case = make.scenario(two_rooms())
    assert [one.of[0] for one in remarks(case)] == ["levers.stone"]
    tried = [one for one in remarks(case, 5) if one.kind == "tried"]
    assert [one.of[0] for one in tried] == [
        "levers.z", "channels.wall", "interests.of_z", "interests.idle",
    ]  # fmt: skip
    assert all("in 5 runs at the base numbers" in one.says for one in tried)


def test_what_happens_is_not_told() -> None:
    plain = two_rooms()
    plain["actors"]["ada"]["salience"]["of_z"] = make.number(0.5)
    plain["actors"]["cat"]["salience"]["of_z"] = make.number(0.1)
    tried = [one.of[0] for one in remarks(make.scenario(plain), 5) if one.kind == "tried"]
    assert tried == ["interests.idle"]
