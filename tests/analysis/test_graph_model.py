"""Graphs of states: published equilibria, and no deal as an answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from published import published, read_document

from minsksim import UsageError, bench
from minsksim.scenario.graph_case import CONCEPTS

GRAPHS = ("elmira-groundwater", "euphrates-syria-iraq", "prisoners-dilemma")


@pytest.mark.parametrize("name", GRAPHS)
def test_published_equilibria_come_out(name: str) -> None:
    file = f"gmcr-conflicts/public_{name}.json"
    found = bench(published(file))
    known = read_document(file)["published"]
    assert len(known) == 4
    for concept, states in known.items():
        names = [int(found.graph.states[z]) for z in found.equilibria[CONCEPTS[concept]]]
        assert names == states
    assert all(found.is_published.values())
    assert len(found.is_published) == 4


def test_other_equilibria_than_the_file_gives_are_said(tmp_path: Path) -> None:
    content = read_document("gmcr-conflicts/public_prisoners-dilemma.json")
    content["published"]["Nash"] = [4]
    (tmp_path / "pd.json").write_text(json.dumps(content), encoding="utf-8")
    found = bench(tmp_path / "pd.json")
    assert found.is_published == {"nash": False, "gmr": True, "smr": True, "seq": True}


def test_no_deal_and_what_lies_ahead_of_it() -> None:
    """From the status quo of the Euphrates, escalation and attack follow one another."""
    found = bench(published("gmcr-conflicts/public_euphrates-syria-iraq.json"))
    assert found.graph.status_quo == 0
    assert 0 not in found.equilibria["nash"]
    assert {found.graph.states[z] for z in found.ahead} == {"4", "6"}
    assert {found.graph.states[z] for z in found.efficient} == {"1", "2", "6"}
    assert (
        bench(published("gmcr-conflicts/public_elmira-groundwater.json")).graph.status_quo is None
    )


def test_what_a_graph_does_not_have_is_refused() -> None:
    path = published("gmcr-conflicts/public_prisoners-dilemma.json")
    with pytest.raises(UsageError, match="is a graph of states, which takes no --issue"):
        bench(path, "toll")
