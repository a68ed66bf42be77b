"""`hope import` as an operator runs it: what it shows, asks, keeps and never loses."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from command_line import hope
from libraries import vtt, write_captions, write_catalogue

from catalog import Library, checksum
from transcripts.fetching.provenance import by_hand
from transcripts.importing import sources

ID, OTHER = "abcdefghijk", "zyxwvutsrqp"
CATALOGUE = f"""
    slug = "talks"
    title = "Talks"
    [[videos]]
    slug = "how-sleep-works"
    title = "How does sleep work, and why do we need it?"
    youtube = "{ID}"
    [[videos]]
    slug = "rest-part-1"
    title = "Rest, part 1"
    youtube = "{OTHER}"
    duration = "2:00"
    [[videos]]
    slug = "rest-part-2"
    title = "Rest, part 2"
"""
SAID = vtt("We sleep to rest.\nIt is so.")
SRT = "1\n00:00:01,000 --> 00:00:04,000\nWe sleep to rest.\n"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    write_catalogue(tmp_path / "library", CATALOGUE)
    return Library(tmp_path / "library")


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, content: str | bytes = SAID) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def tracks(library: Library) -> set[str]:
    return {
        path.relative_to(library.captions_dir).as_posix()
        for path in library.captions_dir.rglob("*")
        if path.is_file() and not path.name.endswith(".provenance.json")
    }


SURE = {
    f"My upload [{ID}].en.vtt": "how-sleep-works/en.manual.vtt",
    "how-sleep-works.es.vtt": "how-sleep-works/es.manual.vtt",
    "How does sleep work, and why do we need it_.en.vtt": "how-sleep-works/en.manual.vtt",
    "rest-part-2.mp4.vtt": "rest-part-2/en.manual.vtt",
    "Rest, part 1 - English (auto-generated).vtt": "rest-part-1/en.auto.vtt",
    "12345678_how-sleep-works.vtt": "how-sleep-works/en.manual.vtt",
    "rest-part-1/audio_transcript.vtt": "rest-part-1/en.auto.vtt",
    f"{ID}/captions.vtt": "how-sleep-works/en.manual.vtt",
}


@pytest.mark.parametrize(("name", "track"), SURE.items(), ids=SURE)
def test_what_is_sure_is_taken_in_without_a_question(
    library: Library, given: Path, name: str, track: str
) -> None:
    put(given, name)

    result = hope(library, "import", str(given))

    assert result.exit_code == 0, result.output
    assert tracks(library) == {track}
    assert f"-> captions/{track}: new, by " in result.stdout
    assert "1 track taken in." in result.stdout


def test_a_short_slug_in_a_longer_name_is_not_sure(library: Library, given: Path) -> None:
    write_catalogue(
        library.root,
        'slug="more"\ntitle="M"\n[[videos]]\nslug="lung-cancer"\ntitle="Lung cancer"\n'
        '[[videos]]\nslug="lung-cancer-and-sleep"\ntitle="Sleep"\n',
        "more.toml",
    )
    put(given, "lung-cancer screening.vtt")
    put(given, "my lung-cancer-and-sleep talk.vtt")

    shown = hope(library, "import", str(given), "--dry-run").stdout.splitlines()

    assert "captions/lung-cancer/en.manual.vtt" in shown[0]
    assert shown[0].endswith("; you will be asked.")
    assert "captions/lung-cancer-and-sleep/en.manual.vtt" in shown[1]
    assert not shown[1].endswith("; you will be asked.")


UNSURE = {
    "by a title like it": ("How does sleep work and why do we need.vtt", "how-sleep-works"),
    "by its length": ("captions (3).vtt", "rest-part-1"),
    "longer than the video": (f"[{OTHER}].vtt", "rest-part-1"),
}


@pytest.mark.parametrize(("name", "video"), UNSURE.values(), ids=UNSURE)
def test_what_is_not_sure_is_asked(library: Library, given: Path, name: str, video: str) -> None:
    ends = {"rest-part-1": "\n" * 23 + "So." if "captions" in name else "\n" * 40 + "So."}
    put(given, name, vtt(f"We sleep.{ends.get(video, '')}"))

    alone = hope(library, "import", str(given))
    no = hope(library, "import", str(given), typed="n\n")
    shown = hope(library, "import", str(given), "--dry-run")
    assert (alone.exit_code, no.exit_code) == (1, 1)
    assert "Nobody is here to answer; `--yes` takes" in alone.stderr
    assert "1 track would be taken in" in shown.stdout
    assert tracks(library) == set()

    yes = hope(library, "import", str(given), typed="y\n")

    assert yes.exit_code == 0, yes.output
    assert tracks(library) == {f"{video}/en.manual.vtt"}


@pytest.mark.parametrize("which", ["", "captions.vtt"])
def test_the_folder_that_was_named_tells_the_video_too(
    library: Library, given: Path, which: str
) -> None:
    put(given, "how-sleep-works/captions.vtt")

    result = hope(library, "import", str(given / "how-sleep-works" / which))

    assert result.exit_code == 0, result.output
    assert tracks(library) == {"how-sleep-works/en.manual.vtt"}


def test_what_fits_no_video_is_named_and_nothing_is_guessed(library: Library, given: Path) -> None:
    put(given, "Rest, part 3.vtt")
    put(given, "notes.docx", b"PK no captions")
    put(given, "page.html", "<!doctype html><html></html>")
    put(given, "empty.vtt", "WEBVTT\n")
    put(given, "gone.srt", "")

    result = hope(library, "import", str(given), "--yes")

    assert result.exit_code == 1
    assert "Rest, part 3.vtt: no video of the catalogue has its id, slug, title or" in result.stdout
    assert "notes.docx: this is no file of captions, and not one of the forms" in result.stdout
    assert "page.html: this is an HTML page (a web page), and not" in result.stdout
    assert "gone.srt: the file is empty.\n" in result.stdout
    assert "empty.vtt: " in result.stdout
    assert tracks(library) == set()


def test_where_it_came_from_is_kept_and_fetching_leaves_it_alone(
    library: Library, given: Path
) -> None:
    put(given, "how-sleep-works.vtt")

    hope(library, "import", str(given))

    track = library.captions_of("how-sleep-works") / "en.manual.vtt"
    told = json.loads(track.with_name(track.name + ".provenance.json").read_text())
    assert told["extractor"] == "import"
    assert told["name"] == "how-sleep-works.vtt (matched by the slug)"
    assert told["sha256"] == checksum(SAID.encode())
    assert str(given) not in json.dumps(told)
    assert by_hand(track)


def test_the_same_track_again_is_there_already(library: Library, given: Path) -> None:
    put(given, "how-sleep-works.vtt")
    hope(library, "import", str(given))

    again = hope(library, "import", str(given))

    assert (again.exit_code, again.stdout) == (0, "0 tracks taken in, 1 there already.\n")


@pytest.mark.parametrize("before", ["en.manual.vtt", "en.manual.srt"])
def test_a_track_that_differs_is_asked_for_and_set_aside(
    library: Library, given: Path, before: str
) -> None:
    own = SRT if before.endswith("srt") else vtt("Somebody corrected this.")
    write_captions(library, "how-sleep-works", own, before)
    put(given, "how-sleep-works.vtt")

    no = hope(library, "import", str(given), typed="n\n")
    assert no.exit_code == 1
    assert f"it takes the place of {before}, which differs" in no.stderr
    assert tracks(library) == {f"how-sleep-works/{before}"}

    yes = hope(library, "import", str(given), "--yes")

    assert yes.exit_code == 0
    assert f"it takes the place of {before}, which differs" in yes.stdout
    assert tracks(library) == {"how-sleep-works/en.manual.vtt"}
    (aside,) = (library.drafts_dir / "replaced").iterdir()
    assert aside.read_text() == own
    assert f"What was there before lies in {aside} now." in yes.stdout


def test_two_files_for_one_place_are_both_left(library: Library, given: Path) -> None:
    put(given, "a/how-sleep-works.vtt")
    put(given, "b/how-sleep-works.vtt", vtt("Something else."))

    result = hope(library, "import", str(given), "--yes")

    assert result.exit_code == 1
    one, other = (given / f"{folder}/how-sleep-works.vtt" for folder in "ab")
    place = "is for en.manual.vtt of how-sleep-works too; give one of them."
    assert f"Not taken: {one}: {other} {place}\n" in result.stdout
    assert f"Not taken: {other}: {one} {place}\n" in result.stdout
    assert tracks(library) == set()


def test_what_whisper_wrote_in_its_own_form_is_a_machine_s(library: Library, given: Path) -> None:
    segments = {"segments": [{"start": 0.0, "end": 2.0, "text": " We sleep."}], "language": "en"}
    put(given, "how-sleep-works.json", json.dumps(segments))

    hope(library, "import", str(given))

    assert tracks(library) == {"how-sleep-works/en.auto.json"}


def test_the_operator_says_language_and_kind_of_all(library: Library, given: Path) -> None:
    file = put(given, "how-sleep-works.vtt")

    hope(library, "import", str(file), "--language", "es", "--kind", "auto")
    wrong = hope(library, "import", str(file), "--kind", "human")

    assert tracks(library) == {"how-sleep-works/es.auto.vtt"}
    assert wrong.exit_code == 2
    assert wrong.stderr == "'human' is no kind; the kinds are manual, auto, translated\n"


def test_an_archive_is_read_and_what_leads_out_of_it_is_not(library: Library, given: Path) -> None:
    archive = given / "captions.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("talks/how-sleep-works.vtt", SAID)
        made.writestr("../rest-part-2.vtt", SAID)
        made.writestr("/etc/rest-part-2.vtt", SAID)
        made.writestr("__MACOSX/._how-sleep-works.vtt", b"x")

    result = hope(library, "import", str(archive), "--yes")

    assert result.exit_code == 1
    assert tracks(library) == {"how-sleep-works/en.manual.vtt"}
    assert result.stdout.count("its name leads out of the archive") == 2


def test_an_archive_that_unfolds_without_an_end_is_given_up(
    library: Library, given: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "LARGEST", 10_000)
    with zipfile.ZipFile(given / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("how-sleep-works.vtt", SAID + "\n" * 1_000_000)

    result = hope(library, "import", str(given))

    assert result.exit_code == 1
    assert "bomb.zip: how-sleep-works.vtt: it is too large to be captions" in result.stdout

    monkeypatch.setattr(sources, "LARGEST_IN_ALL", 10)
    put(given, "how-sleep-works.vtt")
    assert hope(library, "import", str(given)).exit_code == 2


def test_films_beside_captions_are_left_alone_and_no_trouble(library: Library, given: Path) -> None:
    put(given, "how-sleep-works.vtt")
    put(given, "how-sleep-works.mp4", b"\0" * 100)
    put(given, "how-sleep-works.vtt.provenance.json", "{}")

    result = hope(library, "import", str(given))

    assert result.exit_code == 0
    assert "1 track taken in, 2 beside them left alone." in result.stdout


@pytest.mark.parametrize("damage", [b"PK\x05\x06" + b"\0" * 18, b"not an archive"])
def test_a_damaged_archive_is_a_sentence(library: Library, given: Path, damage: bytes) -> None:
    put(given, "captions.zip", damage)

    assert hope(library, "import", str(given)).exit_code in {0, 1}


def test_what_is_no_language_is_wrong_use(library: Library, given: Path) -> None:
    put(given, "how-sleep-works.vtt")

    result = hope(library, "import", str(given), "--language", "english")

    assert result.exit_code == 2
    assert "'english' is no language; write its code, like en or es-419" in result.stderr


def test_a_path_that_is_missing_is_wrong_use(library: Library, given: Path) -> None:
    missing = hope(library, "import", str(given / "nothing"))
    nothing = hope(library, "import")

    assert (missing.exit_code, nothing.exit_code) == (2, 2)
    assert "there is no such file or folder" in missing.stderr
    assert "Name the caption files" in nothing.stderr
