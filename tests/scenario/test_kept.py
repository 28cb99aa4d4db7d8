"""Shipped scenarios are parsed once; whatever happens to what was kept, they read the same."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsksim import ScenarioError, load_scenario
from minsksim.scenario import kept, read
from minsksim.scenario.find import locate, shipped_root

FILES = sorted(shipped_root().glob("*/**/*.yaml"))
SMALL = "split_the_pie"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Use an empty cache, and forget what this process has read."""
    monkeypatch.setenv("MINSKSIM_CACHE", str(tmp_path / "cache"))
    read._read_cached.cache_clear()
    yield tmp_path / "cache/minsksim/scenarios"
    read._read_cached.cache_clear()


def again(path: Path) -> read.Tree:
    """Return a file as another process would read it."""
    read._read_cached.cache_clear()
    return read.read_tree(path, "x.yaml")


def spelled(node: object) -> str:
    """Return a node so that 1, 1.0, true and the order of keys can be told apart."""
    return repr(node)


def assert_same(tree: read.Tree, other: read.Tree) -> None:
    assert spelled(tree.value) == spelled(other.value)
    assert list(tree.positions.items()) == list(other.positions.items())
    assert tree.file == other.file


def refuse(*_: object) -> None:
    raise AssertionError("the file was parsed again")


@pytest.mark.parametrize("path", FILES, ids=[str(f.relative_to(shipped_root())) for f in FILES])
def test_what_is_kept_is_what_was_parsed(path, monkeypatch):
    parsed = again(path)
    assert_same(parsed, read.parse_tree(path.read_bytes(), "x.yaml"))
    monkeypatch.setattr(read, "parse_tree", refuse)
    assert_same(again(path), parsed)


def test_a_fault_is_placed_the_same_when_the_file_was_kept(tmp_path, monkeypatch):
    text = locate(SMALL).read_text(encoding="utf-8").replace("patience:", "patients:", 1)
    path = tmp_path / "base.yaml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(read, "shipped_root", lambda: tmp_path)
    with pytest.raises(ScenarioError) as cold:
        load_scenario(path)
    read._read_cached.cache_clear()
    monkeypatch.setattr(read, "parse_tree", refuse)
    with pytest.raises(ScenarioError) as warm:
        load_scenario(path)
    assert str(warm.value) == str(cold.value)
    line = 1 + text[: text.index("patients:")].count("\n")
    assert f"base.yaml:{line}:" in str(warm.value)


@given(st.data())
def test_a_damaged_entry_is_no_entry(data):
    path = locate(SMALL)
    tree = again(path)
    entry = kept._path_of(path.read_bytes())
    whole = entry.read_bytes()
    if data.draw(st.booleans()):
        damaged = whole[: data.draw(st.integers(0, len(whole) - 1))]
    else:
        place = data.draw(st.integers(0, len(whole) - 1))
        bit = 1 << data.draw(st.integers(0, 7))
        damaged = whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :]
    entry.write_bytes(damaged)
    assert_same(again(path), tree)
    assert entry.read_bytes() == whole  # and is made anew


def test_an_entry_of_another_file_is_no_entry():
    path, other = locate(SMALL), locate("sanction_episode")
    tree = again(path)
    again(other)
    content = kept._path_of(other.read_bytes()).read_bytes()
    kept._path_of(path.read_bytes()).write_bytes(content)
    assert_same(again(path), tree)


def test_other_code_that_reads_files_finds_nothing(monkeypatch):
    content = locate(SMALL).read_bytes()
    again(locate(SMALL))
    assert kept.find_tree(content, "x.yaml") is not None
    monkeypatch.setattr(kept, "_reader", lambda: hashlib.sha256(b"another").digest())
    assert kept.find_tree(content, "x.yaml") is None


def test_a_file_of_ones_own_is_never_kept(tmp_path, home):
    own = tmp_path / "own.yaml"
    own.write_bytes(locate(SMALL).read_bytes())
    again(own)
    assert not home.exists()


@pytest.mark.parametrize("in_the_way", ["cache", "cache/minsksim", "cache/minsksim/scenarios"])
def test_a_cache_that_cannot_be_written_is_done_without(in_the_way, tmp_path):
    blocked = tmp_path / in_the_way
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("")
    assert_same(again(locate(SMALL)), read.parse_tree(locate(SMALL).read_bytes(), "x.yaml"))


def test_a_user_without_a_home_does_without(monkeypatch):
    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("MINSKSIM_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", no_home)
    assert kept._path_of(b"") is None
    assert_same(again(locate(SMALL)), read.parse_tree(locate(SMALL).read_bytes(), "x.yaml"))
