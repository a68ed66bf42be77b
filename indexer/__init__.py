"""Where it is said: generations of the index, understanding queries, ranking and landing."""

from indexer.answer_json import search_as_json
from indexer.building import build_index
from indexer.counting import Filter
from indexer.errors import IndexerError, NoIndex
from indexer.generation import Generation
from indexer.index_report import IndexReport
from indexer.meaning import Meaning
from indexer.model import Answer, Count, Hit
from indexer.related import AlsoAsked
from indexer.shelf import Shelf
from indexer.updating import UpdateReport, update_library

__all__ = [
    "AlsoAsked",
    "Answer",
    "Count",
    "Filter",
    "Generation",
    "Hit",
    "IndexReport",
    "IndexerError",
    "Meaning",
    "NoIndex",
    "Shelf",
    "UpdateReport",
    "build_index",
    "search_as_json",
    "update_library",
]
