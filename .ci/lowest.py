"""Print what pip needs to install the oldest version of everything that pyproject.toml allows.

``python .ci/lowest.py [EXTRA]`` prints one exact requirement a line, of the base and the extra.
"""

import re
import sys
import tomllib
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))[
    "project"
]


def lowest(requirement: str) -> str:
    """Return ``name==1.2`` for ``name>=1.2,<3``."""
    found = re.match(r"([\w.-]+)>=([\w.]+)", requirement)
    if found is None:
        raise SystemExit(f"{requirement} has no lower bound; pyproject.toml should give one")
    return f"{found[1]}=={found[2]}"


def main() -> None:
    """Print them."""
    wanted = list(PROJECT["dependencies"])
    for extra in sys.argv[1:]:
        wanted += PROJECT["optional-dependencies"][extra]
    print("\n".join(lowest(each) for each in wanted if not each.startswith("minsksim[")))


if __name__ == "__main__":
    main()
