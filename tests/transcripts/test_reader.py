import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from renderings import Line, Said, json3, manual_srt, manual_vtt, rolling_srt, rolling_vtt

from transcripts import Track, TranscriptError, cut_passages, read_captions, read_track
from transcripts.model import Transcript, Word
from transcripts.text import join

VOCABULARY = (
    "no no no yes yeah the the a of and so what is Lorlatinib ALK-positive PD-L1 3.5 10% 2024 "
    "café señal ¿Qué naïve, L'été don't it's Dr. Shaw, e.g. treatment. really? wait... R&D <3 "
    "& 5<7 “quoted” mother-in-law 3:1 Müller 日本 I"
).split()


class Captions(NamedTuple):
    """A generated track: the words of each line, and choices that a form may make."""

    lines: list[list[Said]]
    coarse: list[bool]
    speakers: list[str]

    @property
    def words(self) -> list[str]:
        return [word.text for line in self.lines for word in line]


@st.composite
def captions(draw: st.DrawFn) -> Captions:
    sizes = draw(st.lists(st.integers(1, 7), min_size=4, max_size=14))
    now = draw(st.integers(0, 3_600_000))
    lines: list[list[Said]] = []
    for size in sizes:
        line: list[Said] = []
        for _ in range(size):
            lasts = draw(st.integers(60, 900))
            line.append(Said(draw(st.sampled_from(VOCABULARY)), now, now + lasts))
            now += lasts
        lines.append(line)
        now += draw(st.sampled_from([0, 0, 0, 40, 700, 5_000]))
    flags = st.lists(st.booleans(), min_size=len(sizes), max_size=len(sizes))
    names = st.sampled_from(["", "Dr. Shaw", "Dr. Shaw", "Shelly Engfer"])
    return Captions(
        lines, draw(flags), draw(st.lists(names, min_size=len(sizes), max_size=len(sizes)))
    )


def read(text: str | bytes, ext: str = "vtt", kind: str = "auto") -> Transcript:
    track = Track("talk", "en", kind, ext, Path("en"))  # type: ignore[arg-type]  # any kind of text
    return read_captions(track, text.encode() if isinstance(text, str) else text)


def texts(words: Sequence[Word]) -> list[str]:
    return [word.text for word in words]


def assert_nothing_lost(transcript: Transcript, spoken: Sequence[str]) -> None:
    words, sentences = transcript.words, transcript.sentences
    starts = [word.start_ms for word in words]
    passages = cut_passages(sentences)

    assert texts(words) == list(spoken)
    assert starts == sorted(starts)
    assert all(word.start_ms <= word.end_ms for word in words)
    assert [n for s in sentences for n in range(s.first, s.last)] == list(range(len(words)))
    assert all(s.text == join(texts(words[s.first : s.last])) for s in sentences)
    assert {n for p in passages for n in range(p.first, p.last)} == set(range(len(sentences)))
    assert all(p.start_ms == sentences[p.first].start_ms for p in passages)
    assert all(p.end_ms == max(s.end_ms for s in sentences[p.first : p.last]) for p in passages)


def assert_own_times(words: Sequence[Word], lines: Sequence[Line]) -> None:
    said = [(word, len(line) > 1) for line in lines for word in line]

    assert [word.start_ms for word in words] == [word.start_ms for word, _ in said]
    assert [word.timed for word in words] == [timed for _, timed in said]


@given(captions())
@settings(max_examples=50, deadline=None)
def test_automatic_vtt_is_read_word_for_word_with_its_own_times(spoken: Captions) -> None:
    transcript = read(rolling_vtt(spoken.lines))

    assert_nothing_lost(transcript, spoken.words)
    assert_own_times(transcript.words, spoken.lines)


@given(captions())
@settings(max_examples=50, deadline=None)
def test_rolling_srt_without_word_times_is_read_word_for_word(spoken: Captions) -> None:
    transcript = read(rolling_srt(spoken.lines), "srt")

    assert_nothing_lost(transcript, spoken.words)
    starts = {word.start_ms for word in transcript.words}
    assert {line[0].start_ms for line in spoken.lines} <= starts


@given(captions(), st.sampled_from([0, 10, 9_000_000]))
@settings(max_examples=50, deadline=None)
def test_json3_is_read_word_for_word_with_its_own_times(spoken: Captions, lasts: int) -> None:
    transcript = read(json3(spoken.lines, spoken.coarse, lasts), "json3")

    assert_nothing_lost(transcript, spoken.words)
    said = (word for line in spoken.lines for word in line)
    own = [(w, s) for w, s in zip(transcript.words, said, strict=True) if w.timed]
    assert all(word.start_ms == one.start_ms for word, one in own)
    fine = sum(
        len(n) for n, c in zip(spoken.lines, spoken.coarse, strict=True) if not c and len(n) > 1
    )
    assert len(own) == fine


