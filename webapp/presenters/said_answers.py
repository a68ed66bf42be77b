"""Curated questions with the words that answer them, as they stand in the transcript."""

from collections.abc import Iterator, Sequence

from catalog import Question, Video, base_language
from transcripts import Transcript
from webapp.rendering.structured_data import SaidAnswer

# More than this is a lecture; sentences are never cut.
LONGEST = 1_500


def said_answers(
    video: Video, transcript: Transcript | None, places: range, readable: Sequence[str] = ()
) -> tuple[SaidAnswer, ...]:
    """The questions of a video that the shown `places` of its transcript answer, in order."""
    if transcript is None:
        return ()
    language = base_language(transcript.track.language)
    own = language == base_language(video.language)
    found = []
    for question in video.questions:
        asked = question.text if own else question.translations.get(language, "")
        text = " ".join(_said(question, video, transcript, places, readable))
        if asked and text and question.start_ms is not None:
            found.append(SaidAnswer(asked, text, question.start_ms))
    return tuple(found)


def _said(
    question: Question,
    video: Video,
    transcript: Transcript,
    places: range,
    readable: Sequence[str],
) -> Iterator[str]:
    """The whole sentences of an answer: none that asks, and none of the next question's."""
    span = question.answer_span
    if span is None:
        return
    later = [one.start_ms for one in video.questions if one.start_ms and one.start_ms > span[0]]
    end_ms = min([span[1], *later])
    length, began = 0, False
    for place in places:
        sentence = transcript.sentences[place]
        if not span[0] <= sentence.start_ms < end_ms or (sentence.question and not began):
            continue
        text = readable[place] if readable else sentence.text
        length += len(text) + 1
        if began and length > LONGEST:
            return
        began = True
        yield text
