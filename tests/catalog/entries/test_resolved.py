"""What was found out about pages, as the library keeps it."""

from datetime import UTC, datetime

import pytest

from catalog.entries.resolved import PageResolution, ResolvedPages, read_resolved, write_resolved
from catalog.errors import CatalogError
from catalog.storage.library import Library

NOW = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
PAGE = "https://example.org/talk"
ID = "abcdefghijk"


def test_what_is_known_survives_the_way_to_disk_and_back(library: Library) -> None:
    resolved = ResolvedPages(
        {"talk": PageResolution(PAGE, "resolved", NOW.isoformat(), youtube=ID)}
    )

    write_resolved(library, resolved)

    assert read_resolved(library) == resolved


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b'{"videos": {"a": 1}}', b'{"videos": {"a": {"page": "p"}}}'],
)
def test_a_damaged_file_is_a_problem_that_says_what_to_do(library: Library, content: bytes) -> None:
    library.resolved_file.write_bytes(content)

    with pytest.raises(CatalogError, match="delete it and run `hope sync`"):
        read_resolved(library)


def test_an_id_that_is_none_is_not_read(library: Library) -> None:
    resolution = {"page": PAGE, "outcome": "resolved", "resolved_at": "", "youtube": "../../etc/x"}
    library.resolved_file.write_text(str({"videos": {"talk": resolution}}).replace("'", '"'))

    with pytest.raises(CatalogError, match="damaged"):
        read_resolved(library)
