"""Scenarios and questions back from a manifest: what replay needs, without any other file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from minsksim.errors import ProvenanceError, ResultDamaged
from minsksim.experiment.question.design import design_of
from minsksim.experiment.question.question import SHARED, Question
from minsksim.experiment.question.samplers import SAMPLERS
from minsksim.experiment.question.vary import Axis
from minsksim.experiment.storage.manifest import Manifest
from minsksim.frozen import FrozenMap
from minsksim.scenario import Entry, Scenario
from minsksim.scenario.load import digest_of
from minsksim.scenario.numbers import walk_numbers
from minsksim.scenario.places import dotted
from minsksim.scenario.schema import Document
from minsksim.scenario.shape import validate_json


def scenarios_of(manifest: Manifest, path: Path) -> Mapping[str, Scenario]:
    """Return the scenarios of a manifest by name, in the sweep's order, base first."""
    try:
        found = [_scenario(stored, path) for stored in manifest["scenarios"]]
    except (ValidationError, KeyError, TypeError) as error:
        raise ResultDamaged(f"{path}: holds a scenario that cannot be read ({error}).") from None
    return FrozenMap({scenario.name: scenario for scenario in found})


def question_of(manifest: Manifest, path: Path) -> Question:
    """Return the question of a manifest, with this installation's rules and version.

    Raises
    ------
    ProvenanceError
        This installation draws other design points from the same request.
    """
    try:
        question = _question(manifest, path)
    except (KeyError, TypeError, ValueError) as error:
        raise ResultDamaged(f"{path}: holds a question that cannot be read ({error}).") from None
    asked = manifest["question"]["design"]
    if question.inputs["design"] != asked:
        package = SAMPLERS[asked["kind"]].package if asked["kind"] in SAMPLERS else "numpy"
        raise ProvenanceError(
            f"{path}: the design comes out differently here. Install {package} "
            f"{manifest['software'].get(package)}, with which the sweep was made."
        )
    return question


def _question(manifest: Manifest, path: Path) -> Question:
    asked = manifest["question"]
    design = asked["design"]
    return Question(
        scenarios=tuple(scenarios_of(manifest, path).values()),
        design=design_of(
            design["kind"],
            tuple(Axis(**axis) for axis in design["axes"]),
            design["base"],
            asked["seed"],
            tuple(design["filters"]),
            manifest.get("points"),
        ),
        runs=asked["runs"],
        seed=asked["seed"],
        where=tuple(asked["where"]),
        series=_count(asked["series"]),
        agreements=_count(asked["agreements"]),
        until=tuple((str(name), float(half)) for name, half in asked["until"]),
        most=asked["most"],
        draws=asked.get("draws", SHARED),
    )


def _count(text: int | str) -> int | None:
    return None if text == "all" else int(text)


def _scenario(stored: Mapping[str, Any], path: Path) -> Scenario:
    document = validate_json(Document, stored["document"])
    numbers = {dotted(place): number for place, number in walk_numbers(document)}
    entries = [Entry(**entry) for entry in stored["bibliography"]]
    return Scenario(
        name=stored["name"],
        document=document,
        path=path,
        variant_of=stored["variant_of"],
        because=stored["because"],
        numbers=FrozenMap(numbers),
        positions=FrozenMap({}),
        bibliography=FrozenMap({entry.key: entry for entry in entries}),
        digest=digest_of(document),
        notes=tuple(stored["notes"]),
    )
