"""Break every rule on purpose, a little at a time, and see whether a test goes red.

    python tests/mutation/run.py             every file of src/minsksim/rules and theory
    python tests/mutation/run.py exchange    the files whose name has this in it
    python tests/mutation/run.py --every 5   a sample, every fifth mutant

For each mutant the rule's doctests, the oracles of ``minsksim verify`` that import it and the
files of tests/rules and tests/theory that import it run in a process of their own, without
compilation and for a limited time. What came of it is kept under .cache/mutation by the hash of
rule and tests, so a second run only tries what changed, and an interrupted one goes on. Mutants
that live on are explained in survivors.md; the exit code is 1 where fewer than 90 of 100 are
killed.
"""

from __future__ import annotations

import argparse
import ast
import doctest
import hashlib
import importlib.abc
import importlib.util
import json
import os
import re
import resource
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

os.environ["NUMBA_DISABLE_JIT"] = "1"
sys.dont_write_bytecode = True

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACKAGE = ROOT / "src/minsksim"
FOLDERS = ("rules", "theory")
CACHE = ROOT / ".cache/mutation"
PROCESSES = 2
LEAST_KILLED = 0.9
FEW = 15
"""Examples of each property that a mutant meets first; who lives on meets all of them."""
ALL = 100
FEWER = 30
SEARCHES = "rules/test_many_parties.py"
"""Its properties are searches: who lives on meets fewer examples there, or costs a minute."""
PATIENCE = 3.0
"""How much more of a processor than the plain rule a mutant may take, and three seconds."""

sys.path[:0] = [str(HERE), str(ROOT / "tests")]
from mutants import Mutant, mutants_of  # noqa: E402


class Faulty(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module another source."""

    def __init__(self, module: str, file: Path, source: str) -> None:
        self.module, self.file, self.source = module, file, source

    def find_spec(self, name, path=None, target=None):
        if name != self.module:
            return None
        return importlib.util.spec_from_loader(name, self, origin=str(self.file))

    def exec_module(self, module):
        module.__file__ = str(self.file)
        exec(compile(self.source, str(self.file), "exec"), module.__dict__)


def imports_of(file: Path) -> set[str]:
    """Return the rules that a file imports, by folder and name."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    modules = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    modules |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    parts = [m.split(".") for m in modules if m.startswith("minsksim.")]
    return {f"{part[1]}/{part[2]}" for part in parts if part[1] in FOLDERS and len(part) == 3}


def checks_of(rule: str) -> tuple[list[Path], list[Path]]:
    """Return the test files, the rule's own first, and the oracle topics that import a rule."""
    files = [f for name in FOLDERS for f in sorted((ROOT / "tests" / name).glob("test_*.py"))]
    tests = [f for f in files if rule in imports_of(f)]
    tests.sort(key=lambda file: file.stem != f"test_{rule.partition('/')[2]}")
    topics = [f for f in (ROOT / "src/minsksim/verify").glob("*.py") if rule in imports_of(f)]
    return tests, sorted(topics)


def digest(rule: str) -> str:
    """Return a hash of all that decides whether a rule's mutants live."""
    tests, topics = checks_of(rule)
    files = [PACKAGE / f"{rule}.py", *tests, *topics, HERE / "mutants.py"]
    files += [PACKAGE / f"{other}.py" for other in sorted(imports_of(PACKAGE / f"{rule}.py"))]
    joined = b"\0".join(file.read_bytes() for file in files)
    return hashlib.sha256(joined).hexdigest()[:16]


class Hurried:
    """A pytest plugin: a failing example is enough, nobody needs the smallest one."""

    def __init__(self, examples: int) -> None:
        self.examples = examples

    def pytest_collection(self) -> None:
        from hypothesis import Phase, settings

        settings.register_profile(
            "mutation",
            settings.get_profile("minsksim"),
            phases=(Phase.explicit, Phase.generate),
            max_examples=self.examples,
        )
        settings.load_profile("mutation")


def check(rule: str, source: str, examples: int) -> int:
    """Run in a process of its own: 0 if nothing notices that the rule has this source."""
    import pytest

    module = f"minsksim.{rule.replace('/', '.')}"
    tests, topics = checks_of(rule)
    sys.meta_path.insert(0, Faulty(module, PACKAGE / f"{rule}.py", source))
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    # compiled rules return plain numbers; without compilation numpy's name stands before them
    plain = {"legacy": "1.25"} if np.__version__ >= "2" else {}
    with np.printoptions(**plain):
        if doctest.testmod(importlib.import_module(module), optionflags=flags).failed:
            return 1
    from minsksim.verify.oracle import examine

    for topic in topics:
        for oracle in importlib.import_module(f"minsksim.verify.{topic.stem}").ORACLES:
            if not examine([oracle])[0].passed:
                return 1
    words = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *map(str, tests)]
    return int(pytest.main(words, plugins=[Hurried(examples)])) if tests else 0


