from __future__ import annotations

from typing import cast
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalog import Operator
from webapp.app import create_app

STAGE = "first-days~4-20~en"
PILLS = "pills~2-7~en"
TESTS = "first-days~40-46~en"


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
        ("/m/first-days/9/es&x=1", "/watch/first-days?t=9&lang=es"),
        ("/m/first-days/1m30.", "/watch/first-days?t=90"),
        ("/m/first-days/x", "/watch/first-days?t=x"),
        ("/m/first-days", "/watch/first-days"),
        ("/es/m/first-days/83", "/es/watch/first-days?t=83"),
    ],
)
def test_a_short_link_leads_to_its_second(client: TestClient, path: str, to: str) -> None:
    answer = client.get(path, follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (302, to)


def test_a_short_link_to_nothing_is_not_found(client: TestClient) -> None:
    assert client.get("/m/nothing/83", follow_redirects=False).status_code == 404


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
