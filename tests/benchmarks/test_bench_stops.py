from __future__ import annotations

import pytest
from bench_stops import best_pause, scores, talk_in
from paths import SHARED

TALKS = sorted((SHARED / "eval/health-talks/captions").glob("*/en.manual.vtt"))[1::14]
HEARD = [SHARED / "captions/books.en.auto.vtt", SHARED / "captions/speech.en.auto.json3"]


@pytest.mark.skipif(not TALKS, reason="the shared talks are not beside this repository")
def test_punctuation_is_given_back_better_than_by_a_full_stop_at_each_pause() -> None:
    talks = [talk for talk in map(talk_in, TALKS[:2]) if talk]
    ends, asked = scores(talks)

    assert ends.f1 > 0.5
    assert ends.f1 > best_pause(talks).f1 + 0.2
    assert asked.precision > 0.4


@pytest.mark.skipif(not TALKS, reason="the shared captions are not beside this repository")
def test_it_is_given_back_to_automatic_captions_too() -> None:
    heard = [talk for talk in map(talk_in, HEARD) if talk]

    assert scores(heard)[0].f1 > best_pause(heard).f1 + 0.04
