"""What is printed of a ratifier is the very gain that the engine compared with its needs."""

from __future__ import annotations

from pathlib import Path

import generated
import generators as make
import pytest
from click.testing import CliRunner

from minsksim import Model, list_scenarios, load_scenario, run_scenario
from minsksim.analysis.story import tell
from minsksim.cli import main
from minsksim.engine.bargaining.ratification import SLACK
from minsksim.engine.record.run import Run

KARSA = Path(__file__).parents[2] / "data/karsa.yaml"
ARMY = "channels.talks.ratification.tarn.army.needs"
RATIFIED = [
    one.name
    for entry in list_scenarios()
    for one in (entry, *entry.variants)
    if any(c.ratification for c in load_scenario(one.name).document.channels.values())
]
DRAWN = [
    number
    for number in range(60)
    if any(one.get("ratification") for one in generated.draw(number)[0]["channels"].values())
]


def demand_assent(run: Run) -> int:
    """Check every agreement of a run; return how many had to be ratified."""
    told = [one for turn in tell(run).turns for one in turn.agreements if one.ratifiers]
    for bargain in told:
        assert {one.by for one in bargain.assents} == set(bargain.ratifiers)
        for one in bargain.assents:
            assert one.gain >= one.needs - SLACK
    return len(told)


def test_there_are_some() -> None:
    assert RATIFIED
    assert len(DRAWN) >= 5
    assert demand_assent(run_scenario(KARSA)) > 0


@pytest.mark.parametrize("name", RATIFIED)
def test_shipped_scenarios(name: str) -> None:
    for replication in range(3):
        demand_assent(run_scenario(name, replication=replication))


@pytest.mark.parametrize("number", DRAWN)
def test_drawn_scenarios(number: int) -> None:
    """Both forms tell the same."""
    case = make.scenario(generated.draw(number)[0])
    run = run_scenario(case)
    demand_assent(run)
    assert Model(case).run().meetings == run.meetings


def test_a_package_stands_up_to_the_gain_that_is_told_and_no_further() -> None:
    """The army counts the truce with Tarn's trust in Ridge, 0.8, and loses half a util: 0.3."""
    first = run_scenario(KARSA, point={ARMY: 0.29}).agreements[0]
    army, _ = next(one.assents for one in run_scenario(KARSA).meetings if one.assents)
    assert (army.by, army.party) == ("army", "tarn")
    assert army.gain == pytest.approx(0.3)
    assert first.externalities["army"] == pytest.approx(0.5)  # taken at their word, it is more
    assert run_scenario(KARSA, point={ARMY: 0.31}).agreements[0].moves != first.moves


def test_the_gain_and_the_need_are_printed() -> None:
    words = ("run", str(KARSA), "--full", "--set", f"{ARMY}=0.29")
    done = CliRunner(env={"COLUMNS": "200"}).invoke(main, list(words))
    assert (
        "by Army of Tarn +0.300 (needs 0.29), Harbour Fund (donor) +0.500 (needs 0.5)"
        in done.output
    )
    plain = CliRunner().invoke(main, [*words, "--format", "json"]).output
    assert '"assents"' in plain
