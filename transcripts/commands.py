"""The commands of this room, and what they do as functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rapidfuzz import process

from catalog import (
    Catalogue,
    ExitCode,
    Library,
    Video,
    is_youtube,
    load_catalogue,
    load_fetch_settings,
    progress,
    say,
    tell,
)
from transcripts.errors import TranscriptError
from transcripts.fetching.captions import fetch_missing, not_due
from transcripts.fetching.drafts import DraftReport, draft_listing
from transcripts.fetching.pages import SyncReport, due_pages, sync_pages
from transcripts.fetching.provenance import made_by
from transcripts.fetching.reports import FetchReport
from transcripts.fetching.scheduler import DEFAULT_RUN, RunOptions
from transcripts.fetching.trial import TrialReport, try_fetching
from transcripts.formats.writers import as_json, as_text, as_webvtt
from transcripts.importing.command import import_
from transcripts.jobs.lock import holding
from transcripts.jobs.sentences import errors_as_sentences
from transcripts.jobs.shutdown import stoppable
from transcripts.reader import transcript_of
from transcripts.sites.cookies import read_cookies
from transcripts.sites.offers import CaptionAnswer, Choose
from transcripts.sites.policy import RequestPolicy
from transcripts.transcribing.job import transcribe_videos
from transcripts.transcribing.listener import USUAL_MODEL, open_listener

if TYPE_CHECKING:
    from transcripts.sites.client import Downloader

JsonOption = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]
Force = Annotated[
    bool, typer.Option("--force", help="Ask at once, even while a site told us to wait.")
]
Wait = Annotated[bool, typer.Option("--wait", help="If a site told us to wait, wait, then go on.")]
Loopback = Annotated[
    bool, typer.Option("--allow-loopback", help="Also ask addresses on this machine.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command()(sync)
    app.command()(fetch)
    app.command("import")(import_)
    app.command()(transcribe)
    app.command()(transcript)


def sync(
    ctx: typer.Context,
    url: Annotated[
        str, typer.Argument(help="A playlist, channel or video to draft entries of.")
    ] = "",
    all_pages: Annotated[
        bool, typer.Option("--all", help="Ask every page again, due or not.")
    ] = False,
    force: Force = False,
    wait: Wait = False,
    allow_loopback: Loopback = False,
    as_json: JsonOption = False,
) -> None:
    """Find the videos behind the pages of the catalogue; with URL, draft new entries.

    What is found is kept in the library (resolved.json), never in the curated files. Drafts go
    to the library's drafts folder, for a person to review.
    """
    run = RunOptions(at_once=all_pages or force, force=force, wait=wait)
    library = ctx.obj
    with errors_as_sentences(), stoppable(), holding(library, "hope sync"):
        report: SyncReport | DraftReport
        if url:
            report = draft_library(library, url, run=run, allow_loopback=allow_loopback)
        else:
            report = sync_library(library, run=run, allow_loopback=allow_loopback)
    _tell(report, as_json)


def fetch(
    ctx: typer.Context,
    videos: Annotated[
        list[str] | None,
        typer.Argument(help="Only these videos (their slugs), and at once, due or not."),
    ] = None,
    force: Force = False,
    wait: Wait = False,
    allow_loopback: Loopback = False,
    as_json: JsonOption = False,
) -> None:
    """Fetch the captions that are missing or may have changed.

    Tracks are kept as they come, each with where it came from. Nothing that was put there or
    corrected by hand is replaced. A run that ended early goes on where it stopped.
    """
    run = RunOptions(at_once=bool(videos) or force, force=force, wait=wait)
    with errors_as_sentences(), stoppable(), holding(ctx.obj, "hope fetch"):
        report = fetch_library(ctx.obj, videos or (), run=run, allow_loopback=allow_loopback)
    _tell(report, as_json)


def transcribe(
    ctx: typer.Context,
    videos: Annotated[list[str], typer.Argument(help="The videos, by their slugs.")],
    model: Annotated[
        str, typer.Option(help="A Whisper model by name (tiny, small, medium), or its folder.")
    ] = USUAL_MODEL,
    again: Annotated[
        bool, typer.Option("--again", help="Also where a machine wrote captions before.")
    ] = False,
    allow_loopback: Loopback = False,
) -> None:
    """Write captions where a video has none, by a speech model on this machine.

    They are labelled as made by a machine here, and never replace what people wrote. The sound is
    a film of our own, or is fetched where `sound = true` in site.toml allows it.
    """
    with errors_as_sentences(), stoppable(), holding(ctx.obj, "hope transcribe"):
        wanted = chosen(load_catalogue(ctx.obj).videos, videos)
        policy = request_policy(ctx.obj, allow_loopback=allow_loopback)
        report = transcribe_videos(ctx.obj, wanted, open_listener, model, policy, again=again)
    raise typer.Exit(tell(report))


class TranscriptFormat(StrEnum):
    """How a transcript is printed."""

    text = "text"
    vtt = "vtt"
    json = "json"


_WRITERS = {
    TranscriptFormat.text: as_text,
    TranscriptFormat.vtt: as_webvtt,
    TranscriptFormat.json: as_json,
}


def transcript(
    ctx: typer.Context,
    video: Annotated[str, typer.Argument(help="The video, by its slug.")],
    language: Annotated[
        str | None, typer.Option(help="The language, like en or es; else the video's own.")
    ] = None,
    form: Annotated[
        TranscriptFormat,
        typer.Option("--format", help="For reading, for a player, or for a program."),
    ] = TranscriptFormat.text,
) -> None:
    """Print what is said in a video, as it was read from its captions."""
    with errors_as_sentences():
        (wanted,) = chosen(load_catalogue(ctx.obj).videos, [video])
    try:
        read = transcript_of(ctx.obj, wanted, language)
    except TranscriptError as err:
        say(str(err))
        raise typer.Exit(ExitCode.PART) from err
    by = made_by(read.track.path)
    read = replace(read, track=replace(read.track, made_by=by))
    machine = f"made here by a machine, {by}; nobody checked it"
    for note in (*([machine] if by else []), *read.notes):
        say(f"{wanted.slug} {read.track.name}: {note}")
    print(_WRITERS[form](read))


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


def _tell(report: FetchReport | SyncReport | DraftReport, as_json: bool) -> None:
    """The report on stdout, and its exit code."""
    if as_json:
        built = msgspec.to_builtins(report) | {"exit": int(report.exit)}
        print(msgspec.json.format(msgspec.json.encode(built)).decode())
    else:
        tell(report)
    raise typer.Exit(report.exit)
