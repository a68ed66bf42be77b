"""An answer as lines of text, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill

from catalog import Catalogue, clock, counted
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
    if answer.filtered is not None:
        yield from _filtered_lines(answer.filtered, catalogue)
        return
    if not answer.hits:
        yield "Nothing in these videos answers that in these words. Try fewer or other words."
    elif not answer.answered:
        yield "No clear answer found. Nothing in these videos clearly answers that."
    if answer.suggestions:
        yield f"Did you mean: {'  or: '.join(answer.suggestions)}"
    if answer.also:
        yield f"Also searched: {', '.join(answer.also)}"
    if answer.hits and not answer.answered:
        yield ""
        yield "Nearest mentions, which may not answer your question:"
    for number, hit in enumerate(answer.hits, start=1):
        yield from _hit_lines(number, hit, catalogue)


def _filtered_lines(slugs: Sequence[str], catalogue: Catalogue) -> Iterator[str]:
    """Name the videos that filters alone leave."""
    if not slugs:
        yield "No video fits all of that. Take a filter away."
        return
    them = "it" if len(slugs) == 1 else "them"
    yield f"{counted(len(slugs), 'video')}. Add a word to search in {them}."
    yield ""
    for slug in slugs:
        yield f"{catalogue.videos[slug].title}  (/watch/{slug})"


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
    return tuple(part for part in (question, f"{answer} …" if hit.goes_on else answer) if part)


def _marked(text: str, start: int, end: int) -> str:
    return f"{text[:start]}*{text[start:end]}*{text[end:]}"
