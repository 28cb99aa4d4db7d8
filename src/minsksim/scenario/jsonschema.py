"""The JSON Schema of a scenario file, for completion and checks in an editor."""

from __future__ import annotations

from typing import Any

from .schema import Document, VariantDocument


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) that accepts a scenario or a variant."""
    whole = Document.model_json_schema(by_alias=True)
    variant = VariantDocument.model_json_schema(by_alias=True)
    definitions = {**whole.pop("$defs"), **variant.pop("$defs", {})}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "minsksim scenario",
        "if": {"required": ["based_on"]},
        "then": variant,
        "else": whole,
        "$defs": definitions,
    }
