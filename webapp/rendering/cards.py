"""Cards: the picture of 1200 x 630 that other sites show beside a link to a page of this one.

Only words of the library are drawn, never any out of an address.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps
from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
# Smaller ones, for programs that ask for no more.
WIDTHS = (WIDTH, 600, 300)
SITE = "Hope With Answers search"
_FONTS = Path(__file__).parent.parent / "fonts"
_MARGIN, _FOOT = 72, 96
_LARGEST, _SMALLEST = 68, 34
# More have no room in any case.
_MOST_CHARACTERS = 700
_PAPER, _INK, _SOFT, _DEEP, _ON_DEEP = "#fdf9f2", "#1f2a2b", "#4a5759", "#0d5b55", "#ffffff"
_LEADING = 1.3
# Letters are not all as wide as the average one.
_SPARE = 0.8
_DRAWN_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "MODIFIER", "FEMININE", "MASCULINE", "MICRO")
# A picture is some 60 KB; of so many nothing is drawn twice.
_KEPT = 64


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows: large `words`, who says them, what they are from, and when.

    `poster` is the still picture to stand behind them, with what tells it from another one.
    """

    words: str
    by: str = ""
    source: str = ""
    time: str = ""
    poster: Path | None = None
    poster_version: str = ""

    @property
    def version(self) -> str:
        """What tells this picture from any that looks otherwise."""
        return sha256(repr(self).encode("utf-8", "replace")).hexdigest()[:16]

    @property
    def alt(self) -> str:
        """All its words, for whoever does not see it."""
        return " · ".join(part for part in (self.words, self.by, self.source, self.time) if part)


SITE_CARD = Card(SITE)


@lru_cache(maxsize=_KEPT)
def draw_card(card: Card, width: int = WIDTH) -> bytes:
    """A card as a PNG, or with a poster as a JPEG; `width` is one of `WIDTHS`."""
    picture = _poster(card) or Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    if card.poster and picture.info.get("poster"):
        _draw_over_poster(picture, card)
    else:
        _draw_words(picture, card)
    _draw_foot(picture, card)
    if width != WIDTH:
        picture = picture.resize((width, height_of(width)), Image.Resampling.LANCZOS)
    out = BytesIO()
    if picture.info.get("poster"):
        picture.save(out, "JPEG", quality=85, optimize=True)
    else:
        picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def height_of(width: int) -> int:
    """How high a card of a width is."""
    return round(width * HEIGHT / WIDTH)


def _poster(card: Card) -> Image.Image | None:
    """The still picture, cut to the card's shape; None where it can't be read."""
    if card.poster is None:
        return None
    try:
        with Image.open(card.poster) as still:
            picture = ImageOps.fit(still.convert("RGB"), (WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning):
        return None
    picture.info = {"poster": True}
    return picture


def _draw_over_poster(picture: Image.Image, card: Card) -> None:
    room = WIDTH - 2 * _MARGIN
    font, lines = _fitted(_drawable(card.words), room, 150, 52)
    height = _height(font) * len(lines) + 56
    shade = Image.new("L", (WIDTH, height), 216)
    picture.paste(_DEEP, (0, HEIGHT - _FOOT - height), shade)
    _write(picture, lines, font, HEIGHT - _FOOT - height + 24, _ON_DEEP)


def _draw_words(picture: Image.Image, card: Card) -> None:
    room = WIDTH - 2 * _MARGIN
    small = _font("Regular", 32)
    below = [
        line for text in (card.by, card.source) for line in _lines(_drawable(text), small, room)[:2]
    ]
    space = HEIGHT - _FOOT - 2 * _MARGIN - (_height(small) * len(below) + 28 if below else 0)
    font, lines = _fitted(_drawable(card.words), room, space, _LARGEST)
    y = _write(picture, lines, font, _MARGIN, _INK) + 28
    _write(picture, below, small, y, _SOFT)


def _draw_foot(picture: Image.Image, card: Card) -> None:
    """The strip that says whose page it is, and from when on it plays."""
    draw = ImageDraw.Draw(picture)
    top = HEIGHT - _FOOT
    draw.rectangle((0, top, WIDTH, HEIGHT), fill=_DEEP)
    font = _font("Semibold", 34)
    draw.text((_MARGIN, top + _FOOT / 2), SITE, fill=_ON_DEEP, font=font, anchor="lm")
    if card.time:
        right = WIDTH - _MARGIN
        draw.text((right, top + _FOOT / 2), card.time, fill=_ON_DEEP, font=font, anchor="rm")
        left, middle = right - font.getlength(card.time) - 48, top + _FOOT / 2
        mark = [(left, middle - 16), (left, middle + 16), (left + 28, middle)]
        draw.polygon(mark, fill=_ON_DEEP)


def _write(
    picture: Image.Image, lines: list[str], font: FreeTypeFont, top: float, colour: str
) -> float:
    """Write lines below one another; where the last one ends."""
    draw = ImageDraw.Draw(picture)
    for line in lines:
        draw.text((_MARGIN, top), line, fill=colour, font=font)
        top += _height(font)
    return top


def _fitted(text: str, width: int, height: int, largest: int) -> tuple[FreeTypeFont, list[str]]:
    """The largest letters in which a text has room, and its lines; at the smallest it is cut."""
    text = text[:_MOST_CHARACTERS]
    for size in range(largest, _SMALLEST - 1, -2):
        font = _font("Semibold", size)
        lines = _lines(text, font, width)
        if len(lines) * _height(font) <= height:
            return font, lines
    room = max(1, height // _height(font))
    return font, [*lines[: room - 1], _shortened(lines[room - 1], font, width)]


def _shortened(line: str, font: FreeTypeFont, width: int) -> str:
    while line and font.getlength(f"{line}…") > width:
        line = line[:-1].rstrip()
    return f"{line}…"


def _lines(text: str, font: FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, font, width):
            longer = f"{lines[-1]} {piece}".lstrip()
            if font.getlength(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    return [line for line in lines if line]


def _pieces(word: str, font: FreeTypeFont, width: int) -> Iterator[str]:
    """A word, in pieces where it is longer than a line."""
    while len(word) > 1 and (length := font.getlength(word)) > width:
        fits = max(1, int(len(word) * width / length * _SPARE))
        yield word[:fits]
        word = word[fits:]
    yield word


def _drawable(text: str) -> str:
    """A text as the font has it; nothing at all where it lacks letters of it."""
    seen = "".join(c for c in unicodedata.normalize("NFC", text) if c.isprintable() or c == " ")
    known = all(unicodedata.name(c, "").startswith(_DRAWN_SCRIPTS) for c in seen if c.isalpha())
    return seen if known else ""


def _height(font: FreeTypeFont) -> int:
    return round(font.size * _LEADING)


@cache
def _font(weight: str, size: int) -> FreeTypeFont:
    return ImageFont.truetype(_FONTS / f"OpenSans-{weight}.ttf", size)
