"""Writes a generation to a cluster of OpenSearch, proves it, and swaps the pointer to it.

Nothing of what is served is touched: a generation has indexes of its own, written once, and the
alias that readers follow is moved when they have proved themselves.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from functools import partial
from itertools import islice, pairwise
from typing import Any

import msgspec
import numpy as np

from catalog import EngineSettings, Library, checksum, counted, open_locked, progress
from indexer.engine.client import BATCH_SECONDS, KINDS, Client, EngineRefusedError
from indexer.engine.documents import Document, EngineDocuments, chunks
from indexer.engine.follow import expect_version, meta_of, open_outline, served_index
from indexer.engine.mapping import CHUNK, SCHEMA, blocks_index, outline_index, passages_index
from indexer.engine.open_search import OpenSearchEngine, all_names, blocks_name, outline_name
from indexer.engine.outline import packed_outline
from indexer.errors import IndexBusyError, IndexerError
from indexer.query.parser import Query
from indexer.ranking.matching import WeightedConcept
from indexer.storage.blocks import PASSAGES, blocks_of
from indexer.storage.columns import identity
from indexer.storage.packing import packed
from indexer.storage.reader import IndexReader

# So many documents are sent at once: of passages some megabytes, of blocks some twenty.
_AT_ONCE = 500
_COPY_SECONDS = 180
# On so many nodes each part has to be: one may die at any moment.
_COPIES = 2
# What others may still be reading, as they open what came after, or cannot, stays so long.
_GRACE_MS = 3_600_000
_MOST = 1_000


def publish(library: Library, engine: EngineSettings, reader: IndexReader) -> tuple[str, ...]:
    """Make an opened generation the one that is served from a cluster; says so in sentences.

    Nothing is written where it is served already. Raises IndexerError, and then what was served
    still is.
    """
    try:
        lock = open_locked(library.index_dir / ".publishing")
    except BlockingIOError as err:
        raise IndexBusyError(f"{library.index_dir}: another `hope index` is publishing") from err
    with lock, closing(Client(engine, library.root)) as client:
        return _Publisher(client, engine, reader).publish()


class _Publisher:
    """Writes one opened generation."""

    def __init__(self, client: Client, engine: EngineSettings, reader: IndexReader) -> None:
        self._client, self._engine, self._reader = client, engine, reader
        self._ask = partial(client.ask, seconds=BATCH_SECONDS)
        self._alive = [n for n, track in enumerate(reader.tracks) if not track.dead]

    def publish(self) -> tuple[str, ...]:
        """Write it, prove it and swap it in, where it is not served already."""
        expect_version(self._client)
        # What is newer is deleted: a node that is cut off may name what was served before.
        served = served_index(self._client, local=False)
        meta = self._meta()
        if served and meta.items() <= meta_of(self._client, served).items():
            return (f"The engine serves it already, as {served}.",)
        there = self._made()
        for name in there:
            if not served or name > served:  # what was killed midway
                self._delete(name)
        name = f"{self._engine.prefix}-g{self._number(max([*there, served])) + 1:06}"
        outline = packed_outline(self._reader)
        meta |= {"chunks": -(-len(outline) // CHUNK), "checksum": checksum(outline)}
        try:
            self._write(name, meta, outline)
            says = self._copied(name)
            self._prove(name, meta)
        except BaseException:
            with suppress(IndexerError):
                self._delete(name)
            raise
        self._swap(served, name)
        with suppress(IndexerError):  # what is left is deleted with the next one
            self._clear(name)
        return (f"Published as {name}.", *says)

    def _meta(self) -> dict[str, Any]:
        """What the indexes say of themselves."""
        reader, vectors = self._reader, self._reader.vectors
        return {
            "schema": SCHEMA,
            "reader": reader.built_by.get("reader", ""),
            "generation": reader.name,
            "built_at": reader.built_at,
            "passages": reader.rows.layout.rows,
            "model": vectors.identity if vectors else "",
            "vectors": bool(vectors) and self._knows_nearest(),
        }

    def _knows_nearest(self) -> bool:
        """Whether every node has the plugin for vectors."""
        nodes = self._ask("GET", "/_nodes/plugins")["nodes"].values()
        return all("opensearch-knn" in {one["name"] for one in node["plugins"]} for node in nodes)

    def _made(self) -> dict[str, int]:
        """When the generations that are there were made, in their order, by the cluster's clock."""
        path = f"/_cat/indices/{self._engine.prefix}-g*?format=json&h=index,creation.date"
        made = {row["index"]: int(row["creation.date"]) for row in self._ask("GET", path)}
        return {name: made[name] for name in sorted(made) if self._number(name)}

    def _number(self, index: str) -> int:
        """The number of a generation, by the name of its index; 0 for anything else."""
        found = re.fullmatch(rf"{self._engine.prefix}-g(\d{{6,}})", index)
        return int(found[1]) if found else 0

    def _write(self, name: str, meta: Mapping[str, Any], outline: bytes) -> None:
        documents = EngineDocuments(self._reader, has_vectors=meta["vectors"])
        blocks = blocks_name(name)
        self._ask("PUT", f"/{name}", passages_index(self._engine, meta, documents.dimensions))
        self._ask("PUT", f"/{blocks}", blocks_index(self._engine))
        self._ask("PUT", f"/{outline_name(name)}", outline_index())
        with progress("Publishing", len(self._alive)) as step:
            for number in self._alive:
                self._bulk(name, documents.passages(number))
                self._bulk(blocks, documents.blocks(number))
                step(self._reader.tracks[number].video)
        self._bulk(outline_name(name), chunks(outline))
        for one in all_names(name):
            self._ask("POST", f"/{one}/_refresh")
            self._ask("PUT", f"/{one}/_settings", {"index": {"blocks": {"write": True}}})

    def _bulk(self, index: str, documents: Iterator[Document]) -> None:
        """Send documents, some megabytes at a time; sent twice, they are there once."""
        while some := list(islice(documents, _AT_ONCE)):
            lines = (line for name, one in some for line in ({"index": {"_id": name}}, one))
            told = self._ask("POST", f"/{index}/_bulk", msgspec.json.Encoder().encode_lines(lines))
            if told["errors"]:
                raise _not_taken(index, told)

    def _copied(self, name: str) -> tuple[str, ...]:
        """Wait for its copies, of each part as many as there are nodes for; says which are missing.

        With two of each any node may die, and the others follow when theirs are back. Raises
        IndexerError where there are fewer.
        """
        health = f"/_cluster/health/{','.join(all_names(name))}?level=shards"
        asked = self._engine.replicas + 1
        nodes = self._ask("GET", health)["number_of_data_nodes"]
        wanted = 2 * self._engine.shards * min(asked, nodes) + nodes
        waiting = f"{health}&wait_for_active_shards={wanted}&timeout={_COPY_SECONDS}s"
        with suppress(EngineRefusedError):  # that it took too long
            self._ask("GET", waiting, seconds=2 * _COPY_SECONDS + 20)
        parts = self._ask("GET", health)["indices"].values()
        fewest = min(one["active_shards"] for part in parts for one in part["shards"].values())
        if fewest < min(_COPIES, asked):
            raise IndexerError(
                f"{name}: a part of it is on {counted(fewest, 'node')} of {nodes} after "
                f"{_COPY_SECONDS} s; start those that are away, make room on them, or ask for no "
                "`replicas` under [engine] in site.toml"
            )
        if fewest >= asked:
            return ()
        return (
            f"Of some of its parts {fewest} of {asked} copies are there, which is safe; the others "
            "follow by themselves when all nodes are back and have room.",
        )

    def _prove(self, name: str, meta: Mapping[str, Any]) -> None:
        """Raise IndexerError unless all is there and is found where it is."""
        reader = self._reader
        blocks = sum(-(-reader.tracks[n].passages // PASSAGES) for n in self._alive)
        counts = (meta["passages"], blocks, meta["chunks"])
        for index, count in zip(all_names(name), counts, strict=True):
            found = self._ask("GET", f"/{index}/_count")["count"]
            if found != count:
                raise IndexerError(f"{index}: it holds {found} documents, not {count}")
        there = OpenSearchEngine(self._client, name, reader.tracks, meta["vectors"], BATCH_SECONDS)
        open_outline(there, meta)
        rows = np.flatnonzero(reader.rows.layout.alive)
        for row in rows[[0, len(rows) // 2, -1]].tolist() if len(rows) else ():
            track = int(reader.rows.layout.track[row])
            n, word = row - reader.rows.first_row[track], _rarest(reader, row)
            only = Query(videos=frozenset((reader.tracks[track].video,)))
            found = there.candidates([WeightedConcept(word, 1.0, ((word,),))], only, _MOST)
            if (track, n) not in {one[:2] for one in found}:
                raise IndexerError(f"{name}: not all is found in it that was sent")
            number = n // PASSAGES
            sent, block = [*blocks_of(reader, track)][number], there.blocks([(track, number)])
            if packed(block[track, number]) != packed(sent):
                raise IndexerError(f"{name}: a block of it is not what was sent")

    def _swap(self, served: str, name: str) -> None:
        """Move the pointer: a reader finds the old one or this one, nothing between."""
        moves = [("remove", served)] * bool(served) + [("add", name)]
        alias = self._engine.prefix
        actions = [{move: {"index": index, "alias": alias}} for move, index in moves]
        self._ask("POST", "/_aliases", {"actions": actions})

    def _clear(self, name: str) -> None:
        """Delete what nobody reads now: what came after was there a good while before this one."""
        made = self._made()
        for old, after in pairwise(made):
            if made[after] < made[name] - _GRACE_MS:
                self._delete(old)

    def _delete(self, name: str) -> None:
        self._ask("DELETE", f"/{','.join(all_names(name))}?ignore_unavailable=true")


def _not_taken(index: str, told: Any) -> IndexerError:
    results = (result for item in told["items"] for result in item.values())
    kind = next((one["error"].get("type", "") for one in results if "error" in one), "")
    return IndexerError(f"{index}: {KINDS.get(kind, f'it does not take all documents ({kind})')}")


def _rarest(reader: IndexReader, row: int) -> str:
    """The rarest word of a passage, to be found again."""
    begins, ends = reader.rows.tokens
    inside = set(reader.columns.token_term[begins[row] : ends[row]].tolist())
    terms = sorted(term for term in reader.postings.terms() if identity(term) in inside)
    return max(terms, key=reader.terms.rarity)
