"""What the name of a caption file tells: language, kind, and the words that name its video."""

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale

from catalog import fold_accents

_MEDIA = re.compile(r"\.(mp4|m4a|mp3|mov|mkv|webm|wav|avi)$", re.IGNORECASE)
_TAG = re.compile(r"(?:^|[._\s(\[-])([A-Za-z]{2,3})(?:[-_]([A-Za-z]{2,4}|\d{3}))?[)\]]?$")
# "(Spanish)", and "Spanish (Latin America)".
_LAST_WORD = re.compile(r"[\s._(\[-]+([^\W\d_]{4,})[)\]]?$")
_WORD_WITH_REGION = re.compile(r"[\s._(\[-]+([^\W\d_]{4,})\s*\([^)]*\)$")
_AUTOMATIC = re.compile(
    r"\b(auto|asr|automatic|auto.?generated|generated|whisper|machine|gmt\d{8}.*transcript|"
    r"(audio|recording).?transcript)\b"
)
_WORD = re.compile(r"[a-z0-9]+")
# What makers of captions add to the name of a video.
_ADDED = frozenset(
    "caption captions subtitle subtitles transcript transcription cc sdh srt vtt sub subs final "
    "manual auto asr automatic generated whisper translated recording audio video youtube "
    "edited reviewed orig original".split()
)
LONGEST = 250  # as file systems have them; an archive may say anything
_LONG_NUMBER = re.compile(r"(gmt)?\d{6,}")
_DATE = re.compile(r"\b\d{4}[-_.]\d\d[-_.]\d\d([ T_-]\d\d[.:-]\d\d([.:-]\d\d)?)?\b")


@dataclass(frozen=True, slots=True)
class FileName:
    """What a name tells; `language` and `kind` are "" where it does not. `words` are folded."""

    words: tuple[str, ...]
    language: str = ""
    kind: str = ""

    @property
    def slug(self) -> str:
        """The words as a slug."""
        return "-".join(self.words)


def read_name(name: str) -> FileName:
    """Read the name of a file, with or without its folder's."""
    stem = name[-LONGEST:]
    for _ in range(3):  # the form, and what a program put behind it
        cut = re.sub(
            r"\.(srt|vtt|json3?|sbv|ttml|dfxp|srv3|ass|ssa|lrc|txt)$", "", stem, flags=re.I
        )
        stem = _MEDIA.sub("", cut)
    kind = "auto" if _AUTOMATIC.search(re.sub(r"[._\-\[\]()]+", " ", stem).lower()) else ""
    if re.search(r"\btranslated\b", stem.lower()):
        kind = "translated"
    stem, language = _without_language(_without_added(stem))
    stem = _without_added(stem)
    return FileName(words_of(_DATE.sub(" ", stem)), language, kind)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a name or title, without accents, case and what stands between them."""
    folded = (
        fold_accents(text).lower().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    )
    found = _WORD.findall(folded)
    return tuple(word for word in found if not _LONG_NUMBER.fullmatch(word))


def _without_added(stem: str) -> str:
    """Take off what was added behind a name, as long as something is left."""
    while cut := re.match(r"(.+?)[\s._()\[\]-]+([A-Za-z]+)[)\]]?$", stem):
        if cut[2].lower() not in _ADDED:
            break
        stem = cut[1]
    return stem


def _without_language(stem: str) -> tuple[str, str]:
    for written in (_LAST_WORD, _WORD_WITH_REGION):
        named = written.search(stem)
        if named and (code := _named_languages().get(fold_accents(named[1]).lower())):
            return stem[: named.start()], code
    tag = _TAG.search(stem)
    # Behind a hyphen or a space stands a word of the title oftener than a language.
    plain = tag and tag.start() > 0 and stem[tag.start()] in "._([" and tag[1].islower()
    if tag and plain and tag[1] in _codes():
        region = f"-{tag[2].upper()}" if tag[2] and len(tag[2]) == 2 else ""
        return stem[: tag.start()], f"{tag[1]}{region}"
    if tag and tag.start() == 0 and tag[1] in _codes():  # the name is nothing else
        return "", tag[1]
    return stem, ""


@cache
def _codes() -> frozenset[str]:
    return frozenset(str(code) for code in Locale("en").languages if 2 <= len(str(code)) <= 3)


@cache
def _named_languages() -> dict[str, str]:
    """The codes of languages by their names, in English and each in itself."""
    named: dict[str, str] = {}
    for code, name in Locale("en").languages.items():
        if len(code) == 2:
            named.setdefault(fold_accents(name).lower(), code)
    for code in ("es", "fr", "pt", "de", "it", "zh", "ja", "ko", "vi", "ru", "ar", "fil"):
        own = Locale(code).languages.get(code, "")
        named.setdefault(fold_accents(own).lower(), code)
    return named
