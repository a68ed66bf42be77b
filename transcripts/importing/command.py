"""The command `hope import`: caption files as they come from elsewhere, into the library."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from catalog import Library, Video, errors_as_sentences, load_catalogue, say, tell
from transcripts.errors import TranscriptError
from transcripts.fetching.provenance import read_state
from transcripts.importing.keeping import ImportReport, take_in
from transcripts.importing.plan import plan_import
from transcripts.importing.sources import CaptionFile, Skipped, files_in
from transcripts.jobs.lock import holding
from transcripts.jobs.shutdown import stoppable
from transcripts.model import TrackKind
from transcripts.tracks import is_language

_KINDS: dict[str, TrackKind] = {"manual": "manual", "auto": "auto", "translated": "translated"}


def import_(
    ctx: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Caption files, folders of them, or zip archives.")
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Take also what is not sure, and what differs.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would be done.")
    ] = False,
    language: Annotated[
        str, typer.Option(help="The language of all of them; else by name, or the video's.")
    ] = "",
    kind: Annotated[
        str, typer.Option(help="manual, auto or translated, of all of them; else by name.")
    ] = "",
    owner: Annotated[
        Path | None,
        typer.Option(help="Ask YouTube's Data API as the channel's owner, with this OAuth token."),
    ] = None,
) -> None:
    """Take in caption files from YouTube Studio, Rev, 3Play, Zoom or Whisper.

    Each is matched to a video of the catalogue by YouTube id, slug, title or length. What is sure
    is done; what is not sure, or would take the place of a track that differs, is asked for.
    """
    with errors_as_sentences():
        if kind and kind not in _KINDS:
            raise TranscriptError(f"{kind!r} is no kind; the kinds are {', '.join(_KINDS)}")
        if language and not is_language(language):
            raise TranscriptError(f"{language!r} is no language; write its code, like en or es-419")
        if not paths and not owner:
            raise TranscriptError("Name the caption files, a folder or a zip archive to take in.")
        videos = load_catalogue(ctx.obj).videos
        with stoppable(), holding(ctx.obj, "hope import"):
            files = [*files_in(paths or ()), *(_of_owner(owner, videos) if owner else ())]
            report = _imported(ctx.obj, files, videos, language, _KINDS.get(kind), yes, dry_run)
    raise typer.Exit(tell(report))


def _of_owner(token: Path, videos: Mapping[str, Video]) -> Iterator[CaptionFile | Skipped]:
    try:
        from transcripts.importing.owner import owner_files  # noqa: PLC0415  # an extra
    except ImportError as err:
        raise TranscriptError(
            "YouTube's Data API needs the extra `owner`: "
            "pip install --require-hashes -r requirements-owner.lock"
        ) from err
    return owner_files(token, videos)


def _imported(
    library: Library,
    files: Iterable[CaptionFile | Skipped],
    videos: Mapping[str, Video],
    language: str,
    kind: TrackKind | None,
    yes: bool,
    dry: bool,
) -> ImportReport:
    plan = plan_import(files, library, videos, _lengths(library, videos), language, kind)
    now = datetime.now(UTC).replace(microsecond=0)
    try:
        return take_in(plan, library, _Asking(yes or dry), now, dry=dry)
    except OSError as err:
        place = err.filename or library.captions_dir
        raise TranscriptError(f"{place}: cannot be written: {err.strerror}") from err


class _Asking:
    """Asks a person; where nobody answers, it stops asking and nothing more is taken."""

    def __init__(self, agreed: bool) -> None:
        self._agreed, self._alone = agreed, False

    def __call__(self, sentence: str) -> bool:
        if self._agreed or self._alone:
            return self._agreed
        try:
            return typer.confirm(f"{sentence}. Take it?", default=False, err=True)
        except typer.Abort:
            say("")  # below the question
            say("Nobody is here to answer; `--yes` takes also what is not sure.")
            self._alone = True
            return False


def _lengths(library: Library, videos: Mapping[str, Video]) -> dict[str, int]:
    """How long videos are, as the catalogue says or as they were when asked for."""
    return dict(_known_lengths(library, videos))


def _known_lengths(library: Library, videos: Mapping[str, Video]) -> Iterator[tuple[str, int]]:
    for slug, video in videos.items():
        state = read_state(library, slug)
        length = video.duration_ms or (state.length_ms if state else None)
        if length:
            yield slug, length
