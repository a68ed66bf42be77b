"""Every visible character of a caption file is in a word, a sound, a label or a note, or is markup.

What is visible is found here by a second, plain reading that knows nothing of the readers.
"""

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paths import SHARED

from transcripts import Track, Transcript, TranscriptError, read_captions
from transcripts.formats.decoding import decode

FORMS = {".vtt", ".srt", ".json3"}
CASES = sorted(p for p in (SHARED / "cases/captions").glob("*.*.*.*") if p.suffix in FORMS)
TRACKS = sorted(p for p in (SHARED / "captions").glob("*.*.*.*") if p.suffix in FORMS)
MISSING = "the shared captions are not beside this repository"
CLOCK = r"\d{1,3}\s*[:：.]\s*\d{1,2}(?:\s*[:：.]\s*\d{1,2})?(?:\s*[.,;:，。]\s*\d{1,6})?"
TIMING = re.compile(rf"\W*(?:\d+\s+)?{CLOCK}\W{{1,12}}(?:gt;)?\s*{CLOCK}(?P<rest>.*)")
SETTING = re.compile(r"\w+:\s?\S+|\d+%")
BLOCK = re.compile(r"(WEBVTT|NOTE|STYLE|REGION)(?:[\s-].*)?$")
TAG = re.compile(r"<[^<>]*>|\{\\[^}]*\}|\{\w:[^}]*\}|\\[Nnh]|<!--.*?-->")
READING = re.compile(r"<rt>.*?(?=</?rt>|</ruby>)")
BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)|♪")
LABEL = re.compile(r"(?:^|[-–>.\]]\s*|\s)((?:[\w.’'-]+\s){0,4}[\w.’'-]+)\s?:(?=\s|$)")
TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")


def read(content: bytes, path: str) -> Transcript:
    *_, language, _kind, ext = path.split(".")
    return read_captions(Track("talk", language, "manual", ext, Path(path)), content)


def tokens(text: str) -> list[str]:
    for _ in range(3):
        text = html.unescape(text)
    return TOKEN.findall(re.sub("[\u200b-\u200f\u00ad\ufeff]", "", text).casefold())


