"""What is the matter with the tracks of a library, read only where that is not known yet.

The index knows the digest of each file that it was made from, and what was noted while it was
read. What was read besides, for a check, is kept beside the index, and is as safe to delete.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import msgspec

from catalog import Correction, Library, file_checksum, progress, read_json, write_json
from indexer.analysis.tokenizer import fold
from indexer.checking.facts import Fact
from indexer.generation import Generation
from indexer.mishearing.detector import MishearingDetector
from indexer.mishearing.words import folded_words
from transcripts import (
    Track,
    Transcript,
    TranscriptError,
    automatic_beside,
    heard_instead,
    made_by,
    read_track,
)

FILE = "checked.json"
MANY = 20  # so many are told of while they are read
_Key = tuple[str, str]  # a file's digest and its form


class _Seen(NamedTuple):
    """What reading a track gave: its notes, and how many words it has."""

    notes: tuple[str, ...] = ()
    words: int = 0


class _Noted(msgspec.Struct, frozen=True):
    """What a check read that no index has, by digest and form, as one version reads."""

    built_by: dict[str, str]
    seen: dict[str, _Seen]


@dataclass(slots=True)
class CheckedTracks:
    """`troubles` is what keeps tracks from being read, `notes` what was seen while they were.

    `matched` are the corrections that speak of words which are there.
    """

    troubles: list[str] = field(default_factory=list)
    notes: list[Fact] = field(default_factory=list)
    matched: set[Correction] = field(default_factory=set)


def check_tracks(
    library: Library,
    tracks: Collection[Track],
    detector: MishearingDetector,
    served: Generation | None,
    built_by: Mapping[str, str],
) -> CheckedTracks:
    """Look through the tracks; `served` and what was kept spare the reading of what they know."""
    checked = CheckedTracks()
    # Whether a correction still fits can be looked up in the index, and else only by reading.
    known = (_indexed if detector.corrections else partial(_known, library))(served, built_by)
    digests = {track: _digest(track) for track in tracks}
    unread = [track for track, digest in digests.items() if _key(track, digest) not in known]
    fresh: dict[_Key, _Seen] = {}
    with progress("Checking", len(unread), lines=len(unread) > MANY) as step:
        for track in unread:
            transcript = _read(track, checked)
            if transcript:
                seen = _Seen(transcript.notes, len(transcript.words))
                fresh[_key(track, digests[track])] = seen
                checked.matched.update(one for *_, one in detector.corrections_in(transcript))
            step("")
    every = known | fresh
    seen_of = {track: every.get(_key(track, digest), _Seen()) for track, digest in digests.items()}
    for track, seen in seen_of.items():
        by = made_by(track.path) if track.kind == "auto" else ""
        machine = [f"made here by a machine, {by}; nobody checked it"] if by else []
        checked.notes += [Fact(_place(track), note) for note in (*machine, *seen.notes)]
    checked.notes += _fractions(seen_of)
    if served:
        checked.matched |= set(_matched(served, detector))
    _keep(library, every, _indexed(served, built_by), built_by)
    return checked


def _read(track: Track, checked: CheckedTracks) -> Transcript | None:
    try:
        return read_track(track)
    except TranscriptError as err:
        checked.troubles.append(str(err))
        return None


def _digest(track: Track) -> str:
    try:
        return file_checksum(track.path)
    except OSError:  # which reading it tells
        return ""


def _key(track: Track, digest: str) -> _Key:
    return digest, track.ext


def _place(track: Track) -> str:
    return f"captions/{track.video}/{track.name}"


def _fractions(seen: Mapping[Track, _Seen]) -> Iterator[Fact]:
    """What people wrote of a video that is far too little to be the talk that a machine heard."""
    by_video: dict[str, list[Track]] = {}
    for track in seen:
        by_video.setdefault(track.video, []).append(track)
    for tracks in by_video.values():
        for written in tracks:
            heard = automatic_beside((written, *tracks))
            words = seen[heard].words if heard else 0
            if heard and (why := heard_instead(seen[written].words, heard, words)):
                yield Fact(_place(written), why)


def _indexed(served: Generation | None, built_by: Mapping[str, str]) -> dict[_Key, _Seen]:
    if served is None or served.reader.built_by != built_by:
        return {}
    here = (one for one in served.tracks if not one.dead)
    return {(one.source, one.ext): _Seen(one.notes, one.words) for one in here}


def _known(
    library: Library, served: Generation | None, built_by: Mapping[str, str]
) -> dict[_Key, _Seen]:
    kept = read_json(library.index_dir / FILE, _Noted)
    noted = kept.seen if kept and kept.built_by == built_by else {}
    besides = {_parted(name): seen for name, seen in noted.items()}
    return besides | _indexed(served, built_by)


def _parted(name: str) -> _Key:
    digest, _, ext = name.partition(".")
    return digest, ext


def _keep(
    library: Library,
    seen: Mapping[_Key, _Seen],
    indexed: Collection[_Key],
    built_by: Mapping[str, str],
) -> None:
    """Keep what no index has, where there is an index and it can be written beside it."""
    besides = {".".join(key): value for key, value in seen.items() if key not in indexed}
    noted = _Noted(dict(built_by), besides)
    file = library.index_dir / FILE
    if not library.index_dir.is_dir() or read_json(file, _Noted) == noted:
        return
    if besides or file.exists():
        with suppress(OSError):  # it spares time, and nothing else
            write_json(file, noted)


def _matched(served: Generation, detector: MishearingDetector) -> Iterator[Correction]:
    """The corrections whose words are in the index, each looked for until it is found."""
    missing = set(detector.corrections)
    for track in served.tracks if missing else ():
        concern = [one for one in missing if one.video in ("", track.video)]
        transcript = served.transcript(track.video, track.language) if concern else None
        if track.dead or transcript is None:
            continue
        said = fold(" ".join(sentence.text for sentence in transcript.sentences))
        if any(all(word in said for word in folded_words(one.heard)) for one in concern):
            found = {one for *_, one in detector.corrections_in(transcript)}
            missing -= found
            yield from found
