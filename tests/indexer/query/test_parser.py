"""Any text is a question: whatever is typed, there is an answer and never an exception."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from memory import in_memory

from indexer import Generation

SAID = """
    Stage IV means that the cancer has spread.
    What does "ALK+" mean? – It's a gene, señor; PD-L1 is another.
    肺がんの治療が始まりました。
    يبدأ العلاج غدا.
    การรักษาน้ำมะเร็งเริ่มพรุ่งนี้
    Лечение начнётся завтра.
    ﬁne ½ dose, 4.5 mg – naïve café
"""
PIECES = [
    *'" “ ” - -- : ( ) * ? ~ ^ \\ / \x00 \ud800 \u202e \u200b \n \t \ufeff + % \' ’'.split(" "),
    *"stage IV ALK+ PD-L1 -ALK speaker: series:x topic:\" language:es cancer señor 肺がん".split(),
    *"AND OR NOT TO [a TO z] terms:cancer лечение علاج มะเร็ง 𝕏 e\u0301 ａ ß ﬁ ½ 👩‍⚕️".split(),
]  # fmt: skip


@pytest.fixture(scope="module")
def generation() -> Generation:
    return in_memory({"talk": SAID, "other": "More is said."})


def check(generation: Generation, query: str) -> None:
    answer = generation.search(query, limit=5)

    assert answer.query == query
    assert len(answer.hits) <= 5
    for hit in answer.hits:
        assert 0 <= hit.start_ms <= hit.match_ms < hit.end_ms
        assert hit.url.startswith(f"/watch/{hit.video}?t={hit.start_ms // 1000}")
        for (start, end), (following, _) in pairwise([*hit.spans, (len(hit.text), 0)]):
            assert 0 <= start < end <= following


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(), max_size=200))
@example("\ud800")
@example("-" * 50)
@example('"' * 51)
def test_any_text_is_answered(generation: Generation, query: str) -> None:
    check(generation, query)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(["", " "]))
def test_signs_and_words_in_any_order_are_answered(
    generation: Generation, pieces: list[str], between: str
) -> None:
    check(generation, between.join(pieces))


@pytest.mark.parametrize(
    "query",
    ["", " ", "?!.,;:", "\x00", "\ud800\udfff", '"', '""', "-", '-""', "the of and", "speaker:",
     "language:es", "\u202e\u200b", "( ) [ ] { }", "* ? ~"],
    ids=ascii,
)  # fmt: skip
def test_a_query_without_a_word_finds_nothing(generation: Generation, query: str) -> None:
    assert generation.search(query).hits == ()


@pytest.mark.parametrize(
    "query",
    ["stage 4", "STAGE FOUR", "stage\x00IV", '"stage iv', "sta\u200bge stage iv", "señor", "senor",
     "sen\u0303or", "治療", "肺がん", "العلاج", "รักษา", "лечение", "ЛЕЧЕНИЕ", "fine", "cafe"],
    ids=ascii,
)  # fmt: skip
def test_every_script_and_spelling_finds_what_was_said(generation: Generation, query: str) -> None:
    hits = generation.search(query).hits

    assert [hit.video for hit in hits] == ["talk"]
    assert hits[0].spans


@pytest.mark.parametrize(
    "piece", ["cancer ", '"', "-a ", "speaker:x ", "肺", "x", "stage iv ", "\ud800", '"a" -"b" ']
)
def test_ten_thousand_characters_are_answered_soon(generation: Generation, piece: str) -> None:
    query = (piece * 10_000)[:10_000]

    began = time.process_time()
    check(generation, query)

    assert time.process_time() - began < 1


def test_what_stands_behind_unpaired_quotes_is_words(generation: Generation) -> None:
    assert [hit.video for hit in generation.search('cancer "has spread').hits] == ["talk"]
