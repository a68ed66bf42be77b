"""Draft entries for the catalogue, from a playlist, channel or video, for a person to review."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from catalog import (
    Catalogue,
    ExitCode,
    Library,
    counted,
    fold_accents,
    is_youtube,
    video_id_in,
    write_atomically,
)
from transcripts.fetching.provenance import without_secrets
from transcripts.fetching.reports import outcome_sentences
from transcripts.fetching.scheduler import DEFAULT_RUN, RunEnding, RunOptions, ask_in_turn
from transcripts.sites.offers import PlaylistVideo, VideoListing
from transcripts.sites.outcomes import Outcome
from transcripts.sites.signals import classify

ListVideos = Callable[[str], VideoListing]

HIDDEN = {"[Private video]", "[Deleted video]"}
LONGEST_SLUG = 80
HEAD = """\
# A draft of {count} from {address}
# Review it: mend slugs and titles, delete what does not belong, add speakers, topics and
# questions. Then move this file into the catalogue folder, or copy entries into a series there.
"""


@dataclass(frozen=True, slots=True)
class DraftReport:
    """What a playlist or channel gave: `file` holds `drafted` new entries.

    `known` are the slugs of videos that the catalogue has already; `hidden` counts the private
    and deleted ones.
    """

    outcome: Outcome
    address: str
    title: str = ""
    file: str = ""
    drafted: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    hidden: int = 0
    next_try: datetime | None = None
    detail: str = ""
    ending: RunEnding = field(default_factory=RunEnding)
    site: str = ""

    @property
    def exit(self) -> ExitCode:
        """The exit code of a command that did this and nothing else."""
        return self.ending.exit(self.outcome.well)

    @property
    def _failed(self) -> bool:
        """Whether there is something to say that the ending does not say already."""
        return not self.outcome.well and not self.ending.blocks and not self.ending.interrupted

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was written, what was left out and why, and how the run ended."""
        trouble = outcome_sentences(self.outcome, self.detail)
        drafted = counted(len(self.drafted), "video")
        lines = (
            f"{self.address}: {trouble}" if self._failed else "",
            f"{drafted} drafted in {self.file}; review it." if self.file else "",
            f"Left out, known already: {', '.join(self.known)}." if self.known else "",
            f"Left out, private or deleted: {self.hidden}." if self.hidden else "",
            "Nothing new was found." if self.outcome.well and not self.file else "",
        )
        return (*(line for line in lines if line), *self.ending.sentences)


def draft_listing(
    address: str,
    catalogue: Catalogue,
    library: Library,
    list_videos: ListVideos,
    run: RunOptions = DEFAULT_RUN,
) -> DraftReport:
    """List a playlist, channel or video, and draft what the catalogue does not know.

    Nobody is asked for one video that it knows.
    """
    if known := _slugs_by_id(catalogue).get(video_id_in(address)):
        return DraftReport(Outcome.RESOLVED, without_secrets(address), known=(known,))

    def ask(address: str) -> DraftReport:
        return _draft(address, catalogue, library, list_videos(address), run.clock())

    answers, ending = ask_in_turn([address], ask, lambda one: (one,), library, run)
    if not answers:
        outcome = ending.blocks[0].outcome if ending.blocks else Outcome.FAILED  # or ended early
        return DraftReport(outcome, without_secrets(address), ending=ending)
    return replace(answers[0], ending=ending)


def draft_text(
    title: str, address: str, videos: Iterable[PlaylistVideo], taken: Collection[str]
) -> tuple[str, tuple[str, ...]]:
    """A series file of these videos, and the slugs in it, none of which is `taken`."""
    slugs: dict[str, PlaylistVideo] = {}
    for video in videos:
        slugs[_free(slug_of(video.title, "video"), {*taken, *slugs})] = video
    head = HEAD.format(count=counted(len(slugs), "video"), address=_plain(address))
    series = f"slug = {_quoted(slug_of(title, 'draft'))}\ntitle = {_quoted(title or 'Draft')}\n"
    return head + series + "".join(_entry(*item) for item in slugs.items()), tuple(slugs)


def slug_of(title: str, otherwise: str) -> str:
    """A title as a slug; `otherwise` where it holds no Latin letter or digit."""
    folded = fold_accents(title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", folded.replace("'", ""))
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > LONGEST_SLUG:
            break
        slug = f"{slug}-{word}" if slug else word[:LONGEST_SLUG]
    return slug or otherwise


def _draft(
    address: str, catalogue: Catalogue, library: Library, listing: VideoListing, now: datetime
) -> DraftReport:
    outcome = Outcome.RESOLVED if listing.videos else classify(listing.seen)
    outcome = Outcome.NO_VIDEO if outcome is Outcome.NO_CAPTIONS else outcome
    listed = is_youtube(urlsplit(address).hostname or "") and not video_id_in(address)
    outcome = Outcome.NO_LIST if outcome is Outcome.DEAD_LINK and listed else outcome
    known = _slugs_by_id(catalogue)
    shown = [video for video in listing.videos if video.title not in HIDDEN]
    fresh = [video for video in shown if video.youtube not in known]
    asked = without_secrets(address)
    series = {series.slug for series in catalogue.series}
    text, slugs = draft_text(listing.title, asked, fresh, {*catalogue.videos, *series})
    return DraftReport(
        outcome,
        asked,
        listing.title,
        str(_written(library, slug_of(listing.title, "draft"), text)) if fresh else "",
        slugs,
        tuple(known[video.youtube] for video in shown if video.youtube in known),
        len(listing.videos) - len(shown),
        outcome.next_try(now, listing.seen.retry_after_s),
        "" if outcome.well else listing.seen.detail,
        site=listing.seen.site,
    )


def _slugs_by_id(catalogue: Catalogue) -> dict[str, str]:
    return {video.youtube: slug for slug, video in catalogue.videos.items() if video.youtube}


def _written(library: Library, name: str, text: str) -> Path:
    """Write beside earlier drafts, which a person may be at work on. Raises OSError."""
    content = text.encode()
    taken: set[str] = set()
    while True:
        file = library.drafts_dir / f"{_free(name, taken)}.toml"
        if not file.exists():
            write_atomically(file, content)
        if file.read_bytes() == content:
            return file
        taken.add(file.stem)


def _entry(slug: str, video: PlaylistVideo) -> str:
    duration = round(video.duration_s or 0)
    fields: Mapping[str, str] = {
        "slug": slug,
        "title": video.title,
        "youtube": video.youtube,
        "duration": f"{duration // 60}:{duration % 60:02}" if 0 < duration < 60_000 else "",
    }
    lines = (f"{key} = {_quoted(value)}\n" for key, value in fields.items() if value)
    return "\n[[videos]]\n" + "".join(lines)


def _free(slug: str, taken: Collection[str]) -> str:
    number = 2
    name = slug
    while name in taken:
        name, number = f"{slug}-{number}", number + 1
    return name


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's, once control characters are gone."""
    return json.dumps(_plain(text), ensure_ascii=False)


def _plain(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
