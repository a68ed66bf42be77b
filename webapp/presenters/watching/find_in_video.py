"""Search within one video: its matches, and the way from each to the next."""

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from indexer import TrackMentions
from webapp.presenters.moments.readable import as_read
from webapp.presenters.watching.timeline import Strip, TapTarget, strip_of
from webapp.rendering.addresses import WatchLinks
from webapp.rendering.highlights import Fragment

# So many are listed above the transcript; in the transcript all are marked.
MOST_LISTED = 100
FEW = 6


@dataclass(frozen=True, slots=True)
class SentenceMatch:
    """A sentence that says it. `number` counts from 1, `anchor` is its id on the page.

    `part` is the number of the part of the transcript that it is in, `current` that the page is at
    this sentence.
    """

    number: int
    anchor: str
    start_ms: int
    part: int
    current: bool = False
    said: tuple[Fragment, ...] = ()


@dataclass(frozen=True, slots=True)
class VideoMatches:
    """What one video says to a question, in its order.

    Of `count` places `places` are listed. `current` is the number of the place that the page is
    at, 0 when it is at none; `before` and `after` are the places around it, `before_part` and
    `after_part` those around the part that is shown, and `first` is the number of the first in it.
    `unsaid` are the things asked for that it never says. `strip` shows where in the video it is
    said, `stops` are what can be tapped on it, each with the first place that it stands for.
    """

    text: str
    count: int = 0
    places: tuple[SentenceMatch, ...] = ()
    current: int = 0
    before: SentenceMatch | None = None
    after: SentenceMatch | None = None
    before_part: SentenceMatch | None = None
    after_part: SentenceMatch | None = None
    first: int = 1
    unsaid: tuple[str, ...] = ()
    strip: Strip | None = None
    stops: tuple[tuple[TapTarget, SentenceMatch], ...] = ()

    @property
    def are_few(self) -> bool:
        """Whether they are listed without being asked for: more would be in the way."""
        return len(self.places) <= FEW

    @property
    def unlisted(self) -> bool:
        """Whether there are more than are listed."""
        return self.count > len(self.places)


@dataclass(frozen=True, slots=True)
class Hops:
    """Links to the matches around where the page is; to the list of them where there is none.

    Around the part that is shown there may be none, "".
    """

    before: str
    after: str
    before_part: str
    after_part: str


Spans = tuple[tuple[int, int], ...]


def video_matches(
    text: str,
    found: TrackMentions | None,
    ids: Sequence[str],
    here: int | None,
    shown: range,
    part_of: Callable[[int], int] = lambda _: 1,
    length_ms: int = 0,
) -> VideoMatches:
    """Lay out what was found for a page that shows the sentences at the places `shown`.

    `here` is the place of the sentence that it is at, `part_of` gives the part of a place;
    `length_ms` is that of the video.
    """
    if found is None:
        return VideoMatches(text)
    there = list(found.starts_ms)

    def place(index: int, *, said: bool = False) -> SentenceMatch | None:
        if not 0 <= index < len(there):
            return None
        at = there[index]
        mention = found.mention(at) if said else None
        read = as_read(mention.text, mention.readable, mention.spans) if mention else ()
        start_ms = found.starts_ms[at]
        return SentenceMatch(index + 1, ids[at], start_ms, part_of(at), at == here, read)

    first, last = (bisect_left(there, edge) for edge in (shown.start, shown.stop))
    behind = first if here is None else bisect_left(there, here)
    is_one = here in found.starts_ms
    begin = max(0, min(first, len(there) - MOST_LISTED))
    strip = strip_of(length_ms or found.end_ms, tuple(found.starts_ms.values()))
    listed = (place(n, said=True) for n in range(begin, min(begin + MOST_LISTED, len(there))))
    return VideoMatches(
        text,
        len(there),
        places=tuple(filter(None, listed)),
        current=behind + 1 if is_one else 0,
        before=place(behind - 1),
        after=place(behind + is_one),
        before_part=place(first - 1),
        after_part=place(last),
        first=first + 1,
        unsaid=found.unsaid,
        strip=strip,
        stops=tuple((stop, match) for stop in strip.stops if (match := place(stop.first))),
    )


def hops(found: VideoMatches, links: WatchLinks) -> Hops:
    """The links from each match to the next."""

    def way(match: SentenceMatch | None) -> str:
        return links.sentence(match.start_ms, match.anchor, match.part) if match else ""

    before, after = way(found.before) or "#found", way(found.after) or "#found"
    return Hops(before, after, way(found.before_part), way(found.after_part))


def spans_by_place(found: TrackMentions | None, shown: range) -> Mapping[int, Spans]:
    """What to highlight in each sentence that says it, by its place in the transcript."""
    if not found:
        return {}
    return {one: found.mention(one).spans for one in found.starts_ms if one in shown}
