"""The bundled sample library: true to its scripts, honest about itself, complete in its forms."""

import json
import re
import shutil
import struct
import subprocess
import sys
import tomllib
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from paths import ROOT, SUPPORT
from sample_maker import scripts, time_of
from sample_scripts import Sentence

SAMPLE = ROOT / "catalog" / "sample"
SITE = SAMPLE / "site"
TIME = re.compile(r"(?:(\d+):)?(\d+):(\d\d)[.,](\d{3})")
CUE_TIMES = re.compile(r"(\S+) --> (\S+)")
TRACKS = sorted(path for path in SITE.glob("*/*") if path.suffix in (".vtt", ".srt", ".json3"))
FILMS = sorted(SITE.glob("*/*.mp4"))
SOUNDS = sorted(SITE.glob("*/*.m4a"))
PLAYABLE = (*FILMS, *SOUNDS)
needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
CARD = "Sample, not medical advice"
STILLS = sorted(SITE.glob("*/poster.png"))


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((SAMPLE / "catalog" / name).read_text(encoding="utf-8"))


@cache
def series() -> tuple[dict[str, Any], ...]:
    return read_toml("sample-first-steps.toml"), read_toml("sample-going-deeper.toml")


@cache
def videos() -> dict[str, dict[str, Any]]:
    return {video["slug"]: video for one in series() for video in one["videos"]}


def seconds(clock: str) -> int:
    minutes, rest = clock.split(":")
    return int(minutes) * 60 + int(rest)


def milliseconds(clock: str) -> int:
    found = TIME.fullmatch(clock)
    assert found, clock
    hours, minutes, whole, rest = (int(part or 0) for part in found.groups())
    return ((hours * 60 + minutes) * 60 + whole) * 1000 + rest


def cues(path: Path) -> list[tuple[int, int, list[str]]]:
    """Start, end and lines of every cue of a VTT or SRT track."""
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    found = []
    for block in re.split(r"\n\n+", text):
        times = CUE_TIMES.search(block)
        if times:
            lines = block[times.end() :].split("\n")[1:]
            found.append((milliseconds(times[1]), milliseconds(times[2]), lines))
    return found


def spoken(path: Path) -> list[str]:
    """The words of a track in the order in which they are said, without what it adds."""
    if path.suffix == ".json3":
        events = json.loads(path.read_text(encoding="utf-8"))["events"]
        segments = (seg["utf8"] for event in events for seg in event.get("segs", ()))
        return plain(" ".join(segments))
    said_before = 1 if is_rolling(path) else 0
    lines = (line for _, _, lines in cues(path) for line in lines[said_before:])
    return plain(unescape(re.sub(r"<[^>]*>", "", " ".join(lines))))


def is_rolling(path: Path) -> bool:
    return path.suffix == ".vtt" and "x-auto" in path.name


def plain(text: str) -> list[str]:
    text = re.sub(r"[\[(][^\])]*[\])]|\b[A-Z. ]{6,}:", " ", text)
    return re.findall(r"[^\W_]+(?:['’&-][^\W_]+)*", text.lower())


def script_words(slug: str, language: str, *, heard: bool) -> list[str]:
    """The words of a script, marks left out."""
    text = (SAMPLE / "scripts" / f"{slug}.{language}.txt").read_text(encoding="utf-8")
    lines = text.split("\n---\n")[1].splitlines()
    talk = " ".join(line for line in lines if line[:1] not in ("#", "?", "/", "["))
    talk = re.sub(r"\{([^|}]*)\|([^}]*)\}", r"\2" if heard else r"\1", talk)
    return plain(re.sub(r"ADVOCATE:|EXPERT:", " ", talk))


def times(path: Path) -> list[tuple[int, int]]:
    if path.suffix == ".json3":
        events = json.loads(path.read_text(encoding="utf-8"))["events"]
        return [(e["tStartMs"], e["tStartMs"] + e["dDurationMs"]) for e in events]
    return [(start, end) for start, end, _ in cues(path)]


def test_made_files_are_what_the_scripts_make(tmp_path: Path) -> None:
    maker = SUPPORT / "sample_maker.py"

    subprocess.run([sys.executable, str(maker), "--into", str(tmp_path)], check=True)

    made = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert len(made) > 30
    for path in made:
        bundled = SAMPLE / path.relative_to(tmp_path)
        assert bundled.read_bytes() == path.read_bytes(), f"{bundled}: run {maker.name}"


