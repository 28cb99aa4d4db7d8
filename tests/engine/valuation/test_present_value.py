"""The present value of a move is what the run, played on with nothing else happening, records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import generators as make
import numpy as np
import pytest

from minsksim import Actor, Model
from minsksim._compiled.twins import bare
from minsksim.engine.bargaining.lever_payoff import later_payoff, move_payoff
from minsksim.engine.phases.beliefs import assume_type, restore_true_type

TURNS, MOVES = 9, 3
D = {"ada": 0.9, "ben": 0.8, "cia": 0.95}
Kept = Callable[[int], float]


class Quiet(Actor):
    """Does nothing; one of these can be told to move a lever in one turn and back in another."""

    moves: Mapping[int, tuple[str, str]] = {}

    def choose_act(self) -> tuple[str, str] | None:
        return self.moves.get(self.model.turn)


def case(lever: Any, terms: list[Any], more: Mapping[str, Any] | None = None, **own: Any) -> Any:
    """Return three actors who see the same terms differently, and one lever of ada's."""
    weights = {"ada": 1.0, "ben": -0.5, "cia": 0.25}
    actors = {
        name: make.actor({"it": weights[name], "rest": 1.0 - abs(weights[name])}, patience=d)
        for name, d in D.items()
    }
    for name, horizon in own.items():
        actors[name]["horizon"] = horizon
    other = make.lever("cia")
    interests = {"it": make.interest(*terms), "rest": make.interest(make.term("levers.rest", 0.0))}
    plain = make.document(actors, {"x": lever, "rest": other}, interests, turns=TURNS, more=more)
    return {"horizon": 100} | plain


def played(plain: Any, moves: Mapping[int, tuple[str, str]]) -> np.ndarray:
    """Return every actor's recorded utility, turn by turn, with ada's moves."""
    kind = type("Mover", (Quiet,), {"moves": moves})
    model = Model(make.scenario(plain), actor_classes=dict.fromkeys(D, Quiet) | {"ada": kind})
    return model.run().utilities.to_numpy()


def counted(name: str, plain: Any, delay: int = 0) -> int:
    """Return how many turns an actor counts from where the move lands, as the page says."""
    horizon = plain["actors"][name].get("horizon", plain.get("horizon"))
    left = TURNS - MOVES + 1 - delay
    if isinstance(horizon, str):
        last = max(int(horizon[5:7]), MOVES)  # the calendar begins in January
        return max(min(left, last - MOVES + 1 - delay), 0)
    return max(min(left, horizon), 0)


def recorded(plain: Any, kept: float | None = None, delay: int = 0) -> dict[str, float]:
    """Return the discounted sum of what the move changes in the recorded utilities.

    With ``kept``, the move is taken back in each later turn with probability 1 - kept.
    """
    without = played(plain, {})
    change = played(plain, {MOVES: ("x", "up")}) - without
    sums = {}
    for column, (name, d) in enumerate(D.items()):
        # the first turn that is not counted
        last = min(MOVES + delay + counted(name, plain, delay), TURNS + 1)
        discount = d ** np.arange(last - MOVES)
        if kept is None:
            sums[name] = float(discount @ change[MOVES:last, column])
            continue
        total, chance = 0.0, 1.0
        for back in range(MOVES + 1, TURNS + 1):
            taken = played(plain, {MOVES: ("x", "up"), back: ("x", "down")}) - without
            total += chance * (1 - kept) * float(discount @ taken[MOVES:last, column])
            chance *= kept
        sums[name] = total + chance * float(discount @ change[MOVES:last, column])
    return sums


def valued(plain: Any, kept: float | None = None) -> dict[str, float]:
    """Return what every actor takes the move for when it is made."""
    model = Model(make.scenario(plain), actor_classes=dict.fromkeys(D, Quiet))
    for _ in range(MOVES - 1):
        model.step()
    twin = model.branch()
    twin.step()  # the view of that turn, at levers as they were
    s, values, state = twin.arrays
    x, after = 0, float(plain["levers"]["x"]["step"]["up"]["value"])
    start = float(plain["levers"]["x"]["initial"]["value"])
    found = {}
    for a, name in enumerate(D):
        if kept is None:
            found[name] = bare(move_payoff)(s, values, state, a, x, start, start + after)
        else:
            found[name] = bare(later_payoff)(s, values, state, a, x, start, start + after, kept, 0)
    return found


