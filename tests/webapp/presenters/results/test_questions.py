from __future__ import annotations

from webapp.presenters.results.questions import LONGEST, TypedQuestion, clean_question


def test_a_question_is_kept_as_it_was_typed() -> None:
    assert clean_question('What does "stage 4" mean -surgery?') == TypedQuestion(
        'What does "stage 4" mean -surgery?'
    )


def test_whitespace_and_control_characters_are_one_space() -> None:
    assert clean_question("  lung\0cancer\r\n\tpain \x1b ").text == "lung cancer pain"


def test_a_half_character_is_dropped() -> None:
    assert clean_question("cough \ud83d").text == "cough"


def test_a_long_question_is_cut_at_a_word_and_says_so() -> None:
    question = clean_question("breath " * 2000)

    assert question.cut
    assert len(question.text) <= LONGEST
    assert question.text.endswith("breath")


def test_a_long_text_without_spaces_is_cut_too() -> None:
    assert clean_question("癌" * 10_000) == TypedQuestion("癌" * LONGEST, cut=True)


def test_a_question_of_just_the_longest_length_is_not_cut() -> None:
    assert not clean_question("x" * LONGEST).cut
