"""A list for an appointment with the change that was asked for, read from an address.

A change is one more parameter (`up`, `down`, `remove`, `add`, `ask`, `empty`) beside the list as it
was, so that loading such an address again shows the same list. `join` is the address of another
list, whose entries come first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar
from urllib.parse import parse_qsl

from webapp.appointment.appointment_list import (
    LONGEST_QUESTION,
    MOST_MOMENTS,
    MOST_QUESTIONS,
    AppointmentList,
    read_moment,
    read_question,
)
from webapp.presenters.results.questions import clean_question
from webapp.rendering.moment_links import mended_query

# What the address of a list holds, its last change included.
_ENTRIES = {"m": "m", "q": "q", "add": "m", "ask": "q"}
_CHANGES = ("up", "down", "remove", "add", "ask", "empty")
NAMES = frozenset({"m", "q", "find", "join", *_CHANGES})

ListChange = Literal["", "added", "asked", "up", "down", "removed", "emptied", "there"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """The moment or question `number` of so many, as its buttons name it; `change` moved it."""

    item: str
    number: int
    of: int
    change: ListChange = ""

    @property
    def first(self) -> bool:
        """Whether nothing of its kind stands before it."""
        return self.number == 1

    @property
    def last(self) -> bool:
        """Whether nothing of its kind stands after it."""
        return self.number == self.of

    @property
    def can_move(self) -> bool:
        """Whether there are others of its kind."""
        return self.of > 1

    def is_focused(self, button: str) -> bool:
        """Whether a button of it is the one to go on with."""
        return self.focus == button

    @property
    def focus(self) -> Literal["", "up", "down"]:
        """The button to go on with after a move: the same, or at an end the other."""
        if self.change == "up":
            return "down" if self.first else "up"
        if self.change == "down":
            return "up" if self.last else "down"
        return ""


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A list with the change that was asked for already made to it.

    `before` is the list without the change, `item` what was changed (`m:...` or `q:...`).
    `unread` counts the entries that are no moments, `over` those that found no room; `cut` says
    that a question was longer than there is room for, `on_device` that a device keeps the list.
    """

    list: AppointmentList
    before: AppointmentList
    change: ListChange = ""
    item: str = ""
    unread: int = 0
    over: int = 0
    cut: bool = False
    on_device: bool = False

    @property
    def offers_joining(self) -> bool:
        """Whether a list was just begun in an address, where another one may be known."""
        return self.is_new and not self.on_device

    @property
    def came_with_link(self) -> bool:
        """Whether the list was only opened, from an address: somebody else may have made it."""
        return not self.on_device and not self.change

    @property
    def is_new(self) -> bool:
        """Whether the first thing was just put on it."""
        return self.change == "added" and not self.before

    @property
    def place(self) -> int:
        """Where what was moved or added is now, from 1; 0 when it is nowhere."""
        entries = (*self.entries("m"), *self.entries("q"))
        return next((one.number for one in entries if one.item == self.item), 0)

    @property
    def undo(self) -> str:
        """The list as it was before something was taken off, as a query; "" else."""
        return self.before.query if self.change in {"removed", "emptied"} else ""

    @property
    def tells_first(self) -> bool:
        """Whether what was done is to be read first; after a move, the button is."""
        return self.change not in {"", "up", "down"}

    def entries(self, kind: Literal["m", "q"]) -> tuple[Entry, ...]:
        """The moments or the questions, as what can be moved."""
        moments = [kept.key for kept in self.list.moments]
        items = [f"{kind}:{text}" for text in (moments if kind == "m" else self.list.questions)]
        return tuple(
            Entry(item, number, len(items), self.change if item == self.item else "")
            for number, item in enumerate(items, 1)
        )


def read_list_request(pairs: Sequence[tuple[str, str]], *, on_device: bool = False) -> ListRequest:
    """Read a list and a change to it from the parameters of an address. Nothing is an error."""
    pairs = (*_joined(pairs), *pairs)
    typed = [value for name, value in pairs if name == "m" and value.strip()]
    read = [read_moment(value) for value in typed]
    moments = _once(moment for moment in read if moment is not None)
    wanted = [value for name, value in pairs if name == "q"]
    questions = _once(question for question in map(read_question, wanted) if question)
    kept = AppointmentList(moments[:MOST_MOMENTS], questions[:MOST_QUESTIONS])
    read_so_far = ListRequest(
        kept,
        kept,
        unread=read.count(None),
        over=len(moments) + len(questions) - len(kept.moments) - len(kept.questions),
        cut=any(_too_long(value) for value in wanted),
        on_device=on_device,
    )
    for name, value in pairs:
        if name in _CHANGES and value.strip():
            return _changed(read_so_far, name, value.strip())
    return read_so_far


def _joined(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The entries of the list at another address; what is no such address counts as unread."""
    found = []
    for address in (value.strip() for name, value in pairs if name == "join"):
        query = address.partition("?")[2].partition("#")[0]
        entries = [
            (name, value) for name, value in parse_qsl(mended_query(query)) if name in _ENTRIES
        ]
        found += entries or [("m", address)]
    return [(_ENTRIES.get(name, name), value) for name, value in found]


def _changed(asking: ListRequest, name: str, value: str) -> ListRequest:
    if name == "empty":
        return replace(asking, list=AppointmentList(), change="emptied")
    if name == "add":
        return _added(asking, value)
    if name == "ask":
        return _asked(asking, value)
    return _moved(asking, name, value)


def _added(asking: ListRequest, value: str) -> ListRequest:
    moment, kept = read_moment(value), asking.list
    if moment is None:
        return replace(asking, unread=asking.unread + 1)
    item = f"m:{moment.key}"
    if moment in kept.moments:
        return replace(asking, change="there", item=item)
    if len(kept.moments) >= MOST_MOMENTS:
        return replace(asking, over=asking.over + 1)
    grown = replace(kept, moments=(*kept.moments, moment))
    return replace(asking, list=grown, change="added", item=item)


def _asked(asking: ListRequest, value: str) -> ListRequest:
    question, kept = read_question(value), asking.list
    asking = replace(asking, cut=asking.cut or _too_long(value))
    if not question:
        return asking
    if question in kept.questions:
        return replace(asking, change="there", item=f"q:{question}")
    if len(kept.questions) >= MOST_QUESTIONS:
        return replace(asking, over=asking.over + 1)
    grown = replace(kept, questions=(*kept.questions, question))
    return replace(asking, list=grown, change="asked", item=f"q:{question}")


def _moved(asking: ListRequest, name: str, value: str) -> ListRequest:
    """Move or remove `m:KEY` or `q:TEXT`; what is not on the list, or cannot move, stays."""
    kind, _, text = value.partition(":")
    kept, moment = asking.list, read_moment(text)
    if kind == "m" and moment in kept.moments:
        changed = replace(kept, moments=_without_or_moved(kept.moments, moment, name))
    elif kind == "q" and text in kept.questions:
        changed = replace(kept, questions=_without_or_moved(kept.questions, text, name))
    else:
        return asking
    done: ListChange = "up" if name == "up" else "down" if name == "down" else "removed"
    return replace(asking, list=changed, change=done, item=value)


def _without_or_moved(items: tuple[T, ...], item: T | None, name: str) -> tuple[T, ...]:
    at = items.index(item)
    rest = [*items[:at], *items[at + 1 :]]
    if name != "remove":
        rest.insert(max(0, at - 1) if name == "up" else at + 1, items[at])
    return tuple(rest)


def _once(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))


def _too_long(text: str) -> bool:
    shown = clean_question(text)
    return shown.cut or len(shown.text) > LONGEST_QUESTION
