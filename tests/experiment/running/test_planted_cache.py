"""R15: compiled code is a pickle, and none is taken from a folder that somebody else prepared."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sizes import size

from minsksim._compiled.store import folder as kernels
from minsksim.cli.stopping import MESSAGE
from minsksim.engine.batch import load_kernel

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no owners and modes")
STRANGER = 54321
FIND = "from minsksim import _cache; print(_cache.writable_folder('leaf'))"
PLACES = {
    "MINSKSIM_CACHE": "minsksim",
    "XDG_CACHE_HOME": "minsksim",
    "HOME": ".cache/minsksim",
    "TMPDIR": f"minsksim-{os.geteuid() if hasattr(os, 'geteuid') else ''}",
}
"""Where a cache is looked for, in turn, and its name there."""


def give_away(folder: Path) -> None:
    os.chown(folder, STRANGER, STRANGER)


def open_to_group(folder: Path) -> None:
    folder.chmod(0o770)


def open_to_all(folder: Path) -> None:
    folder.chmod(0o777)


def turn_into_a_link(folder: Path) -> None:
    moved = folder.with_name("of-somebody")
    folder.rename(moved)
    folder.symlink_to(moved)


def traps() -> list[tuple[str, Callable[[Path], None]]]:
    """Return folders, and what others can do to them; only root can give one away, to try it."""
    found = [
        (folder, trap)
        for folder in ("leaf", "home")
        for trap in (open_to_group, open_to_all, turn_into_a_link, give_away)
    ]
    found += [("above", open_to_all), ("above", give_away)]
    return [(folder, trap) for folder, trap in found if trap is not give_away or is_root()]


def is_root() -> bool:
    return os.geteuid() == 0


def bare_environment(tmp_path: Path) -> dict[str, str]:
    """Return an environment without a home that can be written."""
    environment = {key: value for key, value in os.environ.items() if key not in PLACES}
    (tmp_path / "tmp").mkdir(exist_ok=True)
    return environment | {"HOME": os.devnull, "TMPDIR": str(tmp_path / "tmp")}


def test_r15_folders_that_others_prepared_are_not_used(tmp_path: Path, tally) -> None:
    count = 0
    for variable, name in PLACES.items():
        for folder, trap in traps():
            root = tmp_path / str(count)
            above, home = root / "above", root / "above" / name
            (home / "leaf").mkdir(parents=True)
            planted = {"leaf": home / "leaf", "home": home, "above": above}[folder]
            for made in (above, home, home / "leaf"):
                made.chmod(0o700)
            trap(planted)
            done = subprocess.run(
                [sys.executable, "-c", FIND],
                env=bare_environment(root) | {variable: str(above)},
                capture_output=True,
                text=True,
                check=True,
            )
            found = Path(done.stdout.strip())
            assert not found.is_relative_to(planted.resolve()), (variable, folder, trap)
            assert len(done.stderr.splitlines()) == 1
            count += 1
    tally("R15", "caches prepared by others: none loaded", cases=count)


class Writes:
    """Unpickled, it writes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.write_text, (self.path, "loaded")


def plant(folder: Path, mark: Path) -> None:
    """Copy our compiled code, with every index replaced by one that writes ``mark``."""
    shutil.copytree(kernels(), folder)
    indices = list(folder.rglob("*.nbi"))
    assert indices
    for index in indices:
        index.write_bytes(pickle.dumps(Writes(mark)))


def give_all_away(folder: Path) -> None:
    """Make a folder somebody else's, or, where that is not allowed, one that others may write."""
    for path in (folder, *folder.rglob("*")):
        if is_root():
            os.chown(path, STRANGER, STRANGER)
        elif path.is_dir():
            path.chmod(0o777)


def test_r15_planted_compiled_code_is_never_loaded(tmp_path: Path, tally) -> None:
    """Without a home, in a prepared temporary folder; stopped as soon as it compiles by itself."""
    load_kernel()  # so that there is compiled code to copy
    mark = tmp_path / "mark"
    environment = bare_environment(tmp_path)
    names = ("minsksim", PLACES["TMPDIR"])
    for name in names:
        plant(tmp_path / "tmp" / name / kernels().name, mark)
        give_all_away(tmp_path / "tmp" / name)
    program = "from minsksim.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", program, "sweep", "split_the_pie", "--runs", "10"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        warning, compiling = process.stderr.readline(), process.stderr.readline()
        time.sleep(size(3.0, 15.0))
        process.send_signal(signal.SIGTERM)
        _, complaint = process.communicate()
    assert not mark.exists()
    assert "belongs to another user" in warning or "can be written by others" in warning
    assert compiling.startswith("compiling the rules")
    assert (process.returncode, complaint) == (143, MESSAGE + "\n")
    assert {one.name for one in (tmp_path / "tmp").iterdir()} == set(names)  # nothing left over
    tally("R15", "caches prepared by others: none loaded", cases=len(names))


def test_a_planted_index_would_be_loaded_from_a_folder_of_ones_own(tmp_path: Path) -> None:
    """So that the test above can fail."""
    load_kernel()
    mark = tmp_path / "mark"
    plant(tmp_path / "minsksim" / kernels().name, mark)
    for path in (tmp_path / "minsksim", *(tmp_path / "minsksim").rglob("*")):
        path.chmod(0o700)
    code = "from minsksim.engine.batch import load_kernel; load_kernel()"
    environment = os.environ | {"MINSKSIM_CACHE": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", code], env=environment) as process:
        deadline = time.monotonic() + 120
        while not mark.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        process.kill()  # it would compile now
    assert mark.exists()
