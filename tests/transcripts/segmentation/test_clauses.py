"""Where unpunctuated speech may be cut, and where a cut would tear a clause or a denial."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from paths import SAMPLE

from transcripts import Track, ease_of_cut, read_track, spoken_words

AUTOMATIC = sorted(
    file
    for file in (SAMPLE / "site").glob("*/*-x-auto.*")
    if file.suffix in (".vtt", ".srt", ".json3")
)
DENYING = frozenset("not no never nothing nobody neither seldom rarely hardly without few".split())


def ease(text: str) -> int:
    before, after = text.split(" | ")
    return ease_of_cut(spoken_words(before), spoken_words(after))


@pytest.mark.parametrize(
    "text",
    [
        "immunotherapy by itself seldom works | well for this",
        "pills and immunotherapy don't go | well together if you're too sick",
        "the small spots often cause | no trouble at first",
        "you should never | stop the pill",
        "I would give it without | chemotherapy first",
        "the pill may | well take care of them",
        "we look at the | scan every time",
        "the caregiver can take | it too",
        "we have tingling in the hands | and feet",
        "and when the insurance says no | a first no isn't the last word",
        "I know | who does",
        "we test the tumor with | a large panel",
        "esta pastilla no | funciona para todos",
        "lo decidimos sin | prisa con su médico",
    ],
)
def test_a_cut_would_tear_what_belongs_together(text: str) -> None:
    assert ease(text) <= 0


@pytest.mark.parametrize(
    "text",
    [
        "the scan was clear after three months | so we waited",
        "it works for alk positive cancers | and we give it every day",
        "the rash is gone in a week | but call us anyway",
        "they take it in the morning | I'd rather take it at night",
        "the tumor came back | well that happens",
        "if it can be taken out we take it out | and we look again later",
        "no lo sabemos todavía en este caso de hoy | pero vamos a mirar",
    ],
)
def test_a_new_thought_begins_here(text: str) -> None:
    assert ease(text) > 0


def test_nothing_before_or_behind_is_no_trouble() -> None:
    assert ease_of_cut((), ()) <= 0


@pytest.mark.parametrize("file", AUTOMATIC, ids=lambda file: file.parent.name)
def test_no_sentence_of_the_sample_ends_right_behind_a_denial(file: Path) -> None:
    track = Track(file.parent.name, "en", "auto", file.suffix[1:], file)
    sentences = read_track(track).sentences

    torn = [
        sentence.text
        for sentence, after in pairwise(sentences)
        if after.start_ms - sentence.end_ms < 500
        and any(
            word in DENYING or word.endswith("n't") for word in spoken_words(sentence.text)[-4:]
        )
    ]

    assert len(sentences) > 30
    assert torn == []
