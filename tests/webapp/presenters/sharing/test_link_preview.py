from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from memory import in_memory
from PIL import Image

from catalog import Library
from indexer import Generation
from webapp.presenters.sharing.link_preview import LinkPreview, link_preview
from webapp.rendering.lettering import REGULAR, Lettering

LIBRARY = Library(Path("no-library"))
TALK = {"one": "Stage four is a word.\nIt is no sentence.\nAsk about it."}


@pytest.fixture(scope="module")
def generation() -> Generation:
    return in_memory(TALK)


def of_moment(generation: Generation, t: str, **more: str) -> LinkPreview:
    found = link_preview(generation, LIBRARY, "watch", "one", {"t": t, **more})
    assert found
    return found


def test_a_moment_is_its_whole_words_and_its_time(generation: Generation) -> None:
    found = of_moment(generation, "5")

    assert found.title == found.card.words == "“It is no sentence.”"
    assert found.description.startswith("“It is no sentence.")
    assert (found.card.time, found.card.source) == ("0:05", "One · Talks")
    assert found.card.by == ""


def test_words_with_no_room_are_not_shown_in_part(
    generation: Generation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.presenters.sharing.link_preview.LONGEST_WORDS", 10)

    found = of_moment(generation, "5")

    assert (found.title, found.card.words) == ("One", "One")
    assert found.description.startswith("“It is no sentence.")


@pytest.mark.parametrize("t", ["", "soon", "9999"])
def test_without_a_moment_it_is_the_video(generation: Generation, t: str) -> None:
    found = of_moment(generation, t)

    assert (found.title, found.card.words, found.card.time) == ("", "One", "")


def test_what_is_not_there_has_no_preview(generation: Generation) -> None:
    for kind, slug in (("watch", "two"), ("topic", "x"), ("series", "x"), ("nothing", "one")):
        assert link_preview(generation, LIBRARY, kind, slug, {}) is None


def test_words_that_cannot_be_written_leave_the_picture_to_the_video(
    generation: Generation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(tmp_path)
    library.posters_dir.mkdir()
    Image.new("RGB", (64, 48)).save(library.posters_dir / "one.png")
    written = link_preview(generation, library, "watch", "one", {"t": "5"})
    monkeypatch.setattr(
        "webapp.presenters.sharing.link_preview.lettering", lambda _text: Lettering("", (REGULAR,))
    )

    found = link_preview(generation, library, "watch", "one", {"t": "5"})

    assert written
    assert found
    assert (written.card.poster, found.card.poster) == (None, library.posters_dir / "one.png")
    assert found == replace(
        written,
        card=replace(
            written.card, poster=found.card.poster, poster_version=found.card.poster_version
        ),
    )


def test_a_series_is_its_title(generation: Generation) -> None:
    found = link_preview(generation, LIBRARY, "series", "talks", {})

    assert found
    assert replace(found.card, source="").alt == "Talks"
