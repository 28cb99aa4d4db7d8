"""``minsksim schema``: the JSON Schema of a scenario file."""

from __future__ import annotations

import click

from minsksim.cli.render.output import echo


@click.command()
def schema() -> None:
    """Print the JSON Schema of a scenario file.

    With it an editor can complete and check scenario files.
    """
    import json

    from minsksim.scenario import json_schema

    echo(json.dumps(json_schema(), indent=1))
