"""Cards: the picture of 1200 x 630 that other sites show beside a link to a page of this one.

Only words of the library are drawn, never any out of an address.
"""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps

from webapp.rendering.lettering import REGULAR, SEMIBOLD, Lettering, font_of, lettering

WIDTH, HEIGHT = 1200, 630
# Smaller ones, for programs that ask for no more.
WIDTHS = (WIDTH, 600, 300)
SITE = "Hope With Answers search"
_MARGIN, _FOOT = 72, 96
_ROOM = WIDTH - 2 * _MARGIN
_LARGEST, _SMALL = 68, 32
_PAPER, _INK, _SOFT, _DEEP, _ON_DEEP = "#fdf9f2", "#1f2a2b", "#4a5759", "#0d5b55", "#ffffff"
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
        return _version(self)

    @property
    def alt(self) -> str:
        """All its words, for whoever does not see it."""
        return " · ".join(part for part in (self.words, self.by, self.source, self.time) if part)


@lru_cache(maxsize=_KEPT)
def _version(card: Card) -> str:
    texts = (card.words, card.by, card.source)
    faces = {face.path.name for text in texts for face in lettering(text).faces}
    whole = f"{card!r}{sorted(faces - {REGULAR.path.name}) or ''}"
    return sha256(whole.encode("utf-8", "replace")).hexdigest()[:16]


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
    """The title, on what there is to see; nothing where it cannot be written."""
    words, *_ = _texts(card)
    if not words.text:
        return
    size, lines = words.fitted(_ROOM, 150, 52)
    height = words.height(size) * len(lines) + 56
    shade = Image.new("L", (WIDTH, height), 216)
    picture.paste(_DEEP, (0, HEIGHT - _FOOT - height), shade)
    _write(picture, words, lines, size, HEIGHT - _FOOT - height + 24, _ON_DEEP)


def _draw_words(picture: Image.Image, card: Card) -> None:
    words, *others = _texts(card)
    below = [(one, one.lines(_SMALL, _ROOM)[:2]) for one in others if one.text]
    high = sum(one.height(_SMALL) * len(lines) for one, lines in below)
    space = HEIGHT - _FOOT - 2 * _MARGIN - (high + 28 if below else 0)
    size, lines = words.fitted(_ROOM, space, _LARGEST)
    y = _write(picture, words, lines, size, _MARGIN, _INK) + 28
    for one, lines in below:
        y = _write(picture, one, lines, _SMALL, y, _SOFT)


def _texts(card: Card) -> list[Lettering]:
    """What is written large, and below: the first that can be written stands for what cannot."""
    large = [lettering(text, SEMIBOLD) for text in (card.words, card.source, card.by)]
    small = [lettering(text) for text in (card.by, card.source)]
    first = next((place for place, one in enumerate(large) if one.text), None)
    if first is None:
        return [lettering("" if card.poster else SITE, SEMIBOLD)]
    return [large[first], *(one for one in small if one.text != large[first].text or not first)]


def _draw_foot(picture: Image.Image, card: Card) -> None:
    """The strip that says whose page it is, and from when on it plays."""
    draw = ImageDraw.Draw(picture)
    top = HEIGHT - _FOOT
    draw.rectangle((0, top, WIDTH, HEIGHT), fill=_DEEP)
    font = font_of(SEMIBOLD, 34)
    draw.text((_MARGIN, top + _FOOT / 2), SITE, fill=_ON_DEEP, font=font, anchor="lm")
    if card.time:
        right = WIDTH - _MARGIN
        draw.text((right, top + _FOOT / 2), card.time, fill=_ON_DEEP, font=font, anchor="rm")
        left, middle = right - font.getlength(card.time) - 48, top + _FOOT / 2
        mark = [(left, middle - 16), (left, middle + 16), (left + 28, middle)]
        draw.polygon(mark, fill=_ON_DEEP)


def _write(
    picture: Image.Image, text: Lettering, lines: list[str], size: int, top: float, colour: str
) -> float:
    """Write lines of a text below one another; where the last one ends."""
    draw, rise = ImageDraw.Draw(picture), font_of(text.faces[0], size).getmetrics()[0]
    for line in lines:
        length = text.length(line, size)
        x = WIDTH - _MARGIN - length if text.leftwards else _MARGIN
        for font, run in text.runs(line, size):
            draw.text((x, top + rise), run, fill=colour, font=font, anchor="ls")
            x += font.getlength(run)
        top += text.height(size)
    return top
