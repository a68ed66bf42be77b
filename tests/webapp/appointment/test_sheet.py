from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import segno
import zxingcpp

from catalog import Person
from transcripts import Sentence, Track, Transcript
from webapp.appointment.appointment_list import KeptMoment
from webapp.appointment.sheet import (
    LONGEST,
    LONGEST_EXCERPT,
    QUIET,
    draw_qr,
    short_link,
    take_excerpt,
)


def said(*texts: str, speaker: str = "Dr. Tess Sample") -> Transcript:
    sentences = tuple(
        Sentence(place * 5000, place * 5000 + 4800, text, 0, 0, speaker)
        for place, text in enumerate(texts)
    )
    track = Track("talk", "en", "manual", "vtt", Path("en.manual.vtt"))
    return Transcript(track, (), sentences)


def test_words_are_whole_sentences_up_to_the_end_of_the_moment() -> None:
    transcript = said("One.", "Two.", "Three.", "Four.")

    excerpt = take_excerpt(transcript, 1, KeptMoment("talk", 5, 15), ())

    assert [one.text for one in excerpt.said] == ["Two. Three."]
    assert not excerpt.goes_on


def test_words_that_have_no_room_are_left_out_and_it_says_so() -> None:
    transcript = said("It helps. " * 20, "It does not cure. " * 20, "The end.")

    excerpt = take_excerpt(transcript, 0, KeptMoment("talk", 0, 15), (), longest=420)

    assert (excerpt.goes_on, excerpt.rest_ms) == (True, 5000)
    assert [one.text for one in excerpt.said] == ["It helps. " * 20]


def test_one_endless_sentence_is_cut_at_a_word() -> None:
    excerpt = take_excerpt(said("word " * 500), 0, KeptMoment("talk", 0, 5), ())

    assert excerpt.goes_on
    assert len(excerpt.said[0].text) <= LONGEST_EXCERPT
    assert excerpt.said[0].text.endswith("word")


def test_who_has_no_name_is_told_apart_from_who_has_one() -> None:
    transcript = said("It helps.", "I stopped it.", "Ask me first.")
    sentences = list(transcript.sentences)
    sentences[1] = replace(sentences[1], speaker="", turn=1)

    excerpt = take_excerpt(
        replace(transcript, sentences=tuple(sentences)), 0, KeptMoment("talk", 0, 15), ()
    )

    assert [one.speaker for one in excerpt.said] == [
        "Dr. Tess Sample", "Another speaker", "Dr. Tess Sample",
    ]  # fmt: skip
    assert not excerpt.named


@pytest.mark.parametrize("name", ["Dr. Tess Sample", "DR. TESS SAMPLE", "Tess Sample"])
def test_a_speaker_is_known_by_any_spelling_of_the_name(name: str) -> None:
    tess = Person("tess", "Tess Sample (invented)", "oncologist", also=("Dr. Tess Sample",))
    transcript = said("Ask.", speaker=name)

    excerpt = take_excerpt(transcript, 0, KeptMoment("talk", 0), [tess])

    assert excerpt.said[0].person == tess


def matrix_of(svg: str) -> list[list[int]]:
    """The dots of a drawn code, read back from its strokes."""
    box = re.search(r'viewBox="0 0 (\d+) \1"', svg)
    strokes = re.search(r'stroke="#000" d="M(.*?)"', svg)
    assert box
    assert strokes
    dots = [[0] * int(box[1]) for _ in range(int(box[1]))]
    x, y = 0, -0.5
    for right, down, length in re.findall(r"m?(-?\d+) (-?[\d.]+)h(\d+)", strokes[1]):
        x, y = x + int(right), y + float(down)
        dots[int(y)][x : x + int(length)] = [1] * int(length)
        x += int(length)
    return dots


def test_a_code_is_drawn_dot_by_dot_with_a_quiet_edge() -> None:
    address = "https://answers.example/m/just-diagnosed/83"
    wanted = segno.make(address, error="m", micro=False)

    code = draw_qr(address)

    assert code is not None
    assert matrix_of(code) == [list(row) for row in wanted.matrix_iter(border=QUIET)]
    assert wanted.error in ("M", "Q", "H")


@pytest.mark.parametrize("length", [0, 20, LONGEST - 60])
def test_a_code_is_read_as_the_address_that_it_is_of(length: int) -> None:
    address = f"https://answers.example/m/{'x' * length}/83"

    dots = 255 - 255 * np.array(matrix_of(draw_qr(address)), np.uint8).repeat(4, 0).repeat(4, 1)
    (read,) = zxingcpp.read_barcodes(dots)

    assert (read.text, read.format) == (address, zxingcpp.BarcodeFormat.QRCode)


def test_an_address_too_long_for_paper_has_no_code() -> None:
    assert draw_qr("https://answers.example/" + "x" * LONGEST) == ""


def test_a_short_link_names_the_language_only_when_it_is_another() -> None:
    assert short_link(KeptMoment("first-days", 4, 20, "en"), "en") == "/m/first-days/4"
    assert short_link(KeptMoment("first-days", 4, 20, "es"), "en") == "/m/first-days/4/es"
