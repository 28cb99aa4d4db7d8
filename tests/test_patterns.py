"""The patterns of the case that the flagship must show, each as a sign or order with a margin.

Every pattern is read off 1,000 runs, paired on the same draws where two settings are compared.
Patterns that need a mechanism of a later version are listed as pending and reported as skipped.
Source of the patterns: shmatsina2026, in our words.
"""

import itertools
from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from minsksim import compile_scenario, load_scenario, simulate
from minsksim.engine.arrays.compile import Compiled
from minsksim.engine.batch import Block
from minsksim.rules.cheap_talk import informativeness

RUNS = 1000
ARTICLE = 14
"""The turn that ends in February 2026, the month of the article."""

NO_RELIEF = {"levers.potash_relief.step.up": 0.0}
NO_BROKER = {"levers.back_channel.step.up": 0.0, "levers.back_channel.initial": 0.0}


@lru_cache(maxsize=16)
def _runs(reference: str, changes: tuple[tuple[str, float], ...]) -> tuple[Compiled, Block]:
    compiled = compile_scenario(load_scenario(reference))
    point = compiled.point(dict(changes))[None, :]
    rows = np.zeros(RUNS, dtype=np.int64)
    return compiled, simulate(compiled, point, rows, np.arange(RUNS), 0, is_traced=True)


def runs(
    reference: str = "minsk", changes: Mapping[str, float] | None = None
) -> tuple[Compiled, Block]:
    """Return 1,000 traced runs of a scenario with some numbers replaced."""
    return _runs(reference, tuple(sorted((changes or {}).items())))


def measure(reference: str, name: str, changes: Mapping[str, float] | None = None) -> np.ndarray:
    """Return one measure of 1,000 runs."""
    compiled, block = runs(reference, changes)
    return block.measures[:, compiled.measures.index(name)]


def interest(reference: str, actor: str, name: str, changes: Mapping[str, float] | None = None):
    """Return the mean over turns of one interest's part in an actor's utility, by run."""
    compiled, block = runs(reference, changes)
    assert block.contributions is not None
    a, k = compiled.actors.index(actor), compiled.interests.index(name)
    return block.contributions[:, 1:, a, k].mean(axis=1)


def series(name: str, reference: str = "minsk") -> np.ndarray:
    """Return one quantity of 1,000 runs by turn."""
    compiled, block = runs(reference)
    assert block.series is not None
    return block.series[:, :, compiled.quantities.index(name)]


def mean_utility(reference: str, actor: str, changes: Mapping[str, float] | None = None):
    """Return an actor's utility averaged over turns, by run."""
    compiled, block = runs(reference, changes)
    assert block.utilities is not None
    return block.utilities[:, 1:, compiled.actors.index(actor)].mean(axis=1)


def is_clearly_above(difference: np.ndarray, margin: float) -> bool:
    """Return whether the mean lies above a margin by three standard errors."""
    error = difference.std(ddof=1) / np.sqrt(len(difference))
    return bool(difference.mean() - 3.0 * error > margin)


def test_relief_costs_the_rival_producer_and_nobody_at_the_table_speaks_for_it():
    lost = interest("minsk", "ottawa", "producer_profit", NO_RELIEF) - interest(
        "minsk", "ottawa", "producer_profit"
    )
    assert is_clearly_above(lost, 0.004)
    document = load_scenario("minsk").document
    for party in document.channels["washington_minsk"].between:
        assert "producer_profit" not in document.actors[party].salience
    compiled, block = runs()
    table = block.agreements
    assert table is not None
    lever = compiled.axes.levers.index("potash_relief")
    lifts = table.after[:, lever] > table.before[:, lever] + 0.1
    assert lifts.sum() > RUNS / 2
    assert np.mean(table.externalities[lifts, compiled.actors.index("ottawa")] < 0.0) > 0.95


def test_with_eu_sanctions_kept_minsk_gains_less_and_moscow_earns_transit_rent():
    freer = mean_utility("minsk/eu_lifts_transit", "minsk") - mean_utility("minsk", "minsk")
    assert is_clearly_above(freer, 0.02)
    rent = interest("minsk", "moscow", "transit_rent") - interest(
        "minsk/eu_lifts_transit", "moscow", "transit_rent"
    )
    assert is_clearly_above(rent, 0.01)


def test_releases_come_in_growing_batches():
    compiled, block = runs()
    table = block.agreements
    assert table is not None
    people = [compiled.axes.levers.index(name) for name in ("release_exile", "release_home")]
    channel = compiled.axes.channels.index("washington_minsk")
    batches: list[list[float]] = [[] for _ in range(5)]
    for run in range(RUNS):
        rows = np.nonzero((table.run == run) & (table.channel == channel))[0]
        sizes = table.after[rows][:, people].sum(axis=1)
        for place, size in enumerate(sizes[sizes > 0][:5]):
            batches[place].append(size)
    medians = [float(np.median(batch)) for batch in batches]
    assert all(later > earlier for earlier, later in itertools.pairwise(medians))
    assert medians[4] > 5 * medians[0]


def test_the_number_held_falls_far_less_than_releases_rise_and_most_go_into_exile():
    exile = series("stocks.freed_exile")[:, ARTICLE]
    home = series("stocks.freed_home")[:, ARTICLE]
    held = series("stocks.held")
    fall = held[:, 0] - held[:, ARTICLE]
    assert is_clearly_above(exile + home - fall, 100.0)
    assert np.mean(exile) > 0.8 * np.mean(exile + home)


