"""Writes a generation to a cluster of OpenSearch, proves it, and swaps the pointer to it.

Nothing of what is served is touched: a generation has indexes of its own, written once, and the
alias that readers follow is moved when they have proved themselves.
"""

import base64
import re
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from functools import cached_property
from itertools import islice, pairwise
from typing import Any

import msgspec
import numpy as np

from catalog import (
    EngineSettings,
    Library,
    base_language,
    checksum,
    counted,
    open_locked,
    progress,
)
from indexer.arrays import Array
from indexer.engine.client import BATCH_SECONDS, KINDS, Client, EngineRefusedError
from indexer.engine.follow import expect_version, meta_of, open_outline, served_index
from indexer.engine.local import LocalEngine
from indexer.engine.mapping import CHUNK, SCHEMA, blocks_index, outline_index, passages_index
from indexer.engine.open_search import (
    OpenSearchEngine,
    all_names,
    block_id,
    blocks_name,
    outline_name,
)
from indexer.engine.outline import packed_outline
from indexer.engine.query_dsl import as_token
from indexer.errors import IndexBusyError, IndexerError
from indexer.mishearing.terms import AS_WRITTEN, CORRECTED
from indexer.query.parser import Query
from indexer.ranking.matching import WeightedConcept
from indexer.storage.blocks import PASSAGES, blocks_of, packed
from indexer.storage.columns import identity
from indexer.storage.reader import IndexReader

