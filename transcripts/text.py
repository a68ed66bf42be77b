"""Text: in which encoding it is, and how words stand in it, with spaces or without."""

import re
from collections.abc import Iterable

from catalog import TITLES, UNSPACED, read_word_lists

UNSPACED_LETTER = re.compile(f"[{UNSPACED}]")
_WITHOUT_SPACE = re.compile(f"[{UNSPACED}。、！？]")
# What always belongs to the word behind it, as alternatives of a regular expression.
ABBREVIATIONS = "|".join(
    (*TITLES, *read_word_lists("transcripts/data/abbreviations.toml").words("before-names"))
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_LOOKED_AT = 4096
_FEWEST_NULS = 0.05
_ONE_SIDE = 0.95


def encoding_of(content: bytes) -> str:
    """The encoding that a file's first bytes name, or its zero bytes tell; else UTF-8."""
    named = next((name for mark, name in _BOMS if content.startswith(mark)), "")
    return named or _wide_encoding(content[:_LOOKED_AT]) or "utf-8"


def _wide_encoding(head: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: ASCII in it leaves zeros at every other place."""
    nuls = head.count(0)
    if len(head) < 8 or nuls < _FEWEST_NULS * len(head):
        return ""
    places = [head[n::4].count(0) / max(1, len(head[n::4])) for n in range(4)]
    if all(place > _ONE_SIDE for place in places[1:]) and places[0] < _FEWEST_NULS:
        return "utf-32-le"
    if all(place > _ONE_SIDE for place in places[:3]) and places[3] < _FEWEST_NULS:
        return "utf-32-be"
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd >= _ONE_SIDE * nuls:
        return "utf-16-le"
    return "utf-16-be" if even >= _ONE_SIDE * nuls else ""


def join(texts: Iterable[str]) -> str:
    """Join words to a text: by spaces, but not between words of scripts without spaces."""
    words = tuple(texts)
    spaced = " ".join(words)
    if not _WITHOUT_SPACE.search(spaced):
        return spaced
    parts: list[str] = []
    for word in words:
        if parts and not joins_without_space(parts[-1][-1:], word[:1]):
            parts.append(" ")
        parts.append(word)
    return "".join(parts)


def joins_without_space(before: str, after: str) -> bool:
    """Whether two characters, given alone, stand side by side without a space."""
    return any(one == "" or _WITHOUT_SPACE.match(one) for one in (before, after))
