"""Links to moments as they arrive: cut, wrapped, marked up and decorated on their way.

Every route that reads a time, a quote, a list or a frame reads it through these functions. They
are pure, and give nothing to `urlsplit`, which remembers what it split.
"""

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote, unquote, unquote_plus

from catalog import youtube_id

Pairs = list[tuple[str, str]]

# Marks that a value of a link may end with.
_OWN_MARKS = "-_~"
_HOURS = r"h|hrs?|hours?|horas?"
_MINUTES = r"m|mins?|minutes?|minutos?"
_SECONDS = r"s|secs?|segs?|seconds?|segundos?"
_FRACTION = r"(?:\.(?P<fraction>[0-9]{0,9}))?"
_TIMES = tuple(
    re.compile(form)
    for form in (
        rf"(?P<s>[0-9]{{1,6}}){_FRACTION}(?:{_SECONDS})?",
        rf"(?:(?P<h>[0-9]{{1,3}}):)?(?P<m>[0-9]{{1,4}}):(?P<s>[0-9]{{1,2}}){_FRACTION}"
        rf"(?:{_MINUTES}|{_SECONDS})?",
        rf"(?P<h>[0-9]{{1,3}})(?:{_HOURS})(?P<m>[0-9]{{1,2}})",
        r"(?P<m>[0-9]{1,4})['’′](?P<s>[0-9]{1,2})",
        rf"(?:(?P<h>[0-9]{{1,3}})(?:{_HOURS}))?(?:(?P<m>[0-9]{{1,4}})(?:{_MINUTES}))?"
        rf"(?:(?P<s>[0-9]{{1,5}}){_FRACTION}(?:{_SECONDS})?)?",
    )
)
_LONGEST_TIME = 40
# Letters and marks of a width of their own, as East Asian keyboards write them.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MINUS = 0x2212
# Where a mail program broke a line; or a space behind a hyphen, at which it did.
_BROKEN = re.compile(r"[\r\n]+\s*|(?<=-)\s+")
# What Media Fragments and ISO 8601 write before a time.
_BEFORE_TIMES = re.compile(r"(?:npt:|pt(?=[0-9]))")

# What a link carries, by the names that sites give it; each has one value.
_NAMES = {
    "t": "t",
    "start": "t",
    "time": "t",
    "time_continue": "t",
    "lang": "lang",
    "from": "from",
    "words": "words",
    "to": "to",
} | {name: name for name in ("line", "part", "page", "topic", "answers", "exact")}
_TIMED = frozenset({"t", "from", "to"})
# What the list for an appointment has several of.
_LISTED = frozenset({"m", "add"})
_ASKED = "q"
_CARRIED = {*_NAMES.values(), *_LISTED, _ASKED}
_AMPERSAND = re.compile(r"&(?:amp;|#38;|#x26;)+", re.IGNORECASE)
# No address holds these as they are (RFC 3986): behind them stands other text, or markup.
_NEVER = r"<>\"{}|\\^`\[\]"
_ENDS_VALUE = re.compile(rf"[&#?;{_NEVER}]")
_ENDS_PATH = re.compile(rf"[?&#;{_NEVER}]")
_QUERY_BEGINS = "?&#;"
_QUOTED_PRINTABLE = "3d"
# What others put behind a question as if the link had no query yet.
_GLUED = re.compile(r"(?:/|%2f)?(?:\?|%3f)(?:[a-z]+clid|utm_[a-z]+)(?:=|%3d).*", re.IGNORECASE)
# What stands behind so many parameters came along on the way, and is not read.
MOST_PARAMETERS = 200
# What others put behind a link as if it had no query yet; behind a question it may be its end.
_GLUED_TIME = re.compile(r"((?:^|&)(?!q=)[^&?]*)\?(?=(?:t|start)=[0-9])", re.IGNORECASE)
_TYPED_PARTS = re.compile(r"[\s<>\"]+")
_USUAL_PORT = re.compile(r"\.?:(?:80|443)?$")
_LONGEST_ADDRESS = 8000
_SCHEME = re.compile(r"https?:/+", re.IGNORECASE)


def is_stray(character: str) -> bool:
    """Whether a character at the edge of a link belongs to the text around it."""
    return unicodedata.category(character)[0] not in "LN" and character not in _OWN_MARKS


def without_strays(text: str, also: str = "") -> str:
    """A value of a link without what stands around it; `also` are marks that it never ends with."""
    first, last = 0, len(text)
    while first < last and is_stray(text[first]):
        first += 1
    while first < last and (is_stray(text[last - 1]) or text[last - 1] in also):
        last -= 1
    return text[first:last]


