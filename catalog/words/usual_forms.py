"""How names are usually written: "ALK", "Tagrisso", "Dr. Alice Shaw"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from catalog.model import Catalogue, base_language
from catalog.words.text import NO_NAMES, TITLES
from catalog.words.word_lists import read_word_lists

_LISTS = read_word_lists("catalog/data/words/usual_forms.toml")
_ALSO_WORDS = _LISTS.word_set("also-words")
_EVERYDAY = read_word_lists("catalog/data/words/never_misheard.toml").word_set("everyday")
_TITLES = frozenset(TITLES)
_CORE = re.compile(r"\W*(.*?)(?:['’]s)?\W*", re.DOTALL)

_BRACKETED = re.compile(r"\([^()]*\)")

Form = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UsualForms:
    """Names as they are usually written, in words, by their first word in small letters.

    The longest are first.
    """

    by_first: Mapping[str, tuple[Form, ...]]

    def written(self, words: Sequence[str], *, titled: bool = True) -> list[str]:
        """Write names among words as usual. Nothing but capitals changes.

        Only "dr" and the like get their full stop, where they are `titled` and no part of a word;
        what is named behind one gets its capital.
        """
        shown = list(words)
        for n, word in enumerate(words):
            first = word.lower() if word.isalnum() else _core(word).lower()
            if first in self.by_first:
                self._write_name(words, n, shown)
            elif "-" in first:
                shown[n] = "-".join(self.written(shown[n].split("-"), titled=False))
            if titled and first in _TITLES and word.rstrip(".").lower() == first:
                shown[n] = f"{capitalised(first)}."
                if n + 1 < len(words) and words[n + 1].lower() not in _EVERYDAY:
                    shown[n + 1] = capitalised(words[n + 1])
        return shown

    def _write_name(self, words: Sequence[str], n: int, shown: list[str]) -> None:
        for form in self.by_first[_core(words[n]).lower()]:
            there = words[n : n + len(form)]
            if [_core(word).lower() for word in there] == [one.lower() for one in form]:
                for place, (word, one) in enumerate(zip(there, form, strict=True), start=n):
                    shown[place] = word.replace(_core(word), one, 1)
                return


def usual_forms_of(catalogue: Catalogue, language: str) -> UsualForms:
    """The names of a catalogue, and those that everybody knows, as a language writes them."""
    known = {"en": "english", "es": "spanish"}.get(base_language(language))
    everywhere = (*_LISTS.words("letters"), *_LISTS.phrases("phrases"))
    texts = chain(_LISTS.words(known) if known else (), everywhere)
    forms = {
        tuple(word.lower() for word in form): form
        for form in (*_names_of(catalogue), *(tuple(text.split()) for text in texts))
    }
    by_first: dict[str, list[Form]] = {}
    for form in sorted(forms.values(), key=len, reverse=True):
        by_first.setdefault(form[0].lower(), []).append(form)
    return UsualForms({first: tuple(found) for first, found in by_first.items()})


def capitalised(word: str) -> str:
    """A word with a capital where its first letter is, if that has one of one letter."""
    start = next((n for n, letter in enumerate(word) if letter.isalnum()), len(word))
    capital = word[start : start + 1].upper()
    return word[:start] + capital + word[start + 1 :] if len(capital) == 1 else word


def _names_of(catalogue: Catalogue) -> Iterator[Form]:
    for person in catalogue.people.values():
        for name in (person.name, *person.also):
            form = _form(_BRACKETED.sub(" ", name))
            yield tuple(word for word in form if word.lower() not in NO_NAMES)
    for term in catalogue.terms:
        for text in (term.canonical, *term.variants, *term.related, *term.spanish):
            yield from _written(text)


def _written(text: str) -> Iterator[Form]:
    """A name that has capitals, and the same in two words where a hyphen is in it."""
    for form in {_form(text), _form(text.replace("-", " "))}:
        is_name = any(word != word.lower() for word in form)
        if is_name and not (len(form) == 1 and form[0].lower() in _ALSO_WORDS):
            yield form


def _form(text: str) -> Form:
    return tuple(filter(None, map(_core, text.split())))


@lru_cache(4096)
def _core(word: str) -> str:
    """A word without the marks around it, and without "'s" behind it."""
    found = _CORE.fullmatch(word)
    return found[1] if found else word
