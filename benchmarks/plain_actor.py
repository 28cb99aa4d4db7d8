"""An actor of the plain model: what it wants, sees, and does on its own."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import mesa
from plain_parts import Channel, Lever, Term, logistic

from minsksim.scenario.schema import Effect

if TYPE_CHECKING:
    from mesa_plain import PlainModel

TINY = 1e-9


def normalised(weights: dict[str, float]) -> dict[str, float]:
    total = sum(abs(weight) for weight in weights.values())
    return {k: weight / total for k, weight in weights.items()}


class PlainActor(mesa.Agent):
    model: PlainModel

    def __init__(self, model: PlainModel, name: str) -> None:
        super().__init__(model)
        sheet = model.case.document.actors[name]
        self.name = name
        self.patience = sheet.patience.value
        self.rationality = sheet.rationality.value
        self.susceptibility = sheet.susceptibility.value
        self.audience_cost = sheet.audience_cost.value
        self.reservation = sheet.reservation.value
        cares = {k: number.value for k, number in sheet.salience.items()}
        self.innate = normalised({k: cares.get(k, 0.0) for k in model.case.document.interests})
        self.salience = dict(self.innate)
        self.own = self.utility = self.paid = 0.0
        self.choice: tuple[Lever, str] | None = None
        self.levers = [lever for lever in model.levers.values() if lever.owner == name]
        self.sight = {
            lever.key
            for lever in model.levers.values()
            if not lever.is_secret
            or lever.owner == name
            or any(lever in channel.table and name in channel.parties for channel in model.channels)
        }
        self.seen = {lever.key: lever.initial for lever in model.levers.values()}

    def meet_the_others(self) -> None:
        weight, regard = {}, {}
        for edge in self.model.case.document.influence.values():
            if edge.to == self.name:
                weight[edge.origin] = edge.weight.value
                regard[edge.origin] = edge.regard.value
        others = self.model.actors
        self.attention = {
            other: share
            for name, other in others.items()
            if (share := normalised(weight).get(name, 0.0)) != 0.0
        }
        self.regard = {other: regard[n] for n, other in others.items() if regard.get(n, 0.0) != 0.0}

    # what it wants and sees

    def reconsider(self, interest: str, effect: Effect) -> None:
        assert effect.shift is not None
        before = self.innate[interest]
        value = before + effect.shift.value
        self.salience[interest] += value - before
        self.innate[interest] = value
        self.innate, self.salience = normalised(self.innate), normalised(self.salience)

    def attend(self) -> None:
        staged, openness = {}, self.susceptibility
        for k, innate in self.innate.items():
            heard = sum(share * other.salience[k] for other, share in self.attention.items())
            staged[k] = (1.0 - openness) * innate + openness * heard
        self.staged = normalised(staged)

    def adopt(self) -> None:
        self.salience = self.staged

    def look(self) -> None:
        for lever in self.model.levers.values():
            if lever.key in self.sight or lever.has_leaked:
                self.seen[lever.key] = self.model.quantity[lever.key]

    def scaled(self, key: str) -> float:
        low, high = self.model.scale[key]
        value = self.seen[key] if key in self.seen else self.model.quantity[key]
        return (value - low) / (high - low)

    # what moves are worth to it

    def appraise(self) -> None:
        """Find what each term, and each lever through what it drives, adds to the utility."""
        stake = {
            k: weight + sum(r * other.salience[k] for other, r in self.regard.items())
            for k, weight in self.salience.items()
        }
        self.weight: dict[Term, float] = {}
        margins: dict[str, float] = {}
        for term in self.model.terms:
            weight = stake[term.interest] * term.effect
            self.weight[term] = weight
            if weight == 0.0:
                continue
            for key, margin in self.margins(term):
                margins[key] = margins.get(key, 0.0) + weight * margin
        self.slope = dict.fromkeys(self.model.levers.values(), 0.0)
        for lever, key, rate in self.model.link_rates:
            self.slope[lever] += margins.get(key, 0.0) * rate

    def margins(self, term: Term) -> list[tuple[str, float]]:
        """What a term adds for a unit of each stock, price or path it names."""
        found = []
        z = self.scaled(term.of)
        if term.of not in self.seen:  # no such term is curved or multiplied
            low, high = self.model.scale[term.of]
            found.append((term.of, 1.0 / (high - low)))
        if term.times and term.times not in self.seen:
            low, high = self.model.scale[term.times]
            found.append((term.times, term.satisfaction(z) / (high - low)))
        return found

    def level(self, lever: Lever, value: float) -> float:
        """The part of the utility that depends on a lever, with the lever at ``value``."""
        z = (value - lever.low) / (lever.high - lever.low)
        total = self.slope[lever] * value
        for term in lever.terms:
            weight = self.weight[term]
            if weight == 0.0:
                continue
            if term.of == lever.key:
                part = term.satisfaction(z)
                if term.times:
                    part *= self.scaled(term.times)
            else:
                part = term.satisfaction(self.scaled(term.of)) * z
            total += weight * part
        return total

    def worth(self, lever: Lever, before: float, after: float) -> float:
        gain = self.level(lever, after) - self.level(lever, before)
        return gain * self.patience**lever.delay if lever.delay else gain

    # what it decides

    def accepts(self, channel: Channel, gain: float) -> bool:
        chance = logistic(self.rationality * (gain - self.reservation))
        return self.model.draw(f"{channel.key}.{self.name}", "accept") < chance

    def keeps(self, channel: Channel, gain: float, own: float) -> bool:
        future = self.patience / (1.0 - self.patience) * gain
        exposure = self.audience_cost if channel.is_public else 0.0
        chance = logistic(self.rationality * (future - max(0.0, -own) + exposure))
        return self.model.draw(f"{channel.key}.{self.name}", "keep") < chance

    def step_end(self, lever: Lever, direction: str) -> float:
        now = lever.planned
        if direction == "up":
            value = min(lever.high, now + lever.step["up"])
        else:
            value = max(lever.low, now - lever.step["down"])
        return math.floor(value + 0.5) if lever.is_whole else value

    def goes_back(self, lever: Lever, value: float) -> bool:
        return (value - lever.planned) * (lever.bound_from - lever.planned) > 0.0

    def price_of_going_back(self, channel: Channel) -> float:
        price = self.audience_cost if channel.is_public else 0.0
        for lever in self.model.levers.values():
            if lever.owner != self.name and lever.bound is channel and lever.is_reversible:
                price -= self.worth(lever, lever.planned, lever.bound_from)
        return price

    def choose_act(self) -> None:
        options: list[tuple[Lever, str] | None] = [None]
        gains = [0.0]
        for lever in self.levers:
            if not lever.is_active or lever.promised is not None or lever.is_reverted:
                continue
            if lever.pending:
                continue
            for direction in lever.directions:
                value = self.step_end(lever, direction)
                if abs(value - lever.planned) <= TINY * (lever.high - lever.low):
                    continue
                gain = self.worth(lever, lever.planned, value) - lever.price(lever.planned, value)
                if lever.bound is not None and self.goes_back(lever, value):
                    gain -= self.price_of_going_back(lever.bound)
                gains.append(gain)
                options.append((lever, direction))
        best = max(gains)
        weights = [math.exp(max(self.rationality * (gain - best), -700.0)) for gain in gains]
        mark = self.model.draw(f"actors.{self.name}", "act") * sum(weights)
        for option, weight in zip(options, weights, strict=True):
            mark -= weight
            self.choice = option
            if mark < 0.0:
                return

    def act(self) -> None:
        if self.choice is None or self.choice[0].is_reverted:
            return
        lever, direction = self.choice
        value = self.step_end(lever, direction)
        self.paid += lever.price(lever.planned, value)
        channel = lever.bound
        if channel is not None and self.goes_back(lever, value):
            side = channel.parties.index(self.name)
            channel.judge(side, has_kept=False)
            self.break_faith(channel)
            for own in self.levers:
                if own.bound is channel:
                    own.bound = None
        lever.planned = value

    def break_faith(self, channel: Channel) -> None:
        channel.was_broken = True
        if channel.is_public:
            self.paid += self.audience_cost
        partner = channel.parties[1 - channel.parties.index(self.name)]
        self.model.actors[partner].snap_back(channel)

    def snap_back(self, channel: Channel) -> None:
        for lever in self.levers:
            if lever.bound is channel:
                lever.bound = None
                if lever.is_reversible:
                    lever.planned, lever.is_reverted = lever.bound_from, True
