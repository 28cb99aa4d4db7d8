"""Titles state what a figure finds, and what they state is counted here by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from minsksim import plots
from minsksim.plots import events, names
from minsksim.plots.catalogue import KINDS, fitting_figures
from minsksim.plots.footer import CHOSEN
from minsksim.plots.groups import groups
from minsksim.plots.material import Material
from minsksim.plots.ranking import moved_by
from minsksim.plots.record import inside, panel_of_record
from minsksim.scenario.meetings import Meetings
from minsksim.scenario.schema import Document


def title(figure: Figure) -> str:
    return " ".join(texts(figure, "title")[0].split())


def texts(figure: Figure, gid: str) -> list[str]:
    found: list[Artist] = figure.findobj(lambda artist: artist.get_gid() == gid)
    return [" ".join(one.get_text().split()) for one in found]  # type: ignore[attr-defined]


def lifted(stuff: Material, held: list[float]) -> Material:
    """Return the material with the number held in every run as given, one value a turn."""
    turn = stuff.series["turn"].to_numpy()
    return replace(stuff, series=stuff.series.assign(**{"stocks.held": np.array(held)[turn]}))


def test_measures_say_what_turns(both: Material) -> None:
    said = title(plots.measures(both))
    assert said == (
        "\u2018Released into exile, total\u2019 rises in 90 % of runs at the base values, in 40 % "
        "over the ranges"
    ).replace("\u2018", "'").replace("\u2019", "'")


def test_measures_say_a_spread_where_nothing_turns(both: Material) -> None:
    calm = replace(both, turned=())
    of = calm.pick("invented", ["relief"])["relief"]
    low, median, high = np.quantile(of, [0.05, 0.5, 0.95])
    said = title(plots.measures(replace(calm, beside=None), ["relief"]))
    assert said.startswith("Relief in force at the end: ")
    assert f"{median:.1f} ({low:.1f} to {high:.1f})" in said


def test_a_turned_measure_comes_first_and_both_spreads_are_drawn(both: Material) -> None:
    figure = plots.measures(both)
    assert figure.axes[0].get_yticklabels()[0].get_text().startswith("Released into exile")
    bands = figure.findobj(lambda artist: artist.get_gid() == "band90")
    assert len(bands) == 2 * len(figure.axes[0].get_yticklabels())
    assert len({one.get_color() for one in bands}) == 2  # type: ignore[attr-defined]


def test_readings_inside_the_band_are_counted(both: Material) -> None:
    """People held: 1190 and 1336 on 30 September, 1100 to 1180 on 15 December.

    The series is dated at the ends of turns, so September is turn 10 (ends on 1 October) and the
    15th of December falls in turn 13.
    """
    held = [1200.0] * 19
    held[9:11] = [1190.0, 1250.0]
    held[13] = 1120.0
    flat = replace(lifted(both, held), beside=None)
    panel = panel_of_record(both.base, both.base.observations["held"])
    (group,) = groups(flat)
    assert inside(group, panel) == (2, 3)
    # at the start of its turn the number was 1336, so that the reading may be of that moment
    held[9:11] = [1336.0, 1190.0]
    (group,) = groups(replace(lifted(both, held), beside=None))
    assert inside(group, panel) == (3, 3)


def test_a_reading_of_a_flow_is_of_its_turn_alone(both: Material) -> None:
    panel = panel_of_record(both.base, both.base.observations["released"])
    # 14 in June, 52 in September, 123 in December; turns end on 1 July, 1 October, 1 January
    series = both.series.assign(**{"levers.home": 0.0})
    turn = series["turn"].to_numpy()
    exile = np.zeros(19)
    exile[[7, 10, 12]] = [14.0, 52.0, 123.0]
    (group,) = groups(
        replace(both, series=series.assign(**{"levers.exile": exile[turn]}), beside=None)
    )
    assert inside(group, panel) == (2, 3)
    exile[[12, 13]] = exile[[13, 12]]
    (group,) = groups(
        replace(both, series=series.assign(**{"levers.exile": exile[turn]}), beside=None)
    )
    assert inside(group, panel) == (3, 3)


def test_the_record_says_how_often_it_leaves_the_band(both: Material) -> None:
    panels = [panel_of_record(both.base, one) for one in both.base.observations.values()]
    outside = [
        sum(total - within for within, total in (inside(group, panel) for panel in panels))
        for group in groups(both)
    ]
    assert title(plots.record(both)) == (
        f"The record leaves the 90 % band in {outside[0]} of 6 observations at the base values, in "
        f"{outside[1]} over the ranges"
    )


def test_trajectories_say_where_runs_end(both: Material) -> None:
    alone = replace(both, beside=None, turned=())
    last = alone.series[alone.series["turn"] == 18]["levers.relief"]
    low, median, high = np.quantile(last, [0.05, 0.5, 0.95])
    said = title(plots.trajectories(alone, ["levers.relief"]))
    want = f"Relief from sanctions on minerals, at the end: {median:.1f} ({low:.1f} to {high:.1f})"
    assert said.startswith(want) or f"{median:.0f} (" in said


def test_agreements_say_how_many_runs_have_one(both: Material) -> None:
    alone = replace(both, beside=None)
    found = alone.agreements
    runs = found[found["channel"] == "neighbours"]["run"].nunique()
    said = title(plots.agreements(alone, ["neighbours"]))
    assert f"\u2018Old alliance\u2019 brings at least one agreement in {runs / 1.2:.0f} %" in said


def test_no_agreement_at_all_is_said(both: Material) -> None:
    none = replace(both, agreements=both.agreements.iloc[:0], beside=None)
    assert title(plots.agreements(none)) == "Nobody ever agreed in any of 120 runs"
    channels = {
        name: one.model_copy(update={"quality": one.quality.model_copy(update={"value": 0.0})})
        for name, one in both.base.channels.items()
    }
    closed = both.base.model_copy(update={"channels": channels})
    shut = replace(none, documents={"invented": closed})
    assert "Nobody ever met in any of 120 runs" in title(plots.agreements(shut))
    # who has a date meets, whatever the quality
    for name in channels:
        on = {"meetings": Meetings(on=(both.base.calendar.start,))}
        dated = closed.model_copy(
            update={"channels": {**channels, name: channels[name].model_copy(update=on)}}
        )
        held = replace(none, documents={"invented": dated})
        assert title(plots.agreements(held)) == "Nobody ever agreed in any of 120 runs"


def test_differences_show_both_intervals_and_say_at_how_many_points(stuff: Material) -> None:
    rows = [("invented/direct_line", "held", -50.0, -60.0, -40.0, 0.1, 0.9)]
    ends = ["difference", "low", "high", "share_higher", "share_lower"]
    base = pd.DataFrame(rows, columns=["variant", "measure", *ends])
    base = base.assign(effect=-0.5, n=120, points=1)
    over = {"points": 64, "points_higher": 0.86, "points_lower": 0.14}
    ranges = base.assign(difference=20.0, low=-10.0, high=50.0, **over)
    told = replace(stuff, differences=base, differences_over_ranges=ranges)
    figure = plots.differences(told, ["held"])
    assert len(figure.findobj(lambda artist: artist.get_gid() == "interval95")) == 2
    assert title(figure).endswith(
        "People held at the end \u221250 people at the base values, lower at 14 % of the points "
        "over the ranges"
    )
    assert "120 runs of each scenario over the ranges, at 64 points" in texts(figure, "notice")[0]
    assert len(plots.differences(replace(told, differences_over_ranges=None)).axes) == 1


def test_differences_draw_what_differs_most(stuff: Material) -> None:
    same = replace(stuff, runs=stuff.runs.assign(held=1.0))  # type: ignore[union-attr]
    figure = plots.differences(same)
    heads = [axes.get_title(loc="left") for axes in figure.axes]
    assert all("People held" not in head for head in heads)


@pytest.mark.parametrize("seed", range(20))
def test_a_number_that_does_nothing_is_not_named(seed: int, stuff: Material) -> None:
    rng = np.random.default_rng(seed)
    varied = tuple(f"actors.midmark.salience.n{k}" for k in range(60))
    table = pd.DataFrame(rng.random((200, 60)), columns=list(varied))
    table["held"] = table[varied[3]] + 0.2 * rng.random(200)
    table["rent"] = rng.random(200)
    runs = table.assign(scenario="invented", point=np.arange(200), replication=0)
    found = moved_by(replace(stuff, runs=runs, varied=varied), "invented", ("held", "rent"))
    strongest = found.strongest()
    assert strongest[0][:2] == ("held", varied[3])
    of_nothing = [pair for pair in strongest if pair[0] == "rent"]
    # by construction one in twenty
    assert len(of_nothing) <= 1


def test_the_strongest_numbers_are_drawn(stuff: Material) -> None:
    rng = np.random.default_rng(0)
    varied = tuple(f"actors.midmark.salience.n{k}" for k in range(30))
    table = pd.DataFrame(rng.random((300, 30)), columns=list(varied))
    table["held"] = table[varied[17]]
    for name in ("exiled", "relief", "rent"):
        table[name] = rng.random(300)
    runs = table.assign(scenario="invented", point=np.arange(300), replication=0)
    figure = plots.parameters(replace(stuff, runs=runs, varied=varied))
    said = title(figure)
    assert said.startswith("Of 30 numbers \u2018Midmark: weight of")
    assert said.endswith("with \u2018People held at the end\u2019: rank correlation +1.00")
    assert "n17" in figure.axes[0].get_xlabel()


def test_events_of_one_month_have_marks_of_their_own(document: Document) -> None:
    event = document.events["summit"]
    days = [dt.date(2025, 3, 4), dt.date(2025, 3, 7), dt.date(2025, 3, 9)]
    three = {f"e{k}": event.model_copy(update={"on": on}) for k, on in enumerate(days)}
    marks = events.ticks(document.model_copy(update={"events": three}))
    assert [mark.letter for mark in marks] == ["a", "b", "c"]
    assert [mark.on for mark in marks] == days


def test_variants_have_labels(document: Document) -> None:
    other = document.model_copy(update={"title": f"{document.title}: no tariff"})
    both = {"invented": document, "invented/no_tariff": other}
    assert names.variant(both, "invented/no_tariff") == "no tariff"
    assert names.variant(both, "invented") == "the base"


def test_values_of_a_grid_are_never_pooled(grid: Material) -> None:
    assert grid.over == CHOSEN
    found = groups(grid)
    assert [group.label for group in found] == [
        f"Relief from sanctions on minerals: cost of raising it 0.{k}" for k in (1, 2, 3, 4)
    ]
    assert [group.sampled for group in found] == [30] * 4
    assert [len(group.runs(["held"])) for group in found] == [120] * 4
    for name in ("measures", "trajectories", "record", "agreements", "parameters"):
        figure = plots.draw(grid, name)
        if name != "parameters":
            legend = [text.get_text() for text in figure.legends[0].get_texts()]
            assert [group.label for group in found] == legend[:4]
    assert fitting_figures(grid)[1] == "parameters"
    said = title(plots.draw(grid, "parameters"))
    assert "chance" not in said
    assert said.endswith("with Relief from sanctions on minerals: cost of raising it 0.4")


def test_titles_tell_scenarios_at_the_base_values(stuff: Material) -> None:
    ranges = replace(stuff, over="ranges", points=480)
    said = title(plots.trajectories(replace(stuff, beside=ranges), "stocks.held"))
    assert said.count(" in \u2018") == 3
    assert said.endswith("at the base values")


def test_a_result_gets_five_figures_at_most(both: Material, stuff: Material) -> None:
    assert fitting_figures(both) == (
        "measures", "record", "trajectories", "agreements", "parameters",
    )  # fmt: skip
    assert fitting_figures(stuff) == (
        "measures", "differences", "record", "trajectories", "agreements",
    )  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_a_slide_is_sixteen_to_nine(name: str, both: Material, stuff: Material) -> None:
    figure = plots.draw(stuff if name == "differences" else both, name, size="slide")
    width, height = figure.get_size_inches()
    assert width / height == pytest.approx(16 / 9, abs=1e-3)
    assert figure.dpi * width == pytest.approx(1920)


@pytest.mark.parametrize("name", ["measures", "record", "trajectories", "agreements", "parameters"])
def test_text_of_a_slide_can_be_read(name: str, both: Material) -> None:
    """Shown 13.3 inches wide, nothing is smaller than 8 points."""
    figure = plots.draw(both, name)
    assert 13.33 / figure.get_size_inches()[0] > 1.3
    said = figure.findobj(lambda artist: hasattr(artist, "get_fontsize"))
    assert min(one.get_fontsize() for one in said) * 1.3 > 8  # type: ignore[attr-defined]
