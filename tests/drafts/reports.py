"""What a draft reports: everything that it has, in every way that a measure can be taken."""

from __future__ import annotations

from drafts.draft import Draft

from minsksim.endings import MEETING_COUNTS
from minsksim.vocabulary import TAKES, WITH_LEVEL


def measures(draft: Draft) -> None:
    """One measure for each quantity and each count, taken in any way."""
    known = [
        f"{section}.{name}"
        for section in ("levers", "stocks", "markets", "beliefs")
        for name in draft[section]
    ]
    known += [f"utility.{name}" for name in draft["actors"]]
    counts = ("agreements", "breaches", "blocked", "outbid", "delivered")
    known += [f"{count}.{name}" for count in counts for name in draft["channels"]]
    endings = list(MEETING_COUNTS)
    known += [f"meetings.{name}.{draft.luck.choice(endings)}" for name in draft["channels"]]
    known += [f"threats.{name}.made" for name in draft["threats"]]
    for reference in known:
        unit = "people" if _is_people(draft, reference) else "units"
        take = draft.luck.choice(list(TAKES))
        plain = {"label": "A measure", "unit": unit, "of": [reference], "take": take}
        if take in WITH_LEVEL:
            plain["above"] = draft.amount(0, 3)
        draft["measures"]["_".join(["m", *reference.split(".")])] = plain


def _is_people(draft: Draft, reference: str) -> bool:
    section, name = reference.split(".")[:2]
    return section in ("levers", "stocks") and draft[section][name]["unit"] == "people"
