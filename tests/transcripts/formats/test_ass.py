from transcripts.formats.ass import read_ass

HEAD = "[Events]\nFormat: Layer, Start, End, Style, Name, Text\n"


def test_a_comment_in_braces_is_not_shown() -> None:
    text = HEAD + "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,one {TLN: a note} two{\\i1}!{\\i0}\n"

    (cue,), notes = read_ass(text)

    assert cue.texts == ("one two!",)
    assert notes == ()


def test_a_drawing_says_nothing() -> None:
    text = HEAD + "Dialogue: 0,0:00:01.00,0:00:02.00,D,,{\\an7\\p4}m 0 0 l 100 0 b 1 2 3 4 5 6\n"
    text += "Dialogue: 0,0:00:01.00,0:00:02.00,D,,{\\clip(m 0 0 l 1 1)}said\n"

    cues, _ = read_ass(text)

    assert [text for cue in cues for text in cue.texts if text] == ["said"]
