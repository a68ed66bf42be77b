"""An answer as lines of text, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

from catalog import Catalogue, clock
from indexer.heard_showing import REVIEWED
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
    if answer.suggestions:
        yield f"Did you mean: {'  or: '.join(answer.suggestions)}"
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
    if hit.asked:
        yield "   Begins with the question:"
    for part in _said(hit):
        yield fill(part, width=88, initial_indent="   ", subsequent_indent="   ")
    for name in hit.heard:
        yield f"   {name if name.endswith(REVIEWED) else f'probably: {name}'}"
    yield f"   {hit.source_url or hit.url}  ({_CAPTIONS[hit.captions]})"


def _said(hit: Hit) -> tuple[str, ...]:
    """The question, if it begins with one, and the answer; what was found between asterisks."""
    question, answer = hit.text[: hit.answer_at], hit.text[hit.answer_at :]
    for start, end in reversed(hit.spans):
        if start >= hit.answer_at:
            answer = _marked(answer, start - hit.answer_at, end - hit.answer_at)
        else:
            question = _marked(question, start, end)
    return tuple(part for part in (question, answer) if part)


def _marked(text: str, start: int, end: int) -> str:
    return f"{text[:start]}*{text[start:end]}*{text[end:]}"
