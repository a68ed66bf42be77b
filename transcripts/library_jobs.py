"""What the commands of this room do with a library, as functions for whoever holds it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz import process

from catalog import (
    Catalogue,
    Library,
    Video,
    is_youtube,
    load_catalogue,
    load_fetch_settings,
    progress,
    say,
)
from transcripts.errors import TranscriptError
from transcripts.fetching.captions import fetch_missing, not_due
from transcripts.fetching.drafts import DraftReport, draft_listing
from transcripts.fetching.pages import SyncReport, due_pages, sync_pages
from transcripts.fetching.reports import FetchReport
from transcripts.fetching.scheduler import DEFAULT_RUN, RunOptions
from transcripts.fetching.trial import TrialReport, try_fetching
from transcripts.jobs.shutdown import stoppable
from transcripts.sites.cookies import read_cookies
from transcripts.sites.offers import CaptionAnswer, Choose
from transcripts.sites.policy import RequestPolicy

if TYPE_CHECKING:
    from transcripts.sites.client import Downloader


def sync_library(
    library: Library,
    *,
    catalogue: Catalogue | None = None,
    run: RunOptions = DEFAULT_RUN,
    allow_loopback: bool = False,
) -> SyncReport:
    """Resolve every page that is due, in a library that the caller holds. Raises CatalogError.

    `catalogue` stands in for the library's own.
    """
    videos = tuple((catalogue or load_catalogue(library)).videos.values())
    _, due = due_pages(videos, library, run)
    with progress("Pages", len(due)) as step, stoppable():
        find = _downloader(library, run, allow_loopback).page
        return sync_pages(videos, library, find, replace(run, step=step))


def draft_library(
    library: Library, url: str, *, run: RunOptions = DEFAULT_RUN, allow_loopback: bool = False
) -> DraftReport:
    """Draft the videos of a playlist or channel that the catalogue lacks.

    Raises CatalogError, and TranscriptError for what is no web address.
    """
    if url.startswith("@"):  # the handle of a channel
        url = f"www.youtube.com/{url}"
    if is_youtube(url.partition("/")[0].lower()):  # as it is often copied, without a scheme
        url = f"https://{url}"
    if not url.startswith(("https://", "http://")):
        raise TranscriptError(
            f"{url!r} is no web address, which starts with https://, and no @handle of a channel"
        )
    say(f"Listing {url}")
    with stoppable():
        list_videos = _downloader(library, run, allow_loopback).listing
        return draft_listing(url, load_catalogue(library), library, list_videos, run)


def fetch_library(
    library: Library,
    names: Iterable[str] = (),
    *,
    catalogue: Catalogue | None = None,
    run: RunOptions = DEFAULT_RUN,
    allow_loopback: bool = False,
) -> FetchReport:
    """Fetch what is due, or the named videos. Raises CatalogError, and TranscriptError for names.

    `catalogue` stands in for the library's own.
    """
    videos = chosen((catalogue or load_catalogue(library)).videos, tuple(names))
    waiting = len(not_due(videos, library, run))
    with progress("Captions", len(videos) - waiting) as step, stoppable():
        site = _downloader(library, run, allow_loopback)
        run = replace(run, step=step)
        return fetch_missing(videos, library, site.captions, run, site.picture)


def try_library(
    library: Library, names: Iterable[str] = (), *, allow_loopback: bool = False
) -> TrialReport:
    """Say what there is to ask with and ask for one video, of which nothing is kept.

    Raises CatalogError, and TranscriptError for names and wrong settings.
    """
    videos = chosen(load_catalogue(library).videos, tuple(names))
    settings = load_fetch_settings(library)

    def captions(address: str, choose: Choose) -> CaptionAnswer:
        say(f"Asking {address}")
        site = _downloader(library, DEFAULT_RUN, allow_loopback)
        return site.captions(address, choose)

    with stoppable():
        return try_fetching(settings, library.root, videos, captions)


def chosen(videos: Mapping[str, Video], names: Sequence[str]) -> tuple[Video, ...]:
    """The named videos, or all of them without names. Raises TranscriptError for unknown ones."""
    unknown = [_unknown(name, videos) for name in names if name not in videos]
    if unknown:
        raise TranscriptError("\n".join(unknown))
    return tuple(videos[name] for name in dict.fromkeys(names)) if names else tuple(videos.values())


def _unknown(name: str, videos: Mapping[str, Video]) -> str:
    near = [match for match, *_ in process.extract(name, list(videos), limit=3, score_cutoff=60)]
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    return f"The catalogue has no video named {name!r}.{hint}"


def request_policy(library: Library, *, allow_loopback: bool) -> RequestPolicy:
    """How the operator of a library wants sites to be asked.

    Raises CatalogError for a wrong site.toml, and TranscriptError for wrong cookies.
    """
    allowed = load_fetch_settings(library)
    cookies = read_cookies(library.root / allowed.cookies) if allowed.cookies else ""
    return RequestPolicy(allow_loopback=allow_loopback, allowed=allowed, cookies=cookies)


def _downloader(library: Library, run: RunOptions, allow_loopback: bool) -> "Downloader":
    """A downloader that asks whom the operator allows, and is as patient as the run.

    One without pauses retries without them.
    """
    # yt-dlp takes a quarter of a second to load, which a search need not wait for.
    from transcripts.sites.client import Downloader  # noqa: PLC0415

    policy = request_policy(library, allow_loopback=allow_loopback)
    return Downloader(policy if any(run.pause_s) else replace(policy, backoff_s=0), run.sleep)
