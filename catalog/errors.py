"""Errors that are told in sentences, the code that a command then ends with, and this room's."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of every command."""

    DONE = 0
    PART = 1  # done in part; the report says what is missing
    WRONG = 2  # wrong use, or a catalogue that cannot be used
    BLOCKED = 3  # the other side blocks us, or there is no network


class SaidError(Exception):
    """What is wrong, as a sentence for a person; a command that it ends leaves with `exit`."""

    exit = ExitCode.WRONG


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something to mend: in which file, in which entry and field, and what to do about it."""

    file: str
    says: str
    entry: str = ""
    field: str = ""

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.entry, self.field) if part)
        return f"{self.file}: {place}: {self.says}" if place else f"{self.file}: {self.says}"


class CatalogError(SaidError):
    """The catalogue cannot be used as it is; `problems` holds every reason at once."""

    def __init__(self, problems: Iterable[Mistake]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
