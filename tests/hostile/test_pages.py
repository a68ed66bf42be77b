"""Texts that attack, in every place where a text can come from, looked at in the browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from browser import served
from hostile import INJECTIONS
from playwright.sync_api import Browser
from small_site import MEDIA, quietly
from visitor import NARROW, Visitor

from catalog import Library, load_catalogue
from catalog.glossary.terms import COLUMNS
from indexer import Shelf
from indexer.writer.builder import build_index
from webapp.app import create_app

pytestmark = pytest.mark.browser

# What a sound file of the catalogue can hold: one line, without control characters.
TEXTS = [
    " ".join(re.sub(r"[\x00-\x1f\x7f\x85]", " ", text).split()) for text in INJECTIONS.values()
]
ALL = " ".join(text[:150] for text in TEXTS)
WATCHING = """
window.told = [];
addEventListener("securitypolicyviolation", (event) => window.told.push(
  event.violatedDirective + " " + event.blockedURI + " " + event.sample));
"""
# Two runs of text in one line: what the first does to the direction must not reach the second.
NAME = "\u202e\u2067evil name"


def toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=True)


def hostile_library(root: Path) -> Library:
    questions = ", ".join(map(toml, TEXTS))
    chapters = ", ".join(
        f'{{ title = {toml(text)}, at = "0:{n:02}" }}' for n, text in enumerate(TEXTS)
    )
    cues = "\n".join(
        f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\n<v {text[:40].replace('>', ' ')}>stage "
        f"{text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')} stage.\n"
        for n, text in enumerate(TEXTS)
    )
    glossary = (
        ",".join(COLUMNS)
        + "\n"
        + "".join(
            '"{0}",gene,"stage{1}|{0} too",,,,,"{0}",https://example.org/\n'.format(
                text.replace('"', '""').replace("|", "/"), n
            )
            for n, text in enumerate(TEXTS)
        )
    )
    files = {
        "catalog/basics.toml": f"""slug = "basics"
title = {toml("Basics " + ALL)}
description = {toml(ALL)}
notice = {toml(ALL)}
[[videos]]
slug = "first-days"
title = {toml("First " + ALL)}
description = {toml(ALL)}
media = "first-days.mp4"
speakers = ["ada"]
topics = ["stages"]
duration = "1:30"
questions = [{questions}]
chapters = [{chapters}]
related = ["pills"]
[[videos]]
slug = "pills"
title = {toml("Pills " + NAME)}
youtube = "abcdefghijk"
speakers = ["ada"]
""",
        "catalog/people.toml": f"""[[people]]
slug = "ada"
name = {toml("Ada " + NAME + ALL[:300])}
role = {toml(ALL)}
affiliation = {toml(ALL)}
page = "https://example.org/'\\"><script>window.pwned=1</script>"
""".replace("><script>", "%3E%3Cscript%3E"),
        "catalog/topics.toml": f"""[[topics]]
slug = "stages"
title = {toml("Stages " + ALL)}
description = {toml(ALL)}
""",
        "catalog/glossary.csv": glossary,
        "site.toml": f"""name = {toml(ALL)}
