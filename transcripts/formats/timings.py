"""When a cue is shown: the timing lines of VTT, SRT and SBV, in every spelling that was met."""

import html
import re
from typing import NamedTuple

from transcripts.formats.cues import LATEST_MS

_INVISIBLE = (*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0xFEFF, 0xFE0E, 0xFE0F)
# The arrows of Unicode: blocks of them, those among the dingbats, and half-width ones.
_ARROWS = (
    *range(0x2190, 0x2200),
    *range(0x27F0, 0x2800),
    *range(0x2900, 0x2980),
    *range(0x2B00, 0x2B4C),
    *(0x2794, *range(0x2798, 0x27B0), *range(0x27B1, 0x27BF)),
    *range(0xFFE9, 0xFFED),
)
_WIDE: dict[int, int | str | None] = {
    **str.maketrans("：∶︰﹕꞉，、،。；．·٫＞》〉－〜～", ":::::,,,.;..,>>>-~~"),
    **dict.fromkeys((*_ARROWS, *map(ord, "›»")), ">"),
    **dict.fromkeys(map(ord, "’‘´`′"), "'"),
    **dict.fromkeys(map(ord, "　\u00a0\u202f\u2009"), " "),
    **dict.fromkeys(_INVISIBLE),
}
# Digits that were read off a picture or dictated by a machine.
_MISREAD = str.maketrans("OoQDlI|", "0000111")
_PLAIN = re.compile(r"(\d\d):([0-5]\d):([0-5]\d)\.(\d{3})\Z")
_GAP = re.compile(r"[ \t]*([:.,;'_|])[ \t]*")
_CLOCK = re.compile(
    r"(?:(?P<h>\d{1,10}):)?(?P<m>\d{1,3}):(?P<s>\d{1,2})(?:[.,;:'_|](?P<part>\d{0,9}))?(?![\d:])"
)
_MILLISECONDS = re.compile(r"(?P<m>\d{1,2}):(?P<s>\d{1,2}):(?P<part>\d{3})(?![\d:.,])")
_DOTTED = re.compile(r"(\d{1,2})([.;_-])(\d\d)\2(\d\d)(?=[,.:;_]\d{1,3}(?!\d))")
_UNITS = re.compile(
    r"(?:(\d{1,2})[ ]?h[ ]?)?(\d{1,3})[ ]?m(?:in)?[ ]?(\d{1,2}(?:[.,]\d{1,3})?)[ ]?s(?:ec)?"
    r"(?![^\W\d])"
)

_STANDARD = re.compile(
    r"(?:(\d\d?):)?([0-5]\d):([0-5]\d)[.,](\d{3})[ \t]+-->[ \t]+"
    r"(?:(\d\d?):)?([0-5]\d):([0-5]\d)[.,](\d{3})(?:[ \t]+(.*))?\Z"
)
_SPACE = r"[ \t]{0,9}+"
_TIME = (
    rf"-?(?:\d{{1,10}}{_SPACE}:{_SPACE})?\d{{1,3}}{_SPACE}:{_SPACE}\d{{1,2}}"
    rf"(?:{_SPACE}[.,;:'_|]{_SPACE}\d{{0,9}}|\ \d{{3}}(?!\d))?(?:Z(?!\w))?"
)
_LABEL = r"(?:[^\W\d]{1,12}[ \t]?[:=][ \t]{1,9})?"
# Whatever stands between two times: an arrow as it may be, the marks that each is put in, a word.
_ANY_ARROW = rf"[^\d:\n]{{0,20}}+|[^\w:\n]{{0,20}}+{_LABEL}"
_ANY = re.compile(
    rf"{_SPACE}(?:\d{{1,9}}[ \t]{{1,9}}(?=\d))?{_LABEL}[\[({{<\"“”'*+]{{0,4}}{_SPACE}"
    rf"(?P<start>{_TIME})(?P<arrow>{_ANY_ARROW})(?P<end>{_TIME})(?P<rest>.*)\Z"
)
_FULL = re.compile(r"(?:[.,;'_|]\s*\d+|:\s*\d{3}|\d \d{3}|(?::\s*\d+\s*){3})\s*\Z")
_SIDE = re.compile(r"[-\d:.,;NaNOolI| \t]{0,30}\Z")
_JUNK = re.compile(r"\d\S{0,30}:\S{0,30}\Z")
_LETTERS = re.compile(r"[^\W\d_]+")
# Where a letter took the place of a digit, nobody can tell the time.
_UNBROKEN = re.compile(r"(?:\d\d:)?\d\d:\d\d[.,]\d{3}\Z")
_SETTING = re.compile(r"[A-Za-z][\w-]*:[ \t]?[^\s:]\S*|[:;.,\])]+|\d+%|\d+")
_SETTINGS = re.compile(r"\s*(?:align|line|position|size|vertical|region|[XY][12]):", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]")
_SECONDS = re.compile(r"\s*(\d{1,6}[.,]\d{1,3})s?\s*-->\s*(\d{1,6}[.,]\d{1,3})s?\s*\Z")


