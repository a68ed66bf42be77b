from __future__ import annotations

import time
from urllib.parse import parse_qs, quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.rendering.moment_links import (
    is_stray,
    mended_path,
    mended_query,
    read_second,
    read_time,
    youtube_moments,
)

STRAYS = st.characters(codec="utf-8").filter(is_stray)
LINK = "lang=en&from=8.5&words=p4oMmRq4E4G6my0x1wMXSNr.WQ7I&to=20"


# As East Asian keyboards write digits.
WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}


@st.composite
def written_times(draw: st.DrawFn) -> tuple[str, int]:
    """A time as somebody writes it, and its second."""
    hours, minutes, seconds = (draw(st.integers(0, most)) for most in (9, 59, 59))
    whole = hours * 3600 + minutes * 60 + seconds
    forms = {
        f"{whole}": whole,
        f"{whole}s": whole,
        f"{whole}.5": whole,
        f"{hours}h{minutes}m{seconds}s": whole,
        f"{hours}h{minutes}m{seconds}": whole,
        f"{hours}h {minutes} min {seconds} sec": whole,
        f"{hours}h{minutes}": hours * 3600 + minutes * 60,
        f"{minutes}m{seconds}": minutes * 60 + seconds,
        f"{minutes}'{seconds}\"": minutes * 60 + seconds,
        f"{minutes}:{seconds:02}": minutes * 60 + seconds,
        f"{hours}:{minutes:02}:{seconds:02}": whole,
        f"{hours}:{minutes:02}:{seconds:02}.5": whole,
        f"{hours}:{minutes:02}:{seconds:02},500": whole,
        f"{whole},{whole + 9}": whole,
        f"{minutes}:{seconds:02}-{hours}:59:59": minutes * 60 + seconds,
        f"{whole}–{whole + 9}s".translate(WIDE): whole,
        f"_{whole}_": whole,
        f"PT{hours}H{minutes}M{seconds}S": whole,
    }
    text = draw(st.sampled_from(sorted(forms)))
    return draw(st.sampled_from([text, text.upper(), f" {text} "])), forms[text]


@given(written_times())
def test_any_form_of_a_time_is_its_second(written: tuple[str, int]) -> None:
    assert read_second(written[0]) == written[1] * 1000


@given(written_times(), st.text(STRAYS, max_size=3))
def test_what_stands_behind_a_time_is_no_part_of_it(written: tuple[str, int], stray: str) -> None:
    assert read_second(written[0] + stray) == written[1] * 1000


def test_a_time_keeps_its_fraction() -> None:
    assert (read_time("8.5"), read_time("1:02:03.25"), read_time("20,")) == (8500, 3723250, 20000)


@pytest.mark.parametrize(
    "typed", [None, "", "-5", "soon", "²", "1e9", "9" * 5000, "1:2:3:4", "NaN", "٣", "\0", "."]
)
def test_what_is_no_time_is_none(typed: str | None) -> None:
    assert read_time(typed) is None


@given(st.text(max_size=60))
def test_no_text_is_an_error(text: str) -> None:
    read_time(text)
    mended_path(text)
    mended_query(text)
    list(youtube_moments(text))


@pytest.mark.parametrize("odd", ["a=1&" * 30_000 + "q=x&" * 30_000, "t=8" + ";m=x" * 60_000])
def test_an_endless_address_keeps_nobody_waiting(odd: str) -> None:
    begun = time.process_time()

    mended_query(odd)

    assert time.process_time() - begun < 2  # it took most of a minute


@given(st.text(STRAYS, min_size=1, max_size=3))
def test_what_is_put_behind_a_link_changes_nothing_of_it(stray: str) -> None:
    path = mended_path(f"/es/watch/first-days{stray}")
    query = mended_query(LINK + quote(stray))

    assert path[0] == "/es/watch/first-days"
    assert parse_qs(query)["words"] == ["p4oMmRq4E4G6my0x1wMXSNr.WQ7I"]
    assert read_time(parse_qs(query)["to"][0]) == 20_000


@pytest.mark.parametrize(
    "query",
    [
        "t=166&amp;lang=es",
        "T=166&LANG=es",
        "amp;t=166&amp;amp;lang=es",
        "t=166%26lang=es",
        "t=166&t=166&lang=es",
        "t=&t=soon&t=166&lang=es&t=5",
        "start=2m46&lang=es%C2%A0",
        "t%3D166&lang=es)",
        "lang=es?t=166",
        "lang=es%23t%3D166",
        "t=166%2526lang%253Des",
        "t=166</a>&lang=es%3E%3C/a%3E",
        "lang=es%5C%22&t=%3C2:46 min|Watch",
        "t=3D166&lang=3Des",
        "t=166%26amp%3Blang=es",
        "t=166;lang=es",
        "?t=166&lang=es",
        'lang=es&t=166">here</a>',
        "lang=es&t=%22166%22%3C/a%3E",
    ],
)
def test_a_decorated_query_means_the_same(query: str) -> None:
    found = parse_qs(mended_query(query))

    assert (read_time(found["t"][0]), found["lang"]) == (166_000, ["es"])


