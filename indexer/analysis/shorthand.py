"""Reads shorthand as what it stands for, before names are looked for: `19del`, `T2aN1M0`, `q3w`.

Runs go in and runs come out, each with the characters that it stands for. What is said in full is
written as its shorthand is: "T two A N one" makes the runs of `T2a N1`.
"""

import re
from collections.abc import Callable, Sequence

from indexer.analysis import spellings
from indexer.analysis.segments import Run, number_at

_GENE = "|".join(sorted(spellings.EXON_GENES))
_KIND = "|".join(spellings.CHANGES)
_EXON = re.compile(
    rf"(?P<gene>{_GENE})?(?P<exon>e|ex|exon)?(?P<number>1[4-9]|2[01])(?P<kind>{_KIND})?"
)
_KIND_FIRST = re.compile(r"(?P<kind>del|ins)(?P<number>1[89]|2[01])")
_STAGE = re.compile(r"(?:ii|iii)[abc]\d?|iv[ab]\d?")
_TNM = re.compile(r"[cpyr]{0,2}(t(?:[0-4x][a-d]?|is))?(n[0-3x][a-c]?)(m[01x][a-c]?)?")
_TNM_PART = re.compile(r"[cpyr]{0,2}(t(?:[0-4x][a-d]?|is)|n[0-3x][a-c]?|m[01x][a-c]?)")
_LINE = re.compile(r"([1-4])l")
_EVERY = re.compile(r"q(\d{1,2})(w|wk|wks|d)")
_DATE = re.compile(r"(\d{1,4})\.(\d{1,2})\.(\d{2,4})")
# What may begin shorthand: a number, "met", the marks of a change, a stage, or T, N and M.
_BEGINS = re.compile(
    rf".*\d.*|met|[cpq]|(?:ii|iii|iv)[abc]|{_KIND}"
    r"|[cpyr]{0,2}(?:t|tx[a-d]?|tis)?(?:nx[a-c]?)?(?:mx[a-c]?)?"
)
_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth"}


def may_be_shorthand(text: str) -> bool:
    """Whether a run may begin shorthand at all; most words are only words."""
    return _BEGINS.fullmatch(text) is not None


def written_out(runs: Sequence[Run]) -> list[Run]:
    """Put what shorthand stands for in its place."""
    found: list[Run] = []
    at = 0
    while at < len(runs):
        if runs[at].alone is not None:
            found.append(runs[at])
            at += 1
            continue
        for read in _READERS if may_be_shorthand(runs[at].text) else ():
            made = read(runs, at)
            if made:
                found += made[0]
                at += made[1]
                break
        else:
            found.append(runs[at])
            at += 1
    return found


_Made = tuple[list[Run], int] | None


def _split(run: Run, pieces: Sequence[tuple[str, int]]) -> list[Run]:
    """Cut a run into pieces: each its text, and how many characters of the run it stands for."""
    found: list[Run] = []
    start = run.start
    for number, (text, length) in enumerate(pieces):
        end = run.end if number == len(pieces) - 1 else min(run.end, start + length)
        found.append(Run(text, start, max(end, start + 1), " " if number else run.glue, run.name))
        start = min(end, run.end - 1)
    return found


def _exon(runs: Sequence[Run], at: int) -> _Made:
    """Read `19del`, `E19del`, `ex20ins`, `METex14`, `EGFR19` as gene, exon, number and change."""
    run = runs[at]
    found = _EXON.fullmatch(run.text) or _KIND_FIRST.fullmatch(run.text)
    if not found:
        return None
    said = found.groupdict()
    if not (said.get("gene") or said["kind"] or said.get("exon") in ("ex", "e")):
        return None
    behind = runs[at + 1].text if at + 1 < len(runs) else ""
    told = said["kind"] or said.get("gene") or behind in spellings.CHANGES
    if said.get("exon") == "e" and not told:
        return None  # "E20" alone may be anything
    pieces = [(said["gene"], len(said["gene"]))] if said.get("gene") else []
    pieces += [("exon", len(said.get("exon") or "")), (said["number"], 2)]
    if said["kind"]:
        pieces.append((spellings.CHANGES[said["kind"]], len(said["kind"])))
    return _split(run, pieces), 1


def _change(runs: Sequence[Run], at: int) -> _Made:
    """Read `ins` behind "exon 20" as an insertion."""
    before = [run.text for run in runs[max(0, at - 2) : at]]
    told = before[:1] in (["exon"], ["ex"]) and before[1:] and number_at(runs, at - 1, "en")
    change = spellings.CHANGES.get(runs[at].text, "")
    return ([runs[at]._replace(text=change)], 1) if told and change else None


def _stage(runs: Sequence[Run], at: int) -> _Made:
    """Read `IIIB` that stands alone as a stage."""
    run = runs[at]
    if not _STAGE.fullmatch(run.text) or (at and runs[at - 1].text in spellings.NUMBERED):
        return None
    return _split(run, [("stage", 1), (run.text, len(run.text))]), 1


def _tnm(runs: Sequence[Run], at: int) -> _Made:
    """Read `pT2aN1M0`, `T2a N1 M0` and "T two A N one M zero" as T2a, N1 and M0."""
    whole = _TNM.fullmatch(runs[at].text)
    parts = [part for part in whole.groups() if part] if whole else []
    if len(parts) > 1:
        return _split(runs[at], [(part, len(part)) for part in parts]), 1
    found: list[Run] = []
    here = at
    for letter in "tnm":
        part = _tnm_part(runs, here, letter)
        if not part:
            break
        found.append(part[0])
        here += part[1]
    return (found, here - at) if len(found) > 1 else None


