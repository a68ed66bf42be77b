"""Every sentence in which a term is said: all of them, each once, in order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from small_site import quietly

from catalog import Library, Term, load_catalogue
from indexer import Generation, Shelf
from indexer.writer.builder import build_index

CATALOGUE = """
    slug = "talks"
    title = "Talks"

    [[videos]]
    slug = "second"
    title = "The one that comes first here"

    [[videos]]
    slug = "first"
    title = "The other"
"""
GLOSSARY = """
    canonical,kind,variants,related,misspellings,spanish,unsourced,facts,sources,heard
    lorlatinib,drug,Lorbrena,,,lorlatinib,,,https://example.org,laurel at nib
    PD-L1,biomarker,programmed death ligand 1,,,,,,https://example.org,
"""
LORLATINIB = Term("lorlatinib", "drug", variants=("Lorbrena",))
PD_L1 = Term("PD-L1", "biomarker", variants=("programmed death ligand 1",))


def track(*sentences: str) -> str:
    """Captions of sentences of three seconds each, the first from second 0."""
    cues = (
        f"00:00:{3 * n:02}.000 --> 00:00:{3 * n + 2:02}.900\n{sentence}\n"
        for n, sentence in enumerate(sentences)
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def generation_of(
    root: Path, captions: Mapping[str, str], extra: Mapping[str, str] | None = None
) -> Generation:
    files = {"catalog/talks.toml": CATALOGUE, "catalog/glossary.csv": GLOSSARY, **(extra or {})}
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(dedent(text).lstrip(), encoding="utf-8")
    for name, text in captions.items():
        (root / "captions" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "captions" / name).write_text(text, encoding="utf-8")
    library = Library(root)
    build_index(library, load_catalogue(library), quietly)
    return Shelf(library).current()


def test_each_sentence_that_names_it_is_there_once_in_order(tmp_path: Path) -> None:
    generation = generation_of(
        tmp_path,
        {
            "first/en.manual.vtt": track("Lorlatinib is a pill.", "It reaches the brain."),
            "second/en.manual.vtt": track(
                "We begin.", "Lorbrena is what we call lorlatinib.", "More of LORLATINIB."
            ),
        },
    )

    said = generation.mentions(LORLATINIB)

    assert [(one.video, one.start_ms, one.text) for one in said.between(0, 9)] == [
        ("second", 3000, "Lorbrena is what we call lorlatinib."),
        ("second", 6000, "More of LORLATINIB."),
        ("first", 0, "Lorlatinib is a pill."),
    ]
    assert (len(said), said.videos) == (3, 2)


def test_every_name_in_a_sentence_is_highlighted(tmp_path: Path) -> None:
    generation = generation_of(
        tmp_path, {"first/en.manual.vtt": track("Lorbrena is what we call lorlatinib.")}
    )

    (one,) = generation.mentions(LORLATINIB).between(0, 9)

    assert [one.text[start:end] for start, end in one.spans] == ["Lorbrena", "lorlatinib"]


def test_a_name_of_several_words_has_to_stand_together(tmp_path: Path) -> None:
    generation = generation_of(
        tmp_path,
        {
            "first/en.manual.vtt": track(
                "The programmed death ligand 1 is high.",
                "A ligand 1 is not programmed death.",
                "PDL1 and PD-L1 are one.",
            )
        },
    )

    found = generation.mentions(PD_L1).between(0, 9)

    assert [one.start_ms for one in found] == [0, 6000]
    assert [found[1].text[start:end] for start, end in found[1].spans] == ["PDL1", "PD-L1"]


def test_a_name_does_not_reach_over_the_end_of_a_sentence(tmp_path: Path) -> None:
    generation = generation_of(
        tmp_path,
        {"first/en.manual.vtt": track("It was a programmed death.", "Ligand 1 came later.")},
    )

    assert len(generation.mentions(PD_L1)) == 0


def test_what_other_captions_translate_is_not_said_twice(tmp_path: Path) -> None:
    generation = generation_of(
        tmp_path,
        {
            "first/en.manual.vtt": track("Lorlatinib is a pill."),
            "first/es.manual.vtt": track("Lorlatinib es una pastilla."),
        },
    )

    assert [one.language for one in generation.mentions(LORLATINIB).between(0, 9)] == ["en"]


def test_a_misheard_name_counts_and_says_what_it_probably_is(tmp_path: Path) -> None:
    generation = generation_of(
        tmp_path, {"first/en.auto.vtt": track("laurel at nib reaches the brain")}
    )

    (one,) = generation.mentions(LORLATINIB).between(0, 9)

    assert one.heard == ("lorlatinib",)
    assert one.captions == "auto"
    assert [one.text[start:end] for start, end in one.spans] == ["laurel at nib"]


def test_a_corrected_name_counts_once_and_says_so(tmp_path: Path) -> None:
    generation = generation_of(
        tmp_path,
        {"first/en.auto.vtt": track("the lorry pill reaches the brain")},
        {
            "catalog/corrections.toml": """
                [[corrections]]
                heard = "lorry pill"
                meant = "lorlatinib"
                """
        },
    )

    (one,) = generation.mentions(LORLATINIB).between(0, 9)

    assert one.heard == ("lorlatinib (reviewed)",)
    assert [one.text[start:end] for start, end in one.spans] == ["lorry pill"]


def test_what_nobody_says_is_found_nowhere(tmp_path: Path) -> None:
    generation = generation_of(tmp_path, {"first/en.manual.vtt": track("We begin.")})

    assert len(generation.mentions(LORLATINIB)) == 0
    assert generation.mentions(LORLATINIB).between(0, 9) == ()
    assert len(generation.mentions(Term("the", "care"))) == 0


def test_of_the_glossary_only_what_is_said_is_counted(tmp_path: Path) -> None:
    lines = ("Lorlatinib is a pill.", "Take lorlatinib at night.")
    generation = generation_of(tmp_path, {"first/en.manual.vtt": track(*lines)})

    assert generation.said["lorlatinib"] == 2
    assert [*generation.said_in(LORLATINIB)] == ["first"]
    assert "alectinib" not in generation.said


def test_a_page_of_it_is_a_slice_of_the_whole(tmp_path: Path) -> None:
    lines = [f"Lorlatinib number {n} is here." for n in range(9)]
    generation = generation_of(tmp_path, {"first/en.manual.vtt": track(*lines)})

    said = generation.mentions(LORLATINIB)

    assert said.between(0, 4) + said.between(4, 9) == said.between(0, 9)
    assert [one.text for one in said.between(4, 6)] == lines[4:6]


def test_what_changed_is_not_found_in_its_old_words(tmp_path: Path) -> None:
    generation_of(tmp_path, {"first/en.manual.vtt": track("Lorlatinib is a pill.")})

    generation = generation_of(
        tmp_path, {"first/en.manual.vtt": track("We begin.", "Lorlatinib is a tablet.")}
    )

    found = generation.mentions(LORLATINIB).between(0, 9)
    assert [one.text for one in found] == ["Lorlatinib is a tablet."]
