"""The columns of the final tables: the same for every run of a question, on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from minsksim.experiment.running.plan import Plan
from minsksim.experiment.storage.dictionary import in_order, places_of, secret_levers

_RUN = [("point", pa.int32()), ("replication", pa.int32()), ("status", pa.int32())]
_TURN = [
    ("point", pa.int32()),
    ("replication", pa.int32()),
    ("turn", pa.int32()),
    ("date", pa.date32()),
]
_KEYS: dict[str, list[tuple[str, Any]]] = {
    "runs": _RUN,
    "series": _TURN,
    "contributions": [
        *_TURN,
        ("actor", pa.string()),
        ("interest", pa.string()),
        ("value", pa.float64()),
    ],
    "agreements": [
        *_TURN,
        ("channel", pa.string()),
        ("public", pa.bool_()),
        ("blocker", pa.string()),
        ("blocking_worth", pa.float64()),
    ],
}
KINDS = tuple(_KEYS)


def schema_of(plan: Plan, kind: str, metadata: Mapping[str, str]) -> Any:
    """Return the schema of a final table; a column another scenario brings is null here."""
    names = _numbers(plan, kind)
    keys = list(_KEYS[kind])
    if kind == "agreements":
        places = places_of(plan.question.scenarios)
        at = [name for name, _ in keys].index("public")
        keys[at:at] = [(f"gain_{place}", pa.float64()) for place in places] + [
            (f"kept_{place}", pa.bool_()) for place in places
        ]
    fields = [("scenario", pa.string()), *keys, *((name, pa.float64()) for name in names)]
    return pa.schema(fields).with_metadata(dict(metadata))


def conform(table: Any, schema: Any) -> Any:
    """Return a table with the columns of a schema, in order; missing ones are null."""
    rows = table.num_rows
    present = set(table.column_names)
    columns = [
        table.column(field.name) if field.name in present else pa.nulls(rows, field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def _numbers(plan: Plan, kind: str) -> list[str]:
    compiled, documents = plan.compiled, [one.document for one in plan.question.scenarios]
    actors = in_order(one.actors for one in compiled)
    if kind == "runs":
        return [*plan.question.design.names, *in_order(one.measures for one in compiled)]
    if kind == "series":
        return [
            *in_order(one.quantities for one in compiled),
            *(f"public.levers.{name}" for name in secret_levers(plan.question.scenarios)),
            *(f"utility.{actor}" for actor in actors),
        ]
    if kind == "agreements":
        levers = in_order(list(one.levers) for one in documents)
        return [*(f"externality.{name}" for name in actors), *(f"move.{name}" for name in levers)]
    return []
