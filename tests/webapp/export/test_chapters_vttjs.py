"""What is written as WebVTT, as vtt.js reads it in players on other sites."""

from __future__ import annotations

import re
from pathlib import Path

from command_line import hope
from starlette.testclient import TestClient
from vttjs import read_by_vttjs

from catalog import Library
from transcripts import Sentence, Track, Transcript, as_chapters, as_webvtt

ODD = [
    "a --> b", "<i>is</i> it & or &lt;", "NOTE nothing", "00:01.000 --> 00:02.000", "STYLE",
    "WEBVTT",
    "癌症 \u202eעברית", "{\\an8} = \"quoted\" 'too'", "1", "-", "x" * 500,
]  # fmt: skip


def plain(cue: str) -> str:
    """The text of a cue without the mark of who says it."""
    return re.sub(r"<v [^>]*>", "", cue)


def test_chapters_are_read_at_their_times_whatever_their_titles(
    library: Library, tmp_path: Path
) -> None:
    hope(library, "export", str(tmp_path / "out"), "--only", "chapters")
    exported = (tmp_path / "out/chapters/first-days.vtt").read_text("utf-8")
    parts = [(n * 3_600_123, (n + 1) * 3_600_123, title) for n, title in enumerate(ODD)]

    assert read_by_vttjs(exported)[0][2] == "Welcome"
    assert read_by_vttjs(as_chapters(parts)) == [
        (start / 1000, end / 1000, title) for start, end, title in parts
    ]


def test_every_word_of_a_transcript_is_read_at_its_time(client: TestClient) -> None:
    served = read_by_vttjs(client.get("/captions/first-days/en.vtt").text)
    sentences = tuple(
        Sentence(n * 5_000, n * 5_000 + 4_000, text, 0, 0, "Dr. Tess & Co")
        for n, text in enumerate(ODD)
    )
    track = Track("talk", "en", "manual", "vtt", Path("en.manual.vtt"))
    made = read_by_vttjs(as_webvtt(Transcript(track, (), sentences)))

    assert [plain(cue[2]) for cue in served[2:3]] == [
        "Stage 4 means that the cancer has spread to another part of the body."
    ]
    assert served[2][0] == 8.5
    for place, text in enumerate(ODD):
        said = [cue for cue in made if place * 5 <= cue[0] < place * 5 + 5]
        assert "".join(plain(cue[2]) for cue in said).replace(" ", "") == text.replace(" ", "")
        assert (said[0][0], said[-1][1]) == (place * 5, place * 5 + 4)
