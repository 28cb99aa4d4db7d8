"""SolaraViz, Mesa's viewer in a browser, plays a model through its last turn.

Solara is no dependency of ours, so these tests need ``pip install 'mesa[viz]'``.
"""

import warnings
from typing import Any

import pytest

from minsksim import Model

solara: Any = pytest.importorskip("solara")
viewer: Any = pytest.importorskip("mesa.visualization.solara_viz")
widgets: Any = pytest.importorskip("ipyvuetify")


def button(shown: Any, label: str) -> Any:
    """Return the button with a label."""
    return next(one for one in shown.find(widgets.Btn).widgets if label in str(one.children))


@pytest.mark.parametrize("at_once", [1, 7])
def test_the_viewer_plays_through_the_last_turn_and_starts_again(at_once: int) -> None:
    given = {"case": "revolving_door", "rng": 3}
    model = solara.reactive(Model("revolving_door", rng=3))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, shown = solara.render(
            viewer.ModelController(
                model,
                model_parameters=given,
                play_interval=solara.reactive(1),
                render_interval=solara.reactive(at_once),
                use_threads=solara.reactive(False),
            ),
            handle_error=False,
        )
    turns = model.value.compiled.turns
    first = model.value
    clicks = 0
    while not button(shown, "Step").disabled:
        button(shown, "Step").click()
        clicks += 1
        assert clicks <= turns
    assert clicks == -(-turns // at_once)
    assert (first.turn, first.steps, first.running) == (turns, turns, False)
    assert not shown.find(widgets.Alert).widgets  # where the viewer shows an error
    button(shown, "Reset").click()
    assert model.value is not first
    assert (model.value.turn, model.value.seed_of_run) == (0, 3)
    assert not button(shown, "Step").disabled


def test_the_viewer_draws_what_the_model_collects() -> None:
    from mesa.visualization import SolaraViz, make_plot_component

    model = Model("revolving_door")
    name = model.compiled.quantities[0]
    page = SolaraViz(model, components=[make_plot_component([name, "turn"])])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _, shown = solara.render(page, handle_error=False)
        for _ in range(3):
            model.step()
            viewer.force_update()
    assert not shown.find(widgets.Alert).widgets
