"""What only the whole document can show."""
from __future__ import annotations

from collections.abc import Mapping

from .places import Faults
from .provenance import Entry
from .schema import Document


def check_document(document: Document, bibliography: Mapping[str, Entry], faults: Faults) -> None:
    """Add a fault for everything that does not fit together."""
