import pytest

from transcripts.speech.speakers import SpeakerNames, speaker_names
from transcripts.speech.turns import SpeakerChange, openings, speech_only


def speech(text: str, *names: str) -> str:
    spoken, _ = speech_only(text, (), SpeakerNames(frozenset(names)))
    assert len(spoken) == len(text)
    return " ".join(spoken.split())


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        pytest.param("[Music]", "", id="music"),
        pytest.param("[musique] et voilà", "et voilà", id="music in French"),
        pytest.param("so [upbeat\nmusic] yes", "so yes", id="a sound over two lines"),
        pytest.param("(laughs softly) yes", "yes", id="laughter"),
        pytest.param("(clears throat) yes", "yes", id="a throat"),
        pytest.param("(笑い) はい", "はい", id="laughter in Japanese"),
        pytest.param("(sobre todo) sí", "(sobre todo) sí", id="an aside that begins as a sob does"),
        pytest.param("(in line of sight) so", "(in line of sight) so", id="an aside, no sigh"),
        pytest.param("♪ la la ♪", "la la", id="a song"),
        pytest.param("#♪ la ♪# C# major", "la C# major", id="a song in sharps"),
        pytest.param("what the [ __ ] is", "what the [__] is", id="a hidden word"),
        pytest.param("the [\xa0__\xa0] scan", "the [__] scan", id="a hidden word, hard spaces"),
        pytest.param(">> yes. >>> No.", "yes. No.", id="chevrons"),
        pytest.param("- yes\n– no", "yes no", id="dashes"),
        pytest.param("-Yes.\n-¿Qué?", "Yes. ¿Qué?", id="dashes without a space"),
        pytest.param("-5 degrees", "-5 degrees", id="minus"),
        pytest.param("it is — you know —\n— long", "it is — you know — — long", id="dashes inside"),
        pytest.param("alectinib (Alecensa)", "alectinib (Alecensa)", id="a spoken aside"),
        pytest.param("(which my team claps and cheers for)", "(which my team claps and cheers for)",
                     id="an aside about a sound"),
        pytest.param("(موسيقى) أهلا", "أهلا", id="music in Arabic"),
        pytest.param("【音楽】 はい ［拍手］", "はい", id="wide brackets"),
        pytest.param("【重要】 はい", "【重要】 はい", id="a heading in wide brackets"),
        pytest.param("(तालियाँ) नमस्ते", "नमस्ते", id="applause in Hindi"),
        pytest.param("(tiếng cười) chào", "chào", id="laughter in Vietnamese"),
        pytest.param("*laughs* yes, *really*", "yes, *really*", id="a sound between stars"),
        pytest.param("(speaking foreign language) yes", "yes", id="foreign language"),
        pytest.param("yes (speaks Spanish) no", "yes no", id="Spanish"),
        pytest.param("(speaking in a foreign language)", "", id="in a foreign language"),
        pytest.param("(speaks in her native language)", "", id="a native language"),
        pytest.param("(hablando en inglés) sí", "sí", id="English in Spanish"),
        pytest.param("(in Korean) yes\n(in Korean) no", "yes no", id="how it is said"),
        pytest.param("a leaflet (in Korean) too", "a leaflet (in Korean) too", id="what is so"),
        pytest.param("(indistinct) (inaudible) (crosstalk) so", "so", id="what is not understood"),
        pytest.param("(laughter and applause) so", "so", id="two sounds"),
        pytest.param("often (cough, fever) it", "often (cough, fever) it", id="what one has"),
        pytest.param("(I was crying) then", "(I was crying) then", id="what one tells"),
        pytest.param("and (music therapy) it", "and (music therapy) it", id="a therapy"),
        pytest.param("(speaking of which) so", "(speaking of which) so", id="a turn of speech"),
        pytest.param("ratio 3:1", "ratio 3:1", id="a ratio"),
    ],
)  # fmt: skip
def test_what_nobody_says_is_taken_out(written: str, spoken: str) -> None:
    assert speech(written) == spoken


@pytest.mark.parametrize(
    ("written", "turn"),
    [
        pytest.param(">> Yes.", SpeakerChange(0), id="chevrons"),
        pytest.param("- Yes.", SpeakerChange(0), id="a dash"),
        pytest.param("DR. SHAW: Yes.", SpeakerChange(0, "DR. SHAW"), id="a name"),
        pytest.param(
            "DR. SHAW (softly): Yes.", SpeakerChange(0, "DR. SHAW"), id="a name and a manner"
        ),
        pytest.param(
            "[Music] DR. SHAW: Yes.", SpeakerChange(0, "DR. SHAW"), id="a name behind a sound"
        ),
    ],
)
def test_a_change_of_speaker_is_noted(written: str, turn: SpeakerChange) -> None:
    spoken, turns = speech_only(written, (), SpeakerNames(frozenset({"DR. SHAW"})))

    assert spoken.split() == ["Yes."]
    assert turn in turns


def test_what_may_be_a_name_or_not_stays_speech_and_ends_what_is_known() -> None:
    names = speaker_names(openings(["DR. SHAW: Hi.", "Shelly: no.", "Remember: ask."]))

    spoken, turns = speech_only("Shelly: no.", (), names)

    assert spoken == "Shelly: no."
    assert turns == (SpeakerChange(0, lost=True),)


@pytest.mark.parametrize(
    ("written", "spoken", "turns"),
    [
        pytest.param("[Ann]: No.", "No.", (SpeakerChange(0, "Ann"),), id="a name and a colon"),
        pytest.param("[Interviewer] Why?", "Why?", (SpeakerChange(0, "Interviewer"),), id="a role"),
        pytest.param("[Ann] No.", "No.", (SpeakerChange(0, lost=True),), id="what may be a name"),
        pytest.param("[nods] No.", "No.", (), id="what is none"),
        pytest.param("[Upbeat Music] No.", "No.", (), id="a sound"),
    ],
)
def test_a_name_in_brackets_is_no_sound(
    written: str, spoken: str, turns: tuple[SpeakerChange, ...]
) -> None:
    text, found = speech_only(written, (), SpeakerNames())

    assert text.split() == spoken.split()
    assert found == turns