def test_what_is_no_part_of_a_link_stays_as_it_is() -> None:
    assert mended_query("q=AT%26amp;T%3F&fbclid=x.") == "q=AT%26amp;T%3F&fbclid=x."
    assert mended_query("q=3D+scan") == "q=3D+scan"
    assert mended_query("m=first-days~8-20~en%3E&amp;q=Why)") == "m=first-days~8-20~en&q=Why)"


@pytest.mark.parametrize(
    "query",
    [
        "m=first-days~8-20~en_&m=last-days~9~en",
        "m=first-days~8-20~en%26m=last-days~9~en",
        "?m=first-days~8-20~en&amp;m=last-days~9~en</a>",
        "m=first-days~8-20~en&m=last-days~9~en/?fbclid=x",
        "m=first-days~8-20~en&m=last-days~9~en%26gt%3B",
    ],
)
def test_a_list_loses_nothing_to_what_is_around_it(query: str) -> None:
    found = parse_qs(mended_query(query, listed=True))

    assert found["m"] == ["first-days~8-20~en", "last-days~9~en"]


def test_the_first_question_counts_where_a_page_has_one() -> None:
    assert mended_query("q=&Q=c%C3%A1ncer&q=cough") == "q=c%C3%A1ncer"
    assert mended_query("q=cough&q=fever", listed=True) == "q=cough&q=fever"
    assert parse_qs(mended_query("m=a~8%26q=What+now", listed=True)) == {
        "m": ["a~8"],
        "q": ["What now"],
    }


def test_a_question_ends_before_what_counts_visitors() -> None:
    assert mended_query("q=cough/?fbclid=IwAR0") == "q=cough"
    assert mended_query("q=cough%3Futm_source%3Dmail") == "q=cough"
    assert mended_query("q=youtu.be%2Fabcdefghijk%3Ft%3D9") == "q=youtu.be%2Fabcdefghijk%3Ft%3D9"


@pytest.mark.parametrize(
    ("path", "mended"),
    [
        ("/watch/first-days/", ("/watch/first-days", "")),
        ("//Watch/First-Days", ("/watch/first-days", "")),
        ("/watch/first-days?t=8", ("/watch/first-days", "t=8")),
        ("/watch/first-days%3Ft%3D8", ("/watch/first-days", "t=8")),
        ("/watch/first-days&t=8", ("/watch/first-days", "t=8")),
        ("/watch/first-days#t=8", ("/watch/first-days", "t=8")),
        ("/watch/first-days;t=8", ("/watch/first-days", "t=8")),
        ("/watch/first-days</a>", ("/watch/first-days", "")),
        ("/topic/alk_", ("/topic/alk", "")),
        ("/", ("/", "")),
    ],
)
def test_a_path_is_read_up_to_where_it_ends(path: str, mended: tuple[str, str]) -> None:
    assert mended_path(path) == mended


@pytest.mark.parametrize("stray", ["", ".", ")", ">", "\N{NO-BREAK SPACE}", '"'])
@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/watch?v=abcdefghijk&t=1m30s",
        "HTTPS://WWW.YouTube.com/watch?app=desktop&amp;v=abcdefghijk&amp;t=90",
        "https://youtu.be/abcdefghijk?si=x&t=90",
        "youtu.be/abcdefghijk#t=1:30",
        "<https://m.youtube.com/shorts/abcdefghijk?start=90",
        "https://www.youtube.com/live/abcdefghijk?feature=share&t=90",
        "https://www.youtube-nocookie.com/embed/abcdefghijk?start=90",
        "https://www.youtube.com/watch?v=abcdefghijk?t=90",
        "Look: (https://youtu.be/abcdefghijk?t=90",
        "https://youtu.be/\u200babcdefghijk?t=90",
        "https://www.youtube.com/watch?v=abcdefghijk%20&t=90",
        "https://www.google.com/url?sa=t&url=https%3A%2F%2Fyoutu.be%2Fabcdefghijk%3Ft%3D90",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fyoutu.be%2Fabcdefghijk%3Ft%3D90",
    ],
)
def test_a_pasted_address_at_youtube_is_a_video_and_a_second(address: str, stray: str) -> None:
    assert list(youtube_moments(address + stray)) == [("abcdefghijk", 90_000)]


def test_other_texts_hold_no_video() -> None:
    for typed in ("lorlatinib", "https://youtube.com.example/watch?v=abcdefghijk", "//[", "a/b?v="):
        assert list(youtube_moments(typed)) == []
