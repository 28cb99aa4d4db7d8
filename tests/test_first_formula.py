"""The way from a command to the model's first formula is short enough to be read."""

import sys
from types import FrameType

import pytest
from click.testing import CliRunner

from minsksim.cli import main
from minsksim.cli.commands.run import run
from minsksim.rules.protocols import choose_position

pytestmark = pytest.mark.core


def test_the_first_bargain_is_eight_calls_in_five_files_away(monkeypatch) -> None:
    """From the body of the command to the function that computes the solution's point."""
    monkeypatch.setenv("MINSKSIM_COMPILED", "0")
    found: list[list[tuple[str, str]]] = []

    def watch(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is choose_position.__code__ and not found:
            calls, caller = [], frame
            while caller is not None and caller.f_code is not run.callback.__code__:
                calls.append((caller.f_code.co_filename, caller.f_code.co_name))
                caller = caller.f_back
            found.append([*calls, (run.callback.__code__.co_filename, "run")])

    sys.setprofile(watch)
    try:
        done = CliRunner().invoke(main, ["run", "minsk"])
    finally:
        sys.setprofile(None)
    assert done.exit_code == 0, done.output
    (calls,) = found
    names = " <- ".join(name for _, name in calls)
    assert len(calls) <= 8, names
    assert len({file for file, _ in calls}) <= 5, names
