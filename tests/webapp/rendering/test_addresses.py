from __future__ import annotations

from webapp.rendering.addresses import (
    WatchLinks,
    choose_path,
    moment_key,
    query_of,
    search_path,
    watch_path,
    without_scheme,
)


def test_a_query_leaves_out_what_is_not_known() -> None:
    assert query_of(t=0, lang="", q="cough & cold", part=None) == "?t=0&q=cough%20%26%20cold"
    assert query_of() == query_of(q="") == ""


def test_pages_have_addresses_of_what_they_show() -> None:
    assert watch_path("talk") == "/watch/talk"
    assert watch_path("talk", 83_900, "es", "¿qué?", "found") == (
        "/watch/talk?t=83&lang=es&q=%C2%BFqu%C3%A9%3F#found"
    )
    assert search_path("side effects", exact=True) == "/search?q=side%20effects&exact=1"
    assert choose_path("talk", "en", 8_500, 20_000) == (
        "/quote/talk/choose?lang=en&from=8.5&to=20.0"
    )
    assert without_scheme("https://hope.example/a") == "hope.example/a"


def test_a_moment_on_a_list_ends_with_the_second_that_holds_its_end() -> None:
    assert moment_key("talk", 83_900, 120_001, "en") == "talk~83-121~en"
    assert moment_key("talk", 4_000, 20_000) == "talk~4-20"
    assert moment_key("talk", 4_000) == "talk~4"


def test_links_on_a_page_keep_what_is_shown_on_it() -> None:
    plain, rich = WatchLinks(), WatchLinks("es", "cáncer", part=2)

    assert plain.second(4_500) == "?t=4"
    assert plain.sentence(4_500, "s4500") == "?t=4#s4500"
    assert plain.landing(4_500, "s4500") == "#s4500"
    assert plain.captions("es", None) == "?lang=es"
    assert rich.second(0) == "?t=0&lang=es&q=c%C3%A1ncer"
    assert rich.sentence(4_500, "s4500") == "?t=4&lang=es&q=c%C3%A1ncer&part=2#s4500"
    assert rich.sentence(9_000, "s9000", 3) == "?t=9&lang=es&q=c%C3%A1ncer&part=3#s9000"
    assert rich.landing(4_500, "s4500") == rich.sentence(4_500, "s4500")
    assert rich.to_part(1) == "?part=1&lang=es&q=c%C3%A1ncer#transcript"
    assert rich.captions("en", 4_500) == "?t=4&lang=en&q=c%C3%A1ncer"


def test_parts_are_not_named_where_there_is_only_one() -> None:
    assert WatchLinks().sentence(1_000, "s1000", 1) == "?t=1#s1000"
