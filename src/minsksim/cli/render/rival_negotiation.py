"""A negotiation domain: the answer in sentences, a table of solutions, CSV and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from minsksim.analysis.rivals.negotiation import SOLUTIONS
from minsksim.cli.render import numbers
from minsksim.cli.render.output import console, new_table, print_csv, print_json, print_notice
from minsksim.cli.render.rival_head import print_head
from minsksim.text import joined

if TYPE_CHECKING:
    from rich.table import Table

    from minsksim.analysis.rivals.negotiation import NegotiationBench, Solution

_LABELS = {concept.name: concept.label for concept in SOLUTIONS}
_NO_AGREEMENT = "no deal"
_TITLE = "What each solution chooses"
_UNITS = (
    "Max-min and Utilitarian compare utilities of different parties, which have no common unit; "
    "Nash and Kalai-Smorodinsky do not."
)


def print_negotiation(found: NegotiationBench, form: str) -> None:
    """Print what each solution chooses."""
    if form == "json":
        print_json(_as_json(found))
    elif form == "csv":
        _print_rows(found)
    else:
        _print(found)


def negotiation_answer(found: NegotiationBench) -> tuple[str, ...]:
    """Return which solutions choose which outcome, or that there is no deal."""
    without = _worth_of_none(found)
    if not found.acceptable:
        first = (
            f"No deal: none of {found.packages:,} outcomes gives every party what it has without "
            f"one, {without}."
        )
        return (first, *_known(found))
    chosen: dict[tuple[str, int], list[Solution]] = {}
    for one in found.solutions:
        chosen.setdefault((_package(one, 0), one.ties), []).append(one)
    said = "; ".join(_choice(found, solutions) for solutions in chosen.values())
    counts = f"{found.acceptable:,} of {found.packages:,} outcomes leave nobody worse off"
    second = f"No deal is worth {without}; {counts}."
    return (f"{said}.", *(_known(found) or (second,)))


def _choice(found: NegotiationBench, solutions: list[Solution]) -> str:
    """Return what some solutions choose, what it is worth to whom, and how many others tie."""
    first = solutions[0]
    names = joined([_LABELS[one.concept] for one in solutions])
    if len(solutions) == len(found.solutions):
        names = f"All {len(solutions)} solutions"
    pairs = zip(found.domain.parties, first.utilities[0], strict=True)
    worth = joined([f"{_utils(value)} for {party}" for party, value in pairs])
    more = first.ties - 1
    tie = (
        f", or one of {more:,} more that tie"
        if more > 1
        else ", or another that ties" * max(more, 0)
    )
    verb = "chooses" if len(solutions) == 1 else "choose"
    return f"{names} {verb} {_package(first, 0)} ({worth}){tie}"


def _worth_of_none(found: NegotiationBench) -> str:
    """Return what no deal is worth to whom."""
    values = [float(value) for value in found.disagreement]
    if len(set(values)) == 1:
        return f"{numbers.level(values[0])} to each"
    pairs = zip(found.domain.parties, values, strict=True)
    return joined([f"{numbers.level(value)} to {party}" for party, value in pairs])


def _known(found: NegotiationBench) -> tuple[str, ...]:
    """Say where the negotiation ended, and which solutions chose that."""
    known = found.domain.known
    if known is None:
        return ()
    right = [
        _LABELS[one.concept]
        for one in found.solutions
        if (known in one.packages if known else not one.packages)
    ]
    end = f"agreed on {', '.join(known)}" if known else "made no deal"
    said = f"which is what {joined(right)} {'gives' if len(right) == 1 else 'give'}"
    return (f"The parties {end}, {said if right else 'which no solution gives'}.",)


def _package(solution: Solution, place: int) -> str:
    return ", ".join(solution.packages[place]) if solution.packages else _NO_AGREEMENT


def _utils(value: float) -> str:
    return numbers.number(value, 3)


def _print(found: NegotiationBench) -> None:
    domain, screen = found.domain, console()
    title = domain.name if domain.title == domain.name else f"{domain.name}: {domain.title}"
    print_head(screen, negotiation_answer(found), title)
    counts = f"{found.packages:,} outcomes, {found.efficient:,} of them efficient"
    issues = f"{len(domain.issues)} issues ({', '.join(domain.issues)})"
    said = f"{len(domain.parties)} parties, {issues}, {counts}. Numbers: {domain.source}."
    screen.print(Text(said))
    for note in (*found.notes, _compared(found)):
        screen.print(Text(f"Note: {note}"))
    screen.print()
    screen.print(_table(found))
    screen.print()
    for concept in SOLUTIONS:
        screen.print(
            Text(f"{concept.label}: the outcome with the largest {concept.says}.", style="dim")
        )
    screen.print(Text(_UNITS, style="dim"))
    print_notice(screen)


def _table(found: NegotiationBench) -> Table:
    right = ("Value", *found.domain.parties, "Ties")
    table = new_table("Solution", "Outcome", *right, title=_TITLE, right=right)
    for one in found.solutions:
        for place in range(max(len(one.packages), 1)):
            is_first = place == 0
            table.add_row(
                _LABELS[one.concept] if is_first else "",
                Text(_package(one, place)),
                numbers.number(one.value, 3) if is_first else "",
                *(_utils(value) for value in one.utilities[place]),
                f"{one.ties:,}" if is_first and one.ties > 1 else "",
            )
    table.add_row("No deal", "", "", *(_utils(float(value)) for value in found.disagreement), "")
    return table


def _compared(found: NegotiationBench) -> str:
    """Say whether published solutions come out."""
    compared = [one for one in found.solutions if one.is_published is not None]
    if not compared:
        return "No published solutions for this worth of no deal to compare with."
    wrong = [_LABELS[one.concept] for one in compared if not one.is_published]
    if wrong:
        return f"The file of solutions beside the domain gives another value for {joined(wrong)}."
    return "All values are those in the file of solutions beside the domain."


def _print_rows(found: NegotiationBench) -> None:
    domain = found.domain
    head = ["solution", "value", "ties", *(f"issue.{issue}" for issue in domain.issues)]
    head += [f"utility.{party}" for party in domain.parties]
    rows = []
    for one in found.solutions:
        for place in range(max(len(one.packages), 1)):
            package = one.packages[place] if one.packages else [_NO_AGREEMENT] * len(domain.issues)
            rows.append([one.concept, one.value, one.ties, *package, *one.utilities[place]])
    print_csv(head, rows)


def _as_json(found: NegotiationBench) -> dict[str, Any]:
    domain = found.domain
    return {
        "answer": negotiation_answer(found),
        "kind": "negotiation domain",
        "case": domain.name,
        "title": domain.title,
        "source": domain.source,
        "notes": found.notes,
        "parties": domain.parties,
        "issues": dict(zip(domain.issues, domain.values, strict=True)),
        "disagreement": dict(zip(domain.parties, found.disagreement.tolist(), strict=True)),
        "outcomes": found.packages,
        "acceptable": found.acceptable,
        "efficient": found.efficient,
        "known": None if domain.known is None else domain.known or _NO_AGREEMENT,
        "solutions": [
            {
                "solution": one.concept,
                "is_deal": bool(one.packages),
                "value": one.value,
                "ties": one.ties,
                "outcomes": [dict(zip(domain.issues, o, strict=True)) for o in one.packages],
                "utilities": [dict(zip(domain.parties, u, strict=True)) for u in one.utilities],
                "is_published": one.is_published,
            }
            for one in found.solutions
        ],
    }
