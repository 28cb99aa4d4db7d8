"""Rival models on one case, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import overload

import numpy as np
import pandas as pd

from minsksim.alike import several
from minsksim.analysis.rivals.conflict import Conflict, find_conflict
from minsksim.analysis.rivals.edges import Edge, find_edges
from minsksim.analysis.rivals.graph_model import GraphBench, stable_states_of
from minsksim.analysis.rivals.models import RIVALS, Rival, median_at, too_large
from minsksim.analysis.rivals.negotiation import NegotiationBench, solve
from minsksim.analysis.rivals.opening import AnyCase, open_case, refuse_unfit
from minsksim.analysis.rivals.scores import Score, score
from minsksim.analysis.rivals.stakes import case_of
from minsksim.notice import NOTICE
from minsksim.scenario.case import Case, Floats
from minsksim.scenario.domain_case import Domain
from minsksim.scenario.graph_case import GraphCase
from minsksim.scenario.load import Scenario
from minsksim.scenario.places import clip
from minsksim.vocabulary import Disagreement, Reach

_MOST_SEARCHED = 40
"""Issues up to which edges of a round of challenges are searched for."""


@dataclass(frozen=True, eq=False)
class Bench:
    """What rival models give for one case.

    Attributes
    ----------
    case : Case
    answers : DataFrame
        One row for each issue, one column for each model, in the issue's unit; NaN where a model
        has no answer. ``share`` is the weight on the median's side in its closest
        vote.
    edges : tuple of Edge
        Issue by issue, smallest first.
    scores : tuple of Score
        Empty if no issue's end is known.
    conflict : Conflict or None
        Stability of a few levers; scenarios only.
    notes : tuple of str
    notice : str
        What the figures are not.
    """

    case: Case
    answers: pd.DataFrame
    edges: tuple[Edge, ...]
    scores: tuple[Score, ...]
    conflict: Conflict | None
    notes: tuple[str, ...]
    notice: str = NOTICE

    def __repr__(self) -> str:
        size = f"{len(self.answers)} issues, {len(self.answers.columns)} models"
        return f"<Bench of {self.case.name}: {size}>"


@overload
def bench(
    subject: Case | Scenario,
    issues: str | Sequence[str] | None = None,
    levers: Sequence[str] | None = None,
    *,
    reach: Reach | None = None,
    seed: int = 0,
    veto: str | Sequence[str] = (),
) -> Bench: ...


@overload
def bench(subject: GraphCase) -> GraphBench: ...


@overload
def bench(subject: Domain, *, disagreement: Disagreement | None = None) -> NegotiationBench: ...


@overload
def bench(
    subject: AnyCase | str | Path,
    issues: str | Sequence[str] | None = None,
    levers: Sequence[str] | None = None,
    *,
    reach: Reach | None = None,
    seed: int = 0,
    veto: str | Sequence[str] = (),
    disagreement: Disagreement | None = None,
) -> Bench | GraphBench | NegotiationBench: ...


def bench(
    subject: AnyCase | str | Path,
    issues: str | Sequence[str] | None = None,
    levers: Sequence[str] | None = None,
    *,
    reach: Reach | None = None,
    seed: int = 0,
    veto: str | Sequence[str] = (),
    disagreement: Disagreement | None = None,
) -> Bench | GraphBench | NegotiationBench:
    """Ask rival models of collective decisions about one case.

    Parameters
    ----------
    subject : Case, Scenario, GraphCase, Domain, str or Path
        Or the name or file of one. A scenario is read as a case, and a few of its levers as a
        graph of states.
    issues : str or sequence of str, optional
        Only these are reported and worked on, and what was decided together with them, for models
        that link issues.
    levers : sequence of str, optional
        Scenarios only: two to five levers for the graph of states.
    reach : str, optional
        Scenarios only: how far a lever of the graph moves, one ``turn`` (if not said) or its whole
        ``scale``.
    seed : int
        Which bootstrap samples to draw for scores.
    veto : str or sequence of str, optional
        Actors who can keep every issue at its reference point, beside those of the table.
    disagreement : str, optional
        Negotiation domains only: what no deal is worth, the ``reservation`` values of the file (if
        not said), ``zero``, or the ``lowest`` utility of each party.

    Returns
    -------
    Bench
        Answers, knife edges, scores where the end is known, equilibria.
    GraphBench
        For a case of the graph model: its stable states.
    NegotiationBench
        For a negotiation domain: what each solution chooses, or no deal.

    Raises
    ------
    UsageError
        If something is asked that this kind of case does not have.
    """
    if isinstance(subject, str | Path):
        subject = open_case(subject)
    vetoes = several(veto)
    asked = {
        "--issue": issues is not None,
        "--levers": levers is not None,
        "--reach": reach is not None,
        "--veto": bool(vetoes),
        "--disagreement": disagreement is not None,
    }
    refuse_unfit(subject, {option for option, is_asked in asked.items() if is_asked})
    if isinstance(subject, GraphCase):
        return stable_states_of(subject)
    if isinstance(subject, Domain):
        return solve(subject, disagreement or "reservation")
    case = case_of(subject) if isinstance(subject, Scenario) else subject
    case = case.with_veto(vetoes) if vetoes else case
    found = _ask(case, None if issues is None else several(issues), seed)
    if not isinstance(subject, Scenario):
        return found
    chosen = None if levers is None else tuple(levers)
    return replace(found, conflict=find_conflict(subject, chosen, reach or "turn"))


def _ask(case: Case, issues: tuple[str, ...] | None, seed: int) -> Bench:
    """Ask the models of tables of positions."""
    shown = case if issues is None else case.only(issues)
    groups = {issue.group for issue in shown.issues}
    case = case.only(tuple(issue.name for issue in case.issues if issue.group in groups))
    answers = {rival.name: _answer(rival, case, shown) for rival in RIVALS}
    is_searched = len(shown.issues) <= _MOST_SEARCHED
    return Bench(
        case=shown,
        answers=_frame(shown, answers),
        edges=find_edges(shown, is_searched=is_searched),
        scores=score(shown, answers, seed),
        conflict=None,
        notes=(*case.notes, *_notes(case, shown), *(() if is_searched else (_NOT_SEARCHED,))),
    )


def _answer(rival: Rival, case: Case, shown: Case) -> Floats:
    """Return what a model gives for the issues shown; those of their groups bear on some models."""
    if not rival.links:
        return rival.answer(shown)
    names = {issue.name for issue in shown.issues}
    return rival.answer(case)[[issue.name in names for issue in case.issues]]


def _notes(case: Case, shown: Case) -> list[str]:
    """Say which models have no answer, and why."""
    notes = [
        f"Exchange has no answer: {size:,} issues of group {clip(group)!r} are too many to trade "
        f"among {len(case.actors)} actors. Name in the column 'group' which were decided together."
        for group, size in too_large(case).items()
    ]
    has_veto = shown.veto.any(axis=0)
    unknown = sum(
        1 for i in np.flatnonzero(has_veto) if not np.isfinite(shown.issues[int(i)].reference)
    )
    if unknown:
        notes.append(
            f"Veto has no answer on {unknown:,} of {len(shown.issues):,} issues: they have veto "
            "players and no reference point. Give it in the column 'reference'."
        )
    idle = (shown.veto & np.isnan(shown.positions)).any(axis=0)
    if idle.any():
        notes.append(
            f"On {int(idle.sum()):,} of {len(shown.issues):,} issues somebody has a veto and no "
            "position, and so blocks nothing."
        )
    return notes


_NOT_SEARCHED = (
    f"Over {_MOST_SEARCHED} issues: edges of a round of challenges are not searched for. Name "
    "issues with --issue."
)


def _frame(case: Case, answers: Mapping[str, Floats]) -> pd.DataFrame:
    table = pd.DataFrame(answers, index=[issue.name for issue in case.issues])
    table.index.name = "issue"
    return table.assign(share=[median_at(case, i)[1] for i in range(len(case.issues))])
