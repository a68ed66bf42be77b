from importlib import resources
from pathlib import Path
from textwrap import dedent

import pytest

from catalog import CatalogError, Library, load_catalogue, read_catalogue

SERIES = """\
    slug = "health-talks"
    title = "Health talks"

    [[videos]]
    slug = "how-sleep-works"
    title = "How sleep works"
    """


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


def put(library: Library, **files: str) -> None:
    library.catalog_dir.mkdir(exist_ok=True)
    for name, text in files.items():
        file = library.catalog_dir / name.replace("_csv", ".csv").replace("_toml", ".toml")
        file.write_text(dedent(text), encoding="utf-8")


def problems(library: Library) -> list[str]:
    _, found = read_catalogue(library)
    return [str(problem) for problem in found]


def test_the_shipped_catalogue_has_no_problem(library: Library) -> None:
    catalogue = load_catalogue(library)

    shipped = resources.files("catalog") / "data"
    files = {f.name for f in shipped.iterdir() if f.name.endswith(".toml")}
    assert {f"{series.slug}.toml" for series in catalogue.series} == files - {
        "people.toml",
        "topics.toml",
    }
    assert all(series.videos for series in catalogue.series)


def test_every_shipped_term_has_its_source_and_every_topic_its_terms(library: Library) -> None:
    catalogue = load_catalogue(library)

    names = {term.canonical for term in catalogue.terms}
    assert all(source.startswith("http") for term in catalogue.terms for source in term.sources)
    assert all(term.sources for term in catalogue.terms)
    assert {name for topic in catalogue.topics.values() for name in topic.terms} <= names


def test_every_shipped_intro_leads_on_to_an_in_depth_video(library: Library) -> None:
    catalogue = load_catalogue(library)

    intro = next(series for series in catalogue.series if series.kind == "intro")
    leads = [catalogue.videos[video.next] for video in intro.videos if video.next]
    assert leads
    assert {catalogue.series_of(video).kind for video in leads} == {"in-depth"}


def test_a_folder_with_one_series_uses_the_shipped_people_topics_and_glossary(
    library: Library,
) -> None:
    put(library, talks_toml=SERIES + 'speakers = ["alice-shaw"]\n    topics = ["alk"]\n')

    catalogue = load_catalogue(library)

    assert list(catalogue.videos) == ["how-sleep-works"]
    assert catalogue.names_of(catalogue.videos["how-sleep-works"]) == ("Dr. Alice Shaw",)
    assert any(term.canonical == "lorlatinib" for term in catalogue.terms)


def test_a_glossary_of_ones_own_is_no_problem_for_the_shipped_topics(library: Library) -> None:
    head = "canonical,kind,variants,related,misspellings,spanish,unsourced,facts,sources\n"
    put(library, talks_toml=SERIES, glossary_csv=head + "ALK,gene,,,,,,,https://example.org\n")

    catalogue = load_catalogue(library)

    assert [term.canonical for term in catalogue.terms] == ["ALK"]
    assert catalogue.topics["alk"].terms == ("ALK",)


def test_an_empty_catalogue_folder_is_as_good_as_none(library: Library) -> None:
    library.catalog_dir.mkdir()

    assert len(load_catalogue(library).series) == 2


def test_series_and_videos_of_one_slug_are_reported_with_their_files(library: Library) -> None:
    put(library, a_toml=SERIES, b_toml=SERIES)

    assert problems(library) == [
        "b.toml: health-talks, slug: another series in a.toml has this slug",
        "b.toml: how-sleep-works, slug: another video in a.toml has this slug",
    ]


def test_people_and_topics_of_one_slug_are_reported(library: Library) -> None:
    person = '[[people]]\nslug = "alice"\nname = "Alice"\n'
    put(library, talks_toml=SERIES, people_toml=person * 2)

    assert problems(library) == [
        "people.toml: alice, slug: another person in people.toml has this slug"
    ]


def test_the_problems_of_every_file_are_found_at_once(library: Library) -> None:
    put(
        library,
        broken_toml="slug = ",
        talks_toml=SERIES + 'speakers = ["nobody"]\n    colour = "red"\n',
        topics_toml='[[topics]]\nslug = "T"\ntitle = "T"\n',
    )
    (library.catalog_dir / "latin.toml").write_bytes(b'slug = "caf\xe9"')
    (library.catalog_dir / "folder.toml").mkdir()

    with pytest.raises(CatalogError) as raised:
        load_catalogue(library)

    assert [problem.file for problem in raised.value.problems] == [
        "broken.toml",
        "folder.toml",
        "latin.toml",
        "talks.toml",
        "topics.toml",
        "talks.toml",
    ]
    assert str(raised.value).count("\n") == 5


def test_a_file_that_is_not_utf_8_is_named_with_the_byte(library: Library) -> None:
    put(library, talks_toml=SERIES)
    (library.catalog_dir / "latin.toml").write_bytes(b'slug = "caf\xe9"')

    assert problems(library) == ["latin.toml: this is not UTF-8 text (byte 11)"]


def test_a_byte_order_mark_is_no_problem(library: Library) -> None:
    put(library, talks_toml="\ufeff" + dedent(SERIES))

    assert problems(library) == []


def test_problems_leave_the_rest_usable(library: Library) -> None:
    put(library, broken_toml="slug = ", talks_toml=SERIES)

    catalogue, found = read_catalogue(library)

    assert list(catalogue.videos) == ["how-sleep-works"]
    assert len(found) == 1
