"""Mechanisms of a draft: lumps, meetings with a cause, outsiders who bid, and how far all look."""

from __future__ import annotations

import generators as make
from drafts.draft import Draft, Plain

from minsksim.vocabulary import TAKING_LUMPS


def horizon(draft: Draft) -> None:
    """Actors look ahead, some of them up to a date or less far than the others."""
    draft.plain["horizon"] = _horizon(draft)
    for actor in draft["actors"].values():
        if draft.is_drawn(0.3):
            actor["horizon"] = _horizon(draft)


def _horizon(draft: Draft) -> int | str:
    turns = draft["calendar"]["turns"]
    return draft.luck.choice([1, draft.luck.randint(2, 12), draft.day(turns)])


def lumps(draft: Draft) -> None:
    """One or two levers that come in steps, on tables that take them."""
    for name in draft.luck.sample(list(draft["levers"]), k=draft.luck.randint(1, 2)):
        several = [one for one in draft["channels"].values() if len(one["between"]) > 2]
        if any(one["table"] == [name] for one in several):
            continue
        for one in several:
            one["table"] = [other for other in one["table"] if other != name]
        for one in draft["channels"].values():
            if name in one["table"]:
                _take_lumps(draft, one)
        _cut(draft, draft["levers"][name])


def _take_lumps(draft: Draft, channel: Plain) -> None:
    channel["tranches"] = 1
    if channel["protocol"] not in TAKING_LUMPS:
        fit = [word for word in TAKING_LUMPS if word != "exchange"]
        channel["protocol"] = draft.luck.choice(fit)
        channel.pop("rounds", None)
        channel.pop("breakdown", None)


def _cut(draft: Draft, lever: Plain) -> None:
    """Give a lever two to five steps and moves that are long enough for them."""
    low, high = lever["bounds"]
    inner = {draft.amount(low, high) for _ in range(draft.luck.randint(0, 3))}
    steps = sorted({low, high, *(map(round, inner) if lever["unit"] == "people" else inner)})
    lever["steps"] = [float(step) for step in steps]
    lever["initial"] = make.number(draft.luck.choice(lever["steps"]))
    span = high - low
    lever["step"] = {
        way: make.number(draft.luck.choice([1.0, 0.6, 1.0]) * span) for way in ("up", "down")
    }
    if not _can_leave(lever):
        lever["step"] = {way: make.number(span) for way in ("up", "down")}


def _can_leave(lever: Plain) -> bool:
    start = lever["initial"]["value"]
    moves = [step - start for step in lever["steps"] if step != start]
    up, down = lever["step"]["up"]["value"], lever["step"]["down"]["value"]
    return any(-down <= move <= up for move in moves)


def meetings(draft: Draft) -> None:
    """What a meeting of one or two channels needs: dates, a wait, a stock of visits."""
    draft["stocks"]["visits"] = make.stock(
        draft.amount(0, 2), {"new": {"amount": draft.number(0.1, 1)}}
    ) | {"unit": "visits", "reference": [0.0, 4.0]}
    for name in draft.luck.sample(list(draft["channels"]), k=min(2, len(draft["channels"]))):
        plain: Plain = {"waits": draft.luck.randint(1, 2)}
        if draft.is_drawn(0.6):
            turns = range(1, draft["calendar"]["turns"] + 1)
            plain["on"] = [draft.day(turn) for turn in sorted(draft.luck.sample(turns, k=2))]
            plain["only_on"] = draft.is_drawn(0.4)
        if draft.is_drawn(0.6):
            plain["spends"] = {"stock": "visits", "amount": draft.number(0.3, 1)}
        draft["channels"][name]["meetings"] = plain


def counter_offers(draft: Draft) -> None:
    """Outsiders with a line to a party of a channel may outbid it there: one of them, or all."""
    lines = {
        frozenset(one["between"]): name
        for name, one in draft["channels"].items()
        if len(one["between"]) == 2
    }
    for channel in draft["channels"].values():
        bids = {
            f"{by}_{to}": {"by": by, "to": to, "through": lines[frozenset((by, to))]}
            for to in channel["between"]
            for by in draft["actors"]
            if by not in channel["between"] and frozenset((by, to)) in lines
        }
        if bids:
            one = draft.luck.choice(list(bids.values()))
            channel["counter_offer"] = one if draft.is_drawn(0.5) else bids
            return
