"""QR codes, drawn here: no address on somebody's list is ever sent to a service to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import segno

# A code that can be read from paper: longer addresses would need dots too small for that.
LONGEST = 330
QUIET = 4


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code as an SVG path of horizontal strokes, one unit thick, on a square of `side` units.

    The square holds the quiet zone of four units that a reader needs.
    """

    side: int
    path: str


@lru_cache(maxsize=500)
def draw_qr(text: str) -> QrCode | None:
    """Draw a code at error correction M (15 %); None when the text is too long for paper."""
    if len(text.encode()) > LONGEST:
        return None
    drawn = segno.make(text, error="m", micro=False)
    rows = [bytes(row) for row in drawn.matrix_iter(border=QUIET)]
    strokes = (_strokes(row, place) for place, row in enumerate(rows))
    return QrCode(len(rows), "".join(strokes))


def _strokes(row: bytes, place: int) -> str:
    """The dark runs of a row, from the row's left edge on."""
    runs = [(dark, len(list(dots))) for dark, dots in groupby(row)]
    if len(runs) == 1:
        return ""
    steps = (f"h{length}" if dark else f"m{length} 0" for dark, length in runs[:-1])
    return f"M0 {place}.5{''.join(steps)}"
