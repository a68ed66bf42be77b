from pathlib import Path

import pytest
from libraries import (
    best,
    build,
    catalogue_of,
    found,
    library_of,
    opened,
    vtt,
    write_captions,
    write_catalogue,
    write_track,
)

from catalog import Catalogue, Correction, Library, MisheardForm, Term, load_catalogue
from indexer import Hit
from indexer.mishearing.detector import MishearingDetector, detector_of
from transcripts import Sentence, Track, Transcript

SHIPPED = load_catalogue(Library(Path("no-such-library")))
TRACK = Track("talk", "en", "auto", "vtt", Path("en.auto.vtt"))
DETECTOR = detector_of(SHIPPED)


def saying(*lines: str, language: str = "en") -> Transcript:
    """A transcript in which each line is a sentence of ten seconds."""
    sentences = (Sentence(n * 10_000, (n + 1) * 10_000, line, 0, 0) for n, line in enumerate(lines))
    return Transcript(Track("talk", language, "auto", "vtt", TRACK.path), (), tuple(sentences))


def heard(
    *lines: str, by: MishearingDetector = DETECTOR, language: str = "en"
) -> list[tuple[str, str]]:
    """What is read in these sentences: the words, and what they probably are."""
    readings = by.found_in(saying(*lines, language=language))
    return [
        (line[one.start : one.end], f"{one.name}{'!' * one.reviewed}")
        for line, of_one in zip(lines, readings, strict=True)
        for one in of_one
    ]


@pytest.mark.parametrize(
    ("line", "words", "name"),
    [
        pytest.param("we gave electinib daily", "electinib", "alectinib", id="another vowel"),
        pytest.param("crasatinib was first", "crasatinib", "crizotinib", id="sounds alike"),
        pytest.param("then osemerdinib", "osemerdinib", "osimertinib", id="d for t"),
        pytest.param("or gephidenab", "gephidenab", "gefitinib", id="ph for f"),
        pytest.param("a fatinib once a day", "fatinib", "afatinib", id="its first letter parted"),
        pytest.param("she takes tagriso", "tagriso", "Tagrisso", id="a brand"),
        pytest.param("on dabrafinib", "dabrafinib", "dabrafenib", id="one of two drugs"),
        pytest.param("lore lat nib is next", "lore lat nib", "lorlatinib", id="three pieces"),
        pytest.param("on key true da", "key true da", "Keytruda", id="a brand in pieces"),
        pytest.param("he took alcensa", "alcensa", "Alecensa", id="seen misspelled"),
        pytest.param("a lung tin ib works", "a lung tin ib", "alectinib", id="a written alias"),
        pytest.param("she has ross one", "ross one", "ROS1", id="an alias for a gene"),
        pytest.param("met exon 14 skipping", "met", "MET", id="a gene beside its word"),
        pytest.param("elk positive disease", "elk", "ALK", id="an animal beside its word"),
        pytest.param("a rett fusion", "rett", "RET", id="a gene before its word"),
    ],
)
def test_a_name_that_was_misheard_is_found(line: str, words: str, name: str) -> None:
    assert heard(line) == [(words, name)]


@pytest.mark.parametrize(
    "line",
    [
        "we met the doctor about the scan",
        "I met a man at the exit",
        "I said all of it",
        "we ret the flax, and an elk ran by",
        "he is very deep into a fast in order to lose weight",
        "a portrait of a machinist, a cicada and a platinum ring",
        "serotonin is exciting",
        "why am I making this distinction, an inherited one",
        "the tarceva a patient takes",
        "cefitinib",  # one letter from two drugs
        "her two children were positive about the news",
        "this is crass, and care is asked for",
    ],
)
def test_ordinary_words_and_what_could_be_two_names_are_left_alone(line: str) -> None:
    assert heard(line) == []


@pytest.mark.parametrize("drug", ["ceritinib", "gefitinib", "crizotinib"])
def test_a_glossary_without_a_drug_does_not_take_it_for_another(drug: str) -> None:
    others = [term for term in SHIPPED.terms if term.canonical != drug]

    assert heard(f"we give {drug} daily", by=MishearingDetector(others)) == []


def test_captions_that_have_the_very_name_misheard_nothing() -> None:
    assert heard("MET exon 14 skipping and MET amplification") == []


