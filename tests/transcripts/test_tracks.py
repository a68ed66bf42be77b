from pathlib import Path

import pytest

from catalog import Library, Video
from transcripts import choose_tracks, tracks_of
from transcripts.errors import TranscriptError
from transcripts.reader import transcript_of


def put(library: Library, *names: str) -> None:
    folder = library.captions_of("talk")
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_text("WEBVTT\n")


def names(library: Library) -> list[str]:
    return [track.name for track in tracks_of(library, "talk")]


def chosen(library: Library, language: str = "en", translated: bool = False) -> list[str]:
    video = Video("talk", "Talk", "talks", language=language)
    tracks = choose_tracks(tracks_of(library, "talk"), video, translated)
    return [track.name for track in tracks]


def test_manual_comes_before_automatic_and_json3_before_vtt_and_srt(library: Library) -> None:
    put(library, "en.auto.json3", "en.manual.srt", "en.manual.vtt", "en.translated.vtt")

    assert names(library) == [
        "en.manual.vtt",
        "en.manual.srt",
        "en.auto.json3",
        "en.translated.vtt",
    ]


def test_files_of_other_names_are_no_tracks(library: Library) -> None:
    put(
        library,
        "en.auto.json3",
        "en.auto.json3.toml",
        "notes.txt",
        "en.vtt",
        "en.hand.vtt",
        ".en.auto.vtt",
    )
    (library.captions_of("talk") / "es.auto.vtt").mkdir()

    assert names(library) == ["en.auto.json3"]


def test_a_video_without_a_folder_has_no_tracks(library: Library) -> None:
    assert names(library) == []


def test_one_track_a_language_is_chosen_the_videos_own_first(library: Library) -> None:
    put(library, "en.auto.vtt", "en.manual.vtt", "es.auto.json3", "es.auto.vtt", "fr.manual.srt")

    assert chosen(library, "es") == ["es.auto.json3", "en.manual.vtt", "fr.manual.srt"]


def test_variants_of_a_language_are_one_language(library: Library) -> None:
    put(library, "en-GB.auto.json3", "en-US.manual.srt", "en.manual.vtt")

    assert chosen(library, "en") == ["en.manual.vtt"]
    assert chosen(library, "en-us") == ["en-US.manual.srt".lower()]


def test_the_order_in_which_tracks_are_given_does_not_matter(library: Library) -> None:
    put(library, "en.auto.json3", "en.auto.srt", "en.manual.srt", "en.manual.vtt", "es.auto.srt")
    video = Video("talk", "Talk", "talks")
    tracks = tracks_of(library, "talk")

    assert choose_tracks(reversed(tracks), video) == choose_tracks(tracks, video)


def test_a_machine_translation_is_chosen_only_when_asked_for(library: Library) -> None:
    put(library, "en.auto.vtt", "es.translated.vtt")

    assert chosen(library) == ["en.auto.vtt"]
    assert chosen(library, translated=True) == ["en.auto.vtt", "es.translated.vtt"]


def test_a_tracks_language_is_told_from_its_spelling(library: Library) -> None:
    put(library, "EN-us.auto.vtt")

    assert [track.language for track in tracks_of(library, "talk")] == ["en-us"]


def test_a_folder_that_cannot_be_read_is_named(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, "en.auto.vtt")

    def closed(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr("os.scandir", closed)
    with pytest.raises(TranscriptError, match=r"^captions/talk: cannot be read: Permission denied"):
        tracks_of(library, "talk")


def test_of_a_chat_and_the_talk_the_talk_is_read(library: Library) -> None:
    folder = library.captions_of("talk")
    folder.mkdir(parents=True)
    cue = "WEBVTT\n\n00:01.000 --> 00:09.000\n"
    (folder / "en.manual.vtt").write_text(f"{cue}hello all")
    (folder / "en.auto.vtt").write_text(cue + "what is said " * 9)

    read = transcript_of(library, Video("talk", "Talk", "talks"))

    assert read.track.name == "en.auto.vtt"


def test_a_link_in_a_circle_is_no_track_and_hides_no_other(library: Library) -> None:
    put(library, "en.manual.vtt")
    (library.captions_of("talk") / "en.auto.vtt").symlink_to("en.auto.vtt")

    assert names(library) == ["en.manual.vtt"]
