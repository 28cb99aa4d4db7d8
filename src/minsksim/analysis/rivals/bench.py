"""Rival models on one case, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from minsksim.alike import several
from minsksim.analysis.rivals.conflict import Conflict, find_conflict
from minsksim.analysis.rivals.edges import Edge, find_edges
from minsksim.analysis.rivals.models import RIVALS, median_at
from minsksim.analysis.rivals.scores import Score, score
from minsksim.analysis.rivals.stakes import case_of
from minsksim.errors import ScenarioError, UsageError
from minsksim.notice import NOTICE
from minsksim.scenario.case import Case, Floats
from minsksim.scenario.case_tables import is_case, read_case
from minsksim.scenario.find import shipped_cases, shipped_names, shipped_root
from minsksim.scenario.load import Given, Scenario, load_scenario
from minsksim.scenario.places import clip, nearest
from minsksim.scenario.settings import Settings
from minsksim.vocabulary import Reach

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


def open_case(reference: str | Path, settings: Settings = ()) -> Case | Scenario:
    """Return the tables or the scenario that a reference names.

    Raises
    ------
    ScenarioError
        If it names neither, or what it names is faulty.
    """
    path = Path(reference)
    text = str(reference)
    if text in shipped_cases():
        path = shipped_root() / text
    elif text in shipped_names() or text.endswith((".yaml", ".yml")):
        return load_scenario(reference, settings)
    elif not (is_case(path) or path.is_dir() or text.endswith(".csv")):
        known = (*shipped_cases(), *shipped_names())
        raise ScenarioError(
            f"{clip(text, 200)}: neither a shipped case or scenario, nor a table (.csv), a folder "
            f"of tables or a .yaml file. {nearest(clip(text, 100), known)}"
        )
    if settings:
        raise UsageError(f"--set: {text} is a table of a case. Change the table instead.")
    return read_case(path)


def load_case(reference: str | Path) -> Case:
    """Load a collective-decision case.

    Parameters
    ----------
    reference
        The name of a shipped case (``"car_emissions"``), a ``.csv`` table, a folder of tables
        (those of the DEU data sets among them), or a scenario, which is read as a case.

    Returns
    -------
    Case
        Actors, issues, positions, salience, capability.

    Raises
    ------
    ScenarioError
        For anything wrong with the file; one line a fault, each with its place and a fix.
    """
    found = open_case(reference)
    return found if isinstance(found, Case) else case_of(found)


def bench(
    subject: Case | Given,
    issues: str | Sequence[str] | None = None,
    levers: Sequence[str] | None = None,
    *,
    reach: Reach = "turn",
    seed: int = 0,
) -> Bench:
    """Ask rival models of collective decisions about one case.

    Parameters
    ----------
    subject : Case, Scenario, str or Path
        Or the name or file of one. A scenario is read as a case, and a few of its levers as a
        graph of states.
    issues : str or sequence of str, optional
        Only these are reported; models that link issues still see all.
    levers : sequence of str, optional
        Scenarios only: two to five levers for the graph of states.
    reach : str
        Scenarios only: how far a lever of the graph moves, one ``turn`` or its whole ``scale``.
    seed : int
        Which bootstrap samples to draw for scores.

    Returns
    -------
    Bench
        Answers, knife edges, scores where the end is known, equilibria.
    """
    if isinstance(subject, str | Path):
        subject = open_case(subject)
    is_scenario = isinstance(subject, Scenario)
    if levers is not None and not is_scenario:
        raise UsageError("--levers: tables of positions have no levers. Name a scenario.")
    case = case_of(subject) if isinstance(subject, Scenario) else subject
    shown = case.only(several(issues)) if issues is not None else case
    places = [i for i, issue in enumerate(case.issues) if issue in shown.issues]
    answers = {rival.name: rival.answer(case)[places] for rival in RIVALS}
    is_searched = len(shown.issues) <= _MOST_SEARCHED
    chosen = tuple(levers) if levers is not None else None
    return Bench(
        case=shown,
        answers=_frame(shown, answers),
        edges=find_edges(shown, is_searched=is_searched),
        scores=score(shown, answers, seed),
        conflict=find_conflict(subject, chosen, reach) if isinstance(subject, Scenario) else None,
        notes=(*case.notes, *(() if is_searched else (_NOT_SEARCHED,))),
    )


_NOT_SEARCHED = (
    f"Over {_MOST_SEARCHED} issues: edges of a round of challenges are not searched for. Name "
    "issues with --issue."
)


def _frame(case: Case, answers: Mapping[str, Floats]) -> pd.DataFrame:
    table = pd.DataFrame(answers, index=[issue.name for issue in case.issues])
    table.index.name = "issue"
    return table.assign(share=[median_at(case, i)[1] for i in range(len(case.issues))])
