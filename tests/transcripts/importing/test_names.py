import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.importing.names import read_name

NAMES = {
    "How Sleep Works [abcdefghijk].en.vtt": ("how-sleep-works-abcdefghijk", "en", ""),
    "how-sleep-works.es.srt": ("how-sleep-works", "es", ""),
    "how_sleep_works.mp4.vtt": ("how-sleep-works", "", ""),
    "How sleep works - English (auto-generated).srt": ("how-sleep-works", "en", "auto"),
    "How sleep works (Spanish).srt": ("how-sleep-works", "es", ""),
    "How sleep works - Spanish (Latin America).srt": ("how-sleep-works", "es", ""),
    "How sleep works_Español.srt": ("how-sleep-works", "es", ""),
    "How sleep works.pt-BR.manual.srt": ("how-sleep-works", "pt-BR", ""),
    "captions.sbv": ("captions", "", ""),
    "en.auto.json3": ("", "en", "auto"),
    "12345678_how-sleep-works.captions.srt": ("how-sleep-works", "", ""),
    "GMT20240102-150000_Recording.transcript.vtt": ("", "", "auto"),
    "2024-01-02 15.00.00 How sleep works": ("how-sleep-works", "", ""),
    "What to do.srt": ("what-to-do", "", ""),
    "Who is it.srt": ("who-is-it", "", ""),
    "Talk part 2.srt": ("talk-part-2", "", ""),
}


@pytest.mark.parametrize(("name", "tells"), NAMES.items(), ids=NAMES)
def test_a_name_tells_words_language_and_kind(name: str, tells: tuple[str, str, str]) -> None:
    read = read_name(name)

    assert (read.slug, read.language, read.kind) == tells


@given(st.text(max_size=400))
def test_any_name_is_read(name: str) -> None:
    read = read_name(name)

    assert read.kind in {"", "auto", "manual", "translated"}
    assert all(word.isalnum() for word in read.words)


def test_a_name_without_an_end_is_read_soon() -> None:
    assert read_name(" (a" * 100_000).language == ""
