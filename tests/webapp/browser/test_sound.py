"""The sample can be heard: sound without a picture plays from the second that was asked for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from browser import need_chromium, served
from libraries import sample_library
from paths import SAMPLE
from playwright.sync_api import expect
from visitor import Visitor, wait_until

from indexer import Shelf
from webapp.app import create_app

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SOUND = "document.querySelector('audio')"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    need_chromium()
    library = sample_library(tmp_path_factory.mktemp("sample"))
    library.media_dir.mkdir()
    slug = "alk-when-it-stops-working"
    shutil.copy(SAMPLE / "site" / slug / f"{slug}.m4a", library.media_dir)
    with served(create_app(library, Shelf(library))) as address:
        yield address


def test_sound_plays_from_the_second_of_a_link_and_from_a_sentence(visit: Visitor) -> None:
    page = visit.page
    page.goto("/watch/alk-when-it-stops-working?t=133")
    bar = page.locator(".player").bounding_box()
    assert bar is not None
    assert bar["height"] < 140

    page.locator("audio").evaluate("sound => sound.play()")
    wait_until(page, f"{SOUND}.currentTime > 133.3 && {SOUND}.currentTime < 140")
    line = page.locator(".said a[id][data-ms]").last
    start = int(line.get_attribute("data-ms") or 0) / 1000
    line.click()

    wait_until(page, f"{SOUND}.currentTime > {start + 0.2}")
    expect(page.locator(".said [aria-current]")).to_have_count(1)
    assert not page.locator("audio").evaluate("sound => sound.paused")
    assert visit.complaints == []
