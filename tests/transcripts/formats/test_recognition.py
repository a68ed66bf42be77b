"""A file is read as what it is, whatever its name says."""

import json
from pathlib import Path

import pytest

from transcripts import Track, Transcript, TranscriptError, read_captions

ASS = (
    "[Script Info]\nScriptType: v4.00+\n\n[Events]\n"
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\an8}one, two\\Nthree\n"
    "Comment: 0,0:00:02.00,0:00:03.00,Default,,0,0,0,,hidden\n"
    "Dialogue: 0,0:00:03.00,0:00:04.00,Default,Ann,0,0,0,,{\\k50}four {\\k50}five\n"
)
TTML = (
    '<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml" '
    'xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="25"><head><metadata>'
    "<title>unsaid</title></metadata></head><body><div>"
    '<p begin="00:00:01:00" end="00:00:02:00">one, two<br/>three</p>'
    '<p begin="3s" dur="1s">four <span begin="500ms">five</span></p></div></body></tt>'
)
SRV3 = (
    '<?xml version="1.0"?><timedtext format="3"><head><pen id="1"/></head><body>'
    '<p t="1000" d="900">one, two\nthree</p>'
    '<p t="3000" d="900"><s>four</s><s t="500"> five</s></p></body></timedtext>'
)
WHISPER = json.dumps(
    {
        "segments": [
            {"start": 1.0, "end": 2.0, "text": " one, two three"},
            {
                "start": 3,
                "end": 4,
                "text": " four five",
                "words": [{"word": " four", "start": 3}, {"word": " five", "start": 3.5}],
            },
        ]
    }
)
SAMI = (
    "<SAMI><HEAD><STYLE><!-- .ENCC {Name:English; lang: en-US;} --></STYLE></HEAD><BODY>"
    "<SYNC Start=1000><P Class=ENCC>one,\ntwo<br>three<SYNC Start=3000><P Class=ENCC>four</P>"
    "<SYNC Start=3500><P Class=ENCC>five<SYNC Start=4000><P Class=ENCC>&nbsp;</BODY></SAMI>"
)
MPL2 = "[10][20]one, two|/three\n[30][35]four\n[35][40]five\n"
LRC = "[ti:unsaid]\n[00:01.00]one, two\nthree\n[00:03.00]four <00:03.50>five\n"
WORD_TIMES = ["json", "srv3", "ass", "ttml", "lrc"]


def read(content: str | bytes, ext: str = "srt", language: str = "en") -> Transcript:
    track = Track("talk", language, "manual", ext, Path("en"))
    return read_captions(track, content.encode() if isinstance(content, str) else content)


@pytest.mark.parametrize(
    ("form", "name", "content"),
    [
        ("ass", "ASS", ASS),
        ("ttml", "TTML", TTML),
        ("srv3", "srv3", SRV3),
        ("json", "Whisper", WHISPER),
        ("lrc", "LRC", LRC),
        ("smi", "SAMI", SAMI),
        ("sub", "MicroDVD", MPL2),
    ],
)
@pytest.mark.parametrize("named", ["as it is", "srt", "json3"])
def test_every_form_is_read_under_any_name(form: str, name: str, content: str, named: str) -> None:
    transcript = read(content, form if named == "as it is" else named)

    assert [word.text for word in transcript.words] == "one, two three four five".split()
    assert [w.start_ms for w in transcript.words if w.text in {"one,", "four", "five"}] == [
        1000,
        3000,
        3500,
    ]
    told = [note for note in transcript.notes if name in note and f"named .{named}" in note]
    assert len(told) == (named != "as it is")


