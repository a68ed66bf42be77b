"""What is said: fetching captions, reading them, words, sentences and passages."""

from transcripts.clauses import ease_of_cut, negates, spoken_words
from transcripts.commands import fetch_library, sync_library
from transcripts.errors import TranscriptError
from transcripts.model import Passage, Sentence, Track, TrackKind, Transcript, Word
from transcripts.passages import cut_passages
from transcripts.reading import read_captions, read_track
from transcripts.reports import FetchReport
from transcripts.runs import USUAL, Run, stoppable
from transcripts.sentences import is_ended
from transcripts.syncing import SyncReport
from transcripts.tracks import choose_tracks, primary, tracks_of
from transcripts.webvtt import as_webvtt

__all__ = [
    "USUAL",
    "FetchReport",
    "Passage",
    "Run",
    "Sentence",
    "SyncReport",
    "Track",
    "TrackKind",
    "Transcript",
    "TranscriptError",
    "Word",
    "as_webvtt",
    "choose_tracks",
    "cut_passages",
    "ease_of_cut",
    "fetch_library",
    "is_ended",
    "negates",
    "primary",
    "read_captions",
    "read_track",
    "spoken_words",
    "stoppable",
    "sync_library",
    "tracks_of",
]
