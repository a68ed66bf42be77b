import pytest

from catalog import Question, base_language


@pytest.mark.parametrize(
    ("question", "span"),
    [
        (Question("Why?"), None),
        (Question("Why?", 5_000), (5_000, 65_000)),
        (Question("Why?", 0, 9_000), (0, 9_000)),
    ],
)
def test_an_answer_without_an_end_lasts_a_minute(
    question: Question, span: tuple[int, int] | None
) -> None:
    assert question.answer_span == span


def test_a_time_just_ahead_of_an_answer_counts_where_that_is_wanted() -> None:
    question = Question("Why?", 5_000)

    assert question.is_answered_at(5_000)
    assert not question.is_answered_at(65_000)
    assert not question.is_answered_at(4_000)
    assert question.is_answered_at(4_000, before_ms=1_000)
    assert not Question("Why?").is_answered_at(0)


def test_a_language_is_the_same_in_every_region_and_however_it_is_written() -> None:
    assert {base_language(tag) for tag in ("es", "es-419", "es_MX", "ES-mx")} == {"es"}