def _tnm_part(runs: Sequence[Run], at: int, letter: str) -> tuple[Run, int] | None:
    """Read one of T, N and M: its number and the letter behind it, in however many runs."""
    if at >= len(runs):
        return None
    text, length = runs[at].text, 1
    if text == letter and at + 1 < len(runs):
        number = number_at(runs, at + 1, "en")
        text, length = (text + number[0], 1 + number[1]) if number else ("", 1)
        if not number and runs[at + 1].text in ("x", "is"):
            text, length = letter + runs[at + 1].text, 2
    behind = runs[at + length].text if at + length < len(runs) else ""
    if len(behind) == 1 and _TNM_PART.fullmatch(text + behind):
        text, length = text + behind, length + 1
    found = _TNM_PART.fullmatch(text)
    if not found or found[1][0] != letter:
        return None
    first, last = runs[at], runs[at + length - 1]
    return Run(found[1], first.start, last.end, first.glue, first.name), length


def _deletion(runs: Sequence[Run], at: int) -> _Made:
    """Read `delE746_A750` and `p.E746_A750del`, by its places, as a deletion in exon 19."""
    near = " ".join(run.text for run in runs[at : at + 4])
    found = _EXON_19.match(near)
    if not found or "del" not in found[0]:
        return None
    length = found[0].count(" ") + 1
    whole = runs[at]._replace(end=runs[at + length - 1].end)
    return _split(whole, [("exon", 1), ("19", 2), ("deletion", 3)]), length


_EXON_19 = re.compile(r"(?:p )?(?:del)?[a-z]{1,3}74[5-9] [a-z]{1,3}75\d(?: ?del\w*)?(?= |$)")


def _protein(runs: Sequence[Run], at: int) -> _Made:
    """Read `p.Leu858Arg`, `p.L858R` and `c.2573T>G` as L858R."""
    texts = [run.text for run in runs[at : at + 3]]
    marked = texts[0] in ("p", "c") and len(texts) > 1
    if marked and texts[0] == "c" and len(texts) > 2:
        change = spellings.CODING_CHANGES.get(texts[1] + texts[2])
        return ([runs[at]._replace(text=change, end=runs[at + 2].end)], 3) if change else None
    name = _one_letter(texts[1 if marked else 0])
    if not name or (marked and texts[0] == "c"):
        return None
    length = 2 if marked else 1
    return [runs[at]._replace(text=name, end=runs[at + length - 1].end)], length


_THREE = "|".join(spellings.AMINO_ACIDS)
_LONG_CHANGE = re.compile(rf"({_THREE})(\d{{2,4}})({_THREE})")
_SHORT_CHANGE = re.compile(r"[a-z]\d{2,4}[a-z]")


def _one_letter(text: str) -> str:
    """A change of an amino acid by its letters; "" where a text is none."""
    found = _LONG_CHANGE.fullmatch(text)
    if found:
        return spellings.AMINO_ACIDS[found[1]] + found[2] + spellings.AMINO_ACIDS[found[3]]
    return text if _SHORT_CHANGE.fullmatch(text) else ""


def _short(runs: Sequence[Run], at: int) -> _Made:
    """Read `2L` as the second line, `q3w` and `q 3 w` as every 3 weeks, a date as its numbers."""
    run = runs[at]
    line, every, date = (form.fullmatch(run.text) for form in (_LINE, _EVERY, _DATE))
    if line:
        return _split(run, [(_ORDINALS[line[1]], 1), ("line", 1)]), 1
    if every:
        unit = "days" if every[2] == "d" else "weeks"
        return _split(run, [("every", 1), (every[1], len(every[1])), (unit, len(every[2]))]), 1
    if date:
        return _split(run, [(part, len(part) + 1) for part in date.groups()]), 1
    return _every_apart(runs, at) if run.text == "q" else None


def _every_apart(runs: Sequence[Run], at: int) -> _Made:
    """Read `q 3w` and `q 3 w` as every 3 weeks."""
    behind = runs[at + 1 : at + 3]
    for some in (behind[:1], behind):
        every = _EVERY.fullmatch("q" + "".join(one.text for one in some))
        if every and some:
            unit = "days" if every[2] == "d" else "weeks"
            made = [runs[at]._replace(text="every")]
            if len(some) == 1:
                made += _split(some[0], [(every[1], len(every[1])), (unit, len(every[2]))])
            else:
                made += some[0], some[1]._replace(text=unit)
            return made, 1 + len(some)
    return None


def _spread(runs: Sequence[Run], at: int) -> _Made:
    """Read "brain met" as one of the mets, which no gene is."""
    if runs[at].text != "met" or not at or runs[at - 1].text not in spellings.WHERE_IT_SPREADS:
        return None
    behind = runs[at + 1].text if at + 1 < len(runs) else ""
    return None if behind in spellings.GENE_NEIGHBOURS else ([runs[at]._replace(text="mets")], 1)


_READERS: tuple[Callable[[Sequence[Run], int], _Made], ...] = (
    _exon,
    _change,
    _stage,
    _tnm,
    _deletion,
    _short,
    _protein,
    _spread,
)
