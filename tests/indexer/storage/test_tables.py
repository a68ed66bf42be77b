"""Tables on the disk: rows that are added come out behind those that were there."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from memory import reader_of

from indexer import IndexerError
from indexer.storage.columns import Columns, empty
from indexer.storage.tables import adding_to, load


def made(lines: str) -> Columns:
    return reader_of({"talk": lines}).columns


def put(folder: Path, *rows: Columns) -> None:
    with adding_to(folder) as add:
        for some in rows:
            add(some)


def same(one: Columns, other: Columns) -> bool:
    arrays = ((getattr(one, f.name), getattr(other, f.name)) for f in fields(Columns))
    return all(a.dtype == b.dtype and np.array_equal(a, b) for a, b in arrays)


@pytest.mark.parametrize("mapped", [False, True], ids=["in-memory", "mapped"])
def test_what_was_added_is_loaded(tmp_path: Path, mapped: bool) -> None:
    columns = made("Does it help? – Señor, it does.\n肺がん and “stage IV”.")

    put(tmp_path, columns)

    assert same(load(tmp_path, mapped=mapped), columns)


def test_tables_without_a_row_are_made_and_loaded(tmp_path: Path) -> None:
    put(tmp_path)
    put(tmp_path, empty())

    assert same(load(tmp_path, mapped=True), empty())


def test_rows_that_are_added_later_keep_every_sentence(tmp_path: Path) -> None:
    put(tmp_path, made("A scan shows it."))
    put(tmp_path, made("Ask a nurse.\nOr call."), made("Done."))

    whole = load(tmp_path)

    texts = [whole.sentence_text(n) for n in range(len(whole.sentence_tokens))]
    assert texts == ["A scan shows it.", "Ask a nurse.", "Or call.", "Done."]
    assert whole.token_offsets[-1] == len(whole.token_term)


@pytest.mark.parametrize("content", [b"", b"rubbish", b"\x93NUMPY\x01\x00v\x00{'descr': '|O'"])
def test_a_damaged_array_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    put(tmp_path, made("A scan shows it."))
    (tmp_path / "text.npy").write_bytes(content)

    with pytest.raises(IndexerError, match="the tables cannot be opened"):
        load(tmp_path)


def test_an_array_never_holds_pickles(tmp_path: Path) -> None:
    put(tmp_path)
    np.save(tmp_path / "text.npy", np.array([{}], dtype=object), allow_pickle=True)

    with pytest.raises(IndexerError):
        load(tmp_path)
