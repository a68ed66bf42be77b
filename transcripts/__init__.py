"""What is said: fetching captions, reading them, words, sentences and passages."""

from transcripts.errors import TranscriptError
from transcripts.model import Passage, Sentence, Track, TrackKind, Transcript, Word

__all__ = ["Passage", "Sentence", "Track", "TrackKind", "Transcript", "TranscriptError", "Word"]
