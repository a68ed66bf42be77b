"""The vectors of a generation: computed once for each text, kept as long as it is said."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest
from fake_model import DIMENSIONS, GONE, FakeEncoder
from libraries import catalogue_of, found, library_of, quietly, write_catalogue, write_track
from paths import SUPPORT

from catalog import Library, load_catalogue
from indexer import Generation, IndexerError, NoIndex, Shelf
from indexer.commands.check import check_library
from indexer.embedding.configured import NoModel
from indexer.embedding.encoder import digest_of
from indexer.storage import vectors
from indexer.storage.vectors import Account, Floats, Vectors, compressed, empty_vectors
from indexer.writer.builder import build_index
from indexer.writer.embeddings import embedded_text
from indexer.writer.report import IndexReport

TALKS = {
    "pills": "lorlatinib reaches the brain\nswelling is common with it",
    "scans": "a scan shows the lungs\nask for the report",
    "trials": "a trial compares two treatments\nyou may leave at any time",
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path, TALKS)


def build(library: Library, meaning: FakeEncoder, *, full: bool = False) -> IndexReport:
    return build_index(library, load_catalogue(library), quietly, full=full, meaning=meaning)


def opened(library: Library) -> Generation:
    return Shelf(library).current()


def held(library: Library) -> Vectors:
    there = opened(library).reader.vectors
    assert there is not None
    return there


def text_of(video: str, lines: str) -> str:
    return embedded_text(video.capitalize(), lines.replace("\n", " "))


def lengths(library: Library) -> list[float]:
    there = held(library)
    rows = there.values * there.scales[:, None]
    return [round(float(length), 1) for length in np.linalg.norm(rows, axis=1)]


def test_every_passage_is_read_once_with_the_title_of_its_video(library: Library) -> None:
    meaning = FakeEncoder()

    report = build(library, meaning)

    assert meaning.read == [text_of(video, lines) for video, lines in TALKS.items()]
    assert (report.understood, report.meaning) == (3, "")
    assert report.sentences[-1].endswith(
        "(3 tracks read, 0 carried over). 3 texts read for what they mean."
    )
    assert lengths(library) == [1, 1, 1]
    assert held(library).account == Account(
        "model one", "identity of one", DIMENSIONS, "1", lacking=0
    )


def test_a_passage_is_nearest_to_its_own_text(library: Library) -> None:
    meaning = FakeEncoder()
    build(library, meaning)

    for row, (video, lines) in enumerate(TALKS.items()):
        vector = meaning.vector_for(text_of(video, lines), "identity of one")
        assert vector is not None
        near = held(library).cosines(vector)
        assert near.dtype == np.float32
        assert (int(near.argmax()), near.shape) == (row, (3,))
        assert near.max() == pytest.approx(1, abs=0.01)


def test_only_what_changed_is_read(library: Library) -> None:
    meaning = FakeEncoder()
    build(library, meaning)
    before = held(library)
    assert meaning.read
    write_track(library, "scans", "a scan shows the liver")

    report = build(library, meaning)

    assert meaning.read == [text_of("scans", "a scan shows the liver")]
    assert report.understood == 1
    assert lengths(library) == [1, 0, 1, 1]
    assert np.array_equal(held(library).values[[0, 2]], before.values[[0, 2]])


def test_nothing_is_read_or_loaded_when_nothing_changed(library: Library) -> None:
    build(library, FakeEncoder())
    meaning = FakeEncoder()

    report = build(library, meaning)

    assert not report.built
    assert (meaning.read, meaning.loads) == ([], 0)


@pytest.mark.parametrize("full", [True, False], ids=["full", "another track"])
def test_words_that_were_read_before_are_carried_over_when_their_track_is_read_again(
    library: Library, full: bool
) -> None:
    meaning = FakeEncoder()
    build(library, meaning)
    assert meaning.read
    if not full:
        lines = (library.captions_of("pills") / "en.manual.vtt").read_text()
        (library.captions_of("pills") / "en.manual.vtt").write_text(f"{lines}\nNOTE the same\n")

    report = build(library, meaning, full=full)

    assert report.read
    assert meaning.read == []
    assert held(library).account.lacking == 0


def test_a_new_title_has_its_passages_read_again(library: Library) -> None:
    meaning = FakeEncoder()
    build(library, meaning)
    assert meaning.read
    write_catalogue(library.root, catalogue_of(TALKS).replace('"Pills"', '"Tablets"'))

    build(library, meaning)

    assert meaning.read == [text_of("tablets", TALKS["pills"])]


def test_an_index_of_another_reader_still_keeps_its_vectors(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    meaning = FakeEncoder()
    build(library, meaning)
    assert meaning.read
    monkeypatch.setattr("indexer.writer.builder.BUILT_BY", {"reader": "next"})

    report = build(library, meaning)

    assert len(report.read) == 3
    assert meaning.read == []


def test_another_model_reads_every_passage_again(library: Library) -> None:
    build(library, FakeEncoder())
    other = FakeEncoder("two")

    report = build(library, other)

    assert (report.built, report.read, report.carried) == (True, (), 3)
    assert len(other.read) == 3
    assert held(library).identity == "identity of two"


def test_two_models_are_never_mixed(library: Library) -> None:
    build(library, FakeEncoder())
    write_track(library, "scans", "a scan shows the liver")
    other = FakeEncoder("two")

    build(library, other)

    assert len(other.read) == 3


def test_a_model_that_comes_later_reads_passages_without_reading_tracks(library: Library) -> None:
    meaning = FakeEncoder()
    meaning.gone = GONE
    without = build(library, meaning)
    assert opened(library).reader.vectors is None
    later = FakeEncoder()

    report = build(library, later)

    assert without.sentences[-2] == f"Built without meaning: {GONE.why}."
    assert (report.built, report.read, report.carried, report.understood) == (True, (), 3, 3)
    assert held(library).account.lacking == 0


def test_without_a_model_search_goes_by_words(library: Library) -> None:
    meaning = FakeEncoder()
    meaning.gone = GONE

    report = build(library, meaning)

    assert report.problems == ()
    assert found(opened(library), "swelling") == ["pills"]
    assert not opened(library).search("swelling").meaning
    assert build(library, meaning).sentences == (
        "Nothing changed; index g000001 stays (3 passages).",
    )


def test_a_model_that_went_away_leaves_the_vectors_there_are(library: Library) -> None:
    build(library, FakeEncoder())
    write_track(library, "scans", "a scan shows the liver")
    meaning = FakeEncoder()
    meaning.gone = GONE

    report = build(library, meaning)

    assert report.meaning == f"1 passage of 3 built without meaning: {GONE.why}."
    assert lengths(library) == [1, 0, 1, 0]
    assert held(library).account.lacking == 1


def test_a_passage_without_a_vector_is_near_to_nothing(library: Library) -> None:
    build(library, FakeEncoder())
    write_track(library, "scans", "a scan shows the liver")
    gone = FakeEncoder()
    gone.gone = GONE
    build(library, gone)
    vector = FakeEncoder().vector_for("scan", "identity of one")
    assert vector is not None

    near = held(library).cosines(vector)

    assert near[[1, 3]].tolist() == [0, 0]
    assert near[[0, 2]].all()


def test_what_lacks_a_vector_is_read_when_the_model_is_back(library: Library) -> None:
    build(library, FakeEncoder())
    write_track(library, "scans", "a scan shows the liver")
    meaning = FakeEncoder()
    meaning.gone = GONE
    build(library, meaning)
    meaning = FakeEncoder()

    report = build(library, meaning)

    assert meaning.read == [text_of("scans", "a scan shows the liver")]
    assert (report.read, held(library).account.lacking) == ((), 0)


def test_a_model_that_cannot_be_used_is_a_problem_and_keeps_the_vectors(library: Library) -> None:
    build(library, FakeEncoder())
    meaning = FakeEncoder()
    meaning.gone = NoModel("model.onnx: it is damaged", broken=True)

    report = build(library, meaning)

    assert report.problems == ("Meaning is not used: model.onnx: it is damaged.",)
    assert (report.built, held(library).account.lacking) == (False, 0)


def test_another_model_that_does_not_load_takes_no_vectors_away(library: Library) -> None:
    build(library, FakeEncoder())
    write_track(library, "scans", "a scan shows the liver")
    other = FakeEncoder("two")
    other._load = lambda: NoModel("it does not load", broken=True)

    report = build(library, other)

    assert report.problems == ("1 passage of 3 built without meaning: it does not load.",)
    assert held(library).identity == "identity of one"


def test_a_text_that_the_model_cannot_read_is_said_and_the_others_are_read(
    library: Library,
) -> None:
    report = build(library, FakeEncoder(refused="lungs"))

    assert "1 passage of 3 built without meaning" in report.problems[0]
    assert "no memory left" in report.problems[0]
    assert lengths(library) == [1, 0, 1]


def test_a_text_that_can_never_be_read_builds_no_index_every_night(library: Library) -> None:
    meaning = FakeEncoder(refused="lungs")
    build(library, meaning)

    report = build(library, meaning)

    assert (report.built, report.generation) == (False, "g000001")
    assert "no memory left" in report.problems[0]


def test_the_same_words_twice_are_read_once(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": "it reaches the brain"})
    write_track(library, "pills", "it reaches the brain", "es.manual.vtt")
    meaning = FakeEncoder()

    build(library, meaning)

    assert len(meaning.read) == 1
    assert lengths(library) == [1, 1]


def test_a_library_without_captions_needs_no_vectors(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": ""})
    meaning = FakeEncoder()
    build(library, meaning)

    report = build(library, meaning)

    assert (report.built, opened(library).reader.vectors, meaning.loads) == (False, None, 0)


@pytest.mark.slow
@pytest.mark.parametrize("file", ["account.json", "values.npy", "scales.npy", "digests.npy"])
def test_damaged_vectors_are_noticed_and_computed_again(library: Library, file: str) -> None:
    meaning = FakeEncoder()
    build(library, meaning)
    assert meaning.read
    damaged = library.index_dir / "g000001/vectors" / file
    content = bytearray(damaged.read_bytes())
    content[-2] ^= 1
    damaged.write_bytes(content)
    with pytest.raises(NoIndex, match=f"{file}: it is damaged; run `hope index`"):
        opened(library)

    build(library, meaning)

    assert len(meaning.read) == 3
    assert found(opened(library), "swelling") == ["pills"]


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("values", np.zeros((2, DIMENSIONS), np.float32)),
        ("values", np.zeros((2, DIMENSIONS + 1), np.int8)),
        ("values", np.zeros((), np.int8)),
        ("scales", np.zeros(3, np.float32)),
        ("scales", np.zeros(2, np.float64)),
        ("digests", np.zeros((2, 8), np.uint8)),
    ],
)
def test_arrays_of_another_kind_are_refused(tmp_path: Path, name: str, array: np.ndarray) -> None:
    folder = tmp_path / "vectors"
    vectors.save(empty_vectors(Account("m", "i", DIMENSIONS, "1"), 2), folder)
    np.save(folder / f"{name}.npy", array)

    with pytest.raises(IndexerError, match=rf"{name}\.npy holds .*; run `hope index`"):
        vectors.load(folder)


def test_vectors_that_do_not_fit_the_passages_are_not_served(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(library, FakeEncoder())
    write_track(library, "scans", "a scan shows the liver")
    short = empty_vectors(Account("m", "i", DIMENSIONS, "1"), 1)
    save = vectors.save
    monkeypatch.setattr("indexer.storage.vectors.save", lambda _, folder: save(short, folder))

    with pytest.raises(IndexerError, match="tables and vectors do not agree"):
        build(library, FakeEncoder())

    assert opened(library).name == "g000001"


@pytest.mark.slow
def test_a_kill_while_passages_are_read_leaves_the_old_index(library: Library) -> None:
    build(library, FakeEncoder())
    write_track(library, "scans", "a scan shows the liver")
    write_track(library, "trials", "a trial compares three treatments")
    script = """
        import os, signal, sys
        from pathlib import Path
        from catalog import Library
        from fake_model import FakeEncoder, Reader
        from test_vectors import build

        def killed(reader, text, running):
            os.kill(os.getpid(), signal.SIGKILL)

        Reader.embed = killed
        build(Library(Path(sys.argv[1])), FakeEncoder())
    """
    words = [sys.executable, "-c", dedent(script), str(library.root)]
    place = {**os.environ, "PYTHONPATH": str(SUPPORT)}
    run = subprocess.run(words, cwd=Path(__file__).parent, env=place, check=False)

    assert run.returncode < 0
    assert (library.index_dir / ".building/tables").is_dir()
    assert opened(library).name == "g000001"
    assert held(library).account.lacking == 0
    assert build(library, FakeEncoder()).generation == "g000002"


def test_vectors_can_be_read_after_their_files_are_gone(library: Library) -> None:
    meaning = FakeEncoder()
    build(library, meaning)
    there = held(library)
    vector = meaning.vector_for("brain", there.identity)
    assert vector is not None

    shutil.rmtree(library.index_dir)

    assert there.cosines(vector).all()


def test_bytes_keep_the_nearness_of_numbers() -> None:
    rows: Floats = np.random.default_rng(1).normal(size=(3_000, 384)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    values, scales = compressed(rows)
    there = Vectors(Account("m", "i", 384, "1"), values, scales, np.ones((3_000, 16), np.uint8))

    near = there.cosines(rows[7])

    assert np.abs(near - rows @ rows[7]).max() < 0.003
    assert int(near.argmax()) == 7


def test_no_rows_are_near_to_nothing() -> None:
    there = empty_vectors(Account("m", "i", DIMENSIONS, "1"), 0)

    assert there.cosines(np.ones(DIMENSIONS, np.float32)).shape == (0,)


def test_half_of_a_character_has_a_digest() -> None:
    assert digest_of("scan \ud800") != digest_of("scan")


def test_check_says_how_much_of_the_index_has_meaning(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    meaning = FakeEncoder()
    monkeypatch.setattr("indexer.commands.check.open_model", meaning._load_it)
    monkeypatch.setattr("indexer.generation.QueryEncoder", lambda: meaning)
    meaning.gone = GONE
    build(library, meaning)
    meaning.gone = None
    without = check_library(library).meaning
    build(library, FakeEncoder("two"))
    other = check_library(library).meaning
    build(library, meaning)
    whole = check_library(library).meaning

    assert without.startswith("Meaning is not used: the index was built without a sentence model")
    assert other.startswith("Meaning is not used: the index was built with another sentence model")
    assert whole == (
        "Meaning is used: the sentence model model one loads, "
        "3 passages of the index were read with it."
    )
