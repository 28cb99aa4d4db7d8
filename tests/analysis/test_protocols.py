"""Protocols are compared on the same draws, and their spread is what the draws say."""

from __future__ import annotations

import numpy as np
import pytest

from minsksim import UsageError, compare_protocols, load_scenario, plots
from minsksim.analysis.intervals import mean_interval
from minsksim.scenario.protocols import with_protocol
from minsksim.vocabulary import PROTOCOLS


@pytest.fixture(scope="module")
def found(pair):
    return compare_protocols(load_scenario(pair), runs=80, seed=3)


def test_every_protocol_plays_on_the_same_draws(found, pair) -> None:
    assert tuple(found.scenarios) == tuple(PROTOCOLS)
    assert found.written == ("nash",)
    assert found.channels == ("border_commission",)
    draws = found.draws.set_index(["scenario", "replication"])
    wide = draws["toll_final"].unstack("scenario")
    assert wide.shape == (80, len(PROTOCOLS))
    for row in found.spreads.to_dict("records"):
        values = draws[row["measure"]].unstack("scenario")
        means = values.mean()
        assert row["least"] == pytest.approx(means.min())
        assert row["most"] == pytest.approx(means.max())
        change = values[row["highest"]] - values[row["lowest"]]
        assert (row["spread"], row["low"], row["high"]) == mean_interval(change)
        luck = (values.quantile(0.95) - values.quantile(0.05)).mean()
        assert row["draws"] == pytest.approx(luck)
        if luck > 0:
            assert row["ratio"] == pytest.approx(row["spread"] / luck)
    assert (found.spreads["spread"] > 0).any()
    rows = found.table.set_index(["protocol", "measure"])
    mean = rows.loc[("zeuthen", "toll_final"), "mean"]
    assert mean == pytest.approx(wide["zeuthen"].mean())


def test_one_channel_of_many_is_changed() -> None:
    scenario = load_scenario("minsk")
    other = with_protocol(scenario, "exchange", ["moscow_minsk"])
    used = {name: one.protocol for name, one in other.document.channels.items()}
    assert used.pop("moscow_minsk") == "exchange"
    assert set(used.values()) == {"nash"}
    assert other.digest != scenario.digest
    assert with_protocol(scenario, "nash").digest == scenario.digest


def test_terms_of_offers_in_turn_do_not_outlive_them(pair) -> None:
    offers = load_scenario(
        pair,
        [
            ("channels.border_commission.protocol", "alternating_offers"),
            ("channels.border_commission.rounds", 3),
        ],
    )
    assert offers.document.channels["border_commission"].rounds == 3
    kept = with_protocol(offers, "alternating_offers")
    assert kept.document.channels["border_commission"].rounds == 3
    assert with_protocol(offers, "nash").document.channels["border_commission"].rounds is None


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"protocols": ["nash", "nahs"]}, "no protocol nahs. Did you mean nash?"),
        ({"protocols": ["nash", "nash"]}, "at least two"),
        ({"channels": ["border_comission"]}, "no two-party channel border_comission"),
        ({"measures": ["tol_final"]}, "tol_final"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(pair, options, says) -> None:
    with pytest.raises(UsageError, match=says.replace(".", r"\.").replace("?", r"\?")):
        compare_protocols(load_scenario(pair), runs=2, **options)


def test_a_figure_shows_every_protocol(found) -> None:
    figure = plots.protocols(found)
    labels = [text.get_text() for axes in figure.axes for text in axes.get_yticklabels()]
    assert {name.replace("_", " ") for name in PROTOCOLS} <= set(labels)
    assert any("scenario pair" in text.get_text() for text in figure.texts)
    assert np.all([axes.has_data() for axes in figure.axes])
