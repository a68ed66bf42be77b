"""Finding caption files in what was given: files, folders and zip archives, which are not trusted.

Nothing of an archive is unpacked to the disk: its names lead nowhere, and what is read of it is
bounded by what really comes, not by what it says of itself.
"""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from transcripts.errors import TranscriptError
from transcripts.fetching.detection import form_of
from transcripts.formats.recognition import READ, binary_form, other_form
from transcripts.model import CAPTION_FORMATS
from transcripts.text import encoding_of

LARGEST = 20_000_000
LARGEST_IN_ALL = 300_000_000
MOST_FILES = 5_000
# What lies beside captions and is none: films, sounds, pictures, and a library's own accounts.
_BESIDE = re.compile(
    r"(\.(mp4|m4a|m4v|mp3|mov|mkv|webm|wav|avi|ogg|jpe?g|png|webp|gif|pdf|provenance\.json)"
    r"|^(fetch\.json|Thumbs\.db|desktop\.ini))$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CaptionFile:
    """One file: where it was found, for a person, its own name, the names above it, its bytes.

    `youtube` is the id of its video where the source itself says it, `kind` likewise.
    """

    place: str
    name: str
    above: tuple[str, ...]
    content: bytes
    youtube: str = ""
    kind: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """What was found and is not taken, and why; `beside` is what only lies beside captions."""

    place: str
    says: str
    beside: bool = False


def files_in(paths: Iterable[Path]) -> Iterator[CaptionFile | Skipped]:
    """Yield every file that may hold captions, and what is not taken. Raises TranscriptError."""
    left = _Left()
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                folders = file.relative_to(path).parts[:-1]
                yield from _of_file(file, (path.resolve().name, *folders), left)
        elif path.is_file():
            yield from _of_file(path, (path.resolve().parent.name,), left)
        else:
            raise TranscriptError(f"{path}: there is no such file or folder")


class _Left:
    """How much may still be read."""

    def __init__(self) -> None:
        self.files, self.bytes = MOST_FILES, LARGEST_IN_ALL

    def take(self, size: int) -> None:
        self.files -= 1
        self.bytes -= size
        if self.files < 0 or self.bytes < 0:
            raise TranscriptError(
                f"these are more than {MOST_FILES:,} files or {LARGEST_IN_ALL:,} bytes; "
                "give a smaller part of them"
            )


def _of_file(file: Path, above: tuple[str, ...], left: _Left) -> Iterator[CaptionFile | Skipped]:
    if file.is_symlink() or not file.is_file() or _is_hidden((*above[1:], file.name)):
        return
    if _BESIDE.search(file.name):
        yield Skipped(str(file), "it lies beside captions", beside=True)
        return
    if zipfile.is_zipfile(file):
        yield from _of_zip(file, left)
        return
    if file.stat().st_size > LARGEST:
        yield Skipped(str(file), "it is too large to be captions")
        return
    content = file.read_bytes()
    left.take(len(content))
    yield from _captions(str(file), file.name, above, content)


def _of_zip(archive: Path, left: _Left) -> Iterator[CaptionFile | Skipped]:
    with zipfile.ZipFile(archive) as opened:
        for member in opened.infolist():
            place = f"{archive.name}: {_shown(member.filename)}"
            parts = PurePosixPath(member.filename.replace("\\", "/")).parts
            if member.is_dir() or _is_hidden(parts) or not parts:
                continue
            if ".." in parts or parts[0].endswith((":", "/")):
                yield Skipped(place, "its name leads out of the archive")
                continue
            if _BESIDE.search(parts[-1]):
                yield Skipped(place, "it lies beside captions", beside=True)
                continue
            content = _member(opened, member)
            if isinstance(content, str):
                yield Skipped(place, content)
                continue
            left.take(len(content))
            yield from _captions(place, parts[-1], parts[:-1] or (archive.stem,), content)


def _member(opened: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | str:
    """What a member holds, no more than is allowed; or why it is not read."""
    if member.flag_bits & 1:
        return "it is locked by a password; unpack it first"
    try:
        with opened.open(member) as stream:
            content = stream.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError):
        return "it is damaged, or packed in a way that is not known here"
    return "it is too large to be captions" if len(content) > LARGEST else content


def _captions(
    place: str, name: str, above: tuple[str, ...], content: bytes
) -> Iterator[CaptionFile | Skipped]:
    if form(name, content):
        yield CaptionFile(place, name, above, content)
    else:
        yield Skipped(
            place, f"this is {_what(content)}, and not one of the forms that are read ({READ})"
        )


def _what(content: bytes) -> str:
    text = content.decode(encoding_of(content), "replace")
    return binary_form(content) or other_form(text) or "no file of captions"


def form(name: str, content: bytes) -> str:
    """The form of captions: by the content, else by the name; "" for what is none."""
    ext = name.rpartition(".")[2].lower()
    return form_of(content) or (ext if ext in CAPTION_FORMATS else "")


def _is_hidden(parts: Iterable[str]) -> bool:
    return any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts)


def _shown(name: str) -> str:
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name)
