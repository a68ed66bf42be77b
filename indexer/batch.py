"""Answers a file of questions: a line in, a line out, in the same order."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec

from catalog import Exit, progress, say
from indexer.errors import IndexerError
from indexer.generation import Generation


class BatchQuestion(msgspec.Struct):
    """One line of the file; other keys are overlooked."""

    qid: str | int
    query: str


def answer_batch(generation: Generation, file: Path, limit: int) -> Exit:
    """Print an answer for every question of a file. A line that is none is said and passed over.

    Raises IndexerError when the file cannot be read.
    """
    lines = [line for line in enumerate(_lines(file), start=1) if line[1].strip()]
    passed_over = 0
    with progress("Answering", len(lines), lines=False) as step:
        for number, line in lines:
            try:
                question = msgspec.json.decode(line, type=BatchQuestion)
            except (msgspec.DecodeError, UnicodeDecodeError) as err:
                say(f"{file}, line {number}: it is no question, passed over: {err}")
                passed_over += 1
                continue
            _print_answer(generation, question, limit)
            step(str(question.qid))
    return Exit.PART if passed_over else Exit.DONE


def _print_answer(generation: Generation, question: BatchQuestion, limit: int) -> None:
    hits = generation.search(question.query, limit=limit).hits
    answer = {"qid": question.qid, "query": question.query, "hits": msgspec.to_builtins(hits)}
    print(msgspec.json.encode(answer).decode())


def _lines(file: Path) -> Iterable[bytes]:
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as err:
        raise IndexerError(f"{file}: the questions cannot be read: {err.strerror}") from err
    return content.removeprefix(b"\xef\xbb\xbf").splitlines()
