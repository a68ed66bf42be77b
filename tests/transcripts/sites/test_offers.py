import pytest

from transcripts.sites.offers import Offer, choose_offers, file_name, read_offers, read_uploaded


def track(url: str = "https://example.org/t.vtt", ext: str = "vtt") -> dict[str, str]:
    return {"url": url, "ext": ext}


def test_subtitles_are_manual_and_automatic_captions_are_not() -> None:
    info = {"subtitles": {"es": [track()]}, "automatic_captions": {"en": [track()]}}

    assert [(one.language, one.kind) for one in read_offers(info)] == [
        ("es", "manual"),
        ("en", "auto"),
    ]


def test_a_machine_translation_is_no_offer() -> None:
    info = {"automatic_captions": {"fr": [track("https://example.org/t?lang=en&tlang=fr")]}}

    assert read_offers(info) == ()


def test_a_page_of_our_own_marks_automatic_captions_in_its_language_tag() -> None:
    info = {"subtitles": {"en-x-auto": [{"url": "https://example.org/a/en-x-auto.json3"}]}}

    assert read_offers(info) == (
        Offer("en", "auto", "json3", "https://example.org/a/en-x-auto.json3"),
    )


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en", "en"), ("EN-us", "en-US"), ("zh-hans", "zh-Hans"), ("es-419", "es-419"), ("", "")],
)
def test_a_language_tag_is_written_in_the_usual_way(tag: str, language: str) -> None:
    (offer,) = read_offers({"subtitles": {tag: [track()]}})

    assert offer.language == language


@pytest.mark.parametrize("tag", ["../../etc", "English", "en/../../x", "live_chat"])
def test_a_tag_that_is_no_language_is_no_offer(tag: str) -> None:
    assert read_offers({"subtitles": {tag: [track()]}}) == ()


@pytest.mark.parametrize("ext", ["ttml", "srv3", "json", "ass"])
def test_a_form_that_cannot_be_read_is_no_offer(ext: str) -> None:
    assert read_offers({"subtitles": {"en": [track(ext=ext)]}}) == ()


def chosen(*offers: tuple[str, str], language: str = "en") -> list[str]:
    made = [Offer(tag, kind, "vtt", "u") for tag, kind in offers]  # type: ignore[arg-type]  # kinds
    return sorted(file_name(offer) for offer in choose_offers(made, language))


def test_manual_tracks_of_every_language_and_the_spoken_automatic_one_are_chosen() -> None:
    offers = [("en", "manual"), ("es", "manual"), ("en", "auto"), ("de", "auto")]

    assert chosen(*offers) == ["en.auto.vtt", "en.manual.vtt", "es.manual.vtt"]


def test_a_regional_automatic_track_is_in_the_language_of_the_video() -> None:
    assert chosen(("en-US", "auto"), ("de", "auto")) == ["en-US.auto.vtt"]


def test_without_any_other_track_the_language_that_is_heard_is_taken() -> None:
    assert chosen(("es", "auto"), language="en") == ["es.auto.vtt"]


def test_a_track_without_a_language_speaks_that_of_the_video() -> None:
    assert chosen(("", "manual"), language="ja") == ["ja.manual.vtt"]


def test_json3_comes_before_vtt_and_srt() -> None:
    offers = [Offer("en", "manual", ext, "u") for ext in ("srt", "vtt", "json3")]

    assert [offer.ext for offer in choose_offers(offers, "en")] == ["json3"]


def test_a_plain_track_comes_before_one_with_a_name_of_its_own() -> None:
    info = {"subtitles": {"en-nP7-2PuUl7o": [track("named")], "en": [track("plain")]}}

    assert [offer.url for offer in choose_offers(read_offers(info), "en")] == ["plain"]


@pytest.mark.parametrize(
    ("info", "uploaded"),
    [
        ({"timestamp": 1_580_702_706}, "2020-02-03T04:05:06+00:00"),
        ({"upload_date": "20200203"}, "2020-02-03"),
        ({"timestamp": -5, "upload_date": "2020-02-03"}, ""),
        ({"upload_date": 7}, ""),
        ({}, ""),
    ],
)
def test_when_a_video_was_uploaded_is_a_time_or_a_day(
    info: dict[str, object], uploaded: str
) -> None:
    assert read_uploaded(info) == uploaded
