"""The schedule: one list, which both forms walk and the command line prints."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import minsksim.engine.phases
from minsksim import Actor, Model, load_scenario
from minsksim.cli import main
from minsksim.engine import schedule
from minsksim.engine.schedule import PHASES

PAIR = Path(__file__).parents[1] / "data" / "pair" / "base.yaml"
PARTS = {
    "beliefs", "forfeit", "groups", "meetings", "obstacles", "passing", "propose", "tranches",
}  # fmt: skip
"""Files of parts of a phase, which more than one phase may use."""

pytestmark = pytest.mark.core


def test_every_phase_is_a_file_and_every_file_a_phase() -> None:
    folder = Path(minsksim.engine.phases.__file__).parent
    files = {file.stem for file in folder.glob("*.py")} - {"__init__"} - PARTS
    assert [phase.name for phase in PHASES] == sorted(files, key=_place)
    assert len(files) == len(PHASES)
    for phase in PHASES:
        assert _plain(phase.play).__module__ == f"minsksim.engine.phases.{phase.name}"
        assert phase.says.endswith(".")


def _place(name: str) -> int:
    names = [phase.name for phase in PHASES]
    return names.index(name) if name in names else len(names)


def _plain(function):
    return getattr(function, "py_func", function)


def test_the_turn_of_the_kernel_is_the_list_written_out() -> None:
    called = list(_plain(schedule.play_turn).__code__.co_names)
    assert called == [phase.name for phase in PHASES]


def test_the_turn_follows_the_list_whatever_its_order() -> None:
    trail: list[str] = []

    def phase(name: str) -> schedule.Phase:
        return schedule.Phase(name, "", (), lambda *_: trail.append(name))

    made = _plain(schedule._in_order((phase("b"), phase("a"), phase("c"))))
    made(*range(7))
    assert trail == ["b", "a", "c"]


def test_the_mesa_form_walks_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every phase in its order; those with decisions ask the actors, the others are played."""
    model = Model(load_scenario(PAIR))
    trail: list[str] = []
    marked = []
    for phase in PHASES:
        if phase.decisions:
            inner = getattr(model, f"_{phase.name}")
            monkeypatch.setattr(
                model,
                f"_{phase.name}",
                lambda name=phase.name, inner=inner: (trail.append(name), inner())[1],
            )
            marked.append(phase)
        else:
            play = phase.play

            def told(*arguments, name=phase.name, play=play):
                trail.append(name)
                play(*arguments)

            marked.append(phase._replace(play=told))
    monkeypatch.setattr("minsksim.model.PHASES", tuple(marked))
    model.step()
    assert trail == [phase.name for phase in PHASES]


def test_decisions_are_methods_of_an_actor() -> None:
    for phase in PHASES:
        for name in phase.decisions:
            assert callable(getattr(Actor, name)), name


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_the_command_line_prints_it(form: str) -> None:
    done = CliRunner().invoke(main, ["show", str(PAIR), "--schedule", "--format", form])
    assert done.exit_code == 0, done.output
    if form == "json":
        rows = json.loads(done.stdout)["schedule"]
        assert [row["phase"] for row in rows] == [phase.name for phase in PHASES]
        assert rows[4]["here"] == "in this order: border_commission"
    else:
        found = re.findall(r"^\d[ ,]+(\w+)", done.stdout, re.MULTILINE)
        assert found == [phase.name for phase in PHASES]
