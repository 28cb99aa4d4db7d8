"""What `check` refuses of levers with steps, and where numbers come in later."""

from __future__ import annotations

from typing import Any

import generators as make
import pytest

from minsksim import UsageError, compare_protocols, load_scenario, run_scenario
from minsksim.errors import ScenarioError
from minsksim.scenario.protocols import with_protocol
from minsksim.vocabulary import PROTOCOLS, TAKING_LUMPS

REFUSED = sorted(set(PROTOCOLS) - set(TAKING_LUMPS))


def plain(count: int = 1, steps: int = 2, **of_room: Any) -> make.Plain:
    """Levers in lumps of ada's, and one of ben's that is not."""
    values = [float(i) for i in range(steps)]
    levers = {
        f"lump_{i}": make.lever("ada", bounds=(0.0, 30.0)) | {"steps": values} for i in range(count)
    }
    return make.document(
        {name: make.actor({"x": 1.0}) for name in ("ada", "ben", "cyn")},
        levers | {"share": make.lever("ben")},
        {"x": make.interest(make.term("levers.share"))},
        channels={"room": make.channel(("ada", "ben"), [*levers, "share"]) | of_room},
    )


def fault(document: make.Plain) -> str:
    with pytest.raises(ScenarioError) as caught:
        make.scenario(document)
    return str(caught.value)


@pytest.mark.parametrize("protocol", REFUSED)
def test_protocols_without_lumps_are_refused_and_those_with_are_named(protocol: str) -> None:
    said = fault(plain(protocol=protocol))
    assert f"channels.room.protocol: {protocol} cannot bargain about levers that come in" in said
    assert ", ".join(TAKING_LUMPS) in said


@pytest.mark.parametrize("protocol", TAKING_LUMPS)
def test_the_others_are_taken(protocol: str) -> None:
    assert make.scenario(plain(protocol=protocol))


def test_a_table_of_several_is_refused() -> None:
    several = make.channel(("ada", "ben", "cyn"), ["lump_0", "share"], trust=((1.0, 0.0),) * 3)
    assert "a table of several cannot bargain about levers that come in lumps" in fault(
        plain(**several)
    )


def test_parts_of_a_lump_are_refused() -> None:
    said = fault(plain(tranches=2))
    assert "channels.room.tranches: lump_0 has steps, so it cannot be delivered in equal" in said


def test_too_many_combinations_are_refused() -> None:
    assert make.scenario(plain(count=12))
    assert "can be combined in 8192 ways, and 4096 is the most" in fault(plain(count=13))


@pytest.mark.parametrize("key", ["demand", "sanction"])
def test_a_threat_names_a_step(key: str) -> None:
    document = plain()
    document["levers"]["share"] |= {"steps": [0.0, 1.0]}
    threat = make.threat("ada", "ben", ("share", 1.0), ("lump_0", 1.0))
    threat[key]["to"] = make.number(0.5)
    document["threats"] = {"order": threat}
    assert f"threats.order.{key}.to: the lever has steps, and 0.5 is none of them" in fault(
        document
    )


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("levers.visit.initial", 0.5, "0.5 is none of them"),
        ("levers.visit.step.up", 0.5, "the lever can never move"),
    ],
)
def test_numbers_that_come_in_later_are_checked_too(name: str, value: float, says: str) -> None:
    with pytest.raises((ScenarioError, UsageError), match=says):
        run_scenario("indivisible_visit", point={name: value})


def test_protocols_are_compared_where_they_take_lumps() -> None:
    found = compare_protocols("indivisible_visit", runs=2)
    assert tuple(found.scenarios) == TAKING_LUMPS
    with pytest.raises(UsageError, match="threats cannot bargain about levers that come in lumps"):
        with_protocol(load_scenario("indivisible_visit"), "threats")
