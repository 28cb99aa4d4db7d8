"""Markets of few sellers in a run, against the textbook case and against a recount."""

from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from minsksim import Model, compile_scenario, load_scenario, run_scenario, simulate
from minsksim.engine.valuation.marginal_utility import appraise
from minsksim.rules.cheap_talk import informativeness

SALT = load_scenario(Path(__file__).parents[2] / "data" / "market" / "base.yaml")
COMPILED = compile_scenario(SALT)
LEVERS = list(SALT.document.levers)
LIFTED = {"levers.ban.initial": 0.0}
ROAD = "markets.salt.sellers.hillmark.sanctions.ban.reroute"
WEIGHT = "markets.salt.sellers.hillmark.profit_weight"


def at_start(changes: dict[str, float]) -> dict[str, float]:
    """Return every quantity before the first turn."""
    points = COMPILED.point(changes)[None, :]
    one = np.zeros(1, dtype=np.int64)
    block = simulate(COMPILED, points, one, one, 0, is_traced=True)
    assert block.series is not None
    return dict(zip(COMPILED.quantities, map(float, block.series[0, 0]), strict=True))


def told(changes: dict[str, float], part: str) -> list[float]:
    """Return sales, profits or rents of the three sellers before the first turn."""
    found = at_start(changes)
    return [found[f"markets.salt.{part}.{s}"] for s in ("eastland", "westland", "hillmark")]


def test_the_textbook_market() -> None:
    assert at_start(LIFTED)["markets.salt"] == pytest.approx(4.375)
    assert told(LIFTED, "sales") == pytest.approx([2.375, 1.875, 1.375])
    assert told(LIFTED, "profit") == pytest.approx([2.375**2, 1.875**2, 1.375**2])


def test_lifting_the_ban_costs_the_rival_what_the_textbook_says() -> None:
    assert at_start({})["markets.salt"] == pytest.approx(4.833333, abs=1e-6)
    assert told({}, "sales")[2] == 0.0
    banned, lifted = told({}, "profit")[0], told(LIFTED, "profit")[0]
    assert banned == pytest.approx(8.027778, abs=1e-6)
    assert banned - lifted == pytest.approx(2.387153, abs=1e-6)


def test_a_tariff_raises_the_price_by_its_share_of_the_sellers() -> None:
    dearer = at_start(LIFTED | {"levers.salt_tariff.initial": 0.5})["markets.salt"]
    assert dearer - 4.375 == pytest.approx(0.25 * 0.5)


def test_a_firm_that_wants_revenue_ships_below_the_price_that_pays_best() -> None:
    minded = LIFTED | {WEIGHT: 0.5}
    assert at_start(minded)["markets.salt"] == pytest.approx(4.0)
    assert told(minded, "sales") == pytest.approx([2.0, 1.5, 2.5])
    others = sum(told(minded, "sales")[:2])
    best = minimize_scalar(lambda q: -(10.0 - others - q - 3.0) * q, (0.0, 2.0))
    assert told(minded, "sales")[2] > best.x + 0.5


def test_a_seller_too_dear_for_the_price_sells_nothing() -> None:
    dear = LIFTED | {"markets.salt.sellers.hillmark.cost": 4.9}
    assert told(dear, "sales") == pytest.approx(told({}, "sales"))
    assert told(dear, "profit")[2] == 0.0


def test_a_market_nobody_can_serve_has_the_price_at_which_nobody_buys() -> None:
    costs = {f"markets.salt.sellers.{s}.cost": 11.0 for s in ("eastland", "westland", "hillmark")}
    found = at_start(costs)
    assert found["markets.salt"] == 10.0
    assert told(costs, "sales") == [0.0, 0.0, 0.0]


def test_support_of_a_friend_does_nothing_without_a_road_and_something_with_one() -> None:
    friend = {"levers.friendship.initial": 1.0}
    for road, works in ((0.0, False), (0.8, True)):
        alone = told({f"{ROAD}.share": road}, "sales")[2]
        helped = told({f"{ROAD}.share": road} | friend, "sales")[2]
        assert (helped > alone + 0.1) is works
    closed = {f"{ROAD}.share": 0.8, "levers.pass_open.initial": 0.0}
    assert told(closed | friend, "sales")[2] == 0.0


def test_the_way_round_pays_its_owner_the_fee_on_every_load() -> None:
    road = {f"{ROAD}.share": 1.0, f"{ROAD}.unasked": 1.0}
    found = at_start(road)
    # everything goes round: unit cost 3 + 0.4 + half of 0.8
    price = (10.0 + 2.0 + 2.5 + 3.8) / 4.0
    assert found["markets.salt"] == pytest.approx(price)
    assert told(road, "sales")[2] == pytest.approx(price - 3.8)
    assert found["markets.salt.rent.hillmark"] == pytest.approx(0.4 * (price - 3.8))
    assert told(road, "profit")[2] == pytest.approx((price - 3.8) ** 2)


def test_a_firm_that_wants_revenue_makes_light_of_the_detour_too() -> None:
    minded = {f"{ROAD}.share": 1.0, f"{ROAD}.unasked": 1.0, WEIGHT: 0.5}
    price = (10.0 + 2.0 + 2.5 + 0.5 * 3.8) / 4.0
    assert told(minded, "sales")[2] == pytest.approx(price - 1.9)
    assert told(minded, "profit")[2] == pytest.approx((price - 3.8) * (price - 1.9))


