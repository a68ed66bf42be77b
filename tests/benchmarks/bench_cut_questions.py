"""Interviewers' questions, cut out of the captions and asked: what follows each is its answer.

Nobody has to judge them, so there can be many; and the words of the question are not in the index.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from catalog import ANSWER_MS, Library, load_catalogue
from indexer.analysis.tokenizer import tokens_of
from transcripts import Sentence, Transcript
from transcripts.formats.writers import as_webvtt
from transcripts.reader import transcript_of
from transcripts.segmentation.clauses import bare
from transcripts.segmentation.questions import asks

SHORTEST_ANSWER_MS = 20_000
WORDS = range(6, 41)
FEWEST_TERMS = 5
_CLAUSE = re.compile(r"[,;:–—-]+ ")


def cut_questions(library: Library) -> Iterator[dict[str, object]]:
    """Cut questions out of every video's captions, and yield them as `hope eval` reads them."""
    for series in load_catalogue(library).series:
        for video in series.videos:
            transcript = transcript_of(library, video)
            rest, asked = cut(transcript)
            track = transcript.track.path
            track.unlink()
            track.with_suffix(".vtt").write_text(as_webvtt(rest), encoding="utf-8")
            yield from asked


def cut(transcript: Transcript) -> tuple[Transcript, tuple[dict[str, object], ...]]:
    """Part a transcript into what stays in it and the questions that were taken out."""
    said, video = transcript.sentences, transcript.track.video
    found = dict(_answered(said, transcript.track.language))
    asked = tuple(
        {
            "qid": f"{video}-{said[n].start_ms // 1000}",
            "query": said[n].text,
            "video": video,
            "start": said[n + 1].start_ms / 1000,
            "end": end_ms / 1000,
        }
        for n, end_ms in found.items()
    )
    rest = tuple(sentence for n, sentence in enumerate(said) if n not in found)
    return replace(transcript, sentences=rest), asked


def as_lines(questions: Sequence[dict[str, object]]) -> str:
    return "".join(f"{json.dumps(question, ensure_ascii=False)}\n" for question in questions)


def _answered(said: Sequence[Sentence], language: str) -> Iterator[tuple[int, int]]:
    """The places of questions that can be asked, and when what follows answers no longer."""
    voices_told = len({sentence.voice for sentence in said}) > 1
    last_ms = said[-1].end_ms if said else 0
    until_ms = last_ms
    for n in range(len(said) - 2, -1, -1):
        if not said[n].question:
            continue
        answer = said[n + 1]
        end_ms = min(until_ms, answer.start_ms + ANSWER_MS)
        until_ms = said[n].start_ms
        turns = answer.voice != said[n].voice or not voices_told
        long_enough = end_ms - answer.start_ms >= SHORTEST_ANSWER_MS
        if not answer.question and turns and long_enough and _stands_alone(said[n], language):
            yield n, end_ms


def _stands_alone(question: Sentence, language: str) -> bool:
    """Whether a question says enough to be asked by itself; "…, all right?" asks nothing."""
    if question.last - question.first not in WORDS:
        return False
    clauses = ([bare(word) for word in c.split()] for c in _CLAUSE.split(question.text))
    told = {token.term for token in tokens_of(question.text, language)}
    return len(told) >= FEWEST_TERMS and any(asks(words, fresh=True) for words in clauses)
