"""The bytes of a caption file into text, whatever it was saved as; what was guessed is told."""

import re
from contextlib import suppress
from functools import partial

from transcripts.errors import TranscriptError
from transcripts.formats.cues import note
from transcripts.formats.recognition import AGAIN, binary_form
from transcripts.text import encoding_of

_UNREADABLE = "\ufffd"
_BEYOND_ASCII = re.compile("[^\x00-\x7f\ufffd]")
_ENOUGH = 0.8
_MOST_ROUNDS = 3
# What captions in a language were saved as before UTF-8, where that is not Windows-1252.
_LEGACY = {
    "cp1250": "cs sk pl hu sl hr ro sq bs",
    "cp1251": "ru uk bg sr mk be kk",
    "cp1253": "el",
    "cp1254": "tr az",
    "cp1255": "he iw yi",
    "cp1256": "ar fa ur",
    "cp1257": "lt lv et",
    "cp1258": "vi",
    "cp874": "th",
    "shift_jis": "ja",
    "gb18030": "zh",
    "cp949": "ko",
}
_CODECS = {language: codec for codec, those in _LEGACY.items() for language in those.split()}
# What else they were saved as; which it was, its letters tell.
_OTHERS = {
    "cp1251": ("koi8_r", "cp866"),
    "cp1252": ("mac_roman", "cp850"),
    "shift_jis": ("euc_jp", "iso2022_jp"),
    "gb18030": ("big5",),
}
_NAMES = {"shift_jis": "Shift JIS", "gb18030": "GB 18030", "cp949": "EUC-KR", "cp874": "TIS-620"}
_NAMES |= {"koi8_r": "KOI8-R", "mac_roman": "Mac Roman", "euc_jp": "EUC-JP", "big5": "Big5"}
_NAMES |= {"iso2022_jp": "ISO-2022-JP", "cp866": "DOS 866", "cp850": "DOS 850"}
# Beyond ASCII, a capital or a mark in the midst of a word, and what no language writes.
_LOWER = "a-zà-öø-ÿа-яё"
_ODD = re.compile(
    rf"(?<=[{_LOWER}])[¢-§©«¬®-´¶·»-¾À-ÖØ-ÞА-ЯЁŠŽŸŒ‚ƒ„†‡ˆ‰‹˜›“”](?=[{_LOWER}])"
    r"|[\x80-\x9f¤§¬±¶¸ƒ†‡ˆ‰˜\u2500-\u25ff\ue000-\uf8ff]|(?<=[a-z])[‚ŽÀ-ÖØ-Þ¢]|(?<=[а-яё])[А-ЯЁ]"
)
# As which UTF-8 is misread; the first is by far the most frequent.
_MISREAD_AS = ("cp1252", "mac_roman", "cp1250", "cp1251", "cp437", "cp850")
_MARK = re.compile("â€(?:[™˜œ“”¦¢\x9d\ufffd]|(?=[\\s.,;:!?)]|$))", re.MULTILINE)
_MISREAD = re.compile(r"[^\x00-\x7f]+")


def decode(content: bytes, language: str = "en") -> tuple[str, tuple[str, ...]]:
    """Decode a caption file; return its text, and a note where its encoding was guessed.

    Raises TranscriptError for what is no text.
    """
    if not content.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise TranscriptError(f"the file is empty; {AGAIN}")
    named = binary_form(content)
    encoding = encoding_of(content)
    wide = encoding.startswith(("utf-16", "utf-32"))
    if named or (not wide and content.count(0) > 4 + len(content) // 100):
        raise TranscriptError(
            f"this is {named or 'a binary file'}, not captions that can be read; {AGAIN}"
        )
    text, notes = _text(content, encoding, language)
    text, mended = repaired(text)
    return text.replace("\x00", " "), (*notes, *mended)


def _text(content: bytes, encoding: str, language: str) -> tuple[str, tuple[str, ...]]:
    """Decode, whatever it is. A few bad bytes are a damaged file, many are another encoding."""
    try:
        return content.decode(encoding), ()
    except UnicodeDecodeError as err:
        text = content.decode(encoding, errors="replace").rstrip(_UNREADABLE)
        damaged = text.count(_UNREADABLE)
        if encoding != "utf-8" or damaged <= len(_BEYOND_ASCII.findall(text)):
            return text, note(damaged, "character cannot be read", "characters cannot be read")
        text, codec = _as_legacy(content, _CODECS.get(language.partition("-")[0], "cp1252"))
        return text, (f"it is not UTF-8 (byte {err.start}); it was read as {_name(codec)}",)


def _as_legacy(content: bytes, usual: str) -> tuple[str, str]:
    """Decode as what is usual in a language, or as another where that makes better words."""
    found: list[tuple[str, str]] = []
    for codec in (usual, *_OTHERS.get(usual, ())):
        with suppress(UnicodeDecodeError):
            found.append((content.decode(codec), codec))
    if not found:
        return content.decode("cp1252", errors="replace"), "cp1252"
    return min(found, key=lambda one: len(_ODD.findall(one[0])))


def _name(codec: str) -> str:
    return _NAMES.get(codec, codec.replace("cp", "Windows-"))


def repaired(text: str) -> tuple[str, tuple[str, ...]]:
    """Repair UTF-8 that was read as another encoding and saved again (`QuÃ©` for `Qué`).

    Only where nearly everything beyond ASCII comes of that, since some of it has a meaning of its
    own; the apostrophe and the quotation marks that became `â€™` have none.
    """
    mended = 0
    for _ in range(_MOST_ROUNDS):
        better, count = _once_repaired(text)
        if not count:
            break
        text, mended = better, mended + count
    right = "put right that had been UTF-8, read as another encoding and saved again"
    return text, note(mended, f"character was {right}", f"characters were {right}")


def _once_repaired(text: str) -> tuple[str, int]:
    runs = _MISREAD.findall(text)
    if not runs:
        return text, 0
    beyond = sum(map(len, runs))
    for codec in _MISREAD_AS:
        pairs = {run: _reread(run, codec) for run in dict.fromkeys(runs)}
        good = {run: better for run, better in pairs.items() if better is not None}
        reached = sum(len(run) for run in runs if run in good)
        if reached >= _ENOUGH * beyond:
            count = sum(run in good for run in runs)
            return _MISREAD.sub(partial(_looked_up, good), text), count
    return _MARK.subn(_reread_mark, text)


def _looked_up(better: dict[str, str], run: re.Match[str]) -> str:
    return better.get(run[0], run[0])


def _reread_mark(mark: re.Match[str]) -> str:
    """A mark as it was; the closing quotation mark loses its last byte on the way."""
    return _reread(mark[0], "cp1252") or "”"


def _reread(run: str, codec: str) -> str | None:
    """A run of characters as the UTF-8 that it was; None where it was none."""
    encoded = bytearray()
    for letter in run:
        try:
            encoded += letter.encode(codec)
        except UnicodeEncodeError:
            if ord(letter) > (0xFF if codec == "cp1252" else 0x9F):
                return None
            encoded.append(ord(letter))
    try:
        return encoded.decode("utf-8")
    except UnicodeDecodeError:
        return None
