"""Curated questions with the words that answer them, as they stand in the transcript."""

from collections.abc import Sequence, Set
from itertools import accumulate

from catalog import Question, Video, base_language
from transcripts import Transcript
from webapp.rendering.structured_data import SaidAnswer

# More than this is a lecture; sentences are never cut.
LONGEST = 1_500
# A sentence that is said to its end ends no later behind that of its answer.
_LATE_MS = 1_000


def said_answers(
    video: Video,
    transcript: Transcript | None,
    places: range,
    readable: Sequence[str] = (),
    asked_at: Set[int] = frozenset(),
) -> tuple[SaidAnswer, ...]:
    """The questions of a video that the shown `places` of its transcript answer, in order.

    `asked_at` are the places of what an interviewer says, as far as it is known who asks.
    """
    if transcript is None:
        return ()
    language = base_language(transcript.track.language)
    own = language == base_language(video.language)
    found = []
    for question in video.questions:
        asked = question.text if own else question.translations.get(language, "")
        said = _said(question, video, transcript, places, asked_at)
        text = _joined([readable[p] if readable else transcript.sentences[p].text for p in said])
        if asked and text and question.start_ms is not None:
            found.append(SaidAnswer(asked, text, question.start_ms))
    return tuple(found)


def _said(
    question: Question,
    video: Video,
    transcript: Transcript,
    places: range,
    asked_at: Set[int],
) -> list[int]:
    """The sentences of an answer, up to where whoever asks speaks again.

    Where it is not clear who asks, what goes on behind the end, or asks at it, may be theirs.
    """
    span = question.answer_span
    if span is None:
        return []
    later = [one.start_ms for one in video.questions if one.start_ms and one.start_ms > span[0]]
    end_ms = min([span[1], *later])
    said: list[int] = []
    for place in places:
        sentence = transcript.sentences[place]
        if not span[0] <= sentence.start_ms < end_ms:
            continue
        asks = place in asked_at
        if said and (asks or (not asked_at and sentence.end_ms > end_ms + _LATE_MS)):
            break
        if said or not (asks or sentence.question):
            said.append(place)
    if not asked_at and len(said) > 1 and transcript.sentences[said[-1]].question:
        said.pop()
    return said


def _joined(texts: Sequence[str]) -> str:
    """As many whole sentences as an answer has room for, one at least."""
    ends = accumulate(len(text) + 1 for text in texts)
    return " ".join(text for text, end in zip(texts, ends, strict=True) if end <= LONGEST) or (
        texts[0] if texts else ""
    )
