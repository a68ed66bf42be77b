"""Disks that are full or closed, clocks that go back, files that change, links that lead out.

Each is real: a small file system of its own, a mount that is read-only, permissions that bind.
"""

from __future__ import annotations

import ctypes
import gc
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from command_line import hope
from killable import AT_ONCE
from libraries import (
    GLOSSARY,
    build,
    found,
    library_of,
    opened,
    quietly,
    vtt,
    write_catalogue,
    write_track,
)
from loopback import Site, serving
from paths import ROOT

from catalog import Library, checksum, load_catalogue
from indexer.writer.builder import build_index
from transcripts import RunOptions, fetch_library
from transcripts.fetching.provenance import cannot_read, read_provenance

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small file system")
# From linux/capability.h and linux/prctl.h.
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
pytestmark = pytest.mark.slow
PR_CAPBSET_DROP = 24


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(words, check=False, capture_output=True).returncode:
        pytest.skip("a small file system cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def on_small_disk(small_disk: Path) -> Library:
    return indexed_at(small_disk / "library")


def indexed_at(root: Path) -> Library:
    library = library_of(root, {"pills": "lorlatinib reaches the brain"})
    (library.catalog_dir / "glossary.csv").write_text(GLOSSARY)
    build(library)
    return library


def fill(disk: Path, free_kb: int) -> Path:
    """Fill a disk but for so many kilobytes."""
    file = disk / "filling"
    room = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    file.write_bytes(b"x" * max(0, room - free_kb * 1024))
    return file


def left_over(library: Library) -> list[str]:
    """What a run that failed left behind."""
    parts = [path.name for path in library.root.rglob("*.part")]
    return parts + [path.name for path in library.index_dir.iterdir() if path.name == ".building"]


# What Whoosh could not flush it complains of once more when it is thrown away.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@as_root
def test_a_full_disk_at_any_point_of_a_build_is_a_sentence_and_the_old_one_serves(
    on_small_disk: Library, small_disk: Path
) -> None:
    library = on_small_disk
    write_track(library, "pills", "brigatinib reaches the brain")

    for free_kb in count(0, 12):
        filling = fill(small_disk, free_kb)
        result = hope(library, "index")
        filling.unlink()
        if result.exit_code == 0:
            break
        assert result.exit_code == 2
        assert "No space left on device; " in result.stderr or "disk full?; " in result.stderr
        assert "run `hope index` again" in result.stderr
        assert str(library.index_dir) in result.stderr
        assert found(opened(library), "lorlatinib") == ["pills"]
        assert left_over(library) == []
        assert [path.name for path in library.index_dir.glob("g*")] == ["g000001"]

    gc.collect()
    assert free_kb > 50
    assert found(opened(library), "brigatinib") == ["pills"]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


def fetched_library(root: Path, site: Site) -> Library:
    """A library with one page, whose captions were fetched."""
    page = site.page("/pills/", "en en.vtt")
    site.put("/pills/en.vtt", vtt("lorlatinib reaches the brain\n" * 60))
    entry = f'[[videos]]\nslug = "pills"\ntitle = "Pills"\npage = "{page}"\n'
    write_catalogue(root, f'slug = "talks"\ntitle = "Talks"\n{entry}')
    library = Library(root)
    assert fetch(library) == 0
    return library


def fetch(library: Library) -> int:
    return int(fetch_library(library, run=AT_ONCE, allow_loopback=True).exit)


@as_root
def test_a_full_disk_while_fetching_cuts_no_captions(small_disk: Path, site: Site) -> None:
    library = fetched_library(small_disk / "library", site)
    track = library.captions_of("pills") / "en.manual.vtt"
    before = track.read_bytes()
    site.put("/pills/en.vtt", vtt("brigatinib reaches the brain\n" * 60))

    for free_kb in (0, 4, 8):
        filling = fill(small_disk, free_kb)
        report = fetch_library(library, run=AT_ONCE, allow_loopback=True)
        filling.unlink()
        provenance = read_provenance(track)
        assert track.read_bytes() == before or report.exit == 0
        assert provenance
        assert checksum(track.read_bytes()) in {provenance.sha256, provenance.previous_sha256}
        assert left_over_parts(library) == []
        if report.exit:
            said = "\n".join(report.sentences)
            assert "captions/pills cannot be used: No space left on device" in said
            assert "Mend that, then run again." in said

    assert fetch(library) == 0
    assert b"brigatinib" in track.read_bytes()


def left_over_parts(library: Library) -> list[Path]:
    return list(library.root.rglob("*.part"))


@as_root
def test_a_library_on_a_disk_that_became_read_only_still_answers(
    on_small_disk: Library, small_disk: Path
) -> None:
    write_track(on_small_disk, "pills", "brigatinib reaches the brain")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    indexed = hope(on_small_disk, "index")
    searched = hope(on_small_disk, "search", "lorlatinib")

    assert indexed.exit_code == 2
    assert f"{on_small_disk.index_dir}: cannot be written: Read-only" in indexed.stderr
    assert "is the library read-only?" in indexed.stderr
    assert searched.exit_code == 0
    assert "lorlatinib" in searched.stdout


def bound_by_permissions(library: Library, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `hope` in a process that file permissions bind, also where that is root's."""

    def bind() -> None:
        if os.geteuid() == 0:
            for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
                ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)

    command = [sys.executable, "-m", "hope", "--library", str(library.root), *words]
    return subprocess.run(  # the child has one thread
        command,
        preexec_fn=bind,
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )


def test_folders_and_files_without_permission_are_named_and_the_old_one_serves(
    tmp_path: Path,
) -> None:
    library = indexed_at(tmp_path / "library")
    track = write_track(library, "pills", "brigatinib reaches the brain")
    track.chmod(0)
    unreadable = bound_by_permissions(library, "index")
    track.chmod(0o600)
    library.index_dir.chmod(0o500)
    closed = bound_by_permissions(library, "index")
    searched = bound_by_permissions(library, "search", "lorlatinib")
    library.index_dir.chmod(0o700)

    if "Permission denied" not in unreadable.stderr + unreadable.stdout:
        pytest.skip("permissions bind nobody here")
    assert unreadable.returncode == 1
    assert "captions/pills/en.manual.vtt: Permission denied" in unreadable.stdout
    assert "what was indexed of it before is kept" in unreadable.stdout
    assert closed.returncode == 2
    assert f"{library.index_dir}/.building: Permission denied; the old index" in closed.stderr
    assert searched.returncode == 0
    assert "lorlatinib" in searched.stdout
    assert build(library).generation == "g000002"


def test_a_clock_that_goes_back_keeps_the_order_of_builds_and_asks_again(
    tmp_path: Path, site: Site
) -> None:
    library = fetched_library(tmp_path, site)
    build(library)
    site.put("/pills/en.vtt", vtt("brigatinib reaches the brain"))
    long_ago = datetime(2001, 1, 1, tzinfo=UTC)
    back = RunOptions(pause_s=(0, 0), clock=lambda: long_ago, sleep=lambda _: None)

    fetched = fetch_library(library, run=back, allow_loopback=True)
    report = build_index(library, load_catalogue(library), quietly, clock=lambda: long_ago)

    assert fetched.exit == 0
    assert report.generation == "g000002"
    assert found(opened(library), "brigatinib") == ["pills"]
    assert opened(library).built_at.startswith("2001-01-01")


def test_a_track_that_is_written_while_it_is_read_is_read_whole_or_kept_as_it_was(
    tmp_path: Path,
) -> None:
    library = indexed_at(tmp_path)
    texts = [f"number {n} of these reaches the brain\n" * 30 + "the end" for n in (1, 2)]
    track = library.captions_of("pills") / "en.manual.vtt"
    done = threading.Event()

    def write_on() -> None:
        for turn in count():
            if done.is_set():
                return
            write_track(library, "pills", texts[turn % 2])

    writer = threading.Thread(target=write_on)
    writer.start()
    reports = [build(library) for _ in range(4)]
    done.set()
    writer.join()

    said = [problem for report in reports for problem in report.problems]
    assert all(str(track.name) in one or "is kept" in one for one in said)
    assert not any(left_over(library))
    assert build(library).problems == ()
    transcript = opened(library).transcript("pills")
    assert transcript
    assert transcript.sentences[-1].text.endswith("the end")


def test_a_file_that_never_settles_is_said_and_what_was_indexed_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = indexed_at(tmp_path)
    track = write_track(library, "pills", "brigatinib reaches the brain")
    real = os.fstat
    ticks = count(1)

    def always_later(handle: int) -> os.stat_result:
        os.utime(track, ns=(0, next(ticks)))
        return real(handle)

    monkeypatch.setattr("catalog.storage.files.os.fstat", always_later)
    report = build(library)
    monkeypatch.undo()

    assert report.problems[0].startswith("captions/pills/en.manual.vtt: somebody is writing")
    assert found(opened(library), "lorlatinib") == ["pills"]
    assert build(library).problems == ()


def test_a_link_out_of_the_captions_is_not_followed_and_check_names_it(tmp_path: Path) -> None:
    library = library_of(tmp_path / "library", {"pills": "lorlatinib", "scans": "a scan"})
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "en.manual.vtt").write_text(vtt("nobody may find this password"))
    (library.captions_of("pills") / "es.manual.vtt").symlink_to(secret / "en.manual.vtt")
    (library.captions_of("scans") / "en.manual.vtt").unlink()
    library.captions_of("scans").rmdir()
    library.captions_of("scans").symlink_to(secret)

    build(library)
    checked = hope(library, "check")

    assert found(opened(library), "password") == []
    both = "captions/pills/es.manual.vtt, captions/scans"
    assert f"{both}: this link leads out of the captions" in checked.stdout
    assert checked.exit_code == 1
    assert "captions/scans: this link leads out" in cannot_read(library, "scans")
    assert sorted(path.name for path in secret.iterdir()) == ["en.manual.vtt"]