BOTH = "both"


def standing(**more: Any) -> Any:
    return make.lever("ada", step=(0.5, 0.5), unilateral=BOTH, more=more)


def momentary(**more: Any) -> Any:
    return standing(persistence="momentary", **more)


DIRECT = [make.term("levers.x", 0.4)]
STOCKS = [make.term("stocks.pool", 3.0), make.term("stocks.next", -2.0), *DIRECT]


def pools(by: str | None = "x", **first: Any) -> Any:
    """Return stocks that flow on: into a second, back, and counted; one flow answers to a stock."""
    enters = {"by": by, **first} if by else {"rate": make.number(0.1), "from": "next", **first}
    return {
        "stocks": {
            "next": make.stock(
                20.0,
                {
                    "on": {"from": "pool", "rate": make.number(0.2)},
                    "lure": {
                        "by": "rest",
                        "answers": {"to": "stocks.pool", "by": make.number(5.0)},
                    },
                },
            ),
            "pool": make.stock(
                10.0,
                {"enters": enters, "back": {"from": "next", "rate": make.number(0.05)}},
                reference=(0.0, 50.0),
            ),
            "count": make.stock(None, counts=["stocks.pool.inflows.enters"]),
        }
    }


def fading(per: float = 2.5, decay: float = 0.1, **first: Any) -> Any:
    """Return stocks that fade, one in bounds that nothing reaches, with flows of all kinds."""
    enters = {"by": "x", "per": make.number(per), **first}
    always = {
        "amount": make.number(-0.25),
        "answers": {"to": "stocks.pool", "by": make.number(3.0)},
    }
    spring = {"amount": make.number(6.0)}
    spring["answers"] = {"to": "stocks.next", "by": make.number(-2.0)}
    on = {"from": "pool", "rate": make.number(0.2)}
    off = {"from": "pool", "amount": make.number(0.3)}
    fades = {"decay": make.number(decay)}
    return {
        "stocks": {
            "next": make.stock(20.0, {"on": on, "off": off, "always": always}) | fades,
            "pool": make.stock(10.0, {"enters": enters, "spring": spring}, reference=(0.0, 50.0))
            | {"decay": make.number(0.3), "bounds": [0.0, 100.0]},
        }
    }


def people(by: Any, **shared: Any) -> Any:
    """Return groups of two: new ones by shares, some let go, some who refuse, all of it counted."""
    on = {"from": "held", **by, **shared}
    new = {"amount": make.number(3.0), "answers": {"to": "stocks.held", "by": make.number(6.0)}}
    new["shares"] = {"many": make.number(0.75), "few": make.number(0.25)}
    back = {"from": ["few", "many"], "rate": make.number(0.06), "refusals": refusing(0.5)}
    named = "stocks.gone.inflows.on"
    counted = {
        "left": make.stock(None, counts=[named]),
        "refused": make.stock(None, counts=[f"{named}.refusals"] if "refusals" in on else [named]),
        "few_left": make.stock(None, counts=[f"{named}.from.few", "stocks.held.inflows.new"]),
        "many_new": make.stock(None, counts=["stocks.held.inflows.new.into.many"]),
    }
    stocks = {
        "held": make.stock(None, {"new": new}) | {"groups": ["few", "many"]},
        "few": make.stock(12.0),
        "many": make.stock(60.0),
        "gone": make.stock(0.0, {"on": on, "back": back}),
        "stayed": make.stock(2.0),
    }
    return {"stocks": stocks | counted}


def refusing(share: float, **more: Any) -> Any:
    return {"share": make.number(share), **more}


PEOPLE = [
    make.term(f"stocks.{name}", effect)
    for name, effect in {
        "held": 2.0,
        "few": -1.0,
        "many": 0.5,
        "gone": 1.5,
        "stayed": 0.7,
        "left": -0.4,
        "refused": 0.3,
        "few_left": 2.5,
        "many_new": 0.2,
    }.items()
]
BY_X = {"by": "x"}
AT_A_RATE = {"rate": make.number(0.1)}
WEIGHED = {"shares": {"few": make.number(0.2), "many": make.number(0.8)}}
TO_STAYED = {"refusals": refusing(0.25, to="stayed")}
STAYING = {"refusals": refusing(0.25)}
ANSWERING = {"refusals": refusing(0.1, answers={"to": "levers.rest", "by": make.number(0.4)})}


