"""Mechanisms of a draft: what actors want, whom they heed, what they threaten and believe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import generators as make
from drafts.draft import Draft, Plain

SHAPES: tuple[Mapping[str, Any], ...] = (
    {}, {}, {"rho": 0.5}, {"rho": 1.7}, {"rate": 2.5}, {"threshold": (0.4, 9.0)},
)  # fmt: skip


def brokers(draft: Draft) -> None:
    """An actor through whom access leads only as far as a lever of its own goes."""
    name = draft.any_of("actors")
    if own := draft.levers_of(name):
        draft["actors"][name] |= {"brokers": draft.luck.choice(own)}
        if draft.is_drawn(0.5):
            draft["actors"][name] |= {"bias": draft.number(0, 1)}


def interests(draft: Draft) -> None:
    """Two to five interests in anything that has a value, each weighed by somebody."""
    for i in range(draft.luck.randint(2, 5)):
        # people are never weighed against money in one interest
        pool = _quantities(draft, "people" if draft.is_drawn(0.5) else "markets")
        terms = [_term(draft, pool) for _ in range(draft.luck.randint(1, 3))]
        draft["interests"][f"k{i}"] = make.interest(*terms)
        for name in draft.luck.sample(list(draft["actors"]), k=draft.luck.randint(1, 2)):
            draft["actors"][name]["salience"][f"k{i}"] = draft.number(-1, 1)
    for actor in draft["actors"].values():
        if not any(weight["value"] for weight in actor["salience"].values()):
            actor["salience"]["k0"] = draft.number(0.2, 1)


def trade(draft: Draft) -> None:
    """Interests by which the parties of each channel gain from what the others can do."""
    for name, channel in draft["channels"].items():
        for party in channel["between"]:
            others = [n for n in channel["table"] if draft["levers"][n]["owner"] != party]
            if others:
                terms = [make.term(f"levers.{n}", draft.amount(0.2, 1), rho=0.8) for n in others]
                draft["interests"][f"{name}_{party}"] = make.interest(*terms)
                draft["actors"][party]["salience"][f"{name}_{party}"] = draft.number(0.4, 2)
                for outsider in _outsiders(channel):
                    much = 9.0 if "blocking" in channel else 2.0
                    harm = {f"{name}_{party}": draft.number(-much, -much / 3)}
                    draft["actors"][outsider]["salience"] |= harm


def _outsiders(channel: Plain) -> list[str]:
    """Return who may block an agreement here, or bid for a party."""
    bids = channel.get("counter_offer", {})
    several = [bids] if "by" in bids else bids.values()
    return sorted({*channel.get("blocking", {"by": []})["by"], *(one["by"] for one in several)})


def _quantities(draft: Draft, kind: str) -> list[str]:
    """Return what an interest may name: people, or markets, and all the rest."""
    pool = [f"channels.{name}" for name in draft["channels"]]
    one, two = draft.luck.sample(list(draft["actors"]), k=2)
    pool.append(f"access.{one}.{two}")
    for section in ("levers", "stocks"):
        for name, item in draft[section].items():
            if kind == "people" or item["unit"] != "people":
                pool += [f"{section}.{name}"] * (3 if section == "levers" else 1)
    if kind == "markets":
        pool += [f"markets.{name}" for name in draft["markets"]] * 2
        pool += [
            f"markets.{name}.{part}.{seller}"
            for name, market in draft["markets"].items()
            for seller in market.get("sellers", {})
            for part in ("sales", "profit")
        ]
    return pool


def _term(draft: Draft, pool: list[str]) -> Plain:
    of = draft.luck.choice(pool)
    shape = draft.luck.choice(SHAPES)
    first = of.removeprefix("levers.")
    if "threshold" in shape and draft.is_on_table(first):
        shape = {}
    times = draft.luck.choice(pool) if draft.is_drawn(0.2) else None
    if times and draft.is_on_table(first, times.removeprefix("levers.")):
        times = None
    return make.term(of, draft.amount(-1, 1), times=times, **shape)


def influence(draft: Draft) -> None:
    """Attention and regard between pairs of actors."""
    actors = list(draft["actors"])
    pairs = [(one, two) for one in actors for two in actors if one != two]
    for i, (one, two) in enumerate(draft.luck.sample(pairs, k=min(2, len(pairs)))):
        draft["influence"][f"i{i}"] = {
            "from": one, "to": two, "weight": draft.number(0, 1),
            "regard": draft.number(-0.5, 0.5) if draft.is_drawn(0.5) else make.number(0.0),
        }  # fmt: skip


def events(draft: Draft) -> None:
    """One to three events, dated or by hazard, with any effect."""
    for i in range(draft.luck.randint(1, 3)):
        effects = [_passing(draft, _effect(draft)) for _ in range(draft.luck.randint(1, 2))]
        day = draft.day(draft.luck.randint(1, draft["calendar"]["turns"]))
        when = {"on": day} if draft.is_drawn(0.6) else {"hazard": draft.amount(0.05, 0.4)}
        draft["events"][f"e{i}"] = make.event(*effects, **when) | {"public": draft.is_drawn(0.8)}


def _passing(draft: Draft, effect: Plain) -> Plain:
    """Let some of what can be taken back pass after a while, or fade."""
    kind = effect["of"].partition(".")[0]
    if draft.is_drawn(0.5) and ("switch" in effect or kind in ("salience", "channels")):
        effect["lasts"] = draft.luck.randint(1, 3)
    if draft.is_drawn(0.5) and kind == "salience":
        effect["fades"] = draft.number(0.1, 1)
    return effect


def _effect(draft: Draft) -> Plain:
    """Return what one event does to something that the draft has."""
    kinds = ["levers", "levers", "stocks", "channels", "salience", "trust"]
    kind = draft.luck.choice([k for k in kinds if k in ("salience", "trust") or draft[k]])
    if kind in ("levers", "channels"):
        name = draft.any_of(kind)
        of = f"{kind}.{name}"
        if draft.is_drawn(0.3):
            return {"of": of, "switch": draft.luck.choice(["on", "off"])}
        if draft.is_drawn(0.5):
            return {"of": of, "shift": draft.number(-0.5, 0.5)}
        return {"of": of, "set": draft.within(name) if kind == "levers" else draft.number(0, 1)}
    if kind == "stocks":
        stocks = draft["stocks"]
        filled = [n for n, one in stocks.items() if not one["counts"] and "groups" not in one]
        amount = make.number(float(draft.luck.randint(0, 40)))
        return {
            "of": f"stocks.{draft.luck.choice(filled)}",
            draft.luck.choice(["set", "shift"]): amount,
        }
    if kind == "salience":
        name = draft.any_of("actors")
        interest = draft.luck.choice(list(draft["actors"][name]["salience"]))
        way = draft.luck.choice(["set", "shift"])
        return {"of": f"salience.{name}.{interest}", way: draft.number(-0.6, 0.6)}
    channel = draft.any_of("channels")
    party = draft.luck.choice(draft["channels"][channel]["between"])
    return {"of": f"trust.{channel}.{party}", "shift": draft.number(-2, 2)}


def threats(draft: Draft) -> None:
    """A demand backed by a sanction that one turn is enough for."""
    sender, target = draft.luck.sample(list(draft["actors"]), k=2)
    standing = [n for n in draft.levers_of(sender) if _sanction(draft, n) is not None]
    seen = [n for n in draft.levers_of(target) if not draft["levers"][n].get("secret")]
    if standing and seen:
        means, goal = draft.luck.choice(standing), draft.luck.choice(seen)
        draft["threats"]["h"] = make.threat(
            sender,
            target,
            (goal, draft.within(goal)["value"]),
            (means, _sanction(draft, means) or 0.0),
            uncertainty=draft.amount(0, 0.1) if draft.is_drawn(0.5) else None,
            doubt=draft.amount(0, 0.1) if draft.is_drawn(0.5) else None,
            public=draft.is_drawn(0.6),
        )


def _sanction(draft: Draft, name: str) -> float | None:
    """Return a value that a standing lever reaches in its first step, or None."""
    lever = draft["levers"][name]
    low, high = lever["bounds"]
    if "steps" in lever:
        return _lump(lever)
    start, up, down = (
        each["value"] for each in (lever["initial"], lever["step"]["up"], lever["step"]["down"])
    )
    goal = max(low, start - down / 2) if start > low else min(high, start + up / 2)
    is_fit = goal != start and lever.get("persistence") != "momentary"
    return float(goal) if is_fit else None


def _lump(lever: Plain) -> float | None:
    """Return a step that a standing lever reaches in its first turn, or None."""
    start = lever["initial"]["value"]
    up, down = lever["step"]["up"]["value"], lever["step"]["down"]["value"]
    fit = [step for step in lever["steps"] if step != start and -down <= step - start <= up]
    return fit[0] if fit and lever.get("persistence") != "momentary" else None


def beliefs(draft: Draft) -> None:
    """A private salience, and a partner or the public that learns of it."""
    if any("counter_offer" in one for one in draft["channels"].values()):
        return  # those who can bid, and those they bid for, keep nothing to themselves
    channel = draft["channels"][draft.any_of("channels")]
    of, by = draft.luck.sample(channel["between"], k=2)
    if channel["public"] and draft.is_drawn(0.4):
        by = "public"
    for edge in draft["influence"].values():
        if (edge["from"], edge["to"]) == (of, by):
            edge["regard"] = make.number(0.0)
    interest = draft.luck.choice(list(draft["actors"][of]["salience"]))
    types = draft.amount(-0.5, 0.2), draft.amount(0.3, 0.9)
    truth = draft.luck.choice([None, None, "low", "high"])
    draft["beliefs"]["b"] = make.belief(
        of, by, interest, types, prior=draft.amount(0, 1), truth=truth
    )


def what_if(draft: Draft) -> None:
    """Something dropped, forbidden or imposed."""
    first, *rest = draft.luck.sample(list(draft["levers"]), k=2)
    turn = draft.luck.randint(1, draft["calendar"]["turns"])
    to = float(round(draft.within(first)["value"]))
    low, high = draft["levers"][first]["bounds"]
    imposed = {first: {"to": make.number(min(max(to, low), high)), "on": f"2026-{turn:02}-01"}}
    parts = [f"interests.{name}" for name in draft["interests"]]
    parts += [f"{section}.{name}" for section in ("channels", "answers") for name in draft[section]]
    asked: Plain = {"impose": imposed} if draft.is_drawn(0.5) else {}
    asked |= {"forbid": rest} if draft.is_drawn(0.5) else {"drop": [draft.luck.choice(parts)]}
    draft.plain["what_if"] = asked
