from __future__ import annotations

from webapp.rendering.pagination import Page, page_of, typed_number


def test_a_page_is_a_slice_of_the_entries_and_knows_those_around_it() -> None:
    pages = {typed: page_of(typed, 9, 4, "/terms", topic="alk") for typed in (None, "2", "9")}
    one, two, three = (f"/terms?topic=alk&page={number}" for number in (1, 2, 3))

    assert pages == {
        None: Page(1, 3, 0, 4, "", two),
        "2": Page(2, 3, 4, 8, one, three),
        "9": Page(3, 3, 8, 9, two, ""),
    }
    assert [page.beyond_first for page in pages.values()] == [None, 2, 3]
    assert page_of("0", 9, 4, "/") == page_of("two", 9, 4, "/") == page_of(None, 9, 4, "/")


def test_nothing_has_one_empty_page() -> None:
    assert page_of("3", 0, 4, "/terms") == Page(1, 1, 0, 0, "", "")


def test_a_number_is_typed_in_plain_digits_and_not_too_many_of_them() -> None:
    typed = {"7": 7, "007": 7, "": None, "-1": None, "1.5": None, "٣": None, "1" * 10: None}

    assert {text: typed_number(text) for text in typed} == typed
    assert typed_number(None) is None
