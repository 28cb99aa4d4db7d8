"""What a stranger may put into a results folder, and the process that opens such folders.

``python hostile.py FOLDER`` opens, verifies, lists and resumes every result below a folder, and
prints what the audit hooks of Python saw meanwhile.
"""

# ruff: noqa: T201 (it reports on stdout)

from __future__ import annotations

import io
import json
import os
import random
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from forbidden import FORBIDDEN  # noqa: E402

PARTS = (
    "..", ".", "~", "~root", "$HOME", "C:", "\\\\host\\share", "%2e%2e", "\uff0e\uff0e", "..;",
    "...", "base.yaml", "BASE.yaml", "b\u0430se.yaml", "base.yaml\0", "secret", "link.yaml",
    "a" * 300, "etc/passwd", "/etc/passwd", "/dev/zero", "/proc/self/environ", "con", "nul.yaml",
    "a b", "-rf", "|id", "\u202e", "", "file:///etc/passwd", "outside",
)  # fmt: skip
JOINTS = ("/", "/", "/", "\\", "//", "/./", "/../")


def payloads(count: int, seed: int = 13) -> list[str]:
    """Return names that want to be paths: each part alone, then parts joined at random."""
    luck = random.Random(seed)
    names = dict.fromkeys(PARTS)
    while len(names) < count:
        pieces = luck.choices(PARTS, k=luck.randint(2, 5))
        name = pieces[0] + "".join(luck.choice(JOINTS) + piece for piece in pieces[1:])
        names[name] = None
    return list(names)[:count]


TRAPS: dict[str, Callable[[Path, Path], None]] = {
    "link": lambda path, outside: path.symlink_to(outside / "secret"),
    "folder link": lambda path, outside: path.symlink_to(outside),
    "endless link": lambda path, outside: path.symlink_to("/dev/zero"),
    "link to itself": lambda path, outside: path.symlink_to(path.name),
    "dangling link": lambda path, outside: path.symlink_to(outside / "new"),
    "pipe": lambda path, outside: os.mkfifo(path),
    "folder": lambda path, outside: path.mkdir(),
}


def plant(path: Path, trap: str, outside: Path) -> None:
    """Put a trap in the place of a file or folder."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    TRAPS[trap](path, outside)


class _Boom:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, ("touch pwned",)


def pickles() -> dict[str, bytes]:
    """Return files that would run something if they were unpickled or read with their tags."""
    import pickle

    import pyarrow as pa
    import pyarrow.parquet as pq

    boom = pickle.dumps(_Boom())
    tag = {b"ARROW:extension:name": b"arrow.py_extension_type", b"ARROW:extension:metadata": boom}
    field = pa.field("point", pa.int64(), metadata=tag)
    sink = io.BytesIO()
    pq.write_table(pa.table({"point": [0]}, schema=pa.schema([field])), sink)
    tagged = b"!!python/object/apply:os.system ['touch pwned']\n"
    return {"pickle": boom, "table": sink.getvalue(), "yaml": tagged}


def _uses(folder: Path, kernel: Any) -> list[Callable[[], object]]:
    from minsksim.experiment import find_damage, load_result, resume
    from minsksim.experiment.storage.prune import look, stored_in

    def read(name: str) -> Callable[[], object]:
        return lambda: getattr(load_result(folder), name)

    names = ("runs", "series", "contributions", "agreements", "failures", "scenarios")
    return [
        lambda: look(folder),
        lambda: list(stored_in(folder.parent.parent)),
        lambda: find_damage(folder),
        *map(read, names),
        lambda: load_result(folder).series_dataset(),
        lambda: resume(folder, kernel=kernel, notify=lambda sentence: None),
    ]


def main(root: Path) -> None:
    """Use every folder in every way, twice: what is imported or compiled once is not told."""
    from toy_kernel import ToyKernel

    from minsksim.errors import MinsksimError

    folders = sorted(path for path in root.glob("*/*") if path.is_dir())
    events: list[tuple[str, str]] = []
    is_told = False

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if is_told and event in FORBIDDEN:
            events.append((event, str(arguments)[:200]))

    refused = set()
    # the first use of a sound folder imports what is imported lazily
    warm = root.parent / "warm" / folders[0].name
    sound = next(path for path in (root.parent / "results").glob("*") if path.is_dir())
    shutil.copytree(sound, warm)
    for use in _uses(warm, ToyKernel()):
        use()
    sys.addaudithook(hook)
    os.chdir(root)
    for folder in folders:
        is_told = True
        for use in _uses(folder, ToyKernel()):
            try:
                use()
            except MinsksimError:
                refused.add(folder)
        is_told = False
    print(json.dumps({"folders": len(folders), "refused": len(refused), "events": events}))


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        main(Path(sys.argv[1]))
