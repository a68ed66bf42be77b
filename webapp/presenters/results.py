"""Hits as pages show them: moments, under their videos, with who says what in a snippet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from catalog import Catalogue, Person, Series, Video, base_language
from indexer import Hit, detected_language
from webapp.presenters.readable import readable_hit
from webapp.presenters.speakers import labels, person_named
from webapp.rendering.highlights import Fragment, highlighted


@dataclass(frozen=True, slots=True)
class SnippetTurn:
    """What one speaker says in a row of a snippet; `asked` when it only leads to the answer.

    `speaker` says who, where somebody begins to speak and captions tell that, else "". `goes_on`
    says of the last that more of it is said in the video.
    """

    fragments: tuple[Fragment, ...]
    speaker: str = ""
    asked: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """One hit, ready to be shown: the question that it begins with, if any, and the answer.

    `path` is the page that plays it, `answers` the catalogue's question in whose time it lies, if
    any, `foreign` the language of its words where that of the video or the question is another.
    """

    hit: Hit
    parts: tuple[SnippetTurn, ...]
    path: str
    answers: str = ""
    foreign: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The moments of one video, best first. `automatic` when any was heard by a machine.

    `written` says that people wrote the captions of the best, `notice` that the notice of its
    series is not on the page yet.
    """

    video: Video
    series: Series
    speakers: tuple[Person, ...]
    moments: tuple[Moment, ...]
    automatic: bool
    written: bool
    notice: bool = True


def moment_of(hit: Hit, video: Video, people: Sequence[Person] = (), question: str = "") -> Moment:
    """Split what a hit says where the answer begins, and where another speaker does.

    The page of its video is then searched for the `question`, if any.
    """
    hit = readable_hit(hit)
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
            goes_on=hit.goes_on and end == len(hit.text),
        )
        for start, end in pairwise([*cuts, len(hit.text)])
    )
    said = base_language(hit.language)
    foreign = {base_language(video.language), detected_language(question) or said} != {said}
    return Moment(
        hit,
        parts,
        f"{hit.url}&q={quote(question)}" if question else hit.url,
        _answered_at(video, hit.match_ms),
        hit.language if foreign else "",
    )


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


def group_by_video(
    hits: Iterable[Hit], catalogue: Catalogue, question: str = ""
) -> tuple[Group, ...]:
    """Put hits under their videos; videos and moments keep the order of the hits."""
    by_video: dict[str, list[Hit]] = {}
    for hit in hits:
        by_video.setdefault(hit.video, []).append(hit)
    return tuple(_group(slug, found, catalogue, question) for slug, found in by_video.items())


def _group(slug: str, hits: list[Hit], catalogue: Catalogue, question: str) -> Group:
    video = catalogue.videos[slug]
    people = catalogue.speakers_of(video)
    return Group(
        video=video,
        series=catalogue.series_of(video),
        speakers=people,
        moments=tuple(moment_of(hit, video, people, question) for hit in hits),
        automatic=any(hit.captions == "auto" for hit in hits),
        written=hits[0].captions == "manual",
    )


def shared_notice(shown: Iterable[Series]) -> Series | None:
    """The series whose notice is said once for all that is shown; None where notices differ."""
    by_notice: dict[str, Series] = {}
    for series in shown:
        by_notice.setdefault(series.notice, series)
    only = next(iter(by_notice.values())) if len(by_notice) == 1 else None
    return only if only and only.notice else None
