"""Random small bargains, each as a scenario for the engine and as a table for brute force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import brute_force
import generators
import numpy as np

from minsksim.engine.record.run import Offer
from minsksim.model import Actor, Model

PROTOCOLS = ("nash", "kalai_smorodinsky", "egalitarian", "take_it_or_leave_it")
PARTIES = ("ada", "ben")
Kind = Literal["linear", "concave", "opposed"]


@dataclass(frozen=True)
class Feeling:
    """One interest of a random case: its term and the raw salience of either party."""

    lever: int
    effect: float
    salience: tuple[float, float]
    rho: float | None = None
    rate: float | None = None


@dataclass(frozen=True)
class Draw:
    """A random case before it becomes a scenario or a table."""

    levers: tuple[brute_force.Lever, ...]
    feelings: tuple[Feeling, ...]
    regard: tuple[float, float]
    ledger: tuple[tuple[float, float], tuple[float, float]]
    patience: tuple[float, float]
    reservation: tuple[float, float]

    @property
    def weights(self) -> tuple[tuple[float, float], ...]:
        """Weight of each interest for the parties: own salience and regard times the other's."""
        raw = np.array([feeling.salience for feeling in self.feelings]).T
        own = raw / np.abs(raw).sum(axis=1, keepdims=True)
        full = own + np.array(self.regard)[:, None] * own[::-1]
        return tuple((float(a), float(b)) for a, b in full.T)

    def table(self, protocol: str) -> brute_force.Table:
        terms: list[list[brute_force.Term]] = [[] for _ in self.levers]
        for feeling, weights in zip(self.feelings, self.weights, strict=True):
            terms[feeling.lever].append(
                brute_force.Term(weights, feeling.effect, feeling.rho, feeling.rate)
            )
        levers = tuple(
            brute_force.Lever(lv.owner, lv.bounds, lv.now, lv.step, lv.cost, tuple(felt))
            for lv, felt in zip(self.levers, terms, strict=True)
        )
        trust = tuple(kept / (kept + broken) for kept, broken in self.ledger)
        return brute_force.Table(
            levers, (trust[0], trust[1]), self.patience, self.reservation, protocol
        )

    def document(self, protocol: str) -> generators.Plain:
        names = [f"lever_{i}" for i in range(len(self.levers))]
        actors = {
            party: generators.actor(
                {f"k{i}": feeling.salience[side] for i, feeling in enumerate(self.feelings)},
                patience=self.patience[side],
                reservation=self.reservation[side],
            )
            for side, party in enumerate(PARTIES)
        }
        levers = {
            name: generators.lever(
                PARTIES[lv.owner], initial=lv.now, bounds=lv.bounds, step=lv.step, cost=lv.cost
            )
            for name, lv in zip(names, self.levers, strict=True)
        }
        interests = {
            f"k{i}": generators.interest(
                generators.term(f"levers.lever_{one.lever}", one.effect, rho=one.rho, rate=one.rate)
            )
            for i, one in enumerate(self.feelings)
        }
        influence = {
            f"on_{PARTIES[side]}": {
                "from": PARTIES[1 - side],
                "to": PARTIES[side],
                "weight": generators.number(0.0),
                "regard": generators.number(self.regard[side]),
            }
            for side in range(2)
        }
        room = generators.channel(PARTIES, names, protocol=protocol, trust=self.ledger)
        return generators.document(
            actors,
            levers,
            interests,
            channels={"room": room},
            turns=1,
            more={"influence": influence},
        )


def draw(rng: np.random.Generator, kind: Kind, levers: int) -> Draw:
    """Return a random case.

    ``concave`` gives every lever an effect that both parties like with falling returns and one
    that is linear and liked or not; ``opposed`` lets them want opposite ends of a curved lever.
    """
    regard = rng.uniform(-0.4, 0.4, 2) if kind == "linear" else rng.uniform(0.0, 0.3, 2)
    feelings: list[Feeling] = []
    for i in range(levers):
        for _ in range(int(rng.integers(1, 3))):
            like = rng.uniform(-1.0, 1.0, 2)
            feelings.append(
                Feeling(i, float(rng.choice([-1, 1])), (float(like[0]), float(like[1])))
            )
        if kind != "linear" and rng.random() < 0.8:
            like = rng.uniform(0.1, 1.0, 2)
            if kind == "opposed":
                like[int(rng.integers(2))] *= -1.0
            is_power = rng.random() < 0.5
            rho = float(rng.uniform(0.3, 0.9)) if is_power else None
            rate = None if is_power else float(rng.uniform(0.5, 5.0))
            feelings.append(Feeling(i, 1.0, (float(like[0]), float(like[1])), rho, rate))
    return Draw(
        tuple(_lever(rng) for _ in range(levers)),
        tuple(feelings),
        (float(regard[0]), float(regard[1])),
        tuple((float(k), float(b)) for k, b in rng.uniform(0.2, 4.0, (2, 2))),
        tuple(float(p) for p in rng.uniform(0.5, 0.99, 2)),
        tuple(float(r) for r in rng.choice([0.0, 0.0, 0.01, 0.05, 0.1], 2)),
    )


def _lever(rng: np.random.Generator) -> brute_force.Lever:
    low = float(rng.choice([0.0, -10.0, 50.0]))
    high = low + float(rng.choice([1.0, 25.0, 300.0]))
    now = low + (high - low) * float(rng.choice([0.0, 0.3, 0.5, 0.9, 1.0]))
    step = (high - low) * rng.choice([0.1, 0.5, 1.0], 2)
    cost = rng.choice([0.0, 0.01, 0.1], 2)
    owner = int(rng.integers(2))
    return brute_force.Lever(
        owner,
        (low, high),
        now,
        (float(step[0]), float(step[1])),
        (float(cost[0]), float(cost[1])),
        (),
    )


class Witness(Actor):
    """An actor that writes down what it is offered and signs nothing."""

    offer: Offer | None = None

    def accepts(self, offer: Offer) -> bool:
        self.offer = offer
        return False


def offered(plain: generators.Plain) -> Offer | None:
    """Return the package that the engine puts on the table of a case's only channel."""
    first = next(iter(plain["channels"].values()))["between"][0]
    model = Model(generators.scenario(plain), actor_classes={first: Witness})
    model.step()
    witness = model.actors_by_name[first]
    assert isinstance(witness, Witness)
    return witness.offer
