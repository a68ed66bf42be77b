"""An answer as lines of text, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

from catalog import Catalogue, clock
from indexer.model import Answer, Hit

_CAPTIONS = {
    "manual": "captions by people",
    "auto": "automatic captions: names of drugs may be misheard",
    "translated": "translated by a machine",
}


def answer_lines(answer: Answer, catalogue: Catalogue, *, searchable: bool = True) -> Iterator[str]:
    """Say what was found, best first, or that nothing was; or that nothing is `searchable` yet."""
    if not searchable:
        yield "Nothing is indexed yet, so nothing can be found. Run `hope update`."
        return
    if not answer.hits:
        yield "Nothing in these videos answers that in these words. Try fewer or other words."
    if answer.also:
        yield f"Also searched: {', '.join(answer.also)}"
    for number, hit in enumerate(answer.hits, start=1):
        yield from _hit_lines(number, hit, catalogue)


def _hit_lines(number: int, hit: Hit, catalogue: Catalogue) -> Iterator[str]:
    series = next((one.title for one in catalogue.series if one.slug == hit.series), hit.series)
    yield ""
    yield f"{number}. {clock(hit.start_ms)}  {hit.title}  ({series})"
    if hit.speakers:
        yield f"   {', '.join(hit.speakers)}"
    yield fill(_marked(hit), width=88, initial_indent="   ", subsequent_indent="   ")
    yield f"   {hit.source_url or hit.url}  ({_CAPTIONS[hit.captions]})"


def _marked(hit: Hit) -> str:
    """Put the words that were found between asterisks."""
    text = hit.text
    for start, end in reversed(hit.spans):
        text = f"{text[:start]}*{text[start:end]}*{text[end:]}"
    return text
