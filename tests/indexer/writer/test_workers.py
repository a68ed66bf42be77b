"""Many things are done by several processes, in their order, and none is lost when one dies."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from libraries import quietly, write_catalogue, write_track

from catalog import Library, load_catalogue
from indexer import Shelf
from indexer.processors import processors
from indexer.writer.builder import build_index
from indexer.writer.workers import each_in_turn

pytestmark = pytest.mark.slow
Work = tuple[int, int]


def doubled_elsewhere(home: int, fatal: int, number: int) -> Work:
    """A number twice, and where that was done; a process that is not at home dies of one."""
    if os.getpid() != home and number == fatal:
        os._exit(1)
    return 2 * number, os.getpid()


def begin(home: int, fatal: int) -> Callable[[int], Work]:
    return partial(doubled_elsewhere, home, fatal)


def done(count: int, workers: int, fatal: int = -1) -> list[Work]:
    make = partial(begin, os.getpid(), fatal)
    return list(each_in_turn(make(), range(count), workers, make))


def test_many_are_done_elsewhere_in_their_order_and_few_here() -> None:
    many, few, alone = done(100, 2), done(20, 2), done(100, 1)

    assert [twice for twice, _ in many] == [2 * number for number in range(100)]
    assert os.getpid() not in {where for _, where in many}
    assert {where for _, where in few} == {where for _, where in alone} == {os.getpid()}
    assert processors() >= 1


def test_what_a_dead_process_leaves_is_done_here() -> None:
    assert [twice for twice, _ in done(100, 2, fatal=50)] == [2 * number for number in range(100)]


def test_an_index_by_two_processes_is_the_same(tmp_path: Path) -> None:
    slugs = [f"talk-{number}" for number in range(30)]
    videos = "".join(f'[[videos]]\nslug = "{slug}"\ntitle = "{slug}"\n' for slug in slugs)
    write_catalogue(tmp_path, f'slug = "talks"\ntitle = "Talks"\n{videos}')
    library = Library(tmp_path)
    for number, slug in enumerate(slugs):
        write_track(library, slug, f"Word{number} is said here, and a rash.")
    write_track(library, "talk-7", "")

    found = []
    for workers in (1, 2):
        catalogue = load_catalogue(library)
        report = build_index(library, catalogue, quietly, full=True, workers=workers)
        reader = Shelf(library).current().reader
        said = [reader.postings.of(term).rows.tolist() for term in reader.postings.terms()]
        found.append((report.read, report.problems, report.remarks, reader.tracks, said))

    assert found[0] == found[1]
    assert len(found[0][3]) >= 29
