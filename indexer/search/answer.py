"""What search answers, and the same as programs get it: on the command line and from the site."""

from dataclasses import dataclass, field

import msgspec

from indexer.model import Hit
from indexer.query.parser import Query


@dataclass(frozen=True, slots=True)
class Count:
    """What a filter, written `field:value`, would leave of an answer.

    `videos` is in how many videos search then finds something, `moments` how many of the answer's
    own moments it keeps. `name` is shown; a language has its code.
    """

    field: str
    value: str
    name: str
    videos: int
    moments: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found, best first, and what was searched for.

    `also` names what was searched beside the words typed; `words` are the query's own terms as
    understood, after fillers were left out. Not `answered` means that search holds nothing here for
    an answer; `hits` then only mention some of what was asked. `suggestions` are whole
    queries that may have been meant. `meaning` says that a sentence model took part, not words
    alone. `videos` is in how many videos something was found, those of
    the hits among them; `counts` is what each filter would leave. `partial` says that the time for
    it was spent before all was searched. `filtered` are the slugs of the
    videos that the filters leave, where nothing but filters was asked, else None. `parsed` is
    the query as search reads it.
    """

    query: str
    hits: tuple[Hit, ...]
    words: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    answered: bool = True
    suggestions: tuple[str, ...] = ()
    meaning: bool = False
    videos: int = 0
    counts: tuple[Count, ...] = ()
    filtered: tuple[str, ...] | None = None
    partial: bool = False
    parsed: Query = field(default=Query(), repr=False, compare=False)


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
