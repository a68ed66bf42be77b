"""Highlights: a text as fragments that are highlighted or not, without any markup."""

from collections.abc import Iterable
from dataclasses import dataclass

_REVIEWED = " (reviewed)"


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of a text; `mark` when it is highlighted."""

    text: str
    mark: bool = False


def highlighted(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Fragment, ...]:
    """Split text at its highlights. Spans may overlap or touch; nothing of the text is lost."""
    found: list[Fragment] = []
    done = 0
    for start, end in _joined(spans, len(text)):
        if start > done:
            found.append(Fragment(text[done:start]))
        found.append(Fragment(text[start:end], mark=True))
        done = end
    if done < len(text):
        found.append(Fragment(text[done:]))
    return tuple(found)


def _joined(spans: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(end, length)) for start, end in spans):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def heard_names(names: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """Names that captions misheard, and whether a person looked each of them up."""
    parted = (name.partition(_REVIEWED) for name in names)
    return tuple((name, bool(reviewed)) for name, reviewed, _ in parted)
