"""The coding that whoever asks likes best."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.rendering.codings import preferred_coding

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
