"""Libraries of which a cluster has the passages, and people who ask them all the time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cluster import Cluster
from paths import ROOT
from starlette.testclient import TestClient

from catalog import EngineSettings, Library
from indexer import Generation, Hit, Shelf
from indexer.embedding.encoder import QueryEncoder
from indexer.engine.publish import publish
from webapp.app import create_app

# Talks that are no part of the project; where they are not, the sample stands in for them.
TALKS = ROOT.parent / "shared/eval/health-talks"


def settings(three: Cluster, prefix: str, replicas: int = 2) -> EngineSettings:
    """Where the index is, as site.toml would say it."""
    return EngineSettings(tuple(three.hosts), prefix, shards=2, replicas=replicas)


def write_site(library: Library, three: Cluster, prefix: str, replicas: int = 2) -> None:
    """Have a library follow what a cluster serves."""
    library.root.mkdir(parents=True, exist_ok=True)
    (library.root / "site.toml").write_text(
        f'[engine]\nhosts = {three.hosts}\nprefix = "{prefix}"\nshards = 2\nreplicas = {replicas}\n'
    )


def published(
    three: Cluster, here: Generation, root: Path, prefix: str, replicas: int = 2
) -> Library:
    """Have a cluster serve a generation, and a library that follows it."""
    library = Library(root)
    write_site(library, three, prefix, replicas)
    library.index_dir.mkdir(exist_ok=True)
    publish(library, settings(three, prefix, replicas), here.reader)
    return library


def places(hits: Sequence[Hit]) -> list[tuple[Any, ...]]:
    """What a person sees of hits."""
    return [(h.video, h.language, h.start_ms, h.match_ms, h.text, h.spans) for h in hits]


@contextmanager
def site(library: Library, meaning: QueryEncoder | None = None) -> Iterator[TestClient]:
    """The site over a library."""
    app = create_app(library, Shelf(library, meaning))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@dataclass
class Readers:
    """People who ask on and on; `said` is what they were told, in the order of its coming."""

    client: TestClient
    questions: Sequence[str]
    said: list[tuple[str, int, dict[str, Any]]] = field(default_factory=list)
    failed: list[BaseException] = field(default_factory=list)
    _ended: threading.Event = field(default_factory=threading.Event)

    def ask(self, question: str) -> tuple[int, dict[str, Any]]:
        """Ask once, as a program does, and then for the page itself."""
        answer = self.client.get("/api/search", params={"q": question})
        page = self.client.get("/search", params={"q": question})
        told = answer.json() if answer.status_code == 200 else {}
        return max(answer.status_code, page.status_code), told

    def _go_on(self, begin: int) -> None:
        number = begin
        while not self._ended.is_set():
            question = self.questions[number % len(self.questions)]
            number += 1
            try:
                self.said.append((question, *self.ask(question)))
            except BaseException as err:
                self.failed.append(err)
                return

    def seen(self, count: int, seconds: float = 90) -> None:
        """Wait until so many more answers came."""
        wanted, ends = len(self.said) + count, time.monotonic() + seconds
        while len(self.said) < wanted and not self.failed:
            assert time.monotonic() < ends, f"{len(self.said)} answers, not {wanted}"
            time.sleep(0.05)

    @contextmanager
    def at_work(self, count: int = 2) -> Iterator[Readers]:
        """Have them ask while the block lasts."""
        threads = [threading.Thread(target=self._go_on, args=(3 * n,)) for n in range(count)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._ended.set()
            for thread in threads:
                thread.join()


def first_of(told: dict[str, Any]) -> list[tuple[Any, ...]]:
    """The answers of a program's answer, by where they lead to."""
    return [(hit["video"], hit["start_ms"], hit["text"]) for hit in told["hits"]]


def until(happens: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is so."""
    ends = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < ends, f"not within {seconds} s"
        time.sleep(0.1)
