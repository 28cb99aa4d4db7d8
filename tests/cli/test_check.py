"""``minsksim check``: a verdict, remarks that fail nothing, and advice."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from minsksim.cli import main


def checked(*words: str) -> str:
    done = CliRunner().invoke(main, ["check", *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_remarks_stand_under_the_verdict_and_are_no_error() -> None:
    first, *rest = checked("minsk").splitlines()
    assert first.startswith("minsk: OK. 8 actors")
    assert "411 vary over a range, 52 are held." in first
    assert "  3 levers cannot move: port_access, canada_supply and eu_potash_relief." in rest
    assert any("233 of 411 ranges" in line for line in rest)


def test_of_several_scenarios_their_number_alone_is_told() -> None:
    lines = checked("revolving_door", "split_the_pie").splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("9 remarks.")
    assert "remark" not in lines[1]


@pytest.mark.parametrize("form", ["0", "1"])
def test_advice_says_what_to_try_and_looks_at_a_few_runs(form: str, monkeypatch) -> None:
    monkeypatch.setenv("MINSKSIM_COMPILED", form)
    told = checked("revolving_door/no_relief", "--advice")
    assert "arrests cannot move: it is on no table" in told
    assert "    Try: Put it on the `table` of a channel of highmoor" in told
    assert "never agreed in 30 runs at the base numbers" in told


def test_machines_get_every_remark_with_its_names() -> None:
    (one,) = json.loads(checked("minsk", "--format", "json"))["scenarios"]
    assert one["numbers"]["varied"] + one["numbers"]["held"] == 463
    assert one["numbers"]["kinds"]["assumed"] == 350
    kinds = [remark["kind"] for remark in one["remarks"]]
    assert set(kinds) == {"still", "unread", "product", "mechanical"}
    assert sum(remark["can_hold"] for remark in one["remarks"]) == kinds.count("product") == 8
    head, *rows = checked("minsk", "--format", "csv").splitlines()
    assert head == "scenario,kind,of,says,advice,can_hold,notice"
    assert len(rows) == len(kinds)