@given(captions())
@settings(max_examples=50, deadline=None)
def test_manual_vtt_is_read_word_for_word_with_its_speakers(spoken: Captions) -> None:
    transcript = read(manual_vtt(spoken.lines, spoken.speakers, spoken.coarse), kind="manual")

    assert_nothing_lost(transcript, spoken.words)
    heard = iter(transcript.words)
    for line, speaker in zip(spoken.lines, spoken.speakers, strict=True):
        cue = [next(heard) for _ in line]
        assert all(line[0].start_ms <= word.start_ms <= line[-1].end_ms for word in cue)
        assert not speaker or {word.speaker for word in cue} == {speaker}


@given(captions())
@settings(max_examples=50, deadline=None)
def test_manual_srt_is_read_word_for_word_with_its_speakers(spoken: Captions) -> None:
    known = [  # a name without a title is known when it comes back
        name if name == "Dr. Shaw" or spoken.speakers.count(name) > 1 else ""
        for name in spoken.speakers
    ]

    transcript = read(manual_srt(spoken.lines, known), "srt", "manual")

    assert_nothing_lost(transcript, spoken.words)
    assert {w.speaker for w in transcript.words} <= {"", "DR. SHAW", "SHELLY ENGFER"}


@given(captions(), st.floats(0, 1))
@settings(max_examples=50, deadline=None)
@pytest.mark.parametrize("form", ["vtt", "srt", "json3"])
def test_a_file_cut_off_in_the_middle_is_read_up_to_the_cut(
    form: str, spoken: Captions, share: float
) -> None:
    whole = {
        "vtt": rolling_vtt(spoken.lines),
        "srt": rolling_srt(spoken.lines),
        "json3": json3(spoken.lines, spoken.coarse),
    }[form].encode()
    words: list[str] = []

    with suppress(TranscriptError):
        words = texts(read(whole[: int(len(whole) * share)], form).words)

    sure = words[:-1] if form != "json3" else words
    assert sure == spoken.words[: len(sure)]


CUE = "WEBVTT\n\n00:01.000 --> 00:02.000\nle café est là, señor\n"


@pytest.mark.parametrize(
    ("content", "notes"),
    [
        pytest.param(CUE.encode("utf-8"), (), id="UTF-8"),
        pytest.param(CUE.encode("utf-8-sig"), (), id="UTF-8 with its mark"),
        pytest.param(CUE.encode("utf-16"), (), id="UTF-16"),
        pytest.param(b"\xfe\xff" + CUE.encode("utf-16-be"), (), id="UTF-16 the other way round"),
        pytest.param(
            CUE.encode("latin-1"),
            ("it is not UTF-8 (byte 38); it was read as Windows-1252",),
            id="Latin-1",
        ),
        pytest.param(
            CUE.encode() + b"\n\nNOTE \xc3(", ("1 character cannot be read",), id="a bad byte"
        ),
        pytest.param(CUE.encode() + "é".encode()[:1], (), id="half a letter at the end"),
    ],
)
def test_every_usual_encoding_is_read(content: bytes, notes: tuple[str, ...]) -> None:
    transcript = read(content)

    assert texts(transcript.words) == ["le", "café", "est", "là,", "señor"]
    assert transcript.notes == notes


@pytest.mark.parametrize(
    ("content", "says"),
    [
        pytest.param(b"", "the file is empty", id="empty"),
        pytest.param(b" \r\n\t", "the file is empty", id="blank"),
        pytest.param(bytes(range(256)) * 8, "there are no cues in it", id="binary"),
        pytest.param(b"\x00\x01\x02\x00" * 99, "this is a binary file", id="binary with NULs"),
        pytest.param(b"<!DOCTYPE html><html>429</html>", "this is an HTML page", id="HTML"),
        pytest.param(
            b"\n <html><body>hello", "this is an HTML page", id="HTML behind a blank line"
        ),
        pytest.param(b'{"events": []}', "there are no events in it", id="another format"),
    ],
)
def test_what_are_no_captions_is_refused_by_name_with_a_reason(content: bytes, says: str) -> None:
    with pytest.raises(TranscriptError, match=says) as refused:
        read(content)

    assert str(refused.value).startswith("captions/talk/en.auto.vtt: ")


