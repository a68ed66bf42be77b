from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from paths import ROOT

from catalog import Library, loaded_later


def test_a_front_door_offers_what_it_imports_for_type_checkers(tmp_path: Path) -> None:
    door = tmp_path / "door.py"
    door.write_text("if TYPE_CHECKING:\n    from catalog.storage.library import Library\n")
    find = loaded_later("catalog", str(door))

    assert find("Library") is Library
    with pytest.raises(AttributeError, match="catalog has no Video"):
        find("Video")


def test_search_loads_nothing_that_fetches_or_writes() -> None:
    script = "import sys, hope; hope.commands_of('indexer.commands.search'); print(*sys.modules)"

    run = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=ROOT, check=True)

    loaded = run.stdout.decode().split()
    others = ("transcripts.fetching", "transcripts.speech", "indexer.writer", "indexer.checking")
    assert [name for name in loaded if name.startswith(others)] == []
