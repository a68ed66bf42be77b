"""`hope search` as people and programs call it, with one question or a file of them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from command_line import hope, mistakes
from libraries import indexed

from catalog import Catalogue, ExitCode, Library
from indexer import Generation, IndexerError
from indexer.commands.search import answer_batch, answer_lines
from indexer.search.answer import Answer, search_answer


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
            "confidence": "none",
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


def test_search_shows_moments_to_a_person(built: Library) -> None:
    result = hope(built, "search", "does lorlatinib reach the brain")

    assert result.exit_code == 0
    assert "1. 0:00  Pills  (Talks)" in result.stdout
    assert "*Lorlatinib* *reaches*" in result.stdout
    assert "/watch/pills?t=0" in result.stdout


def test_search_says_first_whom_to_call(built: Library) -> None:
    done = hope(built, "search", "my husband has chest pain")

    assert done.exit_code == ExitCode.DONE
    assert done.stdout.startswith("Is this happening now?\n")
    assert "911" in done.stdout


def test_search_shows_no_moments_with_words_of_despair(built: Library) -> None:
    done = hope(built, "search", "I want to die of pain")
    answer = json.loads(hope(built, "search", "I want to die", "--json").stdout)

    assert "988" in done.stdout
    assert "/watch/" not in done.stdout
    assert answer["hits"] == []
    assert [one["slug"] for one in answer["urgent"]] == ["crisis"]


def test_search_that_finds_nothing_says_so_kindly(built: Library) -> None:
    result = hope(built, "search", "zebra")

    assert result.exit_code == 0
    assert result.stdout.startswith("Nothing in these videos answers that")


@pytest.mark.parametrize("query", ["lorlatinib brain", "zebra", "?!", '"unpaired', "肺", "x\x00y"])
def test_search_as_json_keeps_to_its_schema(built: Library, query: str) -> None:
    result = hope(built, "search", query, "--json", "--limit", "5")

    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert mistakes("search.json", answer) == []
    assert answer["query"] == query


def test_json_hits_agree_with_the_schema_in_substance(built: Library) -> None:
    answer = json.loads(hope(built, "search", "brain scan", "--json").stdout)
    spanish = json.loads(hope(built, "search", "cerebro", "--json").stdout)

    assert {hit["video"] for hit in answer["hits"]} == {"pills", "scans"}
    assert spanish["hits"][0]["language"] == "es"
    assert mistakes("search.json", {"query": 1}) != []
    assert mistakes("hit.json", {**answer["hits"][0], "extra": 1}) != []


def test_hits_that_tell_who_speaks_keep_to_the_schema(sample: Generation) -> None:
    answer = msgspec.to_builtins(search_answer(sample.search("What should I do first?")))

    assert mistakes("search.json", json.loads(json.dumps(answer))) == []
    turns = [turn for hit in answer["hits"] for turn in hit["turns"]]
    assert turns
    assert mistakes("hit.json", {**answer["hits"][0], "turns": [[0, "Ada"]]}) != []


def test_batch_lines_keep_to_their_schema_and_order(built: Library, tmp_path: Path) -> None:
    asked = [{"qid": f"q{n}", "query": query} for n, query in enumerate(["brain", "", "scan"])]
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in asked))

    result = hope(built, "search", "--batch", str(file), "--limit", "2")

    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [mistakes("batch-line.json", line) for line in lines] == [[], [], []]
    assert [line["qid"] for line in lines] == ["q0", "q1", "q2"]


def test_a_batch_says_whom_to_call_and_shows_no_moments_with_words_of_despair(
    built: Library,
) -> None:
    asked = ["I want to die of pain in the brain", "chest pain after a brain scan", "brain scan"]
    typed = "".join(json.dumps({"qid": n, "query": query}) + "\n" for n, query in enumerate(asked))

    despair, pain, scan = lines_of(hope(built, "search", "--batch", "-", typed=typed).stdout)

    assert [mistakes("batch-line.json", line) for line in (despair, pain, scan)] == [[], [], []]
    assert [one["slug"] for one in despair["urgent"]] == ["crisis"]
    assert (despair["hits"], despair["answered"], despair["confidence"]) == ([], False, "none")
    assert [one["slug"] for one in pain["urgent"]] == ["emergency"]
    assert pain["hits"]
    assert "urgent" not in scan


def test_batch_reads_standard_input(built: Library) -> None:
    result = hope(built, "search", "--batch", "-", typed='{"qid": 1, "query": "scan"}\nbad\n')

    assert result.exit_code == 1
    assert json.loads(result.stdout)["hits"][0]["video"] == "scans"
    assert "-, line 2: it is no question, passed over" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["search"],
        ["search", "brain", "--batch", "x.jsonl"],
        ["search", "--batch", "missing.jsonl"],
        ["search", "brain", "--limit", "0"],
        ["search", "brain", "--limit", "many"],
        ["search", "brain", "--loud"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_two_and_a_sentence(built: Library, words: list[str]) -> None:
    result = hope(built, *words)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


@pytest.mark.parametrize(
    "words", [["search", "brain"], ["search", "brain", "--json"]], ids=" ".join
)
def test_search_without_an_index_says_what_to_do(library: Library, words: list[str]) -> None:
    result = hope(library, *words)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == f"{library.root}: there is no index yet; run `hope index`\n"


def test_search_in_a_library_that_is_missing_is_a_sentence(tmp_path: Path) -> None:
    library = Library(tmp_path / "nowhere")

    result = hope(library, "search", "brain")

    assert result.exit_code == 2
    assert str(library.root) in result.stderr
    assert not library.root.exists()


@pytest.mark.slow
def test_the_installed_command_answers_any_bytes(built: Library) -> None:
    hope_file = Path(sys.executable).parent / "hope"
    query = b"brain \xff\xed\xa0\x80 \xf0\x9f\x98\x80"

    run = subprocess.run(
        [hope_file, "--library", built.root, "search", "--json", query],
        capture_output=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr.decode()
    assert mistakes("search.json", json.loads(run.stdout)) == []
    assert b"Traceback" not in run.stderr


def test_where_nothing_is_indexed_yet_an_answer_says_what_to_run() -> None:
    lines = list(answer_lines(Answer("brain", ()), Catalogue(), searchable=False))

    assert lines == ["Nothing is indexed yet, so nothing can be found. Run `hope update`."]
