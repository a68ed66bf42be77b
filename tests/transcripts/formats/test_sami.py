import pytest

from transcripts.errors import TranscriptError
from transcripts.formats.sami import read_sami

TWO = (
    "<SAMI><HEAD><STYLE TYPE='text/css'><!--\n.ENCC {Name: English; lang: en-US;}\n"
    ".ESCC {Name: Spanish; lang: es-MX;}\n--></STYLE></HEAD><BODY>\n"
    "<SYNC Start=1000><P Class=ENCC>Take one.<P Class=ESCC>Tome una.\n"
    "<SYNC Start=3000><P Class=ENCC>&nbsp;<P Class=ESCC>&nbsp;\n"
    "<SYNC Start=60000><P Class=ENCC>With food.<P Class=ESCC>Con comida.\n</BODY></SAMI>"
)


@pytest.mark.parametrize(
    ("language", "said", "read", "left"),
    [
        ("en", ["Take one.", "With food."], "ENCC", "ESCC"),
        ("es-419", ["Tome una.", "Con comida."], "ESCC", "ENCC"),
        ("fr", ["Take one.", "With food."], "ENCC", "ESCC"),
    ],
)
def test_of_several_languages_the_one_that_was_asked_for_is_read(
    language: str, said: list[str], read: str, left: str
) -> None:
    cues, notes = read_sami(TWO, language)

    assert [" ".join(cue.texts) for cue in cues] == said
    assert notes == (f"it is in several languages: {read} was read, and not {left}",)


def test_a_text_is_shown_until_it_is_cleared_or_for_ten_seconds() -> None:
    cues, _ = read_sami(TWO, "en")

    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [(1000, 3000), (60000, 70000)]


def test_who_speaks_is_a_name_and_no_speech() -> None:
    (cue,), notes = read_sami("<SAMI><SYNC Start=5><P ID=Source>Dr. Shaw<P>Take <b>one</b>.</SYNC>")

    assert cue.texts == ("Take one.",)
    assert {piece.speaker for piece in cue.lines[0]} == {"Dr. Shaw"}
    assert notes == ()


def test_text_without_a_paragraph_is_said() -> None:
    cues, notes = read_sami("<SAMI><SYNC Start=1>one<P Class=A>two<SYNC Start=9>three")

    assert [text for cue in cues for text in cue.texts] == ["one", "two", "three"]
    assert notes == ()


def test_a_file_without_times_is_refused() -> None:
    with pytest.raises(TranscriptError, match="there are no cues in it"):
        read_sami("<SAMI><BODY></BODY></SAMI>")
