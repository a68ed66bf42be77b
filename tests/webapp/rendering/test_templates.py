"""Templates only lay out what presenters worked out, whose tests see no HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from jinja2 import nodes
from starlette.testclient import TestClient

from webapp.pages import TEMPLATES
from webapp.rendering.environment import page_environment

# A word or a page for each kind: texts stand in templates.
_KINDS = {"kind", "state", "change", "captions", "problem"}
# A time that may be 0, which is the beginning and no lack of a time.
_TIMES = {"start_ms", "next_ms", "at_ms"}
_GLUED = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.Mod, nodes.Concat, nodes.Slice)
# An address is one value; behind it there may be the id of a place on that page.
_ADDRESS = re.compile(r"\b(?:href|src|action)=\"([^\"]*)\"")
_ONE_VALUE = re.compile(r"§(?:#[a-z]+)?|#[a-z-]*§|mailto:§")


def test_a_line_of_a_template_can_be_read_without_scrolling() -> None:
    long = [
        f"{path.name}:{number}"
        for path in sorted(TEMPLATES.glob("*.html"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > 140
    ]

    assert long == []


def _worked_out(source: str) -> Iterator[str]:
    """The nodes of a template that combine facts, compare, count in a condition, or calculate."""
    tree = page_environment(TEMPLATES).parse(source)
    for node in tree.find_all((nodes.And, nodes.Or, *_GLUED)):
        yield f"{node.lineno}: {type(node).__name__}"
    for compared in tree.find_all(nodes.Compare):
        if getattr(compared.expr, "attr", getattr(compared.expr, "name", "")) not in _KINDS:
            yield f"{compared.lineno}: Compare"
    for tested in tree.find_all(nodes.Test):
        if getattr(tested.node, "attr", getattr(tested.node, "name", "")) not in _TIMES:
            yield f"{tested.lineno}: {tested.name}"
    for condition in tree.find_all((nodes.If, nodes.CondExpr)):
        test: nodes.Node = getattr(condition, "test")  # noqa: B009 - both kinds have one
        counted = [test, *test.find_all(nodes.Filter)]
        if any(isinstance(one, nodes.Filter) and one.name == "length" for one in counted):
            yield f"{condition.lineno}: length"
    filled = re.sub(
        r"\{%.*?%\}|\{#.*?#\}", "", re.sub(r"\{\{.*?\}\}", "§", source, flags=re.S), flags=re.S
    )
    for address in _ADDRESS.findall(filled):
        if "§" in address and not _ONE_VALUE.fullmatch(address):
            yield f"address {address}"


def test_no_page_state_is_worked_out_in_a_template() -> None:
    found = [
        f"{path.name}:{what}"
        for path in sorted(TEMPLATES.glob("*.html"))
        for what in _worked_out(path.read_text("utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "{% if examples and not unclear %}x{% endif %}",
        "{% if page.outcome == 'answered' %}x{% endif %}",
        "{% if found|length %}x{% endif %}",
        "{{ at_ms or 0 }}",
        "{{ link('/watch/' ~ slug) }}",
        '<a href="{{ site }}{{ at }}?{{ query }}">x</a>',
        "{{ moment(one, here=player is not none) }}",
    ],
)
def test_what_is_worked_out_is_noticed(source: str) -> None:
    assert [*_worked_out(source)]


PAGES = [
    "/",
    "/search",
    "/search?q=stage+4",
    "/search?q=xyzzy",
    "/watch/first-days",
    "/watch/first-days?t=8&lang=es",
    "/watch/pills?t=30",
    "/watch/elsewhere",
    "/watch/silent",
    "/series/basics",
    "/topic/stages",
    "/topic/costs",
    "/about",
    "/nothing-here",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_its_landmarks_and_one_heading(client: TestClient, path: str) -> None:
    page = client.get(path).text

    assert page.count("<h1") == 1
    assert page.count("<main") == page.count("<header") == page.count("<footer") == 1
    assert page.index('href="#main"') < page.index("<header")
    assert 'lang="en"' in page
    assert re.search(r"<title>\S.*</title>", page)
    assert "not medical advice" in page


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_script_style_or_foreign_addresses(client: TestClient, path: str) -> None:
    page = client.get(path).text

    data = r"<script type=\"application/ld\+json\">|<link rel=\"(canonical|alternate)\""
    page = re.sub(data, "", page)
    assert not re.search(r"<script(?![^>]*\bsrc=\"/static/)|<style|\sstyle=|\son[a-z]+=", page)
    assert not re.search(r"(?:src|poster|srcset|action)=\"(?!/)", page)
    assert not re.search(r"<link[^>]*href=\"(?!/)", page)


@pytest.mark.parametrize("path", PAGES)
def test_ids_are_unique(client: TestClient, path: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', client.get(path).text)

    assert len(ids) == len(set(ids))
