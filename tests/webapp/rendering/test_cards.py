from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from webapp.rendering.cards import Card, draw_card
from webapp.rendering.lettering import lettering

PAPER, DEEP = "#fdf9f2", "#0d5b55"
LONG = "It does not mean that nothing can be done. " * 12


def drawn(card: Card, width: int = 1200) -> Image.Image:
    with Image.open(BytesIO(draw_card(card, width))) as picture:
        return picture.convert("RGB")


def is_blank(picture: Image.Image, box: tuple[int, int, int, int], colour: str) -> bool:
    part = picture.crop(box)
    return ImageChops.difference(part, Image.new("RGB", part.size, colour)).getbbox() is None


@pytest.mark.parametrize(("width", "height"), [(1200, 630), (600, 315), (300, 158)])
def test_a_card_has_the_size_that_was_asked_for(width: int, height: int) -> None:
    assert drawn(Card("Stage 4"), width).size == (width, height)


@pytest.mark.slow
@given(st.text(max_size=900), st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=25, deadline=None)
def test_no_words_leave_their_place(words: str, by: str, source: str) -> None:
    picture = drawn(Card(words, by, source, "1:02:03"))

    assert is_blank(picture, (0, 0, 60, 534), PAPER)
    assert is_blank(picture, (1140, 0, 1200, 534), PAPER)
    assert is_blank(picture, (0, 500, 1200, 534), PAPER)


@pytest.mark.parametrize("words", [LONG, "x" * 900, "¿Qué señal? " * 90])
def test_long_words_are_made_smaller_then_cut(words: str) -> None:
    picture = drawn(Card(words, "Dr. Tess Sample", "Basics " * 30, "0:08"))

    assert not is_blank(picture, (72, 72, 1128, 400), PAPER)
    assert is_blank(picture, (0, 500, 1200, 534), PAPER)


def test_every_part_of_a_card_is_drawn_and_told() -> None:
    whole = Card("“¿Qué significa?”", "Dra. Núñez", "Primeros días", "0:08")
    parts = [whole, Card(whole.words), Card(whole.words, whole.by), Card("“¿Que significa?”")]

    assert len({draw_card(card) for card in parts}) == 4
    assert len({card.version for card in parts}) == 4
    assert whole.alt == "“¿Qué significa?” · Dra. Núñez · Primeros días · 0:08"


def test_what_cannot_be_written_gives_its_place_to_what_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("webapp.rendering.lettering._of_the_system", lambda _letters: None)
    lettering.cache_clear()
    words = "\U00010900\U00010901"  # in no font of this machine

    assert draw_card(Card(words, source="Basics")) == draw_card(Card("Basics"))
    assert draw_card(Card(words, "Dr. Tess", words)) == draw_card(Card("Dr. Tess"))
    assert draw_card(Card(words)) == draw_card(Card("Hope With Answers search"))
    assert draw_card(Card("\u202eStage\u2067 4\x00")) == draw_card(Card("Stage 4"))


def test_a_still_picture_stands_alone_where_its_title_cannot_be_written(tmp_path: Path) -> None:
    still = tmp_path / "talk.png"
    Image.new("RGB", (1200, 630), "#804020").save(still)

    picture = drawn(Card("\U00010900\U00010901", poster=still, poster_version="1"))

    assert len(picture.crop((0, 0, 1200, 520)).getcolors(1 << 20) or ()) < 9


def test_a_still_picture_stands_behind_the_title(tmp_path: Path) -> None:
    still = tmp_path / "talk.png"
    Image.new("RGB", (640, 480), "#804020").save(still)

    picture = drawn(Card("Talk", poster=still, poster_version="1"))

    assert is_blank(drawn(Card("Talk")), (0, 0, 1200, 60), PAPER)
    assert abs(picture.getpixel((600, 100))[0] - 0x80) < 6  # type: ignore[index]


def test_a_picture_that_cannot_be_read_is_done_without(tmp_path: Path) -> None:
    broken = tmp_path / "talk.jpg"
    broken.write_bytes(b"\xff\xd8 no picture")

    assert draw_card(Card("Talk", poster=broken)) == draw_card(Card("Talk"))
