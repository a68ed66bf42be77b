"""Judged questions and runs over them: read from files, or searched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from catalog import say
from indexer.evaluating import Found, Qid, Question, Score, Truth, score
from indexer.jsonl import read_jsonl
from indexer.model import Answer

Run = Mapping[Qid, Found]


class _Stretch(msgspec.Struct):
    video: str
    start: float
    end: float
    grade: float = 3


class _QuestionLine(msgspec.Struct):
    """A question with `answers`, or with the one place where it is answered; seconds."""

    qid: Qid
    query: str
    stratum: str | None = None
    answers: list[_Stretch] | None = None
    video: str | None = None
    start: float | None = None
    end: float | None = None

    def __post_init__(self) -> None:
        if self.video is not None and (self.start is None or self.end is None):
            raise ValueError("beside `video`, `start` and `end` are needed, in seconds")


class _Hit(msgspec.Struct):
    video: str
    start_ms: float


class _RunLine(msgspec.Struct):
    """What `hope search --batch` writes; a run of another origin need not say `answered`."""

    qid: Qid
    hits: list[_Hit]
    answered: bool | None = None


def read_questions(file: Path) -> tuple[tuple[Question, ...], int]:
    """Read judged questions, and count the lines passed over; a `qid` is taken once.

    Raises IndexerError when the file cannot be read.
    """
    lines, passed_over = read_jsonl(file, _QuestionLine, "question")
    questions: dict[Qid, Question] = {}
    for line in lines:
        if line.qid in questions:
            say(f"{file}: a second question has the qid {line.qid}; it is passed over")
            passed_over += 1
        else:
            questions[line.qid] = _question(line)
    return tuple(questions.values()), passed_over


def read_run(file: Path) -> tuple[Run, int]:
    """Read a run, and count the lines passed over; the last line of a `qid` holds.

    Raises IndexerError when the file cannot be read.
    """
    lines, passed_over = read_jsonl(file, _RunLine, "answer")
    return {line.qid: _found(line) for line in lines}, passed_over


def search_all(
    questions: Iterable[Question], search: Callable[[str], Answer], step: Callable[[str], None]
) -> dict[Qid, Answer]:
    """Ask every question."""
    answers = {}
    for question in questions:
        answers[question.qid] = search(question.query)
        step(str(question.qid))
    return answers


def run_of(answers: Mapping[Qid, Answer]) -> Run:
    """Answers as a run."""
    return {
        qid: Found(
            tuple((hit.video, hit.start_ms) for hit in answer.hits),
            answer.answered and bool(answer.hits),
        )
        for qid, answer in answers.items()
    }


def score_run(questions: Sequence[Question], run: Run) -> tuple[Score, ...]:
    """Score every question; what a run has no line for counts as nothing found."""
    return tuple(score(question, run.get(question.qid, Found())) for question in questions)


def _question(line: _QuestionLine) -> Question:
    truths = tuple(Truth(a.video, a.start, a.end, a.grade) for a in line.answers or ())
    if not truths and line.video is not None and line.start is not None and line.end is not None:
        truths = (Truth(line.video, line.start, line.end),)
    judged = bool(truths) or line.answers is not None or line.stratum == "unanswerable"
    return Question(line.qid, line.query, truths, line.stratum, judged)


def _found(line: _RunLine) -> Found:
    places = tuple((hit.video, hit.start_ms) for hit in line.hits)
    return Found(places, line.answered is not False and bool(places))
