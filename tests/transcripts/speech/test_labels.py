from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.formats.cues import Cue, CuePiece
from transcripts.formats.vtt import read_vtt
from transcripts.model import Word
from transcripts.speech.words import words_of

PEOPLE = ["DR. SHAW", "MARY", "JOHN", "Interviewer", "Dr. Lee", "Ana Ruiz, MD", "Hope", "Paciente"]
HEADINGS = ["", "", "No:", "Fatigue:", "Osimertinib:", "TAGRISSO:", "BRAIN METS:", "Remember:"]


class Turn(NamedTuple):
    """One invented turn: who speaks, whom they address, and what has a label's form."""

    who: str
    to: str
    heading: str
    same_line: bool


def heard(*texts: str) -> list[tuple[str, str]]:
    words = spoken_words(*texts)
    return [(word.speaker, word.text) for word in words]


def spoken_words(*texts: str) -> tuple[Word, ...]:
    cues = [
        Cue(n * 4000, n * 4000 + 4000, tuple((CuePiece(line),) for line in text.split("\n")))
        for n, text in enumerate(texts)
    ]
    return words_of(cues)


def turns() -> st.SearchStrategy[list[Turn]]:
    to = st.sampled_from(["", *PEOPLE[1:3], "hope"])
    one = st.builds(Turn, st.sampled_from(PEOPLE), to, st.sampled_from(HEADINGS), st.booleans())
    return st.lists(one, min_size=2, max_size=12)


@given(turns())
@settings(max_examples=150, deadline=None)
def test_words_are_never_lost_nor_put_to_anybody_else(dialogue: list[Turn]) -> None:
    cues: list[str] = []
    said: dict[str, str] = {}
    for n, turn in enumerate(dialogue):
        own = [f"I see{n}, {turn.to}." if turn.to else f"I see{n}.", f"{turn.heading} It is{n} so."]
        said |= dict.fromkeys([f"see{n}", f"is{n}"], turn.who)
        said |= dict.fromkeys([f"see{n},", f"see{n}."], turn.who)
        text = f"{turn.who}: {' '.join(own)}"
        if turn.same_line and cues:
            cues[-1] += f" {text}"
        else:
            cues.append(text)

    words = heard(*cues)

    assert all(speaker in ("", said[word]) for speaker, word in words if word in said)
    kept = " ".join(word for _, word in words)
    left = iter(kept.split())
    for n, turn in enumerate(dialogue):
        end = [f"see{n},", f"{turn.to}."] if turn.to else [f"see{n}."]
        spoken = ["I", *end, *turn.heading.split(), "It", f"is{n}", "so."]
        assert all(word in left for word in spoken), kept


@pytest.mark.parametrize(
    ("texts", "word", "speaker"),
    [
        (["DR. SHAW: I see, MARY.", "MARY: And I.", "MARY: Better."], "Better.", "MARY"),
        (["DR. SHAW: TAKE IT, MARY.", "MARY: I DID.", "MARY: AND I."], "DID.", "MARY"),
        (["DR. SHAW: Some. INTERVIEWER: Never."], "Never.", "INTERVIEWER"),
        (["DR. SHAW: Some. [laughs] INTERVIEWER: Never."], "Never.", "INTERVIEWER"),
        (["I saw Dr. Shaw: never."], "never.", ""),
        (["DRA. RUIZ: Tome.", "Entrevistadora: ¿Por qué?"], "qué?", "Entrevistadora"),
        (["DR. SHAW：Take it."], "it.", "DR. SHAW"),
        (["well then", "DR. SHAW: never"], "never", "DR. SHAW"),
        (["Q: Why?", "A: So.", "Q: How?", "A: Well.", "in arm\nA: alone"], "Well.", "A"),
        (["Q: Why?", "A: So.", "Q: How?", "A: Well.", "in arm\nA: alone"], "alone", ""),
    ],
)  # fmt: skip
def test_a_sure_label_puts_words_to_its_speaker(texts: list[str], word: str, speaker: str) -> None:
    assert (speaker, word) in heard(*texts)


@pytest.mark.parametrize(
    "text",
    [
        "such as\nMS: I do not", "in arm\nA: chemotherapy alone", "and then my\nDoctor: she did",
        "Well. Doctor: she stopped", ">> No: it did not", ">> Fatigue: it was",
        "TAGRISSO: Take it", "TARGETED THERAPY: Pills", "JOHN: I did", "Ana Ruiz, MD: Never",
        "JOHN, PATIENT: I did", "(Interviewer) Why?", "(DR. LEE): Never.", "DR. LEE – Never",
        "> I do", "» I do", "＞ I do", "María José de la Cruz: No", "Dr. Lee, Mary: no",
        "interviewer: why", "患者：はい", "{Ann}: no", "Fine. (Interviewer) Why?", "(woman) no",
        f"DR. {'Z' * 100}: No",
    ],
)  # fmt: skip
def test_what_may_be_a_label_stays_and_ends_the_speaker_who_is_known(text: str) -> None:
    words = heard("DR. SHAW: Good.", text)

    kept = " ".join(word for _, word in words).replace(" ", "")
    assert kept == "Good." + "".join(text.replace(">> ", "").split())
    assert words[-1][0] == ""


@pytest.mark.parametrize("text", ["No: never.", "So. Remember: ask", "(Alectinib) it", "> 5 mm"])
def test_what_is_no_label_leaves_the_speaker(text: str) -> None:
    assert {speaker for speaker, _ in heard("DR. SHAW: Good.", text)} == {"DR. SHAW"}


def test_a_name_longer_than_any_is_none() -> None:
    cues, _ = read_vtt(
        f"WEBVTT\n\n00:01.000 --> 00:02.000\nDR. SHAW: Good.\n\n"
        f"00:02.000 --> 00:03.000\n<v {'N' * 100_000}>It works.</v>\n"
    )

    assert [(w.speaker, w.text) for w in words_of(cues)] == [
        ("DR. SHAW", "Good."), ("", "It"), ("", "works."),
    ]  # fmt: skip
