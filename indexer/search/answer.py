"""What search answers, and the same as programs get it: on the command line and from the site."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from catalog import PhoneLine, Signpost
from indexer.model import Hit
from indexer.query.parser import Query
from indexer.ranking.confidence import Confidence
from indexer.search.unsaid import Unsaid
from indexer.urgency.signs import NOTHING_URGENT, Urgency


@dataclass(frozen=True, slots=True)
class Count:
    """What a filter, written `field:value`, would leave of an answer.

    `videos` is in how many videos search then finds something, `moments` how many of the answer's
    own moments it keeps. `name` is shown; a language has its code.
    """

    field: str
    value: str
    name: str
    videos: int
    moments: int


class Answer(msgspec.Struct, frozen=True):
    """What a query found, best first, and what was searched for.

    `also` names what was searched beside the words typed; `words` are the query's own terms as
    understood, after fillers were left out. `unsaid` is what was asked for by number or by name
    and nobody speaks of. `confidence` is how sure it is that the first of `hits`
    answers: "answered", "perhaps" for what only comes near, or "none", where `hits` do no more than
    mention some of what was asked. `suggestions` are whole
    queries that may have been meant. `meaning` says that a sentence model took part, not words
    alone. `videos` is in how many videos something was found, those of
    the hits among them; `counts` is what each filter would leave. `partial` says that not all
    was searched: the time for it was spent or, where it is `incomplete` too, some of the passages
    could not be reached. `filtered` are the slugs of the
    videos that the filters leave, where nothing but filters was asked, else None. `urgency` is what
    of it should not wait. `parsed` is the query as search reads it.
    """

    query: str
    hits: tuple[Hit, ...]
    words: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    confidence: Confidence = "answered"
    unsaid: tuple[Unsaid, ...] = ()
    suggestions: tuple[str, ...] = ()
    meaning: bool = False
    videos: int = 0
    counts: tuple[Count, ...] = ()
    filtered: tuple[str, ...] | None = None
    partial: bool = False
    incomplete: bool = False
    urgency: Urgency = NOTHING_URGENT
    parsed: Query = Query()

    @property
    def answered(self) -> bool:
        """Whether the first of the hits is likely to answer."""
        return self.confidence == "answered" and bool(self.hits)


class UrgentSignpost(msgspec.Struct, frozen=True):
    """What is said above the results where something should not wait, and whom to call.

    Where one stands `instead` of results, there are none.
    """

    slug: str
    language: str
    heading: str
    message: str
    call: tuple[PhoneLine, ...]
    instead: bool


class FoundMoments(msgspec.Struct, frozen=True, kw_only=True):
    """What was found, best first, and how.

    `confidence` is how sure search is that the first hit answers: "none" where hits do no more
    than mention some of what was asked. `meaning` says that a sentence model took part.
    """

    query: str
    answered: bool
    confidence: Confidence
    meaning: bool
    hits: tuple[Hit, ...]
    urgent: tuple[UrgentSignpost, ...] | msgspec.UnsetType = msgspec.UNSET


class SearchAnswer(FoundMoments, frozen=True, kw_only=True):
    """What a question found and how, with what else to search for.

    `partial` says that not all was searched: the time for it was spent, or some of it cannot be
    reached; `also` is what was searched beside the words typed; `unsaid` what was asked for and
    nobody speaks of;
    `suggestions` are whole questions that may have been meant; `counts` is what each filter leaves.
    """

    partial: bool
    also: tuple[str, ...]
    unsaid: tuple[Unsaid, ...]
    suggestions: tuple[str, ...]
    counts: tuple[Count, ...]


def found_moments(answer: Answer, signposts: Sequence[Signpost] = ()) -> FoundMoments:
    """What was found and how, with any signposts that belong above it.

    Where one of them stands instead of results there are none, and nothing is answered.
    """
    hits = () if any(one.instead for one in signposts) else answer.hits
    return FoundMoments(
        query=answer.query,
        answered=answer.answered and bool(hits),
        confidence=answer.confidence if hits else "none",
        meaning=answer.meaning,
        hits=hits,
        urgent=urgent_signposts(signposts) or msgspec.UNSET,
    )


def search_answer(answer: Answer, signposts: Sequence[Signpost] = ()) -> SearchAnswer:
    """The same, with what else to search for."""
    found = found_moments(answer, signposts)
    return SearchAnswer(
        **msgspec.structs.asdict(found),
        partial=answer.partial,
        also=answer.also,
        unsaid=answer.unsaid,
        suggestions=answer.suggestions,
        counts=answer.counts if found.hits else (),
    )


def urgent_signposts(signposts: Sequence[Signpost]) -> tuple[UrgentSignpost, ...]:
    """Signposts as programs read them."""
    return tuple(
        UrgentSignpost(one.slug, one.language, one.heading, one.message, one.call, one.instead)
        for one in signposts
    )
