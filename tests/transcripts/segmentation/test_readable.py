from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from catalog import Catalogue, Person, Term, usual_forms_of
from transcripts import readable_texts

CATALOGUE = Catalogue(
    terms=(Term("ALK", "gene"), Term("alectinib", "drug", variants=("Alecensa",))),
    people={"shaw": Person("shaw", "Dr. Alice Shaw")},
)


def read(*said: tuple[str, tuple[tuple[int, bool], ...]], language: str = "en") -> list[str]:
    texts, stops = zip(*said, strict=True)
    return readable_texts(texts, stops, usual_forms_of(CATALOGUE, language), language)


def test_sentences_begin_with_a_capital_and_end_with_a_mark() -> None:
    said = "what does alk mean it is a gene"

    assert read((said, ((18, True), (31, False)))) == ["What does ALK mean? It is a gene."]


def test_what_is_read_may_go_on_from_one_sentence_of_the_captions_to_the_next() -> None:
    assert read(("i take", ()), ("alecensa now and dr", ((12, False),)), ("shaw is glad", ())) == [
        "I take",
        "Alecensa now. And Dr.",
        "Shaw is glad",
    ]


def test_a_spanish_question_is_opened_where_it_begins() -> None:
    said = (("sí entonces", ((2, False),)), ("qué es", ()), ("una mutación", ((12, True),)))

    assert read(*said, language="es") == ["Sí. ¿Entonces", "qué es", "una mutación?"]


def test_a_mark_that_is_there_is_not_doubled() -> None:
    assert read(("it works. yes!", ((9, False), (14, False)))) == ["It works. Yes!"]


def test_a_title_that_is_a_part_of_a_word_gets_no_full_stop() -> None:
    assert read(("ask dr shaw about a-dr-b", ())) == ["Ask Dr. Shaw about a-dr-b"]


def test_who_is_spoken_to_stands_before_the_spanish_question() -> None:
    said = ("doctor qué es alk y qué pasa", ((17, True), (28, True)))

    assert read(said, language="es") == ["Doctor, ¿qué es ALK? ¿Y qué pasa?"]


WORDS = st.text(st.sampled_from("abciálßdrİ'’-.,¿?!(“ "), min_size=1, max_size=30)


@given(st.lists(WORDS, min_size=1, max_size=4), st.data(), st.sampled_from(["en", "es", "fr"]))
def test_no_letter_and_no_space_is_changed(
    texts: list[str], data: st.DataObject, language: str
) -> None:
    stops = [
        [(at, data.draw(st.booleans())) for at in word_ends(text) if data.draw(st.booleans())]
        for text in texts
    ]

    read = readable_texts(texts, stops, usual_forms_of(CATALOGUE, language), language)

    assert [one.count(" ") for one in read] == [one.count(" ") for one in texts]
    for before, after in zip(" ".join(texts).split(" "), " ".join(read).split(" "), strict=True):
        assert before.lower() in after.lower()
        assert len(after) <= len(before) + 2


def word_ends(text: str) -> list[int]:
    return list(accumulate((len(word) + 1 for word in text.split(" ")), initial=-1))[1:]
