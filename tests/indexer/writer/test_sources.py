"""Which tracks are taken in: a machine translation only when an operator asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from libraries import build, found, library_of, opened, quietly, write_track

from catalog import Library, load_catalogue
from indexer import IndexerError, build_index
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
