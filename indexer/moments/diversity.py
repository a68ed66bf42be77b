"""Whose turn it is among scored passages: several videos, and an intro beside what goes deep.

What comes next depends on what is shown already, never on how much is asked for.
"""

from collections.abc import Sequence

import msgspec

from indexer.settings import Settings


class Candidate(msgspec.Struct, frozen=True):
    """A passage that may be shown: its row, its video with the kind of its series, its score."""

    row: int
    video: str
    kind: str | None
    score: float
    own_language: bool = True


def next_of(left: Sequence[Candidate], shown: Sequence[Candidate], settings: Settings) -> Candidate:
    """Choose what comes next of those `left`, best first and not none.

    A video that had its share gives way to another that answers nearly as well, and where the very
    first are all in-depth, the last of them to an intro.
    """
    first = len(shown) < settings.first_places
    enough = left[0].score * (settings.answers_too if first else settings.answers_later)
    most = settings.most_of_a_video + len(shown) // settings.more_each
    videos = [one.video for one in shown]
    chosen = left[0]
    if videos.count(chosen.video) >= most:
        full = {video for video in videos if videos.count(video) >= most}
        other = next((one for one in left if one.video not in full), chosen)
        chosen = other if other.score >= enough else chosen
    if len(shown) + 1 != settings.intro_within:
        return chosen
    return _intro(left, [*shown, chosen], settings) or chosen


def _intro(
    left: Sequence[Candidate], front: Sequence[Candidate], settings: Settings
) -> Candidate | None:
    if any(one.kind != "in-depth" for one in front):
        return None
    enough = max(one.score for one in front) * settings.intro_too
    return next((one for one in left if one.kind == "intro" and one.score >= enough), None)
