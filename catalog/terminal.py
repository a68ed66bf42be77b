"""How commands speak: results on stdout, everything else on stderr, progress where one looks.

Times and numbers are written as people read them; inside, time is whole milliseconds.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import typer

from catalog.errors import ExitCode, SaidError


class Report(Protocol):
    """What a job did: sentences for a person, and the exit code that it comes to."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it."""

    @property
    def exit(self) -> ExitCode:
        """The exit code of a command that did this and nothing else."""


def tell(report: Report) -> ExitCode:
    """Print a report; returns its exit code."""
    print("\n".join(report.sentences))
    return report.exit


def say(sentence: str) -> None:
    """Tell the person at the terminal something that is no result."""
    print(sentence, file=sys.stderr, flush=True)


@contextmanager
def errors_as_sentences() -> Iterator[None]:
    """Say what is wrong in a sentence, and leave with the code for it."""
    try:
        yield
    except SaidError as err:
        say(str(err))
        raise typer.Exit(err.exit) from err


@contextmanager
def progress(what: str, total: int, *, lines: bool = True) -> Iterator[Callable[[str], None]]:
    """Yield a function that counts one step done and names it.

    A bar on a terminal; elsewhere one plain line a step, or none without `lines`. Of steps without
    a name about twenty have a line.
    """
    if not sys.stderr.isatty():
        yield _plain_steps(what, total) if lines else lambda _: None
        return
    from rich import progress as bars  # noqa: PLC0415 - a search need not wait for it
    from rich.console import Console  # noqa: PLC0415

    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TimeElapsedColumn(),
        bars.TextColumn("left"),
        bars.TimeRemainingColumn(compact=True),
        bars.TextColumn("{task.fields[step]}"),
    )
    with bars.Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=total, step="")
        yield lambda step: bar.update(task, advance=1, step=step)


def _plain_steps(what: str, total: int) -> Callable[[str], None]:
    done = 0
    every = max(1, total // 20)

    def step(name: str) -> None:
        nonlocal done
        done += 1
        if name:
            say(f"{what} {done}/{total}: {name}")
        elif done % every == 0 or done == total:
            say(f"{what} {done}/{total}")

    return step


def clock(ms: int) -> str:
    """Time as a player shows it: `1:23`, `1:02:03`."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def counted(number: int, thing: str) -> str:
    """Count things: `1 video`, `2,000 videos`."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
