"""The frozen flagship with every mechanism on, and the same without those that are dear by nature.

A belief of the public has every bargain of its actor solved again for each type it may be; a table
of three and a ratifier search along more than one frontier. The bar is on all the rest.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from plain_check import FROZEN

from minsksim import Scenario, load_scenario
from minsksim.scenario.dump import to_plain

EVERYTHING = FROZEN.with_name("everything.yaml")


def without_the_dear() -> Scenario:
    """Return everything but beliefs, ratifiers and tables of three; what names them goes, too."""
    plain = to_plain(load_scenario(EVERYTHING).document)
    plain["beliefs"] = {}
    plain["measures"] = {
        name: one
        for name, one in plain["measures"].items()
        if not any(of.startswith("beliefs.") for of in one["of"])
    }
    for channel in plain["channels"].values():
        _make_plain(channel, plain["levers"])
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(FROZEN.with_name("sources.bib"), folder)
        path = Path(folder) / "base.yaml"
        path.write_text(json.dumps(plain, indent=1), encoding="utf-8")
        return load_scenario(path)


def _make_plain(channel: dict[str, Any], levers: dict[str, Any]) -> None:
    channel.pop("ratification", None)
    channel["between"] = channel["between"][:2]
    channel["trust"] = {party: channel["trust"][party] for party in channel["between"]}
    owners = set(channel["between"])
    channel["table"] = [name for name in channel["table"] if levers[name]["owner"] in owners]
