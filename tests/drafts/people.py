"""Mechanisms of a draft: people, alone and in groups, who are held, let go, and may refuse."""

from __future__ import annotations

from collections.abc import Sequence

import generators as make
from drafts.draft import Draft, Plain

GROUPS = ("citizens", "others", "prominent")


def people(draft: Draft) -> None:
    """People held, let go by levers and at a rate, newly held; and a count of all let go."""
    _lever(draft, "let_go", 9.0)
    _lever(draft, "arrests", 4.0)
    flows: dict[str, Plain] = {
        "held": {"new": {"by": "arrests"}},
        "free": {"deals": {"from": "held", "by": "let_go"}},
        "served": {"terms": {"from": "held", "rate": draft.number(0, 0.2)}},
    }
    if draft.is_drawn(0.3):
        flows["held"]["always"] = {"amount": draft.number(0, 2)}
    if draft.is_drawn(0.3):
        flows["free"]["deals"]["refusals"] = _refusals(draft, None)
    for name, inflows in flows.items():
        draft["stocks"][name] = _of_people(draft.luck.randint(5, 60) * (name == "held"), inflows)
    counted = draft.luck.choice([["stocks.free.inflows.deals"], ["stocks.served.inflows.terms"]])
    draft["stocks"]["counted"] = make.stock(None, whole=True, counts=counted) | {"unit": "people"}


def groups(draft: Draft) -> None:
    """Two or three groups and their sum; flows that divide among them, and those who refuse."""
    names = GROUPS[: draft.luck.randint(2, 3)]
    _lever(draft, "exile", 9.0)
    _lever(draft, "jail", 5.0)
    for name in names:
        draft["stocks"][name] = _of_people(draft.luck.randint(0, 25), {})
    first: Plain = {"by": "jail", "shares": _shares(draft, names)}
    total = make.stock(None, {"jailed": first}, whole=True)
    draft["stocks"]["prison"] = total | {"unit": "people", "groups": list(names)}
    out: Plain = {"from": draft.luck.choice(["prison", list(names[:2])]), "by": "exile"}
    if draft.is_drawn(0.5):
        out["shares"] = _shares(draft, names if out["from"] == "prison" else names[:2])
    if draft.is_drawn(0.6):
        out["refusals"] = _refusals(draft, "stayed")
    flows: Plain = {"terms": {"from": "prison", "rate": draft.number(0, 0.3)}}
    if draft.is_drawn(0.4):  # one group alone, beside what all share
        _lever(draft, "swap", 4.0)
        flows["swapped"] = {"from": "citizens", "by": "swap"}
    draft["stocks"]["stayed"] = _of_people(0, {})
    draft["stocks"]["abroad"] = _of_people(0, {"exiled": out})
    draft["stocks"]["home"] = _of_people(0, flows)
    _count_groups(draft, out)


def _count_groups(draft: Draft, out: Plain) -> None:
    """Add a count of one part of a flow of groups."""
    known = ["stocks.abroad.inflows.exiled", "stocks.abroad.inflows.exiled.from.citizens"]
    known += ["stocks.prison.inflows.jailed.into.others"]
    refusals = "stocks.abroad.inflows.exiled.refusals"
    known += [refusals, f"{refusals}.from.citizens"] * ("refusals" in out)
    counted = draft.luck.sample(known, k=draft.luck.randint(1, 2))
    draft["stocks"]["tally"] = make.stock(None, whole=True, counts=counted) | {"unit": "people"}


def _lever(draft: Draft, name: str, most: float) -> None:
    draft["levers"][name] = make.lever(
        draft.any_of("actors"),
        bounds=(0.0, most),
        initial=float(draft.luck.randint(0, 3)),
        step=(float(draft.luck.randint(1, 5)), 4.0),
        unilateral=draft.luck.choice(["both", "none"]),
        more={"unit": "people", "persistence": draft.luck.choice(["standing", "momentary"])},
    )


def _of_people(initial: int, inflows: Plain) -> Plain:
    return make.stock(float(initial), inflows, whole=True) | {"unit": "people"}


def _shares(draft: Draft, names: Sequence[str]) -> Plain:
    return {name: draft.number(0.1, 1) for name in names}


def _refusals(draft: Draft, to: str | None) -> Plain:
    plain: Plain = {"share": draft.number(0, 1)}
    if to is not None and draft.is_drawn(0.5):
        plain["to"] = to
    if draft.is_drawn(0.5):
        one = f"levers.{draft.any_of('levers')}"
        plain["answers"] = {"to": one, "by": draft.number(-0.5, 0.5)}
    return plain
