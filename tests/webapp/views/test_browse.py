"""The pages for people who browse: series, topics, people, terms and all questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from small_site import quietly, write_library
from starlette.testclient import TestClient

from catalog import Library, load_catalogue
from indexer import Shelf
from indexer.writer.builder import build_index
from webapp.app import create_app
from webapp.presenters.browsing.glossary import find_term, term_slug

TOPICS = """
    [[topics]]
    slug = "alk"
    title = "ALK-positive"
    terms = ["ALK", "lorlatinib", "targeted therapy"]

    [[topics]]
    slug = "stages"
    title = "Stages"
    description = "What a stage says."

    [[topics]]
    slug = "costs"
    title = "Costs"
"""
MORE = """
    slug = "more"
    title = "More"

    [[videos]]
    slug = "names"
    title = "Names of pills"
    topics = ["alk"]
    speakers = ["ada"]
"""
PAGES = [
    "/topics",
    "/topic/alk",
    "/topic/costs",
    "/series/basics",
    "/person/ada",
    "/person/tess",
    "/terms",
    "/term/lorlatinib",
    "/term/alk",
    "/questions",
    "/questions?topic=stages",
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    root = tmp_path_factory.mktemp("library")
    library = write_library(root)
    captions = "".join(
        f"\n00:{n:02}:00.000 --> 00:{n:02}:05.000\nNumber {n} says crizotinib <b>again</b>.\n"
        for n in range(55)
    )
    files = {
        "catalog/topics.toml": dedent(TOPICS),
        "catalog/more.toml": dedent(MORE),
        "captions/names/en.manual.vtt": "WEBVTT\n" + captions,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    build_index(library, load_catalogue(library), quietly)
    with TestClient(create_app(library, Shelf(library))) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["", "/es"])
def test_every_page_has_one_heading_unique_ids_and_its_landmarks(
    client: TestClient, path: str, language: str
) -> None:
    page = client.get(language + path)

    ids = re.findall(r'\sid="([^"]+)"', page.text)
    assert page.status_code == 200
    assert page.text.count("<h1") == 1
    assert len(ids) == len(set(ids))
    assert page.text.count("<main") == 1


@pytest.mark.parametrize("path", PAGES)
def test_links_keep_the_language_that_was_chosen(client: TestClient, path: str) -> None:
    main = re.search(r"<main.*</main>", client.get("/es" + path).text, re.S)

    assert main
    assert not re.findall(r'(?:href|action)="/(?!es[/"]|static/)[^"]*"', main[0])


@pytest.mark.parametrize(
    "path",
    [
        "/topic/none",
        "/person/none",
        "/series/none",
        "/term/none",
        "/term/%00",
        "/term/---",
        "/term/%F0%9F%98%9F",
    ],
)
def test_what_is_not_there_is_404_with_a_search(client: TestClient, path: str) -> None:
    page = client.get(path)

    assert page.status_code == 404
    assert 'role="search"' in page.text


def test_a_series_lists_videos_speakers_and_questions(client: TestClient) -> None:
    page = client.get("/series/basics").text

    assert 'href="/watch/first-days"' in page
    assert '<a href="/person/ada">Ada Example</a>' in page
    assert 'href="/watch/first-days?t=4"' in page


def test_a_topic_names_its_treatments_by_their_names_and_brands(client: TestClient) -> None:
    page = client.get("/topic/alk").text

    treatments = page[page.index('id="treatments"') : page.index('id="stories"')]
    assert re.findall(r'href="/term/([^"]+)"', treatments) == ["lorlatinib"]
    assert '<span class="videos" lang="en">Lorbrena</span>' in treatments


def test_a_topic_tells_stories_of_people_who_live_with_it(client: TestClient) -> None:
    page = client.get("/topic/alk").text

    stories = page[page.index('id="stories"') : page.index('id="videos"')]
    assert "Hear from Ada Example" in stories
    assert 'href="/watch/names"' in stories


def test_only_a_patient_or_advocate_tells_a_story(client: TestClient) -> None:
    page = client.get("/topic/stages").text

    assert "Hear from Ada Example<" in page


def test_a_topic_leads_to_trials_for_it_in_plain_links(client: TestClient) -> None:
    page = client.get("/topic/alk").text

    trials = page[page.index('id="trials"') :]
    wanted = "https://clinicaltrials.gov/search?cond=Lung%20Cancer&amp;term=ALK&amp;aggFilters"
    assert f'<a href="{wanted}=status:rec"' in trials
    assert 'href="https://www.antidote.me/"' in trials


def test_a_topic_that_is_no_medicine_leads_to_lung_cancer_trials(client: TestClient) -> None:
    assert "cond=Lung%20Cancer&amp;term=&amp;agg" in client.get("/topic/costs").text


def test_a_person_has_role_videos_and_the_questions_they_answer(client: TestClient) -> None:
    page = client.get("/person/tess").text

    assert "oncologist, Invented Hospital" in page
    assert "In 2 videos" in page
    assert 'href="/watch/pills"' in page
    assert "What does stage 4 mean?" in page


def test_a_term_shows_what_is_said_where_and_what_else_it_is_called(client: TestClient) -> None:
    page = client.get("/term/lorlatinib").text

    assert '<bdi lang="en">Lorbrena</bdi>' in page
    assert "1 sentence in one video." in page
    assert 'href="/watch/pills?t=2"' in page
    assert "<mark>Lorlatinib</mark> is a pill" in page
    assert "Automatic captions" in page
    assert 'href="/topic/alk"' in page
    assert 'href="https://jhoonline.biomedcentral.com' in page


def test_a_term_is_found_by_its_other_names(client: TestClient) -> None:
    answer = client.get("/es/term/Lorbrena", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (302, "/es/term/lorlatinib")


def test_a_term_that_nobody_says_says_so(client: TestClient) -> None:
    page = client.get("/term/ensartinib").text

    assert "Nobody says this word in these videos" in page
    assert 'href="/search?q=ensartinib"' in page


def test_a_term_said_often_is_shown_page_by_page_without_a_gap(client: TestClient) -> None:
    pages = [client.get(f"/term/crizotinib?page={n}").text for n in (1, 2, 3)]

    said = [re.findall(r"Number (\d+) says", page) for page in pages]
    assert [len(numbers) for numbers in said] == [20, 20, 15]
    assert [int(n) for numbers in said for n in numbers] == list(range(55))
    assert "55 sentences in one video." in pages[0]
    assert 'rel="next" href="/term/crizotinib?page=2"' in pages[0]
    assert 'rel="prev" href="/term/crizotinib?page=1"' in pages[1]


@pytest.mark.parametrize("odd", ["0", "-1", "x", "", "²", "9" * 5000, "%00"])
def test_an_odd_page_is_the_nearest_one(client: TestClient, odd: str) -> None:
    assert client.get(f"/term/crizotinib?page={odd}").status_code == 200


def test_only_words_that_are_said_are_listed_and_each_leads_to_its_page(client: TestClient) -> None:
    page = client.get("/terms").text

    assert "lorlatinib" in (slugs := re.findall(r'href="/term/([^"]+)"', page))
    assert "osimertinib" not in slugs
    assert {client.get(f"/term/{slug}").status_code for slug in slugs} == {200}


def test_every_term_has_an_address_of_its_own() -> None:
    terms = load_catalogue(Library(Path("nowhere"))).terms

    assert all(find_term(term_slug(term.canonical), terms) == term for term in terms)


def test_a_term_says_what_it_means_and_where_the_facts_are_from(client: TestClient) -> None:
    page = client.get("/term/lorlatinib").text

    assert "It is a third-generation ALK medicine" in page
    assert 'href="https://www.ema.europa.eu/en/medicines/human/EPAR/lorviqua"' in page
    assert "Una pastilla para el cáncer" in client.get("/es/term/lorlatinib").text


def test_all_questions_are_there_with_their_times(client: TestClient) -> None:
    page = client.get("/questions").text

    assert "2 questions" in page
    assert 'href="/watch/first-days?t=4"' in page
    assert '<span class="no-time">Can I ask anything?</span>' in page


def test_questions_can_be_those_of_a_topic(client: TestClient) -> None:
    page = client.get("/questions?topic=costs").text

    assert "Questions about: Costs" in page
    assert "0 questions" in page


def test_questions_of_no_topic_are_all_questions(client: TestClient) -> None:
    assert "2 questions" in client.get("/questions?topic=%00").text


def test_topics_are_listed_with_what_they_are_about(client: TestClient) -> None:
    page = client.get("/topics").text

    assert 'href="/topic/stages"' in page
    assert "What a stage says." in page


def test_all_series_are_there_the_basics_first(client: TestClient) -> None:
    page = client.get("/series").text

    assert page.index("Basics &lt;1&gt;") < page.index("Deeper")
    assert 'href="/watch/first-days"' in page


def test_everybody_who_speaks_is_there_with_how_often(client: TestClient) -> None:
    page = client.get("/people").text

    assert 'href="/person/tess"' in page
    assert page.count("2 videos") == 2
