"""Lab 11: what cannot be divided, who can outbid, and who must ratify."""

from __future__ import annotations

from typing import TYPE_CHECKING

from minsksim.lessons.invariants import TERMS_ADD_UP, ZONE_CLOSES
from minsksim.lessons.lab import Invariant

if TYPE_CHECKING:
    from minsksim.engine.record.meetings import Meeting
    from minsksim.engine.record.run import Agreement, Offer
    from minsksim.lessons.question import Compute
    from minsksim.lessons.world import World

_HARM = "interests.rivalry.terms.harbour.effect"
_SMALL_STAKE = 0.25
_LARGEST_STAKE = 0.9
_HALVINGS = 12
_PACKAGES = {
    (1.0, 0.5, 1.0): "a",
    (1.0, 1.0, 1.0): "b",
    (1.0, 0.0, 0.875): "c",
    (0.0, 1.0, 0.542): "d",
}


def _effect(world: World, term: str, case: str = "base") -> float:
    return world.case(case).numbers[f"interests.{term}.effect"].value


def _outbid(world: World, term: str) -> float:
    return _effect(world, term, "outbid")


def _first(world: World, case: str, stake: float | None = None) -> Meeting:
    """Return the first meeting of a run, where the outsider has a given stake."""
    from minsksim.engine.single_run import run_scenario

    settings = {} if stake is None else {_HARM: -stake}
    return run_scenario(world.case(case, settings), seed=world.seed).meetings[0]


def _there(offer: Offer | None) -> Offer:
    """Return an offer where these cases always have one."""
    if offer is None:
        raise ValueError("no package was offered at the first meeting")
    return offer


def _offered(world: World, case: str, stake: float | None = None) -> Offer:
    return _there(_first(world, case, stake).offer)


def _signed(world: World, case: str) -> Agreement:
    from minsksim.engine.single_run import run_scenario

    return run_scenario(world.case(case), seed=world.seed).agreements[0]


def _moved(world: World, case: str) -> dict[str, float]:
    """Return where the first agreement of a case puts each lever; what it leaves out stays at 0."""
    found = {"visit": 0.0, "licence": 0.0, "border": 0.0}
    return found | {move.lever: move.after for move in _signed(world, case).moves}


def _package(world: World) -> str:
    where = _moved(world, "base")
    return _PACKAGES[(where["visit"], where["licence"], round(where["border"], 3))]


def _edges_of_border(world: World) -> tuple[float, float]:
    """Return the least border that pays Alder a general licence, and the most that Birch opens."""
    least = -_effect(world, "alders_side.terms.licence") / _effect(
        world, "alders_side.terms.border"
    )
    most = -_effect(world, "birchs_side.terms.licence") / _effect(world, "birchs_side.terms.border")
    return least, most


def _falls_above(world: World, case: str) -> float:
    """Return the stake from which the outsider has its way, by halving the span that is left."""
    low, high = 0.0, _LARGEST_STAKE
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        if _first(world, case, middle).ending == "agreed":
            low = middle
        else:
            high = middle
    return round((low + high) / 2.0, 3)


def _grant(world: World, case: str) -> float:
    """Return the grant that North and Isle sign where the outsider's stake is small."""
    offer = _offered(world, case, _SMALL_STAKE)
    return next(move.after for move in offer.moves if move.lever == "grant")


def _equal_grant(world: World) -> float:
    """Return the grant by which North and Isle gain alike, in closed form."""
    return (_outbid(world, "passage.terms.harbour") - _outbid(world, "income.terms.harbour")) / 2.0


def _needed(world: World, who: str) -> float:
    return (
        world.case("ratified").numbers[f"channels.north_isle.ratification.north.{who}.needs"].value
    )


