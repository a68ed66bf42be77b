"""The one error of this room."""

from collections.abc import Iterable
from dataclasses import dataclass


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


class CatalogError(Exception):
    """The catalogue cannot be used as it is; `problems` holds every reason at once."""

    def __init__(self, problems: Iterable[Mistake]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
