"""Why something never happened in a few runs: what became of meetings that could have done it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minsksim.analysis.reasons import no_agreement
from minsksim.endings import ENDINGS, NOT_HELD, Ending
from minsksim.scenario.outsiders import by_key
from minsksim.text import joined

if TYPE_CHECKING:
    from minsksim.engine.record.meetings import Meeting
    from minsksim.engine.record.run import Run

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
    found = _main([one for run in runs for one in run.meetings if one.channel == channel], runs)
    return found or _as_bid(runs, channel)


def why_never_moved(runs: Sequence[Run], lever: str) -> Why | None:
    """Return why a lever never moved, if it was in packages that fell, or all on its tables did.

    None where the tables that it lies on signed packages without it: nobody wanted it in one.
    """
    document = runs[0].scenario.document
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
    bids = (_as_bid(runs, name) for name in tables)
    return _main(fell or meetings, runs) or next(filter(None, bids), None)


def _main(meetings: Sequence[Meeting], runs: Sequence[Run]) -> Why | None:
    """Return the most frequent reason, of meetings that were held if any was."""
    held = [one for one in meetings if one.ending not in NOT_HELD]
    counts = Counter(
        (one.channel, one.ending, no_agreement(runs[0], one).cause) for one in held or meetings
    )
    if not counts:
        return None
    (channel, ending, cause), count = counts.most_common(1)[0]
    advice = _ADVICE.get(ending, "")
    if ending == "nothing_suits" and cause:
        alike = [one for one in held if no_agreement(runs[0], one).cause == cause]
        names = sorted({name for one in alike for name in one.answers})
        drops = joined([f"`--drop answers.{name}`" for name in names])
        advice = f"Play it with {drops} and compare." if names else _STILL
        if alike[0].unratified_by:
            advice += " Lower the `needs` of who refuses at home as well: neither is enough alone."
    if not advice:
        return None
    told = f"{cause}; " if cause else ""
    times = f"{count} of {len(meetings)} turns"
    return Why(f"{channel} {ENDINGS[ending].label} ({told}{times})", advice)


def _as_bid(runs: Sequence[Run], through: str) -> Why | None:
    """Return that a channel or its lever serves a counter-offer, and none was worth making."""
    for name, channel in runs[0].scenario.document.channels.items():
        for bid in by_key(channel.counter_offer).values():
            if bid.through == through:
                return Why(
                    f"{bid.by} never made a counter-offer to a package of {name}",
                    f"Let the packages of {name} take more from {bid.by}, or lower what its bid "
                    "costs it.",
                )
    return None