def entering(by: Any, **shared: Any) -> Any:
    """Return the same with a lever that moves people into one group, and a flow on at a rate."""
    plain = people(by, **shared)
    plain["stocks"]["few"]["inflows"] = {"seized": BY_X}
    plain["stocks"]["many"]["inflows"] = {"moved": {"from": "stayed", "rate": make.number(0.1)}}
    return plain


def alone(**shared: Any) -> Any:
    """Return the same with no flow that changes the groups' proportions."""
    plain = people(BY_X, **shared)
    for name in ("few_left", "many_new"):
        plain["stocks"][name]["counts"] = ["stocks.gone.inflows.on.from.few"]
    del plain["stocks"]["held"]["inflows"], plain["stocks"]["gone"]["inflows"]["back"]
    return plain


PRICED = {
    "markets": {
        "grain": {
            "label": "Grain",
            "unit": "a tonne",
            "reference": [0.0, 10.0],
            "price": make.number(4.0),
            "responses": {"x": make.number(2.0)},
        }
    }
}
TO_LEVER = {"answers": {"to": "levers.x", "by": make.number(4.0)}}
TO_MARKET = {"answers": {"to": "markets.grain", "by": make.number(4.0)}}
COUNTED = [*STOCKS, make.term("stocks.count", 1.5)]
CASES = {
    "standing": case(standing(), DIRECT),
    "momentary": case(momentary(), DIRECT),
    "delayed": case(standing(delay=2), DIRECT),
    "momentary and delayed": case(momentary(delay=2), DIRECT),
    "too late": case(standing(delay=TURNS), DIRECT),
    "own horizons": case(standing(), DIRECT, ada=2, ben="2026-05-20", cia="2026-02-01"),
    "delayed, own horizons": case(standing(delay=1), DIRECT, ada=2, ben="2026-05-20", cia=1),
    "momentary into stocks": case(momentary(), STOCKS, pools()),
    "momentary, own horizons": case(momentary(), STOCKS, pools(), ada=4, ben=1, cia="2026-06-02"),
    "delayed into stocks": case(momentary(delay=2), STOCKS, pools()),
    "standing into stocks": case(standing(), COUNTED, pools()),
    "standing, own horizons": case(standing(), COUNTED, pools(), ada=4, ben=1, cia="2026-06-02"),
    "standing delayed into stocks": case(standing(delay=2), COUNTED, pools(), ben=3),
    "a flow answers": case(standing(), COUNTED, pools(None, **TO_LEVER)),
    "a flow answers, delayed": case(standing(delay=1), COUNTED, pools(None, **TO_LEVER)),
    "a flow answers to what is momentary": case(momentary(), COUNTED, pools(None, **TO_LEVER)),
    "and delayed": case(momentary(delay=1), COUNTED, pools(None, **TO_LEVER)),
    "what is momentary answers to itself": case(momentary(), COUNTED, pools(**TO_LEVER)),
    "a flow answers to a market": case(standing(), COUNTED, pools(None, **TO_MARKET) | PRICED),
    "a flow answers to a market moved once": case(
        momentary(), COUNTED, pools(**TO_MARKET) | PRICED
    ),
    "curved": case(standing(), [make.term("levers.x", 0.4, rate=3.0)], ada=4),
    "curved, once and delayed": case(momentary(delay=2), [make.term("levers.x", 0.4, rho=2.0)]),
    "fading, once": case(momentary(), STOCKS, fading()),
    "fading, delayed": case(momentary(delay=2), STOCKS, fading()),
    "fading, standing": case(standing(), STOCKS, fading(), ben=3),
    "fading, standing and delayed": case(standing(delay=2), STOCKS, fading(-4.0)),
    "fading at once": case(standing(), STOCKS, fading(decay=1.0)),
    "released in proportion": case(momentary(), PEOPLE, people(BY_X)),
    "released in proportion, delayed": case(momentary(delay=1), PEOPLE, alone(**STAYING)),
    "released all along in proportion": case(standing(), PEOPLE, alone(**TO_STAYED)),
    "released by shares": case(momentary(), PEOPLE, people(BY_X, **WEIGHED, **TO_STAYED)),
    "released all along by shares": case(
        standing(), PEOPLE, people(BY_X, **WEIGHED, **STAYING), cia=4
    ),
    "released all along and delayed": case(
        standing(delay=2), PEOPLE, people(BY_X, **WEIGHED, **TO_STAYED)
    ),
    "refusals that answer": case(momentary(), PEOPLE, people(BY_X, **ANSWERING)),
    "seized, leaving at a rate in proportion": case(
        standing(), PEOPLE, entering(AT_A_RATE, **TO_STAYED)
    ),
    "seized, leaving at a rate, some stay": case(
        momentary(), PEOPLE, entering(AT_A_RATE, **STAYING), ada=3
    ),
    "seized, leaving at a rate by shares": case(
        standing(), PEOPLE, entering(AT_A_RATE, **WEIGHED, **TO_STAYED)
    ),
    "seized, leaving as refusals answer": case(
        standing(), PEOPLE, entering(AT_A_RATE, **ANSWERING)
    ),
    "a shared flow answers": case(
        standing(), PEOPLE, people(AT_A_RATE, **TO_LEVER, **WEIGHED, **TO_STAYED)
    ),
    "a price": case(standing(), [make.term("markets.grain", 1.0)], PRICED, ada=3),
}


