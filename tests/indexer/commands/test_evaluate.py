"""`hope eval` as people and programs call it: output, files and exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import hope, mistakes
from libraries import build, library_of
from tiny_model import write_tiny_cross_encoder

from catalog import Library

ASKED: list[dict[str, Any]] = [
    {"qid": "brain", "query": "does lorlatinib reach the brain", "stratum": "drug",
     "answers": [{"video": "pills", "start": 0, "end": 10, "grade": 3}]},
    {"qid": "scan", "query": "what does a scan show", "stratum": "test",
     "video": "scans", "start": 0, "end": 5},
    {"qid": "zebra", "query": "zebra", "stratum": "unanswerable", "answers": []},
]  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    talks = {"pills": "Lorlatinib reaches the brain.", "scans": "A scan shows the lung."}
    library = library_of(tmp_path_factory.mktemp("library"), talks)
    build(library)
    return library


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return jsonl(tmp_path / "questions.jsonl", ASKED)


def jsonl(file: Path, lines: list[Any]) -> Path:
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return file


def answers(**places: tuple[str, int] | None) -> list[Any]:
    """A run's lines: for each qid where its one hit is, or None without one."""
    return [
        {"qid": qid, "hits": [{"video": place[0], "start_ms": place[1]}] if place else []}
        for qid, place in places.items()
    ]


def evaluated(library: Library, *words: Path | str) -> Any:
    result = hope(library, "eval", *map(str, words), "--json")
    assert result.exit_code == 0, result.output
    built = json.loads(result.stdout)
    assert mistakes("eval.json", built) == []
    return built


def test_figures_are_shown_over_all_questions_and_over_each_kind(
    library: Library, questions: Path
) -> None:
    result = hope(library, "eval", str(questions))

    assert result.exit_code == 0
    assert result.stdout.startswith(
        "3 questions: 2 that something answers, 1 that nothing answers."
    )
    assert "A hit is right when it starts in the answer's video" in result.stdout
    shown = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "hit@1 the first hit is right 1.000 1.000 to 1.000" in shown
    assert "false unanswerable, but answered 0.000 0.000 to 0.000" in shown
    assert [line.split()[0] for line in shown[-9::3]] == ["drug", "test", "unanswerable"]


def test_no_line_is_wider_than_a_terminal(library: Library, tmp_path: Path) -> None:
    long = {"query": "how " * 60, "stratum": "a-kind-of-question-with-a-long-name"}
    asked = jsonl(tmp_path / "asked.jsonl", [line | long for line in ASKED])
    other = jsonl(tmp_path / "other.jsonl", answers(brain=("pills", 0), zebra=("pills", 0)))

    shown = hope(library, "eval", str(asked), "--against", str(other)).stdout

    assert "a-kind-of-quest…" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_json_keeps_to_its_schema(library: Library, questions: Path) -> None:
    built = evaluated(library, questions)

    assert (built["answerable"], built["unanswerable"]) == (2, 1)
    assert built["overall"]["hit@1"] == {"value": 1, "low": 1, "high": 1, "questions": 2}
    assert built["overall"]["false_answers"]["value"] == 0
    assert built["strata"]["unanswerable"]["hit@1"] is None
    assert built["against"] is None


