"""``minsksim completion``: the line that switches on completion in a shell."""

from __future__ import annotations

import os
from pathlib import PurePosixPath

import click

from minsksim.cli.render.output import echo

_LINES = {
    "bash": 'eval "$(_MINSKSIM_COMPLETE=bash_source minsksim)"',
    "zsh": 'eval "$(_MINSKSIM_COMPLETE=zsh_source minsksim)"',
    "fish": "_MINSKSIM_COMPLETE=fish_source minsksim | source",
}
_FILES = {"bash": "~/.bashrc", "zsh": "~/.zshrc", "fish": "~/.config/fish/config.fish"}


@click.command()
@click.argument("shell", required=False, type=click.Choice(list(_LINES)))
def completion(shell: str | None) -> None:
    """Print the line that switches on completion in your shell.

    With it the Tab key completes commands, options and scenarios. Add the line to the file that is
    named below it. The shell is guessed unless you name it.
    """
    guess = PurePosixPath(os.environ.get("SHELL", "")).name
    name = shell or (guess if guess in _LINES else "bash")
    echo(_LINES[name])
    echo(f"add this line to {_FILES[name]}", err=True)
