import pytest

from transcripts.model import Word
from transcripts.segmentation.sentences import sentences_of


def words(text: str, pauses: dict[str, int] | None = None, turns: str = "") -> list[Word]:
    """Words of 200 ms each; `pauses` gives the silence before a word, `turns` new speakers."""
    spoken: list[Word] = []
    now = 0
    for one in text.split():
        now += (pauses or {}).get(one, 0)
        spoken.append(Word(one, now, now + 200, turn=one in turns.split()))
        now += 200
    return spoken


def cut(text: str, **more: object) -> list[str]:
    return [sentence.text for sentence in sentences_of(words(text, **more))]  # type: ignore[arg-type]  # as in `words`


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        pytest.param(
            "I asked. He said no. So I left.",
            ["I asked.", "He said no.", "So I left."],
            id="full stops",
        ),
        pytest.param("Ask Dr. Shaw. She knows.", ["Ask Dr. Shaw.", "She knows."], id="a title"),
        pytest.param(
            "In the U.S. Food and Drug Administration it is. Yes.",
            ["In the U.S. Food and Drug Administration it is.", "Yes."],
            id="letters before a name",
        ),
        pytest.param(
            "It was approved in the U.S. in 2015 and in the E.U. later. Good.",
            ["It was approved in the U.S. in 2015 and in the E.U. later.", "Good."],
            id="letters in a sentence",
        ),
        pytest.param(
            "She came to the U.S. The nurse was kind in Washington D.C. They stayed.",
            ["She came to the U.S.", "The nurse was kind in Washington D.C.", "They stayed."],
            id="letters that end a sentence",
        ),
        pytest.param(
            "Since Jan. 5 Genentech Inc. pays. Call.",
            ["Since Jan. 5 Genentech Inc. pays.", "Call."],
            id="other abbreviations",
        ),
        pytest.param("Some, e.g. ALK. Yes.", ["Some, e.g. ALK.", "Yes."], id="e.g."),
        pytest.param(
            "A dose of 3.5 grams. Fine.", ["A dose of 3.5 grams.", "Fine."], id="a decimal"
        ),
        pytest.param(
            "It is hepatitis C. The scan shows it.",
            ["It is hepatitis C.", "The scan shows it."],
            id="a letter",
        ),
        pytest.param(
            "I saw Jack H. West. He left.", ["I saw Jack H. West.", "He left."], id="an initial"
        ),
        pytest.param("Trial No. 5 is open. Ask.", ["Trial No. 5 is open.", "Ask."], id="a number"),
        pytest.param(
            "At 9 a.m. we met. At 5 p.m. Then home.",
            ["At 9 a.m. we met.", "At 5 p.m.", "Then home."],
            id="hours",
        ),
        pytest.param(
            "I thought... well, no. Yes.",
            ["I thought... well, no.", "Yes."],
            id="a pause in thought",
        ),
        pytest.param('He said "why?" I left.', ['He said "why?"', "I left."], id="a quote"),
        pytest.param("Ça va ? Oui. Bien.", ["Ça va ?", "Oui.", "Bien."], id="French spacing"),
        pytest.param("¿Qué es? Es un gen. ¡Sí!", ["¿Qué es?", "Es un gen.", "¡Sí!"], id="Spanish"),
        pytest.param("まず。 次に？ はい。", ["まず。", "次に？", "はい。"], id="Japanese"),
    ],
)
def test_punctuated_speech_is_cut_at_its_full_stops(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


def test_a_change_of_speaker_always_cuts() -> None:
    assert cut("we test first and you", turns="and") == ["we test first", "and you"]


def test_a_sentence_knows_its_words_times_and_speaker() -> None:
    spoken = [Word("So", 0, 100, speaker="Alice"), Word("what?", 500, 900, speaker="Alice")]

    (sentence,) = sentences_of(spoken)

    assert (sentence.first, sentence.last) == (0, 2)
    assert (sentence.start_ms, sentence.end_ms) == (0, 900)
    assert (sentence.speaker, sentence.question) == ("Alice", True)


def test_speech_without_punctuation_is_cut_where_it_pauses() -> None:
    text = "the scan was clear after three months then the tumor came back in spring"

    assert cut(text, pauses={"then": 1200}) == [
        "the scan was clear after three months",
        "then the tumor came back in spring",
    ]


def test_a_pause_behind_a_word_that_leads_on_does_not_cut() -> None:
    text = "the scan was clear after three months and the tumor came back in spring"

    assert cut(text, pauses={"tumor": 1200}) == [text]


def test_long_speech_without_punctuation_is_cut_at_openers_and_never_too_long() -> None:
    text = " ".join(["we give the drug every day for a month", "so it works well"] * 12)

    sentences = cut(text)

    assert all(4 <= len(sentence.split()) <= 26 for sentence in sentences)
    assert all(sentence.startswith(("we", "so")) for sentence in sentences)
    assert " ".join(sentences) == text


def test_no_cut_leaves_an_article_or_and_behind() -> None:
    text = " ".join(["targeted drugs shrink the tumor and a"] * 20)

    assert not any(sentence.endswith((" the", " and", " a")) for sentence in cut(text)[:-1])


def test_a_question_in_unpunctuated_speech_is_marked() -> None:
    spoken = words("so what is a biomarker it is a sign in the blood", {"it": 1500})

    assert [s.question for s in sentences_of(spoken)] == [True, False]


def test_punctuated_speech_asks_only_with_a_mark() -> None:
    spoken = words("What you can do is ask. Is it the best? Can you see. Do it. Now.")

    assert [s.question for s in sentences_of(spoken)] == [False, True, False, False, False]


def test_a_word_of_a_million_marks_is_no_trouble() -> None:
    assert len(sentences_of([Word("!?" * 500_000 + "a", 0, 1), Word("b", 1, 2)])) >= 1


def test_no_words_make_no_sentences() -> None:
    assert sentences_of([]) == ()


def test_sentences_count_the_changes_of_speaker_before_them() -> None:
    found = sentences_of(words("we test first. and you. so do I.", turns="and so"))

    assert [sentence.turn for sentence in found] == [0, 1, 2]


def test_one_who_is_named_again_is_no_other_speaker() -> None:
    said = [Word("Yes.", 0, 9, speaker="ANN"), Word("So.", 9, 18, speaker="ANN", turn=True)]

    assert [sentence.turn for sentence in sentences_of(said)] == [0, 0]


def test_a_sentence_ends_where_its_speaker_is_not_known_any_more() -> None:
    said = [Word("yes", 0, 9, speaker="ANN"), Word("and", 9, 18)]

    assert [(s.text, s.speaker) for s in sentences_of(said)] == [("yes", "ANN"), ("and", "")]
