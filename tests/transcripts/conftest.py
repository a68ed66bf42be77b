"""What tests of this room share: an empty library, and a site on this machine to ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Site, serving

from catalog import Library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running
