"""Untrusted text: strings that attack, and every reader that meets such text, with what must hold.

A target takes any text and returns nothing; it fails where a reader raises what its callers do not
expect, or lets through what it promises to keep out.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

from small_site import BASICS, ENGLISH, PEOPLE, TOPICS, indexed_library

from catalog import CatalogError, Library, Operator
from catalog.entries.entries import read_people, read_series, read_topics
from catalog.entries.resolved import read_resolved
from catalog.entries.translations import read_translation
from catalog.glossary.corrections import read_corrections
from catalog.glossary.definitions import read_definitions
from catalog.glossary.terms import COLUMNS, read_glossary
from catalog.settings.site_file import read_operator
from indexer import Generation, Shelf
from transcripts import Track, TrackKind, TranscriptError, as_webvtt, cut_passages, read_captions
from transcripts.fetching.blocks import read_blocks
from transcripts.fetching.provenance import provenance_file, read_provenance, read_state
from transcripts.formats.cues import LATEST_MS
from webapp.appointment.appointment_list import MOST_MOMENTS, MOST_QUESTIONS
from webapp.appointment.list_request import read_list_request
from webapp.i18n.translations import LANGUAGES
from webapp.middleware.hosts import allowed_hosts, is_allowed_host
from webapp.middleware.language import negotiated_language
from webapp.presenters.sharing.quotation import read_query
from webapp.rendering.codings import preferred_coding
from webapp.views.files import is_valid_range

# Each sets `window.pwned` or asks another host, should a browser take it for more than text.
INJECTIONS = {
    "script": "<script>window.pwned=1</script>",
    "script over lines": "</title></textarea></style>\r\n<ScRiPt\t>window.pwned=1</sCrIpT >",
    "attribute": '" onmouseover=window.pwned=1 autofocus onfocus=window.pwned=1 x="',
    "single quotes": "' onfocus='window.pwned=1' autofocus tabindex=1 '",
    "no quotes": "x/onerror=window.pwned=1/src=x>",
    "image": "<img src=x onerror=window.pwned=1>",
    "foreign image": "<img src=https://evil.example/x.png>",
    "svg": "<svg/onload=window.pwned=1><animate onbegin=window.pwned=1 attributeName=x dur=1s>",
    "frame": "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "javascript": "javascript:window.pwned=1//",
    "data": "data:text/html,<script>parent.pwned=1</script>",
    "link": "<a href=javascript:window.pwned=1>x</a>",
    "style": "</style><style>@import 'https://evil.example/x.css';*{display:none}</style>",
    "css value": "red;background:url(https://evil.example/x)",
    "meta": "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "base": "<base href=https://evil.example/>",
    "form": "</form><form action=https://evil.example/><button>x</button>",
    "template": "{{7*7}}{%print(7*7)%}{#x#}${7*7}#{7*7}<%=7*7%>",
    "template reach": "{{ self.__init__.__globals__ }}{{ config }}",
    "comment": "--><!-- <script>window.pwned=1</script> -->",
    "cdata": "]]><script>window.pwned=1</script><![CDATA[",
    "json": '</script><script>window.pwned=1</script>","x":"\\u003cscript',
    "entities": "&lt;script&gt;&#60;img src=x onerror=window.pwned=1&#62;",
    "bidi": "\u202eevil\u202c \u2066left\u2069 \u200fright",
    "open bidi": "\u202e\u2067\u2068never closed",
    "control": "a\x08b\x1b[31mc\x7fd\x85e\u2028f\u2029g",
    "header": "x\r\nSet-Cookie: a=b\r\n\r\n<script>window.pwned=1</script>",
    "null": "a\x00<script>window.pwned=1</script>",
    "homoglyphs": "\u0430\u0440\u0440le \uff1cscript\uff1ewindow.pwned=1\uff1c/script\uff1e",
    "marks": "Z" + "\u0310\u0311" * 40,
    "overlong": "x" * 3000 + "<script>window.pwned=1</script>",
    "nested": "<b>" * 200 + "<i><script>window.pwned=1</script>",
}
TOKENS = (
    *INJECTIONS.values(),
    *"""
    WEBVTT NOTE STYLE REGION --> 00:00:01.000 00:00:01,000 00:99:99.999 99999999:00:00.000 NaN - >>
    -> —> → ： <u> </u> X-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000 1 2
    \\N \\h {\\p1} <rt> <br> <p t="1" d="2"> begin="1s" Dialogue: [00:01.00] "segments":[ "start":
    <v\u00a0x> <c> </c> <00:00:01.000> &amp; &#x110000; &#9999999999999; {\\an8} [Music] (laughs)
    {"events":[ {"tStartMs": "segs":[ "utf8": "tOffsetMs": 1e999 -1 null true ]} "events":{}
    [[videos]] [[people]] [[topics]] [[corrections]] [[urgent]] slug= title= at= = [ ] { } ' '''
    1e400 0x 2024-13-45 inf nan "\\ud800" , ; | \\ / .. %00 %2e%2e%2f
    speaker: series: topic: language: " - -" ( ) * ~ ? ^ OR NOT ~ m=first-days~8-20~en add= up= q=
    """.split(),
    "\n", "\n\n", "\r\n", "\t", "\ud7ff", "\U0010ffff", "\x00", "\ufeff", "\u202e", "\u200b",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """A reader of untrusted text, and sound texts to begin with."""

    read: Callable[[str], None]
    seeds: tuple[str, ...]


_JSON3 = json.dumps(
    {
        "wireMagic": "pb3",
        "events": [
            {"tStartMs": 0, "dDurationMs": 9000, "id": 1},
            {
                "tStartMs": 40,
                "dDurationMs": 3000,
                "segs": [{"utf8": "so"}, {"utf8": " what", "tOffsetMs": 200}],
            },
            {"tStartMs": 3040, "aAppend": 1, "segs": [{"utf8": "\n"}]},
        ],
    }
)
_SRT = (
    "1\n00:00:01,000 --> 00:00:02,000\nDR. SHAW: So what is ALK?\n\n2\n00:00:02,000 --> \nA gene."
)
_VTT = "\n".join(line.strip() for line in ENGLISH.strip().splitlines())
_ROLLING = (
    "WEBVTT\nKind: captions\n\n00:00:00.000 --> 00:00:02.000 align:start position:0%\n \n"
    "hello<00:00:00.480><c> and</c>\n\n00:00:02.000 --> 00:00:02.010\nhello and\n \n"
)
_KARAOKE = "".join(
    f"{n}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{text}\n\n"
    for n, text in enumerate(
        ["<u>so</u> what is", "so <u>what</u> is", "so what <u>is</u>"], start=1
    )
)
_SBV = "0:00:01.000,0:00:02.000\nso[br]what\n\n0:00:03.000,0:00:04.000\nis ALK?\n"
_TTML = (
    '<tt xmlns="http://www.w3.org/ns/ttml"><body><div begin="1s"><p begin="00:00:01:05" dur="2s">so'
    '<br/>what <span begin="1s">is</span></p><p begin="3s" end="90000t">ALK</p></div></body></tt>'
)
_SRV3 = (
    '<timedtext format="3"><body><p t="10" d="9"><s>so</s><s t="5"> &amp;#39;</s></p></body>'
    "</timedtext>"
)
_ASS = (
    "[Script Info]\n\n[Events]\nFormat: Layer, Start, End, Style, Name, Text\n"
    "Dialogue: 0,0:00:01.00,0:00:02.00,Default,Ann,"
    "{\\k20}so {\\k30}what\\Nis {\\p1}m 0 0{\\p0}ALK\n"
)
_LRC = "[ar:Ann]\n[offset:-50]\n[00:01.00][00:05.50]so <00:01.20>what\n[00:03.00]is ALK?\n"
_SAMI = (
    "<SAMI><STYLE>.EN {lang: en;} .ES {lang: es;}</STYLE><BODY><SYNC Start=1000><P Class=EN>so<br>"
    "what <P Class=ES>qu&eacute;<SYNC Start=2000><P ID=Source>Ann<P Class=EN>is <i>ALK?</i></SAMI>"
)
_MICRODVD = "{1}{1}23.976\n{DEFAULT}{}{C:$00FFFF}\n{24}{48}{y:i}so|what\n{72}{}is ALK?\n"
_WHISPER = json.dumps(
    {"segments": [{"start": 1.0, "end": 2, "text": " so", "words": [{"word": " so", "start": 1}]}]}
)
_SITE = """name = "The Example Foundation"
email = "help@example.org"
phone = "+1 555 0100"
address = "https://search.example.org"
embed_at = ["https://friend.example"]
[[lines]]
name = "Line"
number = "+1 555 0101"
[[urgent]]
slug = "chest"
language = "en"
words = ["chest pain"]
heading = "Call"
message = "Now"
"""
_CORRECTIONS = (
    '[[corrections]]\nheard = "a fat nib"\nmeant = "afatinib"\nvideo = "x"\nat = "1:02"\n'
)
_TRANSLATION = (
    '[videos.x]\ntitle = "Una charla"\n[videos.x.questions]\n"Why?" = "¿Por qué?"\n'
    '[topics.alk]\ntitle = "ALK"\n'
)
_DEFINITIONS = '[ALK]\nen = "A gene."\nes = "Un gen."\nsource = "https://example.org/"\n'
_GLOSSARY = ",".join(COLUMNS) + "\nALK,gene,ALK+|ALK-positive,,,,,A gene,https://example.org/\n"
_RESOLVED = json.dumps(
    {"videos": {"x": {"page": "https://a.example/", "outcome": "resolved", "resolved_at": "x"}}}
)
_STATE = json.dumps(
    {"address": "https://a.example", "outcome": "fetched", "at": "2026-01-01T00:00:00Z"}
)
_LIST = "m=first-days~8-20~en&q=What+comes+next%3F&up=m:first-days~8-20~en"


def _captions(ext: str, kind: TrackKind) -> Callable[[str], None]:
    track = Track("talk", "en", kind, ext, Path("en"))

    def read(text: str) -> None:
        with suppress(TranscriptError):
            transcript = read_captions(track, text.encode("utf-8", "surrogatepass"))
            words, sentences = transcript.words, transcript.sentences
            starts = [word.start_ms for word in words]
            assert starts == sorted(starts)
            assert all(0 <= w.start_ms <= w.end_ms <= LATEST_MS for w in words)
            assert all(w.text.strip() for w in words)
            assert not any(set(w.text) & set("\u202e\u2067\u200b\x00\x1b") for w in words)
            spoken = [n for s in sentences for n in range(s.first, s.last)]
            assert spoken == list(range(len(words)))
            covered = {n for p in cut_passages(sentences) for n in range(p.first, p.last)}
            assert covered == set(range(len(sentences)))
            assert as_webvtt(transcript).startswith("WEBVTT")

    return read


def _curated(read: Callable[[str, str], object]) -> Callable[[str], None]:
    def target(text: str) -> None:
        read(text, "file")

    return target


@cache
def _folder() -> Library:
    root = Path(tempfile.mkdtemp(prefix="hope-hostile-"))
    library = Library(root)
    library.captions_of("talk").mkdir(parents=True)
    return library


def _resolved(text: str) -> None:
    library = _folder()
    library.resolved_file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(CatalogError):
        read_resolved(library)


def _accounts(text: str) -> None:
    library = _folder()
    content = text.encode("utf-8", "surrogatepass")
    track = library.captions_of("talk") / "en.auto.vtt"
    for file in (
        provenance_file(track),
        track.parent / "fetch.json",
        library.root / "blocked.json",
    ):
        file.write_bytes(content)
    read_provenance(track)
    read_state(library, "talk")
    read_blocks(library)


@cache
def generation() -> Generation:
    """A small library, indexed for real, in a folder of its own."""
    return Shelf(indexed_library(Path(tempfile.mkdtemp(prefix="hope-hostile-")))).current()


def _query(text: str) -> None:
    answer = generation().search(text, limit=3, counts=True)
    for hit in answer.hits:
        assert all(0 <= begin < end <= len(hit.text) for begin, end in hit.spans)
    generation().filters_in(text)


def _quote(text: str) -> None:
    words, start, end = (*text.split("\n"), "", "", "")[:3]
    link = read_query(words, start, end)
    assert link is None or 0 <= link.start_ms <= link.end_ms


def _appointment(text: str) -> None:
    asking = read_list_request(parse_qsl(text, keep_blank_values=True, errors="replace"))
    assert len(asking.list.moments) <= MOST_MOMENTS
    assert len(asking.list.questions) <= MOST_QUESTIONS


_NAMES = allowed_hosts("https://search.example.org", [])


def _headers(text: str) -> None:
    assert negotiated_language(text) in LANGUAGES
    is_valid_range(text)
    preferred_coding(text, ["br", "gzip"])
    if is_allowed_host(text, _NAMES):
        assert (
            text.lower().rpartition(":")[0].rstrip(".") in _NAMES
            or text.lower().rstrip(".").strip("[]") in _NAMES
            or text.startswith("[::1]")
        )


TARGETS = {
    "json3": Target(_captions("json3", "auto"), (_JSON3,)),
    "vtt": Target(_captions("vtt", "auto"), (_ROLLING, _VTT)),
    "srt": Target(_captions("srt", "manual"), (_SRT, _KARAOKE, _SBV)),
    "ttml": Target(_captions("ttml", "manual"), (_TTML, _SRV3)),
    "ass": Target(_captions("ass", "manual"), (_ASS,)),
    "lrc": Target(_captions("lrc", "manual"), (_LRC, "0:01\nso what\n0:05\nis ALK?\n")),
    "json": Target(_captions("json", "auto"), (_WHISPER,)),
    "sami": Target(_captions("smi", "manual"), (_SAMI,)),
    "microdvd": Target(_captions("sub", "manual"), (_MICRODVD, "[10][20]so|what\n[30][]is ALK?\n")),
    "series": Target(_curated(read_series), (BASICS,)),
    "people": Target(_curated(read_people), (PEOPLE,)),
    "topics": Target(_curated(read_topics), (TOPICS,)),
    "translation": Target(
        _curated(lambda text, _: read_translation(text, "translation.es.toml")), (_TRANSLATION,)
    ),
    "definitions": Target(_curated(read_definitions), (_DEFINITIONS,)),
    "site": Target(_curated(lambda text, _: read_operator(text, Operator())), (_SITE,)),
    "corrections": Target(_curated(read_corrections), (_CORRECTIONS,)),
    "glossary": Target(_curated(read_glossary), (_GLOSSARY,)),
    "resolved": Target(_resolved, (_RESOLVED,)),
    "provenance": Target(_accounts, (_STATE,)),
    "query": Target(_query, ('stage 4 "biomarker testing" -cost speaker:tess',)),
    "quote": Target(_quote, ("stage.4.means~14~abcdefgh\n8.5\n20", "a-b-c-d~7~0a0a0a0a\n8\n9")),
    "appointment": Target(_appointment, (_LIST,)),
    "headers": Target(
        _headers, ("es-MX,es;q=0.8", "bytes=0-5, 7-", "gzip;q=0", "search.example.org:443")
    ),
}
