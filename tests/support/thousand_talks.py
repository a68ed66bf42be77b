"""A library of a thousand invented talks: speakers, captions and questions all made up by rule.

library = thousand_talks(tmp_path)
say_otherwise(library, 500, round_=0)
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from libraries import write_captions, write_catalogue

from catalog import Library

TALKS = 1_000
CUES = 60
CUE_MS = 5_000
WORDS_A_CUE = 13
QUESTIONS = 4
_SYLLABLES = (
    "ba be bi bo da de di do ka ke ki ko la le li lo ma me mi mo na ne ni no ra ri ta te".split()
)
_FIELD = (
    "scan treatment biopsy doctor tumor lungs mutation trial chemotherapy radiation surgery nurse "
    "ALK EGFR KRAS lorlatinib osimertinib pembrolizumab alectinib immunotherapy biomarker tissue "
    "blood cough breath nausea fatigue insurance caregiver stage spread brain bone liver"
).split()
_COMMON = "the a of and to you that it is in we for this with on are your can have be".split()


def thousand_talks(root: Path, talks: int = TALKS, cues: int = CUES) -> Library:
    """Write so many talks of five minutes each, the same ones every time."""
    library = Library(root)
    entries = "".join(_entry(number, cues) for number in range(talks))
    write_catalogue(root, f'slug = "talks"\ntitle = "Talks"\n{entries}')
    for number in range(talks):
        write_captions(library, slug_of(number), captions_of(number, cues))
    return library


def slug_of(number: int) -> str:
    """The slug of a talk."""
    return f"talk-{number:04}"


def say_otherwise(library: Library, number: int, round_: int, cues: int = CUES) -> str:
    """Have one talk say something else from now on; returns a word only said there."""
    word = f"quixotrope{chr(ord('a') + round_)}"
    content = captions_of(number, cues, seed=10_000 + round_) + _cue(cues, f"I say {word}.")
    write_captions(library, slug_of(number), content)
    return word


def captions_of(number: int, cues: int = CUES, seed: int = 0) -> str:
    """What is said in a talk, as WebVTT: common words, words of the field, and rare ones."""
    chance = random.Random(f"{seed} {number}")
    said = chance.choices(_WORDS, cum_weights=_WEIGHTS, k=cues * WORDS_A_CUE)
    lines = (said[n : n + WORDS_A_CUE] for n in range(0, len(said), WORDS_A_CUE))
    return "WEBVTT\n" + "".join(_cue(n, " ".join(line) + ".") for n, line in enumerate(lines))


def _entry(number: int, cues: int) -> str:
    chance = random.Random(f"questions {number}")
    step = cues * CUE_MS // 1_000 // QUESTIONS
    asked = (
        f'{{ text = "How does {chance.choice(_FIELD)} go with {chance.choice(_FIELD)}?", '
        f'at = "{n * step // 60}:{n * step % 60:02}" }}'
        for n in range(QUESTIONS)
    )
    title = " ".join(chance.sample(_FIELD, 3))
    return (
        f'\n[[videos]]\nslug = "{slug_of(number)}"\ntitle = "Talk {number} about {title}"\n'
        f"questions = [{', '.join(asked)}]\n"
    )


def _cue(number: int, text: str) -> str:
    return f"\n{_clock(number * CUE_MS)} --> {_clock((number + 1) * CUE_MS)}\n{text}\n"


def _clock(ms: int) -> str:
    minutes, rest = divmod(ms, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _rare_words() -> Iterator[str]:
    for first in _SYLLABLES:
        for second in _SYLLABLES:
            for third in _SYLLABLES[:8]:
                yield first + second + third


_WORDS = [*_COMMON, *_FIELD, *_rare_words()]
# As in speech: the word of rank n is said about one nth as often as the first.
_WEIGHTS = list(accumulate(1 / (rank + 5) for rank in range(len(_WORDS))))
