"""What a search found in each video: its moments, where in it they are, a player for the best."""

from __future__ import annotations

from dataclasses import dataclass, replace

from catalog import Library
from indexer import Answer, Generation, Places
from webapp.presenters.player import Player, player_of
from webapp.presenters.posters import poster_address
from webapp.presenters.results import Group, group_by_video
from webapp.presenters.strip import Strip, strip_of


@dataclass(frozen=True, slots=True)
class Screen:
    """A player on a results page, its picture, and the captions it can show."""

    player: Player
    poster: str
    language: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One video of the results. `places` is how many of its sentences say what was asked."""

    group: Group
    strip: Strip
    places: int
    screen: Screen | None = None


def found_in(generation: Generation, library: Library, answer: Answer) -> tuple[Found, ...]:
    """Lay out hits by video, best first; the best one can be played where it stands."""
    groups = group_by_video(answer.hits, generation.catalogue)
    tracks = [(group.video.slug, group.moments[0].hit.language) for group in groups]
    said = {one.video: one for one in generation.places(answer.understood, tracks)}
    found = tuple(_found(group, said.get(group.video.slug)) for group in groups)
    if not found:
        return ()
    return (replace(found[0], screen=_screen(generation, library, groups[0])), *found[1:])


def _found(group: Group, said: Places | None) -> Found:
    mentions = said.starts_ms if said else ()
    length_ms = group.video.duration_ms or (said.end_ms if said else 0)
    strip = strip_of(
        length_ms,
        (moment.hit.start_ms for moment in group.moments),
        (start_ms for start_ms in mentions if not _is_shown(start_ms, group)),
    )
    return Found(group, strip, len(mentions))


def _is_shown(at_ms: int, group: Group) -> bool:
    return any(one.hit.start_ms <= at_ms < one.hit.end_ms for one in group.moments)


def _screen(generation: Generation, library: Library, group: Group) -> Screen | None:
    """A player that starts at the best moment; None where the video can't be played here."""
    best = group.moments[0].hit
    player = player_of(group.video, library, best.start_ms)
    if player.kind not in {"own", "youtube"}:
        return None
    poster = poster_address(library, group.video)
    return Screen(player, poster, best.language, generation.languages(group.video.slug))