def strings(value: object) -> Iterator[str]:
    """What a JSON file says."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in {"utf8", "text"} and isinstance(inner, str):
                yield inner
            else:
                yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def visible(text: str) -> list[tuple[int, str]]:
    """The lines that are not markup, each with its number."""
    stripped = text.lstrip("\ufeff \n")
    if stripped.startswith("{"):
        said = "\n".join(strings(json.loads(stripped)))
        return [(n, line) for n, line in enumerate(said.split("\n"), start=1)]
    if stripped.startswith("<"):
        return [(1, re.sub(r"<[^>]*>", " ", stripped))]
    return list(_lines([line.strip("\ufeff") for line in re.split(r"\r\n|\r|\n", text)]))


def _lines(lines: list[str]) -> Iterator[tuple[int, str]]:
    block = ""
    braces = 0
    timed = [is_timing(line) for line in lines]
    for n, line in enumerate(lines):
        braces += (line.count("{") - line.count("}")) if block in {"STYLE", "WEBVTT"} else 0
        block = block if (line.strip() or braces > 0) and not timed[n] else ""
        header = BLOCK.match(line)
        opens = n == 0 or not lines[n - 1].strip() or line == "WEBVTT"
        block = header[1] if header and opens else block
        if not block and not timed[n] and line.strip() and not is_head(lines, timed, n):
            yield n + 1, line


def is_timing(line: str) -> bool:
    found = TIMING.match(line)
    if re.fullmatch(rf"\s*{CLOCK}\s*", line):
        return True
    return found is not None and not re.search(r"[^\W\d_]", SETTING.sub("", found["rest"]))


def is_head(lines: list[str], timed: list[bool], n: int) -> bool:
    """Whether a line is a counter or a name: it stands right above a time."""
    below = next((m for m in range(n + 1, len(lines)) if lines[m].strip()), len(lines))
    number = re.fullmatch(r"\s*\d+\s*", lines[n]) is not None
    if below == len(lines):
        return number
    parted = n == 0 or not lines[n - 1].strip()
    return timed[below] and (number or (below == n + 1 and parted and len(lines[n].split()) < 3))


def unaccounted(content: bytes, name: str, language: str = "en") -> list[tuple[int, str]]:
    """What is in none of the places where it may be."""
    transcript = read(content, name)
    text, _ = decode(content, language)
    spoken = {token for word in transcript.words for token in tokens(word.text)}
    speakers = {token for word in transcript.words for token in tokens(word.speaker)}
    told = {int(n) for note in transcript.notes for n in re.findall(r"\d+", note)}
    lost = []
    for number, line in visible(text):
        said = html.unescape(html.unescape(READING.sub("", line)))
        said = TAG.sub(" ", BRACKETS.sub(" ", said))
        labels = {token for label in LABEL.findall(said) for token in tokens(label)}
        for token in tokens(said):
            if token not in spoken | speakers | labels and not is_part(token, spoken):
                lost += [(number, token)] if number not in told else []
    return lost


def is_part(token: str, spoken: set[str]) -> bool:
    """Whether captions that came in pieces have it within a word."""
    return any(token in word for word in spoken)


@pytest.mark.slow
@pytest.mark.skipif(not TRACKS, reason=MISSING)
@pytest.mark.parametrize("path", TRACKS, ids=lambda path: path.name)
def test_every_visible_character_of_a_real_track_is_accounted_for(path: Path) -> None:
    assert unaccounted(path.read_bytes(), path.name, path.name.split(".")[-3]) == []


@pytest.mark.skipif(not CASES, reason=MISSING)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_every_visible_character_of_a_hard_case_is_accounted_for(path: Path) -> None:
    content = path.read_bytes()
    try:
        read(content, path.name)
    except TranscriptError as refused:
        assert "what is read" in str(refused)  # noqa: PT017 - a chat is named, and nothing is read
        return

    assert unaccounted(content, path.name, path.name.split(".")[-3]) == []


TIMES = ("00:00:0{n}.000 --> 00:00:0{m}.000", "00:00:0{n},000 -> 00:00:0{m},000")
PARTS = st.sampled_from(
    "| |alpha|beta gamma|150|2|7|<i>delta</i>|&gt;&gt; eps|-> zeta|NOTE eta|10:30 --> theta"
    "|{\\an8}iota|WEBVTT kappa|12:30 - 13:30|[lambda]".split("|")
)


@given(
    st.sampled_from(["", "WEBVTT\n\n"]),
    st.lists(st.lists(PARTS, max_size=5), min_size=1, max_size=7),
    st.booleans(),
    st.sampled_from(TIMES),
)
@settings(max_examples=150, deadline=None)
def test_every_word_between_times_is_said_or_told(
    header: str, cues: list[list[str]], counted: bool, times: str
) -> None:
    texts = []
    for n, lines in enumerate(cues, start=1):
        counter = f"{n}\n" if counted else ""
        timing = times.format(n=n, m=n + 1)
        texts.append(f"{counter}{timing}\n" + "".join(f"{line}\n" for line in lines) + "\n")
    text = header + "".join(texts)

    try:
        transcript = read(text.encode(), "en.manual.vtt")
    except TranscriptError:
        assert not any(line.strip() for lines in cues for line in lines)
        return

    spoken = {token for word in transcript.words for token in tokens(word.text)}
    webvtt = header or any("WEBVTT kappa" in lines for lines in cues)
    letters = {
        token
        for lines in cues
        if not (webvtt and "NOTE eta" in lines)  # a comment goes on to the next blank line
        for line in lines
        for token in tokens(TAG.sub("", BRACKETS.sub("", line)))
        if token.isalpha() and "WEBVTT" not in line
    }
    assert letters <= spoken
