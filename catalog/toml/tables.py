"""Reads the tables of a curated TOML file into values, and collects every problem on the way."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from catalog.errors import Mistake
from catalog.toml.fields import Reader, WrongItemsError, shown

T = TypeVar("T")
NameOf = Callable[[Mapping[str, Any]], object]


@dataclass(frozen=True, slots=True)
class TableShape(Generic[T]):
    """What a table becomes: `make` is called with its fields, each as its reader returns it.

    `needed` are the fields without which there is no value. `names` maps a field in the file to
    the value's own, where they differ. With `title`, one of the needed fields, a table that lacks
    what it needs becomes a value all the same, with an empty title: so its other fields can be
    checked, and it is known to be of no other use.
    """

    make: Callable[..., T]
    readers: Mapping[str, Reader[Any]]
    needed: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    title: str = ""


class TomlFile:
    """One file while it is read: `name` is the file's in all problems, which are collected."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Mistake] = []

    def report(self, says: str, entry: str = "", field: str = "") -> None:
        """Add a problem."""
        self.problems.append(Mistake(self.name, says, entry, field))

    def parse(self, text: str) -> dict[str, Any] | None:
        """The file's outermost table, or None where the text is not TOML."""
        try:
            return tomllib.loads(text)
        except (ValueError, RecursionError) as err:  # ValueError also for an endless number
            self.report(f"this is not valid TOML: {err}")
            return None

    def values(
        self, table: Mapping[str, Any], shape: TableShape[T], entry: str = ""
    ) -> dict[str, Any]:
        """The fields of a table that can be used, by the names that the value has for them."""
        values = {}
        for name, value in table.items():
            if name not in shape.readers:
                known = ", ".join(sorted(shape.readers))
                self.report(f"there is no such field; the fields are {known}", entry, name)
                continue
            try:
                values[shape.names.get(name, name)] = shape.readers[name](value)
            except ValueError as refusal:
                if isinstance(refusal, WrongItemsError):
                    values[shape.names.get(name, name)] = refusal.kept
                for says in dict.fromkeys(map(str, refusal.args)):
                    self.report(says, entry, name)
        for name in shape.needed:
            if name not in table:
                self.report("this field is needed and missing", entry, name)
        return values

    def entry(self, table: Any, shape: TableShape[T], entry: str, **given: Any) -> T | None:
        """The value of one table, named `entry` in problems; None where there is none.

        A field that cannot be used is left out, and of a list what cannot. `given` are values that
        the table need not hold.
        """
        if not isinstance(table, dict):
            self.report(f"write a table of fields, not {shown(table)}", entry)
            return None
        values = {**given, **self.values(table, shape, entry)}
        if all(shape.names.get(name, name) in values for name in shape.needed):
            return shape.make(**values)
        if not shape.title:
            return None
        return shape.make(**{"slug": entry or self.name, **values, shape.title: ""})

    def only(self, table: Mapping[str, Any], key: str) -> Any:
        """The value of `key`, [] where there is none; a problem for every other key."""
        for name in table.keys() - {key}:
            self.report(f"there is no such field; this file holds [[{key}]]", field=name)
        return table.get(key, [])

    def entries(
        self,
        value: Any,
        key: str,
        shape: TableShape[T],
        name_of: NameOf = lambda table: table.get("slug"),
    ) -> tuple[T, ...]:
        """The values of a list of tables, without those of which there is none."""
        tables = self.tables(value, key, name_of=name_of)
        read = (self.entry(table, shape, name) for name, table in tables)
        return tuple(one for one in read if one is not None)

    def tables(
        self,
        value: Any,
        key: str,
        called: str = "",
        name_of: NameOf = lambda table: table.get("slug"),
    ) -> Iterator[tuple[str, Any]]:
        """Yield the tables of a list, each with its name for problems: (name, table).

        An entry's name is what `name_of` returns; where that is no text, `called` and a number.
        """
        if not isinstance(value, list):
            self.report(f"write each entry under its own [[{key}]]", field=key)
            return
        for number, table in enumerate(value, start=1):
            name = name_of(table) if isinstance(table, dict) else None
            known = isinstance(name, str) and bool(name.strip())
            yield str(name) if known else f"{called or key} number {number}", table


def inline(shape: TableShape[T]) -> Reader[T]:
    """Make a reader of a small table inside an entry, such as a chapter."""

    def read(value: Any) -> T:
        file = TomlFile("")
        part = file.entry(value, shape, "")
        if part is None or file.problems:
            raise ValueError("; ".join(f"{p.field}: {p.says}".strip(": ") for p in file.problems))
        return part

    return read
