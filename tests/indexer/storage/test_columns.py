"""Columns: what a transcript says is in them, and a term's identity never changes."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from libraries import vtt

from indexer.storage.columns import Columns, columns_of, identity
from transcripts import Track, Transcript, cut_passages, read_captions


def transcript_of(lines: str, language: str = "en") -> Transcript:
    track = Track("talk", language, "manual", "vtt", Path("en.manual.vtt"))
    return read_captions(track, vtt(lines).encode())


def made(lines: str, language: str = "en") -> Columns:
    transcript = transcript_of(lines, language)
    return columns_of(transcript, cut_passages(transcript.sentences), ("Ada",))[0]


def test_sentences_keep_their_text_times_and_questions() -> None:
    tables = made("What is a scan?\nIt shows the lungs.")

    assert [tables.sentence_text(n) for n in range(2)] == ["What is a scan?", "It shows the lungs."]
    assert tables.sentence_question.tolist() == [True, False]
    assert tables.sentence_start_ms.tolist() == [0, 5_000]
    assert tables.sentence_end_ms.tolist() == [5_000, 10_000]


def test_terms_point_at_their_words() -> None:
    tables = made("El señor toma “lorlatinib”.", "es")
    text = tables.sentence_text(0)

    words = [
        text[start:end] for start, end in zip(tables.token_start, tables.token_end, strict=True)
    ]

    assert words == ["señor", "toma", "lorlatinib"]
    assert identity("lorlatinib") in tables.token_term.tolist()


def test_speakers_are_numbers_into_their_list() -> None:
    captions = vtt("<v Ada>What is a scan?\n<v Tess>It shows the lungs.")
    track = Track("talk", "en", "manual", "vtt", Path("en.manual.vtt"))
    transcript = read_captions(track, captions.encode())

    tables, _ = columns_of(transcript, (), ("Ada", "Tess"))

    assert tables.sentence_speaker.tolist() == [0, 1]


def test_an_identity_is_the_same_in_every_generation() -> None:
    assert identity("lorlatinib") == 3_600_818_185_740_091_082
    assert identity("肺が") != identity("肺か")


@given(st.lists(st.text(min_size=1), unique=True, max_size=50))
def test_identities_fit_64_bits_and_differ(terms: list[str]) -> None:
    numbers = {identity(term) for term in terms if term.isprintable()}

    assert len(numbers) == len([term for term in terms if term.isprintable()])
    assert all(0 <= number < 2**64 for number in numbers)


def test_a_change_of_speaker_without_a_name_is_kept() -> None:
    assert made("So it helps. >> Not me. >> Nor me.").sentence_turn.tolist() == [0, 1, 2]
