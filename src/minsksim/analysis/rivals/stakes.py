"""A scenario read as a collective decision: each lever on a table is an issue.

A reading, not a fact of the scenario. Rival models know positions, salience and capability; a
scenario knows utilities. An actor's position on a lever is the end of its scale that suits the
actor more at the start. Salience is how much that choice matters to it, over what matters to it
most. Capability is how much of what others care about lies in the actor's own levers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minsksim.engine.bargaining.lever_payoff import move_cost
from minsksim.engine.valuation import marginal_utility
from minsksim.errors import UsageError
from minsksim.mesa_tools import release_model
from minsksim.model import Model
from minsksim.scenario.case import Case, Flags, Floats, Issue
from minsksim.scenario.load import Scenario
from minsksim.vocabulary import Reach

SOURCE = (
    "derived from the scenario: position is the end of a lever's scale with the higher utility at "
    "the start, salience its margin over the actor's largest, capability the mean share of other "
    "actors' margins that lies in an actor's own levers (after coleman1990, control of what "
    "others care about)"
)


@dataclass(frozen=True)
class Stakes:
    """What levers are worth at the start of a scenario.

    Attributes
    ----------
    actors, levers : tuple of str
        Axes; the levers are those on a table, able to move at the start.
    owner : tuple of int
        Index of each lever's owner.
    present, far : ndarray, shape (L,)
        Value at the start, and where a lever goes if it moves: towards the farther bound, as far
        as asked for, natural units.
    margin : ndarray, shape (A, L)
        Utils by which an actor prefers the top of the scale to its bottom.
    gain : ndarray, shape (A, L)
        Utils an actor gains when the lever goes from present to far. Costs of moving are the
        owner's and are counted in both.
    """

    actors: tuple[str, ...]
    levers: tuple[str, ...]
    owner: tuple[int, ...]
    present: Floats
    far: Floats
    margin: Floats
    gain: Floats


def find_stakes(scenario: Scenario, reach: Reach = "scale") -> Stakes:
    """Return what each lever on a table is worth to each actor when the scenario starts.

    Direct effects count along their shapes; effects through stocks, prices and access at the
    margin, as in the engine's packages. Everybody sees every lever's true value.

    Parameters
    ----------
    scenario : Scenario
    reach : str
        How far ``far`` is: the end of the ``scale``, or the largest move of one ``turn``.
    """
    document = scenario.document
    model = Model(scenario)
    marginal_utility.appraise(*model.arrays)
    on_table = {name for channel in document.channels.values() for name in channel.table}
    levers = tuple(n for n, x in document.levers.items() if n in on_table and x.active)
    if not levers:
        raise UsageError(f"No table of {scenario.name} holds a lever. Add one to a channel.")
    actors = tuple(document.actors)
    present = np.array([document.levers[name].initial.value for name in levers])
    bounds = np.array([document.levers[name].bounds for name in levers], dtype=float)
    is_up = bounds[:, 1] - present >= present - bounds[:, 0]
    far = np.where(is_up, bounds[:, 1], bounds[:, 0])
    if reach == "turn":
        steps = [document.levers[name].step for name in levers]
        up, down = (np.array([getattr(s, side).value for s in steps]) for side in ("up", "down"))
        far = np.where(is_up, np.minimum(far, present + up), np.maximum(far, present - down))
    ends = np.stack([bounds[:, 0], bounds[:, 1], far])
    net = np.array(
        [
            [
                [_net(model, a, name, end) for name, end in zip(levers, row, strict=True)]
                for row in ends
            ]
            for a in actors
        ]
    )
    release_model(model)
    return Stakes(
        actors=actors,
        levers=levers,
        owner=tuple(actors.index(document.levers[name].owner) for name in levers),
        present=present,
        far=far,
        margin=net[:, 1] - net[:, 0],
        gain=net[:, 2],
    )


def _net(model: Model, actor: str, lever: str, value: float) -> float:
    """Return what an actor gains if a lever goes to a value, less its own cost of moving it."""
    gain = model.actors_by_name[actor].payoff_of(lever, value)
    if model.case.document.levers[lever].owner != actor:
        return gain
    place = model.compiled.axes.levers.index(lever)
    now = float(model.state.quantity[place])
    return gain - float(move_cost(model.arrays[0], model.arrays[1], place, now, value))


def case_of(scenario: Scenario) -> Case:
    """Return a scenario as a collective-decision case.

    Returns
    -------
    Case
        One issue for each active lever on a table, in the lever's unit, the present value as its
        reference point.
    """
    document, stakes = scenario.document, find_stakes(scenario)
    size = np.abs(stakes.margin)
    is_felt = size > 0.0
    ends = np.array([document.levers[name].bounds for name in stakes.levers], dtype=float)
    most = size.max(axis=1, keepdims=True)
    return Case(
        name=scenario.name,
        title=document.title,
        question=document.question,
        source=SOURCE,
        actors=stakes.actors,
        labels=tuple(actor.label for actor in document.actors.values()),
        issues=tuple(_issue(scenario, name) for name in stakes.levers),
        positions=np.where(is_felt, np.where(stakes.margin > 0.0, ends[:, 1], ends[:, 0]), np.nan),
        salience=np.where(is_felt, 100.0 * size / np.where(most > 0.0, most, 1.0), np.nan),
        capability=control(stakes),
        notes=(
            "A reading of the scenario: these models ignore trust, costs of breaking a promise and "
            "time, and all but Veto ignore who owns a lever.",
        ),
        veto=owned_by(stakes),
    )


def control(stakes: Stakes) -> Floats:
    """Return the mean share of other actors' stakes that lies in an actor's own levers, 0 to 100.

    Shares are taken actor by actor, so that no two actors' utils are compared.
    """
    size = np.abs(stakes.margin)
    whole = size.sum(axis=1, keepdims=True)
    share = size / np.where(whole > 0.0, whole, 1.0)
    held = share @ owned_by(stakes).T
    np.fill_diagonal(held, 0.0)
    return np.asarray(100.0 * held.sum(axis=0) / max(len(stakes.actors) - 1, 1))


def owned_by(stakes: Stakes) -> Flags:
    """Return whether the actor owns the lever, shape (A, L): nobody else can move it."""
    return np.asarray(np.arange(len(stakes.actors))[:, None] == np.array(stakes.owner)[None, :])


def _issue(scenario: Scenario, name: str) -> Issue:
    lever = scenario.document.levers[name]
    low, high = (float(end) for end in lever.bounds)
    return Issue(name, lever.label, lever.unit, low, high, lever.initial.value, float("nan"), "all")


def worth_of_states(scenario: Scenario, levers: tuple[str, ...], far: Floats) -> Floats:
    """Return what every actor gains, over the present, in each combination of levers.

    Parameters
    ----------
    scenario : Scenario
    levers : tuple of str
        n levers.
    far : ndarray, shape (n,)
        Where each goes if it moves, natural units.

    Returns
    -------
    ndarray, shape (A, 2**n)
        Utils; in state z lever l is at its far end where bit l of z is 1. Levers that multiply
        each other are valued together.
    """
    model = Model(scenario)
    marginal_utility.appraise(*model.arrays)
    state, names = model.state, model.compiled.axes.levers
    places = [names.index(name) for name in levers]
    actors = tuple(scenario.document.actors)
    present, seen = state.quantity.copy(), state.seen.copy()
    found = np.zeros((len(actors), 2 ** len(levers)))
    for z in range(found.shape[1]):
        for number, (name, place) in enumerate(zip(levers, places, strict=True)):
            if z >> number & 1:
                found[:, z] += [_net(model, a, name, float(far[number])) for a in actors]
                state.quantity[place] = far[number]
                state.seen[:, place] = far[number]
        state.quantity[:], state.seen[:] = present, seen
    release_model(model)
    return found
