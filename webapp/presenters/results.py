"""What a search found, as the results page shows it: moments under their videos."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from catalog import Catalogue, Library, Person, Series, Video
from indexer import Answer, Generation, Hit, TrackMentions
from webapp.presenters.player import Player, player_of, poster_address
from webapp.presenters.speakers import labels, person_named
from webapp.rendering.highlights import Fragment, highlighted

TIMELINE_WIDTH = 1000
_APART = 6


@dataclass(frozen=True, slots=True)
class SnippetTurn:
    """What one speaker says in a row of a snippet; `asked` when it only leads to the answer.

    `speaker` says who, where somebody begins to speak and captions tell that, else "".
    """

    fragments: tuple[Fragment, ...]
    speaker: str = ""
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """One hit, ready to be shown: the question that it begins with, if any, and the answer.

    `answers` is the catalogue's question in whose time it lies, if any.
    """

    hit: Hit
    parts: tuple[SnippetTurn, ...]
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The moments of one video, best first. `automatic` when any was heard by a machine."""

    video: Video
    series: Series
    speakers: tuple[Person, ...]
    moments: tuple[Moment, ...]
    automatic: bool


def moment_of(hit: Hit, video: Video, people: Sequence[Person] = ()) -> Moment:
    """Split what a hit says where the answer begins, and where another speaker does."""
    called = labels([(_name(speaker, people), turn) for _, speaker, turn in hit.turns])
    names = {at: name for (at, _, _), name in zip(hit.turns, called, strict=True)}
    cuts = sorted({0, hit.answer_at, *names} - {len(hit.text)})
    parts = tuple(
        SnippetTurn(
            highlighted(
                hit.text[start:end].rstrip(), ((a - start, b - start) for a, b in hit.spans)
            ),
            names.get(start, ""),
            asked=start < hit.answer_at,
        )
        for start, end in pairwise([*cuts, len(hit.text)])
    )
    return Moment(hit, parts, _answered_at(video, hit.match_ms))


def _name(speaker: str, people: Sequence[Person]) -> str:
    """The catalogue's name for a speaker, or as captions write it."""
    person = person_named(speaker, people)
    return person.name if person else speaker


def _answered_at(video: Video, at_ms: int) -> str:
    """The last question of the catalogue that is being answered at a time, or nothing."""
    texts = [
        question.text
        for question in video.questions
        if question.start_ms is not None and question.end_ms is not None
        if question.start_ms <= at_ms < question.end_ms
    ]
    return texts[-1] if texts else ""


def group_by_video(hits: Iterable[Hit], catalogue: Catalogue) -> tuple[Group, ...]:
    """Put hits under their videos; videos and moments keep the order of the hits."""
    by_video: dict[str, list[Hit]] = {}
    for hit in hits:
        by_video.setdefault(hit.video, []).append(hit)
    videos = catalogue.videos
    return tuple(_group(videos[slug], found, catalogue) for slug, found in by_video.items())


def _group(video: Video, hits: list[Hit], catalogue: Catalogue) -> Group:
    people = tuple(catalogue.people[slug] for slug in video.speakers)
    return Group(
        video=video,
        series=catalogue.series_of(video),
        speakers=people,
        moments=tuple(moment_of(hit, video, people) for hit in hits),
        automatic=any(hit.captions == "auto" for hit in hits),
    )


@dataclass(frozen=True, slots=True)
class Timeline:
    """The marks of one video, each by its distance from the left, of WIDTH.

    `shown` are the moments that the page shows, `said` the other places; `length_ms` is what the
    whole bar stands for.
    """

    length_ms: int
    shown: tuple[int, ...]
    said: tuple[int, ...]


def timeline_of(length_ms: int, shown: Iterable[int], said: Iterable[int]) -> Timeline:
    """Lay times, in ms, on a bar; marks too near to be told apart are one."""
    longest = max([length_ms, 1, *(shown := tuple(shown)), *(said := tuple(said))])
    moments = _apart(_along(shown, longest), ())
    return Timeline(longest, moments, _apart(_along(said, longest), moments))


def _along(times: Iterable[int], longest: int) -> list[int]:
    return sorted(round(TIMELINE_WIDTH * ms / longest) for ms in times)


def _apart(places: Iterable[int], taken: tuple[int, ...]) -> tuple[int, ...]:
    kept: list[int] = []
    for place in places:
        if all(abs(place - other) >= _APART for other in (*kept[-1:], *taken)):
            kept.append(place)
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class InlinePlayer:
    """A player on a results page, its picture, and the captions it can show."""

    player: Player
    poster: str
    language: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VideoResult:
    """One video of the results. `places` is how many of its sentences say what was asked."""

    group: Group
    timeline: Timeline
    places: int
    player: InlinePlayer | None = None


def results_by_video(
    generation: Generation, library: Library, answer: Answer
) -> tuple[VideoResult, ...]:
    """Lay out hits by video, best first; the best one can be played where it stands."""
    groups = group_by_video(answer.hits, generation.catalogue)
    tracks = [(group.video.slug, group.moments[0].hit.language) for group in groups]
    said = {one.video: one for one in generation.said_within(answer.understood, tracks)}
    found = tuple(_result(group, said.get(group.video.slug)) for group in groups)
    if not found:
        return ()
    return (replace(found[0], player=_inline_player(generation, library, groups[0])), *found[1:])


def _result(group: Group, said: TrackMentions | None) -> VideoResult:
    mentions = tuple(said.starts_ms.values()) if said else ()
    length_ms = group.video.duration_ms or (said.end_ms if said else 0)
    timeline = timeline_of(
        length_ms,
        (moment.hit.start_ms for moment in group.moments),
        (start_ms for start_ms in mentions if not _is_shown(start_ms, group)),
    )
    return VideoResult(group, timeline, len(mentions))


def _is_shown(at_ms: int, group: Group) -> bool:
    return any(one.hit.start_ms <= at_ms < one.hit.end_ms for one in group.moments)


def _inline_player(generation: Generation, library: Library, group: Group) -> InlinePlayer | None:
    """A player that starts at the best moment; None where the video can't be played here."""
    best = group.moments[0].hit
    player = player_of(group.video, library, best.start_ms)
    if player.kind not in {"own", "youtube"}:
        return None
    poster = poster_address(library, group.video)
    return InlinePlayer(player, poster, best.language, generation.languages(group.video.slug))
