from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from browser import served
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from small_site import indexed_library, quietly, small_app
from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalog import Catalogue, Library, Person, Series, Video, load_catalogue
from indexer import Shelf, build_index
from transcripts import Sentence, Track, Transcript
from webapp.app import create_app
from webapp.presenters.citation import citation, in_markdown
from webapp.presenters.quotation import Quotation, quotation, seconds, typed_seconds
from webapp.presenters.speakers import SpokenTurn

STAGE_4 = "/quote/first-days/choose?lang=en&from=8.5&to=20"
WORDS = "Stage 4 means that the cancer has spread to another part of the body."
ADDRESS = "https://hope.example/quote/talk?words=a_b"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return small_app(tmp_path_factory.mktemp("library"))


@pytest.fixture
def client(app: Starlette) -> Iterator[TestClient]:
    with TestClient(app, base_url="http://hope.example") as client:
        yield client


def areas(page: str) -> dict[str, str]:
    """The texts to copy, by their ids."""
    found = re.findall(r'<textarea id="([\w-]+)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    return {name: unescape(text) for name, text in found}


def corrected(root: Path, *changes: tuple[str, str]) -> None:
    """Change captions as a person or another run of a machine would, and index them again."""
    file = root / "captions/first-days/en.manual.vtt"
    text = file.read_text("utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    file.write_text(text, "utf-8")
    library = Library(root)
    build_index(library, load_catalogue(library), quietly)


def test_a_quote_link_shows_the_words_and_whose_they_are(client: TestClient) -> None:
    answer = client.get(STAGE_4)

    assert answer.status_code == 200
    assert answer.url.path == "/quote/first-days"
    assert [*dict(parse_qsl(answer.url.query.decode()))] == ["lang", "from", "words", "to"]
    assert WORDS in answer.text
    assert "<b>Dr. Tess Sample</b>, oncologist" in answer.text
    assert "Recorded May 4, 2026" in answer.text
    assert "Captions written by people" in answer.text
    assert "Basics &lt;1&gt;" in answer.text
    assert 'href="/watch/first-days?t=8&amp;lang=en"' in answer.text
    assert 'src="/media/first-days.mp4#t=8.500,20.000"' in answer.text
    assert answer.headers["x-robots-tag"] == "noindex"


def test_a_quote_link_is_short(client: TestClient) -> None:
    answer = client.get(STAGE_4)

    assert len(str(answer.url)) < 100


def test_each_text_to_copy_holds_words_speaker_date_time_captions_and_link(
    client: TestClient,
) -> None:
    answer = client.get(STAGE_4)

    texts = areas(answer.text)
    assert [*texts] == ["copy-link", "copy-text", "copy-html", "copy-markdown"]
    assert texts["copy-link"] == str(answer.url)
    assert texts["copy-text"] == (
        f"“{WORDS} It does not mean that nothing can be done.”\n"
        "— Dr. Tess Sample, oncologist, in “The first days & weeks” (Basics <1>), "
        f"recorded May 4, 2026, at 0:08. Captions: written by people.\n{answer.url}"
    )


def test_marks_in_captions_stay_words_in_the_html_that_is_copied(client: TestClient) -> None:
    page = client.get("/quote/first-days/choose?lang=en&from=40.2&to=46")

    assert "biomarker testing &lt;b&gt;before&lt;/b&gt; treatment" in areas(page.text)["copy-html"]


def test_links_are_made_with_the_operators_address(app: Starlette, client: TestClient) -> None:
    site = app.state.site
    app.state.site = replace(site, operator=replace(site.operator, address="https://hope.test"))

    texts = areas(client.get(STAGE_4).text)
    app.state.site = site

    assert texts["copy-link"].startswith("https://hope.test/quote/first-days?lang=en&from=8.5&")


def test_a_quote_grows_and_shrinks_by_sentences(client: TestClient) -> None:
    page = client.get("/quote/first-days/choose?lang=en&from=8.5&to=14").text
    ways = {
        name: unescape(href)
        for href, name in re.findall(r'<li><a href="(/quote/[^"]+)" rel="nofollow">([^<]+)', page)
    }

    assert [*ways] == ["Add the sentence before", "Add the sentence after"]
    longer = client.get(ways["Add the sentence before"]).text
    assert "What does stage 4 mean?" in longer
    assert "Leave out the first sentence" in longer


def test_without_an_end_a_quote_is_what_is_read_at_a_glance(client: TestClient) -> None:
    text = areas(client.get("/quote/first-days/choose?lang=en&from=4").text)["copy-text"]

    assert text.splitlines()[0] == "Ada Example: “What does stage 4 mean?”"
    assert text.splitlines()[1].startswith(f"Dr. Tess Sample: “{WORDS} It does not")


def test_a_video_at_youtube_is_played_from_start_to_end(client: TestClient) -> None:
    page = client.get("/quote/pills/choose?lang=en&from=30&to=36").text

    assert 'data-youtube="abcdefghijk" data-start="30" data-end="36"' in page
    assert "youtube-nocookie" not in page
    assert "Automatic captions: drug names may be mis-heard" in page
    assert "In this video:" in page
    assert "From “Pills for ALK” (Basics <1>) with Dr. Tess Sample" in areas(page)["copy-text"]


def test_a_quote_in_another_language_stays_in_it(client: TestClient) -> None:
    answer = client.get("/quote/first-days/choose?lang=es&from=8.5&to=14")

    assert '<blockquote lang="es">' in answer.text
    assert "La etapa cuatro significa" in answer.text
    assert "lang=es" in str(answer.url)


def test_the_interface_keeps_its_language(client: TestClient) -> None:
    answer = client.get("/es" + STAGE_4)

    assert answer.url.path == "/es/quote/first-days"
    assert areas(answer.text)["copy-link"].startswith("http://hope.example/quote/first-days?")


@pytest.mark.slow
def test_words_that_moved_are_found_and_words_that_went_are_missed(tmp_path: Path) -> None:
    library = indexed_library(tmp_path)
    with TestClient(create_app(library, Shelf(library))) as client:
        kept, gone = client.get(STAGE_4).url, client.get("/quote/first-days/choose?from=40.2").url
        corrected(
            tmp_path,
            ("00:00:08.500 --> 00:00:14.000", "00:00:24.500 --> 00:00:30.000"),
            ("00:00:14.500 --> 00:00:20.000", "00:00:30.500 --> 00:00:36.000"),
            ("has spread to another part", "had spread to one other part"),
            ("Ask for biomarker testing &lt;b&gt;before&lt;/b&gt; treatment starts.", "Well."),
            ("And bring somebody along to the visit.", "Thank you."),
        )

        found, missed = client.get(kept).text, client.get(gone).text

    assert "Stage 4 means that the cancer had spread to one other part of the body." in found
    assert "The captions of this video have changed since this link was made." in found
    assert 'src="/media/first-days.mp4#t=24.500,36.000"' in found
    assert "The words of this link are not in the captions any more." in missed
    assert "<blockquote" not in missed
    assert "<textarea" not in missed
    assert 'src="/media/first-days.mp4#t=40.200,76.000"' in missed


def test_captions_that_are_gone_are_named(client: TestClient) -> None:
    query = {**dict(parse_qsl(client.get(STAGE_4).url.query.decode())), "lang": "fr"}

    answer = client.get("/quote/first-days", params=query)

    assert answer.status_code == 200
    assert "The captions that this link quotes (Français) are not here any more." in answer.text
    assert WORDS not in answer.text
    assert "#t=8.500,20.000" in answer.text


def test_another_variant_of_a_language_is_the_same_captions(client: TestClient) -> None:
    query = {**dict(parse_qsl(client.get(STAGE_4).url.query.decode())), "lang": "en-us"}

    assert WORDS in client.get("/quote/first-days", params=query).text


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?lang=en&from=8.5&words=p4oM",
        "?lang=en&from=8.5&words=p4oMmRq4.WQ7I",
        "?from=20&to=8&words=p4oMmRq4.WQ7I",
        "?from=9e9&to=%F0%9F&words=%00&lang=%0A",
        "?from=1&to=2&words=the+doctor+says+drink+bleach",
        "?from=" + "9" * 400,
    ],
)
def test_a_damaged_link_still_leads_to_the_video(client: TestClient, query: str) -> None:
    answer = client.get(f"/quote/first-days{query}")

    assert answer.status_code == 400
    assert "has no quote to show" in answer.text
    assert "<blockquote" not in answer.text
    assert "bleach" not in answer.text.partition("<main")[2]
    assert "/media/first-days.mp4" in answer.text


