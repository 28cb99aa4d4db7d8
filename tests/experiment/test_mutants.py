"""R24: take away one safeguard at a time; some test must go red.

Nightly only: each case copies the sources and runs a few tests on the copy.
"""

# ruff: noqa: E501 (a table of one-line replacements)

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from sizes import size

ROOT = Path(__file__).resolve().parents[2]
PLACE = Path("src/minsksim/experiment")

MUTANTS = [
    ("fsync of files", "files.py", "                    os.fsync(self._descriptor)\n", "", "durable"),
    ("fsync of folders", "files.py", "                    sync_folder(self.path.parent)\n", "", "durable"),
    ("fsync of the journal", "journal.py", "                os.fsync(self._descriptor)\n", "", "durable"),
    ("rename", "files.py", "check_place(path)\n", "check_place(path)\n        self._temporary = path\n", "disk kill"),
    ("CRC of lines", "journal.py", " or zlib.crc32(body) != int(checksum, 16)", "", "journal"),
    ("length of lines", "journal.py", "len(body) != int(length) or ", "", "journal"),
    ("numbers of lines", "journal.py", 'if entry.get("n") != len(entries):', "if False:", "journal"),
    ("cutting a torn tail", "journal.py", "        os.ftruncate(self._descriptor, self._size)\n", "", "journal"),
    ("lock", "lock.py", "fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)", "pass", "lock"),
    ("hash of shards", "store.py", "elif _sha256(read_file(path)) != sha256:", "elif False:", "damage"),
    ("hash on reading", "parquet.py", "if found != sha256:", "if False:", "damage"),
    ("page checksums", "parquet.py", "page_checksum_verification=True", "page_checksum_verification=False", "damage"),
    ("hash of the manifest", "manifest.py", 'if id_of(manifest["question"]) != manifest["id"]:', "if False:", "provenance trust"),
    ("same question", "store.py", "            check_same_question(held, ours, path)\n", "", "provenance"),
    ("order of rounds", "assemble.py", "yield from merge(*map(_split, rounds), key=_first_point)", "yield from chain.from_iterable(rounds)", "rounds traces"),
    ("order of blocks", "plan.py", "for start in range(*bounds, size):", "for start in reversed(range(*bounds, size)):", "result"),
    ("removal of temporaries", "store.py", "            remove_unfinished(folder)\n", "", "kill"),
    ("hash in a depot", "shared_blocks.py", "if data is None or hashlib.sha256(data).hexdigest() != sha256:", "if data is None:", "shared_blocks"),
    ("runs in a depot", "shared_blocks.py", "return shards if holds_the_runs(plan, task, shards) else None", "return shards", "shared_blocks"),
    ("loopback or TLS", "cluster.py", 'if scheme in ("", "tcp") and _is_loopback(host):', 'if scheme in ("", "tcp"):', "cluster:refused_without"),
    ("runs in a worker's answer", "processes.py", "if holds_the_runs(plan, task, answer):", "if True:", "workers:makes_no_sense"),
    ("shape of what a run returns", "plan.py", "if block.measures.shape != shape:", "if False:", "workers:guilty_one and huge"),
    ("no links", "files.py", 'getattr(os, "O_NOFOLLOW", 0)', "0", "links:trap or links_and_pipes"),
    ("no pipes", "files.py", "if not stat.S_ISREG(found.st_mode) or is_shared:", "if False:", "links:trap or links_and_pipes"),
    ("no link in the place of a file to write", "files.py", "        check_place(path)\n", "", "own_files:link"),
    ("no second name of a file", "files.py", "found.st_nlink > 1 and ", "False and ", "own_files:second_name"),
    ("no link in the place of a folder or a file", "store.py", "        check_links(folder)\n", "", "own_files:link"),
    ("proof before anything is removed", "prune.py", "if proof is None:", "if False:", "own_files:another_program"),
    ("proof by what a file holds", "own_files.py", "(trusting or _is_ours(path, proof))", "True", "own_files:left"),
    ("hashes of figures", "integrity.py", "    found += picture_damage(folder, record.figures)\n", "", "own_files:figure"),
    ("text of a manifest as text", "manifest.py", "shown_throughout(manifest)", "manifest", "trust:text"),
    ("plain names in a journal", "store.py", "not _PLAIN.fullmatch(name) or ", "", "links:journal"),
    ("no link for the shards", "files.py", "if path.is_symlink():", "if False:", "links:links_and_pipes"),
    ("form of a journal's lines", "journal.py", "if not _has_form(entry):", "if False:", "trust"),
    ("form of the end", "integrity.py", '    _check_end(found["end"], manifest, journal)\n', "", "releases"),
    ("rules before the question", "replay.py", '    _refuse_others(manifest, {"version": version("minsksim"), "rules": rules_digest()}, folder)\n', "", "releases"),
    ("giving up workers that never come", "cluster.py", "if now - self._seen > WORKERLESS:", "if False:", "cluster:forever"),
    ("keeping errors out of pyarrow", "parquet.py", "pq.ParquetWriter(self._sink, ", "pq.ParquetWriter(self._file, ", "disk:memory"),
    ("letting go of a kept error", "parquet.py", "failure, self._failure = self._failure, None", "failure = self._failure", "disk:memory"),
    ("dying with one's parent", "worker.py", "    os._exit(1)\n", "", "workers:loops"),
    ("giving up a silent worker", "processes.py", "now - since > limit", "False", "workers:guilty_one and loop"),
]  # fmt: skip


def place_of(file: str) -> Path:
    """Return the path of one of the files of experiment/, from the root of the repository."""
    (found,) = (ROOT / PLACE).rglob(file)
    return found.relative_to(ROOT)


@pytest.mark.skipif(not size(False, True), reason="part of make chaos")
@pytest.mark.parametrize("case", range(len(MUTANTS)), ids=[one[0] for one in MUTANTS])
def test_r24_a_safeguard_that_is_gone_is_missed(tmp_path: Path, case: int, tally) -> None:
    name, file, old, new, tests = MUTANTS[case]
    for folder in ("src", "tests", "scenarios"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path = tmp_path / place_of(file)
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{file}: the safeguard is written otherwise now"
    path.write_text(text.replace(old, new), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider"]
    names, _, chosen = tests.partition(":")
    files = [
        str(found.relative_to(ROOT))
        for one in names.split()
        for found in (ROOT / "tests/experiment").rglob(f"test_{one}.py")
    ]
    command += ["-k", chosen] if chosen else []
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "src"), "MINSKSIM_CHAOS": ""}
    environment.pop("MINSKSIM_CHAOS_REPORT", None)
    with subprocess.Popen(
        [*command, *files],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            code = process.wait(timeout=240)
        except subprocess.TimeoutExpired:
            code = 1  # a test that hangs without its safeguard has missed it too
        finally:
            # and what it started would hang for good
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    assert code == 1, f"{name}: no test missed it"
    tally("R24", "safeguards taken away, one at a time, each missed by a test", mutants=1)


def test_r24_the_safeguards_are_where_they_were() -> None:
    for name, file, old, _, _ in MUTANTS:
        assert old in (ROOT / place_of(file)).read_text(encoding="utf-8"), name
