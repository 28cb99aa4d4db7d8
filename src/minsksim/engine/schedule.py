"""The schedule of a turn: the one place where the order of its phases stands.

Within a phase everybody reads the same picture; channels bargain in the order of the file, and a
lever promised in one channel is off the table of the next. Both forms walk this list: the batch
kernel plays every phase with the default decisions, and ``minsksim.Model`` asks its actors where a
phase has decisions.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from minsksim._compiled.marks import jit
from minsksim.engine.arrays.initial_state import start, work_out
from minsksim.engine.arrays.records import State, Structure, Values
from minsksim.engine.arrays.salience_cache import begin_path
from minsksim.engine.phases import (
    act,
    bargain,
    coerce,
    deliver,
    drift,
    events,
    influence,
    perceive,
    settle,
)
from minsksim.engine.phases.beliefs import begin_beliefs
from minsksim.engine.phases.coerce import begin_threats
from minsksim.engine.phases.passing import begin_passing
from minsksim.engine.phases.settle import add_up, derive_and_show, derive_quantities
from minsksim.engine.phases.tranches import begin_parts
from minsksim.engine.valuation.answers import forget_answers, read_answers
from minsksim.engine.valuation.markets import forget_markets
from minsksim.engine.valuation.measures import begin_measures
from minsksim.engine.valuation.present_value import forget_outlook, open_outlook


class Phase(NamedTuple):
    """One phase of a turn.

    Attributes
    ----------
    name : str
        Also the name of its file in ``engine/phases``.
    says : str
        What happens in it.
    decisions : tuple of str
        Methods of ``Actor`` that are asked in it.
    play : callable
        The phase with the default decision of every actor.
    """

    name: str
    says: str
    decisions: tuple[str, ...]
    play: Callable[..., None]


PHASES = (
    Phase(
        "events",
        "Stocks lose what decays; what events did for a while ends; events happen: those with a "
        "date, and those that chance brings.",
        (),
        events.play,
    ),
    Phase("drift", "Delayed moves take effect; stocks flow.", (), drift.play),
    Phase(
        "influence",
        "Every actor's salience moves towards that of the actors it heeds.",
        ("attend",),
        influence.play,
    ),
    Phase(
        "perceive",
        "Secret levers may leak; every actor looks at what it can see.",
        ("perceive",),
        perceive.play,
    ),
    Phase(
        "bargain",
        "Numbers that answer to a quantity are read; then channels meet one after another: a "
        "package is proposed, accepted, blocked, outbid or signed.",
        ("accepts", "outbids", "takes"),
        bargain.play,
    ),
    Phase(
        "deliver",
        "Agreements, or the parts that are due, are kept or broken; trust remembers.",
        ("keeps",),
        deliver.play,
    ),
    Phase(
        "coerce",
        "Threats of sanctions are made, complied with, carried out or withdrawn.",
        ("threatens", "complies", "imposes", "yields"),
        coerce.play,
    ),
    Phase("act", "Every actor may move one lever of its own.", ("choose_act",), act.play),
    Phase("settle", "Moves take effect; utilities and measures are taken.", (), settle.play),
)


@jit
def begin_answers(s: Structure, values: Values, state: State) -> None:
    """Read what answers at turn 0, from quantities that follow from the start alone.

    Prices, access and sums of groups are still those that an earlier run left.
    """
    if s.answering.shape[0] == 0:
        return
    forget_answers(state)
    derive_quantities(s, values, state)
    read_answers(s, values, state)


@jit
def begin(s: Structure, values: Values, state: State, seed: int, rep: int) -> None:
    """Set up turn 0."""
    start(s, values, state)
    begin_threats(state)
    begin_parts(state)
    work_out(s, values, state.cache)
    forget_outlook(state)
    open_outlook(s, values, state, 1)
    forget_markets(state)
    begin_beliefs(s, values, state, seed, rep)
    begin_passing(s, state)
    begin_path(s, state)
    begin_answers(s, values, state)
    derive_and_show(s, values, state, True)
    add_up(s, values, state)
    begin_measures(s, state)


def _in_order(phases: tuple[Phase, ...]) -> Any:
    """Return one function that plays phases in turn.

    It is written out from the list, since compiled code calls only what it knows by name.
    """
    given = "s, values, state, seed, rep, turn, is_traced"
    lines = [f"    {phase.name}({given})" for phase in phases]
    source = "\n".join([f"def play_turn({given}):", *lines])
    scope: dict[str, Any] = {phase.name: phase.play for phase in phases}
    scope["__name__"] = __name__
    exec(compile(source, __file__, "exec"), scope)  # noqa: S102
    return jit(scope["play_turn"])


play_turn = _in_order(PHASES)
"""Play one turn with the default decision of every actor; keep accounts if traced."""