def test_nothing_lies_beside_the_made_files_but_what_plays_and_stills(tmp_path: Path) -> None:
    maker = SUPPORT / "sample_maker.py"
    subprocess.run([sys.executable, str(maker), "--into", str(tmp_path)], check=True)

    made = {path.relative_to(tmp_path / "site") for path in (tmp_path / "site").rglob("*.*")}
    bundled = {path.relative_to(SITE) for path in SITE.rglob("*.*")}

    assert bundled - made == {path.relative_to(SITE) for path in (*PLAYABLE, *STILLS)}


def test_there_is_more_than_an_hour_of_speech() -> None:
    total = sum(seconds(video["duration"]) for video in videos().values())

    assert len(videos()) == 10
    assert 66 * 60 <= total <= 75 * 60


@pytest.mark.parametrize("slug", sorted(videos()))
def test_people_speak_at_an_ordinary_pace(slug: str) -> None:
    words = len(script_words(slug, "en", heard=False))

    pace = 60 * words / seconds(videos()[slug]["duration"])

    assert 135 <= pace <= 165


@pytest.mark.parametrize("path", TRACKS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_words_of_a_script_are_in_its_track_in_order(path: Path) -> None:
    heard = "x-auto" in path.name

    expected = script_words(path.parent.name, path.name[:2], heard=heard)

    assert spoken(path) == expected


@pytest.mark.parametrize("path", TRACKS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_times_of_a_track_run_forward_to_the_end_of_its_video(path: Path) -> None:
    spans = times(path)
    length = 1000 * seconds(videos()[path.parent.name]["duration"])

    assert [start for start, _ in spans] == sorted(start for start, _ in spans)
    assert all(start < end for start, end in spans)
    assert length - 1000 <= max(end for _, end in spans) <= length


def test_every_form_of_captions_is_there() -> None:
    forms = {path.name for path in TRACKS}

    assert {"en.vtt", "en.srt", "en-x-auto.vtt", "en-x-auto.json3", "en-x-auto.srt"} <= forms
    assert [path.name for path in TRACKS if path.name.startswith("es.")] == ["es.srt", "es.vtt"]


def test_the_oddities_of_real_files_are_there() -> None:
    everything = {path: path.read_bytes() for path in TRACKS}

    for oddity in (b"\xef\xbb\xbfWEBVTT", b"\r\n\r\n", b"&amp;", b"&gt;&gt; ", b"<v ", b"[music]"):
        assert any(oddity in content for content in everything.values()), oddity


def test_a_rolling_track_holds_each_line_for_ten_milliseconds() -> None:
    for path in filter(is_rolling, TRACKS):
        found = cues(path)

        held = [(start, end) for start, end, lines in found if lines[1:] == [" "]]

        assert len(held) == len(found) // 2
        assert {end - start for start, end in held} == {10}


def test_a_json3_track_has_word_offsets_and_one_coarse_line() -> None:
    for path in (path for path in TRACKS if path.suffix == ".json3"):
        events = json.loads(path.read_text(encoding="utf-8"))["events"]
        speech = [e["segs"] for e in events if "segs" in e and not e.get("aAppend")]

        coarse = [segs for segs in speech if len(segs) == 1 and " " in segs[0]["utf8"]]

        assert len(coarse) == 1
        assert any(segs == [{"utf8": "[Music]"}] for segs in speech)
        assert all("tOffsetMs" in seg for segs in speech for seg in segs[1:])


def test_misheard_names_are_in_automatic_tracks_only() -> None:
    for path in TRACKS:
        words = set(spoken(path))

        misheard = words & {"electinib", "osemerdinib", "crasatinib", "gephidenab", "elk"}

        assert not misheard or "x-auto" in path.name


def test_every_speaker_says_to_be_invented() -> None:
    people = {person["slug"]: person for person in read_toml("people.toml")["people"]}

    for person in people.values():
        assert person["name"].endswith("(invented)")
    for video in videos().values():
        assert set(video["speakers"]) <= set(people)


def test_every_page_and_every_talk_says_that_it_is_a_sample() -> None:
    for one in series():
        assert one["notice"] == "Sample interview with invented speakers. Not medical advice."
    for slug in videos():
        assert "Not medical advice" in (SITE / slug / "index.html").read_text(encoding="utf-8")
        drawn = SITE / slug / "poster.svg"  # a film's own still has it in its picture
        assert not drawn.exists() or CARD in drawn.read_text("utf-8")
        assert "sample" in script_words(slug, "en", heard=False)[:40]


def test_a_film_has_a_small_still_of_its_own_and_any_other_video_a_drawn_card() -> None:
    films = {film.parent.name for film in FILMS}

    assert {still.parent.name for still in STILLS} == films
    assert {path.parent.name for path in SITE.glob("*/poster.svg")} == {*videos()} - films
    for still in STILLS:
        assert still.stat().st_size < 25_000
        assert struct.unpack(">II", still.read_bytes()[16:24]) == (1280, 720)


def test_every_video_names_its_sources() -> None:
    for video in videos().values():
        assert len(video["sources"]) >= 5
        assert all(re.fullmatch(r"https?://\S+", url) for url in video["sources"])
        assert len(set(video["sources"])) == len(video["sources"])


def test_the_catalogue_refers_only_to_what_is_there() -> None:
    topics = {topic["slug"] for topic in read_toml("topics.toml")["topics"]}

    for video in videos().values():
        assert set(video["topics"]) <= topics
        assert {*video["related"], video.get("next", video["slug"])} <= set(videos())
        assert video["page"] == f"http://sample.invalid/{video['slug']}/"
    assert {topic for video in videos().values() for topic in video["topics"]} == topics


@pytest.mark.parametrize("slug", sorted(videos()))
def test_questions_and_chapters_lie_inside_the_video(slug: str) -> None:
    video = videos()[slug]
    end = seconds(video["duration"])
    chapters = [seconds(chapter["at"]) for chapter in video["chapters"]]

    assert 3 <= len(video["questions"]) <= 6
    assert chapters[0] == 0
    assert chapters == sorted(set(chapters))
    for question in video["questions"]:
        assert 0 < seconds(question["at"]) < seconds(question["until"]) <= end


def test_a_question_is_asked_at_its_time() -> None:
    question = videos()["just-diagnosed"]["questions"][0]

    texts = {start: " ".join(lines) for start, _, lines in cues(SITE / "just-diagnosed/en.vtt")}
    first = min(start for start in texts if start >= 1000 * seconds(question["at"]))

    assert "Let's start on the worst day." in texts[first]


def test_every_video_plays_two_as_films_and_the_others_as_sound() -> None:
    named = {slug: video["media"] for slug, video in videos().items()}

    assert named == {file.parent.name: file.name for file in PLAYABLE}
    assert (len(FILMS), len(SOUNDS)) == (2, 8)


def test_what_plays_is_small() -> None:
    assert sum(film.stat().st_size for film in FILMS) < 3_000_000
    assert sum(file.stat().st_size for file in PLAYABLE) < 12_000_000


@needs_ffmpeg
@pytest.mark.parametrize("file", SOUNDS, ids=lambda file: file.stem)
def test_sentences_are_heard_when_they_are_captioned(file: Path) -> None:
    """In every pause between two sentences it is quiet, and on both sides of it somebody speaks."""
    heard = loudness(file)
    script = next(one for one in scripts("en") if one.slug == file.stem)
    said = [one for one in time_of(script).said if isinstance(one.item, Sentence)]

    for one, after in pairwise(said):
        pause = heard[one.end_ms // 10 + 12 : after.start_ms // 10 - 6]
        assert max(pause, default=0) < 300, f"{one.end_ms} ms: not quiet before {after.item}"
        for spoken in (one, after):
            assert max(heard[spoken.start_ms // 10 : spoken.start_ms // 10 + 30]) > 1000, spoken


def loudness(file: Path) -> list[int]:
    """The highest sample of each ten milliseconds of sound."""
    command = ["ffmpeg", "-v", "error", "-i", str(file), "-f", "s16le", "-ac", "1", "-ar", "8000"]
    raw = subprocess.run([*command, "-"], capture_output=True, check=True).stdout
    samples = np.abs(np.frombuffer(raw, "<i2").astype(np.int32))
    return [int(one) for one in samples[: len(samples) // 80 * 80].reshape(-1, 80).max(axis=1)]


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
@pytest.mark.parametrize("film", PLAYABLE, ids=lambda film: film.stem)
def test_what_plays_ends_with_its_captions(film: Path) -> None:
    command = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0"]

    answer = subprocess.run([*command, str(film)], capture_output=True, text=True, check=True)

    last = max(end for track in film.parent.glob("en*.*") for _, end in times(track))
    assert abs(1000 * float(answer.stdout) - last) <= 1000
    assert float(answer.stdout) == pytest.approx(seconds(videos()[film.stem]["duration"]), abs=1)


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
@pytest.mark.parametrize("film", FILMS, ids=lambda film: film.stem)
def test_a_film_can_be_entered_every_two_seconds(film: Path) -> None:
    command = ["ffprobe", "-v", "error", "-select_streams", "v", "-skip_frame", "nokey"]
    command += ["-show_entries", "frame=pts_time", "-of", "csv=p=0", str(film)]

    answer = subprocess.run(command, capture_output=True, text=True, check=True)

    keys = [float(line.strip(",")) for line in answer.stdout.split()]
    assert all(late - early <= 2 for early, late in pairwise(keys))
