"""Every word of a text, little ones too: for telling whether it says something in particular."""

from __future__ import annotations

from indexer.analysis.segments import runs_of
from indexer.analysis.tokenizer import stem


def plain_words(text: str, language: str = "en") -> tuple[str, ...]:
    """Cut a text into all its words: without case, accents, apostrophes, signs and endings."""
    words = (run.text.replace("'", "") for run in runs_of(text))
    return tuple(stem(word, language) for word in words if word)
