"""A visitor's question, cleaned for search and display. Nothing typed is an error."""

import unicodedata
from dataclasses import dataclass

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class TypedQuestion:
    """The text to search for; `cut` says that more was typed than is searched for."""

    text: str
    cut: bool = False


def clean_question(typed: str) -> TypedQuestion:
    """Drop what cannot be seen or printed, join the whitespace, cut at a word."""
    seen = "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in typed)
    text = " ".join(seen.split())
    if len(text) <= LONGEST:
        return TypedQuestion(text)
    return TypedQuestion(cut_at_word(text, LONGEST), cut=True)


def cut_at_word(text: str, longest: int) -> str:
    """As many whole words of a longer text as have room; of one endless word its beginning."""
    return text[: longest + 1].rpartition(" ")[0] or text[:longest]
