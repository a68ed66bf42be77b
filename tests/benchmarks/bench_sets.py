"""The sets of questions to measure on, each with the library that answers them and its floor."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench_cut_questions import as_lines, cut_questions
from bench_indexed import copied, indexed
from libraries import lay_out_sample
from paths import GOLDEN, SHARED

from catalog import Library
from indexer.evaluation.measures import JudgedQuestion
from indexer.evaluation.runs import Run, read_questions, read_run

_TALKS = SHARED / "eval/health-talks"
_FLOOR = SHARED / "eval/floor.py"
_CASES = SHARED / "cases/search"
_QUESTIONS = "questions.jsonl"
_FLOORS_HITS = "floor.jsonl"
GOLDEN_HALF = "g201"  # the first qid of the second half


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A name, the library, and where in it the questions are; `wanted` says which of them."""

    name: str
    library: str
    fill: Callable[[Library], None]
    questions: str | Path = _QUESTIONS
    wanted: Callable[[str], bool] = lambda _qid: True
    has_floor: bool = False

    def opened(self) -> tuple[Library, tuple[JudgedQuestion, ...]]:
        """The indexed library, and what is asked of it."""
        library = indexed(self.library, self.fill)
        read, _ = read_questions(library.root / self.questions)
        return library, tuple(one for one in read if self.wanted(str(one.qid)))

    def floor(self, library: Library, asked: Sequence[JudgedQuestion]) -> Run | None:
        """What plain SQLite FTS5 finds for them over the same captions."""
        if not self.has_floor:
            return None
        hits = library.root / _FLOORS_HITS
        if not hits.exists():
            script = [
                sys.executable,
                str(_FLOOR),
                str(library.root),
                str(library.root / _QUESTIONS),
            ]
            found = subprocess.run(script, check=True, capture_output=True, text=True).stdout
            hits.write_text(found, encoding="utf-8")
        run, _ = read_run(hits, asked)
        return run


def question_sets() -> tuple[QuestionSet, ...]:
    """All sets whose data are at hand."""
    return (
        QuestionSet("golden 1", "sample", lay_out_sample, GOLDEN, lambda qid: qid < GOLDEN_HALF),
        QuestionSet("golden 2", "sample", lay_out_sample, GOLDEN, lambda qid: qid >= GOLDEN_HALF),
        *(
            QuestionSet(folder.name, f"cases-{folder.name}", partial(_with_questions, folder))
            for folder in (sorted(_CASES.iterdir()) if _CASES.is_dir() else ())
        ),
        *(
            (
                QuestionSet("talks", "talks", partial(_with_questions, _TALKS), has_floor=True),
                QuestionSet("cut", "talks-cut", _cut_talks, has_floor=True),
            )
            if _TALKS.is_dir()
            else ()
        ),
    )


def _with_questions(source: Path, library: Library) -> None:
    copied(source, library)
    (library.root / _QUESTIONS).write_bytes((source / _QUESTIONS).read_bytes())


def _cut_talks(library: Library) -> None:
    copied(_TALKS, library)
    asked = as_lines(list(cut_questions(library)))
    (library.root / _QUESTIONS).write_text(asked, encoding="utf-8")
