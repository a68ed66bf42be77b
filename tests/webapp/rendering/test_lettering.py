"""Words on cards: in letters that a font here has, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from webapp.rendering.lettering import REGULAR, Lettering, font_of, lettering

# Two texts of a script, and with which font of Debian's they can be written.
SCRIPTS = {
    "Chinese": ("癌症", "四期", "fonts-droid-fallback"),
    "Japanese": ("がんとは", "ステージ", "fonts-droid-fallback"),
    "Arabic": ("السرطان", "العلاجات", "fonts-dejavu-core"),
    "Hebrew": ("סרטן", "שלבים", "fonts-dejavu-core"),
    "Devanagari": ("कैंसर", "चरण", "fonts-lohit-deva"),
}


@pytest.fixture(autouse=True)
def _nothing_is_known() -> Iterator[None]:
    lettering.cache_clear()
    yield
    lettering.cache_clear()


def drawn(text: str) -> bytes:
    """The dots of a text."""
    return b"".join(bytes(font.getmask(run)) for font, run in lettering(text).runs(text, 40))


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_written_in_a_font_of_the_system_that_has_it(script: str) -> None:
    one, other, package = SCRIPTS[script]
    if not (shutil.which("fc-list") and lettering(one).text):
        pytest.skip(f"no font here has it (apt-get install fontconfig {package})")
    written = lettering(one)
    boxes = bytes(font_of(written.faces[-1], 40).getmask("\U0010ffff" * len(one)))

    assert (written.text, lettering(other).text) == (one, other)
    assert written.faces[-1] != REGULAR
    assert [run for _, run in written.runs(one, 40)] == [one]
    assert drawn(one) not in (drawn(other), boxes)
    assert lettering(one).leftwards is (script in ("Arabic", "Hebrew"))


def test_names_of_genes_among_other_letters_stay_in_the_font_that_is_shipped() -> None:
    text = "“第4期 EGFR 癌症”"
    written = lettering(text)
    if not written.text:
        pytest.skip("no font here has it (apt-get install fontconfig fonts-droid-fallback)")

    runs = [(font.path, run) for font, run in written.runs(text, 40)]

    assert [run for _, run in runs] == ["“", "第", "4", "期", " EGFR ", "癌症", "”"]
    assert {path for path, run in runs if run.isascii()} == {REGULAR.path}
    assert drawn(text) != drawn(text.replace("4", "3"))


def test_without_fontconfig_only_what_is_shipped_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)

    assert [lettering(text).text for text, *_ in SCRIPTS.values()] == [""] * len(SCRIPTS)
    assert lettering("“¿Qué?” ≥ 50 % αβ Ж").text == "“¿Qué?” ≥ 50 % αβ Ж"


def test_what_stands_right_to_left_is_never_written_the_other_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("webapp.rendering.lettering._can_set", lambda: False)

    assert lettering("سرطان").text == lettering("कैंसर").text == ""


def test_a_font_that_cannot_be_read_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists = tmp_path / "fc-list"
    lists.write_text(f"#!/bin/sh\nprintf 'Noto Sans\\t80\\t0\\t{tmp_path}/none.ttf\\n'\n")
    lists.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _name: str(lists))

    assert lettering("癌症").text == ""


def test_pictograms_are_left_out_and_nothing_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)

    assert lettering("Hope \u2764\ufe0f\U0001f600 now").text.split() == ["Hope", "now"]
    assert lettering("Stage 3 \u2192 4").text == ""


def test_words_without_spaces_fall_into_lines_and_none_begins_with_a_full_stop() -> None:
    written = lettering("癌症。" * 40 + "EGFR" + "癌症" * 9)
    if not written.text:
        written = Lettering("癌症。" * 40, (REGULAR,))

    lines = written.lines(40, 600)

    assert "".join(lines) == written.text
    assert len(lines) > 1
    assert not any(line.startswith("。") for line in lines)


def test_a_longer_word_than_a_line_is_cut_and_no_space_comes_into_it() -> None:
    lines = lettering("x" * 100 + " and more").lines(40, 600)

    assert "".join(lines).partition(" ")[0] == "x" * 100
