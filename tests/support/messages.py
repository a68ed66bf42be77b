"""The texts of the interface: gathered from templates and code, compared with a translation.

`make messages` brings every translation up to date and says what is left to do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from paths import ROOT

from webapp.i18n.translations import ENGLISH, LANGUAGES, TRANSLATIONS

ROOM = ROOT / "webapp"
_METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
# As `open_site` sets Jinja up; a text is looked up under exactly the words gathered here.
_OPTIONS = {
    "templates/**.html": {
        "trimmed": "true",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "newstyle_gettext": "true",
        "silent": "false",
    }
}
_HEADER = "# The texts of the site. How to translate them: docs/translating.md"
_PROJECT = "Hope With Answers search"
_NAMES = re.compile(r"%\((\w+)\)[sd]")
_TAGS = re.compile(r"</?\w+[^>]*>")


def gathered(room: Path = ROOM) -> Catalog:
    """Every text that templates and code look up, with the files it is in."""
    found = Catalog(charset="utf-8")
    texts = extract_from_dir(
        room, method_map=_METHODS, options_map=_OPTIONS, comment_tags=("Translators:",)
    )
    for file, _line, text, comments, context in texts:
        found.add(text, locations=[(file, 0)], auto_comments=comments, context=context)
    return found


def read_translation(language: str, folder: Path = TRANSLATIONS) -> Catalog:
    """The translation into a language; an empty one where there is none yet."""
    path = folder / language / "site.po"
    if not path.is_file():
        return Catalog(language, header_comment=_HEADER, project=_PROJECT, version="1", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def write_translation(translation: Catalog, folder: Path = TRANSLATIONS) -> None:
    """Write a translation down, text by text in the order of the alphabet."""
    path = folder / str(translation.locale) / "site.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, translation, width=100, sort_output=True, include_lineno=False)


def brought_up_to_date(translation: Catalog, texts: Catalog) -> Catalog:
    """A translation with every text of the interface in it, and no other; it is changed itself."""
    translation.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    translation.obsolete.clear()
    return translation


def faults(translation: Catalog, texts: Catalog) -> list[str]:
    """What is wrong with a translation, a sentence each; none when all is well."""
    found = [fault for message in texts if message.id for fault in _wrong(message, translation)]
    known = {(message.id, message.context) for message in texts}
    for message in [*translation, *translation.obsolete.values()]:
        if (message.id, message.context) not in known and message.id:
            found.append(f"obsolete: {_english(message)}")
    return found


def _wrong(message: Message, translation: Catalog) -> Iterator[str]:
    name = _english(message)
    known = translation.get(message.id, message.context)
    forms = _forms(known.string) if known else ()
    if known is None or not forms or not all(forms):
        yield f"missing: {name}"
        return
    if known.fuzzy:
        yield f"unsure (fuzzy): {name}"
    if isinstance(message.id, tuple) and len(forms) != translation.num_plurals:
        yield f"needs {translation.num_plurals} forms: {name}"
    for english, other in zip(_originals(message, len(forms)), forms, strict=True):
        if _marks(english) != _marks(other):
            yield f"other placeholders or tags: {name} -> {other}"
        if english.strip() == english and other.strip() != other:
            yield f"begins or ends with a space: {name}"


def _marks(text: str) -> tuple[set[str], Counter[str]]:
    return set(_NAMES.findall(text)), Counter(_TAGS.findall(text))


def _originals(message: Message, forms: int) -> list[str]:
    """The English wording that each form of a translation is held against."""
    one, *many = _forms(message.id)
    return [one, *(many * forms)[: forms - 1]]


def _forms(text: object) -> tuple[str, ...]:
    return tuple(map(str, text)) if isinstance(text, list | tuple) else (str(text or ""),)


def _english(message: Message) -> str:
    return _forms(message.id)[0]


def main() -> None:
    """Bring every translation up to date and print what is left to do."""
    texts = gathered()
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        translation = brought_up_to_date(read_translation(language), texts)
        write_translation(translation)
        left = faults(translation, texts)
        for sentence in left:
            print(f"{language}: {sentence}")
        print(f"{language}: {len(texts)} texts, {len(left)} to mend")


if __name__ == "__main__":
    main()
