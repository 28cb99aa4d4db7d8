"""A few levers of a scenario as a graph of states: which states nobody would leave.

Each lever is at present or moved towards its far end: as far as one turn of the engine allows,
or all the way. Its owner alone can move it; an owner of several may
move any of them together. Preferences are the order of utilities at the start, the owner's costs
of moving counted; nothing is promised, so an agreement must hold by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minsksim.analysis.rivals.stakes import Stakes, find_stakes, worth_of_states
from minsksim.errors import UsageError
from minsksim.scenario.case import Floats
from minsksim.scenario.load import Scenario
from minsksim.scenario.places import nearest
from minsksim.theory.stability import CONCEPTS, equilibria
from minsksim.vocabulary import Reach

MOST_LEVERS = 5
_OF_EACH = 2
"""Levers of each party that are taken if none are named."""
_PAST = 1e-9
"""How far past a tie a changed stake goes: a share of the change, or utils if it is none."""
_MOST_TRIES = 600
"""Changes of a stake that are tried, the smallest first."""


@dataclass(frozen=True)
class Switch:
    """A lever with its two values, in its own unit."""

    lever: str
    label: str
    owner: str
    unit: str
    present: float
    far: float


@dataclass(frozen=True)
class Tip:
    """The smallest change of one actor's stake in one lever that changes the equilibria.

    ``value`` and ``edge`` are utils gained when the lever alone is moved, as they are and
    where the change comes; ``gained`` and ``lost`` are equilibria by concept.
    """

    actor: str
    lever: str
    value: float
    edge: float
    gained: dict[str, tuple[int, ...]]
    lost: dict[str, tuple[int, ...]]


@dataclass(frozen=True, eq=False)
class Conflict:
    """States, preferences and equilibria.

    Attributes
    ----------
    switches : tuple of Switch
        Bit l of a state is 1 where the lever of switch l is moved.
    actors : tuple of str
        Owners of the levers.
    payoffs : ndarray, shape (A, 2**n)
        Utils over the present state, which is state 0.
    equilibria : dict of str to tuple of int
        For each of ``rules.stability.CONCEPTS``.
    tip : Tip or None
    """

    switches: tuple[Switch, ...]
    actors: tuple[str, ...]
    payoffs: Floats
    equilibria: dict[str, tuple[int, ...]]
    tip: Tip | None

    def moved(self, state: int) -> tuple[Switch, ...]:
        """Return the levers that are moved in a state."""
        return tuple(s for number, s in enumerate(self.switches) if state >> number & 1)


def find_conflict(
    scenario: Scenario, levers: tuple[str, ...] | None = None, reach: Reach = "turn"
) -> Conflict:
    """Return the graph of a few levers and its equilibria.

    Parameters
    ----------
    scenario : Scenario
    levers : tuple of str, optional
        Two to five levers that are on a table. Default: of the channel with the largest stakes,
        the two levers of each party that matter most to both.
    reach : str
        How far a lever moves: the largest move of one ``turn``, or to the end of its ``scale``.

    Raises
    ------
    UsageError
        If a name is no lever on a table, or there are too few or too many.
    """
    stakes = find_stakes(scenario, reach)
    chosen = _checked(levers, stakes) if levers is not None else _largest(scenario, stakes)
    places = [stakes.levers.index(name) for name in chosen]
    owners = tuple(dict.fromkeys(stakes.actors[stakes.owner[place]] for place in places))
    rows = [stakes.actors.index(owner) for owner in owners]
    payoffs = worth_of_states(scenario, chosen, stakes.far[places])[rows]
    owned = [[stakes.owner[place] == row for place in places] for row in rows]
    moves = moves_of(np.array(owned))
    document = scenario.document.levers
    return Conflict(
        switches=tuple(
            Switch(
                name,
                document[name].label,
                document[name].owner,
                document[name].unit,
                float(stakes.present[place]),
                float(stakes.far[place]),
            )
            for name, place in zip(chosen, places, strict=True)
        ),
        actors=owners,
        payoffs=payoffs,
        equilibria=equilibria(payoffs, moves),
        tip=_find_tip(payoffs, moves, owners, chosen),
    )


def moves_of(owned: np.ndarray) -> np.ndarray:
    """Return who can move from which state to which: own levers only, any of them together.

    Parameters
    ----------
    owned : ndarray of bool, shape (A, n)
        Whether the actor owns the lever.

    Returns
    -------
    ndarray of bool, shape (A, 2**n, 2**n)
    """
    states = np.arange(2 ** owned.shape[1])
    differ = states[:, None] ^ states[None, :]
    masks = (owned * 2 ** np.arange(owned.shape[1])).sum(axis=1)
    return np.array([(differ > 0) & (differ & ~int(mask) == 0) for mask in masks])


def _checked(levers: tuple[str, ...], stakes: Stakes) -> tuple[str, ...]:
    for name in levers:
        if name not in stakes.levers:
            text = f"--levers: no lever {name!r} on a table. {nearest(name, stakes.levers)}"
            raise UsageError(text)
    if not 2 <= len(set(levers)) <= MOST_LEVERS or len(set(levers)) != len(levers):
        text = f"--levers: {len(levers)} given. Name two to {MOST_LEVERS} different levers."
        raise UsageError(text)
    return levers


def _largest(scenario: Scenario, stakes: Stakes) -> tuple[str, ...]:
    """Return the levers of the channel whose parties have most at stake, largest of each."""
    best: list[tuple[float, tuple[str, ...]]] = []
    for channel in scenario.document.channels.values():
        rows = [stakes.actors.index(party) for party in channel.between]
        size = np.abs(stakes.gain[rows]).sum(axis=0)
        chosen: list[str] = []
        for row in rows:
            own = [
                place
                for place, name in enumerate(stakes.levers)
                if name in channel.table and stakes.owner[place] == row
            ]
            own.sort(key=lambda place: -size[place])
            chosen += [stakes.levers[place] for place in own[:_OF_EACH]]
        total = sum(float(size[stakes.levers.index(name)]) for name in chosen)
        best.append((total, tuple(chosen)))
    return max(best, key=lambda pair: pair[0])[1]


def _find_tip(
    payoffs: Floats, moves: np.ndarray, actors: tuple[str, ...], levers: tuple[str, ...]
) -> Tip | None:
    """Try every change of a stake that reorders two states, the smallest first."""
    base = equilibria(payoffs, moves)
    tries: list[tuple[float, int, int, float]] = []
    for number in range(len(levers)):
        is_moved = (np.arange(payoffs.shape[1]) >> number & 1).astype(bool)
        for a in range(len(actors)):
            gaps = payoffs[a, ~is_moved][None, :] - payoffs[a, is_moved][:, None]
            tries += [(abs(gap), a, number, gap) for gap in np.unique(gaps.round(12)).tolist()]
    for _, a, number, gap in sorted(tries)[:_MOST_TRIES]:
        is_moved = (np.arange(payoffs.shape[1]) >> number & 1).astype(bool)
        for shift in (gap * (1.0 + _PAST), gap * (1.0 - _PAST)) if gap else (_PAST, -_PAST):
            shifted = payoffs.copy()
            shifted[a, is_moved] += shift
            after = equilibria(shifted, moves)
            if after != base:
                value = float(payoffs[a, 1 << number])
                gained, lost = _without(after, base), _without(base, after)
                return Tip(actors[a], levers[number], value, value + gap, gained, lost)
    return None


def _without(
    these: dict[str, tuple[int, ...]], those: dict[str, tuple[int, ...]]
) -> dict[str, tuple[int, ...]]:
    """Return the equilibria that are in these and not in those, by concept."""
    return {c: tuple(z for z in these[c] if z not in those[c]) for c in CONCEPTS}
