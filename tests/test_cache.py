"""What is compiled or parsed is taken only from a folder that nobody else could have filled."""

from __future__ import annotations

import logging
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from minsksim import _cache
from minsksim.scenario import kept
from minsksim.scenario.places import Position

LEAF = "py0-0123456789abcdef"
FIND = f"from minsksim import _cache; print(_cache.writable_folder({LEAF!r}), _cache.handed_down())"
STRANGER = 54321
pytestmark = pytest.mark.skipif(os.name == "nt", reason="no owners and modes")
needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="gives folders away"
)


@pytest.fixture(autouse=True)
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin as a process does, with a home and a temporary folder of the test's own."""
    monkeypatch.setattr(_cache, "_FRESH", {})
    monkeypatch.setattr(_cache, "_NOTICED", [])
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setenv("MINSKSIM_CACHE", str(tmp_path / "cache"))
    (tmp_path / "tmp").mkdir()
    (tmp_path / "tmp").chmod(0o1777)
    yield
    _cache.drop_fresh()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A cache that minsksim made."""
    found = _cache.own_folder(LEAF)
    assert found == tmp_path / "cache/minsksim" / LEAF
    return found.parent


def link(folder: Path) -> None:
    moved = folder.with_name("moved")
    folder.rename(moved)
    folder.symlink_to(moved)


def become_a_file(folder: Path) -> None:
    for inner in folder.iterdir():
        inner.rmdir()
    folder.rmdir()
    folder.touch()


def open_to_group(folder: Path) -> None:
    folder.chmod(0o770)


def open_to_all(folder: Path) -> None:
    folder.chmod(0o1777)


def give_away(folder: Path) -> None:
    os.chown(folder, STRANGER, STRANGER)


TRAPS: list[Callable[[Path], None]] = [link, become_a_file, open_to_group, open_to_all]
GIVEN = pytest.param(give_away, marks=needs_root)


@pytest.mark.parametrize("trap", [*TRAPS, GIVEN])
@pytest.mark.parametrize("inner", ["", LEAF])
def test_a_folder_that_others_have_a_hand_in_is_not_used(trap, inner, home, tmp_path, caplog):
    trap(home / inner)
    with caplog.at_level(logging.WARNING):
        assert _cache.own_folder(LEAF) is None
        found = _cache.writable_folder(LEAF)
    assert found == tmp_path / f"tmp/minsksim-{os.geteuid()}" / LEAF
    assert _cache.handed_down() == {}
    (record,) = caplog.records
    assert record.name == "minsksim"
    assert str(home / inner) in record.getMessage()
    assert "Set MINSKSIM_CACHE to a folder of your own." in record.getMessage()


@pytest.mark.parametrize("above", ["", "cache"])
def test_a_place_where_all_may_rename_is_not_used(above, home, tmp_path, caplog):
    (tmp_path / above).chmod(0o777)
    assert _cache.own_folder(LEAF) is None
    assert f"everybody may rename what is in {tmp_path / above}" in caplog.text
    (tmp_path / above).chmod(0o1777)  # but those of others, where it is sticky
    assert _cache.own_folder(LEAF) == home / LEAF
    (tmp_path / above).chmod(0o700)


@needs_root
def test_a_place_where_a_group_may_rename_is_not_used(home, tmp_path, caplog) -> None:
    """A group of several users is not private; one that has the user's name and nobody else is."""
    import grp

    shared = next(one.gr_gid for one in grp.getgrall() if one.gr_gid and one.gr_name != "root")
    os.chown(tmp_path, -1, shared)
    tmp_path.chmod(0o775)
    assert _cache.own_folder(LEAF) is None
    assert f"a group of users may rename what is in {tmp_path}" in caplog.text
    tmp_path.chmod(0o1775)  # where it is sticky, each renames only its own
    assert _cache.own_folder(LEAF) is not None
    os.chown(tmp_path, -1, os.getegid())
    tmp_path.chmod(0o775)
    assert _cache._is_private(os.getegid())
    assert _cache.own_folder(LEAF) is not None


@needs_root
def test_a_place_of_somebody_else_is_not_used(home, tmp_path, caplog, monkeypatch):
    os.chown(tmp_path / "cache", STRANGER, STRANGER)
    assert _cache.own_folder(LEAF) is None
    assert f"{tmp_path / 'cache'} belongs to another user ({STRANGER})" in caplog.text
    # a container that maps few users shows the system's own folders so
    monkeypatch.setattr(_cache, "_roots", lambda: (0, STRANGER))
    assert _cache.own_folder(LEAF) == home / LEAF


@pytest.mark.parametrize(
    ("mapped", "roots"),
    [("0 0 4294967295\n", (0,)), ("1000 1000 1\n", (0, 65534)), ("0 1000 1\n1 100000 999\n", None)],
)
def test_the_system_outside_of_a_container_is_known_by_its_number(mapped, roots, monkeypatch):
    texts = {"/proc/self/uid_map": mapped, "/proc/sys/kernel/overflowuid": "65534\n"}
    monkeypatch.setattr(Path, "read_text", lambda self: texts[str(self)])
    assert _cache._roots.__wrapped__() == (roots or (0, 65534))


