"""Still pictures: which are offered, and what is one."""

from __future__ import annotations

import pytest

from transcripts.sites.pictures import form_of_picture, read_pictures

PNG = b"\x89PNG\r\n\x1a\n" + bytes(400)
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def test_the_widest_fitting_picture_is_the_first_choice() -> None:
    def one(name: str, width: int, height: int) -> dict[str, object]:
        return {"url": f"https://site.example/{name}.jpg", "width": width, "height": height}

    small, square, wide = one("small", 320, 180), one("square", 1280, 1280), one("wide", 1280, 720)
    huge, half = one("huge", 3840, 2160), one("half", 640, 360)

    chosen = read_pictures({"thumbnails": [small, square, wide, huge, half]})

    assert chosen[0] == wide["url"]
    assert len(chosen) == 3


@pytest.mark.parametrize(
    "info",
    [
        {},
        {"thumbnails": None, "thumbnail": None},
        {"thumbnails": ["odd", {"url": 7, "width": "x"}, {"url": "data:image/png;base64,AA"}]},
        {"thumbnail": "file:///etc/passwd"},
        {"thumbnail": "https://[broken/still.jpg"},
        {"thumbnail": "https://site.example/drawn.svg"},
    ],
)
def test_what_is_no_address_of_a_picture_is_not_asked(info: dict[str, object]) -> None:
    assert read_pictures(info) == ()


def test_only_the_first_bytes_tell_a_picture() -> None:
    assert form_of_picture(SVG.encode()) == ""
    assert form_of_picture(b"RIFF\x00\x00\x00\x00WAVE") == ""
    assert form_of_picture(b" " + PNG) == ""