@pytest.mark.parametrize("name", CASES)
def test_a_move_is_worth_what_the_run_then_records(name: str) -> None:
    plain = CASES[name]
    delay = plain["levers"]["x"].get("delay", 0)
    assert valued(plain) == pytest.approx(recorded(plain, delay=delay), abs=1e-12)


@pytest.mark.parametrize("name", [name for name in CASES if "own horizons" not in name])
def test_the_cases_move_something(name: str) -> None:
    assert (abs(valued(CASES[name])["ada"]) > 1e-3) == (name != "too late")


@pytest.mark.parametrize("lever", [standing(), momentary(), standing(delay=2)])
def test_where_a_stock_counts_along_a_curve_its_present_slope_does(lever: Any) -> None:
    """To first order in what flows: a tenth of the flow, a tenth of the error beside it."""
    errors = []
    for per in (0.1, 0.01):
        pool = make.stock(10.0, {"enters": {"by": "x", "per": make.number(per)}})
        curve = [make.term("stocks.pool", 3.0, rate=2.0)]
        plain = case(lever, curve, {"stocks": {"pool": pool}})
        real = recorded(plain, delay=lever.get("delay", 0))["ada"]
        errors.append(valued(plain)["ada"] / real - 1)
    assert 0.0 < errors[0] < 0.02
    assert errors[0] / errors[1] == pytest.approx(10.0, rel=0.02)


TAKEN_BACK = [name for name, plain in CASES.items() if "persistence" not in plain["levers"]["x"]]


@pytest.mark.parametrize("name", [n for n in TAKEN_BACK if "delayed" not in n and n != "too late"])
def test_what_may_be_taken_back_is_worth_its_mean(name: str) -> None:
    plain = CASES[name]
    assert valued(plain, 0.7) == pytest.approx(recorded(plain, 0.7), abs=1e-12)


@pytest.mark.parametrize(("ask", "more"), [(move_payoff, ()), (later_payoff, (0.7, 0))])
def test_a_partner_expects_the_mean_of_what_a_move_is_worth_to_either_type(
    ask: Callable[..., float], more: tuple[float, ...]
) -> None:
    plain = case(standing(), STOCKS, fading())
    plain["actors"]["ada"]["salience"]["rest"] = make.number(0.5)
    plain["channels"] = {"room": make.channel(("ada", "ben"), "x", quality=0.0)}
    worth = {}
    for truth in ("low", "high"):
        care = make.belief("ada", "ben", "it", (0.2, 1.0), truth=truth)
        model = Model(make.scenario(plain | {"beliefs": {"care": care}}))
        model.step()
        s, values, state = model.arrays
        asked = (s, values, state, 0, 0, 0.0, 0.5)
        worth[truth] = bare(ask)(*asked, *more)
        bare(assume_type)(s, state, 0, 0.25)
        worth[f"thought {truth}"] = bare(ask)(*asked, *more)
        bare(restore_true_type)(s, state, 0)
        assert bare(ask)(*asked, *more) == worth[truth]
    mean = 0.75 * worth["low"] + 0.25 * worth["high"]
    assert abs(worth["high"] - worth["low"]) > 1e-3
    assert worth["thought low"] == pytest.approx(mean, abs=1e-12)
    assert worth["thought high"] == pytest.approx(mean, abs=1e-12)
