"""A document that grows by draws; what the mechanisms in this folder share."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import generators as make

Plain = dict[str, Any]


@dataclass
class Draft:
    """A document that grows and the draws that it grows by."""

    luck: random.Random
    plain: Plain

    def __getitem__(self, section: str) -> Plain:
        found: Plain = self.plain.setdefault(section, {})
        return found

    def any_of(self, section: str) -> str:
        return self.luck.choice(list(self[section]))

    def number(self, low: float, high: float) -> Plain:
        return make.number(self.amount(low, high))

    def amount(self, low: float, high: float) -> float:
        return round(self.luck.uniform(low, high), 3)

    def is_drawn(self, chance: float) -> bool:
        return self.luck.random() < chance

    def levers_of(self, *owners: str) -> list[str]:
        return [name for name, lever in self["levers"].items() if lever["owner"] in owners]

    def within(self, lever: str) -> Plain:
        """Return a value that a lever may take, often one of its ends."""
        low, high = self["levers"][lever]["bounds"]
        return make.number(self.luck.choice([low, high, self.amount(low, high)]))

    def is_on_table(self, *levers: str) -> bool:
        return any(set(levers) <= set(each["table"]) for each in self["channels"].values())
