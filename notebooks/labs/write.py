"""Write every lab's notebook and the teacher's edition from their definitions: ``make labs``."""

from pathlib import Path

from minsksim.lessons.catalog import all_labs
from minsksim.lessons.lab import Lab
from minsksim.lessons.notebook import write_notebook
from minsksim.lessons.teacher import guide

HERE = Path(__file__).parent


def file_of(lab: Lab) -> str:
    """Return the name of a lab's notebook here, the number first."""
    return f"lab_{lab.number}_{lab.name}.ipynb"


def contents() -> dict[str, str]:
    """Return every generated file by name."""
    files = {file_of(lab): write_notebook(lab) for lab in all_labs()}
    return {**files, "teacher.md": guide(all_labs())}


if __name__ == "__main__":
    for name, text in contents().items():
        (HERE / name).write_text(text, encoding="utf-8")
        print(name)
