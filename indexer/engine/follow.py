"""Follows the pointer of a cluster to the generation that is served, and opens that."""

import threading
import time
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from catalog import EngineSettings, Library, checksum
from indexer.deadline import time_limit
from indexer.embedding.encoder import QueryEncoder
from indexer.engine.client import BATCH_SECONDS, SEARCH_SECONDS, Client, EngineRefusedError
from indexer.engine.mapping import SCHEMA
from indexer.engine.open_search import OpenSearchEngine, outline_name
from indexer.engine.outline import Outline, unpacked_outline
from indexer.engine.remote import RemoteGeneration
from indexer.errors import EngineAway, IndexerError, NoIndex
from indexer.generation import OpenedGeneration

# How often a process looks at the pointer, and how long it waits for the answer.
_LOOK_SECONDS = 5.0
_ANSWER_SECONDS = 0.4
_OPEN_SECONDS = 20.0
_MAJORS = ("2", "3")


def expect_version(client: Client) -> str:
    """The version of a cluster. Raises IndexerError where it is none that we speak with."""
    told = client.ask("GET", "/", seconds=BATCH_SECONDS).get("version", {})
    number, made = str(told.get("number", "?")), told.get("distribution", "another server")
    if made != "opensearch" or number.partition(".")[0] not in _MAJORS:
        raise IndexerError(
            f"{client.engine.hosts[0]}: it is {made} {number}, not OpenSearch "
            f"{' or '.join(_MAJORS)}; start one, or mend `hosts` under [engine] in site.toml"
        )
    return number


def served_index(client: Client, seconds: float = BATCH_SECONDS, *, local: bool = True) -> str:
    """The index that the pointer names, "" where there is none.

    Any one node answers, alone too; not `local`, the manager does, which knows it for certain.
    """
    path = f"/_alias/{client.engine.prefix}?local={str(local).lower()}"
    try:
        told = client.ask("GET", path, seconds=seconds)
    except EngineRefusedError as err:
        if err.status == 404:
            return ""
        raise
    return max(told, default="")


def meta_of(client: Client, index: str) -> Mapping[str, Any]:
    """What an index says of itself."""
    told = client.ask("GET", f"/{index}/_mapping?local=true", seconds=BATCH_SECONDS)
    meta = told[index]["mappings"].get("_meta", {})
    return meta if isinstance(meta, dict) else {}


def expect_schema(index: str, meta: Mapping[str, Any]) -> None:
    """Raise IndexerError where an index was built by another version of this program."""
    if (schema := meta.get("schema")) != SCHEMA:
        raise IndexerError(
            f"{index}: built by another version (schema {schema}, ours is {SCHEMA}); "
            "run `hope index` with this version"
        )


def open_outline(engine: OpenSearchEngine, meta: Mapping[str, Any]) -> Outline:
    """Fetch what every process keeps of a generation. Raises IndexerError."""
    names = [str(number) for number in range(meta["chunks"])]
    parts = engine.fetched(outline_name(engine.index), names)
    content = b"".join(part for part in parts if part is not None)
    if None in parts:
        raise EngineAway(f"{engine.index}: a part of its outline cannot be reached")
    if checksum(content) != meta["checksum"]:
        raise IndexerError(f"{engine.index}: its outline is damaged; run `hope index --full`")
    return unpacked_outline(content, engine.index)


class EngineSource:
    """Where generations come from when a cluster holds them. Threads may share it."""

    def __init__(
        self,
        library: Library,
        engine: EngineSettings,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._library, self._engine = library, engine
        self._clock = clock
        self._lock = threading.Lock()
        self._looked = float("-inf")
        self._served = ""
        self._tries = self._failed = 0  # what could not be opened is tried again at the next look
        self._refused: NoIndex | None = None

    @cached_property
    def _client(self) -> Client:
        return Client(self._engine, self._library.root)

    def stamp(self) -> tuple[str, int]:
        """What tells the pointer from an older or a newer one; it is looked at now and then."""
        if self._clock() - self._looked >= _LOOK_SECONDS and self._lock.acquire(blocking=False):
            try:
                self._looked = self._clock()
                self._served = served_index(self._client, _ANSWER_SECONDS)
                self._tries, self._refused = self._failed, None
            except IndexerError:
                self._refused = None  # searches say that it is away
            finally:
                self._lock.release()
        return self._served, self._tries

    def opened(
        self, meaning: QueryEncoder | None, held: OpenedGeneration | None
    ) -> OpenedGeneration:
        """Open what is to be served; else `held` goes on. Raises NoIndex when there is neither."""
        stamp = self.stamp()
        if self._refused and held is None:
            # A moment ago, and nobody shall wait for it again.
            raise type(self._refused)(str(self._refused))
        try:
            name = stamp[0] or served_index(self._client, SEARCH_SECONDS)
            if held and held.generation.name == name:
                return OpenedGeneration(held.generation, "", stamp)
            with time_limit(_OPEN_SECONDS):
                return OpenedGeneration(self._open(name, meaning), "", stamp)
        except IndexerError as err:
            self._failed += 1
            if held is None:
                kind = EngineAway if isinstance(err, EngineAway) else NoIndex
                self._refused = kind(str(err))
                raise kind(str(err)) from err
            says = f"{err}. Until then {held.generation.name} is served"
            return OpenedGeneration(held.generation, says, stamp)

    def _open(self, name: str, meaning: QueryEncoder | None) -> RemoteGeneration:
        if not name:
            prefix = self._engine.prefix
            raise NoIndex(f"{prefix}: no index is served there yet; run `hope index`")
        expect_version(self._client)
        meta = meta_of(self._client, name)
        expect_schema(name, meta)
        if meaning and meaning.is_another(str(meta.get("model", ""))):
            raise IndexerError(f"{name}: {meaning.why_not(str(meta['model']))}")
        unread = OpenSearchEngine(self._client, name, (), False, BATCH_SECONDS)
        outline = open_outline(unread, meta)
        engine = OpenSearchEngine(self._client, name, outline.tracks, bool(meta.get("vectors")))
        return RemoteGeneration(outline, engine, meaning)
