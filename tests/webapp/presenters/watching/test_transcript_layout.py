from __future__ import annotations

from memory import in_memory

from indexer import Generation
from transcripts import Transcript
from webapp.presenters.watching.transcript_layout import layout_of
from webapp.presenters.watching.watch_page import ShownTranscript, shown_transcript


def shown(generation: Generation, at_ms: int | None, text: str = "") -> ShownTranscript:
    video, transcript = generation.catalogue.videos["one"], generation.transcript("one")
    return shown_transcript(generation, video, transcript, at_ms, None, text)


def test_a_transcript_is_laid_out_once_and_only_what_is_meant_or_found_is_made_anew() -> None:
    generation = in_memory({"one": "We scan the lungs. Is it bad? It has spread. Then we talk."})
    plain = [turn for section in shown(generation, None).sections for turn in section.turns]
    found = [turn for part in shown(generation, None, "spread").sections for turn in part.turns]
    meant = [turn for part in shown(generation, 0).sections for turn in part.turns]

    assert [turn.is_marked for turn in found] == [False, True]
    assert [turn.is_marked for turn in meant] == [True, False]
    assert found[0] is plain[0]
    assert meant[1] is plain[1]
    assert [line.text for turn in found for line in turn.lines if line.found] == ["It has spread."]
    assert [line.text for line in meant[0].lines if line.current] == ["We scan the lungs."]
    assert [turn.anchor for turn in found] == [turn.anchor for turn in plain]


def test_only_a_few_layouts_are_kept() -> None:
    texts = {f"talk-{n}": "So it is." for n in range(40)}
    generation = in_memory(texts)
    for slug in texts:
        transcript = generation.transcript(slug)
        assert isinstance(transcript, Transcript)
        layout_of(generation, generation.catalogue.videos[slug], transcript)

    assert 0 < len(generation.laid_out) <= 16
