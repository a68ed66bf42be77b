"""When every word of a script is said, in whole milliseconds."""

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from sample_scripts import Mark, Script, Sentence, Sound

SOUND_MS = {"[": 3600, "(": 1100}
LEAD_MS = 400


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its own time."""

    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence or a sound with its time."""

    item: Sentence | Sound
    start_ms: int
    end_ms: int

    @property
    def words(self) -> tuple[Word, ...]:
        """The words as said."""
        return tuple(self._spread(heard=False))

    @property
    def heard(self) -> tuple[Word, ...]:
        """The words as automatic captions have them."""
        return tuple(self._spread(heard=True))

    def _spread(self, *, heard: bool) -> Iterator[Word]:
        if isinstance(self.item, Sound):
            yield Word(self.item.text, self.start_ms, self.end_ms)
            return
        tokens = self.item.tokens
        weights = [sum(map(word_ms, token.said)) for token in tokens]
        for token, (start, end) in zip(
            tokens, share(self.start_ms, self.end_ms, weights), strict=True
        ):
            texts = token.heard if heard else token.said
            times = share(start, end, [len(text) for text in texts])
            for text, (from_ms, to_ms) in zip(texts, times, strict=True):
                yield Word(text, from_ms, to_ms)


@dataclass(frozen=True, slots=True)
class Timeline:
    """A script laid out in time; `marks` holds each mark with the time it points to."""

    said: tuple[Said, ...]
    marks: tuple[tuple[Mark, int, int], ...]
    total_ms: int


def share(start: int, end: int, weights: Sequence[int]) -> list[tuple[int, int]]:
    """Cut a stretch of time in proportion to the weights."""
    total = sum(weights) or 1
    edges = [start]
    for weight in weights:
        edges.append(edges[-1] + weight)
    scaled = [start + (edge - start) * (end - start) // total for edge in edges]
    return list(pairwise(scaled))


def syllables(word: str) -> int:
    """About how many syllables a word has when said aloud."""
    count = 0
    for part in re.findall(r"\d|[A-Z]{2,}|[A-Za-zÀ-ÿ']+", word):
        if part.isdigit() or part.isupper():
            count += len(part)
        else:
            silent = len(part) > 3 and part.endswith(("e", "es", "ed")) and part[-3:] != "ted"
            count += max(1, len(re.findall(r"[aeiouyáéíóú]+", part.lower())) - silent)
    return max(1, count)


def word_ms(word: str) -> int:
    """How long a word takes, with the short stop after a comma."""
    return 140 + 147 * syllables(word) + (200 if word.endswith((",", ";", ":")) else 0)


def pause_ms(before: Sentence | Sound, after: Sentence | Sound) -> int:
    """The silence between two sentences: a little uneven, longer when the speaker changes."""
    if isinstance(before, Sound) or isinstance(after, Sound):
        return 300
    uneven = zlib.crc32(before.text.encode()) % 260
    return (620 if before.speaker != after.speaker else 330) + uneven


def spoken_items(script: Script) -> tuple[Sentence | Sound, ...]:
    return tuple(item for item in script.items if not isinstance(item, Mark))


def own_ms(item: Sentence | Sound) -> int:
    """How long a sentence or sound takes when nobody has measured it."""
    if isinstance(item, Sound):
        return SOUND_MS[item.text[0]]
    return sum(word_ms(word) for token in item.tokens for word in token.said)


def lay_out(items: Sequence[Sentence | Sound], lengths: Iterable[int]) -> Iterator[Said]:
    """Put items of these lengths one after the other, with pauses."""
    clock = 0 if isinstance(items[0], Sound) else LEAD_MS
    before: Sentence | Sound | None = None
    for item, length in zip(items, lengths, strict=True):
        clock += pause_ms(before, item) if before else 0
        yield Said(item, clock, clock + length)
        clock, before = clock + length, item


def whole_second(ms: int) -> int:
    return -(-ms // 1000) * 1000


def estimated(script: Script) -> Timeline:
    """The timeline of a script that has no sound: a clock that counts syllables."""
    items = spoken_items(script)
    return timeline(script, tuple(lay_out(items, map(own_ms, items))))


def measured(script: Script, path: Path) -> Timeline:
    """The timeline of a script whose sentences were measured when they were spoken."""
    rows = json.loads(path.read_text(encoding="utf-8"))["said"]
    items = spoken_items(script)
    if [row["text"] for row in rows] != [written(item) for item in items]:
        raise ValueError(f"{path.name} was measured on other words: make it again with --media")
    said = (
        Said(item, row["start_ms"], row["end_ms"]) for item, row in zip(items, rows, strict=True)
    )
    return timeline(script, tuple(said))


def written(item: Sentence | Sound) -> str:
    return item.text if isinstance(item, Sound) else item.spoken


def translated(script: Script, original: Timeline) -> Timeline:
    """A translation takes its times from the original, sentence by sentence."""
    items = spoken_items(script)
    if [kind(item) for item in items] != [kind(said.item) for said in original.said]:
        raise ValueError(
            f"{script.slug}.{script.language}: not sentence by sentence as the original"
        )
    pairs = zip(items, original.said, strict=True)
    said = tuple(Said(item, other.start_ms, other.end_ms) for item, other in pairs)
    return Timeline(said, (), original.total_ms)


def kind(item: Sentence | Sound) -> str:
    return "sound" if isinstance(item, Sound) else item.speaker


def timeline(script: Script, said: tuple[Said, ...]) -> Timeline:
    marks = tuple(place_marks(script, said))
    return Timeline(said, marks, whole_second(said[-1].end_ms))


def place_marks(script: Script, said: tuple[Said, ...]) -> Iterator[tuple[Mark, int, int]]:
    """Each mark, when what follows it begins, and when the expert's answer ends."""
    positions = [n for n, item in enumerate(script.items) if isinstance(item, Mark)]
    for number, position in enumerate(positions):
        first = position - number
        later = [p - n for n, p in enumerate(positions) if p - n > first]
        stretch = said[first : later[0] if later else len(said)]
        answers = [s.end_ms for s in stretch if kind(s.item) == "EXPERT"]
        mark = script.items[position]
        assert isinstance(mark, Mark)
        yield mark, stretch[0].start_ms, answers[-1] if answers else stretch[-1].end_ms
