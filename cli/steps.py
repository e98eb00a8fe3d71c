"""What a person sees while the command works: one line per step with the time it took."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Steps:
    """Prints the steps of a command; silent when `quiet`."""

    def __init__(self, *, quiet: bool = False) -> None:
        """Begin to count the time."""
        self.console = Console(quiet=quiet, highlight=False)
        self._began = time.monotonic()

    @property
    def elapsed_seconds(self) -> float:
        """Give how long the command has run."""
        return time.monotonic() - self._began

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        """Show a step while it runs, then how long it took."""
        began = time.monotonic()
        with self.console.status(f"{text} …"):
            yield
        self.console.print(f"  [green]✓[/] {text} [dim]{time.monotonic() - began:.1f} s[/]")

    @contextmanager
    def progress(self, text: str) -> Iterator[Callable[[str, int, int], None]]:
        """Show a bar for a step of many parts (name of the part, parts done, parts in all), then how long it took."""
        began = time.monotonic()
        columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
        with Progress(*columns, console=self.console, transient=True, disable=not self.console.is_terminal) as bar:
            task = bar.add_task(text)
            yield lambda name, done, total: bar.update(task, description=name, completed=done, total=total)
        self.console.print(f"  [green]✓[/] {text} [dim]{time.monotonic() - began:.1f} s[/]")

    def note(self, text: str) -> None:
        """Say something that took no time."""
        self.console.print(f"  [dim]·[/] {text}", soft_wrap=True)
