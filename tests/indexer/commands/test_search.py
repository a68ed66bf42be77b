"""A file of questions: a line in, a line out, in the same order; a bad line loses no other."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from libraries import indexed

from catalog import ExitCode
from indexer import Generation, IndexerError
from indexer.commands.search import answer_batch


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    talks = {"pills": "lorlatinib reaches the brain", "scans": "a scan shows the brain"}
    return indexed(tmp_path_factory.mktemp("library"), talks)


def questions(tmp_path: Path, *lines: str | bytes) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(b"\n".join(x.encode() if isinstance(x, str) else x for x in lines))
    return file


def lines_of(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def test_answers_come_in_the_order_of_the_questions(
    generation: Generation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [f'{{"qid": "q{number}", "query": "scan {number}"}}' for number in range(30)]

    done = answer_batch(generation, questions(tmp_path, *asked), limit=1)

    answers = lines_of(capsys.readouterr().out)
    assert done is ExitCode.DONE
    assert [answer["qid"] for answer in answers] == [f"q{number}" for number in range(30)]
    assert {answer["hits"][0]["video"] for answer in answers} == {"scans"}


def test_a_batch_answers_as_a_single_search_does(
    generation: Generation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer_batch(generation, questions(tmp_path, '{"qid": 1, "query": "brain"}'), limit=10)

    answer = lines_of(capsys.readouterr().out)[0]

    hits = generation.search("brain").hits
    assert answer["qid"] == 1
    assert answer["answered"] is True
    assert [h["video"] for h in answer["hits"]] == [hit.video for hit in hits]
    assert answer["hits"][0]["spans"] == [list(span) for span in hits[0].spans]


def test_a_batch_can_search_for_the_words_typed_only(
    generation: Generation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = questions(tmp_path, '{"qid": 1, "query": "lorlatnib"}')

    answer_batch(generation, file, limit=1)
    answer_batch(generation, file, limit=1, exact=True)

    found, exact = lines_of(capsys.readouterr().out)
    assert [hit["video"] for hit in found["hits"]] == ["pills"]
    assert exact["hits"] == []


@pytest.mark.parametrize(
    "bad",
    ["no json", '{"qid": "x"}', '{"query": "brain"}', '{"qid": "x", "query": 7}', "[]", "null",
     b"\xff\xfe", '{"qid": "x", "query": "\\ud800"', '{"qid": null, "query": "brain"}'],
)  # fmt: skip
def test_a_line_that_is_no_question_is_said_and_passed_over(
    generation: Generation,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    bad: str | bytes,
) -> None:
    file = questions(
        tmp_path, '{"qid": "a", "query": "scan"}', "", bad, '{"qid": "b", "query": "brain"}'
    )

    done = answer_batch(generation, file, limit=3)

    out, err = capsys.readouterr()
    assert done is ExitCode.PART
    assert [answer["qid"] for answer in lines_of(out)] == ["a", "b"]
    assert f"{file}, line 3: it is no question, passed over" in err


@pytest.mark.parametrize("query", ["", "?!", "\\u0000", "\\ud83d\\ude00", "-", '\\"', "肺がん"])
def test_an_odd_query_is_answered(
    generation: Generation, tmp_path: Path, capsys: pytest.CaptureFixture[str], query: str
) -> None:
    file = questions(tmp_path, f'{{"qid": "odd", "query": "{query}", "note": "kept out"}}')

    done = answer_batch(generation, file, limit=3)

    assert done is ExitCode.DONE
    assert lines_of(capsys.readouterr().out) == [
        {
            "qid": "odd",
            "query": json.loads(f'"{query}"'),
            "answered": False,
            "meaning": False,
            "hits": [],
        }
    ]


def test_windows_line_ends_and_a_byte_order_mark_are_fine(
    generation: Generation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"qid": 1, "query": "scan"}\r\n{"qid": 2, "query": "scan"}\r\n')

    assert answer_batch(generation, file, limit=1) is ExitCode.DONE
    assert len(lines_of(capsys.readouterr().out)) == 2


def test_an_empty_file_is_done_at_once(
    generation: Generation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer_batch(generation, questions(tmp_path), limit=1) is ExitCode.DONE
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_read_is_a_sentence(
    generation: Generation, tmp_path: Path, name: str
) -> None:
    with pytest.raises(IndexerError, match="the questions cannot be read"):
        answer_batch(generation, tmp_path / name, limit=1)


def test_questions_are_read_from_standard_input(
    generation: Generation, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = io.TextIOWrapper(io.BytesIO(b'{"qid": "in", "query": "scan"}\n'))
    monkeypatch.setattr("sys.stdin", asked)

    assert answer_batch(generation, Path("-"), limit=1) is ExitCode.DONE
    assert lines_of(capsys.readouterr().out)[0]["qid"] == "in"
