"""``minsksim warm``: compile beforehand what sweeps need."""

from __future__ import annotations

import click


@click.command()
def warm() -> None:
    """Compile now what the first sweep would compile.

    It takes about half a minute, once for each version of minsksim, and is kept for all scenarios.
    Do it before a class or a flight, or while an image of a machine is made. MINSKSIM_CACHE=FOLDER
    says where it is kept. A single run ('minsksim run') needs nothing compiled.
    """
    from time import monotonic

    from minsksim._compiled.loading import form_of, is_stored, requested
    from minsksim._compiled.store import folder
    from minsksim.cli.render.output import echo
    from minsksim.cli.render.progress import clock, compile_rules
    from minsksim.engine.batch import load_kernel, run_block
    from minsksim.errors import UsageError

    if requested() == "0":
        raise UsageError("MINSKSIM_COMPILED is 0, so nothing is compiled; unset it first")
    was_stored, begun = is_stored(run_block), monotonic()
    compile_rules()
    load_kernel()
    if form_of(run_block) is None:
        raise UsageError("numba compiles nothing here, so sweeps run in plain Python, slowly")
    done = (
        "The rules are compiled already"
        if was_stored
        else f"Compiled the rules in {clock(monotonic() - begun)}"
    )
    echo(f"{done}; they are kept in {folder().as_posix()}. Sweeps start at once.")
