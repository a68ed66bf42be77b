"""Highlights: a text as fragments that are highlighted or not, without any markup."""

from collections.abc import Iterable, Sequence
from itertools import accumulate

import msgspec

_REVIEWED = " (reviewed)"


class Fragment(msgspec.Struct, frozen=True):
    """A part of a text; `mark` when it is highlighted."""

    text: str
    mark: bool = False


def highlighted(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Fragment, ...]:
    """Split text at its highlights; nothing of the text is lost.

    Spans may overlap or touch; what only spaces part is one highlight.
    """
    found: list[Fragment] = []
    done = 0
    for start, end in _joined(spans, text):
        if start > done:
            found.append(Fragment(text[done:start]))
        found.append(Fragment(text[start:end], mark=True))
        done = end
    if done < len(text):
        found.append(Fragment(text[done:]))
    return tuple(found)


def shortened(fragments: Sequence[Fragment], most: int) -> tuple[Fragment, ...]:
    """At most about so many characters, cut between words with "…".

    They are the first ones, or those around the first highlight where that comes late.
    """
    text = "".join([fragment.text for fragment in fragments])
    if len(text) <= most:
        return tuple(fragments)
    ends = list(accumulate(len(fragment.text) for fragment in fragments))
    spans = [
        (end - len(one.text), end) for one, end in zip(fragments, ends, strict=True) if one.mark
    ]
    first = spans[0] if spans else (0, 0)
    late = first[1] > most // 2
    wanted = min(max(0, first[0] - most // 3), len(text) - 2 * most // 3) if late else 0
    start = text.rfind(" ", 0, wanted + 1) + 1 if wanted else 0
    end = len(text) if start + most >= len(text) else text.rfind(" ", start + 1, start + most)
    end = end if end > start else start + most
    shown = highlighted(text[start:end], ((a - start, b - start) for a, b in spans))
    before, after = [Fragment("… ")] * (start > 0), [Fragment(" …")] * (end < len(text))
    return (*before, *shown, *after)


def parted_at(
    fragments: Iterable[Fragment], at: int
) -> tuple[tuple[Fragment, ...], tuple[Fragment, ...]]:
    """Part fragments behind so many characters."""
    before: list[Fragment] = []
    after: list[Fragment] = []
    for one in fragments:
        for text, side in ((one.text[: max(at, 0)], before), (one.text[max(at, 0) :], after)):
            if text:
                side.append(Fragment(text, one.mark))
        at -= len(one.text)
    return tuple(before), tuple(after)


def _joined(spans: Iterable[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    whole = len(text)
    for start, end in sorted(spans):
        start, end = max(start, 0), min(end, whole)  # noqa: PLW2901 - as much as is in the text
        if start >= end:
            continue
        if joined and (start <= joined[-1][1] or text[joined[-1][1] : start].isspace()):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def heard_names(names: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """Names that captions misheard, and whether a person looked each of them up."""
    parted = (name.partition(_REVIEWED) for name in names)
    return tuple((name, bool(reviewed)) for name, reviewed, _ in parted)
