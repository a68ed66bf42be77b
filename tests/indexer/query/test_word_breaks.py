"""Words that are joined, split or dictated, by what an index says; and no medicine is another."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from memory import in_memory

from indexer import Generation
from indexer.analysis.tokenizer import fold
from indexer.mishearing.similarity import OTHER_DRUGS, SPANISH_DRUGS
from indexer.query.expansion import Lexicon

TALKS = {
    "pseudo": "We call it pseudoprogression when a scan looks worse.",
    "fog": "Chemo brain makes it hard to find words.",
    "second": "Getting a second opinion never offends a good doctor.",
    "scope": "A broncho scopy is done with a thin tube.",
    "mail": "You can send an e-mail to the nurse.",
    "osi": "Osimertinib is a pill that is taken once a day.",
    "lobe": "A lobectomy takes out a whole lobe.",
    "name": "Doctor O’Connor and Jean-Luc were there.",
    "pembro": "Pembrolizumab is given through a vein.",
}


@pytest.fixture(scope="module")
def generation() -> Generation:
    return in_memory(TALKS)


@pytest.fixture(scope="module")
def lexicon(generation: Generation) -> Lexicon:
    return Lexicon(generation.reader)


@pytest.mark.parametrize(
    ("asked", "video"),
    [
        ("pseudo progression", "pseudo"),
        ("pseudo-progression", "pseudo"),
        ("chemobrain", "fog"),
        ("chemo-brain", "fog"),
        ("secondopinion", "second"),
        ("bronchoscopy", "scope"),
        ("email", "mail"),
        ("e mail", "mail"),
        ("osimer-tinib", "osi"),
        ("osimer tinib", "osi"),
        ("osi\u200bmer\u00adtinib", "osi"),
        ("lob ectomy", "lobe"),
        ("oconnor", "name"),
        ("o connor", "name"),
        ("jeanluc", "name"),
    ],
)
def test_words_joined_or_split_are_found_as_they_are_said(
    asked: str, video: str, generation: Generation
) -> None:
    assert [hit.video for hit in generation.search(asked).hits][:1] == [video]


@pytest.mark.parametrize(
    ("dictated", "name"),
    [
        ("key truda", "Keytruda"),
        ("tag risso", "Tagrisso"),
        ("tag riso", "Tagrisso"),
        ("oh simmer tin ib", "osimertinib"),
        ("a lessen sa", "Alecensa"),
        ("lore bray na", "Lorbrena"),
        ("lore latin ib", "lorlatinib"),
        ("opp diva", "Opdivo"),
        ("in fin zee", "Imfinzi"),
        ("pem bro liz you mab", "pembrolizumab"),
        ("rye bre vant", "Rybrevant"),
        ("gil o trif", "Gilotrif"),
        ("tess entric", "Tecentriq"),
        ("so to rasib", "sotorasib"),
        ("a lim ta", "Alimta"),
        ("sis platin", "cisplatin"),
        ("e top oh side", "etoposide"),
        ("vis im pro", "Vizimpro"),
        ("new monitis", "pneumonitis"),
        ("liquid bio see", "biopsy"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "does {} cause a rash", "I take {} every day"])
def test_a_dictated_name_is_the_one_that_it_sounds_like(
    dictated: str, name: str, around: str, lexicon: Lexicon
) -> None:
    asked = around.format(dictated)

    found = lexicon.respeller.found_in(asked)

    assert [fold(one.name or "".join(one.terms)) for one in found] == [fold(name)]
    assert asked[found[0].start : found[0].end] in dictated


def test_a_dictated_name_is_searched_shown_and_suggested(generation: Generation) -> None:
    answer = generation.search("oh simmer tin ib every day")

    assert answer.hits[0].video == "osi"
    assert "osimertinib" in answer.also
    assert answer.suggestions == ("osimertinib every day",)


@pytest.mark.parametrize(
    "said",
    [
        "my nan only wants to potter about at home",
        "neural circuits for aggression",
        "can you tell me how to take it a day",
        "chemo brain",
        "a three d picture",
        "is it in the lung",
        "a nurse and a sister in a room",
        "how do i tell my kids at home",
        "my taste is gone",
    ],
)
def test_ordinary_words_are_no_dictated_name(said: str, lexicon: Lexicon) -> None:
    assert lexicon.respeller.found_in(said) == ()


@pytest.mark.slow
def test_no_medicine_becomes_another_misspelled_or_in_pieces(lexicon: Lexicon) -> None:
    medicine = {name: name for name in OTHER_DRUGS | SPANISH_DRUGS} | dict(_names(lexicon))
    names = [name for name in medicine if len(name) >= 6]
    became = [
        (typed, name, other)
        for name in sorted(names)
        for typed in _slips(name)
        if typed not in medicine
        for other in _found(lexicon, typed)
        if medicine.get(fold(other), medicine[name]) != medicine[name]
    ]

    assert len(names) > 350
    assert became == []


def _names(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for term in lexicon.glossary:
        if term.kind == "drug":
            yield from (
                (fold(name), term.canonical)
                for name in (term.canonical, *term.variants, *term.spanish)
                if fold(name).isalpha()
            )


def _slips(name: str) -> Iterator[str]:
    """One letter left out, doubled, swapped or another; and the name in two pieces."""
    choose = random.Random(name)
    for at in range(len(name)):
        yield name[:at] + name[at + 1 :]
        yield name[:at] + choose.choice("aeiouylrtnms") + name[at + 1 :]
        yield name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]
    for at in range(2, len(name) - 1):
        yield f"{name[:at]} {name[at:]}"


def _found(lexicon: Lexicon, typed: str) -> Iterator[str]:
    yield from (one.shown for one in lexicon.speller.near(typed))
    yield from (one.name for one in lexicon.respeller.found_in(typed) if one.name)