def test_people_are_accounted_for():
    held = series("stocks.held")
    left = series("stocks.freed_exile") + series("stocks.freed_home")
    served, arrested = series("stocks.sentence_served"), series("stocks.arrested")
    total = held + left + served - arrested
    assert np.array_equal(total, np.repeat(total[:, :1], total.shape[1], axis=1))


def test_the_opposition_outside_the_channel_hardly_moves_the_agreements():
    loud = measure("minsk", "released_into_exile", {"levers.advocacy.initial": 0.75})
    quiet = measure("minsk", "released_into_exile", {"levers.advocacy.initial": 0.25})
    assert abs(loud.mean() - quiet.mean()) < 0.03 * quiet.mean()


def test_the_broker_is_worth_most_while_there_is_no_direct_line():
    indirect = interest("minsk", "washington", "moscow_line") - interest(
        "minsk", "washington", "moscow_line", NO_BROKER
    )
    direct = "minsk/direct_washington_moscow_line"
    with_line = interest(direct, "washington", "moscow_line") - interest(
        direct, "washington", "moscow_line", NO_BROKER
    )
    assert is_clearly_above(indirect, 0.005)
    assert is_clearly_above(indirect - 4.0 * np.abs(with_line), 0.0)


def test_missiles_stay_off_the_table():
    assert np.mean(measure("minsk", "missile_limits_max") <= 0.01) > 0.95


def test_an_ally_is_bid_down_when_a_substitute_supplier_appears():
    lost = mean_utility("minsk", "ottawa", NO_RELIEF) - mean_utility("minsk", "ottawa")
    assert is_clearly_above(lost, 0.01)
    dearer = measure("minsk", "canada_tariff_mean") - measure(
        "minsk", "canada_tariff_mean", NO_RELIEF
    )
    assert is_clearly_above(dearer, 0.2)


def test_minsk_is_the_main_beneficiary_at_the_date_of_the_article():
    compiled, block = runs()
    assert block.utilities is not None
    gain = block.utilities[:, ARTICLE] - block.utilities[:, 0]
    lead = gain[:, compiled.actors.index("minsk")] - gain[:, compiled.actors.index("washington")]
    assert is_clearly_above(lead, 0.02)
    assert int(gain.mean(axis=0).argmax()) == compiled.actors.index("minsk")


def test_lifting_the_relief_costs_the_rival_a_sum_that_nobody_at_the_table_defends():
    lost = measure("minsk", "rival_profit_mean", NO_RELIEF) - measure("minsk", "rival_profit_mean")
    assert is_clearly_above(lost, 20.0)
    document = load_scenario("minsk").document
    speak_for_it = {
        interest
        for interest, item in document.interests.items()
        if any(term.of == "markets.potash.profit.canada" for term in item.terms.values())
    }
    for party in document.channels["washington_minsk"].between:
        assert not speak_for_it & set(document.actors[party].salience)


def test_a_revenue_minded_state_firm_ships_below_the_profit_maximising_price():
    minded_of_profit = {"markets.potash.sellers.belarus.profit_weight": 1.0}
    cheaper = measure("minsk", "potash_price_mean", minded_of_profit) - measure(
        "minsk", "potash_price_mean"
    )
    assert is_clearly_above(cheaper, 1.0)
    more = measure("minsk", "belarus_us_sales_mean") - measure(
        "minsk", "belarus_us_sales_mean", minded_of_profit
    )
    assert is_clearly_above(more, 0.05)


def test_with_klaipeda_closed_the_us_cargo_pays_moscow_and_leaves_minsk_less():
    freer = "minsk/eu_lifts_transit"
    rent = measure("minsk", "us_transit_rent_mean") - measure(freer, "us_transit_rent_mean")
    assert is_clearly_above(rent, 5.0)
    assert np.all(measure("minsk", "us_transit_rent_mean", NO_RELIEF) == 0.0)
    earned = series("markets.potash.profit.belarus", freer)[:, -1]
    less = earned - series("markets.potash.profit.belarus")[:, -1]
    assert is_clearly_above(less, 30.0)


def test_the_bias_of_the_broker_caps_what_its_back_channel_is_worth():
    def worth(bias: float) -> np.ndarray:
        changes = {"actors.minsk.bias": bias}
        return interest("minsk", "washington", "moscow_line", changes) - interest(
            "minsk", "washington", "moscow_line", changes | NO_BROKER
        )

    honest = worth(0.0)
    assert is_clearly_above(honest, 0.01)
    for bias in (0.02, 0.1):
        assert is_clearly_above(informativeness(bias) * honest - worth(bias), 0.0)
    assert is_clearly_above(worth(0.02), 0.005)
    assert not is_clearly_above(np.abs(worth(0.25)), 0.001)


def test_hidden_motives_stay_only_partly_identified_by_the_public_record():
    """The posterior moves, but in most runs not to certainty; only as good as the simulator."""
    compiled, block = runs("minsk/motive_is_private")
    assert block.series is not None
    belief = block.series[:, :, compiled.quantities.index("beliefs.line_to_moscow")]
    moved = np.abs(belief[:, ARTICLE] - belief[:, 0])
    assert np.mean(moved > 0.05) > 0.8
    for turn in (ARTICLE, compiled.turns):
        assert np.mean((belief[:, turn] > 0.05) & (belief[:, turn] < 0.95)) > 0.65
    # types are drawn from the prior, so the belief must be right on average
    error = belief[:, -1].std() / np.sqrt(RUNS)
    assert abs(belief[:, -1].mean() - 0.5) < 4.0 * error