def test_the_captions_may_lie_on_another_disk_and_links_within_are_followed(
    tmp_path: Path,
) -> None:
    library = library_of(tmp_path / "library", {"pills": "lorlatinib", "scans": ""})
    library.captions_dir.rename(tmp_path / "elsewhere")
    library.captions_dir.symlink_to(tmp_path / "elsewhere")
    (library.captions_of("scans") / "en.manual.vtt").unlink()
    (library.captions_of("scans") / "en.manual.vtt").symlink_to("../pills/en.manual.vtt")

    build(library)

    assert sorted(found(opened(library), "lorlatinib")) == ["pills", "scans"]


def test_a_link_out_of_the_catalogue_is_a_problem_and_the_old_index_serves(
    tmp_path: Path,
) -> None:
    library = indexed_at(tmp_path / "library")
    file = library.catalog_dir / "talks.toml"
    file.rename(tmp_path / "talks.toml")
    file.symlink_to(tmp_path / "talks.toml")

    result = hope(library, "index")

    assert result.exit_code == 2
    assert "talks.toml: this link leads out of the catalogue; put the file itself" in result.stderr
    assert found(opened(library), "lorlatinib") == ["pills"]


@pytest.mark.parametrize("command", ["index", "update"])
def test_a_catalogue_that_becomes_wrong_is_told_and_the_old_index_serves(
    tmp_path: Path, command: str
) -> None:
    library = indexed_at(tmp_path)
    write_catalogue(library.root, 'slug = "talks"\ntitle = "Talks"\n[[videos]]\nslug = "Pi lls"\n')

    result = hope(library, command)

    assert result.exit_code == 2
    assert "talks.toml: " in result.output
    assert "slug" in result.output
    assert found(opened(library), "lorlatinib") == ["pills"]
    assert [path.name for path in library.index_dir.glob("g*")] == ["g000001"]
