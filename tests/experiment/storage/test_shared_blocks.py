"""Blocks that others did: in a folder, in memory, on an object store; gathered as one result."""

from __future__ import annotations

import json
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from toy_kernel import ToyKernel

from minsksim.errors import UsageError
from minsksim.experiment import Vary
from minsksim.experiment.question.request import SweepRequest
from minsksim.experiment.running.shard import Part, parse_part, perform_part
from minsksim.experiment.storage.manifest import Layout

LAYOUT = Layout(block=50, sample=10)


def asked(pair, **parts):
    return SweepRequest(**({"runs": 200, "series": 20} | parts)).question([pair])


def part(pair, folder: Path, text: str, **options):
    log = options.pop("log", None)
    return perform_part(
        asked(pair), folder, parse_part(text), kernel=ToyKernel(log=log), layout=LAYOUT, **options
    )


@pytest.mark.parametrize("parts", [1, 3, 5])
def test_parts_make_the_whole(toy_sweep, pair, tmp_path: Path, parts: int) -> None:
    whole = toy_sweep(folder=tmp_path / "whole").digest
    folder, log = tmp_path / "parts", tmp_path / "log"
    done = [part(pair, folder, f"{i}/{parts}") for i in range(1, parts + 1)]
    assert sum(one.runs for one in done) == 200
    assert sum(one.blocks for one in done) == 4 + 2
    result = toy_sweep(folder=folder, kernel=ToyKernel(log=log))
    assert result.digest == whole
    assert not log.exists()


def test_a_part_that_is_missing_is_done_by_the_whole(toy_sweep, pair, tmp_path: Path) -> None:
    whole = toy_sweep(folder=tmp_path / "whole").digest
    folder, log = tmp_path / "parts", tmp_path / "log"
    part(pair, folder, "1/2")
    result = toy_sweep(folder=folder, kernel=ToyKernel(log=log))
    assert result.digest == whole
    assert len(log.read_text().splitlines()) == 3


def test_a_part_done_twice_does_nothing_twice(pair, tmp_path: Path) -> None:
    first = part(pair, tmp_path / "parts", "2/3")
    again = part(pair, tmp_path / "parts", "2/3", log=tmp_path / "log")
    assert (first.before, again.before) == (0, first.blocks)
    assert not (tmp_path / "log").exists()


def test_damage_in_a_depot_is_as_if_absent(toy_sweep, pair, tmp_path: Path) -> None:
    whole = toy_sweep(folder=tmp_path / "whole").digest
    luck = random.Random(3)
    for case in range(12):
        folder = tmp_path / f"damaged-{case}"
        part(pair, folder, "1/1")
        path = luck.choice(sorted((folder / "parts").rglob("*-*.*")))
        data = bytearray(path.read_bytes())
        if case % 3 == 0:
            path.unlink()
        elif case % 3 == 1:
            path.write_bytes(data[: len(data) // 2])
        else:
            data[luck.randrange(len(data))] ^= 1 << luck.randrange(8)
            path.write_bytes(data)
        assert toy_sweep(folder=folder).digest == whole


def test_a_forged_block_of_other_runs_is_refused(toy_sweep, pair, tmp_path: Path) -> None:
    whole = toy_sweep(folder=tmp_path / "whole").digest
    folder = tmp_path / "forged"
    part(pair, folder, "1/1")
    (place,) = (folder / "parts").iterdir()
    for kind in ("json", "runs.parquet"):
        data = (place / f"runs-000-0000000050.{kind}").read_bytes()
        (place / f"runs-000-0000000100.{kind}").write_bytes(data)
    (place / "runs-000-0000000150.json").write_bytes(json.dumps({"../../x": "0" * 64}).encode())
    assert toy_sweep(folder=folder).digest == whole


def test_sound_shards_of_other_draws_do_not_pass(toy_sweep, pair, tmp_path: Path) -> None:
    """They are whole and hold the right runs, so only the hash in the receipt can tell."""
    whole = toy_sweep(folder=tmp_path / "whole").digest
    part(pair, tmp_path / "one", "1/1")
    other = asked(pair, seed=1)
    perform_part(other, tmp_path / "two", Part(1, 1), kernel=ToyKernel(), layout=LAYOUT)
    (place,) = (tmp_path / "one" / "parts").iterdir()
    (foreign,) = (tmp_path / "two" / "parts").iterdir()
    for path in foreign.glob("*.parquet"):
        (place / path.name).write_bytes(path.read_bytes())
    assert toy_sweep(folder=tmp_path / "one").digest == whole


def test_other_questions_and_layouts_never_meet(toy_sweep, pair, tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    part(pair, tmp_path / "x", "1/1", store=store)
    log = tmp_path / "log"
    toy_sweep(seed=1, store=store, kernel=ToyKernel(log=log))
    toy_sweep(folder=tmp_path / "other-cut", block=25, store=store, kernel=ToyKernel(log=log))
    assert len(log.read_text().splitlines()) == 6 + 10


@pytest.mark.parametrize("text", ["", "1", "0/3", "4/3", "a/b", "1/3/5", "-1/3", "1/9999999999"])
def test_a_part_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="--shard"):
        parse_part(text)


def test_rounds_cannot_be_divided(pair, tmp_path: Path) -> None:
    question = asked(pair, until=["agreements=1"], vary=[Vary("levers.toll.initial", 1, 2, 2)])
    with pytest.raises(UsageError, match="--until"):
        perform_part(question, tmp_path, Part(1, 2), kernel=ToyKernel())


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """An S3 look-alike on a port of our own, if one can be had here."""
    pytest.importorskip("s3fs")
    pytest.importorskip("moto.server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        patch = pytest.MonkeyPatch()
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        import s3fs

        for _ in range(100):
            time.sleep(0.3)
            try:
                files = s3fs.S3FileSystem(skip_instance_cache=True)
                files.mkdir("minsksim-test")
                break
            except Exception:
                continue
        else:
            pytest.skip("the look-alike does not start")
        yield "s3://minsksim-test/sweeps"
        patch.undo()
    finally:
        server.kill()
        server.wait()


@pytest.mark.parametrize("kind", ["memory", "file", "s3"])
def test_an_object_store_serves_as_well(
    toy_sweep, pair, tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    pytest.importorskip("fsspec")
    whole = toy_sweep(folder=tmp_path / "whole").digest
    url = {
        "memory": lambda: f"memory://{tmp_path.name}",
        "file": lambda: (tmp_path / "store").as_uri(),
        "s3": lambda: request.getfixturevalue("bucket"),
    }[kind]()
    for i in (1, 2):
        part(pair, tmp_path / "elsewhere", f"{i}/2", store=url)
    log = tmp_path / "log"
    result = toy_sweep(folder=tmp_path / "here", store=url, kernel=ToyKernel(log=log))
    assert result.digest == whole
    assert not log.exists()
    assert not (tmp_path / "elsewhere").exists()


def test_a_store_that_makes_no_sense_is_a_plain_error(pair, tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    with pytest.raises(UsageError, match="--store nonsense"):
        part(pair, tmp_path, "1/1", store="nonsense://place")
