from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from webapp.i18n.translations import Interface, shown_in
from webapp.rendering.environment import counted_text, page_environment, text


def rendered(folder: Path, template: str, **values: object) -> str:
    (folder / "page.html").write_text(template, "utf-8")
    return page_environment(folder).get_template("page.html").render(values)


def test_what_comes_from_elsewhere_is_escaped_in_texts() -> None:
    assert text("Said by %(who)s", who="<b>") == "Said by &lt;b&gt;"
    assert text("Said by %(who)s", who=Markup("<b>A</b>")) == "Said by <b>A</b>"
    assert counted_text("%(num)s <i>", "%(num)s <i> and %(who)s", 2, who="&") == "2 <i> and &amp;"


def test_a_percent_sign_is_one_with_values_and_without() -> None:
    assert text("100%% sure") == "100% sure"
    assert text("100%% sure of %(it)s", it="it") == "100% sure of it"


def test_a_macro_keeps_its_defaults_and_its_caller_and_escapes(tmp_path: Path) -> None:
    template = (
        "{% macro box(word, end='!') %}[{{ word }}{{ end }}"
        "{{ caller() if caller is defined }}]{% endmacro %}"
        "{% for word in words %}{{ box(word) }}{% call box(word, end='') %}{{ word }}{% endcall %}"
        "{% endfor %}"
    )

    assert rendered(tmp_path, template, words=["<"]) == "[&lt;!][&lt;&lt;]"


def test_a_function_is_called_with_what_the_template_gives(tmp_path: Path) -> None:
    def joined(*words: str, by: str) -> str:
        return by.join(words)

    template = "{% for word in ['<'] %}{{ joined(word, 'b', by='-') }}{% endfor %}"

    assert rendered(tmp_path, template, joined=joined) == "&lt;-b"


def test_more_or_fewer_arguments_than_are_named_are_passed_on(tmp_path: Path) -> None:
    template = (
        "{% macro all() %}{{ varargs|join('-') }}{{ kwargs['by'] }}{% endmacro %}"
        "{{ all(*words, by='!') }}"
    )

    assert rendered(tmp_path, template, words=["<", "b"]) == "&lt;-b!"


def test_the_values_of_a_text_stand_where_its_translation_has_them(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        "{% trans number=who %}Call {{ number }}{% endtrans %}", "utf-8"
    )
    pages = [
        page_environment(tmp_path, Interface(language)).get_template("page.html").render(who=who)
        for language, who in (("en", "<1>"), ("es", Markup("<b>2</b>")))
    ]

    assert pages == ["Call &lt;1&gt;", "Llame al <b>2</b>"]


def test_a_name_that_nobody_gave_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        rendered(tmp_path, "{{ nobody }}")


def test_what_is_the_same_on_every_page_of_a_language_is_a_part_of_its_templates(
    tmp_path: Path,
) -> None:
    asked: list[str] = []

    def at(path: str) -> str:
        asked.append(path)
        return f"<{path}>"

    template = '{{ at("/a") }} {{ _("Search") }} {% trans %}Topics{% endtrans %} {{ at(path) }}'
    (tmp_path / "page.html").write_text(template, "utf-8")
    pages = []
    for language in ("en", "es"):
        shown = Interface(language)
        page = page_environment(tmp_path, shown, {"at": at}).get_template("page.html")
        with shown_in(shown):
            pages += [page.render(path="/b"), page.render(path="/c")]

    assert pages == [f"&lt;/a&gt; Search Topics &lt;/{path}&gt;" for path in "bc"] + [
        f"&lt;/a&gt; Buscar Temas &lt;/{path}&gt;" for path in "bc"
    ]
    assert asked == ["/a", "/b", "/c"] * 2


def test_a_macro_that_is_given_too_much_says_so(tmp_path: Path) -> None:
    template = "{% macro box(word) %}{{ word }}{% endmacro %}{{ box('a', size=2) }}"

    with pytest.raises(TypeError, match="'size'"):
        rendered(tmp_path, template)
