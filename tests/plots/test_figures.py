"""Every figure: words, notice, spread, nothing cut off, the same bytes each time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from minsksim import plots
from minsksim.errors import UsageError
from minsksim.notice import NOTICE
from minsksim.plots.material import Material
from minsksim.scenario import Scenario

Draw = Callable[[Material], Figure]

SWEPT: dict[str, tuple[Draw, str]] = {
    "agreements": (plots.agreements, "wilson"),
    "differences": (plots.differences, "interval95"),
    "packages": (plots.packages, "band90"),
    "parameters": (plots.parameters, "band90"),
    "record": (plots.record, "band90"),
    "terms": (plots.terms, "whisker"),
    "trajectories": (plots.trajectories, "band90"),
    "utility": (plots.utility, "whisker"),
    "measures": (plots.measures, "band90"),
}
UNITS = {
    "agreements": ("% of runs", "kept by all"),
    "differences": ("difference, people", "difference, utils"),
    "packages": ("move, people a month", "move, % lifted"),
    "parameters": ("people", "Patience of Midmark, discount factor per turn", "utils"),
    "record": ("people a month",),
    "terms": ("change, utils",),
    "trajectories": ("% lifted", "people"),
    "utility": ("change, utils",),
    "measures": ("people", "utils"),
}
PER_RUN = ("agreements", "packages", "record", "terms", "trajectories", "utility")


SIZES = ("slide", "page")


@pytest.fixture(scope="module")
def drawn(stuff: Material) -> dict[str, Figure]:
    return {name: draw(stuff) for name, (draw, _) in SWEPT.items()}


@pytest.fixture(params=SWEPT)
def figure(request: pytest.FixtureRequest, drawn: dict[str, Figure]) -> Figure:
    return drawn[request.param]


def undrawn(figure: Figure) -> set[int]:
    """Return tick labels outside the axes' limits: matplotlib keeps them but never draws them."""
    found = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            slack = 1e-9 * (high - low)
            for tick in axis.get_major_ticks():
                if not low - slack <= tick.get_loc() <= high + slack:
                    found |= {id(tick.label1), id(tick.label2)}
    return found


def texts(figure: Figure) -> Iterator[Text]:
    hidden = undrawn(figure)
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        if text.get_text().strip() and text.get_visible() and id(text) not in hidden:
            yield text


def words(figure: Figure) -> str:
    return " ".join(" ".join(text.get_text() for text in texts(figure)).split())


def with_gid(figure: Figure, gid: str) -> list[Artist]:
    return figure.findobj(lambda artist: artist.get_gid() == gid)


def is_title(axes: Axes, text: Text) -> bool:
    return text.get_gid() == "unit" or text.get_text() == axes.get_title(loc="left")


def test_the_footer_carries_runs_seed_scenario_and_notice(figure: Figure) -> None:
    (footer,) = with_gid(figure, "notice")
    assert isinstance(footer, Text)
    text = " ".join(footer.get_text().split())
    assert NOTICE in text
    assert "runs" in text
    assert "seed 0" in text
    assert "invented" in text


def test_there_is_a_title_and_a_caption(figure: Figure) -> None:
    for gid in ("title", "caption"):
        (text,) = with_gid(figure, gid)
        assert isinstance(text, Text)
        assert len(text.get_text()) > 20


@pytest.mark.parametrize("name", SWEPT)
def test_axes_carry_their_units(name: str, drawn: dict[str, Figure]) -> None:
    labels = words(drawn[name])
    for unit in UNITS[name]:
        assert unit in labels


@pytest.mark.parametrize("name", SWEPT)
def test_spread_is_drawn(name: str, drawn: dict[str, Figure]) -> None:
    assert with_gid(drawn[name], SWEPT[name][1])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SWEPT)
def test_nothing_of_both_spreads_is_cut_off(name: str, size: str, both: Material) -> None:
    figure = plots.draw(both, name, size=size) if name != "differences" else None
    if figure is not None:
        assert_whole(figure)


def test_nothing_is_cut_off(figure: Figure) -> None:
    assert_whole(figure)


