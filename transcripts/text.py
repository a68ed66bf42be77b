"""Text: in which encoding it is, and how words stand in it, with spaces or without."""

import re
from collections.abc import Iterable

from catalog import TITLES, UNSPACED, read_word_lists

UNSPACED_LETTER = re.compile(f"[{UNSPACED}]")
# What always belongs to the word behind it, as alternatives of a regular expression.
ABBREVIATIONS = "|".join(
    (*TITLES, *read_word_lists("transcripts/data/abbreviations.toml").words("before-names"))
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def encoding_of(content: bytes) -> str:
    """The encoding that a file's first bytes name, else UTF-8."""
    return next((name for mark, name in _BOMS if content.startswith(mark)), "utf-8")


def join(texts: Iterable[str]) -> str:
    """Join words to a text: by spaces, but not between words of scripts without spaces."""
    parts: list[str] = []
    for word in texts:
        if parts and not joins_without_space(parts[-1][-1:], word[:1]):
            parts.append(" ")
        parts.append(word)
    return "".join(parts)


def joins_without_space(before: str, after: str) -> bool:
    """Whether two characters, given alone, stand side by side without a space."""
    return any(UNSPACED_LETTER.match(one) or one in "。、！？" for one in (before, after))
