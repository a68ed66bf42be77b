"""Files of a JSON value a line, in which a bad line loses no other."""

import sys
from pathlib import Path
from typing import TypeVar

import msgspec

from catalog import say
from indexer.errors import IndexerError

Shape = TypeVar("Shape")
Qid = str | int  # what tells a question of a file from the others


def read_jsonl(file: Path, shape: type[Shape], what: str) -> tuple[list[Shape], int]:
    """Read what a file holds ("-" is standard input), and count the lines that are no `what`.

    Each of those is said and passed over; empty lines are none. Raises IndexerError when the file
    cannot be read.
    """
    read: list[Shape] = []
    passed_over = 0
    for number, line in enumerate(_lines(file, what), start=1):
        if not line.strip():
            continue
        try:
            read.append(msgspec.json.decode(line, type=shape))
        except (msgspec.DecodeError, UnicodeDecodeError) as err:
            say(f"{file}, line {number}: it is no {what}, passed over: {err}")
            passed_over += 1
    return read, passed_over


def _lines(file: Path, what: str) -> list[bytes]:
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as err:
        raise IndexerError(f"{file}: the {what}s cannot be read: {err.strerror}") from err
    return content.removeprefix(b"\xef\xbb\xbf").splitlines()
