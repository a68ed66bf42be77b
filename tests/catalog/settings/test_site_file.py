"""Who runs a site: the file site.toml, what stands in for it, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from paths import ROOT
from typer.testing import CliRunner

from catalog import (
    CatalogError,
    Library,
    Operator,
    PhoneLine,
    load_operator,
    read_catalogue,
    read_operator_of,
)
from catalog.settings.site_file import read_operator
from hope import app

WHOLE = """
    name = "Example Hospital Library"
    email = "library@example.org"
    phone = "+1 (555) 010-0100"
    post = ["1 Example Street", "Exampleton"]
    address = "https://videos.example.org"
    embed_at = ["https://www.example.org", "https://intranet.example.org:8443"]

    [[lines]]
    name = "Example nurse line"
    number = "1-555-010-0123"
    hours = "day and night"
    language = "en"

    [[trials]]
    name = "Example trials"
    address = "https://trials.example.org/?q={topic}"

    [[urgent]]
    slug = "breath"
    language = "en"
    words = ["can't breathe"]
    heading = "Call now"
    message = "Please call."
    call = [{ name = "Example help", number = "112" }]
"""


def library(root: Path, site: str) -> Library:
    (root / "site.toml").write_text(dedent(site), encoding="utf-8")
    return Library(root)


def problems(root: Path, site: str) -> list[str]:
    return [str(problem) for problem in read_operator_of(library(root, site))[1]]


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    operator = load_operator(library(tmp_path, WHOLE))

    assert operator.name == "Example Hospital Library"
    assert operator.contact == "library@example.org"
    assert operator.tel == "tel:+15550100100"
    assert operator.address == "https://videos.example.org"
    assert operator.embed_at == ("https://www.example.org", "https://intranet.example.org:8443")
    assert [line.hours for line in operator.lines] == ["day and night"]
    assert [one.slug for one in operator.urgent] == ["breath"]
    assert operator.urgent[0].call == (PhoneLine("Example help", "112"),)


def test_without_a_file_the_shipped_words_and_trial_searches_stand(tmp_path: Path) -> None:
    operator = load_operator(Library(tmp_path))

    assert operator.name == operator.contact == ""
    assert {one.language for one in operator.urgent} == {"en", "es"}
    assert [one.name for one in operator.trials] == ["ClinicalTrials.gov", "Antidote Match"]


def test_every_shipped_signpost_has_its_source_and_both_languages(tmp_path: Path) -> None:
    signposts = load_operator(Library(tmp_path)).urgent

    assert all(one.sources for one in signposts)
    for slug in {one.slug for one in signposts}:
        assert {one.language for one in signposts if one.slug == slug} == {"en", "es"}


def test_an_own_list_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    operator = load_operator(library(tmp_path, 'name = "Example"\nurgent = []\ntrials = []\n'))

    assert not operator.urgent
    assert not operator.trials


def test_every_problem_is_reported_at_once_with_file_entry_and_field(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        """
        nmae = "Example"
        email = "nobody"
        phone = 911
        address = "http://videos.example.org"
        embed_at = ["https://www.example.org/", "*"]
        lines = "call us"

        [[urgent]]
        slug = "breath"
        language = "en"
        words = ["can't breathe", "?!"]
        message = ""
        call = [{ name = "Example", number = "call me" }]
        colour = "red"

        [[urgent]]
        slug = "pain"
        language = "en"
        words = []
        heading = "A"
        message = "B"
        """,
    )

    places = [text.split(":")[1].strip() for text in found]
    assert all(text.startswith("site.toml: ") for text in found)
    assert places == [
        "nmae",
        "email",
        "phone",
        "address",
        "embed_at",
        "embed_at",
        "lines",
        "breath (en), words",
        "breath (en), message",
        "breath (en), call",
        "breath (en), colour",
        "breath (en), heading",
        "pain (en), words",
    ]
    assert "there is no such field; the fields are address, email" in found[0]


@pytest.mark.parametrize(
    "origin",
    [
        "https://example.org/page",
        "https://example.org/",
        "http://example.org",
        "https://*.example.org",
        "https://example.org; script-src *",
        "https://example.org\\n",
        "example.org",
        "https://user@example.org",
        "https://",
    ],
)
def test_what_is_no_origin_is_refused(tmp_path: Path, origin: str) -> None:
    assert "is no origin" in problems(tmp_path, f'embed_at = ["{origin}"]')[0]


def test_a_signpost_may_not_be_there_twice_in_one_language(tmp_path: Path) -> None:
    twice = """
        [[urgent]]
        slug = "a"
        language = "en"
        words = ["b"]
        heading = "c"
        message = "d"
        """

    assert "another signpost has this slug" in problems(tmp_path, twice + twice)[0]


@pytest.mark.parametrize("text", ["name =", 'name = "\\ud800"'], ids=["cut off", "surrogate"])
def test_what_is_no_toml_is_a_problem(tmp_path: Path, text: str) -> None:
    assert "this is not valid TOML" in problems(tmp_path, text)[0]


def test_what_is_no_text_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_bytes(b'name = "\xff"')

    assert "this is not UTF-8 text" in str(read_operator_of(Library(tmp_path))[1][0])


def test_a_folder_in_the_place_of_the_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "site.toml").mkdir()

    with pytest.raises(CatalogError, match="this file cannot be read"):
        load_operator(Library(tmp_path))


def test_a_site_file_among_the_series_is_said_to_be_misplaced(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog/site.toml").write_text('name = "Example"\n', encoding="utf-8")

    _, found = read_catalogue(Library(tmp_path))

    assert "site.toml: this file belongs into the library itself" in str(found[0])


def test_check_says_who_runs_the_site(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["--library", str(library(tmp_path, WHOLE).root), "check"])

    assert "The site is run by Example Hospital Library (library@example.org)." in result.stdout


def test_check_reports_a_wrong_site_file_and_leaves_with_2(tmp_path: Path) -> None:
    root = library(tmp_path, 'email = "nobody"').root

    result = CliRunner().invoke(app, ["--library", str(root), "check"])

    assert "site.toml: email: 'nobody' is no email address" in result.stdout
    assert result.exit_code == 2


def test_a_wrong_site_file_keeps_serve_from_starting_and_says_why(tmp_path: Path) -> None:
    root = library(tmp_path, 'email = "nobody"\nnumber = 1').root

    result = CliRunner().invoke(app, ["--library", str(root), "serve", "--port", "0"])

    assert result.exit_code == 2
    assert f"Cannot serve until {root / 'site.toml'} is mended:" in result.stderr
    assert "site.toml: email:" in result.stderr
    assert "site.toml: number:" in result.stderr


def test_the_example_in_the_documentation_is_a_good_one(tmp_path: Path) -> None:
    text = (ROOT / "docs/catalogue.md").read_text(encoding="utf-8")
    example = text.partition("## Who runs the site")[2].split("```")[1].removeprefix("toml")

    operator, found = read_operator_of(library(tmp_path, example))

    assert found == ()
    assert operator.name == "Example Hospital Library"
    assert operator.lines
    assert operator.trials
    assert operator.urgent


@pytest.mark.parametrize("email", ["a@b.org?bcc=c@d.org", "a@b.org&x", "a?b@c.org"])
def test_an_email_address_adds_nothing_to_a_link(email: str) -> None:
    _, problems = read_operator(f'email = "{email}"', Operator())

    assert [problem.field for problem in problems] == ["email"]