def assert_whole(figure: Figure) -> None:
    plots.png(figure)
    renderer = FigureCanvasAgg(figure).get_renderer()
    whole = figure.bbox.padded(1.0)
    for text in texts(figure):
        box = text.get_window_extent(renderer)
        assert whole.x0 <= box.x0, text.get_text()
        assert box.x1 <= whole.x1, text.get_text()
        assert whole.y0 <= box.y0, text.get_text()
        assert box.y1 <= whole.y1, text.get_text()


def test_titles_do_not_run_into_each_other(figure: Figure) -> None:
    plots.png(figure)
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [
        text.get_window_extent(renderer)
        for axes in figure.axes
        for text in axes.findobj(Text)
        if isinstance(text, Text) and text.get_text().strip() and is_title(axes, text)
    ]
    for index, box in enumerate(boxes):
        assert box.count_overlaps(boxes[index + 1 :]) == 0


@pytest.mark.parametrize("name", PER_RUN)
def test_one_run_is_called_one_draw(name: str, single: Material) -> None:
    figure = SWEPT[name][0](single)
    text = words(figure)
    assert "1 run: one set of draws, no spread" in text
    assert not with_gid(figure, "band90")
    assert not with_gid(figure, "whisker")


@pytest.mark.parametrize("name", ["differences", "terms"])
def test_the_same_figure_has_the_same_bytes(name: str, stuff: Material) -> None:
    draw = SWEPT[name][0]
    first = plots.png(draw(stuff))
    assert first == plots.png(draw(stuff))
    assert b"Software" not in first
    assert NOTICE.encode() in first


def test_inputs_stay_as_they_were(stuff: Material) -> None:
    before = {name: getattr(stuff, name).copy() for name in ("runs", "series", "agreements")}
    for draw, _ in SWEPT.values():
        draw(stuff)
    for name, table in before.items():
        assert table.equals(getattr(stuff, name))


def test_scenarios_share_a_panel_or_stand_beside_each_other(stuff: Material) -> None:
    two = plots.trajectories(stuff, ["stocks.held"], stuff.scenarios[:2])
    three = plots.trajectories(stuff, ["stocks.held"])
    assert len(two.axes) == 1
    assert len(three.axes) == 3
    assert len({axes.get_ylim() for axes in three.axes}) == 1


def test_all_disputed_readings_are_drawn(single: Material) -> None:
    figure = plots.trajectories(single, ["stocks.held"])
    assert len(with_gid(figure, "record")) == 3
    assert len(with_gid(figure, "record-range")) == 1
    assert len(with_gid(figure, "event")) == 2


def test_terms_add_up(stuff: Material) -> None:
    figure = plots.utility(stuff, scenarios=["invented"])
    bars = with_gid(figure, "interest")
    width = sum(bar.get_width() for bar in bars)  # type: ignore[attr-defined]
    table = stuff.contributions[stuff.contributions["scenario"] == "invented"]
    by_turn = table.groupby("turn")["value"].sum() / table["run"].nunique()
    assert width == pytest.approx(by_turn.iloc[-1] - by_turn.iloc[0])


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda s: plots.trajectories(s, ["levers.nothing"]), "No quantity 'levers.nothing'"),
        (lambda s: plots.measures(s, ["helt"]), "Did you mean held?"),
        (lambda s: plots.terms(s, actors=["nobody"]), "No actor 'nobody'"),
        (lambda s: plots.parameters(s, scenario="elsewhere"), "No scenario 'elsewhere'"),
        (lambda s: plots.draw(s, "trajectorys"), "Did you mean trajectories?"),
        (lambda s: plots.draw(s, "measures", "helt"), "Did you mean held?"),
        (lambda s: plots.draw(s, "utility", "held"), "no measures to choose"),
        (lambda s: plots.measures(s, size="slid"), "Did you mean slide?"),
        (lambda s: plots.image(plots.measures(s), "pgn"), "Did you mean png?"),
    ],
)
def test_an_unknown_name_is_an_error_that_names_the_nearest(
    draw: Draw, message: str, stuff: Material
) -> None:
    with pytest.raises(UsageError, match=message):
        draw(stuff)


def test_differences_need_a_variant(single: Material) -> None:
    with pytest.raises(UsageError, match="at least one variant"):
        plots.differences(single)


def test_figures_show_themselves_in_a_notebook(scenario: Scenario) -> None:
    figure = plots.network(scenario)
    assert figure._repr_png_().startswith(b"\x89PNG")  # type: ignore[attr-defined]