def _bids_no_more_than_it_must(world: World) -> bool:
    """Return whether the outsider offers what the package would have brought, and no more."""
    for case in ("outbid", "ratified"):
        meeting = _first(world, case)
        paid = next(move.after for move in _there(meeting.instead).moves if move.lever == "subsidy")
        if abs(paid - _there(meeting.offer).gains["isle"]) > 1e-9:
            return False
    return True


ANSWERS: dict[str, Compute] = {
    "package": _package,
    "stake": lambda world: _falls_above(world, "outbid"),
    "grant": lambda world: _grant(world, "ratified"),
    "dear_visit": lambda world: _moved(world, "dear")["border"],
    "both": lambda world: _falls_above(world, "both"),
    "tied_stake": lambda world: _falls_above(world, "ratified"),
    "repair": lambda world: _signed(world, "dear").gains["birch"],
}
ERRORS: dict[str, Compute] = {
    "stake.pays_both": lambda world: sum(_offered(world, "both").gains.values()),
    "stake.matches_the_grant": lambda world: _grant(world, "outbid"),
    "stake.what_it_costs": lambda world: -_outbid(world, "income.terms.harbour"),
    "grant.untied": lambda world: _grant(world, "outbid"),
    "grant.friends_alone": lambda world: _needed(world, "friends"),
    "dear_visit.least": lambda world: _edges_of_border(world)[0],
    "dear_visit.most": lambda world: _edges_of_border(world)[1],
    "both.one_of_them": lambda world: _falls_above(world, "outbid"),
    "tied_stake.as_before": lambda world: _falls_above(world, "outbid"),
    "tied_stake.norths_gain": lambda world: _offered(world, "ratified").gains["north"],
    "repair.unmended": lambda world: _signed(world, "shares").gains["birch"],
    "repair.rounded": lambda world: (
        _effect(world, "birchs_side.terms.licence") + _effect(world, "birchs_side.terms.border")
    ),
    "repair.other_side": lambda world: _signed(world, "dear").gains["alder"],
}
FACTS: dict[str, Compute] = {
    "visit_brings": lambda world: _effect(world, "birchs_side.terms.visit"),
    "visit_costs": lambda world: -_effect(world, "alders_side.terms.visit"),
    "licence_brings": lambda world: _effect(world, "birchs_side.terms.licence"),
    "licence_costs": lambda world: -_effect(world, "alders_side.terms.licence"),
    "border_brings": lambda world: _effect(world, "alders_side.terms.border"),
    "border_costs": lambda world: -_effect(world, "birchs_side.terms.border"),
    "dear": lambda world: -_effect(world, "alders_side.terms.visit", "dear"),
    "harbour_brings": lambda world: _outbid(world, "passage.terms.harbour"),
    "harbour_costs": lambda world: -_outbid(world, "income.terms.harbour"),
    "treasury_weighs": lambda world: _effect(world, "budget.terms.harbour", "ratified"),
    "treasury_needs": lambda world: _needed(world, "treasury"),
    "friends_need": lambda world: _needed(world, "friends"),
    "alder_gains": lambda world: _signed(world, "base").gains["alder"],
    "birch_gains": lambda world: _signed(world, "base").gains["birch"],
    "product": lambda world: (
        _signed(world, "base").gains["alder"] * _signed(world, "base").gains["birch"]
    ),
    "isle_gains": lambda world: _offered(world, "outbid").gains["isle"],
    "surplus": lambda world: sum(_offered(world, "both").gains.values()),
    "least": lambda world: _edges_of_border(world)[0],
    "most": lambda world: _edges_of_border(world)[1],
    "tied_north": lambda world: _offered(world, "ratified").gains["north"],
    "tied_isle": lambda world: _offered(world, "ratified").gains["isle"],
    "untied_grant": _equal_grant,
    "in_shares": lambda world: _signed(world, "shares").gains["birch"],
}
INVARIANTS = (
    TERMS_ADD_UP,
    ZONE_CLOSES,
    Invariant("whoever outbids pays what the party would have gained", _bids_no_more_than_it_must),
)
