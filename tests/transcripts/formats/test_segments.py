import json

from transcripts.formats.segments import read_segments


def test_what_a_segment_without_a_time_says_follows_the_one_before() -> None:
    segments = [{"start": 1.0, "end": 2.0, "text": " one"}, {"start": None, "text": " two"}]

    cues, notes = read_segments(json.dumps({"segments": segments}))

    assert [(cue.start_ms, cue.texts) for cue in cues] == [(1000, ("one",)), (2000, ("two",))]
    assert notes == ("1 segment has no time; it follows the one before",)
