from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from random import Random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paths import SHARED
from renderings import Said, rolling_vtt

from transcripts import (
    QuoteFingerprint,
    Sentence,
    Track,
    find_quote,
    parse_quote,
    quote_fingerprint,
    read_captions,
    read_track,
)
from transcripts.quotes.fingerprints import comparable_words
from transcripts.quotes.quotes import EITHER_END, QuoteMatch

TALK = (
    "Hello and welcome.",
    "What does stage four mean?",
    "Stage four means that the cancer has spread to another part of the body.",
    "It does not mean that nothing can be done.",
    "Thank you.",
    "Ask for biomarker testing before the treatment starts.",
    "Thank you.",
)

texts = st.text(
    st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs", "M"]),
    min_size=1,
    max_size=60,
).filter(str.strip)
words = st.sampled_from(
    "stage four means that no not the PD-L1 etapa que ¿Qué 癌 治療 [__] % um".split()
)
sayings = texts | st.lists(words, min_size=1, max_size=40).map(" ".join)


def talk(*said: str, at_ms: int = 0) -> tuple[Sentence, ...]:
    """Sentences of three seconds each."""
    return tuple(
        Sentence(at_ms + 3000 * n, at_ms + 3000 * n + 2900, text, 0, 0)
        for n, text in enumerate(said)
    )


def said_by(found: QuoteMatch | None, sentences: Sequence[Sentence]) -> str | None:
    if found is None:
        return None
    return " ".join(sentence.text for sentence in sentences[found.first : found.last])


def through_a_link(quoted: QuoteFingerprint) -> QuoteFingerprint:
    read = parse_quote(quoted.words, quoted.start_ms, quoted.end_ms)
    assert read is not None
    return read


@given(
    said=st.lists(sayings, min_size=1, max_size=30),
    pauses=st.lists(st.integers(0, 5000), min_size=30, max_size=30),
    ends=st.data(),
)
def test_any_run_of_sentences_is_found_by_its_link(
    said: list[str], pauses: list[int], ends: st.DataObject
) -> None:
    starts = list(accumulate(pauses))
    sentences = [Sentence(starts[n], starts[n] + 900, text, 0, 0) for n, text in enumerate(said)]
    first = ends.draw(st.integers(0, len(said) - 1))
    last = ends.draw(st.integers(first + 1, len(said)))

    quoted = through_a_link(quote_fingerprint(sentences[first:last]))
    found = find_quote(quoted, sentences)

    assert quoted == quote_fingerprint(sentences[first:last])
    assert found is not None
    assert found.same
    there = sentences[found.first : found.last]
    assert there[0].start_ms == sentences[first].start_ms
    assert [w for s in there for w in comparable_words(s.text)] == [
        w for s in sentences[first:last] for w in comparable_words(s.text)
    ]


def test_the_words_of_a_link_are_short_and_stay_the_same_in_every_version() -> None:
    long_talk = talk(*(f"Word number {n} of a very long talk." for n in range(300)))

    assert quote_fingerprint(talk(*TALK[2:4])).words == "p4oMmRq4E4G6my0x1wMXSNr.WQ7I"
    assert len(quote_fingerprint(long_talk).words) <= 2 * EITHER_END + 12


@pytest.mark.parametrize("text", ["", "abc", ".abcd", "ab cd.abcd", "a" * 65 + ".abcd", "abé.abcd"])
def test_damaged_words_are_known_for_it(text: str) -> None:
    assert parse_quote(text, 0, 1000) is None


def test_of_the_same_words_the_ones_at_the_old_time_are_meant() -> None:
    sentences = talk(*TALK)

    assert find_quote(quote_fingerprint(sentences[4:5]), sentences) == QuoteMatch(4, 5, same=True)
    assert find_quote(quote_fingerprint(sentences[6:7]), sentences) == QuoteMatch(6, 7, same=True)


def test_words_are_found_at_their_new_place() -> None:
    quoted = quote_fingerprint(talk(*TALK)[2:4])
    now = talk("A word before we start.", *TALK, at_ms=40_000)

    assert find_quote(quoted, now) == QuoteMatch(3, 5, same=True)


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(
            ("stage 4 means", "that the cancer has spread"), id="digits, case, other cuts"
        ),
        pytest.param(("Stage four means that the CANCER has — um — spread!",), id="marks, fillers"),
    ],
)
def test_how_captions_are_written_changes_no_word(now: tuple[str, ...]) -> None:
    quoted = quote_fingerprint(talk("Stage four means that the cancer has spread."))

    found = find_quote(quoted, talk("Hello.", *now, "Thank you."))

    assert found == QuoteMatch(1, 1 + len(now), same=True)


