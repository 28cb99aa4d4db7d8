"""The command line: every command parses, calls one public function and prints.

This is the only place that imports click, and nothing heavy is imported before a command runs.
``main`` is also the one boundary at which errors turn into a message and an exit code.
"""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from typing import NoReturn

import click

from minsksim.cli.commands.bench import bench
from minsksim.cli.commands.check import check
from minsksim.cli.commands.compare import compare
from minsksim.cli.commands.completion import completion
from minsksim.cli.commands.export import export
from minsksim.cli.commands.lab import lab
from minsksim.cli.commands.list import list_
from minsksim.cli.commands.notebook import notebook
from minsksim.cli.commands.plot import plot
from minsksim.cli.commands.replay import replay
from minsksim.cli.commands.results import results
from minsksim.cli.commands.run import run
from minsksim.cli.commands.schema import schema
from minsksim.cli.commands.sensitivity import sensitivity
from minsksim.cli.commands.show import show
from minsksim.cli.commands.sources import sources
from minsksim.cli.commands.sweep import sweep
from minsksim.cli.commands.verify import verify
from minsksim.cli.commands.warm import warm
from minsksim.cli.signals import insist
from minsksim.cli.stopping import MESSAGE, Stopped, stoppable
from minsksim.errors import MinsksimError
from minsksim.notice import NOTICE
from minsksim.text import shown

_CRASH = (
    "This is a fault of minsksim and not of what you typed. Set MINSKSIM_TRACEBACK=1 to see "
    "where it happened, and report it."
)


class _Program(click.Group):
    """The group of all commands, and the one place where errors meet the user."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a newcomer needs them."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the nearest one."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            close = get_close_matches(args[0], self.commands, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            ctx.fail(f"No command {args[0][:60]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what goes wrong becomes one message and an exit code."""
        _never_fail_to_encode()
        try:
            with stoppable(), insist():
                return super().invoke(ctx)
        except MinsksimError as error:
            _stop(ctx, str(error), error.exit_code)
        except (Stopped, KeyboardInterrupt) as signalled:
            _stop(ctx, MESSAGE, getattr(signalled, "exit_code", 130))
        except BrokenPipeError:
            raise
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            _stop(ctx, f"{place}{error.strerror or error}. Make room or choose another place.", 7)
        except MemoryError:
            _stop(ctx, "Not enough memory. Use fewer runs or points.", 1)
        except click.UsageError as error:
            # newer clicks quote what was typed so that no terminal obeys it, older ones do not
            text = error.format_message()
            if text != shown(text):
                raise click.UsageError(shown(text), error.ctx) from None
            raise
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            if os.environ.get("MINSKSIM_TRACEBACK"):
                raise
            _stop(ctx, f"{type(error).__name__}: {str(error)[:300]}\n{_CRASH}", 1)


def _stop(ctx: click.Context, message: str, code: int) -> NoReturn:
    click.echo(shown(message), err=True)
    ctx.exit(code)


def _never_fail_to_encode() -> None:
    """Write a question mark where a terminal lacks a letter, rather than break off."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


@click.group(
    cls=_Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=NOTICE,
)
@click.version_option(package_name="minsksim", prog_name="minsksim")
def main() -> None:
    """Transactional diplomacy as a model you can read, run and question.

    Begin with 'minsksim list'. Then 'minsksim run minsk' tells one run as a story, and 'minsksim
    sweep minsk' plays many and shows how far they differ.

    \b
    Exit codes: 0 done, 1 'verify' missed a number, 2 wrong use, 3 bad scenario,
    4 finished with failed runs, 5 result damaged, 6 result busy, 7 disk full or
    read-only, 8 inputs changed since it began, 130 or 143 stopped (a sweep goes on
    with the same command).
    """  # noqa: D301 - click keeps the lines only where it finds the character itself


for _command in (
    list_,
    show,
    check,
    sources,
    schema,
    run,
    sweep,
    compare,
    bench,
    sensitivity,
    replay,
    plot,
    export,
    results,
    verify,
    lab,
    notebook,
    warm,
    completion,
):
    main.add_command(_command)
