"""Where it is said: generations of the index, understanding queries, ranking and landing."""

from indexer.answer_json import search_as_json
from indexer.budget import Budget
from indexer.building import build_index
from indexer.counting import Filter
from indexer.errors import IndexerError, NoIndex
from indexer.every_word import plain_words
from indexer.generation import Generation
from indexer.index_report import IndexReport
from indexer.meaning import Meaning
from indexer.model import Answer, Count, Hit
from indexer.related import AlsoAsked
from indexer.said import Said, Saying, said_of
from indexer.shelf import Shelf
from indexer.update_report import UpdateReport
from indexer.updating import update_library
from indexer.within import Mention, Places, Within

__all__ = [
    "AlsoAsked",
    "Answer",
    "Budget",
    "Count",
    "Filter",
    "Generation",
    "Hit",
    "IndexReport",
    "IndexerError",
    "Meaning",
    "Mention",
    "NoIndex",
    "Places",
    "Said",
    "Saying",
    "Shelf",
    "UpdateReport",
    "Within",
    "build_index",
    "plain_words",
    "said_of",
    "search_as_json",
    "update_library",
]
