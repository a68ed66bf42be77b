"""Templates only lay out what presenters worked out, whose tests see no HTML."""

from __future__ import annotations

import re

from webapp.site import TEMPLATES

# Counting down, asking whether something is among others, and gluing addresses together.
_WORKED_OUT = re.compile(r"\|length [<>=]|\|length - |[\])] if .* else|\[[0-9]*:[0-9]*\]|~ \(")


def test_a_line_of_a_template_can_be_read_without_scrolling() -> None:
    long = [
        f"{path.name}:{number}"
        for path in sorted(TEMPLATES.glob("*.html"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > 140
    ]

    assert long == []


def test_no_page_state_is_worked_out_in_a_template() -> None:
    found = [
        f"{path.name}: {match[0]}"
        for path in sorted(TEMPLATES.glob("*.html"))
        for match in _WORKED_OUT.finditer(path.read_text("utf-8"))
    ]

    assert found == []
