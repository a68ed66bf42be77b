from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.formats.vtt import read_vtt


def clock(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def part(*cues: tuple[int, int, str], header: str = "WEBVTT\n\n") -> str:
    return header + "".join(f"{clock(a)} --> {clock(b)}\n{text}\n\n" for a, b, text in cues)


def mapped(ticks: int, *cues: tuple[int, int, str]) -> str:
    return part(*cues, header=f"WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:{ticks},LOCAL:00:00:00.000\n\n")


def read(text: str) -> tuple[list[tuple[int, str]], Sequence[str]]:
    cues, notes = read_vtt(text)
    return [(cue.start_ms, " ".join(cue.texts)) for cue in cues], notes


def test_segments_are_placed_by_their_map() -> None:
    text = mapped(900_000, (1000, 4000, "one")) + mapped(1_800_000, (1000, 4000, "two"))

    assert read(text) == ([(1000, "one"), (11_000, "two")], ())


def test_a_map_that_begins_to_count_anew_goes_on() -> None:
    text = mapped(2**33 - 900_000, (1000, 3000, "one")) + mapped(0, (1000, 3000, "two"))

    assert read(text)[0] == [(1000, "one"), (11_000, "two")]


def test_what_a_segment_shows_on_is_said_once() -> None:
    text = mapped(0, (1000, 2000, "one"), (3000, 4000, "on the edge"))
    text += mapped(0, (4000, 5000, "on the edge"), (6000, 7000, "two"))

    assert [said for _, said in read(text)[0]] == ["one", "on the edge", "two"]


def test_segments_without_a_map_go_on_where_the_one_before_ended() -> None:
    text = part((1791, 4000, "one")) + part((0, 1336, "two"), (1419, 4000, "three"))

    said, notes = read(text)

    assert said == [(1791, "one"), (4000, "two"), (5419, "three")]
    assert notes == (
        "its times start again once (line 8); the order of the file was kept, "
        "and times were set to go on",
    )


def test_times_that_start_again_without_a_header_go_on() -> None:
    text = part((0, 4000, "a"), (4000, 29_000, "b"), (0, 5000, "c"), (5000, 28_000, "d"))

    assert read(text)[0] == [(0, "a"), (4000, "b"), (29_000, "c"), (34_000, "d")]


def test_a_cue_at_the_wrong_place_is_put_in_order() -> None:
    text = part((1000, 3000, "a"), (7000, 9000, "c"), (4000, 6000, "b"), (10_000, 12_000, "d"))

    assert read(text) == ([(1000, "a"), (4000, "b"), (7000, "c"), (10_000, "d")], ())


def test_segments_that_count_from_the_beginning_of_all_stay() -> None:
    text = part((1000, 3000, "a")) + part((4000, 6000, "b")) + part((6500, 7000, "c"))

    assert read(text) == ([(1000, "a"), (4000, "b"), (6500, "c")], ())


@given(st.lists(st.lists(st.integers(200, 3000), min_size=1, max_size=4), min_size=2, max_size=6))
@settings(max_examples=40, deadline=None)
def test_whatever_the_segments_every_word_is_said_once_and_in_order(
    segments: list[list[int]],
) -> None:
    names = (f"w{n}" for n in range(99))
    texts, said = [], []
    for lasts in segments:
        at, cues = 0, []
        for ms in lasts:
            said.append(next(names))
            cues.append((at, at + ms, said[-1]))
            at += ms
        texts.append(part(*cues))

    found, _ = read("".join(texts))

    assert [text for _, text in found] == said
    assert [at for at, _ in found] == sorted(at for at, _ in found)


def test_times_that_err_once_leave_the_order_of_the_file() -> None:
    text = part(
        (54_400, 163_290, "one"),
        (163_290, 59_520, "two"),
        (59_520, 52_840, "three"),
        (52_840, 66_080, "four"),
        (66_080, 70_000, "five"),
    )

    said, _ = read(text)

    assert [text for _, text in said] == ["one", "two", "three", "four", "five"]
    assert said[1][0] == 59_520
    assert said[-1][0] == 66_080


def test_a_part_that_its_map_puts_before_the_first_keeps_its_place_in_the_file() -> None:
    text = mapped(990_000, (1000, 2000, "one")) + mapped(900_000, (1500, 3000, "two"))

    cues, notes = read(text)

    assert cues == [(1000, "one"), (3500, "two")]
    assert "start again once (line 10)" in notes[0]
