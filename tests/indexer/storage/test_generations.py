"""Generations on disk: a crash, a full disk or a second builder leaves the old one serving."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from inverted import documents_of
from libraries import build, found, library_of, opened, write_track
from paths import SUPPORT

from catalog import Library
from indexer import IndexerError, NoIndex
from indexer.storage.generations import building, current_name
from indexer.storage.postings import write_postings


class Crash(BaseException):
    """Nothing catches this, as nothing catches kill -9."""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = library_of(tmp_path, {"pills": "lorlatinib reaches the brain"})
    build(library)
    write_track(library, "pills", "brigatinib reaches the brain")
    return library


def folders(library: Library) -> list[str]:
    return sorted(path.name for path in library.index_dir.iterdir() if path.is_dir())


def test_many_rebuilds_keep_the_served_generation_and_the_one_before(library: Library) -> None:
    for number in range(5):
        write_track(library, "pills", f"tablet {number}")
        build(library)

    assert folders(library) == ["g000005", "g000006"]
    assert current_name(library) == "g000006"


@pytest.mark.slow
@pytest.mark.parametrize(
    "step",
    [
        "indexer.writer.builder.gather",
        "indexer.writer.assembly.write_postings",
        "indexer.writer.builder.checksums",
        "indexer.writer.builder.write_manifest",
        "indexer.writer.builder.open_index",
        "indexer.storage.generations.sync_to_disk",
        "indexer.storage.generations.write_atomically",
    ],
)
def test_a_crash_at_any_step_leaves_the_old_one_served(
    library: Library, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_args: object, **_named: object) -> None:
        raise Crash

    monkeypatch.setattr(step, crash)
    with pytest.raises(Crash):
        build(library)
    monkeypatch.undo()

    assert current_name(library) == "g000001"
    assert found(opened(library), "lorlatinib") == ["pills"]
    build(library)
    assert found(opened(library), "brigatinib") == ["pills"]
    assert len(folders(library)) == 2


@pytest.mark.slow
def test_a_killed_build_is_swept_away_by_the_next(library: Library) -> None:
    script = """
        import os, signal, sys
        from pathlib import Path
        import indexer.writer.assembly
        from libraries import build
        from catalog import Library

        indexer.writer.assembly.write_postings = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        build(Library(Path(sys.argv[1])))
    """
    words = [sys.executable, "-c", dedent(script), str(library.root)]
    run = subprocess.run(words, cwd=SUPPORT, check=False)
    assert run.returncode < 0
    assert folders(library) == [".building", "g000001"]

    build(library)

    assert folders(library) == ["g000001", "g000002"]
    assert found(opened(library), "brigatinib") == ["pills"]


def test_a_crash_after_the_swap_serves_the_new_one(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_args: object) -> None:
        raise Crash

    monkeypatch.setattr("indexer.storage.generations.forget_old", crash)
    with pytest.raises(Crash):
        build(library)

    assert found(opened(library), "brigatinib") == ["pills"]


def test_a_full_disk_is_a_sentence_and_the_old_one_stays(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "tables/text.npy")

    monkeypatch.setattr("indexer.writer.sources.adding_to", full)
    with pytest.raises(IndexerError, match=r"text.npy: No space left on device; the old index"):
        build(library)

    assert found(opened(library), "lorlatinib") == ["pills"]
    assert folders(library) == ["g000001"]


def test_two_builders_never_meet(library: Library) -> None:
    with building(library), pytest.raises(IndexerError, match="another `hope index` is at work"):
        build(library)

    assert build(library).generation == "g000002"


@pytest.mark.parametrize(
    ("documents", "says"),
    [
        ([["brigatinib"], ["brain"], ["one too many"]], "tables and postings do not agree"),
        ([["something else"]], "'brigatinib' is not found where it is"),
    ],
)
def test_a_build_that_does_not_prove_itself_is_not_served(
    library: Library, documents: list[list[str]], says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_wrong(folder: Path, _documents: object) -> None:
        write_postings(folder, documents_of(documents))

    monkeypatch.setattr("indexer.writer.assembly.write_postings", write_wrong)
    with pytest.raises(IndexerError, match=says):
        build(library, full=True)

    assert current_name(library) == "g000001"
    assert folders(library) == ["g000001"]


def test_what_a_crash_left_half_built_is_swept_away(library: Library) -> None:
    (library.index_dir / ".building/tables").mkdir(parents=True)
    (library.index_dir / ".building/tables/text.npy").write_bytes(b"half")

    build(library)

    assert folders(library) == ["g000001", "g000002"]
    assert found(opened(library), "brigatinib") == ["pills"]


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": "lorlatinib reaches the brain"})
    library.index_dir.write_text("a file where a folder has to be")

    with pytest.raises(IndexerError, match=r"index: cannot be written: .*read-only\?"):
        build(library)


@pytest.mark.parametrize("pointer", ["", "g000099", "../../etc", "g1", "\udcff", "g000001\0"])
def test_a_pointer_to_nowhere_is_no_index_and_the_next_build_mends_it(
    library: Library, pointer: str
) -> None:
    file = library.index_dir / "current"
    file.write_bytes(pointer.encode("utf-8", "surrogateescape"))
    with pytest.raises(NoIndex, match="hope index"):
        current_name(library)

    build(library)

    assert found(opened(library), "brigatinib") == ["pills"]


def test_names_count_on_whatever_was_deleted(library: Library) -> None:
    build(library)
    shutil.rmtree(library.index_dir / "g000001")
    (library.index_dir / "current").unlink()

    assert build(library).generation == "g000003"


def test_the_index_folder_is_nobody_elses(library: Library) -> None:
    for folder in (library.index_dir, library.index_dir / "g000001"):
        assert folder.stat().st_mode & 0o077 == 0
