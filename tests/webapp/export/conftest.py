"""What `hope export` wrote of the small library, once."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import hope

from catalog import Library


@pytest.fixture(scope="session")
def exported(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "new"
    result = hope(library, "export", str(folder))
    assert result.exit_code == 0
    assert "open site/index.html" in result.stdout
    return folder
