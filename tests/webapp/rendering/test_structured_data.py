from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from site_pages import PAGES, SitePage
from small_site import quietly, write_library
from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalog import Question, Video, checksum, load_catalogue
from catalog.model import Chapter
from indexer import Shelf
from indexer.writer.builder import build_index
from transcripts.fetching.provenance import Provenance, keep_track
from webapp.app import create_app
from webapp.i18n.translations import Interface
from webapp.pages import templates
from webapp.rendering.metadata import PageAddress
from webapp.rendering.structured_data import RECORDED, Data, SaidAnswer, faq_page, video_object

HERE = PageAddress("https://site.example", "/watch/talk", "t=8", "t=8")
TALK = Video("talk", "A <talk>", "basics", youtube="abcdefghijk", recorded="2026-05-04")
PICTURE = "https://site.example/card/watch/talk"
# What Google's documentation says is required of each type.
REQUIRED = {
    "VideoObject": {"name", "thumbnailUrl", "uploadDate"},
    "Clip": {"name", "startOffset", "url"},
    "SeekToAction": {"target", "startOffset-input"},
    "FAQPage": {"mainEntity"},
    "Question": {"name", "acceptedAnswer"},
    "Answer": {"text"},
}


class StructuredData(HTMLParser):
    """The structured data of a page, as whoever reads JSON-LD finds it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, Any]] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and dict(attrs).get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found.append(json.loads(data))
            self._inside = False


def entities(value: Any) -> list[dict[str, Any]]:
    """Everything with a type, at any depth."""
    if isinstance(value, dict):
        inside = [one for child in value.values() for one in entities(child)]
        return [value, *inside] if "@type" in value else inside
    return [one for child in value for one in entities(child)] if isinstance(value, list) else []


def told(video: Video, **more: Any) -> Data:
    found = video_object(video, HERE, PICTURE, **more)
    assert found
    return found


@pytest.mark.parametrize("one", PAGES, ids=[page.kind for page in PAGES])
def test_every_type_on_every_page_has_what_google_requires(
    whole_app: Starlette, one: SitePage
) -> None:
    client = TestClient(whole_app, raise_server_exceptions=False)
    page = client.get(one.path).text

    for found in entities(StructuredData(page).found):
        assert REQUIRED[found["@type"]] <= {name for name, value in found.items() if value != ""}
        if found["@type"] == "VideoObject":
            assert found.get("contentUrl") or found.get("embedUrl")
            assert client.get(found["thumbnailUrl"]).headers["content-type"].startswith("image/")
        if found["@type"] == "Clip":
            assert client.get(found["url"]).status_code == 200


def test_a_page_answers_its_questions_in_words_that_stand_on_it(whole_app: Starlette) -> None:
    page = TestClient(whole_app).get("/watch/first-days").text
    kinds = {one["@type"]: one for one in StructuredData(page).found}

    (asked,) = kinds["FAQPage"]["mainEntity"]
    answer = asked["acceptedAnswer"]

    assert asked["name"] == "What does stage 4 mean?"
    assert answer["url"] == "http://testserver/watch/first-days?t=4"
    assert answer["text"].startswith("Stage 4 means that the cancer has spread")
    assert all(sentence.strip() in page for sentence in answer["text"].split(". "))
    assert kinds["VideoObject"]["contentUrl"] == "http://testserver/media/first-days.mp4"


def test_an_answer_in_another_language_is_no_answer_to_the_question(whole_app: Starlette) -> None:
    page = TestClient(whole_app).get("/watch/first-days?lang=es").text

    assert [one["@type"] for one in StructuredData(page).found] == ["VideoObject"]


def test_a_video_is_told_with_the_answers_in_it() -> None:
    video = replace(
        TALK,
        duration_ms=90_000,
        media="talk.mp4",
        questions=(
            Question("Why?", 4_000, 20_000),
            Question("Why else?", 4_500, 20_000),
            Question("When?", 30_000),
            Question("Who?"),
        ),
    )

    found = told(video, own=True)

    assert found["url"] == "https://site.example/watch/talk"
    assert found["duration"] == "PT90S"
    assert found["contentUrl"] == "https://site.example/media/talk.mp4"
    assert found["hasPart"] == [
        {
            "@type": "Clip",
            "name": "Why?",
            "startOffset": 4,
            "endOffset": 20,
            "url": "https://site.example/watch/talk?t=4",
        }
    ]
    assert "{seek_to_second_number}" in str(found["potentialAction"])


def test_without_questions_a_videos_chapters_are_its_clips() -> None:
    chapters = (Chapter("Welcome", 0), Chapter("Tests", 40_000))

    clips = told(replace(TALK, chapters=chapters, duration_ms=90_000))["hasPart"]

    assert isinstance(clips, list)
    assert [(clip["startOffset"], clip["endOffset"]) for clip in clips] == [(0, 40), (40, 90)]


@pytest.mark.parametrize(
    ("recorded", "uploaded", "date"),
    [
        ("2026-05-04", "", "2026-05-04T00:00:00+00:00"),
        ("2025-11", "", "2025-11-01T00:00:00+00:00"),
        ("2019", "", "2019-01-01T00:00:00+00:00"),
        ("2019", "2020-02-03", "2020-02-03T00:00:00+00:00"),
        ("", "2020-02-03T04:05:06+00:00", "2020-02-03T04:05:06+00:00"),
    ],
)
def test_a_date_of_recording_stands_in_for_the_upload_and_says_so(
    recorded: str, uploaded: str, date: str
) -> None:
    found = told(replace(TALK, recorded=recorded), uploaded=uploaded)

    assert found["uploadDate"] == date
    assert found.get("disambiguatingDescription") == (None if uploaded else RECORDED)


def test_what_lacks_what_is_required_is_not_told() -> None:
    assert video_object(replace(TALK, recorded=""), HERE, PICTURE) is None
    assert video_object(replace(TALK, youtube="", media="talk.mp4"), HERE, PICTURE) is None
    assert faq_page((), HERE) is None


def test_markup_in_a_title_stays_inside_the_data() -> None:
    template = templates(Interface()).get_template("metadata.html")
    answers = (SaidAnswer("</script>", "<b>", 0),)

    shown = template.render(
        structured=[told(replace(TALK, title="</script><b>")), faq_page(answers, HERE)]
    )

    assert shown.count("</script>") == 2
    assert StructuredData(shown).found[0]["name"] == "</script><b>"


def test_the_date_that_the_source_gave_is_the_one_that_is_told(tmp_path: Path) -> None:
    library = write_library(tmp_path)
    track = tmp_path / "captions/pills/en.auto.vtt"
    content = track.read_bytes()
    track.unlink()
    known = Provenance(
        source_url="https://y.example/t",
        page="https://y.example/",
        fetched_at="2026-05-04T00:00:00+00:00",
        sha256=checksum(content),
        bytes=len(content),
        language="en",
        kind="auto",
        extractor="youtube",
        yt_dlp="1",
        uploaded="2020-02-03",
    )
    keep_track(track, content, known)
    build_index(library, load_catalogue(library), quietly)
    page = TestClient(create_app(library, Shelf(library))).get("/watch/pills").text

    (found,) = StructuredData(page).found

    assert found["uploadDate"] == "2020-02-03T00:00:00+00:00"
    assert found["dateCreated"] == "2025-11"
