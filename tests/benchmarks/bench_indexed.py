"""Libraries to measure on, in a temporary folder: indexed anew when what makes an index changed.

What ranks is not part of that state, so that whoever tries a change of ranking waits for no index.
Vectors are taken over from the last index of the same library and model.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import gettempdir, mkdtemp

from libraries import build
from paths import ROOT

from catalog import Library
from indexer.embedding.configured import NoModel, find_model

CACHE = Path(gettempdir()) / "hope-measured"
_MAKES_AN_INDEX = ("catalog", "transcripts", "indexer", "tests/benchmarks/bench_cut_questions.py")
_ONLY_ASKS = (
    "commands", "evaluation", "moments", "query", "ranking", "search", "settings.py", "urgency",
)  # fmt: skip
_BY_WORDS = "words"


def indexed(name: str, fill: Callable[[Library], None]) -> Library:
    """The library of this name with its index, from before or filled and indexed now."""
    before = CACHE / name / _model()
    ready = before / _state()
    if not ready.is_dir():
        before.mkdir(parents=True, exist_ok=True)
        print(f"Indexing {name} ({before.name})", file=sys.stderr)
        making = Library(Path(mkdtemp(prefix=".making-", dir=before)))
        fill(making)
        _take_vectors(before, making)
        build(making, full=True)
        try:
            making.root.rename(ready)
        except OSError:  # another process was faster
            shutil.rmtree(making.root)
    return Library(ready)


def copied(source: Path, library: Library) -> None:
    """Copy a library without its index, so that it can be changed."""
    for name in ("catalog", "captions"):
        if (source / name).is_dir():
            shutil.copytree(source / name, library.root / name, copy_function=shutil.copyfile)
    for folder in (library.root, *library.root.rglob("*")):
        folder.chmod(0o700 if folder.is_dir() else 0o600)


def _take_vectors(before: Path, library: Library) -> None:
    """Those of the last index of this library, else of one whose name begins alike."""
    alike = before.parent.name.partition("-")[0] + "*"
    for folders in (before.iterdir(), CACHE.glob(f"{alike}/{before.name}/*")):
        made = [folder for folder in folders if not folder.name.startswith(".")]
        if before.name != _BY_WORDS and made:
            newest = max(made, key=lambda folder: folder.stat().st_mtime)
            shutil.copytree(Library(newest).index_dir, library.index_dir)
            return


def _model() -> str:
    found = find_model()
    if isinstance(found, NoModel):
        if found.broken:
            sys.exit(found.why)
        return _BY_WORDS
    return f"{found.name}-{hashlib.sha256(found.identity.encode()).hexdigest()[:12]}"


def _state() -> str:
    """A checksum of the code and data that an index is made by."""
    told = hashlib.sha256()
    for file in _sources():
        told.update(os.fsencode(file.relative_to(ROOT)) + b"\0" + file.read_bytes() + b"\0")
    return told.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    for name in _MAKES_AN_INDEX:
        place = ROOT / name
        files = sorted(place.rglob("*")) if place.is_dir() else [place]
        for file in files:
            inside = file.relative_to(ROOT).parts
            asks = inside[0] == "indexer" and inside[1] in _ONLY_ASKS
            if file.is_file() and "__pycache__" not in inside and not asks:
                yield file