@pytest.mark.parametrize("content", [b"", b"<html>429", b"\0" * 99], ids=["empty", "HTML", "NULs"])
def test_what_to_do_fits_a_file_by_hand_as_well_as_a_fetched_one(content: bytes) -> None:
    with pytest.raises(TranscriptError) as refused:
        read(content)

    assert str(refused.value).endswith(
        "; put the caption file here again, or delete it and run `hope fetch`"
    )


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    track = Track("talk", "en", "auto", "vtt", tmp_path / "en.auto.vtt")

    with pytest.raises(TranscriptError, match=r"captions/talk/en\.auto\.vtt: cannot be read: "):
        read_track(track)


def test_captions_of_sounds_alone_have_no_speech_and_say_so() -> None:
    transcript = read("WEBVTT\n\n00:01.000 --> 00:02.000\n[Music]\n")

    assert (transcript.words, transcript.sentences) == ((), ())
    assert transcript.notes == ("no speech is in it",)


def test_a_file_is_read_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "en.manual.srt"
    path.write_text("1\n00:00:01,000 --> 00:00:02,000\nSo what is ALK?\n")

    transcript = read_track(Track("talk", "en", "manual", "srt", path))

    assert [sentence.text for sentence in transcript.sentences] == ["So what is ALK?"]


@pytest.mark.parametrize("unit", [" ", "<", "&#9", "[", "-->", "1:", "#", ".", "<v"], ids=repr)
def test_a_long_line_of_marks_is_no_trouble(unit: str) -> None:
    line = unit * (300_000 // len(unit))

    before = time.process_time()
    read("WEBVTT\n\n00:01.000 --> 00:02.000\nfirst " + line)

    assert time.process_time() - before < 3


@pytest.mark.slow
def test_a_line_of_ten_megabytes_is_no_trouble() -> None:
    transcript = read("WEBVTT\n\n00:01.000 --> 00:02.000\nfirst " + "a" * 10_000_000)

    assert len(transcript.words) == 2


@pytest.mark.slow
@pytest.mark.parametrize("form", ["vtt", "srt", "json3"])
def test_reading_takes_time_in_proportion_to_the_number_of_cues(form: str) -> None:
    def seconds(count: int) -> float:
        lines = [[Said(f"word{n}", n * 1000, n * 1000 + 900)] for n in range(count)]
        text = {
            "vtt": manual_vtt(lines, [""] * count, [False] * count),
            "srt": rolling_srt(lines),
            "json3": json3(lines, [False] * count),
        }[form]
        taken = []
        for _ in range(3):
            before = time.process_time()
            assert len(read(text, form).words) == count
            taken.append(time.process_time() - before)
        return min(taken)

    seconds(10)

    assert seconds(2000) < 10 * seconds(500) + 0.05


@pytest.mark.slow
def test_thirty_thousand_tiny_cues_are_read() -> None:
    lines = [[Said("so", n * 100, n * 100 + 90)] for n in range(30_000)]

    transcript = read(json3(lines, [False] * len(lines)), "json3")

    assert len(transcript.words) == 30_000


@given(st.binary(max_size=400))
@example(b"\xff\xfe0")
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("ext", ["vtt", "srt", "json3"])
def test_whatever_the_bytes_are_they_are_read_or_refused_with_a_reason(
    ext: str, content: bytes
) -> None:
    for start in (b"", b"WEBVTT\n\n00:01.000 --> 00:02.000\n", b'{"events": [{"segs": ['):
        with suppress(TranscriptError):
            assert read(start + content, ext).track.ext == ext


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_inside_a_cue_is_read_without_a_traceback(text: str) -> None:
    transcript = read("WEBVTT\n\n00:01.000 --> 00:02.000\nfirst " + text)

    assert transcript.words[0].text.startswith("first")


def test_more_words_than_anybody_says_are_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transcripts.speech.words.MOST_WORDS", 3)
    cue = "WEBVTT\n\n00:01.000 --> 00:02.000\n"

    with pytest.raises(TranscriptError, match="more than 3 words, which is over fifty hours"):
        read(cue + "one two three four")

    assert len(read(cue + "one two three").words) == 3


@pytest.mark.parametrize("more", ["a ", ">> a ", "A: b\n", "<v A>b "], ids=repr)
def test_far_too_much_is_refused_before_any_of_it_is_taken_apart(
    monkeypatch: pytest.MonkeyPatch, more: str
) -> None:
    monkeypatch.setattr("transcripts.speech.words._MOST_WRITTEN", 6)
    monkeypatch.delattr("transcripts.speech.words.speech_only")

    with pytest.raises(TranscriptError, match="over fifty hours of talk; split it into parts"):
        read("WEBVTT\n\n00:01.000 --> 00:02.000\n" + more * 7)
