"""A text that somebody typed, taken apart once for all who ask: its runs, terms and language.

It is kept no longer than the question.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

from indexer.analysis.languages import LanguageEvidence
from indexer.analysis.segments import Run, runs_of
from indexer.analysis.shorthand import written_out
from indexer.analysis.tokenizer import Token, terms_in

Made = TypeVar("Made")


class Once(dict[str, Made]):
    """What is made of each text, made once: of one question, and kept no longer than it."""

    def __init__(self, make: Callable[[str], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> Made:
        made = self[text] = self._make(text)
        return made


def once(make: Callable[[], Made]) -> Callable[[], Made]:
    """The same function, called at most once; `functools.cache` takes ten times as long to make."""
    kept: list[Made] = []

    def made() -> Made:
        if not kept:
            kept.append(make())
        return kept[0]

    return made


class AnalysedText:
    """A text with what the analysis makes of it, as far as it was asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._terms: dict[str, tuple[Token, ...]] = {}

    @cached_property
    def runs(self) -> list[Run]:
        """Its runs, as they are written."""
        return runs_of(self.text)

    @cached_property
    def _written_out(self) -> list[Run]:
        return written_out(self.runs)

    @cached_property
    def language(self) -> LanguageEvidence:
        """What in it speaks for which language."""
        return LanguageEvidence(self.text)

    def terms(self, language: str = "en") -> tuple[Token, ...]:
        """Its terms as a language makes them."""
        found = self._terms.get(language)
        if found is None:
            found = self._terms[language] = terms_in(self.text, self._written_out, language)
        return found


Analyse = Callable[[str], AnalysedText]
