"""How words hang together: where a cut between two tears a clause, and where a new one begins.

Words are in lower case and without punctuation, as `bare` makes them. What each list is for is in
`transcripts/data/clauses.toml`; worths are milliseconds of pause that would tell as much.
"""

from collections.abc import Sequence

from catalog import read_word_lists

_LISTS = read_word_lists("transcripts/data/clauses.toml")
_PERSONS = _LISTS.word_set("persons")
_BEGUN = _LISTS.word_set("begun")
_OPENERS = _LISTS.weights("openers")
_EITHER = _LISTS.word_set("either")
_VERBS = _LISTS.word_set("verbs")
_JOINING = _LISTS.word_set("joining")
_LEADS_ON = _LISTS.word_set("leads-on")
_TAKES_CLAUSE = _LISTS.word_set("takes-clause")
_NEGATIONS = _LISTS.word_set("negations")
_GOES_ON = _LISTS.word_set("goes-on")
_DANGLING = _LISTS.word_set("dangling")
_AFTER_WELL = _PERSONS | _BEGUN | _LISTS.word_set("after-well")
_CONDITIONS = _LISTS.word_set("conditions")
_BEFORE_CONDITION = _JOINING | _LISTS.word_set("before-conditions")
_CONSEQUENCES = _PERSONS | _BEGUN | _LISTS.word_set("consequences")
_BEGINS = 140
_PERSON = 80
_JOINS_CLAUSES = 200
_JOINS_WORDS = 0
_OTHER = -100
_LEAD = -500
_COMPLEMENT = -200
_DENIED_WORDS = 3
_DENIED = -800
_DENIED_LONG = 8
_DENIED_FAR = -250
_ON = -250
_CONDITION_WORDS = 12
_UNANSWERED = -400
_AROUND = ".,;:!?¿¡\"'“”‘()[]…-"


def ease_of_cut(before: Sequence[str], after: Sequence[str]) -> int:
    """How easily speech is cut between the words `before`, since the last cut, and those `after`.

    Above 0 where a new thought begins, below where the cut tears one.
    """
    return _opening(before, after) + _tearing(before, after)


def negates(words: Sequence[str]) -> bool:
    """Whether something is denied."""
    return any(word in _NEGATIONS or word.endswith(("n't", "n’t")) for word in words)


def dangles(word: str) -> bool:
    """Whether a pause behind a word is thought, and not the end of a sentence."""
    return bare(word) in _DANGLING


def spoken_words(text: str) -> list[str]:
    """The words of a text as `bare` makes them."""
    return [word.strip(_AROUND) for word in _plain(text).split()]


def bare(text: str) -> str:
    """A word in lower case, without the punctuation around it."""
    return _plain(text).strip(_AROUND)


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def _opening(before: Sequence[str], after: Sequence[str]) -> int:
    first, second, *_ = *after, "", ""
    if first == "well":
        begins = second in _AFTER_WELL and not negates(before[-_DENIED_WORDS:])
        return 350 if begins else _ON
    if first in _JOINING:
        joined = second in _PERSONS | _BEGUN or (second in _OPENERS and second not in _JOINING)
        return _JOINS_CLAUSES if joined else _JOINS_WORDS
    if first in _OPENERS or first in _BEGUN:
        return _OPENERS.get(first, _BEGINS)
    return _by_person(first, second)


def _by_person(first: str, second: str) -> int:
    if first in _EITHER:
        return _PERSON if second in _VERBS else _ON
    if first in _PERSONS:
        return _PERSON
    return _ON if first in _GOES_ON else _OTHER


def _tearing(before: Sequence[str], after: Sequence[str]) -> int:
    torn = 0
    if before[-1:] and before[-1] in _LEADS_ON:
        torn += _LEAD
    elif before[-1:] and before[-1] in _TAKES_CLAUSE:
        torn += _COMPLEMENT
    if negates(before[-_DENIED_WORDS - 1 :]):
        torn += _DENIED
    elif negates(before[-_DENIED_LONG:]) and _opening(before, after) <= 0:
        torn += _DENIED_FAR
    return torn + (_UNANSWERED if _is_unanswered(before) else 0)


def _is_unanswered(words: Sequence[str]) -> bool:
    """Whether these end in a condition only, as in "and when the insurance says no"."""
    for n in range(len(words) - 1, max(len(words) - _CONDITION_WORDS, 0) - 1, -1):
        if words[n] in _CONDITIONS and (n == 0 or words[n - 1] in _BEFORE_CONDITION):
            return _CONSEQUENCES.isdisjoint(words[n + 3 :])
    return False
