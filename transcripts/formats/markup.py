"""Takes the markup out of a caption's text: tags, entities, override codes; keeps what they tell.

That is a voice's name, a word's own time, where a line ends, and which word is highlighted.
"""

import html
import re
from collections.abc import Iterable
from typing import NamedTuple

from transcripts.formats.cues import CuePiece, without_hidden
from transcripts.formats.timings import clock_ms

_MARKUP = re.compile(r"[<&{\\|]|\[br\]")
_KNOWN = (
    "b|big|br|c|center|div|em|font|h[1-6]|i|lang|p|pre|q|rp|rt|rb|ruby|s|small|span|strike|strong"
    "|sub|sup|tt|u"
)
_VALUE = r"""(?:"[^"<>]{0,200}"|'[^'<>]{0,200}'|[^\s<>"'=]{1,200})"""
_ATTRIBUTE = rf"\s{{1,9}}[\w:.-]{{1,60}}\s?=\s?{_VALUE}?"
_TAG = re.compile(
    r"<(?P<time>(?:\d{1,10}:)?\d{1,2}:\d{1,2}(?:[.,]\d{0,9})?)>"
    r"|<(?P<voice>/?v(?:\.[^\s<>]{0,100})?(?:[ \t]{1,10}(?P<speaker>[^<>\n]+))?)>"
    rf"|<\s?(?P<end>/?)\s?(?P<name>(?:{_KNOWN})(?![^\W_]))(?:\.[^\s<>]{{0,200}})?"
    rf"(?:(?:{_ATTRIBUTE}){{0,9}}\s{{0,9}}|[:=#\"'][^<>\n]{{0,200}})/?>"
    r"|<(?P<free>lang|font|span|ruby)\s[^<>\n]{0,200}>"
    r"|<(?P<ends>/?)(?P<other>[a-zA-Z][\w:-]{0,60})(?:\.[^\s<>]{0,200})?"
    rf"(?:{_ATTRIBUTE}){{0,9}}\s?/?>",
    re.IGNORECASE,
)
_TWICE = re.compile(r"&amp;(?=(?:amp|lt|gt|quot|apos|nbsp|[lr]rm|#\d{1,7}|#x[\da-f]{1,6});)", re.I)
_WRITTEN_TAG = re.compile(rf"&lt;(/?(?:{_KNOWN}|v)(?:[ .][^<>]{{0,200}}?)?/?)&gt;", re.IGNORECASE)
_ENDLESS_NUMBER = re.compile(r"&(?=#[0-9]{10})")
# A line of YouTube's automatic captions: each word but the first has its time.
_TIMED_WORD = r"<(\d\d):([0-5]\d):([0-5]\d)\.(\d{3})><c>([^<]+)</c>"
_TIMED_WORDS = re.compile(_TIMED_WORD)
_TIMED_LINE = re.compile(rf"[^<]*+(?:{_TIMED_WORD})+\Z")
_UNPLAIN = re.compile(r"[&{|\\\[]")
_READING = re.compile(
    r"<(rt|rp)\b[^<>]{0,99}>[^<]{0,300}(?:</\1>|(?=<(?:/ruby|rt|rp)\b))", re.IGNORECASE
)
# What Whisper's decoder writes and is left in by some programs: `<|0.00|>`, `<|endoftext|>`.
_TOKEN = re.compile(r"<\|[\w.]{0,40}\|>")
_COMMENT = re.compile(r"<!--.{0,2000}?--(?:>|&gt;)")
_DRAWING = re.compile(
    r"\{[^{}]{0,400}\\p[1-9][^{}]{0,400}\}[^{}]{0,5000}(?:\{[^{}]{0,400}\\p0[^{}]{0,400}\}|\Z)"
)
_OVERRIDE = re.compile(r"\{\\[^{}]{0,2000}\}|\{[a-zA-Z]:[^{}]{0,200}\}|\{\d{1,3}\}")
# A part of a line that is coloured or underlined, until the style of the line goes on.
_HIGHLIGHT = re.compile(
    r"\{\\(?:[14]?c&[^{}\\]{1,20}|[bui]1)[^{}]{0,200}\}([^{}<]{1,200})\{\\(?:r|[14]?c|[bui]0)[^{}]{0,200}\}"
)
_MICRO_DVD = re.compile(r"\{[yYcCfFsSpP]:")
_BARS = re.compile(r"(?<=\w)\|(?=\w)|(?<=[.,!?])\|(?=\w)")
_BREAKS = re.compile(r"\\[nN]|\[br\]", re.IGNORECASE)
_CUT = re.compile(
    r"(?:<(?:/?[a-zA-Z][\w.]*|/|\d\d[\d:.]*)?|&(?:#\d{0,6}|am?p?|[lg]t?|nb?s?p?|qu?o?t?)?)\Z"
)
_BREAKING = frozenset(["br", "p", "div", "center"])
_VOID = frozenset(["br", "p", "div", "lang", "ruby", "rb", "span", "center", "pre", "tt", "q"])


