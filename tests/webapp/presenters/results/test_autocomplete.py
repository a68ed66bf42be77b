"""The file of what search fields suggest: what is in it, in which language, how small it stays."""

from __future__ import annotations

import random
import string
from typing import Any

import msgspec
from libraries import build, library_of, opened, write_catalogue

from catalog import Catalogue, Question, Series, Term, Topic, Video
from webapp.presenters.results.autocomplete import MOST_BYTES, SuggestionFiles, suggestions


def told(catalogue: Catalogue, *said: Term, language: str = "en") -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(suggestions(catalogue, said, language).body)
    return found


def asking(slug: str, *questions: str, language: str = "en", topics: tuple[str, ...] = ()) -> Video:
    asked = tuple(Question(text) for text in questions)
    return Video(slug, slug, "talks", questions=asked, language=language, topics=topics)


def of_videos(*videos: Video, **more: Any) -> Catalogue:
    return Catalogue((Series("talks", "Talks", videos=videos),), **more)


def test_the_first_question_of_every_video_comes_first_and_each_once() -> None:
    catalogue = of_videos(asking("a", "One?", "Two?"), asking("b"), asking("c", "Three?", "one?"))

    assert told(catalogue)["questions"] == ["One?", "Three?", "Two?"]


def test_questions_are_suggested_in_the_language_of_the_page_alone() -> None:
    translated = Question("Why?", translations={"es": "¿Por qué?"})
    english = Video("a", "A", "talks", questions=(Question("What now?"), translated))
    catalogue = of_videos(english, asking("b", "¿Y ahora?", language="es-MX"))

    assert told(catalogue, language="es")["questions"] == ["¿Por qué?", "¿Y ahora?"]
    assert told(catalogue)["questions"] == ["What now?", "Why?"]


def test_a_topic_has_a_video_and_says_when_its_title_is_in_another_language() -> None:
    stages = Topic("stages", "Stages", translations={"es": {"title": "Estadios"}})
    topics = {"alk": Topic("alk", "ALK"), "empty": Topic("empty", "Nothing"), "stages": stages}
    catalogue = of_videos(asking("a", topics=("stages", "alk")), topics=topics)

    assert told(catalogue)["topics"] == [["ALK", "topic/alk"], ["Stages", "topic/stages"]]
    assert told(catalogue, language="es")["topics"] == [
        ["ALK", "topic/alk", "en"],
        ["Estadios", "topic/stages"],
    ]


def test_a_medicine_has_its_other_names_but_no_numbers_of_the_laboratory() -> None:
    term = Term("cisplatin", "drug", ("Platinol", "NSC-119875"), spanish=("cisplatino",))

    assert told(Catalogue(), term)["medicines"] == [["cisplatin", "Platinol"]]
    assert told(Catalogue(), term, language="es")["medicines"] == [
        ["cisplatin", "cisplatino", "Platinol"]
    ]


def test_only_medicines_that_are_said_are_suggested(tmp_path: Any) -> None:
    library = library_of(tmp_path, {"pills": "I take Tagrisso every day."})
    write_catalogue(tmp_path, GLOSSARY, "glossary.csv")
    build(library)

    file = SuggestionFiles().of(opened(library), "en")

    assert msgspec.json.decode(file.body)["medicines"] == [["osimertinib", "Tagrisso"]]


def test_the_file_of_a_generation_is_made_once(tmp_path: Any) -> None:
    library = library_of(tmp_path, {"pills": "one pill a day"})
    build(library)
    files = SuggestionFiles()
    generation = opened(library)

    assert files.of(generation, "en") is files.of(generation, "en")
    assert files.of(generation, "en") is not files.of(generation, "es")


def test_over_a_large_library_the_file_stays_small() -> None:
    chance = random.Random(1)
    words = ["".join(chance.choices(string.ascii_lowercase, k=9)) for _ in range(50_000)]
    texts = [" ".join(chance.choices(words, k=12)) for _ in range(4_000)]
    catalogue = of_videos(*(asking(f"v{n}", *texts[n * 4 : n * 4 + 4]) for n in range(1000)))

    file = suggestions(catalogue, [], "en")

    assert len(file.packed) <= MOST_BYTES
    assert len(told(catalogue)["questions"]) > 250


GLOSSARY = """\
canonical,kind,variants,related,misspellings,spanish,unsourced,facts,sources,heard
osimertinib,drug,Tagrisso,,,,,,https://example.org,
lorlatinib,drug,Lorbrena,,,,,,https://example.org,
EGFR,gene,,,,,,,https://example.org,
"""
