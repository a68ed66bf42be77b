"""From a landing to a hit: its snippet with highlights, who says what, and links to follow."""

from collections.abc import Container, Sequence
from itertools import accumulate
from urllib.parse import urlsplit

import numpy as np
from msgspec.structs import replace

from catalog import Video, watch_address
from indexer.mishearing.terms import CORRECTED, PROBABLE
from indexer.model import Hit
from indexer.moments.boundaries import runs_on
from indexer.moments.highlighted import Highlighted
from indexer.moments.interviewer import leads
from indexer.moments.landing import Landing
from indexer.moments.readable import readable_sentences
from indexer.settings import SETTINGS
from indexer.storage.columns import Columns
from indexer.storage.reader import IndexReader


def make_hit(
    reader: IndexReader,
    track: int,
    landing: Landing,
    highlighted: Highlighted,
    score: float,
) -> Hit:
    """Make the hit of a landing in a track, by the track's number.

    `highlighted` says what to highlight.
    """
    columns, first = reader.columns, landing.first
    plain, begins, is_misheard = _plain_hit(reader, track, landing)
    last = first + len(begins) - 1
    terms = columns.terms_in(first, last)
    marks = highlighted.among(terms)
    return replace(
        plain,
        spans=_spans(columns, first, begins, terms, marks) if marks else (),
        heard=misheard_names(reader, first, last, marks) if is_misheard else (),
        score=round(score, 4),
    )


# So many moments are kept as they are shown, whatever was asked: some twenty megabytes.
_MOST_KEPT = 16_384


def _plain_hit(reader: IndexReader, track: int, landing: Landing) -> tuple[Hit, list[int], bool]:
    """A hit without what depends on the question, and where each of its sentences begins.

    At last where another would begin behind them; and whether anything in it was misheard. It is
    made once, and kept.
    """
    kept, key = reader.shown_moments, (track, landing)
    found = kept.get(key)
    if found is None:
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        found = kept[key] = _made(reader, track, landing)
    return found


def _made(reader: IndexReader, track: int, landing: Landing) -> tuple[Hit, list[int], bool]:
    entry, columns = reader.tracks[track], reader.columns
    video = reader.videos[entry.video]
    last = last_shown(columns, landing)
    texts = list(columns.sentence_texts(landing.first, last))
    begins = [*accumulate((len(text) + 1 for text in texts), initial=0)]
    hit = Hit(
        video=video.slug,
        title=video.title,
        series=video.series,
        start_ms=landing.start_ms,
        end_ms=landing.end_ms,
        match_ms=max(columns.values.sentence_start_ms[landing.match], landing.start_ms),
        text=" ".join(texts),
        spans=(),
        speakers=reader.catalogue.names_of(video),
        captions=entry.kind,
        language=entry.language,
        url=watch_url(video, landing.start_ms, entry.language),
        source_url=source_url(video, landing.start_ms),
        score=0.0,
        asked=landing.asked,
        answer_at=answer_at(columns, landing, begins, reader.rows.sentences_of(track)),
        goes_on=runs_on(columns, last - 1, reader.rows.sentences_of(track)[1], SETTINGS),
        turns=turns(reader, landing.first, begins),
        answer=answer_span(columns, landing, begins),
        readable=" ".join(readable_sentences(reader, track, landing.first, last, texts)),
        made_by=entry.made_by,
    )
    return hit, begins, bool(columns.token_heard[columns.tokens_in(landing.first, last)].any())


def watch_url(video: Video, start_ms: int, language: str) -> str:
    """The address on our own site, at the second."""
    address = f"/watch/{video.slug}?t={start_ms // 1000}"
    return address if language == video.language else f"{address}&lang={language}"


def source_url(video: Video, start_ms: int) -> str | None:
    """The address of the same second where the video was published; None where there is none."""
    seconds = start_ms // 1000
    if video.youtube:
        return watch_address(video.youtube, seconds)
    if video.media and not video.own_media:
        return f"{urlsplit(video.media)._replace(fragment='').geturl()}#t={seconds}"
    return video.page or None


# In bytes: what is shorter says little by itself, and a longer one is not gone on with.
_SHORT_ANSWER, _LONG_ANSWER = 60, 160
# Behind a name that a person found was said; before any other belongs "probably".
REVIEWED = "(reviewed)"


