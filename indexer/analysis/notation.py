"""Reads what is one name in several runs: `stage IV`, `PD-L1`, "ross one", `T 790 M`, "10 percent".

A compound is the terms it makes, the name itself last, and how many runs it takes up.
"""

import re
from collections.abc import Callable, Sequence

from indexer.analysis import numbered, spellings
from indexer.analysis.segments import Run, number_at, percent_behind

Compound = tuple[tuple[str, ...], int]

_HEADS = frozenset(pieces[0] for pieces in spellings.COMPOUNDS)
# How names in several pieces begin: few words go on as one of them does.
_BEGINNINGS = frozenset(pieces[:2] for pieces in spellings.COMPOUNDS)
_LETTERS = frozenset(
    name[:end] for name in spellings.SPELLED_OUT for end in range(1, len(name) + 1)
)
# The words that may begin a compound of those below, whatever stands behind them.
_FIRST = _HEADS.union(spellings.EVERYDAY_GENES, ("her", "nct"), *spellings.ONE.values())
_MUTATION = re.compile(r"[a-z]\d{2,4}[a-z]")
_LONGEST_MUTATION = 5  # "el eight fifty eight are"
_LONGEST_SPELLED = max(map(len, spellings.SPELLED_OUT))


def compound_at(runs: Sequence[Run], at: int, language: str) -> Compound | None:
    """Find the longest name in several runs, or the number, that begins here."""
    if not _may_begin(runs, at) or _is_letter_by_itself(runs, at):
        return None
    for read in _READERS:
        found = read(runs, at)
        if found:
            return found
    return _number(runs, at, language)


def _may_begin(runs: Sequence[Run], at: int) -> bool:
    """Whether a compound may begin here at all."""
    touches = at + 1 < len(runs) and runs[at + 1].glue in ("", "-")
    return may_open(runs[at].text) or (touches and not runs[at + 1].text.isalpha())


def may_open(text: str) -> bool:
    """Whether a run may begin a compound behind a space; most words are only words."""
    return text in _FIRST or spellings.letter_said(text) != "" or numbered.may_begin(text)


def _is_letter_by_itself(runs: Sequence[Run], at: int) -> bool:
    """Whether this is "a", "you" and the like before a word that tells nothing of it."""
    text = runs[at].text
    behind = runs[at + 1] if at + 1 < len(runs) else None
    if not behind or behind.alone is None or behind.glue != " " or text in _FIRST:
        return False
    return spellings.letter_said(text) != "" and (text == "a" or not numbered.may_begin(text))


def terms_of(name: str) -> tuple[str, ...]:
    """Return a name and the shorter names by which it is also found; itself is the last."""
    name = spellings.SINGLE.get(name, name)
    if name in spellings.SEVERAL:
        return spellings.SEVERAL[name]
    if len(name) == 3 and _TNM.fullmatch(name):
        return name[:2], name
    return (*spellings.CONTAINS.get(name, ()), name)


_TNM = re.compile(r"[tnm][0-4][a-d]")


def _compound(runs: Sequence[Run], at: int) -> Compound | None:
    begins = tuple(run.text for run in runs[at : at + 2]) in _BEGINNINGS
    longest = spellings.LONGEST_COMPOUND if begins else 0
    for length in range(min(longest, len(runs) - at), 1, -1):
        name = spellings.COMPOUNDS.get(tuple(run.text for run in runs[at : at + length]))
        if name:
            return terms_of(name), length
    return None


def _hyphened_code(runs: Sequence[Run], at: int) -> Compound | None:
    """Read letters, a hyphen and digits as one name: `ROS-1`, `HER-2`, `IL-6`."""
    if at + 1 >= len(runs) or runs[at + 1].glue != "-":
        return None
    head, tail = runs[at].text, runs[at + 1].text
    short = len(head) <= 5 and head.isascii() and head.isalpha() and len(tail) <= 4
    return (terms_of(head + tail), 2) if short and tail[0].isdigit() else None


def _spelled_out(runs: Sequence[Run], at: int) -> Compound | None:
    """Read "e g f r", `E.G.F.R.` and "ee gee eff are" as EGFR, "pee dee el one" as PD-L1."""
    if at + 2 >= len(runs) or not spellings.letter_said(runs[at].text):
        return None
    letters = ""
    found: Compound | None = None
    for length, run in enumerate(runs[at : at + _LONGEST_SPELLED], start=1):
        letter = "1" if run.text == "one" else spellings.letter_said(run.text)
        if not letter:
            break
        letters += letter
        if letters not in _LETTERS:
            break
        if length > 2 and letters in spellings.SPELLED_OUT:
            found = terms_of(spellings.EVERYDAY_GENES.get(letters, letters)), length
    return found


def _mutation(runs: Sequence[Run], at: int) -> Compound | None:
    """Read `T 790 M`, `T790 M` and `G 12C` as they are written without spaces.

    Of those that are known, letters may be said by their names: "el 858 are", "gee twelve see".
    """
    name, behind = runs[at].text, runs[at + 1].text if at + 1 < len(runs) else ""
    first = spellings.letter_said(name)
    if not (behind[:1].isdigit() or (first, behind) in _BEGINNINGS):
        first = ""
    for length in range(min(_LONGEST_MUTATION, len(runs) - at), 2, -1) if first else ():
        *said, last = (run.text for run in runs[at + 1 : at + length])
        spelled = first, *said, spellings.letter_said(last)
        name = "".join(spelled)
        if name not in spellings.MUTATIONS:
            name = spellings.COMPOUNDS.get(spelled, "")
        if name in spellings.MUTATIONS:
            return terms_of(name), length
    name = runs[at].text
    if not name.isascii() or len(name) > 5 or name in ("a", "i"):
        return None
    if name.isalpha() and (len(name) > 1 or not behind[:1].isdigit()):
        return None
    for length in (2, 3):
        if at + length > len(runs):
            return None
        name += runs[at + length - 1].text
        if _MUTATION.fullmatch(name) and name[-1] not in "ai":
            return terms_of(name), length
    return None


