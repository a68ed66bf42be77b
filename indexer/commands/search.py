"""An answer as lines of text, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from textwrap import fill

from catalog import Catalogue, clock, counted
from indexer.model import Answer, Hit
from indexer.moments.heard_showing import REVIEWED

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
    """What each speaker says in turn, a question apart; what was found between asterisks."""
    names = {turn[0]: turn[1] for turn in hit.turns}
    cuts = sorted({0, hit.answer_at, *names} - {len(hit.text)})
    parts = []
    for start, end in pairwise([*cuts, len(hit.text)]):
        part = hit.text[start:end]
        for first, last in reversed(hit.spans):
            if start <= first < end:
                part = _marked(part, first - start, min(last, end) - start)
        parts.append(_by(names, start) + part.rstrip())
    if hit.goes_on and parts:
        parts[-1] += " …"
    return tuple(parts)


def _by(names: Mapping[int, str], place: int) -> str:
    """Who begins to speak at a place; "" where captions name nobody at all."""
    if place not in names or not any(names.values()):
        return ""
    return f"{names[place] or 'Speaker not named'}: "


def _marked(text: str, start: int, end: int) -> str:
    return f"{text[:start]}*{text[start:end]}*{text[end:]}"
