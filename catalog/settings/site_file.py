"""Reads `<library>/site.toml`, over the one shipped in the package, and finds every problem."""

import re
from collections.abc import Mapping
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

from catalog.errors import CatalogError, Mistake
from catalog.settings.engine_settings import EngineSettings, read_engine
from catalog.settings.site_settings import (
    ANY,
    SIGNS,
    FetchSettings,
    Operator,
    PhoneLine,
    Signpost,
    TrialSearch,
)
from catalog.storage.library import Library
from catalog.toml import fields
from catalog.toml.tables import TableShape, TomlFile, inline

FILE = "site.toml"
SHIPPED = resources.files("catalog") / "data" / FILE
_ASKED_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\Z")
_EXTRACTOR = r"(?i:[a-z0-9][a-z0-9._+-]*(:[a-z0-9._+-]+)*)"
# It becomes part of a mailto: link, where `?` and `&` begin something else.
_EMAIL = r"[^\s@<>\"'?&]+@[^\s@<>\"'?&]+\.[^\s@<>\"'?&.]+"
_PROXY = r"(https?|socks4a?|socks5h?)://[^\s/@]*(:[^\s/@]*)?@?[^\s/@]+/?"
_HOST = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*"

_email = fields.fitting(_EMAIL, "is no email address, like 'help@example.org'")
_phone = fields.fitting(
    r"\+?[0-9(][0-9 ().-]{1,30}",
    "is no phone number; write it in quotes, like '+1 555 010 0100'",
)
# A https address with neither a path nor a slash at its end.
_origin = fields.fitting(
    rf"https://{_HOST}(?::[0-9]{{1,5}})?",
    "is no origin; write it like 'https://www.example.org', without a path or a slash at its end",
)
_extractor = fields.fitting(_EXTRACTOR, "is no extractor; write a name of yt-dlp's, like 'vimeo'")
_proxy = fields.fitting(
    _PROXY,
    "is no proxy; write it like 'http://127.0.0.1:3128' or 'socks5h://127.0.0.1:1080'",
)
_package = fields.fitting(
    r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?",
    "is no package; write its name, like 'bgutil-ytdlp-pot-provider'",
)


def load_operator(library: Library) -> Operator:
    """Load who runs a library's site. Raises CatalogError, which holds every problem at once."""
    operator, problems = read_operator_of(library)
    if problems:
        raise CatalogError(problems)
    return operator


def load_fetch_settings(library: Library) -> FetchSettings:
    """Load whom fetching may ask. Raises CatalogError where that part of the file is wrong.

    What is wrong elsewhere in the file keeps nobody from fetching.
    """
    return _part_of(library, "fetching").fetching


def load_engine(library: Library) -> EngineSettings | None:
    """Load where the passages are, None where they are here. Raises CatalogError as above."""
    return _part_of(library, "engine").engine


def _part_of(library: Library, field: str) -> Operator:
    operator, problems = read_operator_of(library)
    wrong = [one for one in problems if not one.entry and one.field in {"", field}]
    if wrong:
        raise CatalogError(wrong)
    return operator


def read_operator_of(library: Library) -> tuple[Operator, tuple[Mistake, ...]]:
    """Read a library's site.toml, which may be absent, and every problem in it."""
    shipped, _ = read_operator(SHIPPED.read_text("utf-8"), Operator())
    text, problem = _text(library.site_file)
    if problem:
        return shipped, (Mistake(FILE, problem),)
    return (shipped, ()) if text is None else read_operator(text, shipped)


def _text(file: Path) -> tuple[str | None, str]:
    """The text of the file, None where there is none, and what keeps it from being read."""
    try:
        return file.read_text(encoding="utf-8-sig"), ""
    except FileNotFoundError:
        return None, "this leads to no file" if file.is_symlink() else ""
    except UnicodeDecodeError as err:
        return None, f"this is not UTF-8 text (byte {err.start})"
    except OSError as err:
        return None, f"this file cannot be read: {err.strerror}"


def read_operator(text: str, otherwise: Operator) -> tuple[Operator, tuple[Mistake, ...]]:
    """Read a site.toml; what it leaves out is as in `otherwise`. What is wrong is left out."""
    toml = TomlFile(FILE)
    table = toml.parse(text)
    if table is None:
        return otherwise, tuple(toml.problems)
    values = toml.values(table, _OPERATOR)
    for key, shape in _LISTS.items():
        if key in table:
            values[key] = toml.entries(table[key], key, shape, _name)
    _needs_words(toml, table.get("urgent", ()) or [])
    _report_duplicates(toml, values.get("urgent", ()))
    return replace(otherwise, **values), tuple(toml.problems)


