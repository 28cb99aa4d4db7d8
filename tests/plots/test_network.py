"""The network figure: every edge drawn, no label over another, crowds thinned and said so."""

from __future__ import annotations

import itertools

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from minsksim import plots
from minsksim.notice import NOTICE
from minsksim.scenario import Scenario, load_scenario
from minsksim.scenario.schema import Document


def boxes(figure: Figure, *gids: str) -> list[tuple[str, Bbox]]:
    plots.png(figure)
    renderer = FigureCanvasAgg(figure).get_renderer()
    found = []
    for text in figure.findobj(lambda artist: artist.get_gid() in gids):
        assert isinstance(text, Text)
        found.append((text.get_text(), text.get_window_extent(renderer)))
    return found


def gids(figure: Figure, gid: str) -> int:
    return len(figure.findobj(lambda artist: artist.get_gid() == gid))


@pytest.mark.parametrize("name", ["invented", "minsk"])
def test_no_label_covers_another(name: str, scenario: Scenario) -> None:
    figure = plots.network(scenario if name == "invented" else load_scenario(name))
    found = boxes(figure, "tag", "actor-label")
    assert len(found) > 20
    for (first, a), (second, b) in itertools.combinations(found, 2):
        assert not a.overlaps(b), f"{first!r} covers {second!r}"


def test_labels_stay_inside_the_figure(scenario: Scenario) -> None:
    figure = plots.network(scenario)
    for text, box in boxes(figure, "tag", "actor-label", "caption", "notice", "title"):
        assert figure.bbox.x0 <= box.x0, text
        assert box.x1 <= figure.bbox.x1, text


def test_every_edge_channel_and_actor_is_drawn(scenario: Scenario, document: Document) -> None:
    figure = plots.network(scenario)
    assert gids(figure, "influence") == len(document.influence)
    assert gids(figure, "channel") == len(document.channels)
    assert gids(figure, "actor") == len(document.actors)


def test_thinning_is_said(scenario: Scenario, document: Document) -> None:
    figure = plots.network(scenario, least=0.3)
    kept = [edge for edge in document.influence.values() if edge.weight.value >= 0.3]
    assert gids(figure, "influence") == len(kept)
    ((caption, _),) = boxes(figure, "caption")
    assert f"{len(document.influence) - len(kept)} influence edges" in caption


def test_the_footer_says_that_no_run_is_shown(scenario: Scenario) -> None:
    ((footer, _),) = boxes(plots.network(scenario), "notice")
    assert "no run" in footer
    assert NOTICE in " ".join(footer.split())


def test_the_same_scenario_gives_the_same_bytes(scenario: Scenario) -> None:
    assert plots.png(plots.network(scenario)) == plots.png(plots.network(scenario))
