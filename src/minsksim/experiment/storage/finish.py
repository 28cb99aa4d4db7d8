"""The end of a sweep: final tables, failed runs and digests, made from the shards."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import numpy as np

from minsksim.errors import ResultDamaged
from minsksim.experiment.running.plan import Plan, Stopped
from minsksim.experiment.running.rounds import widest
from minsksim.experiment.running.status import sentence_of
from minsksim.experiment.storage.assemble import PIECES, ordered
from minsksim.experiment.storage.digest import combined
from minsksim.experiment.storage.files import AtomicFile, write_file
from minsksim.experiment.storage.parquet import TableWriter
from minsksim.experiment.storage.schemas import KINDS, conform, schema_of
from minsksim.experiment.storage.store import Store
from minsksim.notice import NOTICE, NOTICE_KEY


def finish(plan: Plan, store: Store, stop: threading.Event) -> None:
    """Write runs, series, contributions and agreements with their digests, and record the end."""
    files: dict[str, str] = {}
    tables: dict[str, dict[str, Any]] = {}
    for kind in KINDS:
        path = store.folder / f"{kind}.parquet"
        schema = schema_of(plan, kind, _metadata(store))
        with TableWriter(path, schema) as writer:
            for table in PIECES[kind](plan, store):
                if stop.is_set():
                    raise Stopped
                writer.append(conform(table, schema))
        files[path.name] = writer.sha256
        tables[kind] = {"rows": writer.digest.rows, "digest": writer.digest.hexdigest()}
    if tables["runs"]["rows"] != plan.total:
        raise ResultDamaged(
            f"{store.folder}: {tables['runs']['rows']:,} of {plan.total:,} runs came together. "
            "Move the folder away and run the same command again."
        )
    failed = 0
    with AtomicFile(store.folder / "failed.jsonl") as file:
        for line in _failed(plan, store):
            file.write(line)
            failed += 1
    files["failed.jsonl"] = file.sha256
    facts = {
        "results_digest": combined({kind: table["digest"] for kind, table in tables.items()}),
        "runs": tables["runs"]["rows"],
        "failed": failed,
        "rounds": plan.rounds,
        "half_widths": _finite(widest(plan, store)) if plan.question.until else {},
        "tables": tables,
    }
    text = json.dumps({"notice": NOTICE, **facts}, indent=1) + "\n"
    files["digest.json"] = write_file(store.folder / "digest.json", text.encode())
    store.finish({**facts, "files": files})


def _finite(widths: dict[str, float]) -> dict[str, float | None]:
    """Return what JSON can hold."""
    return {name: width if np.isfinite(width) else None for name, width in widths.items()}


def _metadata(store: Store) -> dict[str, str]:
    manifest = store.manifest
    return {
        NOTICE_KEY: NOTICE,
        "minsksim.id": manifest["id"],
        "minsksim.seed": str(manifest["seed"]),
        "minsksim.version": manifest["question"]["version"],
        "minsksim.rules": manifest["question"]["rules"],
    }


def _failed(plan: Plan, store: Store) -> Iterator[bytes]:
    """Yield a line for each failed run: which, the code and its sentence."""
    for scenario, source in enumerate(plan.question.scenarios):
        keys = ("point", "replication", "status")
        for table in ordered(plan, store, list(plan.blocks(scenario)), "runs", keys):
            status = table.column("status").to_numpy()
            for row in np.flatnonzero(status):
                line = {
                    "scenario": source.name,
                    "point": table.column("point")[int(row)].as_py(),
                    "replication": table.column("replication")[int(row)].as_py(),
                    "status": int(status[row]),
                    "sentence": sentence_of(int(status[row])),
                }
                yield (json.dumps(line) + "\n").encode()