def test_half_a_ban_leaves_half_of_the_trade_and_no_detour() -> None:
    half = {"levers.ban.initial": 0.5}
    price = (10.0 + 2.0 + 2.5 + 0.5 * 3.0) / 3.5
    assert at_start(half)["markets.salt"] == pytest.approx(price)
    assert told(half, "sales")[2] == pytest.approx(0.5 * (price - 3.0))


@pytest.mark.parametrize("lever", ["ban", "salt_tariff", "pass_open", "friendship", "toll"])
@pytest.mark.parametrize("actor", ["lowmark", "ridgeland"])
def test_a_lever_is_valued_by_what_it_does_through_the_market(lever: str, actor: str) -> None:
    """Both actors' market terms are linear, so the whole move is worth what utilities tell."""
    road = {f"{ROAD}.share": 0.9}
    low, high = SALT.document.levers[lever].bounds
    key = f"levers.{lever}.initial"
    model = Model(SALT, point=road)
    model.step()
    now = model.state.quantity[: len(LEVERS)]
    changes = {f"levers.{n}.initial": float(v) for n, v in zip(LEVERS, now, strict=True)}
    recount = [Model(SALT, point=road | changes | {key: end}) for end in (low, high)]
    terms = [one.actors_by_name[actor].terms for one in recount]
    expected = sum(terms[1][k] - terms[0][k] for k in SALT.document.actors[actor].salience)
    # what a ban does to the flow of carts is a matter of the next turn, not of this market
    carts = -0.2 * 0.4 * 2.5 / 100.0 if (lever, actor) == ("ban", "lowmark") else 0.0
    appraise(*model.arrays)
    found = model.actors_by_name[actor]
    worth = found.payoff_of(lever, high) - found.payoff_of(lever, low)
    assert worth == pytest.approx(expected + carts, abs=1e-12)


def test_both_forms_give_the_same_bits() -> None:
    road = {f"{ROAD}.share": 0.3, "channels.low_hill.quality": 0.9}
    points = COMPILED.point(road)[None, :]
    rows = np.zeros(6, dtype=np.int64)
    block = simulate(COMPILED, points, rows, np.arange(6), 3, is_traced=True)
    assert block.series is not None
    assert block.measures[:, COMPILED.measures.index("agreements")].sum() > 0
    for row in range(6):
        run = run_scenario(SALT, seed=3, replication=row, point=road)
        assert run.series.to_numpy().tobytes() == block.series[row].tobytes()


def test_a_flow_that_answers_to_a_lever_and_to_a_price() -> None:
    rate = {"stocks.waiting.inflows.coming.answers.by": 0.0}
    calm = {"levers.raids.initial": 0.0, "levers.raids.step.up": 0.0}
    still = {"stocks.waiting.inflows.sold_dear.answers.by": 0.0}
    still |= {"stocks.waiting.inflows.sold_dear.rate": 0.0, "stocks.passed.inflows.going.rate": 0.0}
    fixed = {"levers.ban.step.down": 0.0, "levers.salt_tariff.step.up": 0.0}

    def waiting(changes: dict[str, float]) -> float:
        points = COMPILED.point(calm | still | fixed | changes)[None, :]
        runs = np.arange(400)
        rows = np.zeros(400, dtype=np.int64)
        measures = simulate(COMPILED, points, rows, runs, 1).measures
        return float(measures[:, COMPILED.measures.index("waiting")].mean())

    assert waiting(rate) == 20.0
    assert waiting({}) == pytest.approx(20.0 + 8 * 2.5, abs=0.3)
    dear = {"stocks.waiting.inflows.sold_dear.answers.by": 3.0}
    # at a price of 4.833 of 10, three carts in full would be 1.45 a turn
    assert waiting(rate | dear) == pytest.approx(20.0 + 8 * 1.45, abs=0.4)


@pytest.mark.parametrize("bias", [0.0, 0.01, 0.05, 0.1, 0.24, 0.25, 0.6])
def test_a_broker_passes_on_no_more_than_its_bias_allows(bias: float) -> None:
    full = {"levers.messages.initial": 1.0, "channels.low_hill.quality": 0.0}
    found = at_start(full | {"actors.ridgeland.bias": bias})["access.hillmark.lowmark"]
    assert found == pytest.approx(0.81 * informativeness(bias))


@pytest.mark.parametrize(
    ("bias", "loss"), [(0.05, 0.015926), (0.1, 0.030833), (0.25, 0.083333), (0.5, 0.083333)]
)
def test_informativeness_is_that_of_crawford_and_sobel(bias: float, loss: float) -> None:
    assert informativeness(bias) == pytest.approx(1.0 - 12.0 * loss, abs=2e-5)


def test_informativeness_falls_with_the_bias_from_one_to_nothing() -> None:
    levels = [informativeness(bias) for bias in (0.0, 1e-300, *np.geomspace(1e-14, 1.0, 300))]
    assert levels[0] == levels[1] == 1.0
    assert np.all(np.diff(levels) <= 1e-9)
    assert levels[-1] == 0.0
