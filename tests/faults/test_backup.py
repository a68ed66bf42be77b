"""A backup is a copy of the library's folder, and putting it back is a restore, also mid-update."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import soak
from killable import runner
from libraries import build, opened
from loopback import serving
from talks_site import (
    TALKS,
    Rounds,
    assert_answers_agree,
    assert_captions_are_whole,
    assert_is_of_round,
    library_of_site,
    tracks,
)

from catalog import Library
from indexer import NoIndex

COPIES = soak.times(short=1, long=30)

pytestmark = pytest.mark.slow


@pytest.fixture
def rounds() -> Iterator[Rounds]:
    with serving() as site:
        yield Rounds(site)


@pytest.mark.parametrize("tool", ["cp", "tar"])
def test_a_copy_made_while_an_update_runs_is_a_library_that_answers(
    tool: str, tmp_path: Path, rounds: Rounds
) -> None:
    library = library_of_site(tmp_path / "library", rounds.site)
    as_they_were = 0

    with runner() as run:
        rounds.next()
        assert run.through(library, "update").code == 0
        for number in range(COPIES):
            rounds.next()
            run.start(library, "update")
            time.sleep(0.03 * (number % 20))
            copy = copied(tool, library, tmp_path / f"backup{number}")
            assert run.end().code == 0

            assert len(tracks(copy)) == len(TALKS)
            assert_captions_are_whole(copy, rounds, known=False)
            as_they_were += opens(copy)
            build(copy)
            assert_answers_agree(copy)
            assert run.through(copy, "update").said.startswith("exit 0")
            assert_is_of_round(copy, rounds.number)
            assert_captions_are_whole(copy, rounds)
            shutil.rmtree(copy.root)

    soak.tell(f"{COPIES} copies with {tool}: {as_they_were} answered before anything was mended")


def test_putting_a_backup_back_while_an_update_runs_loses_nothing(
    tmp_path: Path, rounds: Rounds
) -> None:
    library = library_of_site(tmp_path / "library", rounds.site)
    with runner() as run:
        rounds.next()
        assert run.through(library, "update").code == 0
        backup = copied("cp", library, tmp_path / "backup")
        rounds.next()
        run.start(library, "update")
        time.sleep(0.1)

        library.root.rename(tmp_path / "lost")
        copied("cp", backup, library.root)
        run.end()
        # The run that was begun goes on in what it finds there.
        assert_answers_agree(library)
        assert_captions_are_whole(library, rounds, known=False)
        assert run.through(library, "update").said.startswith("exit 0")
        assert_is_of_round(library, 2)


def copied(tool: str, library: Library, target: Path) -> Library:
    """Copy a library as an operator does; both tools complain of what went meanwhile."""
    target.mkdir()
    if tool == "cp":
        words = ["cp", "-a", f"{library.root}/.", str(target)]
        subprocess.run(words, check=False, capture_output=True)
    else:
        archive = target.with_suffix(".tar")
        words = ["tar", "-cf", str(archive), "-C", str(library.root), "."]
        subprocess.run(words, check=False, capture_output=True)
        subprocess.run(["tar", "-xf", str(archive), "-C", str(target)], check=True)
        archive.unlink()
    return Library(target)


def opens(library: Library) -> bool:
    try:
        return bool(opened(library))
    except NoIndex:
        return False