def test_a_word_that_has_to_be_near_may_be_so_many_sentences_away() -> None:
    term = Term("ALK", "gene", heard=(MisheardForm("elk", ("fusion",), 2, "sentences"),))
    detector = MishearingDetector([term])

    assert heard("It is elk.", "A fusion, I said.", by=detector) == [("elk", "ALK")]
    assert heard("It is elk.", "So there.", "A fusion, I said.", by=detector) == []


def test_a_language_that_nobody_checked_is_not_compared_by_its_sound() -> None:
    assert heard("electinib", language="fr") == []
    assert heard("electinib", language="es-419") == [("electinib", "alectinib")]
    assert heard("el carboplatino", language="es") == []


def test_a_correction_comes_before_what_is_probable() -> None:
    detector = MishearingDetector(SHIPPED.terms, [Correction("electinib", "lorlatinib")])

    assert heard("on electinib", by=detector) == [("electinib", "lorlatinib!")]


def test_words_that_a_person_found_right_are_left_alone() -> None:
    detector = MishearingDetector(SHIPPED.terms, [Correction("Electinib", "")])

    assert heard("on electinib", "crasatinib", by=detector) == [("crasatinib", "crizotinib")]


def test_a_correction_with_a_time_is_for_the_nearest_place_only() -> None:
    detector = MishearingDetector((), [Correction("elk", "ALK", at_ms=27_000)])

    assert heard("an elk", "nothing", "elk it is", "the end", by=detector) == [("elk", "ALK!")]
    assert detector.found_in(saying("an elk", "nothing", "elk it is"))[0] == ()
    assert heard(*["nothing"] * 9, "an elk", by=detector) == []


def test_a_correction_for_one_video_is_for_no_other() -> None:
    assert heard("elk", by=MishearingDetector((), [Correction("elk", "ALK", video="talk")])) == [
        ("elk", "ALK!")
    ]
    assert heard("elk", by=MishearingDetector((), [Correction("elk", "ALK", video="other")])) == []


def hits(root: Path, talks: dict[str, str], query: str, corrections: str = "") -> tuple[Hit, ...]:
    library = library_of(root, talks)
    write_catalogue(root, corrections, "corrections.toml")
    build(library)
    return opened(library).search(query).hits


TALKS = {
    "misheard": "we begin with electinib today\nand then we wait",
    "other": "the weather was good\nand then we wait",
}
REVIEWED = '[[corrections]]\nheard = "electinib"\nmeant = "alectinib"\n'


@pytest.mark.parametrize("query", ["alectinib", "Alecensa", "how does ALECTINIB work"])
def test_who_asks_for_a_drug_finds_where_it_was_misheard(tmp_path: Path, query: str) -> None:
    (hit,) = hits(tmp_path, TALKS, query)

    assert hit.video == "misheard"
    assert hit.heard == ("alectinib",)
    assert [hit.text[start:end] for start, end in hit.spans] == ["electinib"]


def test_all_the_words_of_a_misheard_name_are_highlighted(tmp_path: Path) -> None:
    (hit,) = hits(tmp_path, {"talk": "next is lore lat nib and so on"}, "lorlatinib")

    assert [hit.text[start:end] for start, end in hit.spans] == ["lore lat nib"]
    assert hit.heard == ("lorlatinib",)


def test_a_hit_for_another_word_does_not_speak_of_what_was_misheard(tmp_path: Path) -> None:
    assert [hit.heard for hit in hits(tmp_path, TALKS, "today")] == [()]


def test_where_the_name_itself_is_said_comes_first(tmp_path: Path) -> None:
    talks = {"misheard": "we begin with electinib today", "said": "we begin with alectinib today"}

    assert [hit.video for hit in hits(tmp_path, talks, "alectinib")] == ["said", "misheard"]


def test_only_the_words_typed_are_searched_exactly(tmp_path: Path) -> None:
    library = library_of(tmp_path, TALKS)
    build(library)

    assert opened(library).search("alectinib", exact=True).hits == ()


def test_the_transcript_stays_as_it_is(tmp_path: Path) -> None:
    line = "We begin with  electinib, a lung tin ib & ross one today."
    library = library_of(tmp_path, {"talk": line})
    content = library.captions_of("talk") / "en.manual.vtt"
    before = content.read_bytes()
    build(library)
    generation = opened(library)

    transcript = generation.transcript("talk")

    assert transcript is not None
    assert [one.text for one in transcript.sentences] == [" ".join(line.split())]
    assert best(generation, "alectinib").text == " ".join(line.split())
    assert content.read_bytes() == before


