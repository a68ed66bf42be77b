"""Cutting text into terms: what must meet meets, what must not does not, and offsets are true."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.languages import stopwords
from indexer.analysis.tokenizer import fold, tokens_of


def terms(text: str, language: str = "en") -> list[str]:
    return [token.term for token in tokens_of(text, language)]


@pytest.mark.parametrize("gene", "KRAS NRAS ROS1 EGFR BRAF HER2 NSCLC ctDNA PFS".split())
def test_names_of_the_field_are_not_stemmed(gene: str) -> None:
    assert terms(gene) == [gene.lower()]


@pytest.mark.parametrize("text", ["The WHO wrote it", "ask the US office", "our IT department"])
def test_a_filler_in_capitals_is_a_name(text: str) -> None:
    assert {"who", "us", "it"} & set(terms(text))
    assert not {"who", "us", "it"} & set(terms(text.lower()))


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_a_filler_alone_makes_no_term(language: str) -> None:
    # The lexicon leaves fillers out by their list, without cutting them.
    fillers = [word for word in stopwords(language) if word.isalpha()]

    assert fillers
    assert not any(terms(way, language) for word in fillers for way in (word, word.capitalize()))


def test_words_in_capitals_that_join_a_search_are_no_names() -> None:
    assert terms("EGFR AND ALK OR ROS1") == ["egfr", "alk", "ros1"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What’s the, you know, thing that it's about?", "en"),
        ("I don’t and you didn't", "en"),
        ("¿Qué más está también están donde?", "es"),
        ("être à côté, c’était voilà", "fr"),
    ],
)
def test_words_that_only_hold_a_sentence_together_are_left_out(text: str, language: str) -> None:
    left = terms(text, language)

    assert set(left) <= {"thing", "cot"}


def test_spanish_is_stemmed_as_spanish() -> None:
    assert terms("los tratamientos", "es") == terms("el tratamiento", "es")
    assert terms("Células", "es-MX") == terms("celula", "es")
    assert terms("células", "en") != terms("célula", "es")


def test_a_language_we_cannot_stem_is_left_as_it_is() -> None:
    assert terms("rakovina plic", "cs") == ["rakovina", "plic"]


def test_japanese_is_cut_into_pairs() -> None:
    assert terms("肺がんの治療", "ja") == ["肺か", "かん", "んの", "の治", "治療"]
    assert terms("肺", "ja") == ["肺"]


@pytest.mark.parametrize(
    "text",
    ["肺がんの治療", "の治療か\u3099始まる", "ทำการรักษาน้ำมะเร็ง", "မြန်မာစာ", "ｶﾞﾝの治療", "ヿゟ漢字"],
)
def test_pairs_point_at_the_letters_they_are_made_of(text: str) -> None:
    for token in tokens_of(text, "ja"):
        assert 0 <= token.start < token.end <= len(text)
        assert token.term in fold(text[token.start : token.end])


def test_offsets_point_at_the_words_as_written() -> None:
    text = "Does “ALK+” mean Stage IV non-small cell, or PD-L1?"

    pointed = [text[token.start : token.end] for token in tokens_of(text)]

    assert pointed == ["ALK+", "Stage IV", "Stage IV", "non-small cell", "PD-L1"]


@given(st.text(max_size=80), st.sampled_from(["en", "es", "ja", "th", "xx"]))
def test_any_text_becomes_terms_inside_it(text: str, language: str) -> None:
    end = 0
    for token in tokens_of(text, language):
        assert token.term
        assert len(token.term) <= 40
        assert 0 <= token.start < token.end <= len(text)
        assert token.start >= 0
        end = max(end, token.end)
    assert end <= len(text)


@given(st.lists(st.sampled_from("stage four PD - L1 ALK + exon 19 del non small cell met".split())))
def test_names_in_pieces_come_in_the_order_of_the_text(words: list[str]) -> None:
    starts = [token.start for token in tokens_of(" ".join(words))]

    assert starts == sorted(starts)


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["a", "1.", "'a", "e\u0301"])
def test_a_word_of_ten_megabytes_is_cut_short(piece: str) -> None:
    tokens = tokens_of(piece * (10_000_000 // len(piece.encode())))

    assert len(tokens) == 1
    assert len(tokens[0].term) <= 40


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["ab ", "がん", "-a", "PD-L1 ", "stage "])
def test_work_grows_with_the_length_of_the_text_and_no_faster(piece: str) -> None:
    def took(size: int) -> float:
        began = time.process_time()
        tokens_of(piece * (size // len(piece)))
        return time.process_time() - began

    # Ten times the text takes about ten times as long; work that is squared takes a hundred.
    assert any(took(100_000) < 40 * max(0.005, took(10_000)) for _ in range(4))
