"""What is a speaker, and what only looks so."""

import pytest

from transcripts.speech.speakers import speaker_names
from transcripts.speech.turns import openings


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        pytest.param(["DR. SHAW: Hello."], {"DR. SHAW"}, id="a title"),
        pytest.param(
            ["no", "PD-L1", "I", "DR. SHAW: PD-L1"], {"DR. SHAW"}, id="a title among notation"
        ),
        pytest.param(
            ["Interviewer: So?", "Patient 2: Yes."], {"Interviewer", "Patient 2"}, id="roles"
        ),
        pytest.param(["SHELLY ENGFER: Hello."], set(), id="two words in capitals, once"),
        pytest.param(
            ["SHELLY ENGFER: Hello.", "SHELLY ENGFER: So."], {"SHELLY ENGFER"}, id="and twice"
        ),
        pytest.param(
            ["- SHELLY: Hi.", ">> SHELLY: Bye."], {"SHELLY"}, id="capitals that come back"
        ),
        pytest.param(
            ["Shelly: Hi.", "Alice: Oh.", "Shelly: So.", "Alice: Yes."],
            {"Shelly", "Alice"},
            id="two names",
        ),
        pytest.param(["Remember: ask.", "Remember: write it down."], set(), id="a reminder"),
        pytest.param(
            ["DR. SHAW: Hi.", "Remember: ask.", "Remember: write."],
            {"DR. SHAW"},
            id="one beside a speaker",
        ),
        pytest.param(["NSCLC: the usual kind."], set(), id="an abbreviation"),
        pytest.param(
            ["NSCLC: usual.", "SCLC: rarer.", "DR. SHAW: Hi."], {"DR. SHAW"}, id="two of them"
        ),
        pytest.param(
            ["NSCLC: usual.", "DR. SHAW: NSCLC is usual.", "NSCLC: so."],
            {"DR. SHAW"},
            id="one that is said",
        ),
        pytest.param(
            ["WHAT WE FOUND: A CHANGE.", "WHAT IS IT WE FOUND"], set(), id="all in capitals"
        ),
        pytest.param(["Shelly: hello."], set(), id="one name, once"),
        pytest.param(["at 9:30 we met", "ratio 3:1"], set(), id="times and ratios"),
        pytest.param(["JOHN: It hurts."], set(), id="capitals, once"),
        pytest.param(["I felt", "JOHN: It hurts."], set(), id="capitals amid a sentence"),
        pytest.param([">> Shelly: hello."], set(), id="one behind chevrons, once"),
        pytest.param(
            ["So. >> Shelly: hello.", "Well. >> Shelly: So.", "DR. SHAW: No."],
            {"Shelly", "DR. SHAW"},
            id="one behind chevrons, twice",
        ),
        pytest.param(
            ["NOTE: Ask.", "NOTE: Write.", ">> Remember: ask.", "QUESTION 2: Why?"],
            set(),
            id="ordinary words",
        ),
        pytest.param(["EGFR: It is a gene.", "KRAS: Another."], set(), id="genes"),
        pytest.param(
            ["REMEMBER WELL: ASK.", "WATER: IT HELPS.", "SO REMEMBER WELL"],
            set(),
            id="in a track in capitals",
        ),
        pytest.param(["SURGERY: It helps.", "Then surgery."], set(), id="one that is said small"),
    ],
)
def test_only_a_sure_prefix_is_a_speaker(lines: list[str], names: set[str]) -> None:
    assert speaker_names(openings(lines)).sure == names
