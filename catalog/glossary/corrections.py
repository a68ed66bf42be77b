"""From the text of `corrections.toml` to what persons found captions to mean."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalog.errors import Mistake
from catalog.model import Correction, Term
from catalog.toml import fields
from catalog.toml.tables import TableShape, TomlFile
from catalog.words.word_lists import read_word_lists

_KEY = "corrections"
_UNDECIDED = "?"
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_EVERYDAY = read_word_lists("catalog/data/words/never_misheard.toml").word_set("everyday")


def _meant(value: Any) -> str:
    """Read what was meant; an empty text says that the captions are right."""
    if isinstance(value, str) and not value.strip():
        return ""
    meant = fields.text(value)
    if meant.startswith(_UNDECIDED):
        raise ValueError('write what was meant, or "" when the captions are right as they are')
    return meant


def _heard(value: Any) -> str:
    """Read the words that the captions have; at least one letter or digit."""
    words = fields.text(value)
    if not any(letter.isalnum() for letter in words):
        raise ValueError(f"{fields.shown(value)} holds no word; write what the captions have")
    return words


_CORRECTION = TableShape(
    Correction,
    {"heard": _heard, "meant": _meant, "video": fields.slug, "at": fields.time_ms},
    ("heard", "meant"),
    {"at": "at_ms"},
)


def read_corrections(text: str, file: str) -> tuple[tuple[Correction, ...], tuple[Mistake, ...]]:
    """Read the corrections; `file` names it in problems. One that cannot be used is left out."""
    toml = TomlFile(file)
    entries = toml.only(toml.parse(text) or {}, _KEY)
    found: dict[tuple[str, str, int | None], Correction] = {}
    for name, table in toml.tables(entries, _KEY, "correction", lambda table: table.get("heard")):
        before = len(toml.problems)
        one = toml.entry(table, _CORRECTION, name)
        # One with a wrong place must not become one for all places.
        if one is None or len(toml.problems) > before:
            continue
        if found.setdefault((one.heard.casefold(), one.video, one.at_ms), one) is not one:
            toml.report("this is there twice; keep one of them", name)
    return tuple(found.values()), tuple(toml.problems)


def ruinous(
    corrections: Iterable[Correction], terms: Iterable[Term], file: str
) -> Iterator[Mistake]:
    """Yield a problem for each correction that would change what is right all over a library.

    Everyday words may be corrected at one place, which a video and a time tell.
    """
    drugs = _drugs(terms)
    for one in corrections:
        heard, meant = (_drugs_in(text, drugs) for text in (one.heard, one.meant))
        if heard and meant - heard:
            known, other = min(heard), min(meant - heard)
            says = f"{known!r} is a medicine of its own, so it is never taken for {other!r}"
            yield Mistake(file, f"{says}; take this out", one.heard, "meant")
        everywhere = not one.video or one.at_ms is None
        if everywhere and one.meant and _EVERYDAY.issuperset(_words(one.heard)):
            says = "this is everyday talk; add the `video` and the time, `at`, of the one place"
            yield Mistake(file, says, one.heard, "heard")


def _drugs(terms: Iterable[Term]) -> dict[tuple[str, ...], str]:
    """The names of medicines, by their words, each with the name it is known by."""
    return {
        _words(name): term.canonical
        for term in terms
        if term.kind == "drug"
        for name in (term.canonical, *term.variants, *term.spanish)
    }


def _drugs_in(text: str, drugs: Mapping[tuple[str, ...], str]) -> frozenset[str]:
    spoken = f" {' '.join(_words(text))} "
    return frozenset(drug for words, drug in drugs.items() if f" {' '.join(words)} " in spoken)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word[0].casefold() for word in _WORD.finditer(text))
