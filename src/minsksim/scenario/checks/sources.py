"""Every source is known, used, and says enough about itself for its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..numbers import walk_numbers
from ..places import Faults, Keys, clip, nearest
from ..provenance import Entry
from ..schema import Document, Source

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,47}")
_CITED = ("measured", "published", "elicited")


def check_sources(document: Document, bibliography: Mapping[str, Entry], faults: Faults) -> None:
    """Check the sources themselves and every mention of them."""
    used = set()
    for place, key in _mentions(document):
        used.add(key)
        if key not in document.sources:
            faults.add(
                (*place, "source"),
                f"there is no source {clip(key)}. " + nearest(key, document.sources),
            )
    for key, source in document.sources.items():
        path: Keys = ("sources", key)
        if not _KEY.fullmatch(key):
            faults.add(
                path,
                f"{clip(key)} is not a source key. Use letters, digits and "
                "underscores, a letter first.",
            )
        if key not in used:
            faults.add(path, "no number uses this source. Remove it, or name it where it is used.")
        _check_source(path, source, bibliography, faults)


def _check_source(
    path: Keys, source: Source, bibliography: Mapping[str, Entry], faults: Faults
) -> None:
    if source.kind in _CITED:
        for field in ("cite", "at"):
            if getattr(source, field) is None:
                faults.add(
                    path,
                    f"a {source.kind} source needs `{field}`. Add "
                    + (
                        "a key of sources.bib."
                        if field == "cite"
                        else "the page, table or paragraph."
                    ),
                )
    elif source.kind == "assumed" and source.note is None:
        faults.add(path, "an assumed source needs a note. Say why the number is plausible.")
    elif source.note is None and source.cite is None:
        faults.add(path, f"a {source.kind} source needs a note or a cite. Say where it comes from.")
    if source.cite is not None and source.cite not in bibliography:
        faults.add(
            (*path, "cite"),
            f"{clip(source.cite)} is not a key of sources.bib. "
            + (
                nearest(source.cite, bibliography)
                if bibliography
                else "There is no sources.bib beside the scenario, or it is empty."
            ),
        )


def _mentions(document: Document) -> Iterator[tuple[Keys, str]]:
    for path, number in walk_numbers(document):
        yield path, number.source
        for index, reading in enumerate(number.readings):
            yield (*path, "readings", index), reading.source
    for name, event in document.events.items():
        yield ("events", name), event.source
    for name, observation in document.observations.items():
        for index, record in enumerate(observation.records):
            yield ("observations", name, "records", index), record.source
