"""A spinner with a sentence for commands that take a while; on the error stream, so that output can be piped."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


@contextmanager
def spinning(sentence: str) -> Iterator[Callable[[str], None]]:
    """Show a sentence for as long as the block; what is yielded changes it."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(sentence)
        yield lambda now: progress.update(task, description=now)
