"""Options that many commands share, and how all of them refuse."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from cli.data_folder import Refused

Data = Annotated[Path, typer.Option("--data-dir", envvar="STRONGROOM_DATA_DIR", help="Where everything is kept.")]
Url = Annotated[str, typer.Option("--url", help="Address of the gateway; by default the bank of the data folder.")]
DATA = Path("data")


@contextmanager
def one_line() -> Iterator[None]:
    """Turn what a command refuses into one clear line and exit status 1."""
    from cli.bank_client import Surprise

    try:
        yield
    except (Refused, Surprise) as refused:
        sys.stderr.write(f"strongroom: {refused}\n")
        raise typer.Exit(1) from None
