"""The Mesa form of the model: actors you can open, step, subclass and explain.

``Model`` and ``Actor`` hold no rule of their own. A method fetches, calls the rule and stages the
answer, so a run here has the same bits as the same run in the batch kernel. Override
``accepts``, ``keeps``, ``choose_act``, ``threatens``, ``complies``, ``imposes`` or ``yields`` in a
subclass of ``Actor`` to replace one actor's decision; such a run is marked in
``Run.custom_actors``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import mesa
import networkx as nx
import numpy as np

from minsksim.actor import Actor
from minsksim.engine.arrays.axes import calendar_dates
from minsksim.engine.arrays.compile import compile_scenario
from minsksim.engine.arrays.initial_state import load_point, new_state, new_values
from minsksim.engine.arrays.randomness import address_of
from minsksim.engine.batch import traced_block
from minsksim.engine.phases import bargain, coerce, deliver, influence, perceive
from minsksim.engine.record.episodes import offer_of, threat_of
from minsksim.engine.record.graphs import channel_graph, influence_graph
from minsksim.engine.record.run import Agreement, Episode, Offer, Run
from minsksim.engine.record.trace import keep_turn, new_trace
from minsksim.engine.schedule import PHASES, begin
from minsksim.engine.single_run import retell
from minsksim.errors import UsageError

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
        self.seed_of_run, self.replication = address_of(seed, replication)
        self.turn = 0
        structure = self.compiled.structure
        self.values, self.state = new_values(structure), new_state(structure)
        self.arrays = structure, self.values, self.state
        self.numbers = self.compiled.point(point or {})
        load_point(structure, self.numbers, self.values)
        with np.errstate(all="ignore"):
            begin(*self.arrays, seed, replication)
        classes = dict(actor_classes or {})
        unknown = sorted(set(classes) - set(self.compiled.actors))
        if unknown:
            raise UsageError(f"no actor {unknown[0]}; actors are {', '.join(self.compiled.actors)}")
        self.custom_actors = tuple(name for name in self.compiled.actors if name in classes)
        self.actors_by_name: dict[str, Actor] = {
            name: classes.get(name, Actor)(self, name) for name in self.compiled.actors
        }
        self.trace = new_trace(self.compiled, 1)
        self._keep()

    @property
    def address(self) -> tuple[int, int, int]:
        """Seed, replication and turn: where this turn's random numbers are."""
        return self.seed_of_run, self.replication, self.turn

    @property
    def date(self) -> dt.date:
        """The day on which the present turn began (the scenario's start before turn 1)."""
        return calendar_dates(self.case.document.calendar)[max(self.turn - 1, 0)]

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """The agreements signed so far, and how far they were kept."""
        return self.result().agreements

    @property
    def threats(self) -> tuple[Episode, ...]:
        """The threats made so far, and what came of them."""
        return self.result().threats

    def step(self) -> None:
        """Play one turn: the phases of ``engine/schedule.py``, with the actors' own decisions."""
        if self.turn >= self.compiled.turns:
            raise UsageError(f"{self.case.name} has {self.compiled.turns} turns; all are played")
        self.turn += 1
        asks: dict[str, Callable[[], None]] = {
            "influence": self._influence,
            "perceive": self._perceive,
            "bargain": self._bargain,
            "deliver": self._deliver,
            "coerce": self._coerce,
            "act": self._act,
        }
        with np.errstate(all="ignore"):
            for phase in PHASES:
                if phase.decisions:
                    asks[phase.name]()
                else:
                    phase.play(*self.arrays, *self.address, True)
        self._keep()

    def run(self) -> Run:
        """Play all remaining turns and return the run."""
        while self.turn < self.compiled.turns:
            self.step()
        return self.result()

    def result(self) -> Run:
        """Return what the turns played so far left behind."""
        measures, status = self.state.measure[None, :], np.zeros(1, np.int64)
        block = traced_block(measures.copy(), status, self.trace)
        address = self.seed_of_run, self.replication, self.turn
        run = retell(self.case, self.compiled, block, 0, *address)
        return replace(run, custom_actors=self.custom_actors)

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

    def _keep(self) -> None:
        """Write the turn that has settled into the trace, as the batch kernel does."""
        keep_turn(self.arrays[0], self.arrays[2], self.trace, 0, self.turn)

    def _offer(self, c: int) -> Offer:
        """Return the package on the table of channel ``c``."""
        document, axes, state = self.case.document, self.compiled.axes, self.state
        levels = state.at_table, state.offer_value[c]
        return offer_of(document, axes, c, *levels, state.offer_gain[c])

    def _influence(self) -> None:
        self.agents.do("attend")
        influence.adopt(self.arrays[2])

    def _perceive(self) -> None:
        perceive.leak(*self.arrays)
        self.agents.do("perceive")
        perceive.look(self.arrays[0], self.arrays[2], len(self.actors_by_name))

    def _bargain(self) -> None:
        """Ask the parties of every channel that has an offer whether they accept it."""
        bargain.open_bargaining(*self.arrays, self.turn)
        for c in range(len(self.compiled.axes.channels)):
            if bargain.open_channel(*self.arrays, c):
                offer = self._offer(c)
                for side, party in enumerate(offer.parties):
                    self.state.has_accepted[c, side] = self.actors_by_name[party].accepts(offer)
            bargain.close_channel(*self.arrays, self.turn, c, True)

    def _deliver(self) -> None:
        """Ask the parties of every channel with something to deliver whether they keep it."""
        for c in range(len(self.compiled.axes.channels)):
            if deliver.open_delivery(*self.arrays, c):
                offer = self._offer(c)
                for side, party in enumerate(offer.parties):
                    self.state.has_kept[c, side] = self.actors_by_name[party].keeps(offer)
                deliver.close_delivery(*self.arrays, c)

    def _coerce(self) -> None:
        """Ask sender and target of every threat, one question after another."""
        for h in range(len(self.compiled.axes.threats)):
            question = coerce.open_threat(*self.arrays, h)
            if question == coerce.NOBODY:
                continue
            is_standing = question == coerce.YIELDS
            spoken = threat_of(self.case.document, self.state, h, is_standing)
            sender, target = self.actors_by_name[spoken.by], self.actors_by_name[spoken.against]
            asked = {
                coerce.YIELDS: target.yields,
                coerce.THREATENS: sender.threatens,
                coerce.COMPLIES: target.complies,
                coerce.IMPOSES: sender.imposes,
            }
            while question != coerce.NOBODY:
                answer = bool(asked[question](spoken))
                question = coerce.close_question(*self.arrays, h, question, answer)

    def _act(self) -> None:
        self.agents.do("stage_act")
        self.agents.do("act")


def release_model(model: Model) -> None:
    """Let go of a finished model; Mesa before 3.5 keeps every model in a class-wide table."""
    known = getattr(mesa.Agent, "_ids", None)
    if known is not None:
        known.pop(model, None)
