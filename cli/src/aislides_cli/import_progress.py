"""What an import of one's own data is at: a line that moves on a terminal, nothing in a pipe."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from local_workspace.own_data.steps import Step
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from aislides_cli.cells import plain


class ImportProgress:
    """Shows steps on stderr inside its block; the line is gone after it."""

    def __init__(self, console: Console | None = None) -> None:
        console = console or Console(stderr=True, highlight=False)
        columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
        self._line = Progress(
            *columns, console=console, transient=True, disable=not console.is_terminal
        )
        self._task = self._line.add_task("")

    def __enter__(self) -> Self:
        self._line.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._line.stop()

    def show(self, step: Step) -> None:
        """The step in the place of the one before."""
        self._line.update(self._task, description=escape(told(step)))


def told(step: Step) -> str:
    """The step in words."""
    words = f"{plain(Path(step.file).name)}: {step.doing}" if step.file else step.doing
    if step.rows:
        words += f", {step.rows:,} rows"
    if 0 < step.share < 1:
        words += f" ({step.share:.0%} of the file)"
    return words
