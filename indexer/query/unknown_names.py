"""Names that nobody here says and no glossary has: told by how they are typed or what is beside.

`CEA`, `CA 19-9`, "Guardant", "lipase", "troponin level": an answer about something else is none.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from catalog import NO_NAMES, read_word_lists
from indexer.analysis.tokenizer import fold, plain_words, tokens_of
from indexer.query.synonyms import Concept, Terms

_LISTS = read_word_lists("indexer/data/requirements.toml")
_BESIDE = frozenset(
    word
    for language in ("en", "es")
    for one in _LISTS.words("beside-tests")
    for word in plain_words(one, language)
)
_ENDINGS = re.compile(rf"[a-z]{{3,}}(?:{'|'.join(_LISTS.words('name-endings'))})")
# Letters and digits that signs join, or a code behind its letters.
_CODE = re.compile(
    r"(?<![\w-])(?:[A-Z]{2,6} \d{2,4}(?:-\d{1,2})?|[A-Za-z]{2,6} \d{1,3}-\d{1,2}|[a-z]{2} \d{2,3}"
    r"|[A-Za-z][A-Za-z\d]*(?:[-.][A-Za-z\d]+)+)(?![\w-])"
)
_CODED = re.compile(r"\d|(?<![A-Za-z\d])[A-Za-z](?![A-Za-z\d])|[A-Z]{2}")
_CAPITALS = re.compile(r"[A-Z].*[A-Z]")
_BEGINS = re.compile(r"(?:^|[.!?:])[\W_]*$")
Says = Callable[[str], int]


def codes_in(text: str, says: Says, is_name: Callable[[Terms], bool]) -> Iterator[tuple[int, int]]:
    """Yield the characters of codes in several pieces of which nobody says one."""
    codes = [found for found in _CODE.finditer(text) if _CODED.search(found[0])]
    tokens = tokens_of(text) if codes else ()
    for found in codes:
        inside = [one for one in tokens if found.start() <= one.start < one.end <= found.end()]
        whole = inside and (inside[0].start, inside[-1].end) == found.span()
        terms = tuple(one.term for one in inside)
        known = is_name(terms) or any(is_name((term,)) for term in terms)
        if whole and len(terms) > 1 and not known and not all(map(says, terms)):
            yield found.span()


def with_unknown_names(concepts: Sequence[Concept], text: str, says: Says) -> tuple[Concept, ...]:
    """Require of an answer what looks like a name and is neither said nor called otherwise."""
    made = []
    for before, concept, behind in zip(
        (None, *concepts), concepts, (*concepts[1:], None), strict=False
    ):
        said = any(says(term) for forms in concept.words for term in forms)
        if said or concept.alternatives or len(concept.words) > 1 or not _is_word(concept.shown):
            made.append(concept)
            continue
        named = len(concepts) == 1 or looks_like_name(concept.shown, text)
        named = named or _is_tested(concept, before, behind, text)
        made.append(replace(concept, required=concept.required or named))
    return tuple(made)


def _is_tested(concept: Concept, before: Concept | None, behind: Concept | None, text: str) -> bool:
    """Whether a word stands before "level" or "blood test", or behind "level of"."""
    word = re.escape(concept.shown)
    if behind and _BESIDE.intersection(plain_words(behind.shown)):
        return bool(re.search(rf"{word}[ -]{re.escape(behind.shown)}", text))
    if before and _BESIDE.intersection(
        (*plain_words(before.shown), *plain_words(before.shown, "es"))
    ):
        return bool(re.search(rf"{re.escape(before.shown)} (?:of|for|de|del|para) {word}", text))
    return False


def _is_word(shown: str) -> bool:
    return len(shown) > 1 and not shown.isdigit() and fold(shown) not in NO_NAMES


def looks_like_name(word: str, text: str) -> bool:
    """Whether a word is written as names are, or ends as those of tests and illnesses do."""
    if _ENDINGS.fullmatch(fold(word)):
        return True
    if text.isupper() or not any(map(str.isupper, word)):
        return False
    if _CAPITALS.search(word):
        return True
    words = [one for one in text.split() if len(one) > 3]
    titled = len(words) > 2 and sum(one[0].isupper() for one in words) * 2 > len(words)
    return not titled and not _BEGINS.search(text[: text.find(word)])
