"""What is said: fetching captions, reading them, words, sentences and passages."""

from transcripts.errors import TranscriptError
from transcripts.model import Passage, Sentence, Track, TrackKind, Transcript, Word
from transcripts.passages import cut_passages
from transcripts.reading import read_captions, read_track
from transcripts.tracks import choose_tracks, tracks_of

__all__ = [
    "Passage",
    "Sentence",
    "Track",
    "TrackKind",
    "Transcript",
    "TranscriptError",
    "Word",
    "choose_tracks",
    "cut_passages",
    "read_captions",
    "read_track",
    "tracks_of",
]
