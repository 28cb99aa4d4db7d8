"""A number that comes in after a scenario was loaded: checked as one that ``--set`` gives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .checks import check_document
from .dump import to_plain
from .load import Scenario, validated
from .places import Faults
from .read import Tree
from .settings import apply_settings


def check_given(scenario: Scenario, given: Iterable[tuple[str, float]], place: str) -> None:
    """Refuse a value that a number of the scenario cannot take.

    Parameters
    ----------
    scenario : Scenario
    given : iterable of (str, float)
        Dotted names of numbers, each with a value; each pair is tried by itself.
    place : str
        Where the values come from, for the message.

    Raises
    ------
    ScenarioError
        As ``load_scenario`` does with these settings.
    """
    plain: Any = to_plain(scenario.document)
    tree = Tree(plain, {}, scenario.name)
    for name, value in given:
        changed, _ = apply_settings(tree, {name: float(value)}, place)
        faults = Faults(changed.positions, changed.file)
        check_document(validated(changed, faults), scenario.bibliography, faults)
        faults.stop()
