"""The coding that whoever asks likes best."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from random import Random

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from webapp.rendering.codings import CODINGS, preferred_coding

OURS = ("br", "zstd", "gzip")


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, zstd", "zstd"),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("br;q=0.1, GZIP;q=0.9", "gzip"),
        ("gzip;q=0", ""),
        ("gzip; q=0.000, br;q=0", ""),
        ("*", "br"),
        ("*;q=0.5, br;q=0", "zstd"),
        ("gzip, *;q=0", "gzip"),
        ("identity", ""),
        ("gzip;q=high", ""),
        ("", ""),
    ],
)
def test_the_coding_that_is_liked_best_is_taken(header: str, coding: str) -> None:
    assert preferred_coding(header, OURS) == coding


@given(st.text(max_size=60))
def test_no_header_is_an_error(header: str) -> None:
    assert preferred_coding(header, OURS) in ("", *OURS)


@pytest.mark.parametrize(
    ("coding", "unpacked"),
    [
        ("br", brotli.decompress),
        ("zstd", lambda sent: zstandard.ZstdDecompressor().decompressobj().decompress(sent)),
        ("gzip", gzip.decompress),
    ],
)
def test_what_is_sent_in_parts_is_whole_and_each_part_is_sent_at_once(
    coding: str, unpacked: Callable[[bytes], bytes]
) -> None:
    parts = [Random(size).randbytes(size) for size in (1_000, 300_000, 500, 70_000)]
    packing = CODINGS[coding]()

    sent = [*map(packing.part, parts[:-1]), packing.rest(parts[-1])]

    assert unpacked(b"".join(sent)) == b"".join(parts)
    assert all(len(one) > len(part) / 2 for one, part in zip(sent, parts, strict=True))
