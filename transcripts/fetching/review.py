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
    """One video that a person should look at: why, and in a sentence what can be done.

    `fact` is what is so of this video, in few words.
    """

    video: str
    why: Literal["withdrawn", "length", "dead link"]
    says: str
    fact: str


def review_items(library: Library, videos: Iterable[Video]) -> tuple[ReviewItem, ...]:
    """What the last asking of each video found that only a person can decide."""
    resolved = _resolved(library)
    found = (
        one
        for video in videos
        for one in (*_of(library, video), *_dead(library, video, resolved.of(video)))
    )
    return tuple(dict.fromkeys(found))


# What is said once of many.
_ADVICE = {
    "withdrawn": "Their transcripts stay and are still found until you decide. To keep one, do "
    "nothing; to let one go, take the video out of the catalogue or move its folder out of "
    "captions/, and run `hope index`.",
    "length": "These videos are longer or shorter than when their captions were fetched, so their "
    "times may be off. Where they still fit, take `length_ms` out of the track's "
    ".provenance.json; else put better captions there.",
    "dead link": "There is nothing at these places any more; correct them in the catalogue.",
}


def waiting_sentences(items: Iterable[ReviewItem]) -> tuple[str, ...]:
    """What waits for a person, what is true of many videos said once."""
    groups: dict[str, list[ReviewItem]] = {}
    for item in items:
        groups.setdefault(item.why, []).append(item)
    return tuple(
        sentence
        for why, group in groups.items()
        for sentence in ([group[0].says] if len(group) == 1 else _of_many(why, group))
    )


def _of_many(why: str, group: list[ReviewItem]) -> Iterator[str]:
    """Name each: what waits for a person is nobody's to leave out."""
    yield f"{'; '.join(one.fact for one in group)}. {_ADVICE[why]}"


def _of(library: Library, video: Video) -> Iterator[ReviewItem]:
    state = read_state(library, video.slug)
    addresses = set(map(without_secrets, addresses_of(video)))
    if state is None or state.address not in addresses:  # else a curator has decided
        return
    tracks = _tracks(library, video.slug)
    if state.outcome.withdrawn and tracks:
        since = f" since {state.since:%Y-%m-%d}" if state.since else ""
        fact = f"{video.slug}: {state.outcome}{since}"
        says = _withdrawn(video.slug, f"{fact} ({state.address})")
        yield ReviewItem(video.slug, "withdrawn", says, fact)
    for address in state.dead:
        if address in addresses and not (state.outcome is Outcome.DEAD_LINK and tracks):
            yield _gone(video.slug, dead_link(address), address)
    for track in tracks:
        known = read_provenance(track.path)
        was_ms = known.length_ms if known else None
        if same_length(was_ms, state.length_ms) is False and not by_hand(track.path):
            says = _other_length(track, was_ms or 0, state.length_ms or 0)
            lengths = f"{clock(was_ms or 0)}, now {clock(state.length_ms or 0)}"
            fact = f"{track.video} ({track.name}: {lengths})"
            yield ReviewItem(video.slug, "length", says, fact)


def _dead(library: Library, video: Video, page: PageResolution | None) -> Iterator[ReviewItem]:
    """A page that was gone when its video was looked for, and a film that is not there."""
    state = read_state(library, video.slug)
    reported = state is not None and state.outcome is Outcome.DEAD_LINK
    if page and page.outcome == Outcome.DEAD_LINK and not reported:
        address = without_secrets(page.page)
        yield _gone(video.slug, dead_link(address), address)
    if video.own_media and not (library.media_dir / video.media).is_file():
        says = f"there is no media/{video.media} in the library; put it there or correct `media`."
        yield _gone(video.slug, says, f"media/{video.media}")


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


def _gone(video: str, says: str, where: str) -> ReviewItem:
    return ReviewItem(video, "dead link", f"{video}: {says}", f"{video}: {where}")


def _withdrawn(video: str, fact: str) -> str:
    return (
        f"{fact}. Its transcript stays and is still "
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
