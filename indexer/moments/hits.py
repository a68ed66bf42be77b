"""From a landing to a hit: words to show, links to follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from catalog import Video, watch_address
from indexer.model import Hit
from indexer.moments.boundaries import runs_on
from indexer.moments.heard_showing import heard_between
from indexer.moments.landing import Landing, highlights
from indexer.settings import SETTINGS
from indexer.storage.kept_transcripts import speaker_of

if TYPE_CHECKING:
    from indexer.generation import Generation


def make_hit(
    generation: Generation,
    track: int,
    landing: Landing,
    weights: Mapping[int, float],
    score: float,
) -> Hit:
    """Make the hit of a landing in a track, by the track's number."""
    entry = generation.tracks[track]
    video = generation.videos[entry.video]
    last = _last_shown(generation, landing)
    text, spans = highlights(generation.tables, landing.first, last, weights)
    return Hit(
        video=video.slug,
        title=video.title,
        series=video.series,
        start_ms=landing.start_ms,
        end_ms=landing.end_ms,
        match_ms=int(generation.tables.sentence_start_ms[landing.match]),
        text=text,
        spans=spans,
        speakers=generation.catalogue.names_of(video),
        captions=entry.kind,
        language=entry.language,
        url=watch_url(video, landing.start_ms, entry.language),
        source_url=source_url(video, landing.start_ms),
        score=round(score, 4),
        asked=landing.asked,
        answer_at=_answer_at(generation, landing),
        goes_on=runs_on(
            generation.tables, last - 1, generation.rows.first_sentence[track + 1], SETTINGS
        ),
        heard=heard_between(generation, landing.first, last, weights),
        turns=_turns(generation, landing.first, last),
    )


def _last_shown(generation: Generation, landing: Landing) -> int:
    """Show whole sentences, the answering one at least, and no more than a phone holds.

    A few more are shown where else a clause would be torn.
    """
    tables = generation.tables
    first, last = landing.first, landing.match + 1
    sizes = tables.sentence_bytes[first : landing.last].tolist()
    size = sum(sizes[: last - first])
    while last < landing.last and size + sizes[last - first] <= SETTINGS.shown_bytes:
        size += sizes[last - first]
        last += 1
    most = max(size, SETTINGS.shown_bytes) + SETTINGS.longer_bytes
    longer = last
    while longer < landing.last and runs_on(tables, longer - 1, landing.last, SETTINGS):
        size += sizes[longer - first]
        longer += 1
        if size > most:
            return last
    return longer


def _answer_at(generation: Generation, landing: Landing) -> int:
    """Where in the text shown the questions that a moment begins with end, and the answer begins.

    0 when it begins with none.
    """
    size = 0
    for sentence in range(landing.first, landing.match):
        if not generation.tables.sentence_question[sentence]:
            break
        size += len(generation.tables.sentence_text(sentence)) + 1
    return size


def _turns(generation: Generation, first: int, last: int) -> tuple[tuple[int, str, int], ...]:
    """Who says sentences `first` to `last` (exclusive), from which character of them on."""
    turns = generation.tables.sentence_turn[first:last]
    if turns.min() == turns.max() and generation.tables.sentence_speaker[first:last].max() < 0:
        return ()
    found: list[tuple[int, str, int]] = []
    size = 0
    for sentence in range(first, last):
        said = speaker_of(generation.rows, sentence), int(generation.tables.sentence_turn[sentence])
        if not found or found[-1][1:] != said:
            found.append((size, *said))
        size += len(generation.tables.sentence_text(sentence)) + 1
    return tuple(found)


def watch_url(video: Video, start_ms: int, language: str) -> str:
    """The address on our own site, at the second."""
    address = f"/watch/{video.slug}?t={start_ms // 1000}"
    return address if language == video.language else f"{address}&lang={language}"


def source_url(video: Video, start_ms: int) -> str | None:
    """The address of the same second where the video was published; None where there is none."""
    seconds = start_ms // 1000
    if video.youtube:
        return watch_address(video.youtube, seconds)
    if video.media and not video.own_media:
        return f"{urlsplit(video.media)._replace(fragment='').geturl()}#t={seconds}"
    return video.page or None
