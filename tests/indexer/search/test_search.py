"""Search over a small library: the shape of a hit, phrases, exclusions, filters, merged moments."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from libraries import CUE_MS, best, build, found, library_of, opened, write_catalogue, write_track
from memory import in_memory
from msgspec import structs

from catalog import Library
from indexer import Generation, Hit

KEYS = {
    "video", "title", "series", "start_ms", "end_ms", "match_ms", "text", "spans", "speakers",
    "captions", "language", "url", "source_url", "score", "asked", "answer_at", "answer", "heard",
    "goes_on", "turns", "readable", "made_by",
}  # fmt: skip
SERIES = """
    slug = "first-steps"
    title = "First steps"
    kind = "intro"

    [[videos]]
    slug = "pills"
    title = "Pills for ALK"
    youtube = "abcdefghijk"
    speakers = ["tess", "ada"]
    topics = ["drugs"]

    [[videos]]
    slug = "scans"
    title = "Scans"
    page = "https://videos.example/scans"
    speakers = ["ada"]
"""
MORE = """
    slug = "deeper"
    title = "Going deeper"

    [[videos]]
    slug = "trials"
    title = "Trials"
    media = "https://media.example/trials.mp4"
    topics = ["drugs"]
"""
PEOPLE = """
    [[people]]
    slug = "ada"
    name = "Ada Example"

    [[people]]
    slug = "tess"
    name = "Dr. Tess Sample"
    also = ["Teresa Sample"]
"""
TOPICS = """
    [[topics]]
    slug = "drugs"
    title = "Drugs and doses"
"""
PILLS = """
    Welcome to this talk about treatment.
    Lorlatinib reaches the brain, and the treatment is a pill.
    It is taken once a day.
"""
SCANS = """
    A scan shows the brain before treatment.
    Ask for the written report.
"""
TRIALS = """
    A trial compares one treatment with another.
    You may leave a trial at any time.
