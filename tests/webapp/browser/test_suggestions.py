"""Suggestions while typing: by keyboard, by touch, and as a screen reader is told of them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from visitor import Visitor

pytestmark = pytest.mark.browser

QUESTION = "What does stage 4 mean?"


def in_the_tree(page: Page, role: str) -> list[dict[str, Any]]:
    """The nodes of a role in the browser's accessibility tree, each as what it says of itself."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        {"name": node["name"]["value"]}
        | {one["name"]: one["value"].get("value") for one in node["properties"]}
        | {"is": node["backendDOMNodeId"]}
        | {
            one["name"]: [other["backendDOMNodeId"] for other in one["value"]["relatedNodes"]]
            for one in node["properties"]
            if "relatedNodes" in one["value"]
        }
        for node in nodes
        if node.get("role", {}).get("value") == role and not node["ignored"]
    ]


def test_a_question_is_chosen_by_keyboard_and_told_to_a_screen_reader(visit: Visitor) -> None:
    page = visit.page
    page.goto("/")
    field = page.get_by_role("combobox", name="Type it in your own words")
    assert in_the_tree(page, "combobox")[0]["expanded"] is False

    field.click()
    page.keyboard.type("stáge")
    expect(page.get_by_role("option")).to_have_text(["Stages Topic", QUESTION])
    expect(page.locator("#suggestions-told")).to_have_text(
        "2 suggestions. The down arrow goes to them."
    )
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")

    (box,) = in_the_tree(page, "combobox")
    options = in_the_tree(page, "option")
    assert [one["name"] for one in options] == ["Stages Topic", QUESTION]
    assert [one["selected"] for one in options] == [False, True]
    assert (box["expanded"], box["autocomplete"]) == (True, "list")
    assert box["activedescendant"] == [options[1]["is"]]
    assert box["controls"] == [in_the_tree(page, "listbox")[0]["is"]]
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=What+does+stage+4+mean%3F")
    assert visit.complaints == []


def test_the_keys_of_a_combobox_do_what_they_should(visit: Visitor) -> None:
    page = visit.page
    page.goto("/search?q=sta")
    field = page.get_by_role("combobox")
    field.focus()
    page.keyboard.press("End")

    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_have_text(QUESTION)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_text("Stages Topic")
    page.keyboard.press("Home")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("sta")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.focus()
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=xsta")


def test_a_topic_opens_with_a_tap_and_a_medicine_is_searched_by_the_name_typed(
    visit: Visitor,
) -> None:
    page = visit.page
    page.goto("/")
    page.get_by_role("combobox").fill("lorb")
    page.get_by_role("option", name="Lorbrena (lorlatinib) Medicine").click()
    page.wait_for_url("**/search?q=Lorbrena")

    page.get_by_role("combobox").fill("stag")
    page.get_by_role("option", name="Stages Topic").click()
    page.wait_for_url("**/topic/stages")


def test_nothing_is_asked_of_anyone_while_typing_but_the_list_once(visit: Visitor) -> None:
    page = visit.page
    asked: list[str] = []
    page.goto("/es/")
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("combobox").click()
    page.keyboard.type("lorl")
    expect(page.get_by_role("option")).to_have_text(["lorlatinib (Lorbrena) Medicina"])
    page.keyboard.press("Backspace")

    told = [url for url in asked if "/static/" not in url]
    assert [url.removeprefix(visit.site)[:16] for url in told] == ["/suggestions/es."]


def test_without_script_there_is_a_plain_field(visit_without_script: Visitor) -> None:
    page = visit_without_script.page
    page.goto("/")

    expect(page.get_by_role("combobox")).to_have_count(0)
    page.get_by_role("searchbox").fill("stage")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=stage")
