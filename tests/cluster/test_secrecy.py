"""What people ask is written down nowhere: in no file of any node, and not in our logs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from cluster import Cluster
from clustered import until
from paths import ROOT
from ports import free_ports

from catalog import Library


@contextmanager
def serving(library: Library, log: Path) -> Iterator[str]:
    """`hope serve`, with all that it says in a file."""
    (port,) = free_ports(1)
    words = [sys.executable, str(ROOT / "hope.py"), "--library", str(library.root)]
    told = {"HOPE_MODEL": "off", "HOPE_LOG": "json"}
    with log.open("wb") as out, subprocess.Popen(
        [*words, "serve", "--port", str(port)], stdout=out, stderr=out, env={**os.environ, **told}
    ) as server:  # fmt: skip
        try:
            address = f"http://127.0.0.1:{port}"
            until(lambda: _answers(f"{address}/readyz"), 120)
            yield address
        finally:
            server.terminate()


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=30) as answer:
            answer.read()
    except OSError:
        return False
    return True


def holding(three: Cluster, word: str) -> list[Path]:
    """The files of all nodes that hold a word."""
    wanted = word.encode()
    return [path for path in three.files() if wanted in path.read_bytes()]


def ask(address: str, word: str) -> None:
    for query in (word, f"what is {word}", f'"{word} pills"', f"treatment -{word}"):
        for page in ("search", "api/search"):
            assert _answers(f"{address}/{page}?q={quote(query)}")


def test_a_secret_word_is_in_no_file_and_the_slow_log_would_have_it(
    three: Cluster, sample_library: Library, tmp_path: Path
) -> None:
    log = tmp_path / "site.log"
    with serving(sample_library, log) as address:
        ask(address, "quillfeather")
        three.ask("POST", "/_flush")
        assert holding(three, "quillfeather") == []

        three.kill(1)  # errors of a dying cluster quote no question either
        ask(address, "quillfeather")
        three.halt()
        with_hanging = f"{address}/search?q=quillfeather"
        assert not _answers(with_hanging)  # 503
        three.go_on()

        slow = {"index.search.slowlog.threshold.query.trace": "0ms"}
        three.wait("yellow")
        three.ask("PUT", "/sample-g*/_settings", slow)
        ask(address, "thistlewick")
        until(lambda: bool(holding(three, "thistlewick")), 20)

    assert holding(three, "quillfeather") == []
    said = log.read_text("utf-8")
    assert '"route": "/search"' in said
    assert "quillfeather" not in said
    assert "thistlewick" not in said
