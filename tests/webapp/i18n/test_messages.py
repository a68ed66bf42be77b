from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from babel.messages.catalog import Catalog
from messages import brought_up_to_date, faults, gathered, read_translation

from webapp.i18n.translations import ENGLISH, LANGUAGES, TRANSLATIONS

OTHERS = [language for language in LANGUAGES if language != ENGLISH]


def texts(*messages: str | tuple[str, str]) -> Catalog:
    """The texts of an interface that says only this."""
    catalogue = Catalog()
    for message in messages:
        catalogue.add(message)
    return catalogue


def spanish(**said: str | tuple[str, ...]) -> Catalog:
    """A translation of single words."""
    catalogue = Catalog(locale="es")
    for english, other in said.items():
        catalogue.add(english, other)
    return catalogue


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_none_is_left_over(language: str) -> None:
    found = faults(read_translation(language), gathered())

    assert found == [], f"run `make messages`, then mend {TRANSLATIONS / language / 'site.po'}"


def test_a_text_without_a_translation_is_a_fault() -> None:
    assert faults(spanish(), texts("Help")) == ["missing: Help"]
    assert faults(spanish(Help=""), texts("Help")) == ["missing: Help"]
    assert faults(spanish(), texts(("%(num)s video", "%(num)s videos"))) == [
        "missing: %(num)s video"
    ]


def test_a_translation_that_nobody_is_sure_of_is_a_fault() -> None:
    translation = Catalog(locale="es")
    translation.add("Help", "Ayuda", flags=["fuzzy"])

    assert faults(translation, texts("Help")) == ["unsure (fuzzy): Help"]


def test_a_translation_that_nobody_needs_is_a_fault() -> None:
    assert faults(spanish(Help="Ayuda", Gone="Ido"), texts("Help")) == ["obsolete: Gone"]


@pytest.mark.parametrize(
    ("english", "other"),
    [
        ("%(num)s of %(all)s", "%(num)s"),
        ("Recorded %(day)s", "Grabado %(dia)s"),
        ("a <b>c</b>", "a c"),
        ("<bdi>%(name)s</bdi>", "<b>%(name)s</b>"),
    ],
)
def test_placeholders_and_tags_stay_as_they_are(english: str, other: str) -> None:
    translation = Catalog(locale="es")
    translation.add(english, other)

    assert faults(translation, texts(english)) == [
        f"other placeholders or tags: {english} -> {other}"
    ]


def test_one_and_many_are_both_translated() -> None:
    pair = ("%(num)s video", "%(num)s videos")
    translation = Catalog(locale="es")
    translation.add(pair, ("%(num)s video", ""))

    assert faults(translation, texts(pair)) == ["missing: %(num)s video"]


def test_what_was_translated_is_kept_when_texts_change() -> None:
    before = spanish(Help="Ayuda", Gone="Ido")

    after = brought_up_to_date(before, texts("Help", "New"))

    assert {str(message.id): message.string for message in after if message.id} == {
        "Help": "Ayuda",
        "New": None,
    }
    assert faults(after, texts("Help", "New")) == ["missing: New"]


def test_texts_are_gathered_from_templates_and_code(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.html").write_text(
        dedent("""\
            {{ _("One") }}
            {% trans name=x %}
              Two
              {{ name }}
            {% endtrans %}
            {{ ngettext("%(num)s a", "%(num)s b", 2) }}
        """)
    )
    (tmp_path / "code.py").write_text('SAID = N_("Three")\nTOLD = gettext("Four")\n')

    found = {message.id for message in gathered(tmp_path) if message.id}

    assert found == {"One", "Two %(name)s", ("%(num)s a", "%(num)s b"), "Three", "Four"}