def fate(
    rule: str, source: str, seconds: int, examples: int, shows: bool = False
) -> tuple[str, float]:
    """Return killed, survived or timeout, and the seconds of a processor that it took."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            if not shows:
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, 1)
                os.dup2(nowhere, 2)
            status = check(rule, source, examples)
        except BaseException as error:
            if shows:
                print(f"{rule}: {type(error).__name__}: {error}")
        finally:
            os._exit(min(status, 1))
    _, status, used = os.wait4(child, 0)
    word = "timeout" if os.WIFSIGNALED(status) else "killed" if status else "survived"
    return word, used.ru_utime + used.ru_stime


def try_rule(rule: str, every: int, pool: ThreadPoolExecutor) -> dict[str, list[Mutant]]:
    """Return the mutants of a rule by their fate, from the cache where nothing changed."""
    source = (PACKAGE / f"{rule}.py").read_text(encoding="utf-8")
    file = CACHE / f"{rule.replace('/', '.')}-{digest(rule)}.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    known = {}
    if file.exists():
        for line in file.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            known[record["key"]] = record["fate"]
    mutants = mutants_of(source)[::every]
    keys = [f"{k * every} {mutant.name}" for k, mutant in enumerate(mutants)]
    open_ones = [(key, m) for key, m in zip(keys, mutants, strict=True) if key not in known]
    seconds = 0
    is_slow = any(file.as_posix().endswith(SEARCHES) for file in checks_of(rule)[0])
    examples = FEWER if is_slow else ALL
    if open_ones:
        verdict, used = fate(rule, source, 600, examples)
        if {verdict, fate(rule, source, 600, FEW)[0]} != {"survived"}:
            fate(rule, source, 600, examples, shows=True)
            print(f"{rule}: its tests fail without any mutant, with compilation off", flush=True)
            return {"broken": []}
        seconds = 3 + int(PATIENCE * used)

    def one(item: tuple[str, Mutant]) -> None:
        key, mutant = item
        known[key], _ = fate(rule, mutant.source, seconds, FEW)
        if known[key] == "survived":
            known[key], _ = fate(rule, mutant.source, seconds, examples)
        with file.open("a", encoding="utf-8") as log:
            log.write(json.dumps({"key": key, "fate": known[key]}) + "\n")

    list(pool.map(one, open_ones))
    found: dict[str, list[Mutant]] = {"killed": [], "timeout": [], "survived": []}
    for key, mutant in zip(keys, mutants, strict=True):
        found[known[key]].append(mutant)
    return found


def explained() -> set[str]:
    """Return the names of the survivors that survivors.md explains, with their files."""
    text = (HERE / "survivors.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w/]+)` \| `(.+?)` \|", text, re.MULTILINE)
    return {f"{rule} {name}" for rule, name in rows}


def main() -> None:
    parser = argparse.ArgumentParser(description="Mutants of the rules, and what survives.")
    parser.add_argument("--every", type=int, default=1, help="a sample: every N-th mutant")
    parser.add_argument("pattern", nargs="*", default=[""], help="part of a rule file's name")
    asked = parser.parse_args()
    words = asked.pattern
    rules = [
        f"{name}/{f.stem}"
        for name in FOLDERS
        for f in sorted((PACKAGE / name).glob("*.py"))
        if not f.stem.startswith("_")
    ]
    rules = [rule for rule in rules if any(word in rule for word in words)]
    # forked children start with these loaded, and with no rule loaded
    for heavy in ("hypothesis.extra.numpy", "networkx", "pandas", "pytest", "scipy.optimize"):
        importlib.import_module(heavy)
    for heavy in ("scipy.integrate", "scipy.stats", "minsksim._compiled.store", "minsksim.errors"):
        importlib.import_module(heavy)
    known = explained()
    total = killed = 0
    is_broken = False
    strangers = []
    with ThreadPoolExecutor(PROCESSES) as pool:
        for rule in rules:
            found = try_rule(rule, asked.every, pool)
            if "broken" in found:
                is_broken = True
                continue
            count = sum(len(part) for part in found.values())
            dead = count - len(found["survived"])
            total, killed = total + count, killed + dead
            print(f"{rule:32} {dead:4} of {count:4} killed", flush=True)
            for mutant in found["survived"]:
                is_known = f"{rule} {mutant.name}" in known
                strangers += [] if is_known else [mutant]
                print(f"    {'=' if is_known else '?'} {rule}.py:{mutant.line} {mutant.name}")
    share = killed / total if total else 1.0
    unexplained = f"{len(strangers)} survivors not explained (?)"
    print(f"{killed} of {total} killed, {share:.1%}; {unexplained}")
    sys.exit(is_broken or share < LEAST_KILLED)


if __name__ == "__main__":
    main()
