"""Markup: a line of timed words, which most automatic captions are made of."""

import pytest

from transcripts.formats.markup import lines_of


@pytest.mark.parametrize(
    "line",
    [
        "so<00:00:01.500><c> what</c><01:02:03.004><c> is</c>",
        "<00:00:01.500><c>so</c>",
        "so<00:00:01.500><c> what</c> is",
        "so<00:00:01.500><c></c><00:00:02.000><c> what</c>",
        "[br]so<00:00:01.500><c> R&amp;D</c>",
        "so<00:61:01.500><c> what</c>",
        "plain",
    ],
)
def test_a_line_of_timed_words_is_read_as_any_other(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    quickly = lines_of([line, line])
    monkeypatch.setattr("transcripts.formats.markup._timed_words", lambda _: ())

    assert quickly == lines_of([line, line])
