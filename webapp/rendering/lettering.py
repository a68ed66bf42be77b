"""Lettering: with which font a text can be written into a picture, and into which lines it falls.

The font that is shipped has Latin, Greek and Cyrillic letters. For others one of the system's is
taken that has them all (fontconfig); a text that no font has is not written: half of it, or boxes,
would be other words.
"""

import re
import shutil
import subprocess
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from PIL import ImageFont, features
from PIL.ImageFont import FreeTypeFont

_FONTS = Path(__file__).parent.parent / "fonts"
_LEADING = 1.3
_SMALLEST = 34
# More have no room in any case.
_MOST_CHARACTERS = 700
# Letters are not all as wide as the average one.
_SPARE = 0.8
_SAMPLE_SIZE = 24
_NEVER_A_LETTER = "\U0010ffff"
_FORMAT = "%{family}\t%{weight}\t%{index}\t%{file}\n"
_SECONDS = 5
# Pictograms, spaces and quotation marks are left out where a font lacks them.
_DONE_WITHOUT = ("So", "Sk", "Zs", "Cf", "Pi", "Pf")
# How pictograms are shown, and what keeps letters apart or together.
_UNSEEN = dict.fromkeys(range(0xFE00, 0xFE10))
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Face:
    """A font file, or one of the fonts in it."""

    path: Path
    index: int = 0

    def has(self, character: str) -> bool:
        """Whether it has a letter or a mark."""
        return character.isspace() or _shape(self, character) != _shape(self, _NEVER_A_LETTER)

    def height(self, size: int) -> int:
        """How far apart lines are, in letters of a size."""
        own = sum(font_of(self, size).getmetrics()) if self not in (REGULAR, SEMIBOLD) else 0
        return max(round(size * _LEADING), own)


REGULAR, SEMIBOLD = (Face(_FONTS / f"OpenSans-{one}.ttf") for one in ("Regular", "Semibold"))


