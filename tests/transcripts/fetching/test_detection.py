import pytest

from transcripts.fetching.detection import form_of, worth_keeping
from transcripts.sites.outcomes import Outcome

CUE = "00:00:01.000 --> 00:00:02.000\nHello\n"
LOOKS = {
    "json3": (b'{"wireMagic": "pb3", "events": [{"segs": [{"utf8": "hi"}]}]}', "json3"),
    "vtt": (f"WEBVTT\n\n{CUE}".encode(), "vtt"),
    "vtt with a mark": (f"\ufeffWEBVTT\r\n\r\n{CUE}".encode(), "vtt"),
    "vtt in UTF-16": (f"WEBVTT\n\n{CUE}".encode("utf-16"), "vtt"),
    "srt": (f"1\n{CUE.replace('.', ',')}".encode(), "srt"),
    "page": (f"<html>{CUE}</html>".encode(), ""),
    "binary": (bytes(range(256)) * 10, ""),
    "other json": (b'{"error": 403}', ""),
}


@pytest.mark.parametrize(("content", "form"), LOOKS.values(), ids=LOOKS)
def test_the_form_is_told_by_the_content(content: bytes, form: str) -> None:
    assert form_of(content) == form
    assert worth_keeping(content) is (Outcome.FETCHED if form else Outcome.UNREADABLE)


def test_no_byte_at_all_means_that_the_captions_are_withheld() -> None:
    assert worth_keeping(b"") is Outcome.WITHHELD


@pytest.mark.parametrize("content", [b" \n", b"WEBVTT\n\n", b'{"events": []}', b"\xef\xbb\xbf\n"])
def test_a_track_without_words_is_empty(content: bytes) -> None:
    assert worth_keeping(content) is Outcome.EMPTY
