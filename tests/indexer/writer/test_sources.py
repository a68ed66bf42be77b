"""Which tracks are taken in: a machine translation only when an operator asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from libraries import build, found, library_of, opened, quietly, write_track

from catalog import Library, load_catalogue
from indexer import IndexerError
from indexer.commands.check import check_library
from indexer.writer.builder import build_index
from transcripts import Track, TranscriptError


def test_a_machine_translation_is_read_only_when_asked_for_and_is_labelled(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": "lorlatinib reaches the brain"})
    write_track(library, "pills", "lorlatinib llega al cerebro", "es.translated.vtt")
    catalogue = load_catalogue(library)

    build_index(library, catalogue, quietly)
    assert opened(library).languages("pills") == ("en",)

    build_index(library, catalogue, quietly, translated=True)
    hit = opened(library).search("cerebro").hits[0]
    assert (hit.language, hit.captions) == ("es", "translated")


def test_a_translation_never_stands_in_for_a_native_track(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": "lorlatinib reaches the brain"})
    write_track(library, "pills", "something else altogether", "en.translated.vtt")

    report = build_index(library, load_catalogue(library), quietly, translated=True)

    assert report.read == ("pills en.manual.vtt",)


def test_captions_that_are_all_gone_do_not_empty_the_index(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": "lorlatinib reaches the brain"})
    build(library)
    library.captions_dir.rename(tmp_path / "unmounted")

    with pytest.raises(IndexerError, match="the old index stays"):
        build(library)

    assert found(opened(library), "lorlatinib") == ["pills"]


def test_a_folder_that_cannot_be_read_keeps_what_was_indexed_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = library_of(
        tmp_path, {"pills": "lorlatinib reaches the brain", "scans": "an old scan"}
    )
    build(library)
    write_track(library, "scans", "a new picture")

    def locked(_library: Library, video: str) -> tuple[Track, ...]:
        if video == "pills":
            raise TranscriptError("captions/pills: cannot be read: Permission denied")
        return (Track(video, "en", "manual", "vtt", library.captions_of(video) / "en.manual.vtt"),)

    monkeypatch.setattr("indexer.writer.sources.tracks_of", locked)
    report = build(library)

    assert len(report.problems) == 1
    assert found(opened(library), "lorlatinib") == ["pills"]
    assert found(opened(library), "picture") == ["scans"]


SAID = "lorlatinib reaches the brain and " * 8
CHAT = "captions/pills/en.manual.vtt: it has 2 words, a fraction of the 40 in en.auto.vtt"


@pytest.fixture
def chatted(tmp_path: Path) -> Library:
    """A talk whose captions by people are those of a chat."""
    library = library_of(tmp_path, {"pills": "hello everyone"})
    write_track(library, "pills", SAID, "en.auto.vtt")
    return library


def test_a_chat_does_not_take_the_place_of_the_talk_and_is_named(chatted: Library) -> None:
    report = build_index(chatted, load_catalogue(chatted), quietly)

    assert report.read == ("pills en.auto.vtt",)
    assert any(CHAT in sentence for sentence in report.sentences)
    assert found(opened(chatted), "lorlatinib") == ["pills"]
    assert any(CHAT in sentence for sentence in check_library(chatted).sentences)


def test_a_chat_is_not_read_again_until_people_write_the_talk(chatted: Library) -> None:
    build(chatted)

    assert build_index(chatted, load_catalogue(chatted), quietly).read == ()
    write_track(chatted, "pills", f"well {SAID}")
    assert build_index(chatted, load_catalogue(chatted), quietly).read == ("pills en.manual.vtt",)
    assert build_index(chatted, load_catalogue(chatted), quietly).read == ()
    assert not any("fraction" in sentence for sentence in check_library(chatted).sentences)


def test_a_talk_that_comes_after_its_chat_takes_its_place(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": "hello everyone"})
    build(library)
    write_track(library, "pills", SAID, "en.auto.vtt")

    report = build_index(library, load_catalogue(library), quietly)

    assert report.read == ("pills en.auto.vtt",)
