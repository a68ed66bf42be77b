"""What every Python that is asked for reads alike in a regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from paths import ROOT


def test_no_group_is_repeated_possessively() -> None:
    """Before 3.11.5, which Debian 12 has not, such a group keeps what it failed to match.

    https://github.com/python/cpython/issues/106052. One character or set of them may be.
    """
    found = [where for where, pattern in _patterns() if _is_risky(_parsed(pattern))]

    assert found == []


@pytest.mark.parametrize(
    "risky", [r"\d+(?:[.,]\d+)*+", r"(?:(?>ab|a)c)+", r"a(?=(?:bc)?+)", r"(x|(?:ab)++)"]
)
def test_such_a_group_is_seen_wherever_it_stands(risky: str) -> None:
    assert _is_risky(_parsed(re.compile(risky)))
    assert not _is_risky(_parsed(re.compile(r"\s*+(?:[^\W_]\w*+[.,]{0,9}+)*(?:a|b)+\Z")))


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for room in ("catalog", "transcripts", "indexer", "webapp"):
        for path in (ROOT / room).rglob("*.py"):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            for what, value in vars(import_module(name)).items():
                if isinstance(value, re.Pattern):
                    yield f"{name}.{what}", value


def _parsed(pattern: re.Pattern[str]) -> Any:
    return _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)


def _is_risky(parsed: Any) -> bool:
    match parsed:
        case _parser.SubPattern():
            return any(_is_risky(one) for one in parsed)
        case (_parser.ATOMIC_GROUP, _):
            return True
        case (_parser.POSSESSIVE_REPEAT, (_, _, repeated)) if not _is_one_character(repeated):
            return True
        case tuple() | list():
            return any(_is_risky(one) for one in parsed)
        case _:
            return False


def _is_one_character(repeated: Any) -> bool:
    one = (_parser.IN, _parser.LITERAL, _parser.NOT_LITERAL, _parser.ANY)
    return len(repeated) == 1 and repeated[0][0] in one
