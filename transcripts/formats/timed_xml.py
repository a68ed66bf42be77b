"""TTML (DFXP), and YouTube's srv1 to srv3, into cues: paragraphs of XML, each with its times.

https://www.w3.org/TR/ttml2/. Read as far as it is whole; what XML itself could not name is mended.
"""

import html
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from transcripts.errors import TranscriptError
from transcripts.formats.cues import LATEST_MS, Cue, CuePiece, without_hidden
from transcripts.formats.markup import Lines, lines_of
from transcripts.formats.timings import clock_ms

_UNKNOWN_MS = 3_000
_MOST_DEEP = 200
_READ_AT_ONCE = 65_536
# What is read so far is only handed out at the next element.
_FLUSH = "<end/>"
_OFFSET = re.compile(r"\s*(-?\d{1,12}(?:\.\d{1,9})?)\s*(h|ms|m|s|f|t)?\s*\Z")
_FRAMES = re.compile(r"\s*(\d{1,4}):(\d{1,2}):(\d{1,2}):(\d{1,3})(?:\.\d{1,3})?\s*\Z")
_SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#)(\w{2,31};)")
_BARE = re.compile(r"&(?!#?\w{1,31};)")
_DECLARED = re.compile(r"<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>", re.DOTALL | re.IGNORECASE)
_PARAGRAPHS = frozenset(["p", "text"])
_SPACE = re.compile(r"[ \t\r\n]+")


class _Clock(NamedTuple):
    """How a file counts: frames and ticks a second, and whether bare numbers are milliseconds."""

    frames: float = 30.0
    ticks: float = 1.0
    bare_ms: bool = False

    def ms(self, text: str | None) -> int | None:
        """Read a time, as `00:00:01.500`, `00:00:01:12`, `1.5s`, `90000t` or a bare number."""
        if not text:
            return None
        frames = _FRAMES.match(text)
        if frames:
            hours, minutes, seconds, more = map(int, frames.groups())
            whole = ((hours * 60 + minutes) * 60 + seconds) * 1000
            return min(whole + round(1000 * more / self.frames), LATEST_MS)
        offset = _OFFSET.match(text)
        if not offset:
            return clock_ms(text)
        unit = offset[2] or ("ms" if self.bare_ms else "s")
        rate = {"f": 1 / self.frames, "t": 1 / self.ticks}.get(unit) or _SECONDS[unit]
        return max(-LATEST_MS, min(round(float(offset[1]) * rate * 1000), LATEST_MS))


class _Span(NamedTuple):
    """When an element is shown, as far as that is known, and who speaks in it."""

    begin_ms: int
    end_ms: int | None
    speaker: str = ""


def read_timed_xml(text: str) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    """Read TTML or srv; return its cues in the order of time, and notes on what it lacks.

    Raises TranscriptError when there is nothing to read.
    """
    root, notes = _parsed(text)
    cues = _Reader(root).cues() if root is not None else []
    if not cues:
        raise TranscriptError("there are no cues in it; is it really a caption file?")
    cues.sort(key=lambda cue: cue.start_ms)
    return tuple(cues), notes


def _parsed(text: str) -> tuple[Element | None, tuple[str, ...]]:
    """The root of a file; of one that is cut off or damaged, with what came before."""
    text = _DECLARED.sub("", text.lstrip("\ufeff \t\r\n"))
    text = without_hidden(_BARE.sub("&amp;", _ENTITY.sub(_as_character, text)))
    parser: Any = XMLPullParser(["start", "end"])
    root: Element | None = None
    depth = 0
    try:
        for n in range(0, len(text), _READ_AT_ONCE):
            parser.feed(text[n : n + _READ_AT_ONCE])
            for event, element in parser.read_events():
                root = element if root is None else root
                depth += 1 if event == "start" else -1
        if depth:
            parser.feed(_FLUSH)
            list(parser.read_events())
    except ParseError as err:
        line, column = err.position
        return root, (f"it is cut off or damaged at line {line}, column {column + 1}",)
    return root, ("it is cut off at its end",) if depth else ()


def _as_character(entity: re.Match[str]) -> str:
    found = html.unescape(entity[0])
    return entity[0].replace("&", "&amp;") if found == entity[0] else found


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _attribute(element: Element, name: str) -> str | None:
    """An attribute, whatever its namespace."""
    if name in element.attrib:
        return element.attrib[name]
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), None)