Document = tuple[str, Mapping[str, Any]]
# No phrase reaches from what is said into what was corrected.
_BREAK = "\u00b6"
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
        self._alive = [n for n, track in enumerate(reader.tracks) if not track.dead]

    def publish(self) -> tuple[str, ...]:
        """Write it, prove it and swap it in, where it is not served already."""
        expect_version(self._client)
        served = served_index(self._client)
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
            "vectors": bool(vectors) and _knows_nearest(self._client),
        }

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
        vectors = self._reader.vectors if meta["vectors"] else None
        dimensions = vectors.account.dimensions if vectors else 0
        blocks = blocks_name(name)
        self._ask("PUT", f"/{name}", passages_index(self._engine, meta, dimensions))
        self._ask("PUT", f"/{blocks}", blocks_index(self._engine))
        self._ask("PUT", f"/{outline_name(name)}", outline_index())
        with progress("Publishing", len(self._alive)) as step:
            for number in self._alive:
                self._bulk(name, self._passages(number, dimensions))
                self._bulk(blocks, self._blocks(number))
                step(self._reader.tracks[number].video)
        self._bulk(outline_name(name), _chunks(outline))
        for one in all_names(name):
            self._ask("POST", f"/{one}/_refresh")
            self._ask("PUT", f"/{one}/_settings", {"index": {"blocks": {"write": True}}})

    def _passages(self, track: int, dimensions: int) -> Iterator[Document]:
        """The passages of a track, as the terms that are said in each."""
        reader, columns, vectors = self._reader, self._reader.columns, self._reader.vectors
        entry, (first, last) = reader.tracks[track], reader.rows.first_row[track : track + 2]
        begins, ends = reader.rows.tokens
        mended = reader.positions.wordings[-1]
        for row in range(first, last):
            begin, end = int(begins[row]), int(ends[row])
            heard, terms = columns.token_heard[begin:end], columns.token_term[begin:end]
            document: dict[str, Any] = {
                "said": self._text(terms[heard == AS_WRITTEN]),
                "video": entry.video,
                "language": base_language(entry.language),
                "track": str(track),
                "n": row - first,
            }
            corrected = terms[heard == CORRECTED]
            if heard.any():
                document["heard"] = self._text(terms[(heard != AS_WRITTEN) & (heard != CORRECTED)])
            if len(corrected):
                document["said"] += f" {_BREAK} {self._text(corrected)}"
                now = mended.terms[mended.before[begin] : mended.before[end]]
                document["mended"] = self._text(now)
            if dimensions and vectors and vectors.scales[row] > 0:
                document["vector"] = (vectors.values[row] * vectors.scales[row]).tolist()
            yield block_id(track, row - first), document

    def _text(self, terms: Array) -> str:
        return " ".join(self._tokens[term] for term in terms.tolist())

    @cached_property
    def _tokens(self) -> Mapping[int, str]:
        """Every term as it stands in a field, by its identity."""
        return {identity(term): as_token(term) for term in self._reader.postings.held}

    def _blocks(self, track: int) -> Iterator[Document]:
        for number, block in enumerate(blocks_of(self._reader, track)):
            yield block_id(track, number), {"data": base64.b64encode(packed(block)).decode()}

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
        asked, nodes = self._engine.replicas + 1, self._health()["number_of_data_nodes"]
        wanted = 2 * self._engine.shards * min(asked, nodes) + nodes
        waiting = f"?wait_for_active_shards={wanted}&timeout={_COPY_SECONDS}s"
        indexes = "/" + ",".join(all_names(name))
        with suppress(EngineRefusedError):  # that it took too long
            self._health(f"{indexes}{waiting}", 2 * _COPY_SECONDS + 20)
        parts = self._health(f"{indexes}?level=shards")["indices"].values()
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

    def _health(self, path: str = "", seconds: float = BATCH_SECONDS) -> Any:
        return self._ask("GET", f"/_cluster/health{path}", seconds=seconds)

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
        here = LocalEngine(reader)
        rows = np.flatnonzero(reader.rows.layout.alive)
        for row in rows[[0, len(rows) // 2, -1]].tolist() if len(rows) else ():
            number = int(reader.rows.layout.track[row])
            n = row - reader.rows.first_row[number]
            asked = [_rarest(reader, row)]
            only = Query(videos=frozenset((reader.tracks[number].video,)))
            found_there = {one[:2] for one in there.candidates(asked, only, _MOST)}
            if found_there != {one[:2] for one in here.candidates(asked, only, _MOST)}:
                raise IndexerError(f"{name}: not the same is found in it as here")
            key = number, n // PASSAGES
            if packed(there.blocks([key])[key]) != packed(here.blocks([key])[key]):
                raise IndexerError(f"{name}: a block of it is not what was sent")

    def _swap(self, served: str, name: str) -> None:
        """Move the pointer: a reader finds the old one or this one, nothing between."""
        alias = {"alias": self._engine.prefix}
        away = [{"remove": {"index": served, **alias}}] if served else []
        self._ask("POST", "/_aliases", {"actions": [*away, {"add": {"index": name, **alias}}]})

    def _clear(self, name: str) -> None:
        """Delete what nobody reads now: what came after was there a good while before this one."""
        made = self._made()
        for old, after in pairwise(made):
            if made[after] < made[name] - _GRACE_MS:
                self._delete(old)

    def _delete(self, name: str) -> None:
        self._ask("DELETE", f"/{','.join(all_names(name))}?ignore_unavailable=true")

    def _ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | bytes = b"",
        seconds: float = BATCH_SECONDS,
    ) -> Any:
        return self._client.ask(method, path, body, seconds)


def _chunks(outline: bytes) -> Iterator[Document]:
    for number, begin in enumerate(range(0, len(outline), CHUNK)):
        data = base64.b64encode(outline[begin : begin + CHUNK]).decode()
        yield str(number), {"data": data}


def _not_taken(index: str, told: Any) -> IndexerError:
    kinds = [
        one.get("error", {}).get("type", "") for item in told["items"] for one in item.values()
    ]
    kind = next(filter(None, kinds), "")
    return IndexerError(f"{index}: {KINDS.get(kind, f'it does not take all documents ({kind})')}")


def _rarest(reader: IndexReader, row: int) -> WeightedConcept:
    """The rarest word of a passage, to be found again."""
    begins, ends = reader.rows.tokens
    inside = set(reader.columns.token_term[begins[row] : ends[row]].tolist())
    terms = sorted(term for term in reader.postings.terms() if identity(term) in inside)
    word = max(terms, key=reader.terms.rarity)
    return WeightedConcept(word, 1.0, ((word,),))


def _knows_nearest(client: Client) -> bool:
    """Whether every node has the plugin for vectors."""
    nodes = client.ask("GET", "/_nodes/plugins", seconds=BATCH_SECONDS)["nodes"].values()
    return all(any(one["name"] == "opensearch-knn" for one in node["plugins"]) for node in nodes)
