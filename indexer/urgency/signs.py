"""Which signs that should not wait are in a message: what, to whom, and whether it is happening.

A sign is a phrase of the word lists. It is passed over where it is a figure of speech, denied, or
only asked about: nearer before it than anybody it happens to stands something like "what is" or
"can it cause", or behind it "rates" or "years ago". Missing one once does more harm than showing
one once too often, so what is in doubt is shown.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import NamedTuple

from catalog import Term, read_word_lists, shipped_terms
from indexer.analysis.languages import detected_language
from indexer.analysis.segments import fold
from indexer.urgency.patterns import LIGHT, LatePattern, Phrases, Spotter
from indexer.urgency.slips import Slips
from indexer.urgency.wording import END, plain_message

LONGEST = 4000
# So many words a question reaches: "can osimertinib cause nausea, a rash or shortness of breath".
_REACH = 8
# So many characters around a sign are looked at, and so many signs in a message.
_NEAR = 200
_MOST = 300
# What the name of a list of signs says of it, behind their kind.
_SPANISH, _IF_HAPPENING, _EVEN_ASKED = "es", "if", "asked"
# They stand in a message for the names of medicines, and in the word lists for any of them.
DRUG, TABLET, ONE_A_DAY = "@drug", "@tablet", "@daily"
# How names of medicines end that are tablets, inhibitors of kinases and of RAS. World Health
# Organization, The use of stems in the selection of International Nonproprietary Names, 2018.
_TABLETS = ("nib", "sib")
_SHORTEST_NAME = 5


@dataclass(frozen=True, slots=True)
class Urgency:
    """The kinds of signs in a message, and its language, "en" or "es"; none where it can wait."""

    kinds: frozenset[str] = frozenset()
    language: str = "en"

    def __bool__(self) -> bool:
        return bool(self.kinds)


NOTHING_URGENT = Urgency()


class _Lists(NamedTuple):
    """The word lists, ready to be used."""

    spotter: Spotter
    slips: Slips
    medicines: Mapping[str, str]
    fillers: frozenset[str]
    figures: LatePattern
    general: LatePattern
    behind: LatePattern
    past: LatePattern
    happening: LatePattern
    now: LatePattern
    denied: LatePattern
    denied_inside: LatePattern
    twice_denied: LatePattern
    at_once: LatePattern


@cache
def _lists() -> _Lists:
    """Read the word lists, once a process."""
    signs, parts, context = (
        read_word_lists(f"indexer/data/urgent_{name}.toml")
        for name in ("signs", "words", "context")
    )
    medicines = kinds_of_medicines(shipped_terms(), context.word_set("one-a-day"))
    write = Phrases({_as_name(name): parts.phrases(name) for name in parts.sources})
    spotter = Spotter(write, {name: signs.phrases(name) for name in signs.sources})
    between, either, asked_of, deniable = (
        f"(?:{'|'.join(f'{word}{LIGHT}?' for word in context.words(name))}) "
        for name in ("between-denied", "or", "asked-of", "deniable")
    )
    denied = write.any_of(
        context.phrases("denied"),
        rf"(?:(?:{between}){{0,5}}|(?:[^.\s]\S* ){{0,8}}?{either}(?:{between}){{0,3}})$",
    )
    inside = write.any_of(context.phrases("denied"), rf"(?:{between}){{0,3}}{deniable}$")
    general = write.any_of(context.phrases("general"), rf"(?:{asked_of}){{0,2}}")
    figures = write.any_of((*context.phrases("figures"), *context.phrases("of-things")))
    behind, past, happening, now, twice, at_once = (
        write.any_of(context.phrases(name))
        for name in ("general-behind", "past", "happening", "now", "twice-denied", "at-once")
    )
    fillers = context.word_set("fillers")
    slips = Slips(
        (*context.words("misspelled"), *medicines),
        write.words | fillers | context.word_set("spelled-right"),
    )
    return _Lists(
        spotter, slips, medicines, fillers, figures, general, behind, past, happening, now, denied,
        inside, twice, at_once,
    )  # fmt: skip


def kinds_of_medicines(terms: Iterable[Term], one_a_day: Collection[str]) -> dict[str, str]:
    """What stands in a message for each name of a medicine that is one word."""
    kinds: dict[str, str] = {}
    for term in terms:
        if term.kind == "drug":
            kind = TABLET if term.canonical.endswith(_TABLETS) else DRUG
            kinds |= {name: ONE_A_DAY if name in one_a_day else kind for name in _names_of(term)}
    return kinds


def _names_of(drug: Term) -> Iterator[str]:
    for name in (drug.canonical, *drug.variants, *drug.misspellings):
        for word in fold(name).split():
            if word.isalpha() and len(word) >= _SHORTEST_NAME:
                yield word


def _as_name(list_name: str) -> str:
    return list_name.upper().replace("-", "_")


def urgency_of(text: str) -> Urgency:
    """What in a message should not wait. Any text is accepted, of a long one its beginning."""
    lists = _lists()
    text = text[:LONGEST]
    message = _marked(lists, plain_message(text))
    if next(lists.spotter.spotted(message), None) is None:
        return NOTHING_URGENT
    message = lists.figures.sub(f"{END} ", message)
    is_now = lists.now.search(message) is not None
    found: set[str] = set()
    for name, said in islice(lists.spotter.spotted(message), _MOST):
        if name not in found and _is_meant(lists, name.split("-"), message, said, is_now=is_now):
            found.add(name)
    meant = [name.split("-") for name in found]
    if not meant:
        return NOTHING_URGENT
    spanish = all(_SPANISH in name for name in meant)
    language = detected_language(text) or (_SPANISH if spanish else "en")
    return Urgency(frozenset(name[0] for name in meant), language)


def tells_to_go(text: str, kinds: Iterable[str]) -> bool:
    """Whether a text speaks of signs of some kinds, and says to call or go at once."""
    lists = _lists()
    message = _marked(lists, plain_message(text))
    return lists.at_once.search(message) is not None and any(
        name.partition("-")[0] in kinds for name, _ in lists.spotter.spotted(message)
    )


def _marked(lists: _Lists, message: str) -> str:
    """Mend each word, write medicines by their kind, mark what only holds a sentence together."""
    mended = (lists.slips.mended(word) for word in message.split())
    words = (lists.medicines.get(word, word) for word in mended)
    return f" {' '.join(word + LIGHT if word in lists.fillers else word for word in words)} "


def _is_meant(
    lists: _Lists, name: list[str], message: str, said: re.Match[str], *, is_now: bool
) -> bool:
    """Whether a sign is neither denied nor only asked about, and where needed is somebody's."""
    before, behind = _sentence_around(message, said)
    denied = lists.denied.search(lists.twice_denied.sub("", before))
    if denied or lists.denied_inside.search(said[0]):
        return False
    if _EVEN_ASKED in name or is_now:
        return True
    if lists.past.search(behind) or _is_asked_about(lists, before, said[0], behind):
        return False
    return (
        _IF_HAPPENING not in name
        or _is_all(said, message)
        or lists.happening.search(f"{before}{said[0]}{behind}") is not None
    )


