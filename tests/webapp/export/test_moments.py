"""Moments as JSON lines: what each says of itself, and that nothing is left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import hope

from catalog import Library


@pytest.fixture(scope="module")
def moments(exported: Path) -> list[dict[str, Any]]:
    lines = (exported / "moments.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_a_curated_question_has_its_answer_and_who_gives_it(moments: list[dict[str, Any]]) -> None:
    (one,) = [moment for moment in moments if moment["kind"] == "question"]

    assert one["question"] == "What does stage 4 mean?"
    assert one["url"] == "/watch/first-days?t=4"
    assert [said["speaker"] for said in one["said"]] == ["Ada Example", "Dr. Tess Sample"]
    assert one["said"][1]["text"].startswith("Stage 4 means that the cancer has spread")
    assert one["notice"] == "Sample, not medical advice."


def test_a_topic_has_the_moments_of_its_page(moments: list[dict[str, Any]]) -> None:
    (one,) = [moment for moment in moments if moment["kind"] == "topic"]

    assert (one["topic"], one["video"], one["start_ms"]) == ("stages", "first-days", 4_250)
    assert "Stage 4 means that the cancer has spread" in one["said"][-1]["text"]


def test_every_word_that_is_said_is_in_a_passage(moments: list[dict[str, Any]]) -> None:
    said = " ".join(one["text"] for one in moments if one["kind"] == "passage")

    for word in ("biomarker", "lorlatinib", "extendido"):
        assert word in said
    assert len({one["id"] for one in moments}) == len(moments)
    assert {one["captions"] for one in moments} == {"manual", "auto"}
    (pill, *_) = [one for one in moments if one["video"] == "pills"]
    assert pill["source_url"] == "https://www.youtube.com/watch?v=abcdefghijk&t=2s"
    assert pill["said"][0]["speaker"] is None


def test_links_have_the_address_of_the_site_where_it_is_known(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = "webapp.commands.load_operator"
    from catalog import Operator  # noqa: PLC0415 - only here

    monkeypatch.setattr(known, lambda _library: Operator(address="https://hope.example"))
    hope(library, "export", str(tmp_path / "out"), "--only", "moments", "--only", "site")

    line = (tmp_path / "out/moments.jsonl").read_text("utf-8").splitlines()[0]
    assert json.loads(line)["url"].startswith("https://hope.example/watch/")
    page = (tmp_path / "out/site/first-days.en.html").read_text("utf-8")
    assert 'href="https://hope.example/watch/first-days?t=8"' in page
    assert not (tmp_path / "out/chapters").exists()
