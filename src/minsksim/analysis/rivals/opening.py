"""Opening what rival models are asked about: tables, a scenario, a graph of states, a domain."""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path

from minsksim.analysis.rivals.stakes import case_of
from minsksim.errors import ScenarioError, UsageError
from minsksim.scenario.case import Case
from minsksim.scenario.case_json import read_json
from minsksim.scenario.case_tables import is_case, read_case
from minsksim.scenario.domain_case import Domain, is_domain, read_domain
from minsksim.scenario.find import shipped_cases, shipped_names, shipped_root, shown
from minsksim.scenario.graph_case import GraphCase, is_graph, read_graph
from minsksim.scenario.load import Scenario, load_scenario
from minsksim.scenario.places import clip, nearest
from minsksim.scenario.settings import Settings

AnyCase = Case | Scenario | GraphCase | Domain
_KINDS = {
    Case: ("a table of positions", frozenset({"--issue", "--veto", "--salience-scale"})),
    Scenario: ("a scenario", frozenset({"--issue", "--veto", "--levers", "--reach", "--set"})),
    GraphCase: ("a graph of states", frozenset[str]()),
    Domain: ("a negotiation domain", frozenset({"--disagreement"})),
}
"""What each kind is called, and which options bear on it."""


def open_case(
    reference: str | Path, settings: Settings = (), salience_scale: float | None = None
) -> AnyCase:
    """Return what a reference names.

    Parameters
    ----------
    reference : str or Path
        A shipped case or scenario, a table (.csv), a folder of tables, a scenario (.yaml), or a
        graph of states or a negotiation domain (.json).
    settings
        Numbers of a scenario to change.
    salience_scale : float, optional
        Upper end of the scale of salience of a table that does not say it.

    Raises
    ------
    ScenarioError
        If it names none of these, or what it names is faulty.
    UsageError
        If settings or a scale are given for what has none.
    """
    path = Path(reference)
    text = str(reference)
    asked = {"--set"} if settings else set()
    asked |= set() if salience_scale is None else {"--salience-scale"}
    if text in shipped_cases():
        path = shipped_root() / text
    elif text in shipped_names() or text.endswith((".yaml", ".yml")):
        scenario = load_scenario(reference, settings)
        refuse_unfit(scenario, asked)
        return scenario
    elif text.endswith(".json"):
        found = _in_json(path)
        refuse_unfit(found, asked)
        return found
    elif not (is_case(path) or path.is_dir() or text.endswith(".csv")):
        known = (*shipped_cases(), *shipped_names())
        raise ScenarioError(
            f"{clip(text, 200)}: neither a shipped case or scenario, nor a table (.csv), a folder "
            f"of tables, a .yaml file or a .json file. {nearest(clip(text, 100), known)}"
        )
    if settings:
        raise UsageError(f"--set: {text} is a table of a case. Change the table instead.")
    return read_case(path, salience_scale)


def refuse_unfit(subject: AnyCase, options: Set[str]) -> None:
    """Refuse options that do not bear on a kind of case, so that none is passed over.

    Raises
    ------
    UsageError
        Names the first of them and what this kind takes instead.
    """
    kind, fit = next(said for one, said in _KINDS.items() if isinstance(subject, one))
    unfit = sorted(options - fit)
    if unfit:
        taken = f"Give {', '.join(sorted(fit))} or none." if fit else "Leave it out."
        raise UsageError(
            f"{unfit[0]}: {subject.name} is {kind}, which takes no {unfit[0]}. {taken}"
        )


def _in_json(path: Path) -> GraphCase | Domain:
    content = read_json(path)
    if is_graph(content):
        return read_graph(content, path)
    if is_domain(content):
        return read_domain(content, path)
    raise ScenarioError(
        f"{shown(path)}: neither a graph of states (ordinal_payoffs, unilateral_moves) nor a "
        "negotiation domain (issues, utilities)."
    )


def load_case(
    reference: str | Path, *, salience_scale: float | None = None
) -> Case | GraphCase | Domain:
    """Load a case for rival models.

    Parameters
    ----------
    reference
        The name of a shipped case (``"car_emissions"``), a ``.csv`` table, a folder of tables
        (those of the DEU data sets among them), a scenario, which is read as a case, or a ``.json``
        file with a graph of states or a negotiation domain.
    salience_scale : float, optional
        Upper end of the scale of salience, where the table does not say it: 1 or 100, say.

    Returns
    -------
    Case
        Actors, issues, positions, salience, capability; or a ``GraphCase`` or ``Domain``.

    Raises
    ------
    ScenarioError
        For anything wrong with the file; one line a fault, each with its place and a fix.
    """
    found = open_case(reference, salience_scale=salience_scale)
    return case_of(found) if isinstance(found, Scenario) else found