def _her_two(runs: Sequence[Run], at: int) -> Compound | None:
    """Read "her two" as HER2 when it ends the text, or what follows tells; "her two sons" not."""
    if runs[at].text != "her" or at + 1 >= len(runs) or runs[at + 1].text not in ("2", "two"):
        return None
    after = runs[at + 2].text if at + 2 < len(runs) else "gene"
    told = runs[at].name or after in spellings.GENE_NEIGHBOURS
    return (terms_of("her2"), 2) if told else None


def _with_plus(runs: Sequence[Run], at: int) -> Compound | None:
    """Read `ALK+` as `ALK`; the plus sign only says that it is there."""
    touches = at + 1 < len(runs) and runs[at + 1].text == "+" and runs[at + 1].glue == ""
    if not touches or not runs[at].text.isalnum():
        return None
    return terms_of(spellings.EVERYDAY_GENES.get(runs[at].text, runs[at].text)), 2


def _gene(runs: Sequence[Run], at: int) -> Compound | None:
    """MET the gene, which is told from the verb by its capitals, or by the words around it."""
    gene = spellings.EVERYDAY_GENES.get(runs[at].text)
    if not gene:
        return None
    before = [run.text for run in runs[max(0, at - 2) : at]]
    after = runs[at + 1].text if at + 1 < len(runs) else ""
    verb = before[-1:] and before[-1] in spellings.MEETS
    told = after in spellings.GENE_NEIGHBOURS and not verb
    named = len(before) == 2 and before[0] in spellings.GENE_BEFORE and before[1] in ("of", "in")
    return (terms_of(gene), 1) if runs[at].name or told or named else None


def _trial(runs: Sequence[Run], at: int) -> Compound | None:
    """Read `NCT01234567`, `NCT-01234567` and `NCT 0123 4567` as one, found by its digits too."""
    if not runs[at].text.startswith("nct"):
        return None
    digits = runs[at].text[3:]
    length = 1
    while len(digits) < 8 and at + length < len(runs) and runs[at + length].text.isdigit():
        digits += runs[at + length].text
        length += 1
    return ((digits, f"nct{digits}"), length) if re.fullmatch(r"\d{8}", digits) else None


_DIAGNOSIS = re.compile(r"([cdjrz]\d\d)(\d{1,2})")


def _diagnosis(runs: Sequence[Run], at: int) -> Compound | None:
    """Read `C34.90` and `C3490` as one code of a bill, found by `C34` as well."""
    length = 1
    code = runs[at].text
    if len(code) == 1 and at + 1 < len(runs) and runs[at + 1].glue == "":
        code, length = code + runs[at + 1].text.replace(".", "", 1), 2
    found = _DIAGNOSIS.fullmatch(code)
    return ((found[1], code), length) if found else None


_SHORTEST_PHONE = 10


def _phone(runs: Sequence[Run], at: int) -> Compound | None:
    """Read `1-800-555-0199` as one number, found by each part of it, and without the 1."""
    parts = [runs[at].text]
    if not parts[0].isdigit():
        return None
    for run in runs[at + 1 : at + 4]:
        if not (run.glue == "-" or len(run.text) in (3, 4)) or not run.text.isdigit():
            break
        parts.append(run.text)
    lengths = "".join(str(len(part)) for part in parts)
    if lengths not in ("1334", "334"):
        return None
    whole = "".join(parts)
    return (*parts, whole[-_SHORTEST_PHONE:], whole), len(parts)


def _number(runs: Sequence[Run], at: int, language: str) -> Compound | None:
    """Read "ten percent", `10 %` and `10 per cent` as one; "five" as 5, and "one" before a unit."""
    if runs[at].text in spellings.ONE.get(language, ()):
        behind = runs[at + 1].text if at + 1 < len(runs) else ""
        if behind in spellings.UNITS or _is_of_many(runs, at + 1, language):
            return ("1",), 1
    found = number_at(runs, at, language)
    if not found:
        return None
    number, length = found
    percent = percent_behind(runs, at + length)
    if percent:
        return (number, "percent", f"{number}%"), length + percent
    only = length == 1 and runs[at].text in ("one", "uno")
    return None if only else ((number,), length)


def _is_of_many(runs: Sequence[Run], at: int, language: str) -> bool:
    """Whether "in four" or "out of ten" stands here, so that "one" before it is a number."""
    words = tuple(run.text for run in runs[at : at + 2])
    length = 2 if words in spellings.OF_MANY else 1 if words[:1] in spellings.OF_MANY else 0
    there = length and at + length < len(runs)
    return bool(there and number_at(runs, at + length, language))


_READERS: tuple[Callable[[Sequence[Run], int], Compound | None], ...] = (
    _trial,
    _diagnosis,
    _phone,
    _compound,
    *numbered.READERS,
    _mutation,
    _hyphened_code,
    _spelled_out,
    _her_two,
    _with_plus,
    _gene,
)
