"""What a file is, by its content: a name may be wrong, and web pages are saved for captions."""

import re

from transcripts.formats.timings import LinePlace, standard_timing, timing_of

READ = "json3, VTT, SRT, SBV, TTML (DFXP), srv3, ASS, LRC, SAMI, MicroDVD, and the JSON of Whisper"
AGAIN = "put the caption file here again, or delete it and run `hope fetch`"
# How each form is called; what is read under other names.
NAMES = {
    "json3": "json3",
    "vtt": "WebVTT",
    "srt": "SRT (SubRip)",
    "sbv": "SBV (SubViewer)",
    "ttml": "TTML",
    "srv3": "srv3 (timed text, XML)",
    "ass": "ASS",
    "lrc": "LRC",
    "json": "JSON with segments, as Whisper writes it",
    "sami": "SAMI",
    "sub": "MicroDVD or MPL2",
    "txt": "a plain text with times",
}
_HEAD = 64 * 1024
_LINES = 400
_COUNTED = LinePlace(opens=True, counted=True, leads=True)
_BINARY = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"{\\rtf", "a document (RTF)"),
    (b"\x1aE\xdf\xa3", "a film (Matroska, WebM)"),
    (b"ID3", "a sound (MP3)"),
    (b"RIFF", "a sound or a film"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
)
_HTML = re.compile(r"<(?:!doctype html|html|head|body|script|title|meta)\b", re.IGNORECASE)
_PROLOG = re.compile(r"(?:<\?[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>]*>|\s+)*", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?:\w+:)?([\w-]+)")
_ROOTS = {
    "tt": "ttml",
    "timedtext": "srv3",
    "transcript": "srv3",
    "document": "srv3",
    "sami": "sami",
}
_CHAT = re.compile(r'"(?:replayChatItemAction|liveChat\w+|commenter|chatMessage|message_type)"')
_CUE = re.compile(r"\d\d?:\d\d?([.,])\d{1,3}\s*-->")
_SBV = re.compile(r"^\d{1,2}:\d\d:\d\d\.\d{3},\d{1,2}:\d\d:\d\d\.\d{3}[ \t]*$", re.MULTILINE)
_ASS = re.compile(r"^(?:\[(?:Script Info|V4\+? Styles|Events)\]|Dialogue:\s)", re.MULTILINE | re.I)
_LRC = re.compile(
    r"^\[(?:\d{1,3}:\d\d(?:\.\d{1,3})?\]|(?:ar|ti|al|by|length|offset|re|ve):)", re.MULTILINE
)
_LINE_TIME = re.compile(
    r"^[ \t]*[\[(]?(?:\d{1,2}:){1,3}\d\d(?:[.,]\d{1,3})?(?:[ \t]*$|[ \t]+\S|[\])]|[:=]\D)",
    re.MULTILINE,
)
_FRAMES = re.compile(r"[{\[](?:\d+|DEFAULT)[}\]][{\[]\d*[}\]]")
_QUOTED = re.compile(
    r"^(?:>[ \t]?){1,9}(?=(?:\d{1,3}:)?\d{1,2}:\d{1,2}[.,]\d{1,3} --+>)", re.MULTILINE
)
# Whisper's tables, and its segments as (start, end, text).
_TABLE = re.compile(r"start([\t,;])end\1text\b", re.IGNORECASE)
_TRIPLES = re.compile(r"\[\s*\[\s*\d{1,7}(?:\.\d+)?\s*,\s*\d{1,7}(?:\.\d+)?\s*,\s*\"")
_OTHERS = (
    (re.compile(r"#EXTM3U"), "a playlist of a stream (m3u8)"),
    (re.compile(r"Scenarist_SCC"), "SCC (608 codes; CCExtractor or ttconv makes SRT of it)"),
    (re.compile(r"# VobSub"), "VobSub (pictures)"),
    (re.compile(r"<\?xml|<[\w:-]+[\s>]"), "XML of another kind"),
    (re.compile(r"[{\[]"), "JSON of another kind"),
)


def unquoted(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without the marks that an e-mail puts before quoted lines, and a note of them.

    Times stand behind such a mark only there; `>>` before what is said tells of a speaker.
    """
    mark = _QUOTED.search(text, 0, _HEAD)
    if not mark:
        return text, ()
    level = re.compile(rf"^(?:>[ \t]?){{1,{mark[0].count('>')}}}", re.MULTILINE)
    return level.sub("", text), ("its lines are quoted as in an e-mail; the marks were taken out",)


def form_of(text: str) -> str:
    """The form that a text has, one of NAMES; "" where it is none of them."""
    head = text[:_HEAD].lstrip("\ufeff\x00 \t\r\n")
    if head.startswith("WEBVTT"):
        return "vtt"
    if re.match(r"\{\s*\"|\[\s*[{\[]|\{\s*\}", head):
        return _json_form(head)
    if head.startswith("<"):
        root = _ROOT.match(head, _end_of_prolog(head))
        return _ROOTS.get(root[1].lower(), "") if root else ""
    return _line_form(head)


def _line_form(head: str) -> str:
    """The form of what is written line by line."""
    cue = _CUE.search(head)
    if cue and not _ASS.match(head):
        return {",": "srt", ".": "vtt"}[cue[1]]
    known = {
        "sub": _FRAMES.match(head),
        "ass": _ASS.search(head) and "Dialogue:" in head,
        "sbv": _SBV.search(head),
        "srt": any(_is_timing(line) for line in head.splitlines()[:_LINES]),
        "lrc": _LRC.match(head) and len(_LRC.findall(head)) > 1,
        "txt": _TABLE.match(head) or len(_LINE_TIME.findall(head)) > 1,
    }
    return next((form for form, found in known.items() if found), "")


def _is_timing(line: str) -> bool:
    timing = standard_timing(line) or timing_of(line, _COUNTED)
    return timing is not None and None not in timing[:2]


def other_form(text: str) -> str:
    """What a text is that is not read, in words; "" where nobody knows."""
    head = text[:_HEAD].lstrip("\ufeff\x00 \t\r\n")
    if _CHAT.search(head):
        return "a chat replay"
    if _HTML.match(head) or _HTML.match(head, _end_of_prolog(head)):
        return "an HTML page (a web page)"
    return next((what for pattern, what in _OTHERS if pattern.match(head)), "")


def binary_form(content: bytes) -> str:
    """What a file is that is no text, by its first bytes; "" where it may be a text."""
    return next((what for mark, what in _BINARY if content.startswith(mark)), "")


def _json_form(head: str) -> str:
    if _CHAT.search(head):
        return ""
    if any(name in head for name in ('"events"', '"wireMagic"', '"tStartMs"')):
        return "json3"
    if _TRIPLES.match(head):
        return "json"
    timed = re.search(r'"(?:start|from|offsets|timestamps?|start_?[tT]ime|begin|ts)"\s*:', head)
    said = re.search(r'"(?:text|word|content|transcript|body|value)"\s*:', head)
    return "json" if timed and said else ""


def _end_of_prolog(head: str) -> int:
    prolog = _PROLOG.match(head)
    return prolog.end() if prolog else 0
