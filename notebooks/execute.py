"""Execute notebooks from clean kernels, two at a time; with ``--filled``, answers are typed.

A lab runs as it comes, where it waits for guesses and shows nothing, and once more with every
guess and answer typed, where all of it must run and be right. No kernel imports from the folder
that it works in, which may hold anything.
"""

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient

from minsksim.experiment.running.children import environment_of_children
from minsksim.lessons.catalog import find_lab
from minsksim.lessons.order import shuffled
from minsksim.lessons.world import World

OPENED = re.compile(r'mk\.lab\("(\w+)"')
PLACE = re.compile(r'(lab\.(?:predict|check)\("(\w+)", )"\.\.\."')
SECONDS = 300
# IPython before 9.7 puts the working folder back, whatever the environment says
OUTSIDE = "--InteractiveShellApp.ignore_cwd=True"


def filled(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Type every right answer, and end with a cell that demands that all were right."""
    opened = OPENED.search("\n".join(cell.source for cell in notebook.cells))
    if opened is None:
        return notebook
    one = shuffled(find_lab(opened[1]), 0)
    world = World("fictional", one.cases, one.seed)
    typed = {question.key: repr(question.answer(world)) for question in one.questions}
    for cell in notebook.cells:
        cell.source = PLACE.sub(lambda match: match[1] + typed[match[2]], cell.source)
    demand = "assert len(lab.solved) == len(lab.lab.questions)"
    notebook.cells.append(nbformat.v4.new_code_cell(demand))
    return notebook


def execute(file: Path, has_answers: bool) -> str:
    """Execute one notebook, and return its name with an error's text, if there is one."""
    notebook = nbformat.read(file, as_version=4)
    if has_answers:
        notebook = filled(notebook)
    # a lab keeps answers where it runs, and would take up those of the run before
    with TemporaryDirectory() as folder:
        place = {"metadata": {"path": folder if file.parent.name == "labs" else "."}}
        client = NotebookClient(
            notebook, timeout=SECONDS, resources=place, extra_arguments=[OUTSIDE]
        )
        try:
            client.execute(env=environment_of_children())
        except Exception as error:
            return f"{file}: {error}"
    return f"{file}{', answers typed' if has_answers else ''}: done"


def main(files: list[str]) -> int:
    """Execute all of them; 1 if any failed."""
    has_answers = "--filled" in files
    paths = [Path(name) for name in files if not name.startswith("--")]
    with ThreadPoolExecutor(2) as pool:
        lines = list(pool.map(lambda path: execute(path, has_answers), paths))
    print("\n".join(lines))
    return int(not all(line.endswith("done") for line in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
