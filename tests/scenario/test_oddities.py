"""Bombs and oddities are refused quickly, cheaply and with their own sentence."""

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from minsksim.errors import ScenarioError
from minsksim.scenario import load_scenario
from minsksim.scenario.read import parse_tree

DEEP = b"a: " + b"[" * 5000
ALIAS_BOMB = b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"
BIDI = "title: safe \u202etxt\n"
ODDITIES: dict[str, tuple[bytes, str]] = {
    "alias": (b"a: &x 1\nb: *x\n", "an anchor"),
    "alias alone": (b"b: *x\n", "an alias"),
    "alias bomb": (ALIAS_BOMB, "an anchor"),
    "alias as key": (b"*x : 1\n", "an alias"),
    "merge key": (b"a: {b: 1}\nc:\n  <<: {b: 2}\n", "a merge key"),
    "depth in flow": (DEEP, "nested deeper than 20"),
    "depth in maps": (b"{a: " * 3000, "nested deeper than 20"),
    "depth in block": (
        b"".join(b" " * i + b"a:\n" for i in range(60)) + b" " * 60 + b"b: 1",
        "nested deeper than 20",
    ),
    "width": (b"a: [" + b"1," * 400_000 + b"1]", "more than 50000 nodes"),
    "size": (b"# " + b"x" * (1 << 20), "larger than 1 MiB"),
    "long scalar": (b"a: " + b"x" * 20_000, "at most 10000"),
    "long quoted scalar": (b'a: "' + b"x" * 20_000 + b'"', "at most 10000"),
    "long block scalar": (b"a: |\n" + b"  xxxxxxxx\n" * 3_000, "at most 10000"),
    "long key": (b"x" * 500 + b": 1\n", "at most 200"),
    "many digits": (b"a: " + b"9" * 10_000, "at most 40"),
    "many decimals": (b"a: 0." + b"9" * 9_000, "at most 40"),
    "overflow": (b"a: 1e999\n", "too large"),
    "nan": (b"a: .nan\n", "not a finite number"),
    "infinite": (b"a: -.inf\n", "not a finite number"),
    "bare nan": (b"a: nan\n", "not a finite number"),
    "duplicate key": (b"a: 1\nb: 2\na: 3\n", "written twice, first in line 1"),
    "duplicate key, nested": (b"a: {b: 1, b: 2}\n", "written twice"),
    "duplicate key, quoted": (b"a: 1\n'a': 2\n", "written twice"),
    "tag": (b"a: !!python/object/apply:os.system [id]\n", "a tag"),
    "tag on a scalar": (b"a: !!str 1\n", "a tag"),
    "own tag": (b"a: !thing 1\n", "a tag"),
    "bare tag": (b"a: ! 1\n", "a tag"),
    "tag on a key": (b"!!str a: 1\n", "a tag"),
    "unknown tag handle": (b"a: !x!y 1\n", "is not YAML"),
    "tag directive": (b"%TAG ! tag:x,2000:\n---\na: 1\n", "a directive"),
    "version directive": (b"%YAML 1.1\n---\na: 010\n", "a directive"),
    "NUL": (b"a: \x00\n", "U+0000"),
    "escaped NUL": (b'a: "\\0"\n', "U+0000"),
    "escape character": (b"a: \x1b[31m\n", "U+001B"),
    "escaped escape": (b'a: "\\x1b[31m"\n', "U+001B"),
    "byte order mark": (b"\xef\xbb\xbfa: 1\n", "byte order mark"),
    "inner byte order mark": ("a: \ufeff1\n".encode(), "U+FEFF"),
    "UTF-16": ("a: 1\n".encode("utf-16"), "is not UTF-8"),
    "UTF-16 without a mark": ("a: 1\n".encode("utf-16-le"), "U+0000"),
    "Latin-1": (b"a: caf\xe9\n", "is not UTF-8"),
    "overlong UTF-8": (b"a: \xc0\xaf\n", "is not UTF-8"),
    "surrogate": (b"a: \xed\xa0\x80\n", "is not UTF-8"),
    "bidi control": (BIDI.encode(), "U+202E"),
    "escaped bidi control": (b'a: "\\u202e"\n', "U+202E"),
    "bidi control in a key": ("a\u2066: 1\n".encode(), "U+2066"),
    "zero-width space": ("a\u200b: 1\n".encode(), "U+200B"),
    "line separator": ("a: b\u2028c\n".encode(), "U+2028"),
    "Norway": (b"country: NO\n", "true or false to some readers"),
    "yes": (b"secret: yes\n", "Write true or false"),
    "capital true": (b"secret: True\n", "small letters"),
    "sexagesimal": (b"at: 1:30\n", "base 60"),
    "octal": (b"a: 010\n", "leading zero"),
    "new octal": (b"a: 0o10\n", "not a decimal number"),
    "hexadecimal": (b"a: 0x1F\n", "not a decimal number"),
    "underscore": (b"a: 1_000\n", "underscore"),
    "null": (b"a: null\n", "nothing is written here"),
    "tilde": (b"a: ~\n", "nothing is written here"),
    "empty value": (b"a:\nb: 1\n", "nothing is written here"),
    "number as key": (b"1: a\n", "is not a name"),
    "list as key": (b"? [a, b]\n: 1\n", "a key must be a name"),
    "mapping as key": (b"{a: 1}: 1\n", "a key must be a name"),
    "two documents": (b"a: 1\n---\nb: 2\n", "a second document"),
    "empty": (b"", "is empty"),
    "only a comment": (b"# nothing\n", "is empty"),
    "only a scalar": (b"hello\n", "is not a mapping"),
    "only a list": (b"- a\n", "is not a mapping"),
    "tab": (b"a:\n\tb: 1\n", "is not YAML"),
    "unclosed quote": (b'a: "b\n', "is not YAML"),
    "unclosed bracket": (b"a: [1, 2\n", "is not YAML"),
    "bad indentation": (b"a: 1\n  b: 2\n", "is not YAML"),
    "bad escape": (b'a: "\\q"\n', "is not YAML"),
}


@pytest.mark.parametrize("name", ODDITIES)
def test_oddities_are_refused_quickly_and_cheaply(
    name: str, pair: Path, tally: Callable[..., None]
) -> None:
    load_scenario(pair)  # the parser is imported by now
    content, sentence = ODDITIES[name]
    began = time.process_time()
    with pytest.raises(ScenarioError) as caught:
        parse_tree(content, "odd.yaml")
    spent = time.process_time() - began
    tracemalloc.start()
    try:
        with pytest.raises(ScenarioError):
            parse_tree(content, "odd.yaml")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert sentence in str(caught.value)
    assert str(caught.value).startswith("odd.yaml")
    assert str(caught.value).isprintable()
    assert spent < 0.2  # 0.1 s on a machine that does nothing else
    assert peak < 50 << 20
    what = "bombs and oddities: refused with their own sentence"
    tally("R12", what, cases=1, slowest_s=spent, peak_mb=peak / (1 << 20))


def test_ambiguous_scalars_are_text_when_quoted() -> None:
    text = b"a: 'NO'\nb: \"1:30\"\nc: '010'\nd: on\ne: 2026-01-01\nf: 1.5.2\ng: 12 km\n"
    tree = parse_tree(text, "x.yaml")
    assert tree.value == {
        "a": "NO",
        "b": "1:30",
        "c": "010",
        "d": "on",
        "e": "2026-01-01",
        "f": "1.5.2",
        "g": "12 km",
    }
