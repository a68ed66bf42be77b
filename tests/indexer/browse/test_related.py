"""What belongs together: found when first asked for, by meaning or else by words."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from fake_model import FakeEncoder
from hits import HIT
from libraries import build, opened, write_catalogue, write_track
from msgspec.structs import replace
from related_talks import CATALOGUE, ON_HAIR, by_meaning, written

from indexer import AlsoAsked, Generation, Hit
from indexer.browse.related import choose_questions
from indexer.browse.related_passages import passage_vectors
from indexer.moments.selection import hits_apart
from indexer.settings import Settings
from indexer.storage.vectors import compressed

SETTINGS = Settings(related_moments=3, related_of_a_video=2, also_asked=3)
ANSWERED_MS = range(36_000, 60_000)


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return by_meaning(written(tmp_path_factory.mktemp("meaning")))


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    library = written(tmp_path_factory.mktemp("words"))
    build(library)
    return opened(library)


def at(video: str, start_ms: int) -> Hit:
    return replace(HIT, video=video, start_ms=start_ms, end_ms=start_ms + 10_000)


def question(text: str, video: str = "one") -> AlsoAsked:
    return AlsoAsked(text, video, 0, "")


def test_moments_are_few_and_fewer_of_one_video_and_do_not_overlap() -> None:
    found = [at("one", 0), at("one", 9_000), at("one", 20_000), at("one", 40_000)]
    others = [at("two", 0), at("three", 0)]

    chosen = hits_apart([*found, *others], 3, 2)

    assert [(hit.video, hit.start_ms) for hit in chosen] == [
        ("one", 0),
        ("one", 20_000),
        ("two", 0),
    ]


def test_a_question_is_neither_itself_nor_said_twice() -> None:
    nearest = [question("Is it a cure?"), question("is it  a CURE"), question("Who pays?", "two")]

    chosen = choose_questions(question("Is it a cure"), [*nearest, nearest[-1]], SETTINGS)

    assert [one.text for one in chosen] == ["Who pays?"]


def test_questions_are_few_of_one_video() -> None:
    nearest = [question(text) for text in "abc"] + [question("d", "two"), question("e", "three")]

    chosen = choose_questions(question("x"), nearest, SETTINGS)

    assert [one.text for one in chosen] == ["a", "b", "d"]


def test_what_all_passages_have_in_common_brings_none_near() -> None:
    rows = np.array([[9, 1, 0], [9, 1, 0.1], [9, -1, 0], [9, -1, 0.1]], np.float32)
    near = passage_vectors(*compressed(rows))

    close = near.to(near.about([np.array([0])]))[0]

    assert close[1] > 0.9
    assert close[2] < 0
    assert close.max() <= 1.01


def test_nothing_is_near_to_no_passages() -> None:
    near = passage_vectors(*compressed(np.eye(3, dtype=np.float32)))

    assert not near.to(near.about([np.arange(0)])).any()


def test_moments_of_others_that_mean_the_same_are_found(generation: Generation) -> None:
    assert {hit.video for hit in generation.related_moments("hair")} == {"wigs", "hats"}


def test_of_a_video_with_curated_answers_only_those_are_shown_and_from_their_beginning(
    generation: Generation,
) -> None:
    moments = [hit for hit in generation.related_moments("hats") if hit.video == "wigs"]

    assert [hit.match_ms for hit in moments] == [ANSWERED_MS.start]
    assert moments[0].end_ms <= ANSWERED_MS.stop


@pytest.mark.parametrize("how", ["generation", "wordy"])
def test_no_moment_is_of_the_video_itself_or_overlaps_another(
    how: str, request: pytest.FixtureRequest
) -> None:
    generation: Generation = request.getfixturevalue(how)
    for video in generation.videos:
        moments = generation.related_moments(video)

        assert video not in {hit.video for hit in moments}
        for one, other in combinations(moments, 2):
            apart = one.end_ms <= other.start_ms or other.end_ms <= one.start_ms
            assert one.video != other.video or apart


def test_a_moment_is_whole_sentences_without_highlights(wordy: Generation) -> None:
    moments = wordy.related_moments("hair")

    assert moments
    assert all(hit.text.endswith(".") and not hit.spans for hit in moments)


@pytest.mark.parametrize("how", ["generation", "wordy"])
def test_questions_with_like_answers_are_also_asked(
    how: str, request: pytest.FixtureRequest
) -> None:
    generation: Generation = request.getfixturevalue(how)

    asked = generation.also_asked("hair", 30_000)

    assert asked[0] == AlsoAsked("When does hair grow again?", "wigs", 36_000, "/watch/wigs?t=36")
    assert generation.also_asked("hair", 31_000) == ()
    assert generation.also_asked("hats", 0) == ()


def test_a_question_asked_in_the_same_words_elsewhere_is_not_also_asked(
    generation: Generation,
) -> None:
    assert [one.text for one in generation.also_asked("meals", 0)] == ["Is soup good?"]


def test_without_meaning_moments_are_found_by_the_words_of_the_questions(
    wordy: Generation,
) -> None:
    assert wordy.reader.vectors is None
    assert {hit.video for hit in wordy.related_moments("hair")} >= {"wigs", "hats"}


@pytest.mark.parametrize("how", ["generation", "wordy"])
def test_of_a_video_without_captions_the_title_is_searched_for(
    how: str, request: pytest.FixtureRequest
) -> None:
    generation: Generation = request.getfixturevalue(how)

    assert {hit.video for hit in generation.related_moments("kitchen")} == {"meals"}


def test_while_passages_lack_a_vector_words_decide(tmp_path: Path, wordy: Generation) -> None:
    library = written(tmp_path)

    generation = by_meaning(library, FakeEncoder(refused="Insurers pay with a letter"))

    assert generation.reader.vectors is not None
    assert generation.reader.vectors.account.lacking
    assert generation.related_moments("hats") == wordy.related_moments("hats")


def test_another_language_comes_behind_the_own(tmp_path: Path) -> None:
    library = written(tmp_path)
    write_track(library, "hats", ON_HAIR, "es.manual.vtt")
    (library.captions_of("hats") / "en.manual.vtt").unlink()

    moments = by_meaning(library).related_moments("hair")

    assert [hit.language for hit in moments] == ["en", "en", "es"]


def test_the_catalogue_decides_anew_what_belongs_together(tmp_path: Path) -> None:
    library = written(tmp_path)
    meaning = FakeEncoder()
    before = by_meaning(library, meaning)
    write_catalogue(tmp_path, CATALOGUE.replace("When does hair grow again?", "Is it soft?"))

    after = by_meaning(library, meaning)

    assert before.also_asked("hair", 30_000)[0].text == "When does hair grow again?"
    assert after.also_asked("hair", 30_000)[0].text == "Is it soft?"


def test_a_model_that_comes_later_decides_anew(tmp_path: Path, wordy: Generation) -> None:
    library = written(tmp_path)
    build(library)

    generation = by_meaning(library)

    assert generation.related_moments("hats") != wordy.related_moments("hats")


def test_what_was_found_once_is_kept(generation: Generation) -> None:
    found = generation.related_moments("hair")

    assert found
    assert generation.related_moments("hair") is found
    assert generation.related_moments("never-heard-of") == ()