@dataclass(frozen=True, slots=True)
class Lettering:
    """A text as faces can write it, each letter in the first that has it; "" where none can."""

    text: str
    faces: tuple[Face, ...]

    @property
    def leftwards(self) -> bool:
        """Whether it is read from right to left."""
        kinds = (unicodedata.bidirectional(c) for c in self.text)
        return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"

    def height(self, size: int) -> int:
        """How far apart its lines are, in letters of a size."""
        return max(face.height(size) for face in self.faces)

    def runs(self, line: str, size: int) -> Iterator[tuple[FreeTypeFont, str]]:
        """The parts of a line that are written in one font each."""
        for face, letters in groupby(line, self._face_of):
            yield font_of(face, size), "".join(letters)

    def _face_of(self, letter: str) -> Face:
        return next((face for face in self.faces if face.has(letter)), self.faces[0])

    def length(self, line: str, size: int) -> float:
        """How many pixels a line takes."""
        return sum(font.getlength(run) for font, run in self.runs(line, size))

    def lines(self, size: int, width: int) -> list[str]:
        """The lines of so many pixels into which it falls in letters of a size."""
        lines = [""]
        for space, piece in self._pieces(size, width):
            longer = f"{lines[-1]}{space if lines[-1] else ''}{piece}"
            if self.length(longer, size) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
        return [line for line in lines if line]

    def fitted(self, width: int, height: int, largest: int) -> tuple[int, list[str]]:
        """The largest size in which it has room, and its lines; at the smallest it is cut."""
        sizes = range(_SMALLEST, largest + 1, 2)
        too_large = bisect_left(
            sizes, True, key=lambda size: len(self.lines(size, width)) * self.height(size) > height
        )
        size = sizes[max(0, too_large - 1)]
        lines = self.lines(size, width)
        if too_large:
            return size, lines
        room = max(1, height // self.height(size))
        return size, [*lines[: room - 1], self._shortened(lines[room - 1], size, width)]

    def _shortened(self, line: str, size: int, width: int) -> str:
        while line and self.length(f"{line}…", size) > width:
            line = line[:-1].rstrip()
        return f"{line}…"

    def _pieces(self, size: int, width: int) -> Iterator[tuple[str, str]]:
        """What may begin a line, each with what else stands before it."""
        for word in self.text.split():
            space = " "
            for part in _breaking(word):
                rest = part
                while len(rest) > 1 and (length := self.length(rest, size)) > width:
                    fits = max(1, int(len(rest) * width / length * _SPARE))
                    yield space, rest[:fits]
                    rest, space = rest[fits:], ""
                yield space, rest
                space = ""


@lru_cache(maxsize=512)
def lettering(text: str, shipped: Face = REGULAR) -> Lettering:
    """How a text is written: in a face that is shipped, else in one of the system's, else not."""
    shown = unicodedata.normalize("NFC", text[:_MOST_CHARACTERS]).translate(_UNSEEN)
    seen = "".join(c for c in shown if c.isprintable() or c in _JOINERS)
    # Everything else is a part of the words.
    words = {c for c in seen if unicodedata.category(c) not in _DONE_WITHOUT}
    lacking = {c for c in words if not shipped.has(c)}
    faces: tuple[Face | None, ...] = (shipped,)
    if any(map(_is_set, lacking)):  # in one font, or its letters would not stand as they should
        faces = (_of_the_system(frozenset(words)),)
    elif lacking:
        faces = (shipped, _of_the_system(frozenset(lacking)))
    had = tuple(face for face in faces if face)
    if had != faces:
        return Lettering("", (shipped,))
    kept = (c for c in seen if c in _JOINERS or any(face.has(c) for face in had))
    return Lettering("".join(kept), had)


def _of_the_system(letters: frozenset[str]) -> Face | None:
    """The plainest font of the system that has all these letters and can set them."""
    asks = shutil.which("fc-list")
    if asks is None or (any(map(_is_set, letters)) and not _can_set()):
        return None
    wanted = " ".join(f"{ord(c):x}" for c in sorted(letters))
    command = [asks, f"--format={_FORMAT}", f":charset={wanted}:scalable=true:slant=0"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=True)  # noqa: S603 - numbers only
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    found = [line.split("\t") for line in told.stdout.splitlines() if line.count("\t") == 3]
    for *_, index, path in sorted(found, key=_plainness):
        face = Face(Path(path), int(index) if index.isdigit() else 0)
        if _can_be_read(face):
            return face
    return None


def _plainness(font: list[str]) -> tuple[object, ...]:
    family, weight, index, path = font
    heavy = re.search(r"\d+", weight)
    order = ("Noto Sans" not in family, "Sans" not in family, "Mono" in family)
    return *order, abs(int(heavy[0]) - 80) if heavy else 999, path, index


def _can_be_read(face: Face) -> bool:
    try:
        return bool(font_of(face, _SAMPLE_SIZE))
    except (OSError, ValueError):
        return False


def _is_set(character: str) -> bool:
    """Whether a letter stands where others have it stand: to their left, above or below them."""
    leftwards = unicodedata.bidirectional(character) in ("R", "AL", "AN")
    return leftwards or unicodedata.category(character) in ("Mn", "Mc")


@cache
def _can_set() -> bool:
    return bool(features.check("raqm") and features.check("fribidi"))


@lru_cache(maxsize=256)
def font_of(face: Face, size: int) -> FreeTypeFont:
    """A face in letters of a size."""
    return ImageFont.truetype(face.path, size, face.index)


@lru_cache(maxsize=8192)
def _shape(face: Face, character: str) -> bytes:
    return bytes(font_of(face, _SAMPLE_SIZE).getmask(character))


def _breaking(word: str) -> Iterator[str]:
    """A word, where it is written without spaces as in Chinese by its letters, with their marks."""
    part = ""
    for c in word:
        opens = part and unicodedata.category(part[-1]) in ("Ps", "Pi")
        closes = unicodedata.category(c) in ("Pe", "Pf", "Po", "Lm", "Mn")
        if part and not (opens or closes) and (_stands_alone(c) or _stands_alone(part[-1])):
            yield part
            part = ""
        part += c
    yield part


def _stands_alone(character: str) -> bool:
    wide = unicodedata.east_asian_width(character) in "WF"
    return wide and not unicodedata.name(character, "").startswith("HANGUL")
