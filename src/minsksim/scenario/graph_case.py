"""A case of the graph model for conflict resolution: states, who can move where, who prefers what.

Read from JSON. Payoffs are ordinal: only their order counts, and only within one actor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import Field

from .case import Flags, Floats
from .case_json import Part, refuse, shaped
from .places import clip, nearest

MOST_STATES = 200
CONCEPTS = {"Nash": "nash", "SEQ": "seq", "SMR": "smr", "GMR": "gmr"}
"""Names of the file to those of ``theory.stability``."""

StateId = int | str


class _DecisionMaker(Part):
    name: str = Field(min_length=1)
    controls: list[str] = Field(default_factory=list)


class _State(Part):
    id: StateId
    options_taken: list[str] | None = None
    label: str = ""


class _File(Part):
    name: str
    decision_makers: list[_DecisionMaker] = Field(min_length=1, max_length=20)
    states: list[_State] = Field(min_length=2, max_length=MOST_STATES)
    ordinal_payoffs: dict[str, list[float]]
    unilateral_moves: dict[str, list[list[StateId]]]
    note: str = ""
    options: list[str] = Field(default_factory=list)
    status_quo: StateId | None = None
    known: StateId | None = None
    equilibria: dict[str, list[StateId]] = Field(default_factory=dict)
    published: dict[str, list[StateId]] = Field(default_factory=dict)
    published_source: str = ""


@dataclass(frozen=True, eq=False)
class GraphCase:
    """States of a conflict and what actors can do and want.

    Attributes
    ----------
    name, title, source : str
    actors : tuple of str
        Along axis A.
    states : tuple of str
        Names of the states, along axis S.
    taken : tuple of tuple of str
        Options taken in each state; empty tuples where the file does not say.
    payoffs : ndarray, shape (A, S)
        Ordinal: larger is preferred.
    moves : ndarray of bool, shape (A, S, S)
        Whether the actor alone can move the conflict from one state to another.
    status_quo : int or None
        State in which there is no deal: as said, or the one in which no option is taken.
    known : int or None
        State in which the conflict ended.
    published : mapping of str to tuple of int
        Equilibria that the file gives, by concept.
    """

    name: str
    title: str
    source: str
    actors: tuple[str, ...]
    states: tuple[str, ...]
    taken: tuple[tuple[str, ...], ...]
    payoffs: Floats
    moves: Flags
    status_quo: int | None
    known: int | None
    published: Mapping[str, tuple[int, ...]]


def is_graph(content: Any) -> bool:
    """Return whether what a JSON file holds is meant as a graph of states."""
    return isinstance(content, dict) and bool(
        {"ordinal_payoffs", "unilateral_moves"} & set(content)
    )


def read_graph(content: Any, path: Path) -> GraphCase:
    """Return the graph that a JSON file holds.

    Raises
    ------
    ScenarioError
        If a part is missing, a name is unknown or twice, or a payoff is missing.
    """
    file = shaped(_File, content, path)
    actors = [one.name for one in file.decision_makers]
    ids: list[StateId] = [state.id for state in file.states]
    for key, names in (("decision_makers", actors), ("states", ids)):
        if len(set(names)) < len(names):
            refuse(path, key, "a name stands twice. Give each its own.")
    _check_names(path, "ordinal_payoffs", file.ordinal_payoffs, actors, is_whole=True)
    _check_names(path, "unilateral_moves", file.unilateral_moves, actors, is_whole=False)
    for actor, values in file.ordinal_payoffs.items():
        if len(values) != len(ids):
            text = f"{len(values)} payoffs for {len(ids)} states. Give one for each."
            refuse(path, f"ordinal_payoffs.{actor}", text)
    place = {state: number for number, state in enumerate(ids)}
    stated = file.published or file.equilibria
    _check_names(path, "published", stated, list(CONCEPTS), is_whole=False)
    return GraphCase(
        name=file.name,
        title=file.note or file.name,
        source=file.published_source or "not stated in the file",
        actors=tuple(actors),
        states=tuple(str(state) for state in ids),
        taken=tuple(tuple(state.options_taken or ()) for state in file.states),
        payoffs=np.array([file.ordinal_payoffs[actor] for actor in actors]),
        moves=_moves(file, actors, place, path),
        status_quo=_status_quo(file, place, path),
        known=None if file.known is None else _state(file.known, place, path, "known"),
        published={
            CONCEPTS[name]: tuple(
                sorted(_state(z, place, path, f"published.{name}") for z in found)
            )
            for name, found in stated.items()
        },
    )


def _check_names(
    path: Path, key: str, found: Mapping[str, Any], known: list[str], *, is_whole: bool
) -> None:
    for name in found:
        if name not in known:
            refuse(path, f"{key}.{name}", f"no such name. {nearest(name, known)}")
    missing = [name for name in known if name not in found] if is_whole else []
    if missing:
        refuse(path, key, f"{clip(missing[0])} is missing. Add its row.")


def _state(state: StateId, place: Mapping[StateId, int], path: Path, key: str) -> int:
    if state not in place:
        refuse(path, key, f"no state {clip(state)}. {nearest(str(state), map(str, place))}")
    return place[state]


def _moves(file: _File, actors: list[str], place: Mapping[StateId, int], path: Path) -> Flags:
    found = np.zeros((len(actors), len(place), len(place)), dtype=bool)
    for a, actor in enumerate(actors):
        for number, pair in enumerate(file.unilateral_moves.get(actor, [])):
            key = f"unilateral_moves.{actor}.{number}"
            if len(pair) != 2 or pair[0] == pair[1]:
                refuse(path, key, "is no pair of two different states.")
            start, end = (_state(z, place, path, key) for z in pair)
            found[a, start, end] = True
    if not found.any():
        refuse(path, "unilateral_moves", "nobody can move. Give the moves.")
    return found


def _status_quo(file: _File, place: Mapping[StateId, int], path: Path) -> int | None:
    """Return the state said to be the status quo, or else the one in which no option is taken."""
    if file.status_quo is not None:
        return _state(file.status_quo, place, path, "status_quo")
    idle = [place[s.id] for s in file.states if s.options_taken == []]
    return idle[0] if len(idle) == 1 else None
