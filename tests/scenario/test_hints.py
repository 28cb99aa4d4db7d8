"""Faults that a reader of the how-tos makes, each told with what to write instead."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from minsksim import load_scenario, run_scenario, suppose
from minsksim.errors import ScenarioError, UsageError

KARSA = Path(__file__).parents[1] / "data/karsa.yaml"
RATIFICATION = "channels.talks.ratification"


def fault(tmp_path: Path, change: Any) -> str:
    """Return what is said of the case with a change."""
    yaml, path = YAML(), tmp_path / "case.yaml"
    plain = yaml.load(KARSA)
    change(plain)
    yaml.dump(plain, path)
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    return str(caught.value)


def test_ratifiers_in_a_list_need_names(tmp_path: Path) -> None:
    def listed(plain: Any) -> None:
        home = plain["channels"]["talks"]["ratification"]
        home["tarn"] = list(home["tarn"].values())

    text = fault(tmp_path, listed)
    assert "Its keys: by, needs. If there are several, each has a name: {first: {by: ...}" in text


def test_a_flow_is_measured_by_a_stock_that_counts_it(tmp_path: Path) -> None:
    flow = "stocks.in_osk.inflows.exiled.refusals.from.held_local"

    def measured(plain: Any) -> None:
        plain["measures"]["refused"]["of"] = [flow]

    assert f"add a stock with counts: [{flow}]" in fault(tmp_path, measured)


def test_above_in_an_answer_is_beyond(tmp_path: Path) -> None:
    def above(plain: Any) -> None:
        line = plain["answers"]["red_line"]
        line["above"] = line.pop("beyond")

    assert "Did you mean beyond?" in fault(tmp_path, above)


def test_an_unknown_ending_is_told_with_all_endings(tmp_path: Path) -> None:
    def unknown(plain: Any) -> None:
        plain["measures"]["met"]["of"] = ["meetings.talks.no_visits"]

    text = fault(tmp_path, unknown)
    assert "there is no no_visits. Known: held, missed" in text
    assert "nothing_left" in text
    assert "Did you mean" not in text


@pytest.mark.parametrize("name", ["", ".tarn"])
def test_all_ratifiers_can_be_dropped(name: str) -> None:
    run = run_scenario(suppose(KARSA, drop=f"{RATIFICATION}{name}"))
    assert not any(one.assents or one.unratified_by for one in run.meetings)


def test_one_ratifier_can_be_dropped() -> None:
    """The donor alone is left, and the army's need no longer counts."""
    strict = {f"{RATIFICATION}.tarn.army.needs": 5.0}
    assert not [
        one for one in run_scenario(KARSA, point=strict).agreements if one.channel == "talks"
    ]
    run = run_scenario(suppose(KARSA, drop=f"{RATIFICATION}.tarn.army"), point=strict)
    signed = [one for one in run.meetings if one.channel == "talks" and one.assents]
    assert signed
    assert {one.by for meeting in signed for one in meeting.assents} == {"fund"}


def test_a_ratifier_that_is_not_there_cannot_be_dropped() -> None:
    with pytest.raises(UsageError, match=r"Did you mean channels\.talks\.ratification\.tarn\.army"):
        suppose(KARSA, drop=f"{RATIFICATION}.tarn.arm")
