"""Measures and observations: what is reported, and what it is compared with."""

from __future__ import annotations

from minsksim.vocabulary import WITH_LEVEL

from ..places import Faults, Keys
from ..references import MEASURED, QUANTITIES, reference_fault, unit_of
from ..schema import Document, Record


def check_measures(document: Document, faults: Faults) -> None:
    """Check that each measure adds up things of one unit."""
    if not document.measures:
        faults.add(("measures",), "there are no measures. Add at least one.")
    for name, measure in document.measures.items():
        path: Keys = ("measures", name)
        _check_of(document, path, measure.of, MEASURED, faults)
        if (measure.take in WITH_LEVEL) != (measure.above is not None):
            told = " or ".join(WITH_LEVEL)
            faults.add(path, f"`above` and take: {told} belong together. Add or remove one.")


def check_observations(document: Document, faults: Faults) -> None:
    """Check that each observation is about something, and dated figures are ordered."""
    for name, observation in document.observations.items():
        path: Keys = ("observations", name)
        _check_of(document, path, observation.of, QUANTITIES, faults)
        if not observation.records:
            faults.add((*path, "records"), "there are no records. Add one, or remove this.")
        for index, record in enumerate(observation.records):
            _check_record((*path, "records", index), record, faults)


def _check_of(
    document: Document,
    path: Keys,
    references: tuple[str, ...],
    kinds: tuple[str, ...],
    faults: Faults,
) -> None:
    if not references:
        faults.add((*path, "of"), f"names nothing. Add a reference such as {kinds[0]}.name.")
    units: dict[str, str] = {}
    for index, reference in enumerate(references):
        fault = reference_fault(document, reference, kinds)
        if fault is not None:
            faults.add((*path, "of", index), fault)
        elif reference in references[:index]:
            faults.add((*path, "of", index), f"{reference} is named twice. Remove one.")
        else:
            units.setdefault(unit_of(document, reference), reference)
    if len(units) > 1:
        told = ", ".join(f"{reference} in {unit}" for unit, reference in units.items())
        faults.add((*path, "of"), f"adds different units: {told}. Report them apart.")


def _check_record(path: Keys, record: Record, faults: Faults) -> None:
    given = [end for end in (record.low, record.value, record.high) if end is not None]
    if not given:
        faults.add(path, "needs `value`, or `low` and `high`. Add one.")
    elif given != sorted(given):
        faults.add(path, "must be ordered: low, value, high. Change one of them.")
