"""Where it is said: generations of the index, understanding queries, ranking and landing."""

from indexer.building import IndexReport, build_index
from indexer.counting import Filter
from indexer.errors import IndexerError, NoIndex
from indexer.generation import Generation
from indexer.model import Answer, Count, Hit
from indexer.shelf import Shelf
from indexer.updating import UpdateReport, update_library

__all__ = [
    "Answer",
    "Count",
    "Filter",
    "Generation",
    "Hit",
    "IndexReport",
    "IndexerError",
    "NoIndex",
    "Shelf",
    "UpdateReport",
    "build_index",
    "update_library",
]