def test_a_phrase_is_found_across_what_was_misheard(tmp_path: Path) -> None:
    library = library_of(tmp_path, TALKS)
    build(library)
    generation = opened(library)

    assert found(generation, '"begin with electinib today"') == ["misheard"]
    assert found(generation, '"begin with alectinib today"') == []


def test_a_reviewed_name_is_found_as_if_it_were_said(tmp_path: Path) -> None:
    talks = {"misheard": "we begin with electinib today", "said": "we begin with alectinib today"}

    both = hits(tmp_path, talks, '"begin with alectinib today"', REVIEWED)

    assert sorted((hit.video, hit.heard) for hit in both) == [
        ("misheard", ("alectinib (reviewed)",)),
        ("said", ()),
    ]
    assert both[0].score == pytest.approx(both[1].score, rel=0.05)
    assert "electinib" in next(hit.text for hit in both if hit.video == "misheard")


def test_a_name_that_no_glossary_has_is_found_once_reviewed(tmp_path: Path) -> None:
    says = '[[corrections]]\nheard = "tesla mark"\nmeant = "Tess Lamark"\nvideo = "talk"\n'

    (hit,) = hits(tmp_path, {"talk": "I asked tesla mark about it"}, "Lamark", says)

    assert hit.heard == ("Tess Lamark (reviewed)",)


def test_a_reviewed_correction_survives_captions_that_are_fetched_again(tmp_path: Path) -> None:
    says = '[[corrections]]\nvideo = "talk"\nheard = "elk"\nmeant = "ALK"\nat = "0:02"\n'
    write_catalogue(tmp_path, says, "corrections.toml")
    library = library_of(tmp_path, {"talk": "We speak of elk.\nAnd of moose."})
    build(library)
    first = best(opened(library), "ALK")
    shifted = vtt("It begins.\nWith music.\nWe speak of elk.\nAnd of moose.")
    write_captions(library, "talk", shifted)
    report = build(library)

    again = best(opened(library), "ALK")

    assert report.read == ("talk en.manual.vtt",)
    assert again.match_ms == first.match_ms + 10_000
    assert again.heard == first.heard == ("ALK (reviewed)",)
    assert again.text == first.text


def test_a_new_correction_reads_the_video_it_concerns_again_and_no_other(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"one": "electinib is one", "two": "electinib is two"})
    build(library)
    says = '[[corrections]]\nvideo = "two"\nheard = "electinib"\nmeant = ""\n'
    write_catalogue(tmp_path, says, "corrections.toml")

    report = build(library)

    assert (report.read, report.carried) == (("two en.manual.vtt",), 1)
    assert found(opened(library), "alectinib") == ["one"]
    assert not build(library).built


def test_another_glossary_reads_every_track_again(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"one": "electinib is one", "two": "moose positive"})
    build(library)
    glossary = (
        "canonical,kind,variants,related,misspellings,spanish,unsourced,facts,sources,heard\n"
        "ALK,gene,,,,,,,https://example.org/a,moose [positive]\n"
    )
    write_catalogue(tmp_path, glossary, "glossary.csv")

    report = build(library)

    assert len(report.read) == 2
    assert found(opened(library), "ALK") == ["two"]
    assert opened(library).reader.terms.document_frequency("heard:alectinib") == 0


def test_the_readings_of_a_video_are_known_by_sentence(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"talk": "A day.\nOn electinib.\nOn electinib and crasatinib."})
    build(library)
    generation = opened(library)

    assert generation.readings("talk", "en") == {1: ("alectinib",), 2: ("alectinib", "crizotinib")}
    assert generation.readings("talk", "es") == {}


def test_a_catalogue_that_knows_nothing_hears_nothing() -> None:
    assert heard("electinib and ross one", by=detector_of(Catalogue())) == []


def test_a_track_added_later_is_found_with_those_carried_over(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"one": "electinib is one"})
    build(library)
    write_catalogue(tmp_path, catalogue_of({"one": "", "two": ""}))
    write_track(library, "two", "so electinib is two")

    assert build(library).carried == 1
    assert sorted(found(opened(library), "alectinib")) == ["one", "two"]
