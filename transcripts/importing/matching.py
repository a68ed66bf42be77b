"""Which video a caption file belongs to: by its id, its slug, its title, or how long it is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from catalog import Video
from transcripts.importing.names import FileName, read_name, words_of
from transcripts.importing.sources import CaptionFile

# Titles are alike from here on, and the best is so by as much more than the next.
_ALIKE, _AHEAD = 85.0, 8.0
_NEAR_END_MS = 5_000
_FEW_WORDS = 2
_PAST_END_MS = 5_000


@dataclass(frozen=True, slots=True)
class Match:
    """The video of a file, and by what; `sure` when nobody has to be asked. "" matches none."""

    video: str = ""
    by: str = ""
    sure: bool = False


def match_of(
    file: CaptionFile, end_ms: int, videos: Mapping[str, Video], lengths: Mapping[str, int]
) -> Match:
    """Find the video of a file whose last word ends at `end_ms`; `lengths` are of the videos."""
    found = _named(file, videos)
    length = lengths.get(found.video)
    if length is not None and end_ms > length + _PAST_END_MS:
        return Match(found.video, f"{found.by}, though it is longer than the video")
    return found if found.video else _by_length(end_ms, lengths)


def _named(file: CaptionFile, videos: Mapping[str, Video]) -> Match:
    if by_id := _by_id(file, videos.values()):
        return Match(by_id, "the YouTube id", sure=True)
    # A folder tells the video only where the file's own name does not.
    for number, name in enumerate((file.name, *reversed(file.above))):
        read = read_name(name)
        found = _exactly(read, videos) or _by_part(read, videos) or _by_likeness(read, videos)
        if found:
            return found if number < 2 else Match(found.video, found.by)
    return Match()


def _by_id(file: CaptionFile, videos: Iterable[Video]) -> str:
    names = " ".join((file.youtube, file.name, *file.above))
    found = [
        video.slug
        for video in videos
        if video.youtube
        and re.search(rf"(?<![0-9A-Za-z_-]){re.escape(video.youtube)}(?![0-9A-Za-z_-])", names)
    ]
    return found[0] if len(found) == 1 else ""


def _exactly(name: FileName, videos: Mapping[str, Video]) -> Match | None:
    """By the slug or the title, word for word."""
    if name.slug in videos:
        return Match(name.slug, "the slug", sure=True)
    same = [
        slug for slug, one in videos.items() if name.words and words_of(one.title) == name.words
    ]
    return Match(same[0], "the title", sure=True) if len(same) == 1 else None


def _by_part(name: FileName, videos: Mapping[str, Video]) -> Match | None:
    """By a slug that is a part of the name; one of few words may stand in many names."""
    inside = [slug for slug in videos if f"-{slug}-" in f"-{name.slug}-"]
    longest = max(inside, key=len, default="")
    words = longest.count("-") + 1
    if words == 1:
        return None
    sure = words > _FEW_WORDS and all(one in longest for one in inside)
    return Match(longest, "the slug in its name", sure=sure)


def _by_likeness(name: FileName, videos: Mapping[str, Video]) -> Match | None:
    """By a title that is nearly the same, which a person has to see."""
    ranked = sorted(((_likeness(name, one), slug) for slug, one in videos.items()), reverse=True)
    best, slug = ranked[0] if ranked and name.words else (0.0, "")
    ahead = best - (ranked[1][0] if len(ranked) > 1 else 0.0)
    return Match(slug, "a title like it") if best >= _ALIKE and ahead >= _AHEAD else None


def _likeness(name: FileName, video: Video) -> float:
    title = words_of(video.title)
    if _numbers(name.words) != _numbers(title):  # part 1 is not part 2
        return 0.0
    ours, theirs = " ".join(name.words), " ".join(title)
    by_title = max(fuzz.token_sort_ratio(ours, theirs), fuzz.ratio(ours, theirs))
    return max(by_title, fuzz.ratio(name.slug, video.slug))


def _numbers(words: Iterable[str]) -> list[str]:
    return sorted(word for word in words if word.isdigit())


def _by_length(end_ms: int, lengths: Mapping[str, int]) -> Match:
    near = [
        slug for slug, length in lengths.items() if 0 <= length + 2_000 - end_ms <= _NEAR_END_MS
    ]
    return Match(near[0], "its length alone") if len(near) == 1 else Match()