class Timing(NamedTuple):
    """When a cue is shown, None where that cannot be read, and what its line says besides."""

    start_ms: int | None
    end_ms: int | None
    text: str = ""


class LinePlace(NamedTuple):
    """Where a line stands: behind a blank line or a counter, and before a line of text."""

    opens: bool
    counted: bool
    leads: bool


def standard_timing(line: str) -> Timing | None:
    """The timing that a line is as the standards have it, wherever it stands."""
    found = _STANDARD.match(line)
    if not found:
        return None
    start, end = _standard_ms(*found.groups()[:4]), _standard_ms(*found.groups()[4:8])
    return Timing(start, end, _said_behind(found[9] or ""))


def timing_of(line: str, place: LinePlace) -> Timing | None:
    """The timing that a line is in any spelling; None for any other line.

    Two times with the arrow of the standards are one wherever they stand. What only looks like it
    (`10:30 - 11:30`) is one where a timing may stand and both times are whole.
    """
    if "-->" not in line and not _may_be(line):
        return None
    line = (html.unescape(line) if "&" in line else line).translate(_WIDE)
    line = _DOTTED.sub(r"\1:\3:\4", line)
    line = _UNITS.sub(_with_colons, line) if "m" in line else line
    return _any_timing(line, place) or _broken(line, place)


def _with_colons(units: re.Match[str]) -> str:
    return ":".join(part or "0" for part in units.groups())


def clock_ms(text: str) -> int | None:
    """The milliseconds of a clock at the start of a text; None where there is none that can be.

    A thousand milliseconds, sixty seconds and sixty minutes are what programs write that round.
    """
    plain = _PLAIN.match(text)
    if plain:
        return _standard_ms(*plain.groups())
    text = _GAP.sub(r"\1", text.strip().translate(_WIDE))
    clock = _MILLISECONDS.match(text) or _CLOCK.match(text)
    if not clock:
        return None
    hours = int(clock.groupdict().get("h") or 0)
    minutes, seconds, part = int(clock["m"]), int(clock["s"]), clock["part"] or "0"
    if seconds > 60 or (hours and minutes > 60):
        return None
    ms = 1000 if part == "1000" else int(part.ljust(3, "0")[:3])
    return min(((hours * 60 + minutes) * 60 + seconds) * 1000 + ms, LATEST_MS)


def _standard_ms(hours: str | None, minutes: str, seconds: str, part: str) -> int:
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(part)


def _may_be(line: str) -> bool:
    return line.count(":") + line.count("：") >= 2 and any(map(str.isdigit, line[:40]))


def _any_timing(line: str, place: LinePlace) -> Timing | None:
    found = _ANY.match(line)
    if not found:
        return _in_seconds(line, place)
    if not _is_meant(found, place):
        return None
    start, end = found["start"].strip(), found["end"].strip()
    if " " in start[-4:]:
        start = re.sub(r" (?=\d{3}\Z)", ",", start)
    at = None if start.startswith("-") else clock_ms(start)
    return Timing(at, clock_ms(end.lstrip("-")), _said_behind(found["rest"]))


def _is_meant(found: re.Match[str], place: LinePlace) -> bool:
    """Whether two times are a cue's, by what stands between them, and where."""
    arrow, rest = found["arrow"], found["rest"]
    if "-->" in arrow:
        return True
    whole = all(_FULL.search(found[side]) for side in ("start", "end"))
    alone = not _said_behind(rest)
    if ">" in arrow:
        return (whole and alone) or place.counted or (place.opens and found[0].count(":") > 3)
    hours = found["start"].count(":") > 1 and found["end"].count(":") > 1
    opens = place.opens or (arrow == "," and not rest)  # as SBV has it, below any header
    return alone and hours and ((whole and opens) or (place.counted and arrow != ""))


def _in_seconds(line: str, place: LinePlace) -> Timing | None:
    seconds = _SECONDS.match(line) if place.opens else None
    if not seconds:
        return None
    start, end = (round(1000 * float(side.replace(",", "."))) for side in seconds.groups())
    return Timing(start, end)


def _broken(line: str, place: LinePlace) -> Timing | None:
    """A timing of which one side, or both, cannot be read."""
    left, arrow, right = line.partition("-->")
    left, right = left.strip(), right.strip()
    if place.counted and _JUNK.match(left) and (end := clock_ms(right)) is not None:
        digits = _LETTERS.sub("", left)
        return Timing(clock_ms(digits) if _UNBROKEN.match(digits) else None, end)
    if not arrow or not _SIDE.match(left) or ":" not in left + right[:30]:
        return None
    start, end = clock_ms(left.translate(_MISREAD)), clock_ms(right.translate(_MISREAD))
    broken = place.opens and place.leads and len(right.split()) < 2 and _FULL.search(left)
    if end is None and _WORD.search(right) and not broken:
        return None
    return Timing(start, end)


def _said_behind(rest: str) -> str:
    """What a timing line says behind its times, other than settings."""
    if not rest or not _WORD.search(rest) or _SETTINGS.match(rest):
        return ""
    said = _SETTING.sub(" ", rest).strip()
    return rest.strip(" \t])") if _WORD.search(said) else ""
