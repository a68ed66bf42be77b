"""Finding the videos behind the pages that the catalogue names; kept in the library."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from catalog import (
    ExitCode,
    Library,
    PageResolution,
    ResolvedPages,
    Video,
    read_resolved,
    write_resolved,
)
from transcripts.fetching.provenance import without_secrets
from transcripts.fetching.reports import run_summary, troubles
from transcripts.fetching.scheduler import DEFAULT_RUN, RunEnding, RunOptions, ask_in_turn
from transcripts.sites.offers import PageFinding
from transcripts.sites.outcomes import Outcome
from transcripts.sites.signals import classify

FindPage = Callable[[str], PageFinding]


@dataclass(frozen=True, slots=True)
class PageReport:
    """What one page was found to hold. `kept` says that an earlier finding still stands."""

    video: str
    outcome: Outcome
    address: str
    youtube: str = ""
    candidates: tuple[str, ...] = ()
    kept: bool = False
    next_try: datetime | None = None
    detail: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """A whole run. `waiting` pages were not due yet, `left` ones it did not come to."""

    pages: tuple[PageReport, ...] = ()
    waiting: int = 0
    left: tuple[str, ...] = ()
    ending: RunEnding = field(default_factory=RunEnding)

    @property
    def exit(self) -> ExitCode:
        """The exit code of a command that did this and nothing else."""
        return self.ending.exit(all(page.outcome.well for page in self.pages))

    @property
    def sentences(self) -> tuple[str, ...]:
        """What was found, what a person must choose or mend, the sums, and how the run ended."""
        found = [_found(page) for page in self.pages if page.outcome is Outcome.RESOLVED]
        worries = troubles(page for page in self.pages if not page.outcome.well)
        choices = [
            f"{page.video}: the videos on {page.address} are {', '.join(page.candidates)}."
            for page in self.pages
            if page.candidates
        ]
        outcomes = (page.outcome for page in self.pages)
        summary = run_summary("page", outcomes, self.waiting, len(self.left))
        return (*found, *worries, *choices, summary, *self.ending.sentences)


def sync_pages(
    videos: Iterable[Video], library: Library, find: FindPage, run: RunOptions = DEFAULT_RUN
) -> SyncReport:
    """Resolve the pages that are due and keep what they hold. Raises CatalogError.

    That is every video of which the catalogue itself says only the page.
    """
    paged, due = due_pages(videos, library, run)

    def ask(video: Video) -> PageReport:
        report = _resolve(video, library, find(video.page), run.clock())
        run.step(f"{video.slug}: {report.outcome}")
        return report

    answers, ending = ask_in_turn(due, ask, lambda video: (video.page,), library, run)
    done = {page.video for page in answers}
    left = tuple(video.slug for video in due if video.slug not in done)
    return SyncReport(answers, len(paged) - len(due), left, ending)


def due_pages(
    videos: Iterable[Video], library: Library, run: RunOptions = DEFAULT_RUN
) -> tuple[tuple[Video, ...], tuple[Video, ...]]:
    """The videos known only by their page, and those of them that are due. Raises CatalogError."""
    resolved, now = read_resolved(library), run.clock()
    paged = tuple(video for video in videos if _by_page(video, resolved))
    due = (one for one in paged if run.at_once or page_is_due(resolved.of(one), now))
    return paged, tuple(due)


def page_is_due(known: PageResolution | None, now: datetime) -> bool:
    """Whether a page is asked: never asked before, long ago, or the clock went back."""
    if known is None:
        return True
    try:
        at = datetime.fromisoformat(known.resolved_at)
        outcome = Outcome(known.outcome)
    except ValueError:
        return True
    return at > now or outcome.stops_asking or outcome.next_try(at) <= now


def _by_page(video: Video, resolved: ResolvedPages) -> bool:
    """Whether the page is all that a curator wrote; an id found through it does not count."""
    known = resolved.of(video)
    found = bool(known) and known is not None and known.youtube == video.youtube
    return bool(video.page) and not video.media and (found or not video.youtube)


def _resolve(video: Video, library: Library, finding: PageFinding, now: datetime) -> PageReport:
    outcome = _outcome(finding)
    resolved = read_resolved(library)
    before = resolved.of(video)
    media = video.page if finding.own else ""
    candidates = finding.candidates
    fresh = PageResolution(video.page, outcome, now.isoformat(), finding.youtube, media, candidates)
    keeps = bool(before and before.found and not fresh.found)
    if before and keeps:
        fresh = msgspec.structs.replace(before, outcome=outcome, resolved_at=now.isoformat())
    write_resolved(library, resolved.having(video.slug, fresh))
    return PageReport(
        video.slug,
        outcome,
        without_secrets(video.page),
        fresh.youtube,
        candidates,
        keeps,
        outcome.next_try(now, finding.seen.retry_after_s),
        "" if outcome.well or candidates else finding.seen.detail,
        finding.seen.site,
    )


def _outcome(finding: PageFinding) -> Outcome:
    if finding.youtube or finding.own:
        return Outcome.RESOLVED
    outcome = classify(finding.seen)
    return Outcome.NO_VIDEO if outcome is Outcome.NO_CAPTIONS else outcome


def _found(page: PageReport) -> str:
    found = f"the YouTube video {page.youtube}" if page.youtube else "a video of its own"
    return f"{page.video}: {page.address} holds {found}."
