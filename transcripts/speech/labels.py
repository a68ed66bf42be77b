"""How a speaker's label is written, and which words before a colon are none.

The words are in `transcripts/data/labels.toml`, which says what each list is for.
"""

from __future__ import annotations

import re
from importlib import resources

from catalog import WordLists

# Nobody has a longer name; what is longer was made to fill a page.
LONGEST_NAME = 80

_LISTS = WordLists(resources.files("transcripts") / "data/labels.toml")
CAPITAL = "A-ZÀ-ÖØ-ÞĀ-ž"
_TITLE = r"(?:Drs?|DRS?|Dra|DRA|Mrs?|MRS?|Ms|MS|Prof|PROF|Sra?|SRA?|St|ST|Lic|LIC)\."
_INITIALS = rf"(?:[{CAPITAL}]\.)+|Ph\.?D\."
_WORD = rf"[{CAPITAL}](?:[\w'’-]|\.(?=\w))*+"
_LINKS = f"(?:(?:{'|'.join(_LISTS.words('links'))}) )"
_PART = rf"(?:{_TITLE}|{_INITIALS}|{_WORD})"
NAME = rf"{_PART}(?: {{1,3}}{_LINKS}{{0,3}}(?:{_PART}|#?\d{{1,4}}\b)){{0,4}}"
PREFIX = (
    rf"(?P<name>{NAME}(?:, {{1,2}}{_PART}(?: {_PART}){{0,2}}){{0,3}})"
    rf"(?: {{1,2}}\([^()\n]{{1,30}}\))?[ \xa0]{{0,40}}(?:：|:(?=[\s\"“'‘«¿¡{CAPITAL}]|$))"
)

_ROLES = f"{'|'.join(_LISTS.words('roles'))}|audience member"
_WHOSE = "(?:(?:male|female|unidentified|unknown) )?"
ROLE = re.compile(rf"{_WHOSE}(?:{_ROLES})(?: #?\d+)?\Z", re.IGNORECASE)
# `MS` and `MR` without a dot are an illness and a scan.
TITLED = re.compile(
    rf"(?:(?i:dra?|prof)\b\.?|(?i:professor|profesora?)|(?i:mrs?|ms|sra?)\.|Mrs?|Ms) +[{CAPITAL}]"
)
# Roles written small, or a title written small with a name: never sure, and never overlooked.
LOW = re.compile(
    rf"\s*(?:{_WHOSE}(?:{_ROLES})(?: #?\d+)?|dra?\.? [\w'’-]{{1,40}}) ?:(?=\s|$)", re.I
)
DEGREE = re.compile(r"(?:M\.?D\.?|Ph\.?D\.?|RN|NP|DO|FACS|MPH|MSc|Jr\.?|Sr\.?)\Z", re.IGNORECASE)

ORDINARY = _LISTS.word_set("ordinary")
_THINGS = _LISTS.word_set("things")
_BARE_TITLES = _LISTS.word_set("bare-titles")
_MEDICINE = re.compile(
    r"\w{3,}(?:nib|mab|platin|taxel|trexed|rasib|parib|ciclib|statin)\Z", re.IGNORECASE
)


def is_ordinary(name: str) -> bool:
    """Whether every word is one that is often said before a colon: `Bottom line`."""
    words = [word.strip(".,") for word in name.lower().split()]
    return len(name) > 1 and all(word in ORDINARY or word.isdigit() for word in words)


def is_a_thing(name: str) -> bool:
    """Whether this is no name: `KRAS`, `Osimertinib`, `TARGETED THERAPY`, a single letter."""
    words = [word.strip(".,") for word in name.lower().split()]
    if len(words) == 1 and (len(words[0]) < 2 or words[0] in _BARE_TITLES):
        return True
    return any(word in _THINGS or _MEDICINE.match(word) for word in words)
