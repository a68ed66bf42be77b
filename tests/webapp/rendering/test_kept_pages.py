from __future__ import annotations

from memory import in_memory
from starlette.responses import Response

from webapp.rendering.kept_pages import KeptPages, kept_page


def page(text: str) -> Response:
    return Response(text, headers={"Cache-Control": "private"}, media_type="text/html")


def test_the_page_that_nobody_asked_for_longest_makes_room() -> None:
    generation, pages = in_memory({"one": "Hello."}), KeptPages(most_bytes=25)
    assert pages.find(generation, "a") is None
    for name in "ab":
        pages.keep(generation, name, kept_page(page(name * 10)))
    assert pages.find(generation, "a")
    pages.keep(generation, "c", kept_page(page("c" * 10)))

    assert [name for name in "abc" if pages.find(generation, name)] == ["a", "c"]


def test_what_was_written_for_a_generation_before_is_not_kept() -> None:
    old, new, pages = in_memory({"one": "Hello."}), in_memory({"one": "Hello."}), KeptPages()
    pages.find(old, "a")
    pages.find(new, "a")
    pages.keep(old, "a", kept_page(page("old")))

    assert pages.find(new, "a") is None


def test_a_mark_is_of_what_a_page_holds() -> None:
    one, same, other = (kept_page(page(text)).headers["etag"] for text in ("a", "a", "b"))

    assert one == same != other