def _is_asked_about(lists: _Lists, before: str, sign: str, behind: str) -> bool:
    """Whether words for a question in general are nearer to a sign than anybody it happens to."""
    somebody = _last(lists.happening, before)
    general = _last(lists.general, f"{before}{sign.rstrip().rpartition(' ')[0]} ")
    if general >= max(somebody, 0) and before.count(" ", general) <= _REACH:
        return True
    about = lists.behind.search(behind)
    return bool(about and somebody < 0 and not lists.happening.search(behind, 0, about.start()))


def _sentence_around(message: str, said: re.Match[str]) -> tuple[str, str]:
    """The words before a sign in its sentence, and the next few behind it."""
    before = message[max(0, said.start() - _NEAR) : said.start()].rpartition(f" {END} ")[2]
    behind = message[said.end() - 1 : said.end() + _NEAR].partition(f" {END} ")[0]
    before = before[before.find(" ") + 1 :] if said.start() > _NEAR else before.lstrip()
    return f" {before}", f" {' '.join(behind.split()[:_REACH])} "


def _is_all(said: re.Match[str], message: str) -> bool:
    """Whether a message says nothing else."""
    if len(message) > _NEAR:
        return False
    others = f"{message[: said.start()]} {message[said.end() :]}".split()
    return all(word.endswith(LIGHT) or word == END for word in others)


def _last(phrases: LatePattern, text: str) -> int:
    """Where the last of some phrases ends; -1 where none does."""
    return max((one.end() for one in phrases.finditer(text)), default=-1)
