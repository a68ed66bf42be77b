"""A question that is asked here, where it is answered, and how like it a query is."""

import msgspec


class AnsweredQuestion(msgspec.Struct, frozen=True):
    """A question, and where it is answered; `text` and `terms` are those of a curator's."""

    video: str
    start_ms: int
    end_ms: int
    text: str = ""
    terms: frozenset[str] = frozenset()


class QuestionMatch(msgspec.Struct, frozen=True):
    """A question that is asked here, and how like it the query is: 0 not at all, 1 the very same.

    `lift` is how much of the best score its answer gains.
    """

    question: AnsweredQuestion
    likeness: float
    lift: float = 0.0
