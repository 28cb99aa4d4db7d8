"""Rival models as CSV or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from minsksim.analysis.rivals.ensemble import CHOSEN_ON
from minsksim.analysis.rivals.models import AVERAGED, RIVALS
from minsksim.cli.render.output import print_csv, say

if TYPE_CHECKING:
    from minsksim.analysis.rivals.bench import Bench
    from minsksim.analysis.rivals.conflict import Conflict
    from minsksim.analysis.rivals.edges import Edge
    from minsksim.scenario.case import Issue

MODELS = {rival.name: rival.label for rival in RIVALS}
"""Name to label, in the order in which models are shown."""


def row_of(found: Bench, issue: Issue) -> dict[str, float]:
    """Return the answers on an issue by model, and the median's share."""
    values = found.answers.loc[[issue.name]].to_numpy(dtype=float)[0].tolist()
    return dict(zip(map(str, found.answers.columns), values, strict=True))


def print_rows(found: Bench) -> None:
    """Print one row for each issue and model, with the nearest edge if it has one."""
    nearest: dict[tuple[str, str], Edge] = {}
    for edge in found.edges:
        nearest.setdefault((edge.issue, edge.model), edge)
    columns = {name: name for name in ("actor", "number", "value", "edge", "size", "then")}
    columns["edge"] = "at"
    rows = []
    for issue in found.case.issues:
        for name in MODELS:
            flip = nearest.get((issue.name, name))
            tail = [getattr(flip, column) if flip else None for column in columns]
            answer = row_of(found, issue)[name]
            rows.append([issue.name, issue.label, issue.unit, name, answer, issue.known, *tail])
    head = ("issue", "label", "unit", "model", "answer", "known")
    print_csv([*head, *(f"edge_{column}" for column in columns.values())], rows)
    if found.scores or found.conflict:
        say("Scores and equilibria: --format json.")


def as_json(found: Bench) -> dict[str, Any]:
    """Return everything that was found."""
    case = found.case
    conflict = found.conflict
    return {
        "case": case.name,
        "title": case.title,
        "question": case.question,
        "source": case.source,
        "notes": found.notes,
        "actors": [
            {"name": name, "label": label, "capability": float(power)}
            for name, label, power in zip(case.actors, case.labels, case.capability, strict=True)
        ],
        "models": [{"name": r.name, "source": r.source, "says": r.says} for r in RIVALS],
        "mean_of_models": {"of": AVERAGED, "choice": CHOSEN_ON},
        "issues": [_issue_as_json(found, i) for i in range(len(case.issues))],
        "edges": found.edges,
        "scores": [
            {
                **vars(s),
                "error": s.error._asdict(),
                "over": {k: v._asdict() for k, v in s.over.items()},
            }
            for s in found.scores
        ],
        "conflict": None if conflict is None else _conflict_as_json(conflict),
    }


def _issue_as_json(found: Bench, i: int) -> dict[str, Any]:
    issue = found.case.issues[i]
    row = row_of(found, issue)
    return {
        **vars(issue),
        "positions": dict(zip(found.case.actors, found.case.positions[:, i].tolist(), strict=True)),
        "salience": dict(zip(found.case.actors, found.case.salience[:, i].tolist(), strict=True)),
        "veto": [a for a, has in zip(found.case.actors, found.case.veto[:, i], strict=True) if has],
        "answers": {name: row[name] for name in MODELS},
        "share_at_median": row["share"],
    }


def _conflict_as_json(conflict: Conflict) -> dict[str, Any]:
    states = range(conflict.payoffs.shape[1])
    return {
        "levers": conflict.switches,
        "states": [
            {
                "state": z,
                "moved": [switch.lever for switch in conflict.moved(z)],
                "utils": dict(zip(conflict.actors, conflict.payoffs[:, z].tolist(), strict=True)),
            }
            for z in states
        ],
        "equilibria": conflict.equilibria,
        "tip": conflict.tip,
    }
