"""R17: inputs that changed never mix with what is stored."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from toy_kernel import ToyKernel

from minsksim.errors import ProvenanceError, ResultDamaged
from minsksim.experiment import replay, replay_all, resume
from minsksim.experiment.question import question as question_module
from minsksim.experiment.storage.journal import line_of
from minsksim.experiment.storage.manifest import manifest_bytes
from minsksim.scenario import load_scenario

PAIR = Path(__file__).parent.parent / "data" / "pair"


def begun(folder: Path) -> None:
    """Cut a result back to its begin line, as a sweep that was killed early."""
    journal = folder / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().splitlines(keepends=True)[0])


def forge(folder: Path, change) -> None:
    """Rewrite the manifest and its hash in the journal, as if begun with other inputs."""
    import hashlib

    path = folder / "manifest.json"
    manifest = json.loads(path.read_bytes())
    change(manifest)
    data = manifest_bytes(manifest)
    path.write_bytes(data)
    entry = {"kind": "begin", "manifest": hashlib.sha256(data).hexdigest(), "n": 0}
    (folder / "journal.jsonl").write_bytes(line_of(entry))


def test_one_changed_digit_in_the_scenario_is_another_question(toy_sweep, tmp_path: Path) -> None:
    shutil.copytree(PAIR, tmp_path / "pair")
    text = (tmp_path / "pair" / "base.yaml").read_text()
    (tmp_path / "pair" / "base.yaml").write_text(text.replace("value: 200", "value: 201"))
    changed = load_scenario(tmp_path / "pair" / "base.yaml")
    same = toy_sweep()
    assert toy_sweep(changed).id != same.id
    assert toy_sweep().path == same.path


def test_every_part_of_the_question_changes_the_id(toy_sweep, pair, free) -> None:
    ids = [
        toy_sweep(*scenarios, **asked).id
        for scenarios, asked in [
            ((pair,), {}),
            ((free,), {}),
            ((pair, free), {}),
            ((free, pair), {}),
            ((pair,), {"seed": 1}),
            ((pair,), {"runs": 201}),
            ((pair,), {"series": 19}),
            ((pair,), {"where": ["agreements>1"]}),
            ((pair,), {"design": "lhs", "points": 2}),
            ((pair,), {"design": "sobol", "points": 2}),
        ]
    ]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("software", "numpy"), "0.1"),
        (("question", "rules"), "0" * 64),
        (("question", "seed"), 7),
        (("question", "version"), "0.0.1"),
        (("scenarios", 0, "document", "title"), "Another title"),
    ],
)
def test_a_begun_result_of_other_inputs_is_refused(toy_sweep, place, value) -> None:
    folder = toy_sweep().path

    def change(manifest) -> None:
        node = manifest
        for key in place[:-1]:
            node = node[key]
        node[place[-1]] = value
        if place[0] == "question":
            manifest["id"] = question_module.id_of(manifest["question"])

    forge(folder, change)
    with pytest.raises(ProvenanceError, match=str(place[-1])) as caught:
        toy_sweep(folder=folder)
    assert caught.value.exit_code == 8


def test_a_forged_id_is_damage(toy_sweep) -> None:
    folder = toy_sweep().path
    forge(folder, lambda manifest: manifest["question"].update(seed=9))
    with pytest.raises(ResultDamaged, match="not the hash of the question"):
        toy_sweep(folder=folder)


def test_resume_refuses_other_rules(toy_sweep, monkeypatch) -> None:
    folder = toy_sweep().path
    begun(folder)
    assert resume(folder, kernel=ToyKernel()).digest
    monkeypatch.setattr(question_module.Question, "__init__", _init_with("other"))
    begun(folder)
    with pytest.raises(ProvenanceError, match="rules of the model"):
        resume(folder, kernel=ToyKernel())


def _init_with(rules: str):
    original = question_module.Question.__init__

    def init(self, *arguments, **options) -> None:
        original(self, *arguments, **options)
        object.__setattr__(self, "rules", rules)

    return init


def test_the_manifest_alone_makes_the_same_sweep(toy_sweep, pair, free, tmp_path: Path) -> None:
    result = toy_sweep(pair, free, design="lhs", points=8, runs=10, where=["agreements>1"])
    alone = tmp_path / "alone" / result.id
    alone.mkdir(parents=True)
    shutil.copy(result.path / "manifest.json", alone)
    assert resume(alone, kernel=ToyKernel()).digest == result.digest
    assert replay_all(result.path, kernel=ToyKernel()).is_same


def test_a_row_replays_from_its_point_and_replication(toy_sweep, pair, free) -> None:
    result = toy_sweep(pair, free, design="lhs", points=8, runs=10)
    again = replay(result.path, scenario=free.name, point=5, replication=3)
    assert again.scenario.digest == free.digest
    assert again.scenario.document == free.document
    assert (again.seed, again.replication) == (0, 3 + (5 << 32))  # each point has its own draws
    assert set(again.point) == set(result.varied)
    kernel = ToyKernel()
    compiled = kernel.compile_scenario(again.scenario)
    import numpy as np

    numbers = dict(zip(compiled.number_names, compiled.numbers, strict=True)) | dict(again.point)
    block = kernel.simulate(
        compiled,
        np.array([list(numbers.values())]),
        np.array([0]),
        np.array([again.replication]),
        again.seed,
    )
    assert block.measures[0].tolist() == list(again.measures.values())
