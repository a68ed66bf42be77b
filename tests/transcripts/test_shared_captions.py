"""Reading real captions against a second, plain reading of the same files, written here."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from paths import SHARED

from transcripts import Track, Transcript, cut_passages, read_track
from transcripts.model import Word

AUTOMATIC = sorted((SHARED / "captions").glob("*.auto.*"))
MANUAL = sorted((SHARED / "eval" / "health-talks" / "captions").glob("*/en.manual.vtt"))[::14]
MISSING = "the shared captions are not beside this repository"
TIME = re.compile(r"<(\d\d):(\d\d):(\d\d)\.(\d{3})>")
TIMED_WORD = re.compile(TIME.pattern + r"[^<\[]*[^\W_][^<]*")
UNSAID = re.compile(r"\[[^\]]*\]|♪|>>")


def read(path: Path) -> Transcript:
    *_, language, kind, ext = path.name.split(".")
    return read_track(Track("talk", language, kind, ext, path))  # type: ignore[arg-type]  # as named


def letters(text: str) -> str:
    """A text without sounds and spaces, so that scripts that have none compare as well."""
    return "".join(UNSAID.sub("", text).split())


def ms(hours: str, minutes: str, seconds: str, rest: str) -> int:
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(rest)


def blocks(path: Path) -> list[list[str]]:
    """The lines of each cue, its timing line first."""
    parts = path.read_text(encoding="utf-8").split("\n\n")
    return [part.split("\n") for part in parts if "-->" in part.partition("\n")[0]]


def newly_said(path: Path) -> list[str]:
    """The new line of each rolling cue: the one below; hold cues have a blank one there."""
    below = (re.sub(r"</?c[^>]*>", "", block[-1]) for block in blocks(path))
    return [line for line in below if line.strip()]


def word_times(path: Path) -> list[int]:
    return [ms(*found) for line in newly_said(path) for found in TIMED_WORD.findall(line)]


def json3_words(path: Path) -> list[tuple[int, str]]:
    events = json.loads(path.read_text(encoding="utf-8"))["events"]
    return [
        (event["tStartMs"] + segment.get("tOffsetMs", 0), segment["utf8"].strip())
        for event in events
        for segment in event.get("segs", [])
        if segment["utf8"].strip() and not segment["utf8"].startswith("[")
    ]


def assert_whole(transcript: Transcript) -> None:
    words: tuple[Word, ...] = transcript.words
    sentences = transcript.sentences
    starts = [word.start_ms for word in words]
    passages = cut_passages(sentences)

    assert starts == sorted(starts)
    assert [n for s in sentences for n in range(s.first, s.last)] == list(range(len(words)))
    assert {n for p in passages for n in range(p.first, p.last)} == set(range(len(sentences)))
    assert transcript.notes == ()


@pytest.mark.slow
@pytest.mark.skipif(not AUTOMATIC, reason=MISSING)
@pytest.mark.parametrize(
    "path", [p for p in AUTOMATIC if p.suffix == ".vtt"], ids=lambda path: path.name
)
def test_every_word_of_a_real_automatic_track_is_read_once_at_its_own_time(path: Path) -> None:
    transcript = read(path)

    assert_whole(transcript)
    said = TIME.sub("", "".join(newly_said(path)))
    assert letters("".join(w.text for w in transcript.words)) == letters(unescape(said))
    starts = {word.start_ms for word in transcript.words if word.timed}
    assert [at for at in word_times(path) if at not in starts] == []


@pytest.mark.skipif(not AUTOMATIC, reason=MISSING)
@pytest.mark.parametrize(
    "path", [p for p in AUTOMATIC if p.suffix == ".json3"], ids=lambda path: path.name
)
def test_every_word_of_a_real_json3_track_is_read_once_at_its_own_time(path: Path) -> None:
    transcript = read(path)

    assert_whole(transcript)
    assert [(word.start_ms, word.text) for word in transcript.words] == json3_words(path)


@pytest.mark.slow
@pytest.mark.skipif(not MANUAL, reason=MISSING)
@pytest.mark.parametrize("path", MANUAL, ids=lambda path: path.parent.name[:30])
def test_every_word_of_a_real_manual_track_is_read_once(path: Path) -> None:
    transcript = read(path)

    assert_whole(transcript)
    said = " ".join(line for _, *lines in blocks(path) for line in lines)
    assert letters("".join(w.text for w in transcript.words)) == letters(unescape(said))
