"""What rival models say of tables of positions, in one or two sentences that can be quoted."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from minsksim.cli.render import numbers
from minsksim.cli.render.rival_conflict import state_in_words
from minsksim.cli.render.rival_data import MODELS, row_of
from minsksim.text import joined

if TYPE_CHECKING:
    from minsksim.analysis.rivals.bench import Bench
    from minsksim.analysis.rivals.conflict import Conflict
    from minsksim.analysis.rivals.edges import Edge
    from minsksim.scenario.case import Issue

_THEORIES = tuple(
    name for name in MODELS if name not in ("middle", "reference", "veto", "ensemble")
)
"""Models whose spread is told: bars and what is made of other answers are left out."""
_TINY = 1e-4
"""A change below this is none that a reader would call one: the model stands on a tie."""
_CLOSE = 10.0
"""Points of 100 within which models agree."""


def answer_of(found: Bench) -> tuple[str, ...]:
    """Return one or two sentences: errors where the end is known, else where the models agree."""
    if found.conflict:
        return (_stable(found.conflict), _spread(found))
    if any(score.model == "ensemble" and score.issues > 1 for score in found.scores):
        first = _errors(found)
    elif len(found.case.issues) == 1:
        first = _of_one(found)
    else:
        first = _spread(found)
    second = _no_agreement(found) or _nearest_edge(found)
    return (first, second) if second else (first,)


def _errors(found: Bench) -> str:
    """Say how far the mean of models, the best and the middle of the scale are from what came."""
    by_name = {score.model: score for score in found.scores}
    mean, middle = by_name["ensemble"], by_name["middle"]
    rest = [by_name[name] for name in _THEORIES if name in by_name]
    best = min(rest, key=lambda score: score.error.estimate)
    low, high = (numbers.number(end, 1) for end in mean.error[1:])
    interval = f" (95 % interval {low} to {high})" if math.isfinite(mean.error[1]) else ""
    return (
        f"On {mean.issues:,} decided issues the mean of models errs by "
        f"{numbers.number(mean.error.estimate, 1)} points of 100{interval}, the best single model, "
        f"{MODELS[best.model]}, by {numbers.number(best.error.estimate, 1)}, and half-way along "
        f"the scale by {numbers.number(middle.error.estimate, 1)}."
    )


def _of_one(found: Bench) -> str:
    (issue,) = found.case.issues
    row = row_of(found, issue)
    given = {name: row[name] for name in _THEORIES if math.isfinite(row[name])}
    low, high = min(given, key=given.__getitem__), max(given, key=given.__getitem__)
    unit = f" {numbers.short(issue.unit)}" if issue.unit else ""
    ends = f"from {numbers.level(issue.low)} to {numbers.level(issue.high)}{unit}"
    if given[low] == given[high]:
        said = f"all models end at {numbers.level(given[low])}"
    else:
        said = (
            f"models end between {numbers.level(given[low])} ({MODELS[low]}) and "
            f"{numbers.level(given[high])} ({MODELS[high]})"
        )
    mean = row["ensemble"]
    tail = f"; the mean of models is {numbers.level(mean)}" if math.isfinite(mean) else ""
    if math.isfinite(issue.known):
        tail += f"; it ended at {numbers.level(issue.known)}"
    return f"Under their assumptions {said} on a scale {ends}{tail}."


def _spread(found: Bench) -> str:
    """Say on how many issues the models agree, and where they differ most."""
    case = found.case
    values = found.answers[list(_THEORIES)].to_numpy(dtype=float)
    span = np.array([issue.high - issue.low for issue in case.issues])
    width = 100.0 * (np.nanmax(values, axis=1) - np.nanmin(values, axis=1)) / span
    if len(case.issues) == 1:
        return _of_one(found)
    worst = int(width.argmax())
    row = dict(zip(_THEORIES, values[worst], strict=True))
    least, most = (
        chosen({k: v for k, v in row.items() if math.isfinite(v)}.items(), key=lambda kv: kv[1])
        for chosen in (min, max)
    )
    close = int((width <= _CLOSE).sum())
    return (
        f"Under their assumptions the models agree within {_CLOSE:.0f} points of 100 on {close:,} "
        f"of {len(case.issues):,} issues; they differ most on {_label(case.issues[worst])}, "
        f"from {numbers.level(least[1])} ({MODELS[least[0]]}) to {numbers.level(most[1])} "
        f"({MODELS[most[0]]})."
    )


def _no_agreement(found: Bench) -> str:
    """Say on how many issues the veto players leave nothing but the status quo."""
    veto = found.answers["veto"].to_numpy(dtype=float)
    answered = np.isfinite(veto)
    if not answered.any():
        return ""
    stuck = int((veto == found.answers["reference"].to_numpy(dtype=float))[answered].sum())
    if len(found.case.issues) == 1:
        end = numbers.level(float(veto[0]))
        said = "no deal: the status quo stays" if stuck else f"{end}"
        return f"With the vetoes that are given the answer is {said}."
    return (
        f"With the vetoes that are given there is no deal on {stuck:,} of {int(answered.sum()):,} "
        "issues: the status quo stays."
    )


def _nearest_edge(found: Bench) -> str:
    """Say which small change of one number moves a model far."""
    issues = {issue.name: issue for issue in found.case.issues}
    large = [edge for edge in found.edges if _jump(edge, issues[edge.issue]) >= _CLOSE]
    if not large:
        return ""
    edge = min(large, key=lambda edge: edge.size)
    label = dict(zip(found.case.actors, found.case.labels, strict=True))[edge.actor]
    where = "" if len(issues) == 1 else f" on {_label(issues[edge.issue])}"
    change = edge.edge - edge.value
    return (
        f"The least change that flips a model: the {MODELS[edge.model]}{where} goes from "
        f"{numbers.level(edge.now)} to {numbers.level(edge.then)} if the {edge.number} of {label}, "
        f"{numbers.level(edge.value)}, {'rises' if change > 0.0 else 'falls'} {_size(abs(change))}."
    )


def _size(change: float) -> str:
    """Return a change in words, rounded away from 0 so that it suffices."""
    if change < _TINY:
        return "at all"
    places = max(1 - math.floor(math.log10(change)), 0)
    return f"by {numbers.number(math.ceil(change * 10**places - 1e-6) / 10**places, places)}"


def _jump(edge: Edge, issue: Issue) -> float:
    """Return by how many points of 100 the answer jumps."""
    return 100.0 * abs(edge.then - edge.now) / (issue.high - issue.low)


def _label(issue: Issue) -> str:
    return f"'{issue.label}'" if issue.label == issue.name else f"'{issue.label}' ({issue.name})"


def _stable(conflict: Conflict) -> str:
    """Say which combinations of the levers hold without a promise."""
    held = sorted({state for states in conflict.equilibria.values() for state in states})
    if not held:
        return "Of the levers looked at no combination holds without a promise."
    firm = [z for z in held if all(z in states for states in conflict.equilibria.values())]
    words = joined([f"'{state_in_words(conflict, state)}'" for state in firm or held])
    if firm:
        verb = "holds" if len(firm) == 1 else "hold"
        return f"Without a promise {words} {verb} under all four concepts of stability."
    return f"Without a promise {words} may hold, none of them under all concepts of stability."