class _Reader:
    """Reads one file: how it counts time, and the names of those who speak."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.clock = _clock_of(root)
        self.names = _agents(root)

    def cues(self) -> list[Cue]:
        return list(self._walk(self.root, _Span(0, None), 0))

    def _walk(self, element: Element, around: _Span, depth: int) -> Iterator[Cue]:
        if depth > _MOST_DEEP or _name(element) in {"head", "metadata", "styling"}:
            return
        span = self._span(element, around)
        if _name(element) in _PARAGRAPHS:
            yield from self._paragraph(element, span)
            return
        in_turn = _attribute(element, "timeContainer") == "seq"
        for child in element:
            yield from self._walk(child, span, depth + 1)
            if in_turn:  # the next begins when this one ends
                span = span._replace(begin_ms=self._span(child, span).end_ms or span.begin_ms)

    def _span(self, element: Element, around: _Span) -> _Span:
        """When an element is shown: its times count from the beginning of the one around it."""
        begin = self.clock.ms(_time(element, "begin", "t", "start"))
        end = self.clock.ms(_attribute(element, "end"))
        lasts = self.clock.ms(_time(element, "dur", "d"))
        start = around.begin_ms + max(begin or 0, 0)
        until = around.begin_ms + end if end is not None else None
        until = start + lasts if lasts is not None and until is None else until
        agent = _attribute(element, "agent") or ""
        speaker = " ".join(self.names.get(one, one) for one in agent.split()[:1])
        return _Span(start, around.end_ms if until is None else until, speaker or around.speaker)

    def _paragraph(self, element: Element, span: _Span) -> Iterator[Cue]:
        """A paragraph is one cue, or one for each part of it that has times of its own."""
        parts = list(self._texts(element, span, 0))
        groups: list[tuple[_Span, list[tuple[str, int | None]]]] = []
        for where, text, at_ms in parts:
            if groups and groups[-1][0] == where:
                groups[-1][1].append((text, at_ms))
            else:
                groups.append((where, [(text, at_ms)]))
        for where, texts in groups:
            lines = _lines(texts, where.speaker)
            end = where.begin_ms + _UNKNOWN_MS if where.end_ms is None else where.end_ms
            if any("".join(piece.text for piece in line).strip() for line in lines):
                yield Cue(where.begin_ms, max(end, where.begin_ms), lines)

    def _texts(
        self, element: Element, span: _Span, depth: int
    ) -> Iterator[tuple[_Span, str, int | None]]:
        """Yield the texts in an element, each with when it is shown, and its own time if any."""
        if element.text:
            yield span, element.text, None
        for child in element if depth < _MOST_DEEP else ():
            yield from self._inside(child, span, depth)
            if child.tail:
                yield span, child.tail, None

    def _inside(
        self, child: Element, span: _Span, depth: int
    ) -> Iterator[tuple[_Span, str, int | None]]:
        name = _name(child)
        if name == "br":
            yield span, "\n", None
        elif name == "s":
            at = self.clock.ms(child.get("t")) or 0
            yield span, "".join(child.itertext()), span.begin_ms + at
        elif name not in {"metadata", ""} and not _is_reading(child):
            inner = self._span(child, span)
            inner = inner if inner.end_ms is not None else inner._replace(end_ms=span.end_ms)
            yield from self._texts(child, inner, depth + 1)


def _time(element: Element, *names: str) -> str | None:
    return next((v for name in names if (v := _attribute(element, name)) is not None), None)


def _is_reading(element: Element) -> bool:
    """Whether this tells how the signs beside it are read."""
    return _attribute(element, "ruby") in {"text", "textContainer", "delimiter"}


def _lines(texts: list[tuple[str, int | None]], speaker: str) -> Lines:
    """Lines of pieces; white space is folded, as it is in XML, and markup in a text taken out."""
    lines: list[list[CuePiece]] = [[]]
    for text, at_ms in texts:
        if text == "\n":
            lines.append([])
            continue
        for n, pieces in enumerate(lines_of([_SPACE.sub(" ", text)])):
            if n:
                lines.append([])
            lines[-1] += [
                piece._replace(at_ms=at_ms, speaker=piece.speaker or speaker) for piece in pieces
            ]
    return tuple(tuple(line) for line in lines if line)


def _clock_of(root: Element) -> _Clock:
    if _name(root) == "timedtext":
        return _Clock(bare_ms=True)
    rate = _number(_attribute(root, "frameRate")) or 30.0
    times = (_attribute(root, "frameRateMultiplier") or "").replace(":", " ").split()
    if len(times) == 2 and all(map(_number, times)):
        rate *= (_number(times[0]) or 1) / (_number(times[1]) or 1)
    return _Clock(rate, _number(_attribute(root, "tickRate")) or rate)


def _number(text: str | None) -> float | None:
    return float(text) if text and re.fullmatch(r"\d{1,9}(?:\.\d{1,6})?", text) else None


def _agents(root: Element) -> dict[str, str]:
    """The names of those who speak, by their identity in the file."""
    names = {}
    for element in root.iter():
        if _name(element) == "agent":
            named = next((c.text for c in element if _name(c) == "name" and c.text), None)
            identity = _attribute(element, "id")
            if named and identity:
                names[identity] = named.strip()
    return names
