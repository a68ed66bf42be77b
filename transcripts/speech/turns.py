"""What captions write that nobody says: sound marks, speakers' names, marks of a new speaker.

Sound marks (`[Music]`, `(laughs)`, notes), speaker prefixes (`DR. SHAW:`), dashes and `>>` are
blanked out in place, so that every other character keeps its position. `[ __ ]`, which hides a
word, stands for that word. `speakers.py` says which prefixes are speakers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from transcripts.speech.annotations import without_sounds
from transcripts.speech.label_places import (
    SpeechPart,
    is_another_label,
    is_marked_line,
    may_be_a_speaker,
    parts_of,
)
from transcripts.speech.labels import is_a_thing, is_ordinary
from transcripts.speech.speakers import (
    LabelPlace,
    SpeakerNames,
    at_sentence_end,
    is_sure,
    looks_like_a_name,
    name_in,
    prefix_at,
)

_MASKED = re.compile(r"\[\s{0,5}__\s{0,5}\]")
_DASH = re.compile(r"\s*(?:[-–]\s+(?=\S)|[-–—]\s*(?=[A-ZÀ-ÖØ-Þ¿¡]))")
_LABEL = re.compile(r"\s*\[(?P<name>[^\[\]]{1,80})\](?P<colon>[:：](?=\s|$))?")


class SpeakerChange(NamedTuple):
    """From character `at` on somebody else is speaking: `speaker`, where it is said who.

    `lost` says instead that nobody knows who speaks from there on, the same person or another.
    """

    at: int
    speaker: str = ""
    lost: bool = False


def speech_only(
    text: str, turns: Iterable[SpeakerChange], names: SpeakerNames, fresh: bool = True
) -> tuple[str, tuple[SpeakerChange, ...]]:
    """Blank out what is no speech; return the text, as long as before, and where speakers change.

    `turns` are those known already, `names` the prefixes of the track, `fresh` says whether the
    sentence before had ended. Where voices are known, a prefix that may be a name takes nothing
    from them.
    """
    text = _MASKED.sub(lambda m: "[__]".ljust(len(m[0])), text)
    found = list(turns)
    voiced = any(turn.speaker for turn in found)
    parts: list[str] = []
    for start in parts_of(text, fresh):
        end, more = _begun(text[start.begin : start.end], start, names)
        found += [turn for turn in more if not (turn.lost and voiced)]
        parts.append(" " * end + text[start.begin + end : start.end])
        parts.append(_spaced(text[start.end : start.after]))
    return without_sounds("".join(parts)), tuple(sorted(found, key=_order))


def openings(lines: Iterable[str]) -> Iterator[LabelPlace]:
    """The places of a track's lines where a speaker's name may stand."""
    fresh = True
    for line in lines:
        for start in parts_of(line, fresh):
            text = without_sounds(line[start.begin : start.end]).strip()
            dash = _DASH.match(text)
            said = text[dash.end() :] if dash else text
            yield LabelPlace(said, start.fresh or dash is not None)
            prefix = prefix_at(said)
            fresh = at_sentence_end(said[prefix.end() :] if prefix else said)


def _spaced(mark: str) -> str:
    return "".join("\n" if char == "\n" else " " for char in mark)


def _order(turn: SpeakerChange) -> tuple[int, bool]:
    """Order turns; of two at one place the one that names somebody tells more."""
    return turn.at, bool(turn.speaker)


def _begun(text: str, start: SpeechPart, names: SpeakerNames) -> tuple[int, list[SpeakerChange]]:
    """Find where the speech of a part begins, behind a dash and a speaker's name."""
    turns = [SpeakerChange(start.at)] if start.announced else []
    clear = without_sounds(text)
    dash = _DASH.match(clear)
    turns += [SpeakerChange(start.begin)] if dash else []
    end = dash.end() if dash else 0
    fresh = start.fresh or dash is not None
    label = _LABEL.match(text, end)
    if label and may_be_a_speaker(label["name"]):
        return _labelled(label, end, fresh, SpeakerChange(start.begin), turns)
    prefix = prefix_at(clear, end)
    name = name_in(prefix) if prefix else ""
    if prefix and name in names.at(fresh):
        return prefix.end(), [*turns, SpeakerChange(start.begin, name)]
    doubtful = prefix is not None and not is_ordinary(name)
    if doubtful or is_marked_line(clear) or (fresh and is_another_label(clear[end:], names.sure)):
        turns.append(SpeakerChange(start.begin, lost=True))
    return end, turns


def _labelled(
    label: re.Match[str], end: int, fresh: bool, here: SpeakerChange, turns: list[SpeakerChange]
) -> tuple[int, list[SpeakerChange]]:
    """What `[Interviewer]`, `[Ann]:` or `[New speaker]` begins; `end` is where it stands."""
    name = label["name"]
    named = looks_like_a_name(name) and not is_a_thing(name)
    sure = named and (label["colon"] or (fresh and is_sure(name)))
    turn = here._replace(speaker=name) if sure else here._replace(lost=True)
    return label.end() if label["colon"] else end, [*turns, turn]
