"""The shelf: readers get the newest whole generation, and finish what they began."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from libraries import best, build, found, library_of, write_track

from catalog import Library
from indexer import NoIndex, Shelf


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = library_of(tmp_path, {"pills": "lorlatinib reaches the brain"})
    build(library)
    return library


def test_without_an_index_it_says_what_to_do(tmp_path: Path) -> None:
    shelf = Shelf(library_of(tmp_path, {}))

    with pytest.raises(NoIndex, match="there is no index yet; run `hope index`"):
        shelf.current()


def test_an_index_built_later_is_picked_up(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": "lorlatinib reaches the brain"})
    shelf = Shelf(library)
    with pytest.raises(NoIndex):
        shelf.current()

    build(library)

    assert found(shelf.current(), "brain") == ["pills"]


def test_a_generation_is_opened_once(library: Library) -> None:
    shelf = Shelf(library)

    assert shelf.current() is shelf.current()


def test_a_new_generation_is_picked_up_without_a_restart(library: Library) -> None:
    shelf = Shelf(library)
    assert found(shelf.current(), "lorlatinib") == ["pills"]
    assert shelf.is_up_to_date
    write_track(library, "pills", "brigatinib reaches the brain")

    build(library)

    assert not shelf.is_up_to_date
    assert found(shelf.current(), "brigatinib") == ["pills"]
    assert found(shelf.current(), "lorlatinib") == []


def test_a_holder_finishes_on_the_old_one_though_its_files_are_gone(library: Library) -> None:
    held = Shelf(library).current()
    for number in range(3):
        write_track(library, "pills", f"tablet {number}")
        build(library)
    assert not (library.index_dir / held.name).exists()

    hit = best(held, "lorlatinib brain")

    assert hit.text == "lorlatinib reaches the brain"
    transcript = held.transcript("pills")
    assert transcript
    assert transcript.sentences[0].text == hit.text


def test_a_damaged_newer_generation_is_refused_and_the_last_good_one_serves(
    library: Library,
) -> None:
    shelf = Shelf(library)
    shelf.current()
    write_track(library, "pills", "brigatinib reaches the brain")
    build(library)
    (library.index_dir / "g000002/tables/text.npy").write_bytes(b"rubbish")

    assert found(shelf.current(), "lorlatinib") == ["pills"]
    assert shelf.current() is shelf.current()


def test_after_a_refusal_the_next_good_one_is_served(library: Library) -> None:
    shelf = Shelf(library)
    shelf.current()
    write_track(library, "pills", "brigatinib reaches the brain")
    build(library)
    (library.index_dir / "g000002/tables/text.npy").write_bytes(b"rubbish")
    shelf.current()

    build(library)

    assert found(shelf.current(), "brigatinib") == ["pills"]


def test_an_index_deleted_under_a_reader_goes_on_answering(library: Library) -> None:
    shelf = Shelf(library)
    shelf.current()

    shutil.rmtree(library.index_dir)

    assert found(shelf.current(), "lorlatinib") == ["pills"]


@pytest.mark.slow
def test_readers_in_threads_never_see_a_mixture(library: Library) -> None:
    shelf = Shelf(library)
    wrong: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            held = shelf.current()
            hits = held.search("tablet lorlatinib brain").hits
            number = 0 if held.name == "g000001" else int(held.name[1:]) - 2
            wanted = f"tablet {number}" if held.name != "g000001" else "lorlatinib reaches"
            if len(hits) != 1 or not hits[0].text.startswith(wanted):
                wrong.append(f"{held.name}: {hits}")

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(3):
        write_track(library, "pills", f"tablet {number} for the brain")
        build(library)
    done.set()
    for reader in readers:
        reader.join()

    assert wrong == []
    assert shelf.current().name == "g000004"
