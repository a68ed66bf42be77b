"""From words to sentences: at full stops where there are any, else where speech pauses or turns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transcripts.model import Sentence, Word
from transcripts.speech import join

_STOP = re.compile(r"[.!?…。！？]+[\"'”’»)\]]*( ?[\"'”’»?!]+)?\Z")
_ABBREVIATION = re.compile(
    r"(?:(?:dr|dra|mr|mrs|ms|sr|sra|prof|st|vs|no|etc|approx|e\.g|i\.e|u\.s|a\.m|p\.m)\.|[A-Z]\.)\Z",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?？][\"'”’»)\]]*\Z")
_PUNCTUATED_SHARE = 1 / 45
_LONGEST_PUNCTUATED = 60
_LONGEST_UNPUNCTUATED = 26
_SHORTEST = 4
_PAUSE_MS = 900
_OPENERS = {
    "so": 350, "and": 150, "but": 350, "now": 350, "well": 350, "okay": 450, "ok": 450,
    "because": 150, "then": 150, "yes": 300, "yeah": 300, "right": 100, "i": 60, "we": 60,
    "what": 150, "how": 200, "why": 200, "when": 120, "where": 120, "who": 100, "which": 60,
    "y": 150, "pero": 350, "entonces": 350, "bueno": 350, "porque": 150, "et": 150, "mais": 350,
    "donc": 350, "alors": 350,
}  # fmt: skip
_LEAD_IN = frozenset("so and but now okay ok well then yeah yes right um uh er y et alors".split())
_ASKING = frozenset("what how why when where who which whose".split())
_HELPING = frozenset(
    "is are was were do does did can could should would will has have had am may might "
    "isn't aren't don't doesn't can't won't".split()
)
_ASKED = frozenset(
    "you i we it they he she there this that these those my our your the a an someone people "
    "patients anyone everyone".split()
)


def sentences_of(words: Sequence[Word]) -> tuple[Sentence, ...]:
    """Cut words into sentences. Every word is in exactly one; a change of speaker always cuts."""
    punctuated = _is_punctuated(words)
    longest = _LONGEST_PUNCTUATED if punctuated else _LONGEST_UNPUNCTUATED
    found: list[Sentence] = []
    for first, last in _stretches(words, punctuated):
        for begin, end in _shortened(words, first, last, longest):
            found.append(_sentence(words, begin, end))
    return tuple(found)


def _is_punctuated(words: Sequence[Word]) -> bool:
    stops = sum(_ends(word.text) for word in words)
    return stops >= _PUNCTUATED_SHARE * len(words)


def _ends(text: str) -> bool:
    """Tell whether a word ends a sentence; `Dr.` and initials do not."""
    return _STOP.search(text) is not None and _ABBREVIATION.match(text) is None


def _stretches(words: Sequence[Word], punctuated: bool) -> Iterator[tuple[int, int]]:
    """Cut where there is no doubt: full stops, changes of speaker, and long pauses without them."""
    first = 0
    for n in range(1, len(words)):
        before, word = words[n - 1], words[n]
        paused = word.start_ms - before.end_ms >= _PAUSE_MS and not punctuated
        if word.turn or _ends(before.text) or (paused and n - first >= _SHORTEST):
            yield first, n
            first = n
    if words:
        yield first, len(words)


def _shortened(
    words: Sequence[Word], first: int, last: int, longest: int
) -> Iterator[tuple[int, int]]:
    """Cut a stretch that is too long at its best places."""
    todo = [(first, last)]
    while todo:
        begin, end = todo.pop()
        if end - begin <= longest:
            yield begin, end
        else:
            cut = _best_cut(words, begin, end, longest)
            todo += [(cut, end), (begin, cut)]


def _best_cut(words: Sequence[Word], begin: int, end: int, longest: int) -> int:
    """Find the best place near the front: a pause, a comma, a word that opens a new thought."""
    low, high = begin + _SHORTEST, min(begin + longest, end - _SHORTEST)
    return max(range(low, high + 1), key=lambda n: (_cut_score(words[n - 1], words[n]), n))


def _cut_score(before: Word, after: Word) -> int:
    pause = after.start_ms - before.end_ms
    comma = 300 if before.text.endswith((",", ";", ":", "、")) else 0
    return pause + comma + _OPENERS.get(_bare(after.text), 0)


def _sentence(words: Sequence[Word], first: int, last: int) -> Sentence:
    run = words[first:last]
    text = join(word.text for word in run)
    return Sentence(
        start_ms=run[0].start_ms,
        end_ms=max(word.end_ms for word in run),
        text=text,
        first=first,
        last=last,
        speaker=run[0].speaker,
        question=_asks(text, [_bare(word.text) for word in run]),
    )


def _asks(text: str, words: Sequence[str]) -> bool:
    """Tell a question: by its mark, or in unpunctuated speech by how it begins."""
    if _QUESTION.search(text) or text.startswith("¿"):
        return True
    if _STOP.search(text):
        return False
    start = next((n for n, word in enumerate(words) if word not in _LEAD_IN), len(words))
    head = [*words[start : start + 3], "", "", ""]
    if head[0] in _ASKING:
        return head[1] in _HELPING or head[2] in _HELPING or head[1] in ("about", "if", "happens")
    if head[0] in ("what's", "how's", "who's", "where's"):
        return True
    return head[0] in _HELPING and head[1] in _ASKED


def _bare(text: str) -> str:
    return text.lower().strip(".,;:!?¿¡\"'“”‘’()[]…-")
