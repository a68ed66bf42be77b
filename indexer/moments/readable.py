"""What captions without punctuation say, as it is read; `Columns` keep where sentences end."""

from collections.abc import Sequence

from indexer.storage.reader import IndexReader
from transcripts import readable_texts


def readable_sentences(
    reader: IndexReader, track: int, first: int, last: int, texts: Sequence[str] = ()
) -> Sequence[str]:
    """Sentences `first` to `last` (exclusive) of a track, by its number; none with punctuation.

    The first of them begins with a capital, also where it goes on with what was said before.
    `texts` are theirs, where they are at hand.
    """
    columns, language = reader.columns, reader.tracks[track].language
    begin, end = reader.rows.sentences_of(track)
    if columns.values.stop_offsets[begin] == columns.values.stop_offsets[end]:
        return ()
    texts = texts or list(columns.sentence_texts(first, last))
    stops = [columns.stops(sentence) for sentence in range(first, last)]
    return readable_texts(texts, stops, reader.usual_forms(language), language)
