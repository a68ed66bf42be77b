"""What is said: fetching captions, reading them, words, sentences and passages."""

from transcripts.commands import fetch_library, sync_library
from transcripts.errors import TranscriptError
from transcripts.fetching.pages import SyncReport
from transcripts.fetching.reports import FetchReport, VideoReport, changed_tracks, told
from transcripts.fetching.review import Undecided, undecided
from transcripts.fetching.scheduler import USUAL, Run
from transcripts.formats.writers import as_webvtt
from transcripts.jobs.lock import BusyError, holding
from transcripts.jobs.shutdown import finishing, stop_if_asked, stoppable
from transcripts.model import Passage, Sentence, Track, TrackKind, Transcript, Word
from transcripts.quotes.quotes import Found, Quoted, find_quote, quote_of, read_quoted
from transcripts.reader import read_captions, read_track
from transcripts.segmentation.clauses import ease_of_cut, negates, spoken_words
from transcripts.segmentation.passages import cut_passages
from transcripts.segmentation.sentences import is_ended
from transcripts.tracks import choose_tracks, tracks_of

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
