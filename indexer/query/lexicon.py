"""The words that an index knows: those that are said, and the glossary's."""

from __future__ import annotations

from functools import cached_property, partial

from catalog import base_language
from indexer.analysis.tokenizer import tokens_of
from indexer.query.spelling import Speller, written_words
from indexer.query.synonyms import Vocabulary, listed_terms
from indexer.storage.reader import IndexReader


class Lexicon:
    """What words of an index mean and how they are written, made on first use and kept."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the transcripts."""
        return self._reader.rows.spoken_languages

    def said(self, term: str) -> int:
        """How many passages hold a term."""
        return self._reader.terms.said(term)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The glossary, cut as the transcripts are."""
        return Vocabulary(self._reader.catalogue.terms, self.languages)

    @cached_property
    def speller(self) -> Speller:
        """The words of these transcripts and of the glossary."""
        tracks = self._reader.tracks
        tongues = [("" if t.dead else base_language(t.language), t.sentences) for t in tracks]
        spoken = partial(written_words, self._reader.columns, tongues)
        listed_as = partial(listed_terms, language=self._first_language)
        terms = self._reader.catalogue.terms
        return Speller(spoken, terms, self._terms_of, self.said, listed_as)

    def _terms_of(self, word: str, language: str = "") -> tuple[str, ...]:
        """The terms that a language, or else the first, makes of a word; none of a mere filler."""
        tokens = tokens_of(word, language or self._first_language)
        return tuple(dict.fromkeys(token.term for token in tokens))

    @property
    def _first_language(self) -> str:
        return next(iter(self.languages), "en")
