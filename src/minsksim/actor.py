"""An actor of the Mesa form: a view on the model's arrays, and decisions one may replace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mesa

from minsksim.engine.bare_phases import (
    act,
    bargain,
    coerce,
    deliver,
    influence,
    lever_payoff,
    perceive,
)
from minsksim.engine.bargaining.many_parties import ledger_row
from minsksim.engine.record.bids import Bid
from minsksim.engine.record.run import Offer, Threat
from minsksim.errors import UsageError
from minsksim.rules.trust import trust
from minsksim.vocabulary import DOWN, UP

if TYPE_CHECKING:
    from minsksim.model import Model


class Actor(mesa.Agent):
    """One actor: a view on its rows of the model's arrays, and its decisions.

    Attributes
    ----------
    name, label : str
        Key in the scenario, and the name that tables and figures show.
    """

    model: Model

    def __init__(self, model: Model, name: str) -> None:
        super().__init__(model)
        self.name = name
        self.label = model.case.document.actors[name].label
        self.index = model.compiled.actors.index(name)

    def __repr__(self) -> str:
        return f"<Actor {self.name} of {self.model.case.name}: turn {self.model.turn}>"

    @property
    def utility(self) -> float:
        """Utility after the last turn, utils."""
        return float(self.model.state.utility[self.index])

    @property
    def terms(self) -> dict[str, float]:
        """What the utility is the sum of: interests, ``regard`` for others, ``costs`` paid."""
        row = self.model.state.contribution[self.index]
        names = self.model.compiled.axes.terms
        return {name: float(value) for name, value in zip(names, row, strict=True)}

    @property
    def salience(self) -> dict[str, float]:
        """Present weight of each interest (absolute values sum to 1), without section answers."""
        row = self.model.state.salience[self.index]
        return dict(zip(self.model.compiled.interests, map(float, row), strict=True))

    @property
    def perceived(self) -> dict[str, float]:
        """Every lever's value as this actor last saw it."""
        row = self.model.state.seen[self.index]
        return dict(zip(self.model.compiled.axes.levers, map(float, row), strict=True))

    def trust_in(self, partner: str, channel: str) -> float:
        """Return this actor's trust in its partner in a channel, in [0, 1]."""
        parties = self.model.case.document.channels[channel].between
        if not {self.name, partner} <= set(parties) or partner == self.name:
            raise UsageError(f"channel {channel} is not between {self.name} and {partner}")
        seat, other = parties.index(self.name), parties.index(partner)
        kept, broken = self.model.state.ledger[
            self.model.compiled.axes.channels.index(channel), ledger_row(len(parties), seat, other)
        ]
        return float(trust(kept, broken))

    def payoff_of(self, lever: str, value: float) -> float:
        """Return what this actor would gain, in utils, if a lever went to ``value`` now."""
        place = self.model.compiled.axes.levers.index(lever)
        now = self.model.state.quantity[place]
        arrays = self.model.arrays
        return float(lever_payoff.move_payoff(*arrays, self.index, place, float(now), float(value)))

    def attend(self) -> None:
        """Stage the next salience from the actors it heeds."""
        influence.attend(*self.model.arrays, self.index)

    def perceive(self) -> None:
        """Look at every lever it can see."""
        perceive.look(self.model.arrays[0], self.model.arrays[2], self.index)

    def accepts(self, offer: Offer) -> bool:
        """Return whether to sign an offer; the default is the logit rule."""
        channel, side = self._seat(offer.channel)
        return bool(bargain.accepts(*self.model.arrays, channel, side))

    def outbids(self, bid: Bid) -> bool:
        """Return whether to make a counter-offer; the default is whether it is worth more than 0.

        It is worth what the actor gains by it, less what the package would do to the actor.
        """
        return bool(bargain.outbids(*self.model.arrays, bid.number))

    def takes(self, bid: Bid) -> bool:
        """Return whether to leave a package for a counter-offer; by default, if it is better."""
        structure, _, state = self.model.arrays
        return bool(bargain.takes(structure, state, bid.number))

    def keeps(self, offer: Offer) -> bool:
        """Return whether to honour a signed offer; the default is the folk-theorem logit."""
        channel, side = self._seat(offer.channel)
        return bool(deliver.keeps(*self.model.arrays, channel, side))

    def threatens(self, spoken: Threat) -> bool:
        """Return whether to make a threat; the default is whether it is worth more than 0."""
        return bool(coerce.threatens(*self.model.arrays, self._threat(spoken)))

    def complies(self, spoken: Threat) -> bool:
        """Return whether to do what is demanded; the default is the sanction game's."""
        return bool(coerce.complies(*self.model.arrays, self._threat(spoken)))

    def imposes(self, spoken: Threat) -> bool:
        """Return whether to impose after resistance rather than back down."""
        return bool(coerce.imposes(self.model.arrays[2], self._threat(spoken)))

    def yields(self, spoken: Threat) -> bool:
        """Return whether to give in to a sanction that stands, for having it lifted."""
        return bool(coerce.yields(self.model.arrays[2], self._threat(spoken)))

    def choose_act(self) -> tuple[str, str] | None:
        """Return a unilateral move (lever, "up" or "down") or None; default quantal response."""
        act.choose_act(*self.model.arrays, self.index)
        lever, direction = self.model.state.choice[self.index]
        if lever < 0:
            return None
        return self.model.compiled.axes.levers[lever], "up" if direction == UP else "down"

    def stage_act(self) -> None:
        """Write the chosen unilateral move where ``act`` finds it."""
        choice = self.choose_act()
        row = self.model.state.choice[self.index]
        if choice is None:
            row[:] = -1
            return
        lever, direction = choice
        place = self.model.compiled.axes.levers.index(lever)
        if self.model.compiled.structure.lever_owner[place] != self.index:
            raise UsageError(f"{self.name} does not own lever {lever}")
        row[:] = place, UP if direction == "up" else DOWN

    def act(self) -> None:
        """Carry out the staged unilateral move."""
        act.act(*self.model.arrays, self.index)

    def _threat(self, spoken: Threat) -> int:
        return self.model.compiled.axes.threats.index(spoken.name)

    def _seat(self, channel: str) -> tuple[int, int]:
        parties = self.model.case.document.channels[channel].between
        return self.model.compiled.axes.channels.index(channel), parties.index(self.name)
