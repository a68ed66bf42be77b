"""The indexes of a generation in OpenSearch: its passages, blocks of what they say, its outline."""

from collections.abc import Mapping
from typing import Any

from catalog import EngineSettings
from indexer.settings import SETTINGS

# Whatever changes what these indexes hold, or how it is asked, changes this.
SCHEMA = 4
# So many bytes of an outline are one document.
CHUNK = 64 << 10

_BYTES = {"dynamic": "strict", "properties": {"data": {"type": "binary"}}}
_TERMS = {"type": "text", "analyzer": "whitespace", "similarity": "ours"}


def passages_index(
    engine: EngineSettings, meta: Mapping[str, Any], dimensions: int = 0
) -> dict[str, Any]:
    """The index of passages: our own terms, scored as we do; no words can be read from it whole.

    `dimensions` are those of its vectors, 0 without.
    """
    fields: dict[str, Any] = {
        "said": _TERMS,
        "heard": _TERMS | {"norms": False, "index_options": "freqs"},
        "mended": _TERMS | {"norms": False},
        "video": {"type": "keyword"},
        "language": {"type": "keyword"},
        "track": {"type": "keyword"},
        "n": {"type": "integer", "index": False},
    }
    if dimensions:
        how = {"name": "hnsw", "space_type": "innerproduct", "engine": "lucene"}
        fields["vector"] = {"type": "knn_vector", "dimension": dimensions, "method": how}
    mapping = {
        "dynamic": "strict",
        "_source": {"enabled": False},
        "_meta": dict(meta),
        "properties": fields,
    }
    index = {
        **_sizes(engine),
        "similarity": {"ours": {"type": "BM25", "k1": SETTINGS.k1, "b": SETTINGS.b}},
        **({"knn": True} if dimensions else {}),
    }
    return {"settings": {"index": index}, "mappings": mapping}


def blocks_index(engine: EngineSettings) -> dict[str, Any]:
    """The index of blocks: bytes that are only fetched by name."""
    return {"settings": {"index": _sizes(engine)}, "mappings": _BYTES}


def outline_index() -> dict[str, Any]:
    """The index of the outline in chunks: on every node, so that any is enough to start by."""
    index = {"number_of_shards": 1, "auto_expand_replicas": "0-all", "refresh_interval": "-1"}
    return {"settings": {"index": index}, "mappings": _BYTES}


def _sizes(engine: EngineSettings) -> dict[str, Any]:
    """Its copies, and that nothing of what is asked is written down."""
    off = {"warn": "-1", "info": "-1", "debug": "-1", "trace": "-1"}
    slow = {"query": off, "fetch": off}
    return {
        "number_of_shards": engine.shards,
        "number_of_replicas": engine.replicas,
        "refresh_interval": "-1",
        "search": {"slowlog": {"threshold": slow}},
    }
