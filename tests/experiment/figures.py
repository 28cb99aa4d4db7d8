"""The table that ``make chaos`` ends with: one line for each claim, its cases added up."""

# ruff: noqa: T201 (it prints the table)

from __future__ import annotations

import json
import sys
from pathlib import Path

SUMS = {"kills", "sweeps", "cases", "flips", "disks", "rounds", "starters", "signals", "mutants",
        "changes", "keys", "runs", "blocks_done_again"}  # fmt: skip


def shown(name: str) -> str:
    """Return a name as words."""
    return name.replace("_", " ")


def main() -> None:
    """Print the figures of a report."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        note = json.loads(line)
        key = int(note["test"][1:]), note["test"], note["what"]
        figures = found.setdefault(key, {})
        for name, value in note.items():
            if name in SUMS:
                figures[name] = figures.get(name, 0) + value
            elif name not in ("test", "what"):
                figures[name] = max(figures.get(name, value), value)
    print("| test | what | figures |\n| --- | --- | --- |")
    for (_, test, what), figures in sorted(found.items()):
        texts = [
            f"{value:,.0f} {shown(name)}" if name in SUMS else f"{value:,.3g} {shown(name)}"
            for name, value in figures.items()
        ]
        print(f"| {test} | {what} | {', '.join(texts)} |")


if __name__ == "__main__":
    main()
