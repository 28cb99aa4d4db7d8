"""The page on writing scenarios names every key of the format, and its variant is a real one."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML

from minsksim.scenario import markets, schema, stocks
from minsksim.scenario.fields import Section
from minsksim.scenario.shape import field_names, validate_json

MODELS = [
    model
    for model in (vars(schema) | vars(markets) | vars(stocks)).values()
    if isinstance(model, type) and issubclass(model, BaseModel) and model is not Section
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_is_explained(root: Path, model: type[BaseModel]) -> None:
    page = (root / "scenarios/README.md").read_text()
    named = set(re.findall(r"[`{,\s]([a-z_]+)(?=[`,:}])", page))
    assert set(field_names(model)) <= named


def test_the_variant_shown_is_a_variant(root: Path) -> None:
    page = (root / "scenarios/README.md").read_text()
    shown = next(
        block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "based_on" in block
    )
    validate_json(schema.VariantDocument, YAML(typ="safe", pure=True).load(shown))
