"""The Mesa form of the model: actors you can open, step, subclass and explain.

``Model`` and ``Actor`` hold no rule of their own. A method fetches, calls the compiled rule and
stages the answer, so a run here has the same bits as the same run in the batch kernel. Override
``accepts``, ``keeps``, ``choose_act``, ``threatens``, ``complies``, ``imposes`` or ``yields`` in a
subclass of ``Actor`` to replace one actor's decision; such a run is marked in
``Run.custom_actors``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import mesa
import networkx as nx
import numpy as np

from minsksim._records import by_reference
from minsksim.actor import Actor
from minsksim.engine import schedule as turn
from minsksim.engine.arrays.axes import calendar_dates
from minsksim.engine.arrays.compile import compile_scenario
from minsksim.engine.arrays.initial_state import load_point, new_state, new_values
from minsksim.engine.phases import bargain, beliefs, deliver, influence, perceive
from minsksim.engine.phases import coerce as threat
from minsksim.engine.phases import tranches as tranche
from minsksim.engine.record.episodes import (
    agreement_of,
    episode_of,
    events_of,
    offer_of,
    threat_of,
    types_of,
)
from minsksim.engine.record.frames import Recorder
from minsksim.engine.record.graphs import channel_graph, influence_graph
from minsksim.engine.record.run import Agreement, Episode, Offer, Run
from minsksim.engine.valuation import marginal_utility
from minsksim.errors import UsageError
from minsksim.vocabulary import MADE

if TYPE_CHECKING:
    from minsksim.scenario import Scenario


class Model(mesa.Model):
    """One run of a scenario, turn by turn.

    Parameters
    ----------
    case : Scenario
        A checked scenario.
    seed, replication : int
        Address of the run's random numbers.
    point : mapping of str to float, optional
        Model numbers to replace, by dotted name.
    actor_classes : mapping of str to type, optional
        A subclass of ``Actor`` for some actors.

    Raises
    ------
    UsageError
        If ``point`` or ``actor_classes`` names something the scenario does not have.

    Notes
    -----
    Mesa's own generator is seeded but never drawn from: see ``engine/arrays/randomness.py``.
    """

    def __init__(
        self,
        case: Scenario,
        *,
        seed: int = 0,
        replication: int = 0,
        point: Mapping[str, float] | None = None,
        actor_classes: Mapping[str, type[Actor]] | None = None,
    ) -> None:
        super().__init__(rng=seed)
        self.case = case
        self.compiled = compile_scenario(case)
        self.seed_of_run, self.replication, self.turn = seed, replication, 0
        structure = self.compiled.structure
        self.values, self.state = new_values(structure), new_state(structure)
        self.arrays = (by_reference(structure), by_reference(self.values), by_reference(self.state))
        self.numbers = self.compiled.point(point or {})
        load_point(self.arrays[0], self.numbers, self.arrays[1])
        turn.begin(*self.arrays, seed, replication)
        classes = dict(actor_classes or {})
        unknown = sorted(set(classes) - set(self.compiled.actors))
        if unknown:
            raise UsageError(f"no actor {unknown[0]}; actors are {', '.join(self.compiled.actors)}")
        self.custom_actors = tuple(name for name in self.compiled.actors if name in classes)
        self.actors_by_name: dict[str, Actor] = {
            name: classes.get(name, Actor)(self, name) for name in self.compiled.actors
        }
        self.agreements: list[Agreement] = []
        self.threats: list[Episode] = []
        self.standing: dict[int, Agreement] = {}
        self.recorder = Recorder(self.compiled.axes)
        self.recorder.keep(self.state)

    @property
    def address(self) -> tuple[int, int, int]:
        """Seed, replication and turn: where this turn's random numbers are."""
        return self.seed_of_run, self.replication, self.turn

    @property
    def date(self) -> dt.date:
        """The day on which the present turn began (the scenario's start before turn 1)."""
        return calendar_dates(self.case.document.calendar)[max(self.turn - 1, 0)]

    def step(self) -> None:
        """Play one turn; the phases are those of ``engine/schedule.py``."""
        if self.turn >= self.compiled.turns:
            raise UsageError(f"{self.case.name} has {self.compiled.turns} turns; all are played")
        self.turn += 1
        arrays = self.arrays
        turn.prepare_turn(*arrays, *self.address)
        self.agents.do("attend")
        influence.adopt(arrays[2])
        turn.prepare_table(*arrays)
        self.agents.do("perceive")
        perceive.look(arrays[0], arrays[2], len(self.actors_by_name))
        beliefs.imagine(*arrays)
        marginal_utility.appraise(*arrays)
        for c in range(len(self.compiled.axes.channels)):
            beliefs.foresee(*arrays, c)
            self._bargain(c)
            beliefs.learn(arrays[0], arrays[2], c)
        for c in range(len(self.compiled.axes.channels)):
            if tranche.is_due(arrays[2], c):
                self._deliver(c)
        for h in range(len(self.compiled.axes.threats)):
            self._coerce(h)
        self.agents.do("stage_act")
        self.agents.do("act")
        turn.close_turn(*arrays, self.turn, True)
        self.recorder.keep(self.state)

    def run(self) -> Run:
        """Play all remaining turns and return the run."""
        while self.turn < self.compiled.turns:
            self.step()
        return self.result()

    def result(self) -> Run:
        """Return what the turns played so far left behind."""
        return Run(
            scenario=self.case,
            seed=self.seed_of_run,
            replication=self.replication,
            dates=calendar_dates(self.case.document.calendar)[: self.turn + 1],
            record=self.recorder.record(),
            agreements=tuple(self.agreements),
            events=events_of(self.compiled.axes, self.state.has_happened),
            measures=dict(zip(self.compiled.measures, map(float, self.state.measure), strict=True)),
            threats=tuple(self.threats),
            types=types_of(self.compiled.axes, self.state.mind.kind),
            custom_actors=self.custom_actors,
        )

    def influence_graph(self) -> nx.DiGraph[str]:
        """Return who attends to whom at this run's numbers."""
        return influence_graph(self.case, self.numbers)

    def channel_graph(self) -> nx.Graph[str]:
        """Return the channels with their present quality."""
        first = len(self.compiled.axes.levers) + len(self.compiled.axes.stocks)
        graph = channel_graph(self.case, self.numbers)
        for c, name in enumerate(self.compiled.axes.channels):
            for pair in combinations(self.case.document.channels[name].between, 2):
                edge = graph.edges[pair]
                if edge["name"] == name:
                    edge["quality"] = float(self.state.quantity[first + c])
                    edge["open"] = bool(self.state.is_open[c])
        return graph

    def _offer(self, c: int) -> Offer:
        """Return the package on the table of channel ``c``."""
        document, axes, state = self.case.document, self.compiled.axes, self.state
        levels = state.at_table, state.offer_value[c]
        return offer_of(document, axes, c, *levels, state.offer_gain[c])

    def _bargain(self, c: int) -> None:
        """Let the parties of a channel meet, and write down what they sign."""
        arrays = self.arrays
        if not (bargain.meets(arrays[0], arrays[2], c) and beliefs.propose_as_believed(*arrays, c)):
            return
        offer = self._offer(c)
        for side, party in enumerate(offer.parties):
            self.state.has_accepted[c, side] = self.actors_by_name[party].accepts(offer)
        has_accepted = self.state.has_accepted[c, : len(offer.parties)]
        if np.all(has_accepted) and not bargain.is_blocked(*arrays, c):
            bargain.sign(*arrays, c)
            tranche.split(arrays[0], arrays[2], c, self.turn)
            bargain.account(*arrays, c)
            changes = self.state.externality[c]
            document = self.case.document
            self.standing[c] = agreement_of(document, offer, changes, self.turn, self.date)

    def _deliver(self, c: int) -> None:
        """Let both parties keep or break an agreement, or a part of it, and write it down."""
        tranche.cut(*self.arrays, c)
        offer, agreed = self._offer(c), self.standing[c]
        for side, party in enumerate(offer.parties):
            self.state.has_kept[c, side] = self.actors_by_name[party].keeps(offer)
        deliver.deliver(*self.arrays, c)
        tranche.close_part(self.arrays[0], self.arrays[2], c)
        kept = dict(zip(offer.parties, map(bool, self.state.has_kept[c]), strict=False))
        now = replace(agreed, kept=kept, delivered=agreed.delivered + all(kept.values()))
        if agreed.turn == self.turn:
            self.agreements.append(now)
        else:
            self.agreements[self.agreements.index(agreed)] = now
        self.standing[c] = now

    def _coerce(self, h: int) -> None:
        """Let sender and target play a threat, and write down what came of it."""
        arrays, state = self.arrays, self.state
        allowed = threat.open_threat(*arrays, h)
        if allowed == threat.NO_THREAT:
            return
        spoken = threat_of(self.case.document, state, h, allowed == threat.STANDS)
        sender, target = self.actors_by_name[spoken.by], self.actors_by_name[spoken.against]
        if allowed == threat.STANDS:
            if not target.yields(spoken):
                return
            threat.meet_demand(*arrays, h, True)
        elif sender.threatens(spoken):
            state.standoff.mark[h, MADE] = 1
            if target.complies(spoken):
                threat.meet_demand(*arrays, h, False)
            elif sender.imposes(spoken):
                threat.impose(*arrays, h)
            else:
                threat.back_down(arrays[0], arrays[2], h)
        else:
            return
        self.threats.append(episode_of(spoken, state, h, self.turn, self.date))


def release_model(model: Model) -> None:
    """Let go of a finished model; Mesa before 3.5 keeps every model in a class-wide table."""
    known = getattr(mesa.Agent, "_ids", None)
    if known is not None:
        known.pop(model, None)


def run_scenario(
    scenario: Scenario,
    *,
    seed: int = 0,
    replication: int = 0,
    point: Mapping[str, float] | None = None,
) -> Run:
    """Play one run in the Mesa form and return it.

    Parameters
    ----------
    scenario : Scenario
        A checked scenario.
    seed, replication : int
        Address of the run's random numbers.
    point : mapping of str to float, optional
        Model numbers to replace, by dotted name.

    Returns
    -------
    Run
        Everything that happened.
    """
    model = Model(scenario, seed=seed, replication=replication, point=point)
    run = model.run()
    release_model(model)
    return run
