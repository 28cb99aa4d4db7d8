"""R3: a torn journal is cut back to its last whole line; damage in the middle is an error."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sizes import size

from minsksim.errors import ResultDamaged
from minsksim.experiment.storage.journal import Journal, line_of, read_journal


def lines_of(count: int) -> list[bytes]:
    return [line_of({"n": n, "kind": "block", "key": f"runs-{n}"}) for n in range(count)]


def test_every_cut_of_the_last_record_is_survived(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    lines = lines_of(4)
    whole = b"".join(lines)
    for cut in range(len(whole) - len(lines[-1]), len(whole)):
        path.write_bytes(whole[:cut])
        reading = read_journal(path)
        assert len(reading.entries) == 3
        assert reading.torn == cut - reading.size


@pytest.mark.parametrize("case", range(size(50, 512)))
def test_rubbish_at_the_end_is_dropped_and_the_journal_goes_on(
    tmp_path: Path, case: int, tally
) -> None:
    luck = random.Random(case)
    path = tmp_path / "journal.jsonl"
    whole = b"".join(lines_of(4))
    rubbish = luck.randbytes(luck.randrange(1, 513)) if case % 2 else b"\0" * 512
    path.write_bytes(whole + rubbish)
    journal = Journal(path)
    assert len(journal.entries) == 4
    assert journal.torn == len(rubbish)
    journal.append({"kind": "end"})
    journal.close()
    reading = read_journal(path)
    assert [entry["n"] for entry in reading.entries] == [0, 1, 2, 3, 4]
    assert reading.torn == 0
    tally("R3", "torn journal cut back to its last whole line", cases=1)


def test_a_damaged_middle_line_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    lines = lines_of(5)
    start = len(lines[0]) + len(lines[1])
    for place in range(start, start + len(lines[2])):
        for bit in (0, 5):
            data = bytearray(b"".join(lines))
            data[place] ^= 1 << bit
            path.write_bytes(data)
            with pytest.raises(ResultDamaged):
                read_journal(path)


def test_a_missing_or_moved_line_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    lines = lines_of(4)
    for order in ([0, 1, 3], [0, 2, 1, 3], [1, 2, 3], [0, 1, 1, 2]):
        path.write_bytes(b"".join(lines[n] for n in order))
        with pytest.raises(ResultDamaged, match="not the next entry"):
            read_journal(path)


def test_a_deeply_nested_line_is_no_way_in(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    body = b"[" * 100_000 + b"]" * 100_000
    import zlib

    line = b'{"length":%d,"crc32":"%08x","entry":%s}\n' % (len(body), zlib.crc32(body), body)
    path.write_bytes(line)
    assert read_journal(path).entries == ()


def test_a_torn_tail_is_reported_and_the_sweep_ends_the_same(toy_sweep, tmp_path: Path) -> None:
    folder = tmp_path / "one"
    digest = toy_sweep(folder=folder).digest
    journal = folder / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-20])
    said: list[str] = []
    result = toy_sweep(folder=folder, notify=said.append)
    assert result.digest == digest
    assert len(said) == 1
    assert "never finished" in said[0]
