"""Remarks on a scenario as text: a line for each kind, or for each remark with what to try."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from minsksim.text import joined

if TYPE_CHECKING:
    from minsksim.scenario import Scenario
    from minsksim.scenario.remarks import Remark

_MOST = 8
"""Names that a line without advice shows."""
_SHORT = {
    "still": ("lever cannot move", "levers cannot move"),
    "cannot_meet": ("channel can never meet", "channels can never meet"),
    "unread": ("quantity is read by nothing", "quantities are read by nothing"),
    "unweighed": ("interest is counted by nobody", "interests are counted by nobody"),
    "without_effect": ("effect changes nothing", "effects change nothing"),
    "convex": (
        "gain grows faster the further its lever goes, so that packages may be missed",
        "gains grow faster the further their levers go, so that packages may be missed",
    ),
    "tried": ("thing never happened in the runs", "things never happened in the runs"),
}


def remark_lines(remarks: Sequence[Remark], has_advice: bool) -> Iterator[str]:
    """Yield the lines under the verdict of ``check``."""
    if not remarks:
        return
    if has_advice:
        yield "Remarks, none of which is an error:"
        for remark in remarks:
            yield f"  {remark.says}"
            yield f"    Try: {remark.advice}"
        return
    yield "Remarks, none of which is an error (--advice says what to try):"
    for kind, (one, several) in _SHORT.items():
        names = [remark.of[0].partition(".")[2] for remark in remarks if remark.kind == kind]
        if names:
            yield f"  {len(names)} {one if len(names) == 1 else several}: {_listed(names)}."
    products = [remark for remark in remarks if remark.kind == "product"]
    if products:
        n = sum(remark.can_hold for remark in products)
        named = _listed([remark.says.partition(":")[0] for remark in products])
        verb = "number could" if n == 1 else "numbers could"
        yield f"  {n} {verb} be held, since weights and effects matter only together: {named}."
    yield from (f"  {remark.says}" for remark in remarks if remark.kind == "mechanical")


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST
    return joined([*names[:_MOST], f"{more} more"] if more > 0 else names)


def verdict(scenario: Scenario, sections: Sequence[str]) -> str:
    """Return one line: parts, and numbers by the kind of their source and whether they vary."""
    counts = number_counts(scenario)
    document = scenario.document
    parts = ", ".join(f"{len(getattr(document, name))} {name}" for name in sections)
    kinds = ", ".join(f"{n} {kind}" for kind, n in counts["kinds"].items())
    several = sum(1 for number in scenario.numbers.values() if number.readings)
    disputed = f"; {several} with several readings" if several else ""
    held = f"; {counts['varied']} vary over a range, {counts['held']} are held"
    return (
        f"{scenario.name}: OK. {parts}. {len(scenario.numbers)} numbers: {kinds}{disputed}{held}."
    )


def number_counts(scenario: Scenario) -> dict[str, Any]:
    """Return how many numbers a scenario has: by kind of source, with a range, and without."""
    sources = scenario.document.sources
    kinds = Counter(sources[number.source].kind for number in scenario.numbers.values())
    varied = sum(number.range is not None for number in scenario.numbers.values())
    return {
        "kinds": dict(kinds.most_common()),
        "varied": varied,
        "held": len(scenario.numbers) - varied,
    }
