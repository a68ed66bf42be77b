"""What a track that was fetched says otherwise than the one before, for a person to read."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from catalog import counted
from transcripts.errors import TranscriptError
from transcripts.reader import read_captions
from transcripts.tracks import track_at


def change_in_words(path: Path, before: bytes, after: bytes) -> str:
    """Say how many words there are in a track, and how many came and went since it was `before`.

    Words are counted, whatever their order: "12 words came and 3 went, now 1,480".
    """
    old, new = _words(path, before), _words(path, after)
    total = new.total()
    if not before:
        return counted(total, "word")
    came, went = (new - old).total(), (old - new).total()
    if not came + went:
        return f"the same {counted(total, 'word')}, at other times or in another order"
    return f"{counted(came, 'word')} came and {went:,} went, now {total:,}"


def _words(path: Path, content: bytes) -> Counter[str]:
    """What is said in a track; nothing where it cannot be read, which indexing will tell."""
    track = track_at(path)
    if not track or not content:
        return Counter()
    try:
        words = read_captions(track, content).words
    except TranscriptError:
        return Counter()
    return Counter(word.text.casefold() for word in words)
