"""Mechanisms of a draft: channels, and who has a say in what is settled there."""

from __future__ import annotations

import generators as make
from drafts.draft import Draft, Plain

from minsksim.vocabulary import PROTOCOLS


def channels(draft: Draft) -> None:
    """One to three lines between different pairs, under any protocol."""
    actors = list(draft["actors"])
    pairs = [(one, two) for one in actors for two in actors if one < two]
    for i, pair in enumerate(draft.luck.sample(pairs, k=min(len(pairs), draft.luck.randint(1, 3)))):
        own = draft.levers_of(*pair)
        protocol = draft.luck.choice(list(PROTOCOLS))
        chosen = draft.luck.sample(own, k=draft.luck.randint(1, len(own)))
        if {draft["levers"][name]["owner"] for name in chosen} != set(pair):
            protocol = protocol if protocol != "exchange" else "nash"
        draft["channels"][f"c{i}"] = _channel(draft, pair, chosen, protocol)


def _channel(draft: Draft, between: tuple[str, ...], table: list[str], protocol: str) -> Plain:
    plain = make.channel(
        between,
        table,
        protocol=protocol,
        quality=draft.amount(0.4, 1),
        decay=draft.amount(0, 0.2),
        build=draft.amount(0, 0.5),
        forgetting=draft.amount(0.6, 1),
        trust=tuple((draft.amount(0.5, 5), draft.amount(0, 1)) for _ in between),
        public=draft.is_drawn(0.7),
        is_open=draft.is_drawn(0.9),
        tranches=draft.luck.choice([1, 1, 2, 3]),
    )
    if protocol == "alternating_offers" and draft.is_drawn(0.6):
        plain |= {"rounds": draft.luck.randint(1, 6)}
    if protocol == "alternating_offers" and draft.is_drawn(0.5):
        plain |= {"breakdown": draft.number(0, 0.2)}
    return plain


def table_of_several(draft: Draft) -> None:
    seats = tuple(draft.luck.sample(list(draft["actors"]), k=min(3, len(draft["actors"]))))
    if len(seats) > 2:
        own = draft.levers_of(*seats)
        table = draft.luck.sample(own, k=min(len(own), 3))
        draft["channels"]["round"] = _channel(draft, seats, table, "nash")


def ratification(draft: Draft) -> None:
    """One ratifier of a party, or several by name; none of them sits at the table."""
    channel = draft["channels"][draft.any_of("channels")]
    outside = [name for name in draft["actors"] if name not in channel["between"]]
    if len(channel["between"]) == 2 and outside:
        names = draft.luck.sample(outside, k=min(draft.luck.randint(1, 2), len(outside)))
        home = {f"home_{name}": {"by": name, "needs": draft.number(0, 0.02)} for name in names}
        one = home if len(home) > 1 else next(iter(home.values()))
        channel["ratification"] = {draft.luck.choice(channel["between"]): one}


def blocking(draft: Draft) -> None:
    for channel in draft["channels"].values():
        outside = [name for name in draft["actors"] if name not in channel["between"]]
        if outside:
            channel["blocking"] = {"by": outside, "side_payments": draft.is_drawn(0.8)}