def test_corrected_words_are_found_and_said_to_have_changed() -> None:
    quoted = quote_fingerprint(
        talk("Ask whether a lack tin hip would be right for you before you start.")[:1]
    )
    now = talk("Hello.", "Ask whether alectinib would be right for you before you start.", "Bye.")

    assert find_quote(quoted, now) == QuoteMatch(1, 2, same=False)


def test_what_changed_at_its_edge_brings_no_neighbour_along() -> None:
    quoted = quote_fingerprint(
        talk("Ask whether alectinib would be right for you before you start.")
    )
    now = talk("Thank you.", "Perhaps alectinib would be right for you before you start.", "Bye.")

    assert find_quote(quoted, now) == QuoteMatch(1, 2, same=False)


def test_a_quote_is_whole_sentences_so_that_not_is_never_lost() -> None:
    forged = quote_fingerprint(talk("mean that nothing can be done."))

    now = talk(*TALK)

    assert said_by(find_quote(forged, now), now) == "It does not mean that nothing can be done."


@pytest.mark.parametrize(
    "gone", [TALK[2:4], TALK[3:4], TALK[5:6], ("Thank you very much.",)], ids=lambda gone: gone[0]
)
def test_words_that_are_gone_are_not_found(gone: tuple[str, ...]) -> None:
    quoted = quote_fingerprint(talk(*gone))

    left = talk(*(text for text in TALK if text not in gone))

    assert find_quote(quoted, left) is None


def test_a_few_words_said_everywhere_count_only_near_their_time() -> None:
    quoted = quote_fingerprint(talk("Thank you."))

    assert find_quote(quoted, talk("Hello.", "Thank you.", at_ms=60_000)) == QuoteMatch(
        1, 2, same=True
    )
    assert find_quote(quoted, talk("Hello.", "Thank you.", at_ms=600_000)) is None


def test_nothing_is_found_where_nothing_is_said() -> None:
    assert find_quote(quote_fingerprint(talk("Thank you.")), ()) is None


def test_a_link_made_to_be_slow_is_not() -> None:
    sentences = talk(*["no no no no no no no no no no"] * 2000)
    quoted = quote_fingerprint(talk("no " * 64))

    before = perf_counter()
    find_quote(QuoteFingerprint(0, 1, quoted.head, quoted.tail, 64, "AAAA"), sentences)

    assert perf_counter() - before < 5


def noisy(sentences: Sequence[Said], share: float, shift_ms: int, chance: Random) -> list[Said]:
    """The same words as a machine hears them: later, without marks, and some of them wrong."""
    heard = []
    for word in sentences:
        lot = chance.random()
        if lot < share / 4:
            continue
        other = chance.choice(sentences).text
        text = other if lot < share else word.text
        plain = "".join(c for c in text.lower() if c.isalnum() or c == "'") or "so"
        heard.append(Said(plain, word.start_ms + shift_ms, word.end_ms + shift_ms))
    return heard


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared captions are not beside this project")
def test_quotes_of_a_real_talk_are_found_when_a_machine_heard_it_again() -> None:
    """The share and the times in `docs/decisions/0007-quote-links.md` are measured like this."""
    path = sorted((SHARED / "eval/health-talks/captions").glob("*/en.manual.vtt"))[3]
    old = read_track(Track("talk", "en", "manual", "vtt", path))
    chance = Random(7)
    said = [Said(w.text, w.start_ms, max(w.end_ms, w.start_ms + 20)) for w in old.words[:6000]]
    heard = noisy(said, 0.1, 17_000, chance)
    lines = [heard[n : n + 7] for n in range(0, len(heard), 7)]
    track = Track("talk", "en", "auto", "vtt", path)
    new = read_captions(track, rolling_vtt(lines).encode()).sentences
    runs = [(n, n + chance.choice((1, 2, 4))) for n in range(10, 260, 5)]
    telling = [
        old.sentences[a:b] for a, b in runs if quote_fingerprint(old.sentences[a:b]).count >= 10
    ]

    right = 0
    for run in telling:
        found = find_quote(quote_fingerprint(run), new)
        if found is not None:
            start_ms, end_ms = new[found.first].start_ms, new[found.last - 1].end_ms
            right += start_ms <= run[-1].end_ms + 17_000 and end_ms >= run[0].start_ms + 17_000

    assert len(telling) > 30
    assert right / len(telling) >= 0.95
