"""Each fault of a scenario has its sentence, its key and its line."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from minsksim.errors import ScenarioError
from minsksim.scenario import load_scenario

FAULTS = YAML(typ="safe", pure=True).load(Path(__file__).with_name("faults.yaml"))
CASES = [tuple(case.values()) for cases in FAULTS.values() for case in cases]


@pytest.mark.parametrize(
    ("old", "new", "key", "sentence"), CASES, ids=[f"{case[2]}: {case[3][:30]}" for case in CASES]
)
def test_each_fault_says_what_where_and_how(
    edit: Callable[..., Path], old: str, new: str, key: str, sentence: str
) -> None:
    path = edit(old, new)
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    lines = [line for line in str(caught.value).splitlines() if f" {key}: " in line]
    assert any(sentence in line for line in lines), str(caught.value)
    for line in lines:
        found = re.match(r"(?P<file>.*base\.yaml):(?P<line>\d+):(?P<column>\d+) ", line)
        assert found, line
        assert line.rstrip().endswith((".", "?")), line
        written = path.read_text().splitlines()[int(found["line"]) - 1]
        assert written[int(found["column"]) - 1 :].strip(), "points at nothing"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("{value: 0.9, range: [0.8, 0.95]", "{value: 0.7, range: [0.8, 0.95]", 14),
        ("owner: northland", "owner: northlnd", 37),
        ("table: [toll, inspections]", "table: [toll, inspection]", 114),
    ],
)
def test_the_line_is_the_line_of_the_fault(
    edit: Callable[..., Path], old: str, new: str, line: int
) -> None:
    path = edit(old, new)
    assert new.split(",")[0] in path.read_text().splitlines()[line - 1]
    with pytest.raises(ScenarioError, match=rf"base\.yaml:{line}:\d+ "):
        load_scenario(path)


def test_all_faults_of_a_stage_are_told_together(edit: Callable[..., Path]) -> None:
    edit("owner: northland", "owner: northlnd")
    path = edit("owner: southmark", "owner: southmrk")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    text = str(caught.value)
    assert "northlnd" in text.splitlines()[0]
    assert "southmrk" in text


def test_at_most_twenty_faults_are_shown(edit: Callable[..., Path]) -> None:
    unknown = "".join(f"x{number}: 1\n" for number in range(40))
    with pytest.raises(ScenarioError) as caught:
        load_scenario(edit("format: 1\n", "format: 1\n" + unknown))
    lines = str(caught.value).splitlines()
    assert len(lines) == 21
    assert lines[-1] == "... and 20 more"


def test_people_and_money_are_never_one_interest(edit: Callable[..., Path]) -> None:
    edit(
        "label: Lorries waiting at the border\n    unit: lorries",
        "label: People held at the border\n    unit: people",
    )
    edit(
        "label: Lorries beyond the border\n    unit: lorries",
        "label: People beyond the border\n    unit: people",
    )
    path = edit(
        "      toll: {of: levers.toll, effect: {value: 1, source: D1}}\n",
        "      toll: {of: levers.toll, effect: {value: 1, source: D1}}\n"
        "      held: {of: stocks.queue, effect: {value: 1, source: D1}}\n",
    )
    with pytest.raises(ScenarioError, match=r"weighs people \(stocks.queue\) against money"):
        load_scenario(path)


def test_people_are_not_reported_in_money(edit: Callable[..., Path]) -> None:
    edit(
        "label: Lorries waiting at the border\n    unit: lorries",
        "label: People held at the border\n    unit: people",
    )
    edit(
        "label: Lorries beyond the border\n    unit: lorries",
        "label: People beyond the border\n    unit: people",
    )
    path = edit("unit: crowns, of: [levers.toll]", "unit: crowns, of: [stocks.queue]")
    with pytest.raises(ScenarioError, match="people are counted, never priced"):
        load_scenario(path)
