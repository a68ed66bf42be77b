"""Answers as programs get them, the same on the command line, in files and from the site."""

from __future__ import annotations

import msgspec

from indexer.model import Answer


def answer_as_json(answer: Answer) -> dict[str, object]:
    """What was found and how; where nothing was found, nothing is answered."""
    return {
        "query": answer.query,
        "answered": answer.answered and bool(answer.hits),
        "meaning": answer.meaning,
        "hits": msgspec.to_builtins(answer.hits),
    }


def search_as_json(answer: Answer) -> dict[str, object]:
    """The same, with what else to search for."""
    return {
        **answer_as_json(answer),
        "partial": answer.partial,
        "also": answer.also,
        "suggestions": answer.suggestions,
        "counts": msgspec.to_builtins(answer.counts),
    }