post = [{toml(ALL)}]
[[lines]]
name = {toml(ALL)}
number = "+1 555 0101"
hours = {toml(ALL)}
note = {toml(ALL)}
[[urgent]]
slug = "chest"
language = "en"
words = ["stage"]
heading = {toml(ALL)}
message = {toml(ALL)}
[[trials]]
name = {toml(ALL)}
address = "https://example.org/?q={{topic}}"
""",
        "captions/first-days/en.manual.vtt": "WEBVTT\n\n" + cues,
        "captions/pills/en.auto.vtt": "WEBVTT\n\n" + cues,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "media").mkdir()
    (root / "media/first-days.mp4").write_bytes(MEDIA.read_bytes())
    library = Library(root)
    build_index(library, load_catalogue(library), quietly)
    return library


@pytest.fixture(scope="module")
def guest(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    library = hostile_library(tmp_path_factory.mktemp("hostile"))
    app = create_app(library, Shelf(library))
    with served(app) as site:
        visitor = Visitor(browser, site, NARROW, script=True)
        visitor.page.add_init_script(WATCHING)
        visitor.page.on("dialog", lambda dialog: visitor.complaints.append(dialog.message))
        yield visitor


def assert_nothing_ran(guest: Visitor, path: str) -> None:
    page = guest.page
    guest.complaints.clear()
    guest.foreign.clear()

    answer = page.goto(path, wait_until="load")

    assert answer
    assert answer.status < 500, path
    assert "set-cookie" not in answer.headers
    assert page.evaluate("() => [window.pwned, window.told]") == [None, []]
    assert page.evaluate(STRAYS) == []
    assert guest.foreign == []
    refused = "Failed to load resource: the server responded with a status of 4"
    assert [one for one in guest.complaints if not one.startswith(refused)] == []
    assert page.url.startswith(guest.site)


# Nothing on a page has handlers, scripts of its own, or addresses other than of the web and phone.
STRAYS = """() => [...document.querySelectorAll("*")].flatMap((one) => [
  ...[...one.attributes].filter((a) => /^on|^srcdoc$|^style$/.test(a.name)).map((a) => a.name),
  ...["href", "src", "action", "formaction", "poster", "data"].map((name) => one.getAttribute(name))
    .filter((value) => value && !/^(https?:|tel:|mailto:|[/?#]|$)/.test(value)),
  ...(one.matches("script:not([src]):not([type='application/ld+json']), base, object, "
    + "meta[http-equiv], style") ? [one.outerHTML.slice(0, 80)] : []),
])"""

PLACES = [
    "/",
    "/search?q=stage",
    "/watch/first-days?q=stage",
    "/watch/first-days?t=4",
    "/watch/pills",
    "/series/basics",
    "/topics",
    "/topic/stages",
    "/person/ada",
    "/terms",
    "/questions",
    "/about",
    "/privacy",
    "/accessibility",
    "/help",
    "/quote/first-days/choose?lang=en&from=2&to=7",
    "/embed/first-days?t=2",
    "/appointment?m=first-days~2-7~en&find=stage",
    "/es/search?q=stage",
]


@pytest.mark.parametrize("path", PLACES)
def test_nothing_curated_or_said_runs_on_a_page(guest: Visitor, path: str) -> None:
    assert_nothing_ran(guest, path)

    text = guest.page.content()
    assert "#{7*7}" not in text or "{{7*7}}" in text


TYPED = [
    "/search?q={}",
    "/search?q=stage+speaker:%22{}%22",
    "/search?q=stage&lang={}&page={}",
    "/watch/first-days?t={}&q={}&lang={}",
    "/quote/first-days?words={}&from={}&to={}&lang={}",
    "/embed/first-days?t={}&lang={}",
    "/appointment?m={}&q={}&add={}&find={}",
    "/questions?topic={}",
    "/{}",
    "/watch/{}",
    "/es/term/{}",
]


@pytest.mark.parametrize("place", TYPED)
def test_nothing_typed_into_an_address_runs(guest: Visitor, place: str) -> None:
    typed = quote(ALL[:1500], safe="")

    assert_nothing_ran(guest, place.replace("{}", typed))


@pytest.mark.parametrize(
    "name", ["script", "attribute", "svg", "json", "null", "header", "overlong"]
)
def test_a_question_that_attacks_is_shown_as_it_was_typed(guest: Visitor, name: str) -> None:
    text = INJECTIONS[name]

    assert_nothing_ran(guest, f"/search?q={quote(text, safe='')}")

    shown = str(guest.page.input_value("input[name=q]"))
    assert "".join(shown.split())[:30] in "".join(text.replace("\x00", " ").split())


@pytest.mark.parametrize(
    "path", ["/watch/pills", "/person/ada", "/terms", "/search?q=stage+%E2%80%AEturned"]
)
def test_what_turns_the_writing_round_turns_nothing_beside_it(guest: Visitor, path: str) -> None:
    assert_nothing_ran(guest, path)

    loose = guest.page.evaluate("""() => {
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      while (walk.nextNode()) {
        if (!/[\\u202a-\\u202e\\u2066-\\u2069]/.test(walk.currentNode.data)) continue;
        let one = walk.currentNode.parentElement;
        const kept = (e) => /isolate|plaintext/.test(getComputedStyle(e).unicodeBidi)
          || /block|flex|grid|list-item|table-cell/.test(getComputedStyle(e).display);
        if (!kept(one)) found.push(one.outerHTML.slice(0, 150));
      }
      return found;
    }""")
    assert loose == []
