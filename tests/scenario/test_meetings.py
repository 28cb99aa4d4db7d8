"""The section ``meetings`` of a scenario: what is refused, and that a file comes back whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from minsksim import ScenarioError
from minsksim.scenario import load_scenario
from minsksim.scenario.dump import dump
from minsksim.scenario.number_labels import number_label

BASE = Path(__file__).resolve().parents[2] / "scenarios/scarce_visits/base.yaml"
SPENDS = "channels.larch_maple.meetings.spends.stock"
UNIT = "    unit: visits\n    reference"

FAULTS = [
    (UNIT, "    unit: people\n    reference", "visits counts people, and a meeting spends nobody."),
    (
        UNIT,
        "    unit: visits\n    whole: true\n    reference",
        "people are not spent. Name a stock",
    ),
    (UNIT, "    unit: visits\n    bounds: [-1, 4]\n    reference", "Begin its `bounds` at 0."),
    ("spends: {stock: visits", "spends: {stock: visit", "Did you mean visits?"),
    ("spends: {stock: visits", "spends: {stock: gone", "gone only adds up others"),
]
GONE = "  gone: {label: Gained so far, unit: visits, reference: [0, 4], counts: [%s]}\n\ninterests:"


def case(folder: Path, old: str, new: str) -> Path:
    text = BASE.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new).replace(
        "\ninterests:", GONE % "stocks.visits.inflows.gained" if "gone" in new else "\ninterests:"
    )
    path = folder / "base.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("old", "new", "sentence"), FAULTS)
def test_only_what_can_be_used_up_is_spent(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(case(tmp_path, old, new))
    lines = [line for line in str(caught.value).splitlines() if f" {SPENDS}: " in line]
    assert any(sentence in line for line in lines), str(caught.value)


def test_a_file_comes_back_whole(tmp_path: Path) -> None:
    old = "      only_on: false\n"
    scenario = load_scenario(case(tmp_path, old, "      only_on: true\n      waits: 3\n"))
    path = tmp_path / "again.yaml"
    path.write_text(dump(scenario.document), encoding="utf-8")
    again = load_scenario(path)
    assert again.document.channels == scenario.document.channels
    assert again.document.events == scenario.document.events
    assert again.document.channels["larch_maple"].meetings.waits == 3


def test_its_numbers_are_named() -> None:
    scenario = load_scenario(BASE)
    label = number_label(scenario.document, "channels.larch_maple.meetings.spends.amount")
    assert label == "Channel Larch's envoy in Maple: what a meeting takes"
