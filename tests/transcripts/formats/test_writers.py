from pathlib import Path

from transcripts import Sentence, Track, Transcript
from transcripts.formats.writers import as_text


def said(*turns: tuple[str, str]) -> Transcript:
    sentences = tuple(
        Sentence(place * 1000, place * 1000 + 900, text, 0, 0, speaker)
        for place, (speaker, text) in enumerate(turns)
    )
    return Transcript(Track("talk", "en", "manual", "vtt", Path("en.manual.vtt")), (), sentences)


def test_who_has_no_name_does_not_speak_under_the_name_before() -> None:
    talk = said(("TESS", "It helps."), ("", "I stopped it."), ("", "So."), ("TESS", "Ask me."))

    assert as_text(talk) == (
        "TESS:\n[0:00] It helps.\n\n—\n[0:01] I stopped it.\n[0:02] So.\n\nTESS:\n[0:03] Ask me."
    )


def test_nothing_stands_for_a_speaker_where_nobody_has_a_name() -> None:
    assert as_text(said(("", "It helps."), ("", "So."))) == "[0:00] It helps.\n[0:01] So."
