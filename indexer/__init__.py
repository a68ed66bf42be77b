"""Where it is said: generations of the index, understanding queries, ranking and landing."""

from typing import TYPE_CHECKING

from catalog import loaded_later

if TYPE_CHECKING:
    from indexer.analysis.languages import detected_language
    from indexer.deadline import Budget
    from indexer.errors import EngineAway, IndexerError, NoIndex
    from indexer.generation import Generation
    from indexer.model import AlsoAsked, Hit
    from indexer.moments.snippets import source_url, watch_url
    from indexer.query.parser import Query
    from indexer.search.answer import (
        Answer,
        Count,
        SearchAnswer,
        UrgentSignpost,
        search_answer,
        urgent_signposts,
    )
    from indexer.search.facets import Filter
    from indexer.search.mentions import MentionedSentence
    from indexer.search.within_video import TrackMentions
    from indexer.search.written import tells_of
    from indexer.shelf import Shelf
    from indexer.update.job import update_library
    from indexer.urgency.signposts import signposts_for
    from indexer.urgency.signs import Urgency, urgency_of

__getattr__ = loaded_later(__name__, __file__)
