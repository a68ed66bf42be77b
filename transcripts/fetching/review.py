"""What waits for a person: videos that were taken away or changed, while their transcript stays."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from catalog import (
    CatalogError,
    Library,
    PageResolution,
    ResolvedPages,
    Video,
    clock,
    read_resolved,
)
from transcripts.errors import TranscriptError
from transcripts.fetching.captions import addresses_of
from transcripts.fetching.provenance import (
    FetchState,
    by_hand,
    provenance_file,
    read_provenance,
    read_state,
    same_length,
    without_secrets,
)
from transcripts.fetching.reports import dead_link
from transcripts.model import Track
from transcripts.sites.outcomes import Outcome
from transcripts.tracks import tracks_of


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One video that a person should look at: why, and in a sentence what can be done."""

    video: str
    why: Literal["withdrawn", "length", "dead link"]
    says: str


def review_items(library: Library, videos: Iterable[Video]) -> tuple[ReviewItem, ...]:
    """What the last asking of each video found that only a person can decide."""
    resolved = _resolved(library)
    found = (
        one
        for video in videos
        for one in (*_of(library, video), *_dead(library, video, resolved.of(video)))
    )
    return tuple(dict.fromkeys(found))


def _of(library: Library, video: Video) -> Iterator[ReviewItem]:
    state = read_state(library, video.slug)
    addresses = set(map(without_secrets, addresses_of(video)))
    if state is None or state.address not in addresses:  # else a curator has decided
        return
    tracks = _tracks(library, video.slug)
    if state.outcome.withdrawn and tracks:
        yield ReviewItem(video.slug, "withdrawn", _withdrawn(video.slug, state))
    for address in state.dead:
        if address in addresses and not (state.outcome is Outcome.DEAD_LINK and tracks):
            yield ReviewItem(video.slug, "dead link", f"{video.slug}: {dead_link(address)}")
    for track in tracks:
        known = read_provenance(track.path)
        was_ms = known.length_ms if known else None
        if same_length(was_ms, state.length_ms) is False and not by_hand(track.path):
            says = _other_length(track, was_ms or 0, state.length_ms or 0)
            yield ReviewItem(video.slug, "length", says)


def _dead(library: Library, video: Video, page: PageResolution | None) -> Iterator[ReviewItem]:
    """A page that was gone when its video was looked for, and a film that is not there."""
    state = read_state(library, video.slug)
    reported = state is not None and state.outcome is Outcome.DEAD_LINK
    if page and page.outcome == Outcome.DEAD_LINK and not reported:
        says = dead_link(without_secrets(page.page))
        yield ReviewItem(video.slug, "dead link", f"{video.slug}: {says}")
    if video.own_media and not (library.media_dir / video.media).is_file():
        says = f"there is no media/{video.media} in the library; put it there or correct `media`."
        yield ReviewItem(video.slug, "dead link", f"{video.slug}: {says}")


def _resolved(library: Library) -> ResolvedPages:
    try:
        return read_resolved(library)
    except CatalogError:  # which reading the catalogue tells
        return ResolvedPages()


def _tracks(library: Library, video: str) -> tuple[Track, ...]:
    try:
        return tracks_of(library, video)
    except TranscriptError:  # which indexing tells
        return ()


def _withdrawn(video: str, state: FetchState) -> str:
    since = f" since {state.since:%Y-%m-%d}" if state.since else ""
    return (
        f"{video}: {state.outcome}{since} ({state.address}). Its transcript stays and is still "
        "found until you decide. To keep it, do nothing; to let it go, take the video out of the "
        f"catalogue or move captions/{video} out of the library, and run `hope index`."
    )


def _other_length(track: Track, was_ms: int, is_ms: int) -> str:
    folder = f"captions/{track.video}"
    return (
        f"{track.video}: the video is {clock(is_ms)} long now and was {clock(was_ms)} when "
        f"{track.name} was fetched, so its times may be off. If they still fit, take `length_ms` "
        f"out of {folder}/{provenance_file(track.path).name}; else put better captions there."
    )
