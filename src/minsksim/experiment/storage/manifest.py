"""The manifest: every input of a sweep in one frozen file, enough to do it all again.

It embeds the scenarios' whole documents, so that a result outlives the files it came from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minsksim.errors import ProvenanceError, ResultDamaged
from minsksim.experiment.question.question import Question, id_of, software
from minsksim.experiment.question.ranges import partner_of
from minsksim.experiment.running.kernel import Compiled
from minsksim.experiment.storage.dictionary import dictionary
from minsksim.notice import NOTICE
from minsksim.text import shown_throughout

if TYPE_CHECKING:
    from minsksim.scenario import Scenario

FORMAT = 1
_PARTS = {"seed": int, "question": dict, "layout": dict, "software": dict, "columns": dict,
          "scenarios": list}  # fmt: skip
Manifest = dict[str, Any]


@dataclass(frozen=True)
class Layout:
    """How a sweep is cut into shards; it decides no result, and is kept on resuming."""

    block: int = 2048
    sample: int = 64


def build_manifest(question: Question, compiled: Sequence[Compiled], layout: Layout) -> Manifest:
    """Return the manifest of a question."""
    design = question.design
    given = {"points": design.values.tolist()} if design.kind == "list" else {}
    return {
        "format": FORMAT,
        "notice": NOTICE,
        "id": question.id,
        "seed": question.seed,
        "question": question.inputs,
        **given,
        **_partner(question),
        "layout": asdict(layout),
        "software": software(design.kind),
        "columns": dictionary(question, compiled),
        "scenarios": [_stored(scenario) for scenario in question.scenarios],
    }


def _partner(question: Question) -> dict[str, str]:
    """Return the id of the same question over the ranges, or at the base values."""
    other = partner_of(question)
    return {} if other is None else {other[0]: other[1].id}


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """Return the file's bytes; mappings keep their order, because it is the order of axes."""
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()


def parse_manifest(data: bytes, path: Path) -> Manifest:
    """Read a manifest and check that its id is the hash of its question.

    Its texts are returned as text to show: what a terminal would obey is written out. No scenario
    file may hold such characters, so a manifest that does was written by somebody else.
    """
    try:
        manifest = json.loads(data)
        if not isinstance(manifest, dict):
            raise TypeError("not a mapping")
        if manifest["format"] != FORMAT:
            raise ProvenanceError(
                f"{path}: result format {manifest['format']!r}; this version reads {FORMAT}. "
                "Use the version of minsksim that wrote it."
            )
        for part, kind in _PARTS.items():
            if not isinstance(manifest[part], kind):
                raise TypeError(f"{part} is not what it should be")
        if id_of(manifest["question"]) != manifest["id"]:
            raise ResultDamaged(f"{path}: the id is not the hash of the question. {_CURE}")
        shown: Manifest = shown_throughout(manifest)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ResultDamaged(f"{path}: not a manifest ({error}). {_CURE}") from None
    return shown


def version_of(manifest: Manifest) -> str:
    """Return which version wrote a manifest, as far as it says so."""
    asked = manifest.get("question")
    version = asked.get("version") if isinstance(asked, dict) else None
    return f"minsksim {version}" if isinstance(version, str) else "another version of minsksim"


def check_same_question(stored: Manifest, ours: Manifest, path: Path) -> None:
    """Refuse to go on with a result of other inputs.

    Raises
    ------
    ProvenanceError
        Naming what differs.
    """
    for part in ("question", "scenarios", "software"):
        changed = _difference(stored.get(part), ours[part], part)
        if changed:
            raise ProvenanceError(
                f"{path}: begun with other inputs; {changed}. Restore them, or move the folder "
                "away to begin anew."
            )


def _difference(stored: object, ours: object, place: str) -> str | None:
    if isinstance(stored, dict) and isinstance(ours, dict):
        for key in [*ours, *stored]:
            found = _difference(stored.get(key), ours.get(key), f"{place}.{key}")
            if found:
                return found
        return None
    if isinstance(stored, list) and isinstance(ours, list) and len(stored) == len(ours):
        for index, (one, other) in enumerate(zip(stored, ours, strict=True)):
            found = _difference(one, other, f"{place}.{index}")
            if found:
                return found
        return None
    if stored == ours:
        return None
    return f"{place} was {_short(stored)} and is {_short(ours)}"


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def _stored(scenario: Scenario) -> dict[str, Any]:
    from minsksim.scenario.dump import to_plain

    return {
        "name": scenario.name,
        "variant_of": scenario.variant_of,
        "because": scenario.because,
        "digest": scenario.digest,
        "notes": list(scenario.notes),
        "document": to_plain(scenario.document),
        "bibliography": [asdict(entry) for entry in scenario.bibliography.values()],
    }


_CURE = "Move the folder away and run the same command again."
