"""A transcript as its page lays it out, whatever was asked: made once for each index, and kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from catalog import Video
from indexer import Generation
from transcripts import Transcript
from webapp.presenters.watching.transcript import (
    TranscriptTurn,
    anchors,
    take_turns,
    unclear_places,
)
from webapp.presenters.watching.transcript_parts import TranscriptPart, cut_parts
from webapp.presenters.watching.transcript_sections import Cut, cut_sections

# So many are kept; one of three hours, with its markup, takes 2 MB.
_MOST_KEPT = 16


@dataclass(frozen=True, slots=True)
class LaidOutPart:
    """One part: where it is cut, its turns with nothing marked, and the ids of unclear sentences.

    `markup` is kept by who writes the turns (`webapp/rendering/kept_markup.py`).
    """

    cuts: tuple[Cut, ...]
    turns: tuple[TranscriptTurn, ...]
    unclear: frozenset[str]
    markup: dict[object, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TranscriptLayout:
    """A transcript, its parts, and of each sentence its id and, if captions lack that, how it is
    read.
    """

    video: Video
    transcript: Transcript
    heard: dict[int, tuple[str, ...]]
    readable: Sequence[str]
    _parts: dict[int, LaidOutPart] = field(default_factory=dict)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of its sentences on the page."""
        return anchors(self.transcript.sentences)

    @cached_property
    def parts(self) -> tuple[TranscriptPart, ...]:
        """Its parts, each as much as one page may hold."""
        return cut_parts(self.transcript.sentences)

    def laid_out(self, part: TranscriptPart) -> LaidOutPart:
        """One of its parts."""
        found = self._parts.get(part.number)
        if found is None:
            found = self._parts[part.number] = self._lay_out(part)
        return found

    def _lay_out(self, part: TranscriptPart) -> LaidOutPart:
        sentences = self.transcript.sentences
        cuts = cut_sections(self.video, sentences, part.places)
        begun = {cut.place for cut in cuts}
        turns = take_turns(self.transcript, self.heard, part.places, begun, self.readable)
        unclear = frozenset(self.ids[place] for place in unclear_places(sentences, part.places))
        return LaidOutPart(cuts, turns, unclear)


def layout_of(generation: Generation, video: Video, transcript: Transcript) -> TranscriptLayout:
    """Lay out a transcript of a generation, which keeps that."""
    kept, track = generation.laid_out, transcript.track
    found = kept.get((track.video, track.language))
    if found is None:
        heard = generation.readings(track.video, track.language)
        readable = generation.readable(track.video, track.language)
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        found = TranscriptLayout(video, transcript, heard, readable)
        kept[track.video, track.language] = found
    return found
