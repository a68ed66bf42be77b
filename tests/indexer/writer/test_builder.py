"""Building generations: the cost follows what changed, and nothing indexed is lost by accident."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from libraries import (
    build,
    catalogue_of,
    found,
    library_of,
    opened,
    quietly,
    write_captions,
    write_catalogue,
    write_track,
)

from catalog import Library, load_catalogue
from indexer import Generation
from indexer.writer.builder import build_index

TALKS = {
    "pills": "lorlatinib reaches the brain\nswelling is common with it",
    "scans": "a scan shows the lungs\nask for the report",
    "trials": "a trial compares two treatments\nyou may leave at any time",
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path, TALKS)


def answers(generation: Generation) -> list[tuple[str, int, str, float]]:
    queries = ("lorlatinib", "scan of the lungs", "ask or leave", "swelling", "treatments compared")
    hits = (hit for query in queries for hit in generation.search(query).hits)
    return [(hit.video, hit.start_ms, hit.text, hit.score) for hit in hits]


def test_the_first_build_reads_every_track(library: Library) -> None:
    report = build(library)

    assert report.built
    assert report.generation == "g000001"
    assert report.read == ("pills en.manual.vtt", "scans en.manual.vtt", "trials en.manual.vtt")
    assert (report.videos, report.carried, report.problems) == (3, 0, ())
    assert found(opened(library), "swelling") == ["pills"]


def test_nothing_is_built_when_nothing_changed(library: Library) -> None:
    build(library)

    report = build(library)

    assert not report.built
    assert report.generation == "g000001"
    assert (report.videos, report.passages, report.carried) == (3, 3, 3)
    assert report.sentences == ("Nothing changed; index g000001 stays (3 passages).",)


def test_only_the_track_that_changed_is_read(library: Library) -> None:
    build(library)
    write_track(library, "scans", "a scan shows the liver")

    report = build(library)

    assert report.read == ("scans en.manual.vtt",)
    assert (report.generation, report.carried) == ("g000002", 2)
    assert found(opened(library), "liver") == ["scans"]
    assert found(opened(library), "lungs") == []
    assert found(opened(library), "swelling") == ["pills"]


def test_a_track_touched_but_not_changed_is_not_read(library: Library) -> None:
    build(library)
    write_track(library, "scans", TALKS["scans"])

    assert not build(library).built


def test_full_reads_every_track_again(library: Library) -> None:
    build(library)

    report = build(library, full=True)

    assert (len(report.read), report.carried, report.generation) == (3, 0, "g000002")


def test_a_new_video_is_added(library: Library) -> None:
    build(library)
    write_catalogue(library.root, catalogue_of({**TALKS, "costs": ""}))
    write_track(library, "costs", "insurance may refuse")

    report = build(library)

    assert report.read == ("costs en.manual.vtt",)
    assert found(opened(library), "insurance") == ["costs"]


def test_a_video_taken_out_of_the_catalogue_is_not_found_any_more(library: Library) -> None:
    build(library)
    write_catalogue(library.root, catalogue_of({"pills": "", "trials": ""}))

    report = build(library)

    assert report.dropped == ("scans en.manual.vtt",)
    assert "scans en.manual.vtt: no longer there, taken out of the index" in report.sentences
    assert found(opened(library), "scan lungs report") == []


def test_a_track_that_was_deleted_is_said_and_not_found_any_more(library: Library) -> None:
    build(library)
    (library.captions_of("scans") / "en.manual.vtt").unlink()

    report = build(library)

    assert report.dropped == ("scans en.manual.vtt",)
    assert found(opened(library), "lungs") == []


def test_a_new_title_is_served_without_reading_captions(library: Library) -> None:
    build(library)
    write_catalogue(library.root, catalogue_of(TALKS).replace('"Pills"', '"Tablets"'))

    report = build(library)

    assert (report.built, report.read, report.carried) == (True, (), 3)
    assert opened(library).search("lorlatinib").hits[0].title == "Tablets"


@pytest.mark.parametrize("damage", [b"", b"\x00\x01\x02" * 99, b"<!doctype html><title>No</title>"])
def test_a_track_that_became_unreadable_keeps_what_was_indexed(
    library: Library, damage: bytes
) -> None:
    build(library)
    write_captions(library, "scans", damage)

    report = build(library)

    assert found(opened(library), "lungs") == ["scans"]
    assert report.problems[0].startswith("captions/scans/en.manual.vtt: ")
    assert report.problems[1] == "scans en: what was indexed of it before is kept"


def test_a_track_that_became_unreadable_is_read_when_it_is_mended(library: Library) -> None:
    build(library)
    write_captions(library, "scans", b"")
    build(library)
    write_track(library, "scans", "a scan shows the liver")

    report = build(library)

    assert report.problems == ()
    assert found(opened(library), "liver") == ["scans"]


def test_an_unreadable_track_alone_leaves_the_others_indexed(library: Library) -> None:
    write_captions(library, "scans", b"\x00" * 99)

    report = build(library)

    assert report.videos == 2
    assert len(report.problems) == 1
    assert found(opened(library), "swelling") == ["pills"]


def test_a_manual_track_takes_the_place_of_an_automatic_one(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": ""})
    write_track(library, "pills", "lorlatanib reaches the brain", "en.auto.vtt")
    build(library)
    write_track(library, "pills", "lorlatinib reaches the brain", "en.manual.vtt")

    report = build(library)

    assert (report.read, report.dropped) == (("pills en.manual.vtt",), ())
    assert [hit.captions for hit in opened(library).search("brain").hits] == ["manual"]


def test_behind_an_unreadable_manual_track_the_automatic_one_stays_without_a_rebuild(
    tmp_path: Path,
) -> None:
    library = library_of(tmp_path, {"pills": ""})
    write_track(library, "pills", "it reaches the brain", "en.auto.vtt")
    build(library)
    write_captions(library, "pills", b"", "en.manual.vtt")

    report = build(library)

    assert not report.built
    assert len(report.problems) == 2
    assert [hit.captions for hit in opened(library).search("brain").hits] == ["auto"]


def test_a_damaged_manual_track_is_not_replaced_by_an_automatic_one(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": "lorlatinib reaches the brain"})
    write_track(library, "pills", "lorla tin if reaches the brain", "en.auto.vtt")
    build(library)
    write_captions(library, "pills", b"", "en.manual.vtt")

    report = build(library)

    assert report.problems[1] == "pills en: what was indexed of it before is kept"
    assert found(opened(library), "lorlatinib") == ["pills"]


def test_a_machine_translation_is_not_indexed(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": "it reaches the brain"})
    write_track(library, "pills", "llega al cerebro", "es.translated.vtt")

    report = build(library)

    assert report.read == ("pills en.manual.vtt",)
    assert found(opened(library), "llega") == []


def test_two_languages_are_two_transcripts_of_one_video(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": "it reaches the brain"})
    write_track(library, "pills", "llega al cerebro", "es.manual.vtt")

    build(library)
    generation = opened(library)

    assert generation.languages("pills") == ("en", "es")
    assert generation.search("cerebro").hits[0].url == "/watch/pills?t=0&lang=es"


def test_after_many_changes_a_full_build_gives_the_same_hits(library: Library) -> None:
    build(library)
    for number in range(6):
        write_track(library, "scans", f"a scan shows the lungs\nfor the {number} time we ask")
        build(library)
    before = answers(opened(library))

    build(library, full=True)

    assert answers(opened(library)) == before


def test_after_many_changes_the_postings_are_one_segment_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.storage.postings._MOST_SEGMENTS", 3)
    for number in range(5):
        write_track(library, "scans", f"a scan shows the lungs\nfor the {number} time we ask")
        build(library)
    before = answers(opened(library))
    segments = list(library.index_dir.glob("*/postings/*.seg"))

    build(library, full=True)

    assert len(segments) <= 2 * 3
    assert answers(opened(library)) == before


def test_dead_rows_do_not_pile_up(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.writer.assembly._FEWEST_DEAD", 1)
    for number in range(6):
        write_track(library, "scans", f"a scan shows the lungs\nfor the {number} time we ask")
        report = build(library)

    dead = sum(track.dead for track in opened(library).tracks)

    assert dead <= 1
    assert report.passages == 3


def test_dead_rows_are_not_cleared_at_the_price_of_an_unreadable_track(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.writer.assembly._FEWEST_DEAD", 1)
    build(library)
    write_captions(library, "pills", b"")
    for number in range(4):
        write_track(library, "scans", f"a scan shows the lungs\nfor the {number} time we ask")
        build(library)

    assert found(opened(library), "lorlatinib") == ["pills"]
    assert found(opened(library), "lungs") == ["scans"]


def test_an_index_of_another_reader_is_built_afresh(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(library)
    monkeypatch.setattr("indexer.writer.builder.BUILT_BY", {"reader": "next"})

    report = build(library)

    assert (len(report.read), report.carried) == (3, 0)


def test_a_library_without_captions_has_an_index_that_answers_nothing(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": ""})

    report = build(library)

    assert (report.videos, report.passages) == (0, 0)
    assert opened(library).search("anything").hits == ()


def test_a_track_without_speech_is_said(library: Library) -> None:
    write_captions(library, "scans", "WEBVTT\n\n00:00.000 --> 00:01.000\n[Music]\n")

    report = build(library)

    assert report.remarks == ("captions/scans/en.manual.vtt: no speech is in it",)
    assert not report.problems
    assert not build(library).built


def test_progress_counts_the_tracks_that_are_read(library: Library) -> None:
    steps: list[str] = []

    def watched(what: str, total: int):  # type: ignore[no-untyped-def]
        steps.append(f"{what} {total}")
        return quietly(what, total)

    build_index(library, load_catalogue(library), watched)

    assert steps == ["Reading 3"]


def test_a_generation_says_when_it_was_built(library: Library) -> None:
    noon = datetime(2026, 1, 2, 12, tzinfo=UTC)

    build_index(library, load_catalogue(library), quietly, clock=lambda: noon)

    assert opened(library).built_at == "2026-01-02T12:00:00+00:00"