def highlights(
    columns: Columns, first: int, last: int, marks: Container[int]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the text of sentences `first` to `last` (exclusive), and its highlights as offsets.

    Highlighted are the terms whose identities are among `marks`.
    """
    texts = list(columns.sentence_texts(first, last))
    begins = [*accumulate((len(text) + 1 for text in texts), initial=0)]
    terms = columns.terms_in(first, last)
    return " ".join(texts), _spans(columns, first, begins, terms, marks)


def _spans(
    columns: Columns, first: int, begins: Sequence[int], terms: Sequence[int], marks: Container[int]
) -> tuple[tuple[int, int], ...]:
    """Where the text of sentences from `first` on has any of their `terms` that is among `marks`.

    None overlaps another; `begins` has where each sentence begins.
    """
    said = columns.values
    spans: list[tuple[int, int]] = []
    done, sentence, begun = 0, first, said.token_offsets[first]
    for token in [number for number, term in enumerate(terms, begun) if term in marks]:
        while token >= said.token_offsets[sentence + 1]:
            sentence += 1
        shift = begins[sentence - first]
        start = shift + said.token_start[token]
        if start >= done:
            done = shift + said.token_end[token]
            spans.append((start, done))
    return tuple(spans)


def last_shown(columns: Columns, landing: Landing) -> int:
    """Show whole sentences, the answering one at least, and no more than a phone holds.

    A few more are shown where else a clause would be torn.
    """
    first, last = landing.first, landing.match + 1
    sizes = columns.values.sentence_bytes[first : landing.last].tolist()
    size = sum(sizes[: last - first])
    while last < landing.last and size + sizes[last - first] <= SETTINGS.shown_bytes:
        size += sizes[last - first]
        last += 1
    most = max(size, SETTINGS.shown_bytes) + SETTINGS.longer_bytes
    longer = last
    while longer < landing.last and runs_on(columns, longer - 1, landing.last, SETTINGS):
        size += sizes[longer - first]
        longer += 1
        if size > most:
            return last
    return longer


def answer_at(
    columns: Columns, landing: Landing, begins: Sequence[int], track: tuple[int, int]
) -> int:
    """Where in the text shown the questions that a moment begins with end, and the answer begins.

    What an interviewer says belongs to them. 0 when it begins with none.
    """
    asked = landing.first
    while asked < landing.match and leads(columns, asked, track):
        asked += 1
    return begins[asked - landing.first]


def answer_span(columns: Columns, landing: Landing, begins: Sequence[int]) -> tuple[int, int]:
    """Where in the text shown the sentence that answers stands.

    One as short as "Yes." goes on with what the same speaker says next; so does one that is torn
    from its rest. Where the jump is into a sentence that runs on, it begins about there.
    """
    first, last = landing.first, landing.first + len(begins) - 1
    end = landing.match + 1
    while end < last and _goes_on_with(columns, landing.match, end, last):
        end += 1
    return begins[landing.match - first] + _inside(columns, landing), begins[end - first] - 1


def _inside(columns: Columns, landing: Landing) -> int:
    """Behind which characters of the answering sentence the jump is: where one ends as it is read.

    Words have no times of their own here, so it is the end that is nearest by time.
    """
    said = columns.values
    start_ms, end_ms = said.sentence_start_ms[landing.match], said.sentence_end_ms[landing.match]
    if landing.start_ms <= start_ms:
        return 0
    size = len(columns.sentence_text(landing.match))
    begins = [0, *(at + 1 for at, _ in columns.stops(landing.match) if at + 1 < size)]
    about = size * (landing.start_ms - start_ms) / max(1, end_ms - start_ms)
    return min(begins, key=lambda at: abs(at - about))


def _goes_on_with(columns: Columns, begin: int, end: int, last: int) -> bool:
    """Whether sentences from `begin` on need the one at `end` to say something whole."""
    said = columns.values
    if said.sentence_turn[begin] != said.sentence_turn[end] or said.sentence_question[end]:
        return False
    size = sum(said.sentence_bytes[begin:end])
    return size < _SHORT_ANSWER or (
        size < _LONG_ANSWER and runs_on(columns, end - 1, last, SETTINGS)
    )


def turns(
    reader: IndexReader, first: int, begins: Sequence[int]
) -> tuple[tuple[int, str, int], ...]:
    """Who says the text shown, of sentences from `first` on, from which character of it on."""
    said, last = reader.columns.values, first + len(begins) - 1
    there = said.sentence_turn[first:last]
    if len(set(there)) == 1 and max(said.sentence_speaker[first:last]) < 0:
        return ()
    found: list[tuple[int, str, int]] = []
    for sentence, turn, begin in zip(range(first, last), there, begins, strict=False):
        who = reader.speaker_of(sentence), turn
        if not found or found[-1][1:] != who:
            found.append((begin, *who))
    return tuple(found)


def misheard_names(
    reader: IndexReader, first: int, last: int, wanted: Container[int]
) -> tuple[str, ...]:
    """Name what sentences `first` to `last` (exclusive) have misheard of the terms `wanted`.

    Terms are given by identity; each name is there once.
    """
    columns, tokens = reader.columns, reader.columns.tokens_in(first, last)
    found: dict[str, None] = {}
    name = ""
    for token in tokens.start + np.flatnonzero(columns.token_heard[tokens]):
        # The terms of a name that was corrected stand behind its mark.
        if columns.token_heard[token] != CORRECTED:
            name = _shown(reader, int(token))
        if int(columns.token_term[token]) in wanted:
            found[name] = None
    return tuple(found)


def misheard_by_sentence(reader: IndexReader, first: int, last: int) -> dict[int, tuple[str, ...]]:
    """Name what each of these sentences has misheard, by its place among them."""
    columns = reader.columns
    begin, end = (int(columns.token_offsets[number]) for number in (first, last))
    found: dict[int, dict[str, None]] = {}
    for token in begin + np.flatnonzero(columns.token_heard[begin:end]):
        if columns.token_heard[token] != CORRECTED:
            sentence = int(columns.sentences_of(token))
            found.setdefault(sentence - first, {})[_shown(reader, int(token))] = None
    return {place: tuple(names) for place, names in found.items()}


def _shown(reader: IndexReader, token: int) -> str:
    columns = reader.columns
    name = reader.misheard_names.get(int(columns.token_term[token]), "")
    return name if columns.token_heard[token] == PROBABLE else f"{name} {REVIEWED}"
