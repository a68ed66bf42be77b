import json

import pytest

from transcripts.formats.segments import read_segments

SPOKEN = [("So", 1.0), ("the", 1.4), ("scan.", 1.8)]
WORDS = [{"word": word, "start": at, "end": at + 0.2} for word, at in SPOKEN]
ALTERNATIVE = {"transcript": "So the scan.", "words": WORDS}
FORMS = {
    "OpenAI, words only": {"text": "So the scan.", "words": WORDS},
    "Vosk": {"result": WORDS, "text": "So the scan."},
    "Deepgram": {"results": {"channels": [{"alternatives": [ALTERNATIVE]}]}},
    "Google": {
        "results": [
            {
                "alternatives": [
                    {
                        "transcript": "So the scan.",
                        "words": [{"word": w, "startTime": f"{at:.3f}s"} for w, at in SPOKEN],
                    }
                ]
            }
        ]
    },
    "AWS": {
        "results": {
            "transcripts": [{"transcript": "So the scan."}],
            "items": [
                *(
                    {"start_time": str(at), "alternatives": [{"content": w.strip(".")}]}
                    for w, at in SPOKEN
                ),
                {"alternatives": [{"content": "."}], "type": "punctuation"},
            ],
        }
    },
    "Rev": {
        "monologues": [
            {
                "speaker": 0,
                "elements": [
                    {"type": "text", "value": "So", "ts": 1.0},
                    {"type": "punct", "value": " "},
                    {"type": "text", "value": "the", "ts": 1.4},
                    {"type": "punct", "value": " "},
                    {"type": "text", "value": "scan", "ts": 1.8},
                    {"type": "punct", "value": "."},
                ],
            }
        ]
    },
}


@pytest.mark.parametrize("content", FORMS.values(), ids=FORMS)
def test_what_recognisers_write_is_read_with_the_times_of_words(content: object) -> None:
    cues, notes = read_segments(json.dumps(content))

    assert " ".join(text for cue in cues for text in cue.texts) == "So the scan."
    timed = [piece.at_ms for cue in cues for line in cue.lines for piece in line]
    assert [at or cue.start_ms for at, cue in zip(timed, cues * 3, strict=False)] == [
        1000,
        1400,
        1800,
    ]
    assert notes == ()


def test_numbers_that_nobody_can_mean_as_seconds_are_milliseconds() -> None:
    segments = [{"start": 1000, "end": 3000, "text": "So the scan."}]

    cues, _ = read_segments(json.dumps({"utterances": segments}))

    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [(1000, 3000)]


def test_a_long_silence_is_still_counted_in_seconds() -> None:
    cues, _ = read_segments(json.dumps([{"start": 0.0, "end": 30.0, "text": "You"}]))

    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [(0, 30_000)]


def test_whoever_speaks_in_a_turn_speaks_each_of_its_segments() -> None:
    turns = [
        {"speaker": "Ann", "segments": [{"start": 1, "text": "one"}, {"start": 2, "text": "two"}]}
    ]

    cues, _ = read_segments(json.dumps({"turns": turns}))

    assert [piece.speaker for cue in cues for piece in cue.lines[0]] == ["Ann", "Ann"]


def test_what_a_segment_without_a_time_says_follows_the_one_before() -> None:
    segments = [{"start": 1.0, "end": 2.0, "text": " one"}, {"start": None, "text": " two"}]

    cues, notes = read_segments(json.dumps({"segments": segments}))

    assert [(cue.start_ms, cue.texts) for cue in cues] == [(1000, ("one",)), (2000, ("two",))]
    assert notes == ("1 segment has no time; it follows the one before",)