"""


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    root = tmp_path_factory.mktemp("library")
    library = Library(root)
    write_catalogue(root, SERIES, "first-steps.toml")
    write_catalogue(root, MORE, "deeper.toml")
    write_catalogue(root, PEOPLE, "people.toml")
    write_catalogue(root, TOPICS, "topics.toml")
    write_track(library, "pills", PILLS)
    write_track(library, "pills", "Llega al cerebro.\nEs un tratamiento nuevo.", "es.manual.vtt")
    write_track(library, "scans", SCANS, "en.auto.vtt")
    write_track(library, "trials", TRIALS)
    build(library)
    return opened(library)


def test_a_hit_has_exactly_the_keys_agreed_on() -> None:
    assert {field.name for field in structs.fields(Hit)} == KEYS


def test_a_hit_tells_where_it_comes_from(generation: Generation) -> None:
    hit = best(generation, "lorlatinib in the brain")

    assert (hit.video, hit.title, hit.series) == ("pills", "Pills for ALK", "first-steps")
    assert hit.speakers == ("Dr. Tess Sample", "Ada Example")
    assert (hit.captions, hit.language) == ("manual", "en")
    assert hit.url == f"/watch/pills?t={hit.start_ms // 1000}"
    assert (
        hit.source_url == f"https://www.youtube.com/watch?v=abcdefghijk&t={hit.start_ms // 1000}s"
    )
    assert hit.score > 0


def test_a_hit_shows_whole_sentences_from_the_one_that_answers(generation: Generation) -> None:
    hit = best(generation, "lorlatinib")

    assert hit.text.startswith("Lorlatinib reaches the brain, and the treatment is a pill.")
    assert hit.match_ms == CUE_MS
    assert CUE_MS - 1_000 <= hit.start_ms <= hit.match_ms < hit.end_ms


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("scan", "https://videos.example/scans"),
        ("trial", "https://media.example/trials.mp4#t=0"),
    ],
)
def test_a_hit_leads_to_where_the_video_was_published(
    generation: Generation, query: str, address: str
) -> None:
    assert best(generation, query).source_url == address


def test_spans_point_at_the_words_that_were_searched_for(generation: Generation) -> None:
    hit = best(generation, "is lorlatinib a PILL for brains?")

    assert [hit.text[a:b] for a, b in hit.spans] == ["Lorlatinib", "brain", "pill"]


def test_hits_come_best_first_and_no_more_than_asked_for(generation: Generation) -> None:
    scores = [hit.score for hit in generation.search("treatment brain scan").hits]

    assert scores == sorted(scores, reverse=True)
    assert len(generation.search("treatment", limit=2).hits) == 2


def test_a_phrase_keeps_only_what_says_it_in_a_row(generation: Generation) -> None:
    assert set(found(generation, "leave a trial")) == {"trials"}
    assert found(generation, '"leave a trial"') == ["trials"]
    assert found(generation, '"trial leave"') == []
    assert found(generation, "“reaches the brain”") == ["pills"]


def test_a_minus_takes_out_what_says_the_word(generation: Generation) -> None:
    assert "scans" in found(generation, "brain")
    assert "scans" not in found(generation, "brain -scan")
    assert "pills" not in found(generation, 'brain -"reaches the brain"')


@pytest.mark.parametrize(
    ("filtered", "videos"),
    [
        ("speaker:tess treatment", {"pills"}),
        ("speaker:Teresa treatment", {"pills"}),
        ('speaker:"ada example" treatment', {"pills", "scans"}),
        ("series:deeper treatment", {"trials"}),
        ("series:intro treatment", {"pills", "scans"}),
        ("topic:drugs treatment", {"pills", "trials"}),
        ("SERIES:Intro topic:doses treatment", {"pills"}),
        ("language:es tratamiento", {"pills"}),
        ("speaker:tess series:deeper treatment", set()),
    ],
)
def test_a_filter_leaves_only_its_videos(
    generation: Generation, filtered: str, videos: set[str]
) -> None:
    assert set(found(generation, filtered)) == videos


def test_a_filter_with_a_minus_does_not_mean_its_opposite(generation: Generation) -> None:
    assert "trials" not in found(generation, "-series:deeper treatment")


def test_a_language_filter_leaves_only_its_transcripts(generation: Generation) -> None:
    hits = generation.search("language:es cerebro treatment").hits

    assert {hit.language for hit in hits} == {"es"}


@pytest.mark.parametrize("query", ["speaker:nobody brain", "series: brain", "year:2020 brain"])
def test_an_unknown_filter_is_only_words(generation: Generation, query: str) -> None:
    assert set(found(generation, query)) == {"pills", "scans"}


def test_an_answer_says_which_words_it_understood(generation: Generation) -> None:
    answer = generation.search("What is the treatment, and the Treatment?")

    assert answer.query == "What is the treatment, and the Treatment?"
    assert answer.words == ("treatment",)


def test_moments_that_begin_within_half_a_minute_are_one_moment() -> None:
    talk = "\n".join(f"Part {number} about the biopsy goes on." for number in range(24))

    hits = in_memory({"biopsy": talk}).search("biopsy", limit=50).hits

    assert len(hits) > 1
    starts = sorted(hit.start_ms for hit in hits)
    assert all(later - start >= 30_000 for start, later in pairwise(starts))


def test_the_same_moment_in_two_videos_is_two_hits() -> None:
    words = "The biopsy takes an hour."

    assert sorted(found(in_memory({"one": words, "two": words}), "biopsy")) == [
        "one",
        "two",
    ]


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    talks = {f"common-{n}": "The treatment goes on." for n in range(8)}

    generation = in_memory({**talks, "rare": "The treatment is crizotinib."})

    assert found(generation, "crizotinib treatment")[0] == "rare"


def test_neighbours_in_the_same_video_lend_their_evidence() -> None:
    filler = "\n".join("Nothing much is said." for _ in range(5))
    about = f"Radiation hits the tumor.\n{filler}\nFatigue comes later.\n{filler}"

    generation = in_memory({"alone": f"{filler}\nFatigue comes later.", "about": about})

    assert found(generation, "fatigue radiation")[0] == "about"


def test_english_and_spanish_are_each_stemmed_as_themselves(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": "The tablets are small."})
    write_track(library, "pills", "Los tratamientos son nuevos.", "es.manual.vtt")
    build(library)

    assert [hit.language for hit in opened(library).search("tratamiento").hits] == ["es"]
    assert [hit.language for hit in opened(library).search("tablet").hits] == ["en"]


def test_a_sponsors_message_is_never_held_for_an_answer() -> None:
    message = """
        Our first sponsor is Example Vitamins.
        I found it hard to know which vitamins to take.
        Go to example.com slash talk and use the code TALK at checkout.
    """

    answer = in_memory({"talk": message}).search("which vitamins should I take")

    assert not answer.answered
