"""What does not fit a table of three to five is refused with a sentence."""

from __future__ import annotations

from typing import Any

import pytest

from minsksim import ScenarioError, load_scenario

ROOM = "channels.washington_minsk"
THREE = "minsk/opposition_at_the_table"


def refused(*settings: tuple[str, Any]) -> str:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(THREE, settings)
    return str(caught.value)


@pytest.mark.parametrize("protocol", ["zeuthen", "exchange", "alternating_offers", "egalitarian"])
def test_a_protocol_for_two_is_refused(protocol: str) -> None:
    told = refused((f"{ROOM}.protocol", protocol))
    assert f"{ROOM}.protocol: {protocol} is for two parties, and 3 sit at this table." in told
    assert "Write protocol: nash, or name two actors." in told


def test_ratification_is_for_two() -> None:
    told = refused((f"{ROOM}.ratification", "{minsk: {by: moscow, needs: {value: 0, source: D2}}}"))
    assert "ratification is for two parties, and 3 sit at this table." in told


def test_everybody_needs_a_ledger_and_nobody_sits_twice() -> None:
    told = refused((f"{ROOM}.between", "[washington, minsk, opposition, moscow]"))
    assert "the ledger of moscow is missing." in told
    told = refused((f"{ROOM}.between", "[washington, minsk, opposition, minsk]"))
    assert "an actor sits at this table twice." in told
    told = refused((f"{ROOM}.between", "[washington, minsk, opposition, moscow, ottawa, caracas]"))
    assert "has more than 5 entries." in told
