"""The commands of this room; what they do as functions is in `library_jobs.py`."""

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import msgspec
import typer

from catalog import ExitCode, errors_as_sentences, load_catalogue, say, tell
from transcripts.errors import TranscriptError
from transcripts.fetching.drafts import DraftReport
from transcripts.fetching.pages import SyncReport
from transcripts.fetching.provenance import made_by
from transcripts.fetching.reports import FetchReport
from transcripts.fetching.scheduler import RunOptions
from transcripts.formats.writers import as_json, as_text, as_webvtt
from transcripts.importing.command import import_
from transcripts.jobs.lock import holding
from transcripts.jobs.shutdown import stoppable
from transcripts.library_jobs import (
    chosen,
    draft_library,
    fetch_library,
    request_policy,
    sync_library,
)
from transcripts.reader import transcript_of
from transcripts.transcribing.job import transcribe_videos
from transcripts.transcribing.listener import USUAL_MODEL, open_listener

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


def _tell(report: FetchReport | SyncReport | DraftReport, as_json: bool) -> None:
    """The report on stdout, and its exit code."""
    if as_json:
        built = msgspec.to_builtins(report) | {"exit": int(report.exit)}
        print(msgspec.json.format(msgspec.json.encode(built)).decode())
    else:
        tell(report)
    raise typer.Exit(report.exit)
