"""From a landing to a hit: a snippet to show, and links to follow."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from catalog import Video, watch_address
from indexer.model import Hit
from indexer.moments.boundaries import runs_on
from indexer.moments.landing import Landing
from indexer.moments.snippets import answer_at, highlights, last_shown, misheard_names, turns
from indexer.settings import SETTINGS
from indexer.storage.reader import IndexReader


def make_hit(
    reader: IndexReader, track: int, landing: Landing, weights: Mapping[int, float], score: float
) -> Hit:
    """Make the hit of a landing in a track, by the track's number."""
    entry, columns = reader.tracks[track], reader.columns
    video = reader.videos[entry.video]
    last = last_shown(columns, landing)
    text, spans = highlights(columns, landing.first, last, weights)
    return Hit(
        video=video.slug,
        title=video.title,
        series=video.series,
        start_ms=landing.start_ms,
        end_ms=landing.end_ms,
        match_ms=int(columns.sentence_start_ms[landing.match]),
        text=text,
        spans=spans,
        speakers=reader.catalogue.names_of(video),
        captions=entry.kind,
        language=entry.language,
        url=watch_url(video, landing.start_ms, entry.language),
        source_url=source_url(video, landing.start_ms),
        score=round(score, 4),
        asked=landing.asked,
        answer_at=answer_at(columns, landing),
        goes_on=runs_on(columns, last - 1, reader.rows.sentences_of(track)[1], SETTINGS),
        heard=misheard_names(reader, landing.first, last, weights),
        turns=turns(reader, landing.first, last),
    )


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
