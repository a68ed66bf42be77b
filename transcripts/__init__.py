"""What is said: fetching captions, reading them, words, sentences and passages."""

from transcripts.clauses import ease_of_cut, negates, spoken_words
from transcripts.commands import fetch_library, sync_library
from transcripts.decisions import Undecided, undecided
from transcripts.errors import TranscriptError
from transcripts.lock import BusyError, holding
from transcripts.model import Passage, Sentence, Track, TrackKind, Transcript, Word
from transcripts.passages import cut_passages
from transcripts.quotes import Found, Quoted, find_quote, quote_of, read_quoted
from transcripts.reading import read_captions, read_track
from transcripts.reports import FetchReport, VideoReport, changed_tracks, told
from transcripts.runs import USUAL, Run
from transcripts.sentences import is_ended
from transcripts.stopping import finishing, stop_if_asked, stoppable
from transcripts.syncing import SyncReport
from transcripts.tracks import choose_tracks, primary, tracks_of
from transcripts.webvtt import as_webvtt

__all__ = [
    "USUAL",
    "BusyError",
    "FetchReport",
    "Found",
    "Passage",
    "Quoted",
    "Run",
    "Sentence",
    "SyncReport",
    "Track",
    "TrackKind",
    "Transcript",
    "TranscriptError",
    "Undecided",
    "VideoReport",
    "Word",
    "as_webvtt",
    "changed_tracks",
    "choose_tracks",
    "cut_passages",
    "ease_of_cut",
    "fetch_library",
    "find_quote",
    "finishing",
    "holding",
    "is_ended",
    "negates",
    "primary",
    "quote_of",
    "read_captions",
    "read_quoted",
    "read_track",
    "spoken_words",
    "stop_if_asked",
    "stoppable",
    "sync_library",
    "told",
    "tracks_of",
    "undecided",
]
