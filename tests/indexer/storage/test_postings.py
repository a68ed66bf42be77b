"""Postings: the rows and counts that Whoosh itself would step through, and no others."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from inverted import documents_of
from whoosh import index

from indexer import IndexerError
from indexer.storage.postings import is_scattered, open_postings, write_postings

WORDS = "lung brain scan dose nurse trial gene cough rare".split()


def documents(number: int, seed: int = 1) -> list[list[str]]:
    dice = random.Random(seed)
    return [dice.choices(WORDS[:-1], k=dice.randrange(12)) for _ in range(number)]


def counted(docs: Sequence[Sequence[str]], term: str) -> list[tuple[int, int]]:
    return [(row, list(doc).count(term)) for row, doc in enumerate(docs) if term in doc]


def read(folder: Path, term: str) -> list[tuple[int, int]]:
    found = open_postings(folder).of(term)
    return [(int(row), int(count)) for row, count in zip(found.rows, found.counts, strict=True)]


def stepped(folder: Path, term: str) -> list[tuple[int, int]]:
    """What Whoosh's own public matcher says, a step at a time."""
    found = []
    with index.open_dir(folder).reader() as reader:
        matcher = reader.postings("terms", term)
        while matcher.is_active():
            found.append((matcher.id(), int(matcher.weight())))
            matcher.next()
    return found


def test_rows_and_counts_are_those_of_the_documents(tmp_path: Path) -> None:
    write_postings(tmp_path, documents_of([["lung", "scan", "lung"], [], ["scan"]]))

    assert read(tmp_path, "lung") == [(0, 2)]
    assert read(tmp_path, "scan") == [(0, 1), (2, 1)]
    assert open_postings(tmp_path).rows == 3


@pytest.mark.parametrize("number", [1, 1_023, 1_024, 1_025, 3_000])
def test_blocks_hold_what_stepping_finds(tmp_path: Path, number: int) -> None:
    docs = [[*doc, "lung", "brain"] for doc in documents(number)]
    write_postings(tmp_path, documents_of([*docs, ["rare"]]))

    for term in ("lung", "brain", "rare"):
        assert read(tmp_path, term) == counted([*docs, ["rare"]], term)
        assert read(tmp_path, term) == stepped(tmp_path, term)


def test_documents_added_later_come_behind_in_order(tmp_path: Path) -> None:
    docs = documents(40)
    for first in range(0, 40, 8):
        write_postings(tmp_path, documents_of(docs[first : first + 8]))

    for term in WORDS[:-1]:
        assert read(tmp_path, term) == counted(docs, term)


def test_after_many_builds_segments_are_better_written_anew(tmp_path: Path) -> None:
    for row in range(16):
        assert not is_scattered(tmp_path)
        write_postings(tmp_path, documents_of([["lung", f"row{row}"]]))

    assert is_scattered(tmp_path)
    assert read(tmp_path, "lung") == stepped(tmp_path, "lung") == [(row, 1) for row in range(16)]


def test_nothing_added_changes_nothing(tmp_path: Path) -> None:
    write_postings(tmp_path, documents_of([["lung"]]))

    write_postings(tmp_path, documents_of([]))

    assert read(tmp_path, "lung") == [(0, 1)]


def test_without_any_document_nothing_is_found(tmp_path: Path) -> None:
    write_postings(tmp_path, documents_of([]))

    assert open_postings(tmp_path).rows == 0
    assert read(tmp_path, "lung") == []


@pytest.mark.parametrize("term", ["unknown", "", "lun", "肺", "\x00", "l" * 5_000])
def test_an_unknown_term_has_no_rows(tmp_path: Path, term: str) -> None:
    write_postings(tmp_path, documents_of([["lung"]]))

    found = open_postings(tmp_path).of(term)

    assert found.rows.dtype == np.int32
    assert (len(found.rows), len(found.counts)) == (0, 0)


@pytest.mark.parametrize("term", ["肺が", "ñandu", "exon19del", "4.5", "it's", "ß", "𝕏"])
def test_terms_of_every_script_are_kept_whole(tmp_path: Path, term: str) -> None:
    write_postings(tmp_path, documents_of([["lung", term]]))

    assert read(tmp_path, term) == [(0, 1)]
    assert open_postings(tmp_path).terms() == sorted(["lung", term], key=lambda t: t.encode())


def test_threads_that_decode_at_once_all_get_the_truth(tmp_path: Path) -> None:
    docs = documents(600)
    write_postings(tmp_path, documents_of(docs[:300]))
    write_postings(tmp_path, documents_of(docs[300:]))
    postings = open_postings(tmp_path)
    wrong: list[str] = []

    def check(term: str) -> None:
        found = postings.of(term)
        if list(zip(found.rows, found.counts, strict=True)) != counted(docs, term):
            wrong.append(term)

    threads = [threading.Thread(target=check, args=(term,)) for term in WORDS * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []


def test_a_folder_without_an_index_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(IndexerError, match="the index cannot be opened"):
        open_postings(tmp_path / "nowhere")


@pytest.mark.filterwarnings(
    # Whoosh leaves the file it could not read to the garbage collector.
    "ignore::pytest.PytestUnraisableExceptionWarning"
)
def test_a_damaged_table_of_contents_is_a_sentence(tmp_path: Path) -> None:
    write_postings(tmp_path, documents_of([["lung"]]))
    for toc in tmp_path.glob("*.toc"):
        toc.write_bytes(b"rubbish")

    with pytest.raises(IndexerError):
        open_postings(tmp_path)


def test_a_word_that_nobody_says_is_not_kept(tmp_path: Path) -> None:
    write_postings(tmp_path, documents_of(documents(20)))
    postings = open_postings(tmp_path)

    for term in ("lung", "marcammona", "heard:marcammona"):
        postings.of(term)

    assert list(postings._known) == ["lung"]
