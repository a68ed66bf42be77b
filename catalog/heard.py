"""Written aliases: what captions write instead of a name, and the words that have to be near."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from catalog.model import Heard, Term

_ENTRY = re.compile(
    r"(?P<said>[^\[\];,]+?)\s*"
    r"(?:\[(?P<near>[^\[\];]+)(?:;\s*(?P<within>[1-9]\d?)\s+(?P<unit>words?|sentences?)\s*)?\])?"
)
_HOW = "write 'ross one', or 'met [exon, skipping; 3 words]' with words that have to be near"
# One word shorter than this is an everyday word too often to stand for a name by itself.
_SHORTEST_ALONE = 7


def read_heard(entries: Sequence[str]) -> tuple[tuple[Heard, ...], str]:
    """Read the entries of a cell, and say in one sentence what is wrong with one, if any is."""
    found: list[Heard] = []
    for entry in entries:
        match = _ENTRY.fullmatch(entry.strip())
        near = _words(match["near"]) if match else ()
        if match is None or (match["near"] is not None and not near):
            return tuple(found), f"{entry!r} cannot be read; {_HOW}"
        said = " ".join(match["said"].split())
        if not near and " " not in said and len(said) < _SHORTEST_ALONE:
            return tuple(found), f"{said!r} is short: add words that have to be near, in brackets"
        found.append(_heard(said, near, match))
    return tuple(found), ""


def _heard(said: str, near: tuple[str, ...], match: re.Match[str]) -> Heard:
    if not match["within"]:
        return Heard(said, near)
    unit: Literal["words", "sentences"] = "words" if match["unit"][0] == "w" else "sentences"
    return Heard(said, near, int(match["within"]), unit)


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in (text or "").split(",") if word.strip())


def clashes(terms: Iterable[Term]) -> Iterator[tuple[str, str]]:
    """Yield (term, what is wrong) where one is heard as what is, or is heard as, another."""
    every = tuple(terms)
    names = {
        name.casefold(): term.canonical
        for term in every
        for name in (term.canonical, *term.variants)
    }
    heard: dict[tuple[str, str], str] = {}
    for term in every:
        for one in term.heard:
            said = one.said.casefold()
            if names.get(said, term.canonical) != term.canonical:
                yield term.canonical, f"{one.said!r} is a name of {names[said]!r}"
            for near in one.near or ("",):
                other = heard.setdefault((said, near.casefold()), term.canonical)
                if other != term.canonical:
                    yield term.canonical, f"{one.said!r} is also what {other!r} is heard as"
                    break
