"""R4: whatever changes in a stored result is found and named, and the same sweep repairs it."""

from __future__ import annotations

import contextlib
import random
import shutil
from pathlib import Path

import pytest
from sizes import size
from toy_kernel import ToyKernel

from minsksim.errors import MinsksimError, ResultDamaged
from minsksim.experiment import find_damage, load_result
from minsksim.experiment.storage.parquet import decode

FLIPS = size(100, 2000)


@pytest.fixture
def stored(toy_sweep, tmp_path: Path) -> Path:
    return toy_sweep().path


def digested(folder: Path) -> list[Path]:
    free = {"timings.json", "lock"}
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in free)


def flip(path: Path, luck: random.Random) -> None:
    data = bytearray(path.read_bytes())
    data[luck.randrange(len(data))] ^= 1 << luck.randrange(8)
    path.write_bytes(data)


def complaints(folder: Path) -> str:
    try:
        return "\n".join(find_damage(folder))
    except MinsksimError as error:
        return str(error)


def test_every_flipped_bit_is_found(stored: Path, tally) -> None:
    luck = random.Random(4)
    tally("R4", "one bit flipped: found, and the file named", flips=FLIPS)
    for _ in range(FLIPS):
        path = luck.choice([p for p in digested(stored) if p.stat().st_size])
        before = path.read_bytes()
        flip(path, luck)
        assert path.name in complaints(stored)
        path.write_bytes(before)
    assert complaints(stored) == ""


def test_parquet_alone_refuses_flipped_pages(stored: Path) -> None:
    """Even without the hash, pages read as they were written, or not at all."""
    path = next((stored / "shards").glob("runs-*"))
    data = path.read_bytes()
    table = decode(data, path)
    pages = len(data) - int.from_bytes(data[-8:-4], "little") - 8
    luck = random.Random(5)
    for _ in range(FLIPS):
        changed = bytearray(data)
        changed[luck.randrange(pages)] ^= 1 << luck.randrange(8)
        with contextlib.suppress(ResultDamaged):
            assert decode(bytes(changed), path).equals(table)


@pytest.mark.parametrize("what", ["flipped", "cut", "deleted", "swapped", "foreign"])
def test_a_bad_shard_is_named_and_only_its_runs_are_done_again(
    stored: Path, toy_sweep, tmp_path: Path, what: str
) -> None:
    digest = load_result(stored).digest
    first, second, *_ = sorted((stored / "shards").glob("runs-*"))
    if what == "flipped":
        flip(first, random.Random(6))
    elif what == "cut":
        first.write_bytes(first.read_bytes()[:-100])
    elif what == "deleted":
        first.unlink()
    elif what == "swapped":
        shutil.copy(second, first)
    else:
        other = toy_sweep(seed=1)
        shutil.copy(other.path / "shards" / first.name, first)
    with pytest.raises(ResultDamaged, match=first.name) as caught:
        load_result(stored).verify()
    assert caught.value.exit_code == 5
    log, said = tmp_path / "log", []
    result = toy_sweep(folder=stored, kernel=ToyKernel(log=log), notify=said.append)
    assert result.digest == digest
    assert log.read_text().splitlines() == ["0 0 50"]
    assert any(first.name in sentence for sentence in said)
    result.verify()


@pytest.mark.parametrize("name", ["runs.parquet", "failed.jsonl", "digest.json", "manifest.json"])
def test_a_bad_final_file_is_made_again_without_a_run(
    stored: Path, toy_sweep, tmp_path: Path, name: str
) -> None:
    before = (stored / name).read_bytes()
    (stored / name).write_bytes(before + b"\n")
    with pytest.raises(ResultDamaged, match=name):
        load_result(stored).verify()
    log = tmp_path / "log"
    toy_sweep(folder=stored, kernel=ToyKernel(log=log), notify=lambda sentence: None).verify()
    assert (stored / name).read_bytes() == before
    assert not log.exists()


def test_a_damaged_table_is_not_handed_out(stored: Path) -> None:
    flip(stored / "runs.parquet", random.Random(7))
    with pytest.raises(ResultDamaged, match=r"runs\.parquet"):
        _ = load_result(stored).runs


def test_the_sound_table_of_another_result_is_not_handed_out(stored: Path, toy_sweep) -> None:
    """Its pages are whole, so only the hash can tell."""
    shutil.copy(toy_sweep(seed=1).path / "runs.parquet", stored / "runs.parquet")
    with pytest.raises(ResultDamaged, match=r"runs\.parquet"):
        _ = load_result(stored).runs


def test_a_damaged_journal_stops_the_sweep(stored: Path, toy_sweep) -> None:
    journal = stored / "journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b"block", b"clock")
    journal.write_bytes(b"".join(lines))
    with pytest.raises(ResultDamaged, match="line 3 is damaged"):
        toy_sweep(folder=stored)
