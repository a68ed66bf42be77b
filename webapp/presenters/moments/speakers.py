"""Speakers: whom of a video's people captions name, and what stands for one without a name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from catalog import NO_NAMES, Person
from transcripts import Sentence
from webapp.i18n.languages import in_language
from webapp.i18n.translations import gettext, interface

# Before what another speaker says, whom captions do not name.
DASH = "–"
_BRACKETED = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """What one speaker says in a row, and how they are called on a page: `speaker`, may be "".

    `person` is there where the catalogue knows them; `heard_as` is the name that captions give.
    """

    speaker: str
    text: str
    person: Person | None = None
    heard_as: str = ""


def spoken_turns(
    sentences: Iterable[Sentence], people: Sequence[Person] = ()
) -> tuple[SpokenTurn, ...]:
    """Join the sentences that one speaker says in a row; `people` are those of the video."""
    runs = [tuple(run) for _, run in groupby(sentences, key=lambda sentence: sentence.voice)]
    called = labels([(run[0].speaker, run[0].turn) for run in runs])
    known = [person_named(run[0].speaker, people) for run in runs]
    return tuple(
        SpokenTurn(
            person.name if person else label,
            " ".join(sentence.text for sentence in run),
            person,
            run[0].speaker,
        )
        for run, label, person in zip(runs, called, known, strict=True)
    )


def person_named(speaker: str, people: Sequence[Person]) -> Person | None:
    """The one whom captions name by the whole name, or by the family name: `DR. SHAW`.

    A given name alone means nobody here, nor does a title, nor a name that two people share.
    """
    name = _words(_BRACKETED.sub(" ", speaker))
    meant = [one for one in people if any(_means(name, n) for n in (one.name, *one.also))]
    return meant[0] if len(meant) == 1 else None


def labels(runs: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """How each of those who speak in a row is called, given with their names and turns.

    One without a name is another speaker than the one before where captions show a change, and
    else not known: the same one or another. "" for a first one where nobody has a name.
    """
    named = {turn for name, turn in runs if name}
    return tuple(name or _unnamed(place, turn, named) for place, (name, turn) in enumerate(runs))


def unnamed() -> tuple[str, str]:
    """What stands for a name in the interface's language: of another speaker, of one not known."""
    return gettext("Another speaker"), gettext("Speaker not named")


def dashed(speaker: str) -> str:
    """Whoever speaks next without a name is a dash, where turns are read one below the other."""
    return DASH if speaker == unnamed()[0] else speaker


def is_dash(speaker: str) -> bool:
    """Whether a dash stands for whoever speaks."""
    return speaker == DASH


def speaker_in(name: str, around: str) -> str:
    """Who speaks, beside words in a language: a name as it is, what stands for one marked."""
    return in_language(name, interface().language, around) if name in unnamed() else name


def _unnamed(place: int, turn: int, named: set[int]) -> str:
    another, not_named = unnamed()
    if place and turn not in named:
        return another
    return not_named if named else ""


def _means(written: list[str], name: str) -> bool:
    plain = _words(_BRACKETED.sub(" ", name))
    own = [word for word in plain if word not in NO_NAMES]
    return bool(own) and own[-1] in written and set(written) <= {*plain, *_words(name)}


def _words(name: str) -> list[str]:
    return _WORD.findall(name.casefold().replace("’", "'"))
