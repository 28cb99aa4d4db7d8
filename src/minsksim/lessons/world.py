"""Where a lab plays: its scenarios in one skin, and the runs that its answers rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from minsksim.errors import UsageError
from minsksim.experiment.running.kernel import Compiled, Engine
from minsksim.frozen import FrozenMap
from minsksim.lessons import skins
from minsksim.scenario.places import nearest

if TYPE_CHECKING:
    import pandas as pd

    from minsksim.engine.record.run import Run
    from minsksim.scenario import Scenario

Setting = float | str | bool
Settings = Mapping[str, Setting]
Pairs = tuple[tuple[str, Setting], ...]

NO_SETTINGS: Settings = FrozenMap({})


@dataclass(frozen=True)
class World:
    """The cases of a lab in the fictional or the named skin.

    What is computed here is kept, so asking twice costs nothing.
    """

    skin: str
    cases: Mapping[str, str] = field(hash=False)
    seed: int = 0

    def case(self, name: str, settings: Settings = NO_SETTINGS) -> Scenario:
        """Return a case, with other values for some numbers or structure, by dotted name."""
        return _case(self._reference(name), self.skin, tuple(settings.items()))

    def runs(self, name: str, runs: int = 400, settings: Settings = NO_SETTINGS) -> pd.DataFrame:
        """Return the measures of many runs of a case, one row a run, as this skin names them."""
        return _runs(self._reference(name), self.skin, tuple(settings.items()), runs, self.seed)

    def measures(
        self, name: str, runs: int = 400, settings: Settings = NO_SETTINGS
    ) -> pd.DataFrame:
        """Return the same under the invented names, which answers are written in."""
        frame = self.runs(name, runs, settings)
        return (
            frame if self.skin == skins.FICTIONAL else frame.rename(columns=skins.fictional_names)
        )

    def run(self, name: str, replication: int = 0) -> Run:
        """Return one run of a case, with every turn."""
        return _run(self._reference(name), self.skin, replication, self.seed)

    def word(self, name: str) -> str:
        """Return an invented identifier as this skin spells it."""
        return name if self.skin == skins.FICTIONAL else skins.real_names(name)

    def _reference(self, name: str) -> str:
        if name not in self.cases:
            raise UsageError(f"This lab has no case {name!r}. {nearest(name, self.cases)}")
        return self.cases[name]


class _AtPoint(Engine):
    """The engine at other values of some numbers, without reading the file again."""

    def __init__(self, numbers: Mapping[str, float]) -> None:
        self._numbers = numbers

    def compile_scenario(self, scenario: Scenario) -> Compiled:
        """Lay a scenario out as arrays, with the numbers replaced."""
        from minsksim.engine.arrays.compile import compile_scenario

        compiled = compile_scenario(scenario)
        return replace(compiled, numbers=compiled.point(self._numbers))


@lru_cache(maxsize=64)
def _case(reference: str, skin: str, settings: Pairs) -> Scenario:
    return skins.load(reference, skin, settings)


@lru_cache(maxsize=128)
def _runs(reference: str, skin: str, settings: Pairs, runs: int, seed: int) -> pd.DataFrame:
    from minsksim.experiment.running.memory import simulate_runs
    from minsksim.scenario.given import check_point

    plain = _case(reference, skin, ())
    numbers = {
        name: float(value)
        for name, value in settings
        if name in plain.numbers and not isinstance(value, str)
    }
    check_point(plain, numbers, "settings")
    others = tuple(pair for pair in settings if pair[0] not in numbers)

    case = _case(reference, skin, others)
    return simulate_runs(case, runs, seed, threads=None, kernel=_AtPoint(numbers))


@lru_cache(maxsize=32)
def _run(reference: str, skin: str, replication: int, seed: int) -> Run:
    from minsksim.engine.single_run import run_scenario

    return run_scenario(_case(reference, skin, ()), seed=seed, replication=replication)
