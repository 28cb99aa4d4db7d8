"""No name and no text in a file leads to a file outside the scenario's folder."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from experiment.hostile import payloads
from sizes import size

from minsksim.errors import ScenarioError
from minsksim.scenario import load_scenario

ELSEWHERE = [
    "../../base.yaml",
    "../../../etc/passwd",
    "/etc/passwd",
    "/etc/passwd.yaml",
    "..",
    ".",
    "/",
    "../",
    "../base.yaml/",
    "../base.yaml\\u0000.txt",
    "..\\\\base.yaml",
    "C:\\\\base.yaml",
    "C:/base.yaml",
    "\\\\\\\\host\\\\share\\\\base.yaml",
    "//host/share/base.yaml",
    "file:///etc/passwd",
    "https://example.org/base.yaml",
    "~/base.yaml",
    "~root/base.yaml",
    "$HOME/base.yaml",
    "%2e%2e/base.yaml",
    "..%2fbase.yaml",
    "../variants/../base.yaml",
    "../variants/../../base.yaml",
    "./../base.yaml",
    "../../pair/base.yaml",
    "../other/base.yaml",
    "other/base.yaml",
    "../BASE.yaml",
    "../Base.yaml",
    "../base.YAML",
    "../base.yml",
    "../base",
    "../bаse.yaml",
    "../base.yaml ",
    " ../base.yaml",
    "../base.yaml\\n",
    "../base..yaml",
    "../.base.yaml",
    ".hidden.yaml",
    "../*.yaml",
    "../base.yaml?x",
    "../base.yaml#x",
    "../base.yaml;id",
    "../$(id).yaml",
    "../`id`.yaml",
    "|id",
    "-",
    "../" + "a" * 300 + ".yaml",
    "../" * 100 + "etc/passwd",
    "/proc/self/environ",
    "/dev/zero",
    "/dev/stdin",
    "con.yaml",
    "../nul\\u0001.yaml",
    "link.yaml",
    "../link.yaml",
    "../outside/base.yaml",
]


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """Return the list that fills with every path Python opens during the test."""
    paths: list[str] = []
    active = True

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if active and event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            paths.append(os.fsdecode(arguments[0]))

    sys.addaudithook(hook)
    yield paths
    active = False


@pytest.mark.parametrize("target", ELSEWHERE)
def test_a_variant_cannot_lead_out_of_its_folder(
    target: str, home: Path, opened: list[str]
) -> None:
    lead_out(target, home, opened)


def test_r13_nor_can_any_of_hundreds(
    home: Path, opened: list[str], tally: Callable[..., None]
) -> None:
    names = payloads(size(60, 500))
    original = (home / "variants/free_transit.yaml").read_text()
    for name in names:
        (home / "variants/free_transit.yaml").write_text(original)
        # as JSON has it: quotes, backslashes and controls escaped
        lead_out(json.dumps(name)[1:-1], home, opened)
        for link in (home / "link.yaml", home / "variants/link.yaml"):
            link.unlink()
    what = "bases of a variant that lead elsewhere: refused, nothing outside opened"
    tally("R13", what, cases=len(names) + len(ELSEWHERE))


def lead_out(target: str, home: Path, opened: list[str]) -> None:
    secret = home.parent / "secret.yaml"
    secret.write_bytes((home / "base.yaml").read_bytes())
    for link in (home / "link.yaml", home / "variants/link.yaml"):
        link.symlink_to(secret)
    variant = home / "variants/free_transit.yaml"
    text = variant.read_text().replace("based_on: ../base.yaml", f'based_on: "{target}"')
    variant.write_text(text)
    opened.clear()
    with pytest.raises(ScenarioError):
        load_scenario(variant)
    read = {
        Path(path).resolve()
        for path in opened
        if path.endswith((".yaml", ".bib")) or not path.startswith(sys.prefix)
    }
    assert {path for path in read if not path.is_relative_to(home.resolve())} <= set()


NAMES = [
    "../minsk",
    "minsk/../minsk",
    "minsk/variants/x",
    "/etc/passwd",
    "minsk/",
    "/minsk",
    "MINSK",
    "minsk\0",
    "",
    ".",
    "..",
    "a" * 300,
    "minsk\\base",
    "mïnsk",
    "minsk/base.yml/x",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_never_a_path(name: str) -> None:
    with pytest.raises(ScenarioError):
        load_scenario(name)


@pytest.mark.parametrize("name", ["missing.yaml", "\0.yaml", "a" * 5000 + ".yaml"])
def test_a_file_that_is_not_there(name: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError):
        load_scenario(tmp_path / name)


def test_a_folder_and_a_pipe_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    for name in ("folder.yaml", "pipe.yaml"):
        with pytest.raises(ScenarioError):
            load_scenario(tmp_path / name)


def test_a_bibliography_that_is_a_link_is_not_followed(home: Path, tmp_path: Path) -> None:
    (home / "sources.bib").rename(tmp_path / "elsewhere.bib")
    (home / "sources.bib").symlink_to(tmp_path / "elsewhere.bib")
    with pytest.raises(ScenarioError, match=r"There is no sources\.bib"):
        load_scenario(home / "base.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title = {x",
        "@string{a = {b}} @misc{a}",
        "@misc{x, title = a # a}",
        "\0",
        "@",
        "@misc{a, title={1}}\n@misc{a, title={2}}",
        "\x1b[2J",
        "@misc{}",
        "@misc{a,,,}",
    ],
)
def test_a_broken_bibliography_is_a_fault_of_the_scenario(text: str, home: Path) -> None:
    (home / "sources.bib").write_text(text)
    with pytest.raises(ScenarioError):
        load_scenario(home / "base.yaml")
