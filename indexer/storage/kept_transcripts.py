"""Transcripts as a generation keeps them: sentences and who says them, out of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.storage.layout import Rows
from transcripts import Sentence, Track, Transcript


def kept_transcript(rows: Rows, number: int) -> Transcript:
    """Return what the track of this number says: its sentences, without the words' own times."""
    entry = rows.tracks[number]
    track = Track(
        entry.video, entry.language, entry.kind, entry.ext, Path(entry.video) / entry.name
    )
    first = rows.first_sentence[number]
    sentences = _sentences(rows, entry.speakers, slice(first, first + entry.sentences))
    return Transcript(track, (), tuple(sentences), entry.notes)


def speaker_of(rows: Rows, sentence: int) -> str:
    """Who says a sentence, by its number, as the captions name them; "" where they don't."""
    speaker = int(rows.tables.sentence_speaker[sentence])
    return rows.tracks[rows.track_of(sentence)].speakers[speaker] if speaker >= 0 else ""


def _sentences(rows: Rows, speakers: Sequence[str], there: slice) -> Iterator[Sentence]:
    """Read the sentences of one track, column by column: some have tens of thousands."""
    tables = rows.tables
    columns = zip(
        tables.sentence_start_ms[there].tolist(),
        tables.sentence_end_ms[there].tolist(),
        tables.sentence_texts(there.start, there.stop),
        tables.sentence_speaker[there].tolist(),
        tables.sentence_question[there].tolist(),
        tables.sentence_turn[there].tolist(),
        strict=True,
    )
    for start_ms, end_ms, text, who, question, turn in columns:
        said_by = speakers[who] if who >= 0 else ""
        yield Sentence(start_ms, end_ms, text, 0, 0, said_by, bool(question), turn)
