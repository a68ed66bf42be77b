from __future__ import annotations

import re

import pytest

from catalog import Person, Series, Video
from webapp.presenters.moments.speakers import SpokenTurn
from webapp.presenters.sharing.citation import citation, in_markdown
from webapp.presenters.sharing.quotation import Quotation

ADDRESS = "https://hope.example/quote/talk?words=a_b"
HOSTILE = '</p><script>alert(1)</script> [x](javascript:alert(2)) *a* `b` "c" & http://evil.test'


def hostile_quotation(*turns: SpokenTurn, kind: str = "auto") -> Quotation:
    video = Video("talk", HOSTILE, "basics")
    return Quotation(video, "en", kind, 0, 1, 8000, 9000, turns, "words=a_b")  # type: ignore[arg-type]  # as named


def test_captions_are_no_html_where_they_are_pasted() -> None:
    quoted = hostile_quotation(
        SpokenTurn(HOSTILE, HOSTILE, None, HOSTILE), SpokenTurn("B", HOSTILE, None, "B")
    )

    html = citation(quoted, [], Series("basics", HOSTILE), ADDRESS).html

    assert "<script" not in html
    assert set(re.findall(r"</?\w+", html)) == {
        "<blockquote", "</blockquote", "<p", "</p", "<a", "</a",
    }  # fmt: skip
    assert re.findall(r'(?:href|cite)="([^"]*)"', html) == [ADDRESS, ADDRESS]


def test_captions_are_no_markdown_where_they_are_pasted() -> None:
    quoted = hostile_quotation(SpokenTurn(HOSTILE, f"1. {HOSTILE}\n# head\n> x", None, HOSTILE))

    markdown = citation(quoted, [], Series("basics", HOSTILE), ADDRESS).markdown

    assert markdown.startswith("> “1. ")
    assert len(markdown.splitlines()) == 3
    bare = re.sub(r"\\.", "", markdown).replace(f"[Watch this part]({ADDRESS})", "")
    assert not set("<[`*#\\") & set(bare)
    assert "http://" not in bare


def test_plain_words_stay_readable_in_markdown() -> None:
    assert in_markdown("Dr. Shaw's PD-L1, at 1:23 - why?") == "Dr. Shaw's PD-L1, at 1:23 - why?"
    assert in_markdown("see www.evil.test or a@b.test") == r"see www\.evil.test or a\@b.test"


@pytest.mark.parametrize(
    ("speaker", "people", "recorded", "source"),
    [
        ("Dr. A", ["a"], "2026-05", "Dr. A, nurse, in “T” (S), recorded May 2026, at 0:08."),
        ("Dr. A", ["a"], "", "Dr. A, nurse, in “T” (S), at 0:08."),
        ("Someone", ["a"], "", "Someone, in “T” (S), at 0:08."),
        ("", ["a"], "2026-05", "From “T” (S) with Dr. A, nurse, recorded May 2026, at 0:08."),
        ("", ["a"], "", "From “T” (S) with Dr. A, nurse, at 0:08."),
        ("", [], "2026-05", "From “T” (S), recorded May 2026, at 0:08."),
        ("", [], "", "From “T” (S), at 0:08."),
    ],
)
def test_nobody_is_named_for_words_whose_speaker_is_not_known(
    speaker: str, people: list[str], recorded: str, source: str
) -> None:
    person = Person("a", "Dr. A", role="nurse")
    video = Video("t", "T", "s", recorded=recorded)
    known = [person for _ in people]
    turn = SpokenTurn(speaker, "So.", person if speaker == person.name else None, speaker)
    quoted = Quotation(video, "en", "auto", 0, 1, 8000, 9000, (turn,), "")

    text = citation(quoted, known, Series("s", "S"), ADDRESS).text

    told = "Captions: automatic. Names of drugs may be mis-heard."
    assert text == f"“So.”\n— {source} {told}\n{ADDRESS}"


def test_words_of_one_without_a_name_are_nobody_elses_where_they_are_pasted() -> None:
    shaw = Person("a", "Dr. Ann Shaw", "oncologist")
    turns = (
        SpokenTurn(shaw.name, "It helps.", shaw, "DR. SHAW"),
        SpokenTurn("Another speaker", "I stopped it."),
    )
    quoted = Quotation(Video("t", "T", "s"), "en", "manual", 0, 2, 8000, 9000, turns, "")

    copies = citation(quoted, [shaw], Series("s", "S"), ADDRESS)

    source = "— From “T” (S) with Dr. Ann Shaw, oncologist, at 0:08."
    for copy in (copies.text, copies.html, copies.markdown):
        assert "Dr. Ann Shaw: “It helps.”" in copy
        assert "Another speaker: “I stopped it.”" in copy
        assert source in copy
