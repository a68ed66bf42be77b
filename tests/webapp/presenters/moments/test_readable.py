from __future__ import annotations

import re

from hits import HIT
from msgspec.structs import replace

from webapp.presenters.moments.readable import as_read, behind_asking, readable_hit


def test_a_hit_is_read_with_its_punctuation_and_everything_in_its_place() -> None:
    hit = replace(
        HIT,
        text="what does alk mean it is a gene dr shaw said so",
        readable="What does ALK mean? It is a gene. Dr. Shaw said so.",
        spans=((10, 13), (27, 31)),
        answer_at=19,
        answer=(19, 31),
        turns=((0, "", 0), (19, "", 1)),
    )

    read = readable_hit(hit)

    assert read.text == "What does ALK mean? It is a gene. Dr. Shaw said so."
    assert [read.text[start:end] for start, end in read.spans] == ["ALK", "gene"]
    assert read.text[read.answer_at :].startswith("It is")
    assert read.text[slice(*read.answer)] == "It is a gene."
    assert [read.text[at : at + 4] for at, _, _ in read.turns] == ["What", "It i"]


def test_a_cut_is_before_an_opening_question_mark_and_a_highlight_behind_it() -> None:
    hit = replace(
        HIT,
        text="bien qué es alk",
        readable="Bien. ¿Qué es ALK?",
        spans=((5, 8),),
        answer_at=5,
        turns=((0, "", 0), (15, "", 1)),
    )

    read = readable_hit(hit)

    assert read.text[read.answer_at :] == "¿Qué es ALK?"
    assert [read.text[start:end] for start, end in read.spans] == ["Qué"]
    assert read.turns[-1][0] == len(read.text)


def test_a_hit_with_punctuation_of_its_own_is_left_as_it_is() -> None:
    assert readable_hit(HIT) is HIT


def test_a_highlight_over_several_words_keeps_them_all() -> None:
    text, read = "stage four non small cell", "Stage four. Non small cell."

    said = as_read(text, read, ((0, 10), (11, 20)))

    assert [one.text for one in said if one.mark] == ["Stage four", "Non small"]
    assert "".join(one.text for one in said) == read
    assert as_read(text, "", ())[0].text == text


def test_the_sentence_that_answers_is_whole_as_it_is_read() -> None:
    hit = replace(
        HIT,
        text="does it help the pill works for dr shaw and most and so we wait",
        readable="Does it help? The pill works for Dr. Shaw and most. And so we wait.",
        answer_at=13,
        answer=(22, 44),
    )

    read = readable_hit(hit)

    start, end = read.answer
    assert read.text[start:end] == "The pill works for Dr. Shaw and most."


def test_a_sentence_that_never_ends_is_not_shown_whole() -> None:
    text = "so " + "it helps and " * 40 + "we wait"
    hit = replace(HIT, text=text, readable=text.capitalize() + ".", answer=(3, 28))

    start, end = readable_hit(hit).answer

    assert (start, end) == (3, 28)


def test_a_question_does_not_swallow_its_answer() -> None:
    hit = replace(
        HIT,
        text="what does it mean i love that question it is a gene",
        readable="What does it mean? I love that question. It is a gene.",
        answer_at=39,
        answer=(39, 51),
    )

    read = readable_hit(hit)

    assert read.text[: read.answer_at] == "What does it mean? "
    assert read.text[slice(*read.answer)] == "It is a gene."


def test_the_reply_answers_and_not_the_question_before_it() -> None:
    read = (
        "Now the hard part which is the waiting. How long do the results take? Two weeks. "
        "Sometimes three and we call you as soon as they are there. Then we meet."
    )
    text = re.sub(r"[.?]", "", read).lower()
    hit = replace(HIT, text=text, readable=read, answer=(0, text.index(" two")))

    shown = readable_hit(hit)

    assert shown.text[slice(*shown.answer)] == (
        "Two weeks. Sometimes three and we call you as soon as they are there."
    )


def test_behind_a_question_that_the_catalogue_knows_the_answer_begins() -> None:
    text = (
        "And please call us. A lady was told to just start. Is it okay to start treatment before "
        "the results are back. I would rather wait a few days, if there are no symptoms. Ask us."
    )
    hit = replace(HIT, text=text, answer=(0, 19))

    shown = behind_asking(hit, "Is it okay to start treatment before the results are back?")

    assert text[slice(*shown.answer)] == (
        "I would rather wait a few days, if there are no symptoms. Ask us."
    )
    assert behind_asking(hit, "What does a scan cost?") is hit
