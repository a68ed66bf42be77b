"""What captions write that nobody says: sound marks, speakers' names, marks of a new speaker.

Sound marks (`[Music]`, `(laughs)`, notes), speakers' labels (`DR. SHAW:`), dashes and `>>` are
blanked out in place, so that every other character keeps its position. `[ __ ]`, which hides a
word, stands for that word. `speakers.py` says which labels are speakers; forms of labels that are
never sure stay speech, but nobody knows who speaks from there on.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from transcripts.speech.annotations import without_sounds
from transcripts.speech.labels import (
    CAPITAL,
    PREFIX,
    at_sentence_end,
    is_marked_line,
    is_ordinary,
    is_person,
    is_titled,
    is_unsure_label,
    label_at,
    may_be_speaker,
)
from transcripts.speech.speakers import SpeakerNames

_MASKED = re.compile(r"\[\s{0,5}__\s{0,5}\]")
_DASH = re.compile(r"\s*(?:[-–]\s+(?=\S)|[-–—]\s*(?=[A-ZÀ-ÖØ-Þ¿¡]))")
_BRACKETS = re.compile(r"\s*\[(?P<name>[^\[\]]{1,80})\](?P<colon>[:：](?=\s|$))?")
_CHEVRONS = r"(?:(?:>>++|＞＞)\s*+)+"
_BRACKETED = r"\[[^\[\]\n]{1,80}\]|\([^()\n]{1,60}\)|（[^（）\n]{1,60}）|\{[^{}\n]{1,60}\}"
_OPENS = re.compile(
    rf"(?P<chevrons>{_CHEVRONS})|\n|(?<=\s)(?={PREFIX}|{_BRACKETED}|[>＞›]\s*[{CAPITAL}¿¡])"
)
# How far back the end of a sentence is sought, behind a sound.
_BACK = 60


class SpeakerChange(NamedTuple):
    """From character `at` on somebody else is speaking: `speaker`, where it is said who.

    `lost` says instead that nobody knows who speaks from there on, the same person or another.
    """

    at: int
    speaker: str = ""
    lost: bool = False


class _Part(NamedTuple):
    """A part of a text, from `begin` to `end`; the next one begins at `after`.

    `announced` says that a `>>` stands at `at`, `fresh` that the sentence before had ended.
    """

    at: int
    begin: int
    end: int
    after: int
    announced: bool
    fresh: bool


def speech_only(
    text: str, changes: Iterable[SpeakerChange], names: SpeakerNames, fresh: bool = True
) -> tuple[str, tuple[SpeakerChange, ...]]:
    """Blank out what is no speech; return the text, as long as before, and where speakers change.

    `changes` are those known already, `names` the speakers of the track, `fresh` says whether the
    sentence before had ended. Where voices are known, a label that may be a name takes nothing
    from them.
    """
    text = _MASKED.sub(lambda m: "[__]".ljust(len(m[0])), text)
    found = list(changes)
    voiced = any(change.speaker for change in found)
    cleared: list[str] = []
    for part in _parts(text, fresh):
        end, more = _begun(text[part.begin : part.end], part, names)
        found += [change for change in more if not (change.lost and voiced)]
        cleared.append(" " * end + text[part.begin + end : part.end])
        cleared.append(re.sub(r"[^\n]", " ", text[part.end : part.after]))
    # Of two at one place the one that names somebody tells more.
    found.sort(key=lambda change: (change.at, bool(change.speaker)))
    return without_sounds("".join(cleared)), tuple(found)


def openings(lines: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The texts of a track at whose start a label may stand: (text, whether it is `fresh`).

    Fresh is where the sentence before had ended, or `>>` or a dash stands before the text.
    """
    fresh = True
    for line in lines:
        for part in _parts(line, fresh):
            text = without_sounds(line[part.begin : part.end]).strip()
            dash = _DASH.match(text)
            said = text[dash.end() :] if dash else text
            yield said, part.fresh or dash is not None
            label = label_at(said)
            fresh = at_sentence_end(said[label.end :] if label else said)


def _parts(text: str, fresh: bool) -> Iterator[_Part]:
    """Cut a text at its lines, at `>>`, and before what may be a label behind an ended sentence."""
    at, begin, announced = 0, 0, False
    for mark in _OPENS.finditer(text):
        said = without_sounds(text[max(begin, mark.start() - _BACK) : mark.start()])
        ended = at_sentence_end(said)
        if not mark[0] and (not said.strip() or not ended):
            continue
        yield _Part(at, begin, mark.start(), mark.end(), announced, fresh)
        at, begin = mark.span()
        announced = mark["chevrons"] is not None
        fresh = announced or ended
    yield _Part(at, begin, len(text), len(text), announced, fresh)


def _begun(text: str, part: _Part, names: SpeakerNames) -> tuple[int, list[SpeakerChange]]:
    """Find where the speech of a part begins, behind a dash and a speaker's label."""
    changes = [SpeakerChange(part.at)] if part.announced else []
    clear = without_sounds(text)
    dash = _DASH.match(clear)
    changes += [SpeakerChange(part.begin)] if dash else []
    end = dash.end() if dash else 0
    fresh = part.fresh or dash is not None
    here = SpeakerChange(part.begin)
    lost = here._replace(lost=True)
    brackets = _BRACKETS.match(text, end)
    if brackets and may_be_speaker(name := brackets["name"]):
        sure = is_person(name) and (brackets["colon"] or (fresh and is_titled(name)))
        change = here._replace(speaker=name) if sure else lost
        return brackets.end() if brackets["colon"] else end, [*changes, change]
    label = label_at(clear, end)
    if label and label.name in names.at(fresh):
        return label.end, [*changes, here._replace(speaker=label.name)]
    doubtful = label is not None and not is_ordinary(label.name)
    if doubtful or is_marked_line(clear) or (fresh and is_unsure_label(clear[end:], names.sure)):
        changes.append(lost)
    return end, changes
