"""`hope transcribe` as an operator runs it, with a small fake in the place of the speech model."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from command_line import hope
from libraries import GLOSSARY, vtt, write_captions, write_catalogue
from loopback import Site, serving

from catalog import Library

SAID = ((0.0, 2.0, "We sleep"), (2.5, 4.0, "to <rest>."))
heard: list[tuple[str, bytes, str]] = []


class FakeWhisper:
    """Hears the same in everything; `small` and folders are there."""

    words = True

    def __init__(self, model: str, **_how: Any) -> None:
        if model == "huge":
            raise ValueError("Invalid model size 'huge', expected one of: tiny, small")
        if model == "medium":
            raise OSError("couldn't connect to the hub")
        self.model = model

    def transcribe(self, sound: str, *, language: str, **_how: Any) -> tuple[Iterator[Any], None]:
        heard.append((self.model, Path(sound).read_bytes(), language))
        return (self._segment(*one) for one in SAID), None

    def _segment(self, start: float, end: float, text: str) -> Any:
        words = [
            SimpleNamespace(start=start + number / 2, end=end, word=f" {word}")
            for number, word in enumerate(text.split())
        ]
        return SimpleNamespace(start=start, end=end, text=text, words=words if self.words else None)


@pytest.fixture(autouse=True)
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("faster_whisper")
    module.WhisperModel = FakeWhisper  # type: ignore[attr-defined]  # it is made here
    monkeypatch.setitem(sys.modules, "faster_whisper", module)
    heard.clear()


@pytest.fixture
def library(tmp_path: Path) -> Library:
    write_catalogue(tmp_path, GLOSSARY, "glossary.csv")
    catalogue(tmp_path, 'media = "talk.mp4"')
    (tmp_path / "media").mkdir()
    (tmp_path / "media/talk.mp4").write_bytes(b"sound")
    return Library(tmp_path)


def catalogue(root: Path, more: str) -> None:
    write_catalogue(
        root, f'slug = "talks"\ntitle = "T"\n[[videos]]\nslug = "talk"\ntitle = "T"\n{more}\n'
    )


def test_a_film_of_our_own_is_written_down_with_word_times(library: Library) -> None:
    result = hope(library, "transcribe", "talk")

    assert result.exit_code == 0, result.output
    assert "captions/talk/en.auto.vtt (new: 4 words), made here by a machine" in result.stdout
    assert heard == [("small", b"sound", "en")]
    shown = json.loads(hope(library, "transcript", "talk", "--format", "json").stdout)
    assert shown["kind"] == "auto"
    assert shown["words"] == [[0, "We"], [500, "sleep"], [2500, "to"], [3000, "<rest>."]]


def test_the_track_says_who_made_it(library: Library) -> None:
    hope(library, "transcribe", "talk")

    track = library.captions_of("talk") / "en.auto.vtt"
    told = json.loads(track.with_name(track.name + ".provenance.json").read_text())
    assert "\nNOTE Made here by a machine, faster-whisper" in track.read_text()
    assert (told["extractor"], told["kind"]) == ("faster-whisper", "auto")
    assert told["name"].startswith("made here by a machine: faster-whisper")
    assert hope(library, "check").exit_code == 0


def test_a_model_that_times_no_words_does_too(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeWhisper, "words", False)

    assert hope(library, "transcribe", "talk").exit_code == 0
    assert "We sleep to <rest>." in hope(library, "transcript", "talk").stdout


@pytest.mark.parametrize(
    ("name", "why"),
    [("en.manual.vtt", "which people wrote"), ("en.auto.vtt", "which people wrote or put there")],
)
@pytest.mark.parametrize("more", [[], ["--again"]])
def test_what_people_wrote_or_put_there_is_never_replaced(
    library: Library, name: str, why: str, more: list[str]
) -> None:
    file = write_captions(library, "talk", vtt("Written."), name)
    before = file.read_bytes()

    result = hope(library, "transcribe", "talk", *more)

    assert result.exit_code == 1
    assert f"talk: it has {name}, {why}" in result.stdout
    assert file.read_bytes() == before
    assert heard == []


def test_what_was_made_here_is_made_again_only_when_asked(library: Library) -> None:
    hope(library, "transcribe", "talk")

    no = hope(library, "transcribe", "talk")
    again = hope(library, "transcribe", "talk", "--again")

    assert (no.exit_code, again.exit_code) == (1, 0)
    assert "which a machine wrote; `--again` listens all the same" in no.stdout
    assert len(heard) == 2


def test_where_no_model_can_be_had_one_sentence_says_so(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    offline = hope(library, "transcribe", "talk", "--model", "medium")
    unknown = hope(library, "transcribe", "talk", "--model", "huge")
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    missing = hope(library, "transcribe", "talk")

    assert [one.exit_code for one in (offline, unknown, missing)] == [3, 2, 2]
    assert offline.stderr.startswith("No speech model can be had here: 'medium' is not on this")
    assert unknown.stderr.startswith("There is no speech model 'huge'")
    assert "needs the extra `speech`, which is not installed here: pip install" in missing.stderr
    assert all(len(one.stderr.splitlines()) == 1 for one in (offline, unknown, missing))
    assert not library.captions_dir.exists()


def test_sound_elsewhere_is_fetched_only_where_it_is_allowed(library: Library) -> None:
    with serving() as site:
        page = site.page("/talk/", video="talk.mp4")
        site.put("/talk/talk.mp4", b"fetched")
        catalogue(library.root, f'page = "{page}"')

        no = hope(library, "transcribe", "talk", "--allow-loopback")
        library.site_file.write_text("[fetching]\nsound = true\n")
        yes = hope(library, "transcribe", "talk", "--allow-loopback")

    assert no.exit_code == 1
    assert "set `sound = true` under [fetching] in site.toml" in no.stdout
    assert yes.exit_code == 0, yes.output
    assert heard == [("small", b"fetched", "en")]


def test_sound_that_does_not_come_says_why(library: Library) -> None:
    library.site_file.write_text("[fetching]\nsound = true\n")
    with serving() as site:
        catalogue(library.root, f'page = "{_gone(site)}"')
        result = hope(library, "transcribe", "talk", "--allow-loopback")

    assert result.exit_code == 1
    assert "talk: no sound came. There is nothing at this address any more" in result.stdout


def _gone(site: Site) -> str:
    return site.put("/talk/", "Gone", 404)


def test_a_video_without_a_film_or_address_is_told(library: Library) -> None:
    catalogue(library.root, "")
    nothing = hope(library, "transcribe", "talk")
    catalogue(library.root, 'media = "lost.mp4"')
    lost = hope(library, "transcribe", "talk")

    assert (nothing.exit_code, lost.exit_code) == (1, 1)
    assert "the catalogue names no film or address of it" in nothing.stdout
    assert "there is no media/lost.mp4 in the library" in lost.stdout


def test_silence_makes_no_track(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeWhisper, "transcribe", lambda *_, **__: (iter(()), None))

    result = hope(library, "transcribe", "talk")

    assert result.exit_code == 1
    assert "nothing is said in it" in result.stdout
    assert not library.captions_dir.exists()
