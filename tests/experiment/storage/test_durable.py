"""The order of durable calls: data before its name, the name before the line that counts it.

A kill cannot show whether fsync was called, because the system's own memory survives the process;
so the calls are recorded.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from minsksim.experiment.storage.files import write_file
from minsksim.experiment.storage.journal import Journal


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []

    def record(home: object, name: str, text) -> None:
        real = getattr(home, name)

        def attempt(*arguments, **options):
            found.append(text(*arguments))
            return real(*arguments, **options)

        monkeypatch.setattr(home, name, attempt)

    def target(descriptor: int) -> str:
        path = Path(f"/proc/self/fd/{descriptor}")
        return "folder" if path.resolve().is_dir() else "file"

    record(os, "write", lambda *_: "write")
    record(os, "fsync", lambda descriptor: f"fsync {target(descriptor)}")
    record(Path, "replace", lambda *_: "rename")
    return found


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks /proc what a descriptor is")
def test_a_file_is_on_disk_before_its_name_is(tmp_path: Path, calls: list[str]) -> None:
    write_file(tmp_path / "one", b"data")
    assert calls == ["write", "fsync file", "rename", "fsync folder"]


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks /proc what a descriptor is")
def test_a_line_is_on_disk_before_it_counts(tmp_path: Path, calls: list[str]) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    calls.clear()
    journal.append({"kind": "block"})
    assert calls == ["write", "fsync file"]
    journal.close()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="asks /proc what a descriptor is")
def test_a_block_counts_only_when_its_shard_is_on_disk(toy_sweep, calls: list[str]) -> None:
    toy_sweep(runs=50, series=0)
    assert calls.count("rename") == calls.count("fsync folder")
    names = [place for place, call in enumerate(calls) if call == "rename"]
    for place in names:
        assert calls[place - 1] == "fsync file"
        assert calls[place + 1] == "fsync folder"
