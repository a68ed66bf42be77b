"""From sentences to passages: overlapping windows that begin and end at sentence edges."""

from collections.abc import Sequence

from transcripts.model import Passage, Sentence

LENGTH_MS = 30_000
STEP_MS = 15_000


def cut_passages(
    sentences: Sequence[Sentence], length_ms: int = LENGTH_MS, step_ms: int = STEP_MS
) -> tuple[Passage, ...]:
    """Cut sentences into windows of about `length_ms`, a new one about every `step_ms`.

    Every sentence is in at least one passage; none is cut apart.
    """
    passages: list[Passage] = []
    first = 0
    while first < len(sentences):
        last = _end(sentences, first, length_ms)
        end_ms = max(sentence.end_ms for sentence in sentences[first:last])
        passages.append(Passage(sentences[first].start_ms, end_ms, first, last))
        if last == len(sentences):
            break
        first = _next_start(sentences, first, last, step_ms)
    return tuple(passages)


def _end(sentences: Sequence[Sentence], first: int, length_ms: int) -> int:
    """Take sentences while they end within the window, and at least one."""
    limit = sentences[first].start_ms + length_ms
    last = first + 1
    while last < len(sentences) and sentences[last].end_ms <= limit:
        last += 1
    return last


def _next_start(sentences: Sequence[Sentence], first: int, last: int, step_ms: int) -> int:
    """Find the sentence that starts nearest to one step on, never behind the passage's end."""
    target = sentences[first].start_ms + step_ms
    choices = range(first + 1, last + 1)
    return min(choices, key=lambda n: abs(sentences[n].start_ms - target))
