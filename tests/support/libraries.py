"""Libraries small enough to write down in a test, built into a real index.

library = library_of(tmp_path, {"pills": "one line is one cue\\nof five seconds"})
build(library)
hits = opened(library).search("cue").hits
"""

from __future__ import annotations

import atexit
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from textwrap import dedent

from paths import SAMPLE

from catalog import Library, load_catalogue
from indexer import Generation, Hit, Shelf
from indexer.writer.builder import build_index
from indexer.writer.report import IndexReport

CUE_MS = 5_000
# A glossary of nothing: the shipped one takes a third of a second to read.
GLOSSARY = "canonical,kind,variants,related,misspellings,spanish,unsourced,facts,sources,heard\n"


def library_of(root: Path, talks: Mapping[str, str], series: str = "talks") -> Library:
    """Write a catalogue of these talks and captions of what they say: a line, a cue.

    It has no topics unless they are there already: a build searches for all that are shipped.
    """
    write_catalogue(root, catalogue_of(talks, series))
    library = Library(root)
    if not (library.catalog_dir / "topics.toml").exists():
        write_catalogue(root, "", "topics.toml")
    for video, lines in talks.items():
        write_track(library, video, lines)
    return library


def catalogue_of(videos: Mapping[str, str], series: str = "talks") -> str:
    """The smallest catalogue that has these videos; a title is the slug in words."""
    head = f'slug = "{series}"\ntitle = "{series.capitalize()}"\n'
    tables = (
        f'\n[[videos]]\nslug = "{video}"\ntitle = "{video.replace("-", " ").capitalize()}"\n'
        for video in videos
    )
    return head + "".join(tables)


def write_catalogue(root: Path, toml: str, name: str = "talks.toml") -> Path:
    """Write one file of a library's catalogue."""
    file = root / "catalog" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(dedent(toml), encoding="utf-8")
    return file


def write_track(library: Library, video: str, lines: str, name: str = "en.manual.vtt") -> Path:
    """Write captions in which each line is a cue of five seconds."""
    return write_captions(library, video, vtt(lines), name)


def write_captions(
    library: Library, video: str, content: str | bytes, name: str = "en.manual.vtt"
) -> Path:
    """Write a caption file as given, whatever it holds."""
    file = library.captions_of(video) / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def vtt(lines: str) -> str:
    """WebVTT in which each line is a cue of five seconds; an empty line is five of silence."""
    cues = (
        f"{_clock(n * CUE_MS)} --> {_clock((n + 1) * CUE_MS)}\n{line.strip()}\n"
        for n, line in enumerate(dedent(lines).strip().split("\n"))
        if line.strip()
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def build(library: Library, *, full: bool = False, workers: int = 1) -> IndexReport:
    """Index the library as `hope index` does."""
    return build_index(library, load_catalogue(library), quietly, full=full, workers=workers)


def sample_library(root: Path) -> Library:
    """Put the sample's captions in place with their index, which is built once a run."""
    shutil.copytree(_built_sample(os.environ.get("HOPE_MODEL", "")), root, dirs_exist_ok=True)
    return Library(root)


def lay_out_sample(library: Library) -> None:
    """Put the sample's catalogue and captions in place."""
    shutil.copytree(SAMPLE / "catalog", library.catalog_dir)
    for file in (SAMPLE / "site").glob("*/*"):
        if file.suffix in (".vtt", ".srt", ".json3"):
            language, _, automatic = file.stem.partition("-x-")
            name = f"{language}.{automatic or 'manual'}{file.suffix}"
            library.captions_of(file.parent.name).mkdir(parents=True, exist_ok=True)
            shutil.copy(file, library.captions_of(file.parent.name) / name)


@cache
def _built_sample(_model: str) -> Path:
    root = Path(mkdtemp(prefix="hope-sample-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    library = Library(root)
    lay_out_sample(library)
    build(library)
    return root


def opened(library: Library) -> Generation:
    """Open the generation that is served."""
    return Shelf(library).current()


def indexed(root: Path, talks: Mapping[str, str]) -> Generation:
    """Write a library, index it and open the index."""
    library = library_of(root, talks)
    build(library)
    return opened(library)


def found(generation: Generation, query: str) -> list[str]:
    """The videos of the hits of a query, best first."""
    return [hit.video for hit in generation.search(query).hits]


def best(generation: Generation, query: str) -> Hit:
    """The first hit of a query."""
    return generation.search(query).hits[0]


@contextmanager
def quietly(_what: str, _total: int) -> Iterator[Callable[[str], None]]:
    """Progress that nobody watches."""
    yield lambda _step: None


def _clock(ms: int) -> str:
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
