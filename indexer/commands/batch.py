"""Answers a file of questions: a line in, a line out, in the same order."""

from __future__ import annotations

from pathlib import Path

import msgspec

from catalog import Exit, progress
from indexer.evaluation.jsonl import read_jsonl
from indexer.evaluation.measures import Qid
from indexer.generation import Generation
from indexer.model import Answer
from indexer.search.answer_json import answer_as_json


class BatchQuestion(msgspec.Struct):
    """One line of the file; other keys are overlooked."""

    qid: Qid
    query: str


def answer_batch(generation: Generation, file: Path, limit: int, *, exact: bool = False) -> Exit:
    """Print an answer for every question of a file. A line that is none is said and passed over.

    Raises IndexerError when the file cannot be read.
    """
    questions, passed_over = read_jsonl(file, BatchQuestion, "question")
    with progress("Answering", len(questions), lines=False) as step:
        for question in questions:
            answer = generation.search(question.query, limit=limit, exact=exact)
            print(batch_line(question.qid, answer))
            step(str(question.qid))
    return Exit.PART if passed_over else Exit.DONE


def batch_line(qid: Qid, answer: Answer) -> str:
    """Write an answer as one line of a batch, without the line's end."""
    return msgspec.json.encode({"qid": qid, **answer_as_json(answer)}).decode()