@pytest.mark.parametrize(
    "content",
    [
        "0:01\none two\n0:05\nthree",
        "[00:00:01] one two\n[00:00:05] three\n",
        "start\tend\ttext\n1000\t2000\tone two\n5000\t6000\tthree\n",
        "0:00:01.000,0:00:02.000\none[br]two\n\n0:00:05.000,0:00:06.000\nthree\n",
        "[00:00:01.000 --> 00:00:02.000]  one two\n[00:00:05.000 --> 00:00:06.000]  three\n",
        json.dumps([{"text": "one two", "start": 1.0}, {"text": "three", "start": "5"}]),
        '<transcript><text start="1">one two</text><text start="5">three</text></transcript>',
        "[00:00:01.00]one two\n[00:00:05.00]three\n",
        "[INFORMATION]\n[TITLE]\n[END INFORMATION]\n[SUBTITLE]\n[COLF]&HFFFFFF,[FONT]Arial\n"
        "00:00:01.00,00:00:02.00\none[br]two\n\n00:00:05.00,00:00:06.00\nthree\n",
        "00:00:01:one|two\n00:00:05:three\n",
        'start,end,text\n1000,2000," one two"\n5000,6000,"three"\n',
        json.dumps([[1.0, 2.0, "one two"], [5.0, 6.0, "three"]]),
        '{"start": 1.0, "end": 2, "text": "one two"}\n{"start": 5.0, "end": 6, "text": "three"}\n',
        "{1}{1}23.976\n{DEFAULT}{}{C:$00FFFF}\n{24}{48}{Y:i}one|two\n{120}{144}three\n",
    ],
    ids=[
        "copied",
        "times ahead",
        "table",
        "SBV",
        "console",
        "list",
        "srv1",
        "LRC",
        "SubViewer",
        "TMPlayer",
        "CSV",
        "triples",
        "a value a line",
        "frames",
    ],
)
def test_texts_with_times_are_read(content: str) -> None:
    transcript = read(content, "vtt")

    starts = {word.text: word.start_ms for word in transcript.words}
    assert list(starts) == ["one", "two", "three"]
    assert (starts["one"], starts["three"]) == pytest.approx((1000, 5000), abs=10)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("<!doctype html><p>Sorry</p>", "an HTML page"),
        ('{"replayChatItemAction":{"actions":[]}}', "a chat replay"),
        ("#EXTM3U\n#EXTINF:6,\na.vtt", "a playlist of a stream"),
        ("Scenarist_SCC V1.0\n\n00:00:01:00\t9420", "SCC"),
        ("{1}{25}one", "MicroDVD, which counts frames, and it does not say how many"),
        ('{"error": "not found"}', "JSON of another kind"),
        (
            '[{"message": "hi", "message_type": "text_message", "time_in_seconds": 1}]',
            "a chat replay",
        ),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04abc", "a zip archive"),
        (b"\x1f\x8b\x08abc", "a compressed file"),
    ],
)
def test_what_is_refused_is_named(content: str | bytes, what: str) -> None:
    with pytest.raises(TranscriptError, match=f"this is {what}"):
        read(content)


def test_what_is_read_is_said_where_a_file_is_refused() -> None:
    with pytest.raises(TranscriptError, match="what is read: json3, VTT, SRT, SBV, TTML"):
        read("<html>")


def test_of_xml_that_is_cut_off_what_is_whole_is_read() -> None:
    transcript = read(TTML[: TTML.index("four") + 2], "ttml")

    assert [word.text for word in transcript.words] == ["one,", "two", "three", "fo"]
    assert transcript.notes == ("it is cut off at its end",)


MAIL = "Ann wrote:\n> 1\n> 00:00:01,000 --> 00:00:02,000\n> Take one.\n>\n> 2\n"
MAIL += "> 00:00:03,000 --> 00:00:04,000\n> >> Every day.\n"


def test_a_file_that_an_email_quotes_is_read_without_the_marks() -> None:
    transcript = read(MAIL)

    assert [word.text for word in transcript.words] == ["Take", "one.", "Every", "day."]
    assert transcript.words[2].turn
    assert transcript.notes == (
        "its lines are quoted as in an e-mail; the marks were taken out",
        "line 1 stands before any time of a cue, and was left out",
    )


def test_marks_of_another_speaker_are_no_quotes() -> None:
    transcript = read("1\n00:00:01,000 --> 00:00:02,000\n>> Take 10:30 --> it is fine.\n")

    assert "e-mail" not in " ".join(transcript.notes)
    assert [word.text for word in transcript.words][:2] == ["Take", "10:30 -->"]
