"""The table that ``make chaos`` ends with: one line for each claim, its cases added up.

Ends with 1 if a test left no figures: one that was skipped holds no bar.
"""

# ruff: noqa: T201 (it prints the table)

from __future__ import annotations

import json
import sys
from pathlib import Path

SUMS = {"kills", "sweeps", "cases", "flips", "disks", "rounds", "starters", "signals", "mutants",
        "changes", "keys", "runs", "blocks_done_again", "files", "accepted", "stores", "notebooks",
        "mishaps", "moved_away"}  # fmt: skip
DEMANDED = [*range(1, 14), *range(15, 22), 23, 24]
"""R14 has no subject, and R22 compares two releases."""


def shown(name: str) -> str:
    """Return a name as words."""
    return name.replace("_", " ")


def main() -> int:
    """Print the figures of a report; return 1 if a test is missing in it."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    report = Path(sys.argv[1])
    for line in report.read_text(encoding="utf-8").splitlines() if report.exists() else ():
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
    missing = [f"R{number}" for number in DEMANDED if number not in {key[0] for key in found}]
    if missing:
        print(f"\nNo figures, so no bar is held: {', '.join(missing)}.")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
