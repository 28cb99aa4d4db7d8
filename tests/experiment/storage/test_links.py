"""R13, R15: a results folder from a stranger leads nowhere else, and nothing in it is run."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import TRAPS, payloads, pickles, plant
from sizes import size

from minsksim._compiled.store import folder as kernels
from minsksim.errors import MinsksimError
from minsksim.experiment import find_damage
from minsksim.experiment.storage.journal import line_of, read_journal
from minsksim.experiment.storage.store import folder_of

HERE = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="makes links and pipes")
TRACED = "openat,open,creat,truncate,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink"
WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")


def opener(folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    """Open a folder in every way there is, in a process of its own, which must end."""
    command = [*before, sys.executable, str(HERE / "hostile.py"), str(folder)]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(folder)}
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=300, env=environment
    )


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder that nothing may touch."""
    folder = tmp_path / "outside"
    folder.mkdir()
    for name in ("secret", ".writing-precious"):
        (folder / name).write_text("not yours\n")
    return folder


def test_r13_links_and_pipes_in_a_result_lead_nowhere(
    toy_sweep, tmp_path: Path, outside: Path, tally
) -> None:
    """Every file and folder of a result replaced in turn, traced by the system where it can be."""
    stored = toy_sweep().path
    copies = tmp_path / "copies"
    count = 0
    for name in ("manifest.json", "journal.jsonl", "lock", "runs.parquet", "digest.json", "shards"):
        for trap in TRAPS:
            home = copies / f"{name}-{trap}" / stored.name
            shutil.copytree(stored, home)
            plant(home / name, trap, outside)
            count += 1
    before = [(p.name, p.read_text(), p.stat().st_mtime_ns) for p in sorted(outside.iterdir())]
    trace = tmp_path / "trace"
    strace = shutil.which("strace")
    wrapper = [strace, "-f", "-y", "-qq", "-e", f"trace={TRACED}", "-o", str(trace)]
    done = opener(copies, *([str(one) for one in wrapper] if strace else []))
    assert done.returncode == 0, done.stderr[-3000:]
    said = json.loads(done.stdout)
    assert said["folders"] == count
    assert said["events"] == []
    # a lock is not read, and a link to a folder's own sort of file may be told or mended
    assert said["refused"] >= count // 2
    after = [(p.name, p.read_text(), p.stat().st_mtime_ns) for p in sorted(outside.iterdir())]
    assert after == before
    lines = trace.read_text(errors="replace").splitlines() if strace else []
    baited = [line for line in lines if f"<{outside}/" in line or "</dev/zero" in line]
    assert baited == []
    written = [line for line in lines if WRITES.search(line) and "ENOENT" not in line]
    allowed = (
        str(copies),
        str(tmp_path / "warm"),
        str(kernels()),
        "/dev/null",
        "/proc/",
        "/sys/",
        "/dev/shm",
        "anon_inode",
    )
    strayed = [line for line in written if opened(line) and not opened(line).startswith(allowed)]
    assert strayed == []
    tally("R13", "links, pipes and devices in a result: nothing else read or written", cases=count)


def forge(folder: Path) -> None:
    """Write a journal that has the right hash of every file that is there, as a stranger would."""
    journal = folder / "journal.jsonl"
    entries = [dict(entry) for entry in read_journal(journal).entries]
    for entry in entries:
        place = folder / "shards" if entry["kind"] == "block" else folder
        files = entry.get("files", {})
        entry["files"] = {name: digest_of(place / name) for name in files}
        if entry["kind"] == "begin":
            entry["manifest"] = digest_of(folder / "manifest.json")
    journal.write_bytes(b"".join(map(line_of, entries)))


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def opened(line: str) -> str:
    """Return the file that a traced call opened, as the system knows it."""
    found = re.search(r"= \d+<([^>]*)>", line)
    return found[1] if found else ""


def test_r13_no_name_in_a_journal_is_a_path(toy_sweep, tmp_path: Path, outside, tally) -> None:
    folder = toy_sweep(runs=10).path
    journal = folder / "journal.jsonl"
    entries = read_journal(journal).entries
    watched: list[str] = []
    is_active = True

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if is_active and event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            watched.append(os.fsdecode(arguments[0]))

    sys.addaudithook(hook)
    names = [str(outside / "secret"), "../../../outside/secret", *payloads(size(60, 500))]
    for name in names:
        forged = [dict(entry) for entry in entries]
        block = next(entry for entry in forged if entry["kind"] == "block")
        block["files"] = {name: "0" * 64}
        journal.write_bytes(b"".join(line_of(entry) for entry in forged))
        watched.clear()
        assert find_damage(folder)
        root = folder.resolve()
        strays = [one for one in watched if not Path(one).resolve().is_relative_to(root)]
        assert strays == [], name
    is_active = False
    tally("R13", "names of files in a journal that lead elsewhere: none read", cases=len(names))


def test_r13_no_name_of_a_scenario_leads_out_of_the_results(tmp_path: Path, tally) -> None:
    names = payloads(size(60, 500))
    for name in names:
        folder = folder_of(tmp_path, name, "0" * 12)
        assert folder.parent.parent == tmp_path
        assert folder.resolve().is_relative_to(tmp_path.resolve())
        assert len(folder.parent.name) < 256
        folder.mkdir(parents=True, exist_ok=True)
    tally("R13", "names of scenarios as folders: none outside the results", cases=len(names))


def test_r15_nothing_in_a_hostile_folder_is_run(toy_sweep, tmp_path: Path, tally) -> None:
    """Pickles and tagged YAML in place of every file, and a table that asks to be unpickled."""
    stored = toy_sweep(runs=10).path
    copies = tmp_path / "copies"
    count = 0
    files = sorted(path.relative_to(stored) for path in stored.rglob("*") if path.is_file())
    for name in files:
        for kind, data in pickles().items():
            home = copies / f"{name.name}-{kind}" / stored.name
            shutil.copytree(stored, home)
            (home / name).write_bytes(data)
            if name.name != "journal.jsonl":
                forge(home)
            count += 1
    done = opener(copies)
    assert done.returncode == 0, done.stderr[-3000:]
    said = json.loads(done.stdout)
    assert said["folders"] == count
    assert said["events"] == []
    assert not (copies / "pwned").exists()
    tally("R15", "hostile folders opened and resumed: nothing unpickled or run", cases=count)


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_a_plain_error(toy_sweep, outside: Path, trap: str) -> None:
    folder = toy_sweep(runs=10).path
    plant(folder / "journal.jsonl", trap, outside)
    with pytest.raises(MinsksimError):
        find_damage(folder)
    with pytest.raises(MinsksimError):
        toy_sweep(runs=10)
