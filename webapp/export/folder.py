"""Writes an export into a folder, and says what is in it."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path

import msgspec

from catalog import Operator, SaidError, base_language, counted
from indexer import Generation
from transcripts import as_chapters
from webapp.export.archive import archive_pages
from webapp.export.chapters import FEWEST, Section, description, parts_of
from webapp.export.moments import exported_moments


class Kind(StrEnum):
    """What can be exported."""

    MOMENTS = "moments"
    CHAPTERS = "chapters"
    SITE = "site"


class ExportError(SaidError):
    """An export cannot be written; the message says why and what to do."""


def export_library(
    generation: Generation, operator: Operator, folder: Path, kinds: Iterable[Kind]
) -> tuple[str, ...]:
    """Write what is asked for into a new or empty folder, and say so. Raises ExportError."""
    writers = {Kind.MOMENTS: _moments, Kind.CHAPTERS: _chapters, Kind.SITE: _site}
    said: list[str] = []
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ExportError(f"{folder} is not empty; name a new folder, or empty this one")
        folder.mkdir(parents=True, exist_ok=True)
        for kind in dict.fromkeys(kinds):
            said += writers[kind](generation, operator, folder)
    except OSError as err:
        raise ExportError(f"{err.filename or folder}: cannot be written: {err.strerror}") from err
    return tuple(said)


def _moments(generation: Generation, operator: Operator, folder: Path) -> Iterator[str]:
    moments = exported_moments(generation, operator.address)
    lines = [msgspec.json.encode(one) + b"\n" for one in moments]
    (folder / "moments.jsonl").write_bytes(b"".join(lines))
    yield f"moments.jsonl: {counted(len(lines), 'moment')}"


def _chapters(generation: Generation, _operator: Operator, folder: Path) -> Iterator[str]:
    place = folder / "chapters"
    place.mkdir()
    written, few = 0, []
    for video in generation.videos.values():
        transcript = generation.transcript(video.slug)
        sentences = transcript.sentences if transcript else ()
        parts = parts_of(video, max((one.end_ms for one in sentences), default=0))
        if not parts:
            continue
        _write(place / f"{video.slug}.vtt", as_chapters(map(_told, parts)))
        lines = description(parts, base_language(video.language))
        if lines:
            _write(place / f"{video.slug}.txt", lines)
        else:
            few.append(video.slug)
        written += 1
    yield f"chapters: {counted(written, 'video')}"
    if few:
        yield (
            f"YouTube makes no chapters of fewer than {FEWEST} parts of ten seconds, so there is "
            f"no description for {', '.join(few)}"
        )


def _told(part: Section) -> tuple[int, int, str]:
    return part.start_ms, part.end_ms, part.title


def _site(generation: Generation, operator: Operator, folder: Path) -> Iterator[str]:
    place = folder / "site"
    place.mkdir()
    pages = 0
    for name, text in archive_pages(generation, operator):
        _write(place / name, text)
        pages += name.endswith(".html")
    yield f"site: {counted(pages, 'page')}; open site/index.html"


def _write(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
