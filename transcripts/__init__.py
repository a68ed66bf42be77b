"""What is said: fetching captions, reading them, words, sentences and passages."""

from typing import TYPE_CHECKING

from catalog import loaded_later

if TYPE_CHECKING:
    from transcripts.errors import TranscriptError
    from transcripts.fetching.pages import SyncReport
    from transcripts.fetching.provenance import came_at, made_by, uploaded_at
    from transcripts.fetching.reports import (
        FetchReport,
        VideoReport,
        changed_tracks,
        outcome_sentences,
    )
    from transcripts.fetching.review import ReviewItem, review_items, waiting_sentences
    from transcripts.fetching.scheduler import DEFAULT_RUN, RunOptions
    from transcripts.formats.writers import as_chapters, as_webvtt
    from transcripts.jobs.lock import holding
    from transcripts.jobs.shutdown import finishing, stop_if_asked, stoppable
    from transcripts.library_jobs import fetch_library, sync_library, try_library
    from transcripts.model import (
        CAPTION_FORMATS,
        Aside,
        Passage,
        Sentence,
        Track,
        TrackKind,
        Transcript,
    )
    from transcripts.quotes.quotes import (
        QuoteFingerprint,
        find_quote,
        parse_quote,
        quote_fingerprint,
    )
    from transcripts.reader import read_captions, read_track
    from transcripts.segmentation.asides import with_asides
    from transcripts.segmentation.clauses import ease_of_cut, negates, spoken_words
    from transcripts.segmentation.passages import cut_passages
    from transcripts.segmentation.questions import asks, is_marked_question
    from transcripts.segmentation.readable import readable_texts
    from transcripts.segmentation.sentences import is_ended
    from transcripts.sites.versions import versions_in_words
    from transcripts.tracks import automatic_beside, choose_tracks, heard_instead, tracks_of

__getattr__ = loaded_later(__name__, __file__)
