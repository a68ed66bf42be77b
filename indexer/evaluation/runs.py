"""Judged questions and runs over them: read from files, or searched."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from catalog import counted, say
from indexer.errors import IndexerError
from indexer.evaluation.measures import JudgedQuestion, Judgement, RankedPlaces, Score, score
from indexer.jsonl import Qid, read_jsonl
from indexer.ranking.confidence import Confidence
from indexer.search.answer import Answer

Run = Mapping[Qid, RankedPlaces]


class _QuestionLine(msgspec.Struct):
    """A question with `answers`, or with the one place where it is answered; seconds."""

    qid: Qid
    query: str
    stratum: str | None = None
    answers: tuple[Judgement, ...] | None = None
    video: str | None = None
    start: float | None = None
    end: float | None = None

    def __post_init__(self) -> None:
        if self.video is not None and (self.start is None or self.end is None):
            raise ValueError("beside `video`, `start` and `end` are needed, in seconds")
        self.place()

    def place(self) -> Judgement | None:
        """The one place, where the line itself names one."""
        if self.start is None or self.end is None:
            return None
        place = Judgement(self.video or "", self.start, self.end)
        return place if self.video is not None else None


class _Hit(msgspec.Struct):
    video: str
    start_ms: float


class _RunLine(msgspec.Struct):
    """What `hope search --batch` writes; a run of another origin need not say how sure it is."""

    qid: Qid
    hits: list[_Hit]
    answered: bool | None = None
    confidence: Confidence | None = None


def read_questions(
    file: Path, videos: Collection[str] | None = None
) -> tuple[tuple[JudgedQuestion, ...], int]:
    """Read judged questions, and count the lines passed over, such as a `qid` that comes again.

    So is, where `videos` are given, a question that is answered in another video. Raises
    IndexerError when the file cannot be read.
    """
    lines, passed_over = read_jsonl(file, _QuestionLine, "question")
    questions: dict[Qid, JudgedQuestion] = {}
    for line in lines:
        question = _question(line)
        named = [judgement.video for judgement in question.judgements]
        unknown = [] if videos is None else [video for video in named if video not in videos]
        if line.qid in questions:
            say(f"{file}: a second question has the qid {line.qid}; it is passed over")
        elif unknown:
            missing = f"the library has no video {unknown[0]!r}"
            say(f"{file}: the question with the qid {line.qid} is passed over: {missing}")
        else:
            questions[line.qid] = question
            continue
        passed_over += 1
    return tuple(questions.values()), passed_over


def read_judged(
    file: Path, videos: Collection[str] | None
) -> tuple[tuple[JudgedQuestion, ...], int]:
    """Read questions as `read_questions` does. Raises IndexerError when none of them was judged."""
    questions, passed_over = read_questions(file, videos)
    if not any(question.judged for question in questions):
        raise IndexerError(
            f"{file}: no line says where its question is answered; write `answers` into them, "
            "and [] where nothing answers"
        )
    return questions, passed_over


def read_run(file: Path, asked: Sequence[JudgedQuestion]) -> tuple[Run, int]:
    """Read a run over these questions, say what it lacks, and count the lines passed over.

    The last line of a `qid` holds. Raises IndexerError when the file cannot be read, or answers
    none of the questions.
    """
    lines, passed_over = read_jsonl(file, _RunLine, "answer")
    run = {line.qid: _found(line) for line in lines}
    missing = sum(question.qid not in run for question in asked)
    if missing == len(asked):
        raise IndexerError(f"{file}: it answers none of these questions; name a run over them")
    if missing:
        say(f"{file}: no line for {counted(missing, 'question')}; counted as nothing found")
    return run, passed_over


def search_all(
    questions: Iterable[JudgedQuestion],
    search: Callable[[str], Answer],
    step: Callable[[str], None],
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
        qid: RankedPlaces(
            tuple((hit.video, hit.start_ms) for hit in answer.hits),
            answer.confidence if answer.hits else "none",
        )
        for qid, answer in answers.items()
    }


def score_run(questions: Sequence[JudgedQuestion], run: Run) -> tuple[Score, ...]:
    """Score every question; what a run has no line for counts as nothing found."""
    return tuple(score(question, run.get(question.qid, RankedPlaces())) for question in questions)


def _question(line: _QuestionLine) -> JudgedQuestion:
    place = line.place()
    judgements = line.answers or ((place,) if place else ())
    judged = bool(judgements) or line.answers is not None or line.stratum == "unanswerable"
    return JudgedQuestion(line.qid, line.query, judgements, line.stratum, judged)


def _found(line: _RunLine) -> RankedPlaces:
    places = tuple((hit.video, hit.start_ms) for hit in line.hits)
    told: Confidence = "none" if line.answered is False else "answered"
    return RankedPlaces(places, (line.confidence or told) if places else "none")
