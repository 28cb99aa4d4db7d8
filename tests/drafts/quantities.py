"""Mechanisms of a draft: quantities that fade, and numbers that answer to a quantity."""

from __future__ import annotations

import generators as make
from drafts.draft import Draft, Plain


def fading(draft: Draft) -> None:
    """One or two quantities that are no people: they decay, have bounds, and flow by amounts."""
    for name in ("pressure", "room")[: draft.luck.randint(1, 2)]:
        plain = make.stock(draft.amount(0, 50))
        if draft.is_drawn(0.8):
            plain["decay"] = draft.number(0, 1)
        if draft.is_drawn(0.6):
            plain["bounds"] = [draft.luck.choice([-20.0, 0.0]), draft.amount(50, 90)]
        if draft.is_drawn(0.7):
            plain["inflows"]["push"] = {
                "by": draft.any_of("levers"), "per": draft.number(-30, 30)
            }  # fmt: skip
        if draft.is_drawn(0.5):
            plain["inflows"]["always"] = {"amount": draft.number(-4, 8)}
        if draft.is_drawn(0.4):
            to = f"levers.{draft.any_of('levers')}"
            plain["inflows"]["echo"] = {"answers": {"to": to, "by": draft.number(-20, 20)}}
        draft["stocks"][name] = plain
        if plain.get("bounds", [0.0])[0] == 0.0 and draft.is_drawn(0.4):
            _drain(draft, name)


def _drain(draft: Draft, name: str) -> None:
    """A flow out of what is never below 0, into another quantity."""
    sizes: list[Plain] = [{"rate": draft.number(0, 0.5)}, {"amount": draft.number(0, 9)}]
    out = {"out": {"from": name, **draft.luck.choice([*sizes, {"by": draft.any_of("levers")}])}}
    draft["stocks"][f"{name}_gone"] = make.stock(draft.amount(0, 9), out)


def answers(draft: Draft) -> None:
    """One to four numbers of the model that answer to quantities, some beyond a red line."""
    for i in range(draft.luck.randint(1, 4)):
        of, most = _answering(draft)
        to, level = _read(draft)
        one: Plain = {"of": of, "to": to, "by": draft.number(-most, most)}
        if draft.is_drawn(0.4):
            one["beyond"] = make.number(level)
        draft["answers"][f"a{i}"] = one


def _answering(draft: Draft) -> tuple[str, float]:
    """Return the name of a number that can answer, and how much it can be moved by."""
    actor, channel = draft.any_of("actors"), draft.any_of("channels")
    interest = draft.any_of("interests")
    return draft.luck.choice(
        [
            (f"channels.{channel}.quality", 0.8),
            (f"meetings.{channel}", 0.8),
            (f"actors.{actor}.reservation", 0.2),
            (f"actors.{actor}.audience_cost", 0.1),
            (f"salience.{actor}.{interest}", 0.6),
        ]
    )


def _read(draft: Draft) -> tuple[str, float]:
    """Return a quantity that an answer can read, and a level of it."""
    one, two = draft.luck.sample(list(draft["actors"]), k=2)
    pool = [(f"access.{one}.{two}", draft.amount(0.1, 0.9))]
    pool.append((f"channels.{draft.any_of('channels')}", draft.amount(0.1, 0.9)))
    for name, lever in draft["levers"].items():
        if lever.get("persistence") != "momentary":
            pool.append((f"levers.{name}", draft.amount(*lever["bounds"])))
    for name in draft["stocks"]:
        pool += [(f"stocks.{name}", draft.amount(0, 40))] * 3
    pool += [(f"markets.{name}", draft.amount(50, 200)) for name in draft["markets"]]
    return draft.luck.choice(pool)
