"""vtt.js, with which players on other sites read WebVTT; `.ci/run` installs it for node."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

MODULES = Path(sys.prefix) / "consumers/node_modules"
READER = Path(__file__).with_suffix(".cjs")


def read_by_vttjs(text: str) -> list[tuple[float, float, str]]:
    """The cues of a file, start and end in seconds; fails where it refuses any of it.

    Skips the test, saying why, where there is no vtt.js; fails where one was promised.
    """
    node = shutil.which("node")
    if node is None or not MODULES.is_dir():
        reason = f"there is no node, or no vtt.js in {MODULES} (.ci/run installs it)"
        if os.environ.get("HOPE_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    told = subprocess.run(
        [node, READER],
        input=text.encode(),
        capture_output=True,
        check=True,
        env={"NODE_PATH": str(MODULES)},
    )
    found = json.loads(told.stdout)
    assert found["refused"] == []
    return [(start, end, unescape(said)) for start, end, said in found["cues"]]
