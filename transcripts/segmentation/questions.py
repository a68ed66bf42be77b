"""Finds questions by their mark, or in unpunctuated speech by how they begin.

`transcripts/data/questions.toml` says what each list is for.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from catalog import read_word_lists

_QUESTION = re.compile(r"[?？][\"'”’»」)\]]*( ?[\"'”’»])?\Z")
_LONGEST_MARK = 8
_LONGEST_TAG = 24
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MOST_WORDS = 12
_LISTS = read_word_lists("transcripts/data/questions.toml")
_TAGS = "|".join(_LISTS.phrases("tags"))
_TAG = re.compile(rf"(?:\A|[,;:–—-]) ?¿?(?:{_TAGS})[?？]+\W*\Z", re.IGNORECASE)
_LEAD_IN = _LISTS.word_set("lead-in")
_ASKING = _LISTS.word_set("asking")
_ASKING_IS = _LISTS.word_set("asking-is")
_BEING = _LISTS.word_set("being")
_DOING = _LISTS.word_set("doing")
_MIGHT = _LISTS.word_set("might")
_HAVING = _LISTS.word_set("having")
_HELPING = _BEING | _DOING | _MIGHT | _HAVING
_DIRECTLY = _LISTS.word_set("directly")
_PERSONS = _LISTS.word_set("persons")
_NO_SUBJECT = _LISTS.word_set("no-subject")
_AGREEING = _LISTS.word_set("agreeing") | {""}
_BREAKS = _LISTS.word_set("breaks")
_SPANISH_LEAD_IN = _LISTS.word_set("spanish-lead-in")
_SPANISH_ASKING = _LISTS.word_set("spanish-asking")
_SPANISH_BEFORE = _LISTS.word_set("spanish-before")
_EXCLAIMED = _LISTS.word_set("spanish-exclaimed")
_ASKED = _PERSONS | _LISTS.word_set("asked")


def is_marked_question(text: str) -> bool:
    """Whether a sentence is written as a question; one that only ends ", right?" is none."""
    if _TAG.search(text[-_LONGEST_TAG:] if len(text) > _LONGEST_TAG else text):
        words = [word[0].lower() for word in _WORD.finditer(text)]
        return asks(words[:_MOST_WORDS], fresh=True)
    return _QUESTION.search(text[-_LONGEST_MARK:]) is not None or text.startswith("¿")


def asks(words: Sequence[str], fresh: bool) -> bool:
    """Whether these are the first words of a question, in lower case and without punctuation.

    `fresh` says that a speaker begins here; without it, and without a word such as "so" in
    front, "is that the case" is rather the rest of what was said before.
    """
    start = next((n for n, word in enumerate(words) if word not in _LEAD_IN), len(words))
    first, second, third = [*words[start : start + 3], "", "", ""][:3]
    rest = words[start + 3 : start + 6]
    if first == "which":
        return fresh and (second in _DOING or third in _DOING | _MIGHT) and second not in _ASKED
    if first == "who" and not (fresh or start):
        return False
    if first in _ASKING:
        tells = first in _DIRECTLY and second not in _HELPING
        return not tells and _asks_for(second, third, rest)
    if first in _ASKING_IS:
        return second in _ASKED and "is" not in rest
    begun = (fresh or start > 0) and not _agrees(words[:start], third)
    return begun and _inverted(first, second, third)


def _agrees(before: Sequence[str], third: str) -> bool:
    """Whether somebody agrees, as in "and so am I": `third` is the word behind its subject."""
    return bool(before) and before[-1] == "so" and (len(before) > 1 or third in _AGREEING)


def _asks_for(second: str, third: str, rest: Sequence[str]) -> bool:
    """Whether what follows "what", "how" and the like asks: "what is a", not "what I tell"."""
    if second in ("about", "if"):
        return True
    if second == "happens":
        return third in ("if", "when", "after", "to", "then", "")
    if second in _HELPING:
        if second in _DOING | _MIGHT and next(iter(rest), "") in _BREAKS:
            return False
        return third in _ASKED or not _BEING.intersection(rest)
    if second in _ASKED:
        return False
    helping = _DOING | _MIGHT | _BEING
    return any(a in helping and b in _ASKED for a, b in pairwise([third, *rest]))


def _inverted(first: str, second: str, third: str) -> bool:
    """Whether the verb comes before its subject, as in "does that mean" and "can you"."""
    if third in _BREAKS:
        return False
    if first in _HAVING:
        return second in _PERSONS - {"this", "that", "these", "those"}
    if first in _BEING:
        return second in _ASKED - _NO_SUBJECT
    return first in _DOING | _MIGHT and second in _ASKED


def asks_in_spanish(words: Sequence[str]) -> bool:
    """Whether Spanish words, given as `asks` has them, begin as a question does.

    Only what is written with an accent asks: "qué es", not "que es"; "qué bueno" asks nothing.
    """
    start = next((n for n, word in enumerate(words) if word not in _SPANISH_LEAD_IN), len(words))
    first, second = [*words[start : start + 2], "", ""][:2]
    return first in _SPANISH_ASKING and second not in _EXCLAIMED


def told_before_asking(words: Sequence[str]) -> int:
    """How many of the first words of a Spanish question stand before its opening mark."""
    return next((n for n, word in enumerate(words) if word not in _SPANISH_BEFORE), 0)
