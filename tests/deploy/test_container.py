"""The container's file: its health check, asked for real (`make container` builds all of it)."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import served
from paths import ROOT
from soak import LONG

from catalog import Library
from indexer import Shelf
from webapp.app import create_app

CONTAINERFILE = (ROOT / "deploy/Containerfile").read_text("utf-8")


def is_healthy(address: str) -> bool:
    """What the health check says of a site at an address."""
    told = re.search(r"^HEALTHCHECK .*?CMD (\[.*?\])$", CONTAINERFILE, re.MULTILINE | re.DOTALL)
    assert told
    python, *rest = json.loads(told[1].replace("\\\n", ""))
    assert python == "python"
    place = urlsplit(address).netloc
    command = [part.replace("127.0.0.1:8000", place) for part in rest]
    assert command != rest
    ran = subprocess.run([sys.executable, *command], capture_output=True, check=False)
    return ran.returncode == 0


def test_a_site_is_healthy_before_its_first_update(tmp_path: Path) -> None:
    library = Library(tmp_path)
    with served(create_app(library, Shelf(library))) as address:
        healthy = is_healthy(address)

    assert healthy
    assert not is_healthy(address)


def test_all_that_the_site_is_made_of_is_put_into_the_container() -> None:
    lines = re.findall(r"^COPY (?!--from)(.*) \S+$", CONTAINERFILE, re.MULTILINE)
    copied = " ".join(lines).split()

    assert {"catalog", "transcripts", "indexer", "webapp", "hope.py", "pyproject.toml"} <= {*copied}
    assert [name for name in copied if not any(ROOT.glob(name))] == []


@pytest.mark.slow
def test_it_is_built_for_real_and_healthy_before_its_first_update() -> None:
    if not LONG:
        pytest.skip("it takes minutes and fetches packages (make soak, or make container)")
    if not all(map(shutil.which, ("podman", "debootstrap"))):
        pytest.skip("there is no builder (apt-get install podman debootstrap)")

    built = subprocess.run(
        ["bash", ".ci/container"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert built.returncode == 0, built.stderr
    assert built.stdout.splitlines()[-1] == "Healthy before the first update."
