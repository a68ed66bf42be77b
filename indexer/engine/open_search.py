"""One generation in a cluster of OpenSearch, as an engine: the four calls."""

import base64
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from catalog import base_language
from indexer.arrays import Floats
from indexer.engine import query_dsl
from indexer.engine.client import SEARCH_SECONDS, Client, EngineRefusedError
from indexer.errors import EngineAway, IndexerError, PartMissing
from indexer.query.parser import Query
from indexer.ranking.engine import Found
from indexer.ranking.matching import WeightedConcept
from indexer.storage.blocks import Block
from indexer.storage.manifest import IndexedTrack
from indexer.storage.packing import unpacked

# So many blocks, or chunks of an outline, are asked for at once: some megabytes.
_AT_ONCE = 200
# A node asks its own shards where it has them, and none that may be hanging elsewhere.
_OWN = "&preference=_local"
_NO_SHARDS = frozenset(("search_phase_execution_exception", "no_shard_available_action_exception"))


def blocks_name(index: str) -> str:
    """The index of the blocks that belong to an index of passages."""
    return f"{index}-blocks"


def outline_name(index: str) -> str:
    """The index of what every process keeps of an index of passages."""
    return f"{index}-outline"


def all_names(index: str) -> tuple[str, str, str]:
    """The three indexes of a generation, by that of its passages."""
    return index, blocks_name(index), outline_name(index)


def block_id(track: int, number: int) -> str:
    """Under which name a block is stored."""
    return f"{track}.{number}"


@dataclass(frozen=True)
class OpenSearchEngine:
    """The passages under the name of a concrete index, so that no two generations ever mix.

    Each request may take so many `seconds`.
    """

    client: Client
    index: str
    tracks: tuple[IndexedTrack, ...]
    has_vectors: bool
    seconds: float = SEARCH_SECONDS

    def candidates(
        self, concepts: Sequence[WeightedConcept], query: Query, most: int
    ) -> Sequence[Found]:
        """Find passages that hold anything asked for, at most so many, the best first."""
        return self._found(query_dsl.candidates(concepts, query), most)

    def nearest(self, vector: Floats, query: Query, most: int) -> Sequence[Found]:
        """Find the passages nearest by meaning, at most so many, the nearest first."""
        if not self.has_vectors:
            return ()
        return self._found(query_dsl.nearest(vector, query, most), most)

    def videos_holding(
        self, concepts: Sequence[WeightedConcept], query: Query
    ) -> Mapping[str, Collection[str]]:
        """All videos that hold anything asked for, or all that filters leave, with languages."""
        by_track = {"terms": {"field": "track", "size": max(1, len(self.tracks))}}
        body = {"size": 0, "query": query_dsl.holding(concepts, query), "aggs": {"in": by_track}}
        videos: dict[str, set[str]] = {}
        for bucket in self._search(body)["aggregations"]["in"]["buckets"]:
            track = self.tracks[int(bucket["key"])]
            videos.setdefault(track.video, set()).add(base_language(track.language))
        return videos

    def blocks(self, wanted: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], Block]:
        """Slices of the tables, each by its track and its number there."""
        names = {block_id(*one): one for one in sorted(wanted)}
        found: dict[tuple[int, int], Block] = {}
        sent = self.fetched(blocks_name(self.index), list(names))
        for one, data in zip(names.values(), sent, strict=True):
            with suppress(IndexerError):  # a damaged one is as good as none
                found |= {} if data is None else {one: unpacked(data, Block)}
        if len(found) < len(names):
            raise PartMissing(f"{self.index}: some of its blocks cannot be reached", found)
        return found

    def fetched(self, index: str, ids: Sequence[str]) -> list[bytes | None]:
        """The bytes under some names, None where they cannot be reached."""
        path = f"/{index}/_mget?realtime=false{_OWN}"
        return [
            base64.b64decode(doc["_source"]["data"]) if doc.get("found") else None
            for begin in range(0, len(ids), _AT_ONCE)
            for doc in self.client.ask(
                "POST", path, {"ids": ids[begin : begin + _AT_ONCE]}, self.seconds
            )["docs"]
        ]

    def _found(self, asked: Mapping[str, Any], most: int) -> list[Found]:
        body = {
            "size": most,
            "query": asked,
            "docvalue_fields": ["track", "n"],
            "stored_fields": "_none_",
            "track_total_hits": False,
        }
        try:
            return _hits(self._search(body))
        except PartMissing as err:
            raise PartMissing(str(err), _hits(err.found)) from None

    def _search(self, body: Mapping[str, Any]) -> Any:
        """Ask all shards; where some cannot be reached, the others. Then raises PartMissing."""
        path = f"/{self.index}/_search?search_type=dfs_query_then_fetch&request_cache=false{_OWN}"
        try:
            whole = f"{path}&allow_partial_search_results=false"
            return self.client.ask("POST", whole, body, self.seconds)
        except EngineRefusedError as err:
            if err.kind not in _NO_SHARDS:
                raise
        some = f"{path}&allow_partial_search_results=true"
        told = self.client.ask("POST", some, body, self.seconds)
        if told["_shards"]["failed"]:
            raise PartMissing(f"{self.index}: some of its shards cannot be reached", told)
        return told


def _hits(told: Any) -> list[Found]:
    try:
        return [
            Found(int(hit["fields"]["track"][0]), hit["fields"]["n"][0], hit["_score"])
            for hit in told["hits"]["hits"]
        ]
    except (KeyError, IndexError, TypeError, ValueError) as err:
        raise EngineAway(f"the engine's answer is not what was asked for: {err!r}") from None
