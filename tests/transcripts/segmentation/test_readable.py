from __future__ import annotations

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
