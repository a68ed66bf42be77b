import pytest

from transcripts.segmentation.questions import asks, is_marked_question


@pytest.mark.parametrize(
    "text",
    [
        "so what is a biomarker",
        "what does that mean",
        "and how long does it take",
        "which drug should I take first",
        "does that mean I need another scan",
        "okay can you tell us about that",
        "is there a trial for me",
        "have you seen that",
        "what about side effects",
        "what if it stops working",
        "what happens if it comes back",
        "why isn't it working",
        "what's the difference",
        "how many patients does this help you know",
        "where were those tumors",
        "who is a candidate for this",
        "so is it the same as hospice",
        "so am i a guinea pig",
        "does a biopsy hurt",
        "where does it spread",
    ],
)
def test_a_question_is_known_by_how_it_begins(text: str) -> None:
    assert asks(text.split(), fresh=True)


@pytest.mark.parametrize(
    "text",
    [
        "what I tell my patients is",
        "what we have seen is progress",
        "what happens is that it grows",
        "what patients can do is ask",
        "what is important is that you ask",
        "what's important is the test",
        "how people do that varies",
        "when I was diagnosed it was late",
        "when you have a biopsy",
        "which is why we test",
        "have a good team",
        "had my scan in March",
        "so it is what we hoped for",
        "now is a friend",
        "and so am i if that changes",
        "so do we",
        "why would they oh that hurts",
        "when MET is the window and please do not mix them up",
        "so",
        "",
    ],
)
def test_a_statement_is_no_question(text: str) -> None:
    assert not asks(text.split(), fresh=True)


@pytest.mark.parametrize(
    "text", ["is that the tumor grows", "who is about to retire", "are the side effects we see"]
)
def test_the_rest_of_a_sentence_is_no_question(text: str) -> None:
    assert not asks(text.split(), fresh=False)


@pytest.mark.parametrize(
    "text", ["Really?", "Vraiment ?", "¿Qué es", 'She said "why?"', "本当ですか？", "« Qui ? »"]
)
def test_a_mark_makes_a_question(text: str) -> None:
    assert is_marked_question(text)


@pytest.mark.parametrize(
    "text",
    ["And that is a blood test, right?", "Two tablets a day, okay?", "Right?", "Sí, ¿verdad?"],
)
def test_a_tag_alone_asks_nothing(text: str) -> None:
    assert not is_marked_question(text)


@pytest.mark.parametrize("text", ["So does that mean a scan, right?", "Is that right?"])
def test_a_question_with_a_tag_is_a_question(text: str) -> None:
    assert is_marked_question(text)


@pytest.mark.parametrize("text", ["Really.", "Why? I said.", "What is it", ""])
def test_without_a_mark_at_the_end_it_is_none(text: str) -> None:
    assert not is_marked_question(text)
