"""The same model the way a Mesa user would write it: agents, attributes, dicts and lists.

No compiled rules, no arrays. It reads the same scenario document, plays the same turn and reports
the same measures, of ``frozen_minsk.yaml`` only: what that file does not use is not here. With
``shared_seed`` it draws the random numbers of our engine's seed, so that a run here equals a run of
the batch kernel; by default it draws from Mesa's generator, as users do.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import mesa
from plain_actor import PlainActor
from plain_draws import Draws, OwnDraws, SharedDraws
from plain_market import clear_markets, market_scales
from plain_parts import Channel, Inflow, make_channels, make_inflows, make_levers, make_terms
from plain_table import deliver, negotiate
from plain_world import access, find_pairs, link_rates, make_events, strike

from minsksim.scenario import Scenario


class PlainModel(mesa.Model):
    def __init__(
        self,
        case: Scenario,
        replication: int = 0,
        rng: int | None = None,
        shared_seed: int | None = None,
    ) -> None:
        super().__init__(rng=replication if rng is None else rng)
        document = case.document
        self.case, self.turn = case, 0
        self.draws: Draws = OwnDraws(self.random)
        if shared_seed is not None:
            self.draws = SharedDraws(shared_seed, replication)
        self.terms = make_terms(document)
        self.levers = make_levers(document, self.terms)
        self.inflows = make_inflows(document, self.levers)
        self.channels = make_channels(document, self.levers)
        self.events = make_events(document)
        self.pairs = find_pairs(document)
        self.turns = document.calendar.turns
        self.begin_quantities()
        self.actors = {name: PlainActor(self, name) for name in document.actors}
        for actor in self.actors.values():
            actor.meet_the_others()
        self.public = {lever.key: lever.initial for lever in self.levers.values()}
        self.take_stock()
        self.begin_measures()
        self.datacollector = mesa.DataCollector(
            model_reporters={name: _reporter(name) for name in document.measures}
        )

    def begin_quantities(self) -> None:
        document = self.case.document
        self.quantity: dict[str, float] = {}
        self.scale: dict[str, tuple[float, float]] = {}
        for lever in self.levers.values():
            self.quantity[lever.key] = lever.initial
            self.scale[lever.key] = lever.low, lever.high
        for name, stock in document.stocks.items():
            self.quantity[f"stocks.{name}"] = stock.initial.value if stock.initial else 0.0
            self.scale[f"stocks.{name}"] = stock.reference
        for name, channel in document.channels.items():
            self.quantity[f"channels.{name}"] = channel.quality.value
        self.scale |= market_scales(document)
        self.scale |= {f"channels.{name}": (0.0, 1.0) for name in document.channels}
        self.scale |= dict.fromkeys(self.pairs, (0.0, 1.0))

    def draw(self, name: str, purpose: str) -> float:
        return self.draws.draw(self.turn, name, purpose)

    def scaled(self, key: str) -> float:
        low, high = self.scale[key]
        return (self.quantity[key] - low) / (high - low)

    def step(self) -> None:
        self.turn += 1
        self.open_turn()
        self.happen()
        self.drift()
        self.agents.do("attend")
        self.agents.do("adopt")
        self.leak()
        self.look()
        self.link_rates = link_rates(self)
        self.agents.do("appraise")
        for channel in self.channels:
            negotiate(self, channel)
        for channel in self.channels:
            if channel.agreement is not None:
                deliver(self, channel)
        self.agents.do("choose_act")
        self.agents.do("act")
        self.settle()
        self.gather()
        self.datacollector.collect(self)
        self.running = self.turn < self.turns

    def open_turn(self) -> None:
        for actor in self.actors.values():
            actor.paid = 0.0
        for channel in self.channels:
            channel.agreement, channel.was_broken = None, False
        for lever in self.levers.values():
            lever.promised, lever.is_reverted, lever.has_leaked = None, False, False
            if lever.is_momentary:
                self.quantity[lever.key] = lever.initial

    def happen(self) -> None:
        for event in self.events:
            if event.has_happened:
                continue
            event.has_happened = event.turn == self.turn
            if event.has_happened:
                for effect in event.effects:
                    strike(self, effect)

    def drift(self) -> None:
        for lever in self.levers.values():
            if self.turn in lever.pending:
                self.quantity[lever.key] = lever.pending.pop(self.turn)
        for inflow in self.inflows:
            if inflow.by is None:
                self.move_stock(inflow)

    def move_stock(self, inflow: Inflow) -> None:
        available = self.quantity[inflow.origin] if inflow.origin else math.inf
        amount = self.quantity[inflow.by.key] if inflow.by else inflow.rate * available
        moved = min(float(math.floor(amount + self.draw(inflow.key, "flow"))), available)
        self.quantity[inflow.to] += moved
        if inflow.origin:
            self.quantity[inflow.origin] -= moved
        for counter in inflow.counters:
            self.quantity[counter] += moved

    def leak(self) -> None:
        for lever in self.levers.values():
            if lever.is_secret:
                lever.has_leaked = self.draw(lever.key, "leak") < lever.leak
            lever.planned = self.quantity[lever.key]

    def look(self) -> None:
        self.agents.do("look")
        for lever in self.levers.values():
            if not lever.is_secret or lever.has_leaked:
                self.public[lever.key] = self.quantity[lever.key]

    def settle(self) -> None:
        for lever in self.levers.values():
            if lever.planned != self.quantity[lever.key]:
                if lever.delay > 0:
                    lever.pending[self.turn + lever.delay] = lever.planned
                else:
                    self.quantity[lever.key] = lever.planned
        for inflow in self.inflows:
            if inflow.by is not None:
                self.move_stock(inflow)
        for channel in self.channels:
            quality = self.quantity[channel.key]
            if channel.agreement is not None and not channel.was_broken:
                self.quantity[channel.key] = quality + channel.build * (1.0 - quality)
            else:
                self.quantity[channel.key] = quality * (1.0 - channel.decay)
        self.take_stock()

    def take_stock(self) -> None:
        self.quantity |= clear_markets(self)
        for key, (origin, goal) in self.pairs.items():
            self.quantity[key] = access(self, origin, goal)
        self.look()
        self.add_up()

    def add_up(self) -> None:
        level = dict.fromkeys(self.case.document.interests, 0.0)
        for term in self.terms:
            part = term.satisfaction(self.scaled(term.of))
            if term.times:
                part *= self.scaled(term.times)
            level[term.interest] += term.effect * part
        for actor in self.actors.values():
            actor.own = sum(weight * level[k] for k, weight in actor.salience.items())
        for actor in self.actors.values():
            regard = sum(weight * other.own for other, weight in actor.regard.items())
            actor.utility = actor.own + regard - actor.paid

    def channel_named(self, name: str) -> Channel:
        return next(channel for channel in self.channels if channel.name == name)

    def measure_now(self, keys: tuple[str, ...]) -> float:
        total = 0.0
        for key in keys:
            section, _, name = key.partition(".")
            if section == "utility":
                total += self.actors[name].utility
            elif section == "agreements":
                total += self.channel_named(name).agreement is not None
            elif section == "breaches":
                total += self.channel_named(name).was_broken
            else:
                total += self.quantity[key]
        return total

    def begin_measures(self) -> None:
        self.measured = {}
        for name, measure in self.case.document.measures.items():
            self.measured[name] = -math.inf if measure.take == "maximum" else 0.0
            if measure.take == "change":
                self.measured[name] = -self.measure_now(measure.of)
            elif measure.take == "first_above":
                self.measured[name] = self.turns + 1.0

    def gather(self) -> None:
        for name, measure in self.case.document.measures.items():
            value, so_far = self.measure_now(measure.of), self.measured[name]
            if measure.take == "total":
                self.measured[name] = so_far + value
            elif measure.take == "mean":
                self.measured[name] = so_far + value / self.turns
            elif measure.take == "maximum":
                self.measured[name] = max(so_far, value)
            elif measure.take == "first_above":
                if value > (measure.above or 0.0):
                    self.measured[name] = min(so_far, float(self.turn))
            elif self.turn == self.turns:
                self.measured[name] = value if measure.take == "final" else so_far + value


def _reporter(name: str) -> Callable[[PlainModel], float]:
    return lambda model: model.measured[name]