def _name(table: Mapping[str, Any]) -> object:
    """Name an entry of a list: a signpost by its slug and language, anything else by its name."""
    slug, language = table.get("slug"), table.get("language")
    if slug is None:
        return table.get("name")
    return f"{slug} ({language})" if slug and isinstance(language, str) else slug


def _report_duplicates(toml: TomlFile, signposts: tuple[Signpost, ...]) -> None:
    seen: set[tuple[str, str]] = set()
    for one in signposts:
        if (one.slug, one.language) in seen:
            says = "another signpost has this slug in this language"
            toml.report(says, _shown(one), "slug")
        seen.add((one.slug, one.language))


def _shown(signpost: Signpost) -> str:
    return f"{signpost.slug} ({signpost.language})"


def _security(value: Any) -> str:
    """Read an email address, or the address of a page that is sent encrypted (RFC 9116, 2.5.3)."""
    if isinstance(value, str) and "@" in value and "://" not in value:
        return _email(value)
    page = fields.web_address(value)
    if not page.startswith("https://"):
        raise ValueError(f"{fields.shown(value)} begins with http://; write https://")
    return page


def _words(value: Any) -> tuple[str, ...]:
    """Read words to look for; each needs a letter."""
    words = fields.list_of(fields.text)(value)
    if not words:
        raise ValueError("write at least one word or phrase")
    for word in words:
        if not any(sign.isalpha() for sign in word):
            raise ValueError(f"{fields.shown(word)} holds no letter, so nobody's search matches it")
    return words


def _signs(value: Any) -> tuple[str, ...]:
    signs = fields.list_of(fields.text)(value)
    for sign in signs:
        if sign not in SIGNS:
            raise ValueError(f"{fields.shown(sign)} is no sign; there are {', '.join(SIGNS)}")
    return signs


def _signpost(*, words: tuple[str, ...] = (), **values: Any) -> Signpost:
    return Signpost(words=words, **values)


def _needs_words(toml: TomlFile, tables: Any) -> None:
    """Report signposts with neither words nor signs."""
    for name, table in TomlFile(FILE).tables(tables, "urgent", name_of=_name):
        if isinstance(table, dict) and table.keys().isdisjoint(("words", "signs")):
            toml.report("write `words` to look for, or `signs`", name, "words")


def _calls(value: Any) -> tuple[PhoneLine, ...]:
    toml = TomlFile(FILE)
    lines = toml.entries(value, "call", _LINE, _name)
    if toml.problems:
        raise ValueError("; ".join(f"{p.entry}: {p.field}: {p.says}" for p in toml.problems))
    return lines


def _host(value: Any) -> str:
    name = value.lower().rstrip(".") if isinstance(value, str) else ""
    if name != ANY and not _ASKED_HOST.match(name):
        raise ValueError(
            f"{fields.shown(value)} is no host; write a name alone, like 'videos.example.org'"
        )
    return name


def _allowed(value: Any) -> FetchSettings:
    """Read the table `[fetching]`; what it leaves out is as usual."""
    if not isinstance(value, dict):
        raise ValueError("write `hosts` and `extractors` under [fetching]")
    return inline(_ALLOWED)(value)


_ALLOWED = TableShape(
    FetchSettings,
    {
        "hosts": fields.list_of(_host),
        "extractors": fields.list_of(lambda name: _extractor(name).lower()),
        "cookies": fields.text,
        "proxy": _proxy,
        "javascript": fields.flag,
        "po_token_plugin": _package,
        "po_token_server": fields.web_address,
        "sound": fields.flag,
    },
)
_LINE = TableShape(
    PhoneLine,
    {
        "name": fields.text,
        "number": _phone,
        "hours": fields.text,
        "note": fields.text,
        "language": fields.language,
    },
    ("name", "number"),
)
_SIGNPOST = TableShape(
    _signpost,
    {
        "slug": fields.slug,
        "language": fields.language,
        "words": _words,
        "heading": fields.text,
        "message": fields.text,
        "call": _calls,
        "sources": fields.list_of(fields.web_address),
        "signs": _signs,
        "instead": fields.flag,
    },
    ("slug", "language", "heading", "message"),
)
_TRIALS = TableShape(
    TrialSearch, {"name": fields.text, "address": fields.web_address}, ("name", "address")
)
_LISTS: Mapping[str, TableShape[Any]] = {"lines": _LINE, "urgent": _SIGNPOST, "trials": _TRIALS}
_OPERATOR = TableShape(
    Operator,
    {
        "name": fields.text,
        "email": _email,
        "phone": _phone,
        "post": fields.list_of(fields.text),
        "address": _origin,
        "security": _security,
        "embed_at": fields.list_of(_origin),
        "fetching": _allowed,
        "engine": read_engine,
        **dict.fromkeys(_LISTS, lambda value: value),  # each of their tables is read by itself
    },
)