def plain(text: str) -> str:
    """A part of a link without what nobody sees, and with the hyphens that it was made with."""
    if text.isascii() and text.isprintable():
        return _BROKEN.sub("", text)
    joined = _BROKEN.sub("", text.translate(_WIDE))
    kinds = ((c, unicodedata.category(c)) for c in joined)
    seen = ((c, kind) for c, kind in kinds if kind not in ("Cc", "Cf"))
    return "".join("-" if kind == "Pd" or ord(c) == _MINUS else c for c, kind in seen)


def read_time(text: str | None) -> int | None:
    """The milliseconds of a time as people write it; None for anything else.

    `90`, `90s`, `1m30`, `1h2m3s`, `1:02:03.5`; of `10,20` (a media fragment) and `1:30-2:10` the
    start.
    """
    # A comma begins either an end or a fraction that no link needs.
    written = plain((text or "")[: 4 * _LONGEST_TIME]).strip().partition(",")[0].casefold()
    bare = without_strays(written.lstrip("_~"), _OWN_MARKS)
    start, dash, end = bare.partition("-")
    forms = (written, bare, start if dash and _read_form(end) else "")
    times = (_read_form("".join(form.split())) for form in forms)
    return next((time for time in times if time is not None), None)


def read_second(text: str | None) -> int | None:
    """The same, in milliseconds, as links to a moment have it: the second in which it falls."""
    found = read_time(text)
    return None if found is None else found - found % 1000


def _read_form(text: str) -> int | None:
    text = _BEFORE_TIMES.sub("", text, count=1) if len(text) <= _LONGEST_TIME else ""
    for form in _TIMES:
        match = form.fullmatch(text) if text.isprintable() else None
        if match and any(match.groups()):
            part = {"h": "0", "m": "0", "s": "0", "fraction": "0"}
            part |= {name: value for name, value in match.groupdict().items() if value}
            seconds = int(part["h"]) * 3600 + int(part["m"]) * 60 + int(part["s"])
            return seconds * 1000 + int(part["fraction"].ljust(3, "0")[:3])
    return None


def mended_path(path: str) -> tuple[str, str]:
    """A page's path without what a link never has, and the query that was hidden in it, if any.

    Both are as they stand in an address once it is decoded.
    """
    whole = _decoded(path)
    cut = _ENDS_PATH.search(whole)
    hidden = whole[cut.end() :] if cut and cut[0] in _QUERY_BEGINS else ""
    kept = plain(whole[: cut.start()] if cut else whole)
    parts = [part for part in kept.lower().split("/") if part]
    while parts and not (last := without_strays(parts[-1], _OWN_MARKS)):
        parts.pop()
    if parts:
        parts[-1] = last
    return "/" + "/".join(parts), hidden


def mended_query(query: str, *, listed: bool = False) -> str:
    """A query in which what a link carries has one readable value each; the rest stays as it is.

    In: percent-encoded, as it came. The first value that can be read counts: what is added to a
    link on its way stands behind. A query is `listed` where it may hold several questions.
    """
    kept: list[str] = []
    found: dict[str, str] = {}
    for raw in _parts(query):
        name, equals, value = (raw if "=" in raw else unquote(raw)).partition("=")
        known = without_strays(name.lower().removeprefix("amp;"))
        if known == _ASKED:
            kept += _first_asked(kept, value, listed=listed)
        elif known not in _NAMES and known not in _LISTED:
            kept.append(raw)
        elif equals:
            for one, text in _carried(known, value):
                if one in _LISTED or one == _ASKED:
                    kept.append(f"{one}={quote(text, safe='~')}")
                elif not found.get(one) or not _readable(one, found[one]):
                    found[one] = text
    kept = [raw for raw in kept if raw]
    return "&".join([*kept, *(f"{name}={quote(text)}" for name, text in found.items())])


def _parts(query: str) -> list[str]:
    """The parts of a query; where a mail program wrote each `=` as `=3D`, as they were before."""
    whole = _GLUED_TIME.sub(r"\1&", _AMPERSAND.sub("&", query))
    parts = whole.split("&", MOST_PARAMETERS)[:MOST_PARAMETERS]
    pairs = [part.partition("=") for part in parts if "=" in part]
    written = all(value[:2].lower() == _QUOTED_PRINTABLE for _, _, value in pairs)
    if not written or not any(name.lower() in _NAMES for name, _, _ in pairs):
        return parts
    return [f"{name}={value[2:]}" for name, _, value in pairs]


