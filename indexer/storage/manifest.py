"""What a generation says of itself: what built it, from what, and each file with its checksum."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from catalog import checksum, file_checksum
from indexer.errors import IndexerError
from transcripts import Aside, TrackKind

SCHEMA = 5
FILE = "generation.json"
# The other files and folders of a generation.
CATALOGUE = "catalogue.json"
NAMES = "names.json"
POSTINGS = "postings"
COLUMNS = "tables"
VECTORS = "vectors"


class _Built(msgspec.Struct, frozen=True):
    """As much of an account as every version of it has."""

    schema: int


class IndexedTrack(msgspec.Struct, frozen=True):
    """One track in the tables: where its rows are, and the caption file they were made from.

    `source` is the SHA-256 of that file, `hearing` that of what the catalogue knew about misheard
    names; `dead` rows are still there but no longer count. `asides` are the passages that are no
    answer, by their number in the track. `came_at` is when the file came (ISO 8601, UTC),
    `uploaded_at` when the site said that its video was uploaded. `beside` is the SHA-256 of the
    track it was held against, where both people and a machine wrote captions. `made_by` names the
    speech model that wrote it here.
    """

    video: str
    language: str
    kind: TrackKind
    ext: str
    source: str
    passages: int
    sentences: int
    tokens: int
    bytes: int
    speakers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    dead: bool = False
    hearing: str = ""
    asides: tuple[tuple[int, Aside], ...] = ()
    came_at: str = ""
    uploaded_at: str = ""
    words: int = 0
    beside: str = ""
    made_by: str = ""

    @property
    def name(self) -> str:
        """The track's file: `en.auto.json3`."""
        return f"{self.language}.{self.kind}.{self.ext}"


class Manifest(msgspec.Struct, frozen=True):
    """A generation's account of itself. `files` maps each file to its SHA-256.

    `seal` is the SHA-256 of the account itself, as JSON without a seal.
    """

    name: str
    schema: int
    built_at: str
    built_by: dict[str, str]
    tracks: tuple[IndexedTrack, ...]
    files: dict[str, str]
    seal: str = ""


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write and seal a generation's account of itself."""
    sealed = msgspec.structs.replace(manifest, seal=_seal(manifest))
    text = msgspec.json.format(msgspec.json.encode(sealed), indent=1)
    (folder / FILE).write_bytes(text + b"\n")


def read_manifest(folder: Path) -> Manifest:
    """Read a generation's account of itself. Raises IndexerError."""
    try:
        content = (folder / FILE).read_bytes()
        schema = msgspec.json.decode(content, type=_Built).schema
        if schema != SCHEMA:
            raise IndexerError(
                f"{folder}: built by another version (schema {schema}, ours is {SCHEMA}); "
                "run `hope index`"
            )
        manifest = msgspec.json.decode(content, type=Manifest)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as err:
        raise IndexerError(f"{folder / FILE}: cannot be read: {err}; run `hope index`") from err
    if manifest.seal != _seal(manifest):
        raise IndexerError(f"{folder / FILE}: it is damaged; run `hope index`")
    return manifest


def _seal(manifest: Manifest) -> str:
    unsealed = msgspec.structs.replace(manifest, seal="")
    return checksum(msgspec.json.encode(unsealed))


def checksums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a generation but its own account, by relative name."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != FILE)
    return {path.relative_to(folder).as_posix(): file_checksum(path) for path in files}


def is_whole(folder: Path) -> bool:
    """Whether a generation is all there, as it was built."""
    try:
        verify(folder, read_manifest(folder))
    except IndexerError:
        return False
    return True


def verify(folder: Path, manifest: Manifest) -> None:
    """Raise IndexerError when a file of the generation is missing or not as it was built."""
    for name, wanted in manifest.files.items():
        try:
            found = file_checksum(folder / name)
        except OSError as err:
            raise IndexerError(f"{folder / name}: {err.strerror}; run `hope index`") from err
        if found != wanted:
            raise IndexerError(f"{folder / name}: it is damaged; run `hope index`")


def files_in(folder: str, files: Iterable[str]) -> tuple[str, ...]:
    """The names of the files that an account has of one folder."""
    return tuple(name.removeprefix(f"{folder}/") for name in files if name.startswith(f"{folder}/"))
