"""Who gains and loses by an agreement, in words; what is valued differently stands apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from minsksim.cli.render import numbers

if TYPE_CHECKING:
    from minsksim.analysis.fared import Valued
    from minsksim.analysis.story import Bargain, Story

BRIEF_DECIMALS = 3
VALUED: dict[Valued, str] = {"in_one_turn": "in one turn", "present_value": "in present value"}
"""What a gain from an agreement is to an actor, in words."""


def few_utils(value: float, *, signed: bool = False) -> str:
    """Return utils to three digits for a sentence of the brief, where what is there is never 0.

    Examples
    --------
    >>> few_utils(0.25), few_utils(0.0001), few_utils(0.25, signed=True)
    ('0.250', 'less than 0.001', '+0.250')
    """
    if 0.0 < value < 0.5 * 10**-BRIEF_DECIMALS:
        return "less than 0.001"
    return numbers.number(value, BRIEF_DECIMALS, signed=signed)


def gains(bargain: Bargain, story: Story) -> str:
    """Say what each party expects to gain."""
    others = "the other" if len(bargain.parties) == 2 else "the others"
    told = "; ".join(
        f"{_listed(items, story)} utils{unit}" for unit, items in _apart(bargain.gains, story)
    )
    return f"{told}, as each expects, given its trust in {others}"


def spared(bargain: Bargain, story: Story) -> str:
    """Say what a counter-offer spared the outsider that made it; empty for other agreements."""
    if bargain.outbid_by is None:
        return ""
    name = story.actors[bargain.outbid_by]
    cost = f"{numbers.utils(bargain.spared, signed=False)} utils{_unit(bargain.outbid_by, story)}"
    return f"{name}: the package that fell would have cost it {cost}; its gain counts from there"


def ratified(bargain: Bargain, story: Story) -> str:
    """Say what an agreement brings those who ratified it, as compared with what each needs."""
    told: dict[str, list[str]] = {}
    for one in bargain.assents:
        gain = numbers.number(one.gain, BRIEF_DECIMALS, signed=True)
        compared = f"{story.actors[one.by]} {gain} (needs {numbers.level(one.needs)})"
        told.setdefault(_unit(one.by, story), []).append(compared)
    parts = [f"{', '.join(items)} utils{unit}" for unit, items in told.items()]
    return f"by {'; '.join(parts)}" if parts else ""


def outside(bargain: Bargain, story: Story) -> str:
    """Say which actors that neither sign nor ratify lose and which gain, from the externalities."""
    inside = {*bargain.parties, *bargain.ratifiers}
    felt = {
        name: change
        for name, change in bargain.externalities.items()
        if name not in inside and round(change, numbers.UTILS)
    }
    told = [_outside(items, unit, story) for unit, items in _apart(felt, story)]
    if all(change > 0 for change in felt.values()):
        told = ["nobody loses", *told]
    return "; ".join(told)


def _outside(changes: Mapping[str, float], unit: str, story: Story) -> str:
    """Say who loses most, who loses too and who gains, of those who value agreements alike."""
    parts = []
    losers = {name: change for name, change in changes.items() if change < 0}
    if losers:
        most = min(losers, key=losers.__getitem__)
        parts.append(f"{story.actors[most]} loses most, {numbers.utils(losers.pop(most))} utils")
        if losers:
            rest = sorted(losers.items(), key=lambda item: item[::-1])
            parts.append(f"also lose: {_listed(dict(rest), story)}")
    winners = [item for item in changes.items() if item[1] > 0]
    if winners:
        winners.sort(key=lambda item: item[::-1], reverse=True)
        parts.append(f"gain: {_listed(dict(winners), story)}")
    return f"{'; '.join(parts)}{f' ({unit.strip()})' if unit else ''}"


def _apart(changes: Mapping[str, float], story: Story) -> Iterable[tuple[str, Mapping[str, float]]]:
    """Return changes by what they are to each actor, in the order of first appearance."""
    found: dict[str, dict[str, float]] = {}
    for name, change in changes.items():
        found.setdefault(_unit(name, story), {})[name] = change
    return found.items()


def _unit(actor: str, story: Story) -> str:
    """Return what follows the word utils; nothing where every actor values agreements by a turn."""
    if "present_value" not in story.valued.values():
        return ""
    return f" {VALUED[story.valued[actor]]}"


def _listed(changes: Mapping[str, float], story: Story) -> str:
    return ", ".join(f"{story.actors[name]} {numbers.utils(x)}" for name, x in changes.items())