def _first_asked(kept: list[str], value: str, *, listed: bool) -> list[str]:
    """A question as it was typed, unless another one stands before it already."""
    if listed:
        return [f"{_ASKED}={value}"]
    typed = _GLUED.sub("", value, count=1)
    return [f"{_ASKED}={typed}"] if typed and not any(one[:2] == "q=" for one in kept) else []


def _carried(name: str, value: str) -> Pairs:
    """What one value carries: itself, and what was meant to stand behind it."""
    whole = _decoded(value, plus=True)
    first, *others = _ENDS_VALUE.split(without_strays(whole) or whole, MOST_PARAMETERS)
    pairs = [(name, first), *(other.partition("=")[::2] for other in others if "=" in other)]
    known = [(_NAMES.get(one.lower(), one.lower()), text) for one, text in pairs]
    return [(one, _cleaned(one, text) or text) for one, text in known if one in _CARRIED]


def _cleaned(name: str, text: str) -> str:
    if name in _TIMED or name == _ASKED:
        return text.strip()
    return "".join(plain(without_strays(text, "" if name == "words" else _OWN_MARKS)).split())


def _readable(name: str, text: str) -> bool:
    return read_time(text) is not None if name in _TIMED else bool(text)


def _decoded(text: str, *, plus: bool = False) -> str:
    """A text without its percent-encoding, also one that was put on it twice."""
    decoded = (unquote_plus if plus else unquote)(text)
    return unquote(decoded) if "%" in decoded else decoded


def youtube_moments(typed: str) -> Iterable[tuple[str, int | None]]:
    """The videos at YouTube whose addresses somebody typed, and the time that each begins at.

    Also of an address that stands in another one, which counts who follows it.
    """
    # An address has a slash, written or encoded; other scripts have slashes of their own.
    if typed.isascii() and "/" not in typed and "%" not in typed:
        return
    for written in _TYPED_PARTS.split(typed[:4000]):
        part = plain(written if "/" in written else _decoded(written))
        found, inside = _youtube_moment(part)
        others = (_youtube_moment(value)[0] for value in inside)
        yield from (one for one in (found, *others) if one)


def _youtube_moment(part: str) -> tuple[tuple[str, int | None] | None, list[str]]:
    """The video and time of an address, and what else in it may be one."""
    scheme = _SCHEME.search(part)
    address = without_strays(part[scheme.end() :] if scheme else part)
    host, slash, rest = address.partition("/")
    path, query = _split_address(_AMPERSAND.sub("&", rest))
    pairs = [(name, value.strip()) for name, value in link_pairs(query)]
    found = youtube_id(host.partition(":")[0].lower(), slash + path, dict(reversed(pairs)))
    if found:
        times = (read_time(value) for name, value in pairs if _NAMES.get(name) == "t")
        return (found, next((ms for ms in times if ms is not None), None)), []
    return None, [value for _, value in pairs if "/" in value]


def _split_address(rest: str) -> tuple[str, str]:
    """The path and all that follows it as one query, what stands behind the # too."""
    cut = _ENDS_PATH.search(rest)
    return (rest[: cut.start()], rest[cut.end() :]) if cut else (rest, "")


def link_pairs(query: str) -> Pairs:
    """The parameters of a link, those of its fragment too; names in lower case."""
    parts = _ENDS_VALUE.split(_AMPERSAND.sub("&", query))
    pairs = [part.partition("=") for part in parts if part]
    return [(name.lower(), unquote_plus(value)) for name, _, value in pairs]


def page_at(address: str, site: str) -> tuple[str, str] | None:
    """The path and the query of a whole address of the `site`; None for any other address."""
    written = without_strays(address[:_LONGEST_ADDRESS])
    scheme = _SCHEME.match(written)
    own = _SCHEME.sub("", site, count=1)
    if scheme is None:
        return None
    parts = re.split(r"(?=[/?#])", written[scheme.end() :], maxsplit=1)
    if _host(parts[0]) != _host(own):
        return None
    path, query = _split_address(parts[1] if len(parts) > 1 else "/")
    kept, hidden = mended_path(path)
    return kept, "&".join(part for part in (hidden, query) if part)


def _host(authority: str) -> str:
    """A host and its port, without one that goes without saying."""
    return _USUAL_PORT.sub("", authority.lower())
