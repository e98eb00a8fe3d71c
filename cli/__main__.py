"""Run the `strongroom` command: `python -m cli <command>`."""

from cli.app import app

app(prog_name="strongroom")
