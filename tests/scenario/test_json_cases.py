"""Graphs of states and negotiation domains: every fault gets a sentence with its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from minsksim import ScenarioError, load_case
from minsksim.scenario.domain_case import MOST_PACKAGES


def graph() -> dict[str, Any]:
    """Return a small graph of states."""
    return {
        "name": "toll",
        "decision_makers": [{"name": "north"}, {"name": "south"}],
        "states": [{"id": 1, "options_taken": []}, {"id": 2, "options_taken": ["toll"]}],
        "ordinal_payoffs": {"north": [1, 2], "south": [2, 1]},
        "unilateral_moves": {"north": [[1, 2]], "south": []},
    }


def domain() -> dict[str, Any]:
    """Return a small negotiation domain."""
    worth = {"toll": {"low": 0.0, "high": 1.0}, "ferry": {"day": 1.0, "night": 0.5}}
    weights = {"toll": 0.5, "ferry": 0.5}
    return {
        "name": "toll",
        "issues": [
            {"name": "toll", "values": ["low", "high"]},
            {"name": "ferry", "values": ["day", "night"]},
        ],
        "utilities": [
            {"profile": "north", "weights": dict(weights), "evaluations": dict(worth)},
            {
                "profile": "south",
                "weights": dict(weights),
                "evaluations": worth | {"toll": {"low": 1.0, "high": 0.0}},
            },
        ],
    }


def written(folder: Path, content: Any) -> Path:
    """Write JSON and return its path."""
    path = folder / "toll.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_a_graph_and_a_domain_are_read(tmp_path: Path) -> None:
    found = load_case(written(tmp_path, graph()))
    assert (found.actors, found.states, found.status_quo) == (("north", "south"), ("1", "2"), 0)
    assert found.moves.tolist() == [[[False, True], [False, False]], [[False] * 2] * 2]
    found = load_case(written(tmp_path, domain()))
    assert (found.parties, found.packages) == (("north", "south"), 4)
    assert found.utilities().tolist() == [[0.5, 1.0], [0.25, 0.75], [1.0, 0.5], [0.75, 0.25]]
    assert found.package(2) == ("high", "day")
    assert found.reservation.tolist() == [0.0, 0.0]


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda g: g.pop("states"), "states: is missing"),
        (lambda g: g.update(state=1), r"state: no such key\. Did you mean states"),
        (lambda g: g["states"].append({"id": 1}), "states: a name stands twice"),
        (lambda g: g["ordinal_payoffs"].pop("south"), "ordinal_payoffs: south is missing"),
        (lambda g: g["ordinal_payoffs"].update(soth=[1, 2]), "Did you mean south"),
        (lambda g: g["ordinal_payoffs"].update(south=[1]), "1 payoffs for 2 states"),
        (lambda g: g["ordinal_payoffs"].update(south=["a", 1]), r"ordinal_payoffs\.south\.0: "),
        (lambda g: g["ordinal_payoffs"].update(south=[True, 1]), r"ordinal_payoffs\.south\.0: "),
        (lambda g: g["unilateral_moves"].update(north=[[1, 3]]), "no state 3"),
        (lambda g: g["unilateral_moves"].update(north=[[1, 1]]), "no pair of two different states"),
        (lambda g: g["unilateral_moves"].update(north=[]), "nobody can move"),
        (lambda g: g.update(status_quo=9), "status_quo: no state 9"),
        (lambda g: g.update(published={"Nsh": [1]}), "Did you mean Nash"),
        (lambda g: g.update(states=[{"id": k} for k in range(300)]), "states: List should have at"),
    ],
)
def test_a_fault_of_a_graph_gets_a_sentence(change: Change, message: str, tmp_path: Path) -> None:
    content = graph()
    change(content)
    with pytest.raises(ScenarioError, match=message):
        load_case(written(tmp_path, content))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.pop("issues"), "issues: is missing"),
        (lambda d: d["issues"].append(d["issues"][0]), "'toll' stands twice"),
        (lambda d: d["issues"][0]["values"].append("low"), "'low' stands twice"),
        (lambda d: d["issues"][0]["values"].append("free"), "'free' has no evaluation"),
        (lambda d: d["utilities"][0]["weights"].pop("toll"), "no weight or no evaluations of toll"),
        (lambda d: d["utilities"][0]["weights"].update(toll=-1.0), "-1 lies below 0"),
        (lambda d: d["utilities"][0]["weights"].update(tol=1.0), "Did you mean toll"),
        (lambda d: d["utilities"][0]["evaluations"].update(toll={"low": 1, "hgh": 0}),
         "Did you mean high"),
        (lambda d: d.update(utilities=d["utilities"][:1]), "utilities: List should have at least"),
        (lambda d: d.update(reservation_values=[0.5]), "1 for 2 parties"),
        (lambda d: d.update(known="none"), "write 'no deal'"),
        (lambda d: d.update(known={"toll": "low"}), r"known\.ferry"),
    ],
)  # fmt: skip
def test_a_fault_of_a_domain_gets_a_sentence(change: Change, message: str, tmp_path: Path) -> None:
    content = domain()
    change(content)
    with pytest.raises(ScenarioError, match=message):
        load_case(written(tmp_path, content))


def test_too_many_outcomes_are_refused(tmp_path: Path) -> None:
    content = domain()
    values = {f"v{k}": 0.5 for k in range(1500)}
    for issue in content["issues"]:
        issue["values"] = list(values)
    for profile in content["utilities"]:
        profile["evaluations"] = {"toll": values, "ferry": values}
    with pytest.raises(ScenarioError, match=f"2,250,000 outcomes.* At most {MOST_PACKAGES:,}"):
        load_case(written(tmp_path, content))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", r"toll\.json:1:2 is not JSON"),
        ("[]", "neither a graph of states"),
        ('{"a": 1, "a": 2}', "the key 'a' stands twice"),
        ('{"utilities": NaN}', "NaN is not a number of JSON"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"utilities": 1' + "0" * 5000 + "}", "number that cannot be read"),
        ('{"utilities": 1e999}', "utilities: Input should be a valid list"),
        ('{"name": "a\u202eb", "utilities": []}', "invisible character"),
    ],
)
def test_what_is_no_case_in_json_gets_a_sentence(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=message):
        load_case(written(tmp_path, text))


def test_bytes_and_names_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "toll.json").write_bytes(b'{"name": "n\xf6rd"}')
    with pytest.raises(ScenarioError, match="is not UTF-8"):
        load_case(tmp_path / "toll.json")
    with pytest.raises(ScenarioError, match="cannot be read"):
        load_case(tmp_path / "nowhere.json")


@pytest.mark.parametrize(
    ("content", "message"),
    [("[]", "holds no solutions"), ('{"zero": {}}', "disagreement: is missing"),
     ('{"zero": {"disagreement": [0], "nash": {"value": "a"}}}', r"nash\.value")],
)  # fmt: skip
def test_solutions_beside_a_domain_are_checked(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "toll.domain.json"
    path.write_text(json.dumps(domain()), encoding="utf-8")
    (tmp_path / "toll.expected.json").write_text(content, encoding="utf-8")
    with pytest.raises(ScenarioError, match=message):
        load_case(path)
