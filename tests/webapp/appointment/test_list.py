"""The list for an appointment: how it is read from an address, changed, and shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast
from urllib.parse import parse_qsl, urlencode

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from small_site import small_app
from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalog import Operator, Person
from transcripts import Sentence, Track, Transcript
from webapp.app import create_app
from webapp.appointment.layout import LEAST, SpaceNeeded, longest_that_fits
from webapp.appointment.list import (
    LONGEST_QUESTION,
    MOST_MOMENTS,
    MOST_QUESTIONS,
    AppointmentList,
    KeptMoment,
    read_list_request,
    read_moment,
)
from webapp.appointment.sheet import (
    LONGEST,
    LONGEST_EXCERPT,
    QUIET,
    draw_qr,
    short_link,
    take_excerpt,
)

STAGE = "first-days~4-20~en"
PILLS = "pills~2-7~en"
TESTS = "first-days~40-46~en"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(small_app(tmp_path_factory.mktemp("library"))) as client:
        yield client


def keys(asked: str) -> list[str]:
    return [kept.key for kept in read_list_request(parse_qsl(asked)).list.moments]


# Reading


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("first-days~4-20~en", KeptMoment("first-days", 4, 20, "en")),
        ("first-days~4", KeptMoment("first-days", 4)),
        ("first-days~4~es-419", KeptMoment("first-days", 4, None, "es-419")),
        ("first-days~20-4", KeptMoment("first-days", 20)),
    ],
)
def test_a_moment_is_read_from_a_link(text: str, kept: KeptMoment) -> None:
    assert read_moment(text) == kept
    assert read_moment(kept.key) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "first-days",
        "~4",
        "First~4",
        "a--b~4",
        "a~-4",
        "a~4-",
        "a~999999",
        "a~٤",
        "a" * 200 + "~4",
    ],
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert read_moment(text) is None


def test_a_list_keeps_its_order_and_holds_nothing_twice() -> None:
    asking = read_list_request(
        [("m", PILLS), ("q", "Why?"), ("m", STAGE), ("m", PILLS), ("q", " Why? ")]
    )

    assert [kept.key for kept in asking.list.moments] == [PILLS, STAGE]
    assert asking.list.questions == ("Why?",)


def test_a_list_travels_as_a_link() -> None:
    before = AppointmentList((KeptMoment("pills", 2, 7, "en"),), ("¿Qué & por qué?", "A+B = 50 %?"))

    assert read_list_request(parse_qsl(before.query)).list == before


def test_what_has_no_room_is_counted_and_left_out() -> None:
    moments = [("m", f"pills~{second}") for second in range(MOST_MOMENTS + 2)]
    questions = [("q", f"Question {number}") for number in range(MOST_QUESTIONS + 1)]

    asking = read_list_request([*moments, *questions])

    assert len(asking.list.moments) == MOST_MOMENTS
    assert len(asking.list.questions) == MOST_QUESTIONS
    assert asking.over == 3


def test_a_long_question_is_cut_at_a_word_and_says_so() -> None:
    asking = read_list_request([("ask", "what now " * 60)])

    assert asking.cut
    assert len(asking.list.questions[0]) <= LONGEST_QUESTION
    assert asking.list.questions[0].endswith(("what", "now"))


# Changing


@pytest.mark.parametrize(
    ("change", "order"),
    [
        (f"up=m:{PILLS}", [PILLS, STAGE, TESTS]),
        (f"down=m:{PILLS}", [STAGE, TESTS, PILLS]),
        (f"up=m:{STAGE}", [STAGE, PILLS, TESTS]),
        (f"down=m:{TESTS}", [STAGE, PILLS, TESTS]),
        (f"remove=m:{PILLS}", [STAGE, TESTS]),
        ("remove=m:pills~99", [STAGE, PILLS, TESTS]),
        ("up=nonsense", [STAGE, PILLS, TESTS]),
        ("add=pills~30-36~en", [STAGE, PILLS, TESTS, "pills~30-36~en"]),
        (f"add={STAGE}", [STAGE, PILLS, TESTS]),
        ("empty=1", []),
    ],
)
def test_a_change_is_made_to_the_list(change: str, order: list[str]) -> None:
    assert keys(f"m={STAGE}&m={PILLS}&m={TESTS}&{change}") == order


def test_questions_are_moved_and_taken_off_by_their_words() -> None:
    up = read_list_request([("q", "One?"), ("q", "Two: why?"), ("up", "q:Two: why?")])
    gone = read_list_request([("q", "One?"), ("q", "Two: why?"), ("remove", "q:One?")])

    assert (up.list.questions, up.change, up.item) == (("Two: why?", "One?"), "up", "q:Two: why?")
    assert gone.list.questions == ("Two: why?",)


def test_the_list_at_another_address_comes_before_this_one() -> None:
    other = f"https://answers.example/es/appointment?m={PILLS}&q=Why%3F&add={TESTS}"

    joined = read_list_request([("m", STAGE), ("join", other)])

    assert [kept.key for kept in joined.list.moments] == [PILLS, TESTS, STAGE]
    assert joined.list.questions == ("Why?",)
    assert joined.unread == 0


def test_an_address_without_a_list_changes_nothing_and_is_told_of() -> None:
    joined = read_list_request([("m", STAGE), ("join", "https://answers.example/about")])

    assert [kept.key for kept in joined.list.moments] == [STAGE]
    assert joined.unread == 1


def test_an_emptied_list_can_be_put_back() -> None:
    asking = read_list_request([("m", STAGE), ("q", "Why?"), ("empty", "1")])

    assert not asking.list
    assert asking.before.pairs == (("m", STAGE), ("q", "Why?"))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("m q up down remove add ask empty find x".split()),
            st.one_of(
                st.text(max_size=20).map(lambda text: text * 20),
                st.from_regex(r"(m:|q:)?[a-z-]{1,9}~[0-9]{1,7}(-[0-9]{1,7})?(~[a-z]{2,3})?"),
            ),
        ),
        max_size=12,
    )
)
def test_anything_in_an_address_is_a_list_within_its_limits(pairs: list[tuple[str, str]]) -> None:
    found = read_list_request(pairs).list

    assert len(found.moments) <= MOST_MOMENTS
    assert len(found.questions) <= MOST_QUESTIONS
    assert all(len(question) <= LONGEST_QUESTION for question in found.questions)
    assert read_list_request(parse_qsl(found.query)).list == found


# The words


def said(*texts: str, speaker: str = "Dr. Tess Sample") -> Transcript:
    sentences = tuple(
        Sentence(place * 5000, place * 5000 + 4800, text, 0, 0, speaker)
        for place, text in enumerate(texts)
    )
    track = Track("talk", "en", "manual", "vtt", Path("en.manual.vtt"))
    return Transcript(track, (), sentences)


def test_words_are_whole_sentences_up_to_the_end_of_the_moment() -> None:
    transcript = said("One.", "Two.", "Three.", "Four.")

    excerpt = take_excerpt(transcript, 1, KeptMoment("talk", 5, 15), ())

    assert [one.text for one in excerpt.said] == ["Two. Three."]
    assert not excerpt.goes_on


def test_words_that_have_no_room_are_left_out_and_it_says_so() -> None:
    transcript = said("It helps. " * 20, "It does not cure. " * 20, "The end.")

    excerpt = take_excerpt(transcript, 0, KeptMoment("talk", 0, 15), (), longest=420)

    assert (excerpt.goes_on, excerpt.rest_ms) == (True, 5000)
    assert [one.text for one in excerpt.said] == ["It helps. " * 20]


def test_one_endless_sentence_is_cut_at_a_word() -> None:
    excerpt = take_excerpt(said("word " * 500), 0, KeptMoment("talk", 0, 5), ())

    assert excerpt.goes_on
    assert len(excerpt.said[0].text) <= LONGEST_EXCERPT
    assert excerpt.said[0].text.endswith("word")


def test_who_has_no_name_is_told_apart_from_who_has_one() -> None:
    transcript = said("It helps.", "I stopped it.", "Ask me first.")
    sentences = list(transcript.sentences)
    sentences[1] = replace(sentences[1], speaker="", turn=1)

    excerpt = take_excerpt(
        replace(transcript, sentences=tuple(sentences)), 0, KeptMoment("talk", 0, 15), ()
    )

    assert [one.speaker for one in excerpt.said] == [
        "Dr. Tess Sample", "Another speaker", "Dr. Tess Sample",
    ]  # fmt: skip
    assert not excerpt.named


@pytest.mark.parametrize("name", ["Dr. Tess Sample", "DR. TESS SAMPLE", "Tess Sample"])
def test_a_speaker_is_known_by_any_spelling_of_the_name(name: str) -> None:
    tess = Person("tess", "Tess Sample (invented)", "oncologist", also=("Dr. Tess Sample",))
    transcript = said("Ask.", speaker=name)

    excerpt = take_excerpt(transcript, 0, KeptMoment("talk", 0), [tess])

    assert excerpt.said[0].person == tess


# Codes


def matrix_of(svg: str) -> list[list[int]]:
    """The dots of a drawn code, read back from its strokes."""
    box = re.search(r'viewBox="0 0 (\d+) \1"', svg)
    strokes = re.search(r'stroke="#000" d="M(.*?)"', svg)
    assert box
    assert strokes
    dots = [[0] * int(box[1]) for _ in range(int(box[1]))]
    x, y = 0, -0.5
    for right, down, length in re.findall(r"m?(-?\d+) (-?[\d.]+)h(\d+)", strokes[1]):
        x, y = x + int(right), y + float(down)
        dots[int(y)][x : x + int(length)] = [1] * int(length)
        x += int(length)
    return dots


def test_a_code_is_drawn_dot_by_dot_with_a_quiet_edge() -> None:
    address = "https://answers.example/m/just-diagnosed/83"
    wanted = segno.make(address, error="m", micro=False)

    code = draw_qr(address)

    assert code is not None
    assert matrix_of(code) == [list(row) for row in wanted.matrix_iter(border=QUIET)]
    assert wanted.error in ("M", "Q", "H")


def test_an_address_too_long_for_paper_has_no_code() -> None:
    assert draw_qr("https://answers.example/" + "x" * LONGEST) is None


def test_a_short_link_names_the_language_only_when_it_is_another() -> None:
    assert short_link(KeptMoment("first-days", 4, 20, "en"), "en") == "/m/first-days/4"
    assert short_link(KeptMoment("first-days", 4, 20, "es"), "en") == "/m/first-days/4/es"


# Pages


def page(client: TestClient, query: str) -> str:
    answer = client.get(f"/appointment?{query}")
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def test_the_sheet_shows_words_speaker_role_video_day_time_and_captions(client: TestClient) -> None:
    text = page(client, f"m={STAGE}&m={PILLS}&q=What+comes+next%3F")

    assert "Stage 4 means that the cancer has spread to another part of the body." in text
    assert "Dr. Tess Sample, oncologist:" in text
    assert "Ada Example, patient advocate:" in text
    assert "The first days &amp; weeks" in text
    assert "May 4, 2026" in text
    assert ">0:04<" in text
    assert "Automatic captions: drug names may be mis-heard" in text
    assert "What comes next?" in text
    assert "testserver/m/first-days/4<" in text
    assert text.count('class="qr"') == 2


def test_a_list_begun_by_a_link_asks_for_another_one(client: TestClient) -> None:
    fresh = page(client, f"add={STAGE}")
    grown = page(client, f"m={PILLS}&add={STAGE}")

    assert "This is a new list." in fresh
    assert f'<input type="hidden" name="m" value="{STAGE}">' in fresh.partition('class="join')[2]
    assert "This is a new list." not in grown


def test_questions_from_a_link_are_said_to_be_so(client: TestClient) -> None:
    told = "These questions came with the link."

    assert told in page(client, "q=Can+I+travel%3F")
    assert told not in page(client, f"m={PILLS}")
    assert told not in client.post("/appointment", content="q=Can+I+travel%3F").text


def test_words_are_cut_only_where_two_pages_are_too_few() -> None:
    questions = ("What comes next?", "Who do I call?")

    assert (
        longest_that_fits([SpaceNeeded(length, 250) for length in (900, 200, 300)], questions)
        >= 900
    )
    assert LEAST < longest_that_fits([SpaceNeeded(900, 250)] * 8, questions) < 900


def test_a_list_that_is_too_long_for_two_pages_says_so_before_it_is_printed(
    client: TestClient,
) -> None:
    moments = "&".join(f"m=first-days~{second}-46~en" for second in range(1, 16))

    assert "It fits on one or two pages." in page(client, f"m={STAGE}")
    assert "This list may need more than two pages." in page(client, moments)


def test_a_moment_that_is_gone_stays_on_the_list_and_says_so(client: TestClient) -> None:
    text = page(client, "m=removed~83-90~en&m=first-days~4~fr&m=pills~3000")

    assert "This video is not on this site any more." in text
    assert text.count("The words of this moment are not here any more.") == 2
    assert text.count('class="qr"') == 2


def test_entries_that_cannot_be_read_are_left_out_with_a_sentence(client: TestClient) -> None:
    text = page(client, f"m={STAGE}&m=%00&m=..%2F..&add=also-nonsense")

    assert "3 entries could not be read and were left out." in text
    assert text.count('class="qr"') == 1


def test_questions_are_shown_as_text(client: TestClient) -> None:
    text = page(client, "q=%3Cscript%3Ealert(1)%3C/script%3E%22%27")

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_moments_can_be_looked_for_and_added_without_javascript(client: TestClient) -> None:
    text = page(client, f"m={PILLS}&find=what+does+stage+4+mean")

    assert 'form="change" name="add" value="first-days~' in text


def test_moments_that_can_be_added_say_who_speaks_and_how_the_captions_were_made(
    client: TestClient,
) -> None:
    by_people = page(client, "find=what+does+stage+4+mean").partition('id="found"')[2]
    by_machine = page(client, "find=lorlatinib+brain").partition('id="found"')[2]

    assert '<b class="speaker">Ada Example:</b> What does' in by_people
    assert '<b class="speaker">Dr. Tess Sample:</b> ' in by_people
    assert "Captions written by people" in by_people
    assert "Automatic captions: drug names may be mis-heard" in by_machine


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=300))
def test_no_address_breaks_the_page(client: TestClient, raw: bytes) -> None:
    query = urlencode({"m": raw, "add": raw[::-1], "up": raw[:40], "find": raw[:20]})

    assert client.get(f"/appointment?{query}").status_code == 200


def test_the_list_of_a_device_comes_in_the_body(client: TestClient) -> None:
    answer = client.post("/appointment", content=f"m={STAGE}&m={PILLS}&up=m:{PILLS}")

    assert f'data-list="m={PILLS}&amp;m={STAGE}"' in answer.text
    assert "kept on this device" in answer.text


def test_a_spoilt_list_of_a_device_is_told_of(client: TestClient) -> None:
    answer = client.post("/appointment", content=b'{"moments": ["\xff')

    assert answer.status_code == 200
    assert "One entry could not be read" in answer.text


def test_a_body_without_end_is_refused(client: TestClient) -> None:
    assert client.post("/appointment", content="q=" + "x" * 70_000).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=what+does+stage+4+mean",
        "/watch/first-days?t=8",
        "/topic/stages",
        "/quote/first-days/choose?lang=en&from=8.5&to=20",
    ],
)
def test_every_page_of_moments_can_put_one_on_the_list(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 200
    assert 'href="/appointment?add=first-days~' in answer.text


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/m/first-days/83", "/watch/first-days?t=83"),
        ("/m/first-days/4/es", "/watch/first-days?t=4&lang=es"),
        ("/m/first-days/9/es-419", "/watch/first-days?t=9&lang=es-419"),
        ("/m/first-days/9/es&x=1", "/watch/first-days?t=9"),
        ("/es/m/first-days/83", "/es/watch/first-days?t=83"),
    ],
)
def test_a_short_link_leads_to_its_second(client: TestClient, path: str, to: str) -> None:
    answer = client.get(path, follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (302, to)


@pytest.mark.parametrize(
    "path", ["/m/nothing/83", "/m/first-days/x", "/m/first-days/٤", "/m/first-days"]
)
def test_a_short_link_to_nothing_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path, follow_redirects=False).status_code == 404


def test_links_on_paper_begin_with_the_address_of_the_operator(client: TestClient) -> None:
    site = cast(Starlette, client.app).state.site
    operator = Operator(address="https://answers.example")
    elsewhere = create_app(site.library, site.shelf, operator)

    text = page(TestClient(elsewhere), f"m={STAGE}")

    assert "answers.example/m/first-days/4<" in text
    assert f'href="https://answers.example/appointment?m={STAGE}"' in text
    assert "runs on this machine only" not in text


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000"])
def test_links_that_work_on_one_machine_only_say_so(client: TestClient, host: str) -> None:
    answer = client.get(f"/appointment?m={STAGE}", headers={"host": host})

    assert "runs on this machine only" in answer.text


@pytest.mark.parametrize("host", ["", "a b", "[", "x" * 900, "é"])
def test_an_odd_host_is_no_error(client: TestClient, host: str) -> None:
    answer = client.get(f"/appointment?m={STAGE}", headers={b"host": host.encode()})

    assert answer.status_code in (200, 400)


def test_a_full_list_is_a_light_page(client: TestClient) -> None:
    moments = [("m", f"first-days~{second}-46~en") for second in range(30)]
    answer = client.get("/appointment?" + urlencode(moments), headers={"accept-encoding": "gzip"})

    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) < 35_000


def test_the_page_is_for_nobody_but_its_reader(client: TestClient) -> None:
    answer = client.get(f"/appointment?m={STAGE}")

    assert answer.headers["x-robots-tag"] == "noindex"
    assert "private" in answer.headers["cache-control"]
