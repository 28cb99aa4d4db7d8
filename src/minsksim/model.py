"""The Mesa form of the model: actors you can open, step, subclass and explain.

``Model`` and ``Actor`` hold no rule of their own. A method fetches, calls the rule and stages the
answer, so a run here has the same bits as the same run in the batch kernel. Override
``accepts``, ``outbids``, ``takes``, ``keeps``, ``choose_act``, ``threatens``, ``complies``,
``imposes`` or ``yields`` in a subclass of ``Actor`` to replace one actor's decision; such a run is
marked in ``Run.custom_actors``.

What Mesa's own tools ask of a model beyond a run is in ``mesa_tools.py``.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace

import mesa
import networkx as nx
import numpy as np

from minsksim._compiled.twins import bare
from minsksim.actor import Actor
from minsksim.engine.arrays.axes import calendar_dates
from minsksim.engine.arrays.compile import compile_scenario, numbers_at
from minsksim.engine.arrays.initial_state import load_point, new_state, new_values
from minsksim.engine.bare_phases import bargain, coerce, deliver, influence, perceive
from minsksim.engine.batch import traced_block
from minsksim.engine.record.bids import bid_of
from minsksim.engine.record.episodes import offer_now, threat_of
from minsksim.engine.record.graphs import influence_graph, present_channels
from minsksim.engine.record.run import Agreement, Episode, Offer, Run
from minsksim.engine.record.trace import keep_turn, new_trace
from minsksim.engine.schedule import PHASES, begin
from minsksim.engine.single_run import demand_finite, retell
from minsksim.engine.valuation.measures import reported
from minsksim.errors import UsageError
from minsksim.mesa_tools import Seed, TurnCollector, address_of
from minsksim.scenario import Given, take_scenario


class Model(mesa.Model):
    """One run of a scenario, turn by turn.

    Parameters
    ----------
    case : Scenario, str or Path
        A checked scenario, or the name or file of one.
    seed, replication : int, optional
        Address of the run's random numbers, by default 0 and 0. A replicate of ``mesa.batch_run``
        that is given neither seed nor ``rng`` takes its number there for its replication.
    rng : int, optional
        Another name of ``seed``, which later versions of Mesa use.
    point : mapping of str to float, optional
        Model numbers to replace, by dotted name; for ``mesa.batch_run``, a list of such mappings.
    actor_classes : mapping of str to type, optional
        A subclass of ``Actor`` for some actors.

    Attributes
    ----------
    running : bool
        Whether a turn is left to play.
    datacollector : mesa.DataCollector
        A row for each turn played: ``turn``, every quantity by its dotted name,
        ``utility.<actor>``, and every measure as it stands. One that you put in its place is
        yours to fill.

    Raises
    ------
    UsageError, ScenarioError
        If ``point`` or ``actor_classes`` names or holds what the scenario cannot have.

    Notes
    -----
    Mesa's own generator is seeded but never drawn from: see ``engine/arrays/randomness.py``.
    A model can be pickled and copied (``copy.deepcopy``) at any turn.

    Examples
    --------
    >>> model = Model("split_the_pie")
    >>> model.run_model()
    >>> model.running, model.turn == len(model.result().dates) - 1
    (False, True)
    """

    def __init__(
        self,
        case: Given,
        *,
        seed: Seed | None = None,
        rng: Seed | np.random.Generator | None = None,
        replication: int | None = None,
        point: Mapping[str, float] | None = None,
        actor_classes: Mapping[str, type[Actor]] | None = None,
    ) -> None:
        self.seed_of_run, self.replication = address_of(seed, rng, replication)
        super().__init__(rng=self.seed_of_run)
        self.case = take_scenario(case)
        self.compiled = compile_scenario(self.case)
        self.turn, structure = 0, self.compiled.structure
        self.values, self.state = new_values(structure), new_state(structure)
        self.arrays = structure, self.values, self.state
        self.numbers = numbers_at(self.case, point)
        load_point(structure, self.numbers, self.values)
        with np.errstate(all="ignore"):
            bare(begin)(*self.arrays, self.seed_of_run, self.replication)
        self.actors_by_name: dict[str, Actor] = {}
        self.custom_actors: tuple[str, ...] = ()
        self._seat(dict.fromkeys(self.compiled.actors, Actor) | self._known(actor_classes))
        self.datacollector = self._collector = TurnCollector(self.compiled.axes)
        self.trace = new_trace(self.compiled, 1)
        self._keep()

    def __repr__(self) -> str:
        return f"<Model of {self.case.name}: turn {self.turn} of {self.compiled.turns}>"

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
        """Play one turn: the phases of ``engine/schedule.py``, with the actors' own decisions.

        A step after the last turn changes nothing: SolaraViz takes several at a time.
        """
        if self.turn >= self.compiled.turns:
            self.steps = self.turn
            return
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
                    bare(phase.play)(*self.arrays, *self.address, True)
            self._keep()
        self.running = self.turn < self.compiled.turns
        self._collector.collect(self)

    def run(self) -> Run:
        """Play all remaining turns and return the run."""
        while self.turn < self.compiled.turns:
            self.step()
        return self.result()

    def branch(self, actor_classes: Mapping[str, type[Actor]] | None = None) -> Model:
        """Return a second model that stands where this one does and goes its own way from here.

        Both meet the same draws, so what differs afterwards is due to what you change in one.

        Parameters
        ----------
        actor_classes : mapping of str to type, optional
            A subclass of ``Actor`` for those who decide in another way from now on.

        Examples
        --------
        >>> class NeverSigns(Actor):
        ...     def accepts(self, offer):
        ...         return False
        >>> model = Model("split_the_pie")
        >>> twin = model.branch({model.compiled.actors[0]: NeverSigns})
        >>> len(model.run().agreements) > 0, len(twin.run().agreements)
        (True, 0)
        """
        twin = copy.deepcopy(self)
        if actor_classes:
            twin._seat(self._known(actor_classes))
        return twin

    def result(self) -> Run:
        """Return what the turns played so far left behind; ``RunError`` as ``run_scenario``."""
        if not self.running:
            demand_finite(self.case, self.trace, self.state)
        measures = reported(self.compiled.structure, self.state.measure[None, :])
        block = traced_block(measures, np.zeros(1, np.int64), self.trace)
        run = retell(self.case, self.compiled, block, 0, *self.address)
        return replace(run, custom_actors=self.custom_actors)

    def influence_graph(self) -> nx.DiGraph[str]:
        """Return who attends to whom at this run's numbers."""
        return influence_graph(self.case, self.numbers)

    def channel_graph(self) -> nx.Graph[str]:
        """Return the channels with their present quality, and what it answers to added."""
        return present_channels(self.case, self.numbers, self.arrays[0], self.state)

    def _known(self, classes: Mapping[str, type[Actor]] | None) -> dict[str, type[Actor]]:
        """Return the classes that were asked for, if every name is an actor's."""
        for name in sorted(set(classes or ()) - set(self.compiled.actors)):
            raise UsageError(f"no actor {name}; actors are {', '.join(self.compiled.actors)}")
        return dict(classes or {})

    def _seat(self, classes: Mapping[str, type[Actor]]) -> None:
        """Give actors a new object, and leave Mesa's list in the order of the file."""
        for name, kind in classes.items():
            if name in self.actors_by_name:
                self.actors_by_name[name].remove()
            self.actors_by_name[name] = kind(self, name)
        for actor in list(self.actors_by_name.values()):
            number = actor.unique_id
            self.deregister_agent(actor)
            self.register_agent(actor)
            actor.unique_id = number  # Mesa from 3.5 on gives a new one
        replaced = {*self.custom_actors, *(name for name, kind in classes.items() if kind != Actor)}
        self.custom_actors = tuple(name for name in self.compiled.actors if name in replaced)

    def _keep(self) -> None:
        """Write the turn that has settled into the trace, as the batch kernel does."""
        bare(keep_turn)(*self.arrays, self.trace, 0, self.turn)

    def _offer(self, c: int) -> Offer:
        """Return the package on the table of channel ``c``."""
        return offer_now(self.case.document, self.compiled.axes, self.state, c)

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
            if bargain.open_channel(*self.arrays, self.turn, c):
                offer = self._offer(c)
                for side, party in enumerate(offer.parties):
                    self.state.has_accepted[c, side] = self.actors_by_name[party].accepts(offer)
            self._ask_bidders(c)
            bargain.close_channel(*self.arrays, self.turn, c, True)

    def _ask_bidders(self, c: int) -> None:
        """Ask who can bid against what channel ``c`` is about to sign, and whom it bids for."""
        for n in range(*self.arrays[0].counter_start[c : c + 2]):
            if bargain.open_bid(*self.arrays, self.turn, n):
                bid = bid_of(self.case.document, self.compiled.axes, self.state, n)
                by, to = (self.actors_by_name[name] for name in (bid.by, bid.to))
                has_won = by.outbids(bid) and to.takes(bid)
                bargain.close_bid(*self.arrays, self.turn, n, has_won, True)

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
