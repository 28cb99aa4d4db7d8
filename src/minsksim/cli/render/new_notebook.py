"""Writing a notebook into the folder where somebody works."""

from __future__ import annotations

from pathlib import Path

from minsksim.cli.render.output import echo, say
from minsksim.errors import UsageError
from minsksim.experiment.storage.files import write_new_file


def put_here(name: str, content: bytes) -> None:
    """Write a new file, and say how to open it; a file that is there is left as it is."""
    path = Path(name)
    try:
        write_new_file(path, content)
    except FileExistsError:
        raise UsageError(
            f"{path} is already here and is left as it is. Move it away, or go to another folder."
        ) from None
    echo(str(path))
    say(
        f"Open it with 'jupyter lab {path}'. 'pip install \".[notebooks]\"' in the folder of "
        "minsksim brings Jupyter."
    )