class Markup(NamedTuple):
    """What goes on from line to line of a cue: the voice, and how many highlights are open."""

    voice: str = ""
    depth: int = 0


_PLAIN = Markup()
Lines = tuple[tuple[CuePiece, ...], ...]


def has_markup(texts: Iterable[str]) -> bool:
    """Whether any line of a cue is more than printable characters that stand for themselves."""
    return any(_MARKUP.search(text) or not text.isprintable() for text in texts)


def lines_of(texts: tuple[str, ...] | list[str]) -> Lines:
    """The lines of a cue in pieces. A voice goes on until it ends, or its cue does.

    https://www.w3.org/TR/webvtt1/#webvtt-cue-voice-span
    """
    lines: list[tuple[CuePiece, ...]] = []
    state = Markup()
    for text in texts:
        if not _MARKUP.search(text):
            lines.append((CuePiece(without_hidden(text), None, state.voice, state.depth > 0),))
            continue
        if state == _PLAIN and (timed := _timed_words(text)):
            lines.append(timed)
            continue
        for part in _plainer(text).split("\n"):
            more, state = _pieces(part, state)
            lines += more
    return tuple(lines)


def _timed_words(line: str) -> tuple[CuePiece, ...]:
    """The pieces of a line in which each word but the first has its time; else none."""
    if not line.isprintable() or _UNPLAIN.search(line) or not _TIMED_LINE.match(line):
        return ()
    first = line[: line.index("<")]
    timed = (
        CuePiece(said, ((int(h) * 60 + int(m)) * 60 + int(s)) * 1000 + int(ms), "", True)
        for h, m, s, ms, said in _TIMED_WORDS.findall(line)
    )
    return (CuePiece(first), *timed) if first else tuple(timed)


def without_cut_mark(text: str) -> str:
    """The text of a file without the tag or entity in the middle of which it is cut off."""
    return _CUT.sub("", text)


def _plainer(text: str) -> str:
    """The text without what needs no telling: comments, override codes, readings beside signs."""
    if "&" in text:
        for _ in range(3):
            text = _TWICE.sub("&", text)
        text = _WRITTEN_TAG.sub(lambda m: f"<{html.unescape(m[1])}>", text)
    if "<" in text:
        text = _TOKEN.sub("", text) if "<|" in text else text
        text = _READING.sub("", _COMMENT.sub("", text))
    if "{" in text:
        text = _BARS.sub("\n", text) if _MICRO_DVD.search(text) else text
        text = _HIGHLIGHT.sub(r"<u>\1</u>", _DRAWING.sub("", text))
        text = _OVERRIDE.sub("", text)
    elif "|" in text:
        text = _BARS.sub("\n", text)
    if "\\" in text:
        text = text.replace("\\h", " ")
        text = _BREAKS.sub("\n", text)
    elif "[" in text:
        text = _BREAKS.sub("\n", text)
    return text


def _pieces(line: str, state: Markup) -> tuple[list[tuple[CuePiece, ...]], Markup]:
    """Split a line at its tags. A time gives its time to the text behind it."""
    voice, depth = state
    lines: list[list[CuePiece]] = [[]]
    begin = 0
    at_ms: int | None = None
    for tag in _TAG.finditer(line):
        if tag.start() > begin:
            lines[-1].append(_piece(line[begin : tag.start()], at_ms, voice, depth))
            at_ms = None
        begin = tag.end()
        if tag["time"]:
            at_ms = clock_ms(tag["time"])
        elif tag["voice"]:
            voice = html.unescape(tag["speaker"] or "").strip()
        else:
            name = (tag["name"] or tag["free"] or tag["other"]).lower()
            if name in _BREAKING:
                lines.append([])
            elif name not in _VOID:
                depth = max(0, depth + (-1 if tag["end"] or tag["ends"] else 1))
    if begin < len(line):
        lines[-1].append(_piece(line[begin:], at_ms, voice, depth))
    whole = [tuple(pieces) for pieces in lines if pieces] or [()]
    return whole, Markup(voice, depth)


def _piece(text: str, at_ms: int | None, speaker: str, depth: int) -> CuePiece:
    # A character reference with thousands of digits is no character; Python refuses to count it.
    if "&" in text:
        text = html.unescape(_ENDLESS_NUMBER.sub("&amp;", text))
    return CuePiece(without_hidden(text), at_ms, speaker, depth > 0)