def test_a_run_is_kept_as_a_batch_writes_it(
    library: Library, questions: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "run.jsonl"

    built = evaluated(library, questions, "--save", kept)

    assert kept.read_text("utf-8") == hope(library, "search", "--batch", str(questions)).stdout
    lines = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    assert [mistakes("batch-line.json", line) for line in lines] == [[], [], []]
    assert [line["answered"] for line in lines] == [True, True, False]
    assert evaluated(library, questions, "--run", kept) == built


def test_a_run_is_measured_without_a_library(tmp_path: Path, questions: Path) -> None:
    run = jsonl(tmp_path / "run.jsonl", answers(brain=("pills", 0), scan=None, zebra=("pills", 0)))

    built = evaluated(Library(tmp_path / "nowhere"), questions, "--run", run)

    assert built["overall"]["hit@1"]["value"] == 0.5
    assert built["overall"]["refused"]["value"] == 0.5
    assert built["overall"]["false_answers"]["value"] == 1


def test_hits_of_a_run_that_are_no_answer_are_refused(tmp_path: Path, questions: Path) -> None:
    lines = answers(brain=("pills", 0), scan=("scans", 0), zebra=("pills", 0))
    run = jsonl(tmp_path / "run.jsonl", [line | {"answered": False} for line in lines])

    built = evaluated(Library(tmp_path / "nowhere"), questions, "--run", run)

    assert built["overall"]["hit@1"]["value"] == 1
    assert built["overall"]["refused"]["value"] == 1
    assert built["overall"]["false_answers"]["value"] == 0


def test_two_runs_are_compared(library: Library, questions: Path, tmp_path: Path) -> None:
    other = jsonl(tmp_path / "other.jsonl", answers(brain=("scans", 0), scan=("scans", 0),
                                                    zebra=("pills", 0)))  # fmt: skip

    against = evaluated(library, questions, "--against", other)["against"]
    shown = hope(library, "eval", str(questions), "--against", str(other)).stdout

    assert (against["better"], against["worse"], against["same"]) == (1, 0, 1)
    assert against["differences"]["hit@1"]["difference"] == 0.5
    assert against["changed"] == [
        {"qid": "brain", "query": ASKED[0]["query"], "stratum": "drug", "before": None, "now": 1}
    ]
    assert [question["qid"] for question in against["no_longer_answered"]] == ["zebra"]
    assert "1 better, 0 worse, 1 the" in shown
    assert "- → 1 does lorlatinib reach the brain  (brain, drug)" in shown
    assert "Rightly no longer answered:\n  zebra  (zebra, unanswerable)" in shown


def test_a_bad_line_is_said_and_passed_over(library: Library, tmp_path: Path) -> None:
    asked = tmp_path / "asked.jsonl"
    bad = ['{"qid": 1}', '{"qid": 2, "query": "x", "video": "pills"}', json.dumps(ASKED[0])]
    asked.write_text("\n".join([json.dumps(line) for line in ASKED] + bad), "utf-8")

    result = hope(library, "eval", str(asked))

    assert result.exit_code == 1
    assert result.stdout.startswith("3 questions")
    assert f"{asked}, line 4: it is no question, passed over" in result.stderr
    assert "`start` and `end` are needed, in seconds" in result.stderr
    assert "a second question has the qid brain" in result.stderr


def test_a_bad_line_of_a_run_and_a_missing_one_are_said(questions: Path, tmp_path: Path) -> None:
    run = jsonl(tmp_path / "run.jsonl", [*answers(brain=("pills", 0)), {"qid": "scan"}])

    result = hope(Library(tmp_path), "eval", str(questions), "--run", str(run))

    assert result.exit_code == 1
    assert f"{run}, line 2: it is no answer, passed over" in result.stderr
    assert f"{run}: no line for 2 questions; counted as nothing found" in result.stderr


@pytest.mark.parametrize("option", ["--run", "--against"])
def test_a_run_over_other_questions_is_refused(
    library: Library, questions: Path, tmp_path: Path, option: str
) -> None:
    run = jsonl(tmp_path / "run.jsonl", answers(other=None))

    result = hope(library, "eval", str(questions), option, str(run))

    assert result.exit_code == 2
    assert "it answers none of these questions" in result.stderr
    assert result.stdout == ""


def test_questions_nobody_judged_cannot_be_measured(library: Library, tmp_path: Path) -> None:
    asked = jsonl(tmp_path / "asked.jsonl", [{"qid": 1, "query": "does it help"}])

    result = hope(library, "eval", str(asked))

    assert result.exit_code == 2
    assert "no line says where its question is answered" in result.stderr


def test_questions_nobody_judged_among_others_are_left_out(
    library: Library, tmp_path: Path
) -> None:
    plain = [{"qid": 1, "query": "a"}, {"qid": 2, "query": "b", "stratum": "unanswerable"}]
    asked = jsonl(tmp_path / "asked.jsonl", [*ASKED, *plain])

    built = evaluated(library, asked)

    assert (built["questions"], built["unanswerable"], built["not_judged"]) == (5, 2, 1)


@pytest.mark.parametrize("words", [["missing.jsonl"], ["QUESTIONS", "--run", "missing.jsonl"],
                                   ["QUESTIONS", "--against", "."],
                                   ["QUESTIONS", "--run", "a", "--save", "b"]])  # fmt: skip
def test_what_cannot_be_read_or_meant_is_wrong_use(
    library: Library, questions: Path, words: list[str]
) -> None:
    told = [str(questions) if word == "QUESTIONS" else word for word in words]

    result = hope(library, "eval", *told)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "cannot be read" in result.stderr or "leave --save out" in result.stderr


def test_a_run_that_cannot_be_kept_still_shows_its_figures(
    library: Library, questions: Path, tmp_path: Path
) -> None:
    result = hope(library, "eval", str(questions), "--save", str(tmp_path))

    assert result.exit_code == 1
    assert result.stdout.startswith("3 questions")
    assert f"{tmp_path}: the run cannot be written" in result.stderr


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ({"video": "pils", "start": 0, "end": 5}, "qid odd is passed over: the library has no"),
        ({"video": "pills", "start": 5, "end": 5}, "line 4: it is no question, passed over: "),
        ({"video": "pills", "start": 9, "end": 5}, "its answer ends at 5 s but starts at 9 s"),
    ],
)
def test_an_answer_that_cannot_be_is_said_and_its_question_passed_over(
    library: Library, tmp_path: Path, answer: dict[str, Any], says: str
) -> None:
    odd = {"qid": "odd", "query": "brain", "answers": [answer]}
    asked = jsonl(tmp_path / "asked.jsonl", [*ASKED, odd])

    result = hope(library, "eval", str(asked))

    assert result.exit_code == 1
    assert says in " ".join(result.stderr.split())
    assert result.stdout.startswith("3 questions: ")


def test_a_run_of_another_library_is_measured_whatever_its_videos(
    library: Library, tmp_path: Path
) -> None:
    line = {"qid": "odd", "query": "brain", "video": "far", "start": 0, "end": 5}
    asked = jsonl(tmp_path / "asked.jsonl", [line])
    run = jsonl(tmp_path / "run.jsonl", answers(odd=("far", 0)))

    assert evaluated(library, asked, "--run", run)


def test_what_a_cross_encoder_adds_is_measured_where_there_is_one(
    library: Library, questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = hope(library, "eval", str(questions), "--rerank")
    folder = write_tiny_cross_encoder(tmp_path / "judge", brain=2)
    monkeypatch.setenv("HOPE_RERANKER", str(folder))
    monkeypatch.delenv("HOPE_MODEL")

    measured = evaluated(library, questions, "--rerank")

    assert without.exit_code == 2
    assert "there is no cross-encoder to measure" in without.stderr
    assert measured["against"]["same"] == 2
