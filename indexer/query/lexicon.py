"""The words that a generation knows: those that are said, the glossary's, and misheard names."""

from __future__ import annotations

from functools import cached_property, partial

from catalog import Catalogue, base_language
from indexer.analysis.tokenizer import tokens_of
from indexer.mishearing.detector import hearer_of
from indexer.mishearing.terms import marked
from indexer.query.spelling import Speller
from indexer.query.synonyms import Vocabulary, listed_terms
from indexer.query.written import written_words
from indexer.storage.bm25 import SpokenTerms
from indexer.storage.columns import identity
from indexer.storage.layout import Rows


class Lexicon:
    """What words of a generation mean and how they are written, made on first use and kept."""

    def __init__(self, catalogue: Catalogue, rows: Rows, terms: SpokenTerms) -> None:
        self._catalogue = catalogue
        self._rows = rows
        self._terms = terms

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The glossary, cut as the transcripts are."""
        return Vocabulary(self._catalogue.terms, self._rows.spoken_languages)

    @cached_property
    def speller(self) -> Speller:
        """The words of these transcripts and of the glossary."""
        tracks = self._rows.tracks
        tongues = [("" if t.dead else base_language(t.language), t.sentences) for t in tracks]
        spoken = partial(written_words, self._rows.tables, tongues)
        listed_as = partial(listed_terms, language=self._first_language)
        terms = self._catalogue.terms
        return Speller(spoken, terms, self._terms_of, self._terms.said, listed_as)

    def _terms_of(self, word: str, language: str = "") -> tuple[str, ...]:
        """The terms that a language, or else the first, makes of a word; none of a mere filler."""
        tokens = tokens_of(word, language or self._first_language)
        return tuple(dict.fromkeys(token.term for token in tokens))

    @property
    def _first_language(self) -> str:
        return next(iter(self._rows.spoken_languages), "en")

    @cached_property
    def heard_names(self) -> dict[int, str]:
        """The names that may have been misheard, by the identity of their marked terms."""
        names = hearer_of(self._catalogue).names
        return {identity(marked(name)): name for name in reversed(names)}
