"""Lists what captions may have misheard, for a person to review, and which reviews are stale.

What is printed can be pasted into `catalog/corrections.toml` as it is.
"""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from catalog import Catalogue, Correction, Library, clock, load_catalogue, progress
from indexer.analysis.tokenizer import fold
from indexer.errors import IndexerError
from indexer.mishearing.detector import MishearingDetector, detector_of
from indexer.mishearing.words import SpokenWord, SpokenWords, folded_words
from transcripts import Track, Transcript, TranscriptError, choose_tracks, read_track, tracks_of

MOST = 100


@dataclass(slots=True)
class Suspect:
    """Words that sound like a medicine: how often, where first, and what they may be.

    `sure` when indexing takes them for `names[0]`.
    """

    said: str
    video: str
    start_ms: int
    times: int = 0
    sure: bool = True
    names: Counter[str] = field(default_factory=Counter)


def lines_to_review(library: Library) -> Iterator[str]:
    """Yield the lines of a corrections file with what nobody reviewed yet, most often first.

    Raises CatalogError, TranscriptError and IndexerError.
    """
    if not library.root.is_dir():
        raise IndexerError(f"{library.root}: there is no library here; `hope update` makes one")
    catalogue = load_catalogue(library)
    tracks = [
        track
        for video in catalogue.videos.values()
        for track in choose_tracks(tracks_of(library, video.slug), video)
    ]
    yield from review_lines(suspects_in(_transcripts(tracks), catalogue))


def _transcripts(tracks: Collection[Track]) -> Iterator[Transcript]:
    with progress("Listening", len(tracks), lines=False) as step:
        for track in tracks:
            with suppress(TranscriptError):  # `hope check` says which cannot be read
                yield read_track(track)
            step(f"{track.video} {track.name}")


def suspects_in(transcripts: Iterable[Transcript], catalogue: Catalogue) -> tuple[Suspect, ...]:
    """Collect the unknown words that sound like a medicine, most often first."""
    detector = detector_of(catalogue)
    # What is misheard only beside certain words is no word to correct everywhere.
    conditional = {
        folded_words(heard.said) for t in catalogue.terms for heard in t.heard if heard.near
    }
    found: dict[tuple[str, ...], Suspect] = {}
    for transcript in transcripts:
        for run, names, sentence, sure in _in_transcript(transcript, detector):
            if run not in conditional:
                start_ms = transcript.sentences[sentence].start_ms
                new = Suspect(" ".join(run), transcript.track.video, start_ms)
                one = found.setdefault(run, new)
                one.times += 1
                one.sure = one.sure and sure
                one.names.update(names)
    return tuple(sorted(found.values(), key=lambda one: (-one.times, one.said)))


def _in_transcript(
    transcript: Transcript, detector: MishearingDetector
) -> Iterator[tuple[tuple[str, ...], Sequence[str], int, bool]]:
    """Yield (words, what they may be, sentence, whether indexing is sure) for each place."""
    words = SpokenWords(sentence.text for sentence in transcript.sentences)
    settled = {
        place
        for at, length, _ in detector.corrections_in(transcript, words)
        for place in range(at, at + length)
    }
    read = {
        (number, one.start): one
        for number, misheard in enumerate(detector.found_in(transcript))
        for one in misheard
        if not one.reviewed
    }
    for at, word in enumerate(words):
        one = read.get((word.sentence, word.start))
        if one:
            yield _run(words, at, one.end), (one.name,), word.sentence, True
        elif at not in settled:
            names = detector.matcher.candidates(word.text)
            if names is not None:
                yield (word.text,), names, word.sentence, False


def _run(words: Sequence[SpokenWord], at: int, end: int) -> tuple[str, ...]:
    sentence = words[at].sentence
    last = at
    while last < len(words) and words[last].sentence == sentence and words[last].end <= end:
        last += 1
    return tuple(word.text for word in words[at:last])


def review_lines(found: Sequence[Suspect]) -> Iterator[str]:
    """Write what was found as entries of a corrections file, with a remark behind each."""
    if not found:
        yield "# Nothing here sounds like a misheard name that is not reviewed yet."
        return
    yield "# Listen to each, then paste it into catalog/corrections.toml. `meant` is what was said;"
    yield '# write "" when the captions are right as they are.'
    for one in found[:MOST]:
        times = "once" if one.times == 1 else f"{one.times} times"
        yield ""
        yield "[[corrections]]"
        first = f"first in {one.video} at {clock(one.start_ms)}"
        yield f"heard = {_quoted(one.said)}  # {times}, {first}"
        yield _meant(one)
    if len(found) > MOST:
        yield ""
        yield f"# And {len(found) - MOST} more that are said less often."


def _meant(one: Suspect) -> str:
    names = [name for name, _ in one.names.most_common(3)]
    if one.sure and len(names) == 1:
        return f"meant = {_quoted(names[0])}  # probably"
    perhaps = f"perhaps {' or '.join(names)}" if names else "sounds like a medicine"
    return f'meant = "?"  # {perhaps}'


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def stale_corrections(corrections: Iterable[Correction], videos: Collection[str]) -> Iterator[str]:
    """Say which corrections speak of words that no captions have; `videos` are those with any."""
    for one in corrections:
        if one.video in videos or (not one.video and videos):
            where = f"the captions of {one.video}" if one.video else "any captions"
            near = "" if one.at_ms is None else f" near {clock(one.at_ms)}"
            yield (
                f"corrections.toml: {one.heard}: these words are not in {where}{near} any more; "
                "mend the entry or take it out"
            )


def unnamed_corrections(catalogue: Catalogue) -> Iterator[str]:
    """Say which corrections bring in what the glossary has no name for."""
    names = {
        fold(name)
        for term in catalogue.terms
        for name in (term.canonical, *term.variants, *term.related, *term.spanish)
    }
    for one in catalogue.corrections:
        if one.meant and fold(one.meant) not in names:
            yield (
                f"corrections.toml: {one.heard}: {one.meant!r} is no name in the glossary; "
                "look whether it is spelled as it should be"
            )
