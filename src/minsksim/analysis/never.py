"""Why something never happened in a few runs: what became of meetings that could have done it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minsksim.analysis.brief import is_kept
from minsksim.analysis.reasons import no_agreement
from minsksim.analysis.serving import serves_bids
from minsksim.endings import ENDINGS, NOT_HELD, Ending
from minsksim.engine.record.bids import counter_offers
from minsksim.text import joined

if TYPE_CHECKING:
    from minsksim.engine.record.meetings import Meeting
    from minsksim.engine.record.run import Run
    from minsksim.scenario.outsiders import CounterOffer

_ADVICE: dict[Ending, str] = {
    "refused": "Lower the `reservation` of who refuses, or put on the `table` what it gains by.",
    "blocked": "Take `blocking` away and compare, or trade what harms the outsiders less.",
    "outbid": "Take the `counter_offer` away and compare, or let the package take less from the "
    "outsider.",
    "not_ratified": "Lower the `needs` of who refuses at home, or put on the `table` what it gains "
    "by.",
    "nothing_free": "Put levers on its `table` that are active and promised nowhere else.",
    "not_met": "Raise its `quality`, or give its `meetings` dates (`on`).",
    "nothing_left": "Let the stock that its meetings spend hold more, or a meeting take less.",
    "waiting": "Lower `waits` of its `meetings`.",
    "no_date": "Add dates to `on` of its `meetings`.",
    "closed": "Write `open: true`, or an event with `switch: on`.",
}
_STILL = "Give who has nothing to give room: `step`, `bounds`, or people where its levers draw."


@dataclass(frozen=True)
class Why:
    """The main reason, for a sentence, and what to try."""

    says: str
    advice: str


def why_never_agreed(runs: Sequence[Run], channel: str) -> Why | None:
    """Return the most frequent reason for which a channel agreed nothing, if it has a name."""
    meetings = [one for run in runs for one in run.meetings if one.channel == channel]
    return _served(runs, channel) or _main(meetings, runs) or _as_bid(runs, channel)


def why_never_moved(runs: Sequence[Run], lever: str) -> Why | None:
    """Return why a lever never moved: what was signed was broken, or packages with it fell.

    None where the tables that it lies on signed packages without it: nobody wanted it in one.
    """
    document, broken = runs[0].scenario.document, _as_broken(runs, lever)
    if broken is not None:
        return broken
    tables = [name for name, one in document.channels.items() if lever in one.table]
    meetings = [one for run in runs for one in run.meetings if one.channel in tables]
    fell = [
        one
        for one in meetings
        if one.ending != "agreed"
        and one.offer is not None
        and lever in {move.lever for move in one.offer.moves}
    ]
    if not fell and any(one.ending == "agreed" for one in meetings):
        return None
    served = (_served(runs, name) for name in tables if not fell)
    bids = (_as_bid(runs, name) for name in tables)
    return (
        next(filter(None, served), None)
        or _main(fell or meetings, runs)
        or next(filter(None, bids), None)
    )


def _main(meetings: Sequence[Meeting], runs: Sequence[Run]) -> Why | None:
    """Return the most frequent reason, of meetings that were held if any was."""
    held = [one for one in meetings if one.ending not in NOT_HELD]
    causes = [(one, no_agreement(runs[0], one).cause) for one in held or meetings]
    counts = Counter((one.channel, one.ending, cause) for one, cause in causes)
    if not counts:
        return None
    (channel, ending, cause), count = counts.most_common(1)[0]
    advice = _ADVICE.get(ending, "")
    if ending == "nothing_suits" and cause:
        alike = [one for one, its in causes if its == cause]
        names = sorted({name for one in alike for name in one.asking})
        drops = joined([f"`--drop answers.{name}`" for name in names])
        advice = f"Play it with {drops} and compare." if names else _STILL
        if alike[0].unratified_by:
            advice += " Lower the `needs` of who refuses at home as well: neither is enough alone."
    if not advice:
        return None
    told = f"{cause}; " if cause else ""
    times = f"{count} of {len(meetings)} turns"
    return Why(f"{channel} {ENDINGS[ending].label} ({told}{times})", advice)


def _as_broken(runs: Sequence[Run], lever: str) -> Why | None:
    """Return that a lever was promised and every such agreement broken, if that is so."""
    promises = [
        one for run in runs for one in run.agreements if lever in {move.lever for move in one.moves}
    ]
    if not promises or any(is_kept(one) for one in promises):
        return None
    actors = runs[0].scenario.document.actors
    broke = {who for one in promises for who, has_kept in one.kept.items() if not has_kept}
    names = joined([name for name in actors if name in broke])
    count = f"{len(promises)} agreement{'s' * (len(promises) > 1)}"
    return Why(
        f"it was promised in {count} and never delivered, since {names} broke every one",
        f"Let it cost {names} more to break a promise: a higher `audience_cost`, which counts "
        "where the channel is `public: true`, or more `patience`.",
    )


def _served(runs: Sequence[Run], through: str) -> Why | None:
    """Return why a channel that serves counter-offers alone, and was held, never carried one."""
    is_held = any(
        one.channel == through and one.ending not in NOT_HELD
        for run in runs
        for one in run.meetings
    )
    return _as_bid(runs, through) if is_held and serves_bids(runs[0], through) else None


def _as_bid(runs: Sequence[Run], through: str) -> Why | None:
    """Return why a channel or its lever that serves a counter-offer never carried one."""
    for name, bid in counter_offers(runs[0].scenario.document):
        if bid.through == through:
            return _no_package(runs, name, bid) or _no_bid(runs, name, bid)
    return None


def _no_package(runs: Sequence[Run], against: str, bid: CounterOffer) -> Why | None:
    """Return that there was no package to bid against, if that is so."""
    meetings = [one for run in runs for one in run.meetings if one.channel == against]
    if any(one.ending in ("agreed", "outbid") for one in meetings):
        return None
    why = _main(meetings, runs)
    return Why(
        f"{bid.by} had no package of {against} to bid against{f', as {why.says}' if why else ''}",
        why.advice if why else f"Put levers on the `table` of {against} that its parties want.",
    )


def _no_bid(runs: Sequence[Run], against: str, bid: CounterOffer) -> Why:
    """Return why there was no counter-offer although there were packages to bid against."""
    packages, apart, held_back = 0, 0, 0
    for run in runs:
        ending = {one.turn: one.ending for one in run.meetings if one.channel == bid.through}
        for one in run.meetings:
            if one.channel == against and one.ending in ("agreed", "outbid"):
                packages += 1
                apart += ending[one.turn] in NOT_HELD
                held_back += bid.by in one.held_back
    if held_back:
        return Why(
            f"others would have blocked the counter-offer of {bid.by}; it made none ({held_back} "
            f"of {packages} packages of {against})",
            f"Take the `blocking` of {bid.through} away and compare, or let the counter-offer harm "
            "those who may block it less.",
        )
    if apart == packages:
        return Why(
            f"{bid.by} and {bid.to} never met through {bid.through} in a turn with a package of "
            f"{against}",
            f"Let {bid.through} meet when {against} does: its `quality`, or dates (`on`) of its "
            "`meetings`.",
        )
    return Why(
        f"{bid.by} never made a counter-offer to a package of {against}",
        f"Let the packages of {against} take more from {bid.by}, or lower what its bid costs it.",
    )