def test_a_link_cannot_quote_a_whole_talk(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = client.get(STAGE_4).url
    monkeypatch.setattr("webapp.presenters.quotation.LONGEST_MS", 1_000)

    answer = client.get(str(address))

    assert answer.status_code == 400
    assert "has no quote to show" in answer.text
    assert "<blockquote" not in answer.text


def test_a_time_beyond_the_end_plays_from_the_beginning(client: TestClient) -> None:
    answer = client.get("/quote/first-days?lang=en&from=9000&words=AAAAAAAAAA.AAAA&to=9001")

    assert 'src="/media/first-days.mp4#t=0.000"' in answer.text


@pytest.mark.parametrize(
    ("path", "status", "lands"),
    [
        ("/quote/nothing", 404, "/quote/nothing"),
        ("/quote/nothing/choose", 404, "/quote/nothing/choose"),
        ("/quote/elsewhere/choose?from=4", 200, "/watch/elsewhere"),
        ("/quote/silent?from=1&to=2&words=AAAA.AAAA", 200, "/quote/silent"),
        ("/quote/first-days/choose?from=x&to=y&lang=zz", 200, "/quote/first-days"),
    ],
)
def test_an_odd_address_is_no_error(client: TestClient, path: str, status: int, lands: str) -> None:
    answer = client.get(path)

    assert (answer.status_code, answer.url.path) == (status, lands)


@pytest.mark.parametrize(
    ("ms", "text"), [(0, "0"), (8500, "8.5"), (83_212, "83.212"), (100_000, "100")]
)
def test_times_in_links_are_seconds(ms: int, text: str) -> None:
    assert seconds(ms) == text
    assert typed_seconds(text) == ms


HOSTILE = '</p><script>alert(1)</script> [x](javascript:alert(2)) *a* `b` "c" & http://evil.test'


def hostile_quotation(*turns: SpokenTurn, kind: str = "auto") -> Quotation:
    video = Video("talk", HOSTILE, "basics")
    return Quotation(video, "en", kind, 0, 1, 8000, 9000, turns, "words=a_b")  # type: ignore[arg-type]  # as named


def test_captions_are_no_html_where_they_are_pasted() -> None:
    quoted = hostile_quotation(
        SpokenTurn(HOSTILE, HOSTILE, None, HOSTILE), SpokenTurn("B", HOSTILE, None, "B")
    )

    html = citation(quoted, [], Series("basics", HOSTILE), ADDRESS).html

    assert "<script" not in html
    assert set(re.findall(r"</?\w+", html)) == {
        "<blockquote", "</blockquote", "<p", "</p", "<a", "</a",
    }  # fmt: skip
    assert re.findall(r'(?:href|cite)="([^"]*)"', html) == [ADDRESS, ADDRESS]


def test_captions_are_no_markdown_where_they_are_pasted() -> None:
    quoted = hostile_quotation(SpokenTurn(HOSTILE, f"1. {HOSTILE}\n# head\n> x", None, HOSTILE))

    markdown = citation(quoted, [], Series("basics", HOSTILE), ADDRESS).markdown

    assert markdown.startswith("> “1. ")
    assert len(markdown.splitlines()) == 3
    bare = re.sub(r"\\.", "", markdown).replace(f"[Watch this part]({ADDRESS})", "")
    assert not set("<[`*#\\") & set(bare)
    assert "http://" not in bare


def test_plain_words_stay_readable_in_markdown() -> None:
    assert in_markdown("Dr. Shaw's PD-L1, at 1:23 - why?") == "Dr. Shaw's PD-L1, at 1:23 - why?"
    assert in_markdown("see www.evil.test or a@b.test") == r"see www\.evil.test or a\@b.test"


@pytest.mark.parametrize(
    ("speaker", "people", "recorded", "source"),
    [
        ("Dr. A", ["a"], "2026-05", "Dr. A, nurse, in “T” (S), recorded May 2026, at 0:08."),
        ("Dr. A", ["a"], "", "Dr. A, nurse, in “T” (S), at 0:08."),
        ("Someone", ["a"], "", "Someone, in “T” (S), at 0:08."),
        ("", ["a"], "2026-05", "From “T” (S) with Dr. A, nurse, recorded May 2026, at 0:08."),
        ("", ["a"], "", "From “T” (S) with Dr. A, nurse, at 0:08."),
        ("", [], "2026-05", "From “T” (S), recorded May 2026, at 0:08."),
        ("", [], "", "From “T” (S), at 0:08."),
    ],
)
def test_nobody_is_named_for_words_whose_speaker_is_not_known(
    speaker: str, people: list[str], recorded: str, source: str
) -> None:
    person = Person("a", "Dr. A", role="nurse")
    video = Video("t", "T", "s", recorded=recorded)
    known = [person for _ in people]
    turn = SpokenTurn(speaker, "So.", person if speaker == person.name else None, speaker)
    quoted = Quotation(video, "en", "auto", 0, 1, 8000, 9000, (turn,), "")

    text = citation(quoted, known, Series("s", "S"), ADDRESS).text

    told = "Captions: automatic. Names of drugs may be mis-heard."
    assert text == f"“So.”\n— {source} {told}\n{ADDRESS}"


def test_words_of_one_without_a_name_are_nobody_elses_where_they_are_pasted() -> None:
    shaw = Person("a", "Dr. Ann Shaw", "oncologist")
    turns = (
        SpokenTurn(shaw.name, "It helps.", shaw, "DR. SHAW"),
        SpokenTurn("Another speaker", "I stopped it."),
    )
    quoted = Quotation(Video("t", "T", "s"), "en", "manual", 0, 2, 8000, 9000, turns, "")

    copies = citation(quoted, [shaw], Series("s", "S"), ADDRESS)

    source = "— From “T” (S) with Dr. Ann Shaw, oncologist, at 0:08."
    for copy in (copies.text, copies.html, copies.markdown):
        assert "Dr. Ann Shaw: “It helps.”" in copy
        assert "Another speaker: “I stopped it.”" in copy
        assert source in copy


def test_a_quote_page_tells_who_has_no_name_from_who_has_one(tmp_path: Path) -> None:
    app = small_app(tmp_path)
    corrected(tmp_path, ("<v Dr. Tess Sample>It does not", "- It does not"))

    with TestClient(app, base_url="http://hope.example") as client:
        english, spanish = client.get(STAGE_4).text, client.get(f"/es{STAGE_4}").text

    figure = english.partition("<figcaption>")
    assert '<b class="speaker">Dr. Tess Sample:</b> Stage 4 means' in figure[0]
    assert '<b class="speaker">Another speaker:</b> It does not mean' in figure[0]
    assert "In this video:" in figure[2].partition("</figcaption>")[0]
    other = '<b class="speaker"><span lang="es">Otra persona</span>:</b> It does not mean'
    assert other in spanish


def test_a_name_in_the_captions_is_matched_with_one_of_the_videos_people() -> None:
    people = {p.slug: p for p in (Person("a", "Dr. Ann Shaw"), Person("b", "Bo Lee"))}
    people["c"] = Person("c", "Cy Lee")
    video = Video("t", "T", "s", speakers=("a", "b", "c"))
    names = ("DR. SHAW", "ann shaw", "Lee", "DR.", "Interviewer", "")
    said = tuple(Sentence(n, n + 1, "So.", 0, 0, name) for n, name in enumerate(names))
    track = Track("t", "en", "manual", "vtt", Path("t"))

    quoted = quotation(Transcript(track, (), said), 0, 6, video, Catalogue(people=people))

    assert [turn.speaker for turn in quoted.turns] == [
        "Dr. Ann Shaw", "Dr. Ann Shaw", "Lee", "DR.", "Interviewer", "Speaker not named",
    ]  # fmt: skip


def test_a_moment_that_was_found_can_be_quoted(client: TestClient) -> None:
    page = client.get("/search?q=what+does+stage+4+mean").text

    address = unescape(re.findall(r'class="quote-this" href="([^"]+)"', page)[0])

    assert address.startswith("/quote/first-days/choose?lang=en&from=4.25&to=")
    assert WORDS in client.get(address).text


# In a browser


@pytest.fixture(scope="module")
def site(app: Starlette) -> Iterator[str]:
    with served(app) as address:
        yield address


@contextmanager
def visitor(browser: Browser, site: str, *, script: bool = True) -> Iterator[Page]:
    context: BrowserContext = browser.new_context(base_url=site, java_script_enabled=script)
    page = context.new_page()
    page.set_default_timeout(8000)
    yield page
    context.close()


CLOCK = "document.querySelector('video').currentTime"


@pytest.mark.browser
def test_a_clip_stops_at_its_end_and_plays_on_when_asked(browser: Browser, site: str) -> None:
    with visitor(browser, site) as page:
        page.goto("/quote/first-days/choose?lang=en&from=8.5&to=14")
        video = page.locator("video")
        video.evaluate("v => v.play().then(() => { v.currentTime = 13.4 })")

        expect(page.get_by_text("The part has ended.")).to_be_visible()
        stopped = page.evaluate(CLOCK)
        paused = video.evaluate("v => v.paused")
        video.evaluate("v => v.play()")
        page.wait_for_timeout(400)
        beyond = page.evaluate(CLOCK)

        assert paused
        assert abs(stopped - 14) < 0.3
        assert beyond > stopped
        page.get_by_role("button", name="Play this part again").press("Enter")
        expect(page.get_by_text("The part has ended.")).to_have_count(0)
        assert 8.4 <= page.evaluate(CLOCK) < 10


@pytest.mark.browser
def test_a_quote_link_is_found_again_after_captions_change(
    browser: Browser, tmp_path: Path
) -> None:
    library = indexed_library(tmp_path)
    with served(create_app(library, Shelf(library))) as site, visitor(browser, site) as page:
        page.goto("/watch/first-days?t=8")
        link = page.request.get(STAGE_4).url
        corrected(
            tmp_path,
            ("00:00:08.500 --> 00:00:14.000", "00:00:24.500 --> 00:00:30.000"),
            ("00:00:14.500 --> 00:00:20.000", "00:00:30.500 --> 00:00:36.000"),
            ("has spread to another part", "had spread to one other part"),
        )

        page.goto(link)

        quote = page.locator(".quote blockquote")
        expect(quote).to_contain_text("Stage 4 means that the cancer had spread to one other part")
        expect(page.get_by_text("have changed since this link was made")).to_be_visible()
        expect(page.locator("video")).to_have_attribute("src", re.compile("#t=24.500,36.000$"))


@pytest.mark.browser
@pytest.mark.parametrize("allowed", [True, False], ids=["clipboard", "clipboard refused"])
def test_a_text_is_copied_and_said_to_be(browser: Browser, site: str, allowed: bool) -> None:
    with visitor(browser, site) as page:
        if allowed:
            page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        else:
            page.add_init_script(
                "navigator.clipboard.writeText = () => Promise.reject(new Error('no'));"
                "document.execCommand = () => false"
            )
        page.goto(STAGE_4)
        button = page.get_by_role("button", name="Copy Text")
        button.press("Enter")

        told = page.locator("[role=status]", has_text="Copied." if allowed else "copy it yourself")
        expect(told).to_be_visible()
        area = page.locator("#copy-text")
        if allowed:
            copied = page.evaluate("() => navigator.clipboard.readText()")
            assert copied == area.input_value()
        else:
            assert area.evaluate("a => a.selectionEnd - a.selectionStart === a.value.length")


@pytest.mark.browser
def test_without_script_texts_are_there_to_be_copied(browser: Browser, site: str) -> None:
    with visitor(browser, site, script=False) as page:
        page.goto(STAGE_4)

        expect(page.get_by_role("button", name="Copy")).to_have_count(0)
        expect(page.get_by_label("Markdown")).to_have_value(re.compile("^> “Stage 4 means"))
        page.get_by_role("link", name="Add the sentence after").click()
        expect(page.locator(".quote")).to_contain_text("Ask for biomarker testing <b>before</b>")


@pytest.mark.browser
def test_beside_the_player_the_link_and_the_quote_follow_what_is_said(
    browser: Browser, site: str
) -> None:
    with visitor(browser, site) as page:
        page.goto("/watch/first-days?t=8")
        page.get_by_text("Share or quote this second").press("Enter")
        link = page.get_by_label("Link to this second")
        expect(link).to_have_value(f"{site}/watch/first-days?t=8&lang=en")

        page.locator("#s40200").click()

        expect(link).to_have_value(f"{site}/watch/first-days?t=40&lang=en")
        page.get_by_role("link", name="Quote this").first.press("Enter")
        expect(page.locator(".quote")).to_contain_text("Ask for biomarker testing <b>before</b>")


@pytest.mark.browser
def test_marked_sentences_can_be_quoted(browser: Browser, site: str) -> None:
    with visitor(browser, site) as page:
        page.goto("/watch/first-days?t=8")
        page.get_by_text("Share or quote this second").click()
        page.evaluate(
            "getSelection().setBaseAndExtent(document.getElementById('s4500').firstChild, 3,"
            " document.getElementById('s8500').firstChild, 4)"
        )

        page.get_by_role("link", name="Quote the sentences I marked").click()

        expect(page.locator(".quote blockquote p")).to_have_text(
            ["Ada Example: What does stage 4 mean?", f"Dr. Tess Sample: {WORDS}"]
        )


@pytest.mark.browser
def test_youtube_plays_the_part_after_a_tap(browser: Browser, site: str) -> None:
    with visitor(browser, site) as page:
        foreign: list[str] = []

        def answer(route: Route) -> None:
            foreign.append(route.request.url)
            route.fulfill(body="player")

        page.context.route(lambda url: not url.startswith(site), answer)
        page.goto("/quote/pills/choose?lang=en&from=30&to=36", wait_until="networkidle")
        assert foreign == []

        page.get_by_role("button", name="Play this part").press("Enter")

        frame = page.locator("iframe")
        expect(frame).to_have_attribute("referrerpolicy", "strict-origin-when-cross-origin")
        asked = dict(parse_qsl(urlsplit(frame.get_attribute("src") or "").query))
        assert (asked["start"], asked["end"]) == ("30", "36")
        assert {urlsplit(url).netloc for url in foreign} == {"www.youtube-nocookie.com"}