def test_another_user_uses_nothing_of_ours(home, monkeypatch, caplog):
    real = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: real + STRANGER)
    assert _cache.own_folder(LEAF) is None
    assert f"belongs to another user ({real})" in caplog.text


@pytest.mark.parametrize("mask", [0o000, 0o002, 0o077])
def test_folders_are_made_for_one_user_alone(mask, tmp_path):
    before = os.umask(mask)
    try:
        found = _cache.writable_folder(LEAF)
    finally:
        os.umask(before)
    for folder in (found, found.parent, found.parents[1]):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert found == tmp_path / "cache/minsksim" / LEAF == _cache.own_folder(LEAF)


def test_a_link_above_is_followed_once(home, tmp_path, monkeypatch):
    (tmp_path / "shortcut").symlink_to(tmp_path / "cache")
    monkeypatch.setenv("MINSKSIM_CACHE", str(tmp_path / "shortcut"))
    assert _cache.own_folder(LEAF) == home / LEAF


def test_a_user_without_a_home_has_a_folder_by_number(tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("MINSKSIM_CACHE", os.devnull)
    found = _cache.writable_folder(LEAF)
    assert found == tmp_path / f"tmp/minsksim-{os.geteuid()}" / LEAF
    assert caplog.records == []


def spoil_both(tmp_path: Path) -> None:
    for folder in (tmp_path / "cache/minsksim", tmp_path / f"tmp/minsksim-{os.geteuid()}"):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o777)


def test_the_last_resort_is_fresh_and_handed_down(tmp_path, caplog):
    spoil_both(tmp_path)
    found = _cache.writable_folder(LEAF)
    assert found.parents[1].parent == tmp_path / "tmp"
    assert _cache.writable_folder(LEAF) == found
    assert len(caplog.records) == 1
    environment = os.environ | _cache.handed_down()
    done = subprocess.run(
        [sys.executable, "-c", FIND], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(found), "{}"]
    assert done.stderr == ""
    assert found.exists()
    child = os.fork()
    if child == 0:
        _cache.drop_fresh()
        os._exit(0)
    os.waitpid(child, 0)
    assert found.exists()
    _cache.drop_fresh()
    assert not found.parents[1].exists()


def test_a_fresh_folder_goes_with_its_process(tmp_path):
    spoil_both(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", FIND], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.startswith(str(tmp_path / "tmp/minsksim-"))
    (line,) = done.stderr.splitlines()  # where nobody has set up logging
    assert line.endswith("Set MINSKSIM_CACHE to a folder of your own.")
    left = [one.name for one in (tmp_path / "tmp").iterdir()]
    assert left == [f"minsksim-{os.geteuid()}"]


def test_a_fresh_folder_lies_where_nobody_can_rename_it(tmp_path):
    (tmp_path / "tmp").chmod(0o777)
    spoil_both(tmp_path)
    found = _cache.writable_folder(LEAF)
    assert not found.is_relative_to(tmp_path)


def test_processes_that_begin_together_share_a_folder(tmp_path):
    command = [sys.executable, "-c", FIND]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(6)]
    found = {process.communicate()[0] for process in started}
    assert found == {f"{tmp_path / 'cache/minsksim' / LEAF} {{}}\n"}


def test_a_file_is_replaced_and_a_link_in_its_place_is_not_followed(tmp_path):
    outside, place = tmp_path / "outside", tmp_path / "entry"
    outside.write_bytes(b"not yours")
    place.symlink_to(outside)
    with pytest.raises(OSError, match="entry"):
        _cache.read_own(place, 100)
    _cache.write_own(place, b"ours")
    assert outside.read_bytes() == b"not yours"
    assert _cache.read_own(place, 4) == b"ours"
    with pytest.raises(OSError, match="not what minsksim wrote"):
        _cache.read_own(place, 3)


def test_only_regular_files_are_read_and_no_pipe_is_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder", "nothing"):
        with pytest.raises(OSError, match=name):
            _cache.read_own(tmp_path / name, 100)


def test_a_write_that_fails_leaves_nothing(tmp_path):
    (tmp_path / "taken").mkdir()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(OSError, match="taken"):
        _cache.write_own(tmp_path / "taken", b"")
    assert sorted(tmp_path.iterdir()) == before


def test_a_scenario_is_not_looked_up_where_others_may_write(home):
    places = {(): Position("x.yaml", 1, 1)}
    kept.keep_tree(b"content", {}, places)
    assert kept.find_tree(b"content", "x.yaml") == ({}, places)
    open_to_group(home / "scenarios")
    assert kept.find_tree(b"content", "x.yaml") is None
    (entry,) = (home / "scenarios").iterdir()
    entry.unlink()
    kept.keep_tree(b"content", {}, places)
    assert not any((home / "scenarios").iterdir())
