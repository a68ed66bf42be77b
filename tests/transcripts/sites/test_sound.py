from transcripts.sites.sound import sound_address


def form(url: str, **more: object) -> dict[str, object]:
    return {"url": url, "protocol": "https", **more}


def test_the_smallest_sound_without_pictures_is_chosen() -> None:
    forms = [
        form("film", vcodec="avc1", acodec="mp4a", filesize=10),
        form("silent", vcodec="avc1", acodec="none", filesize=1),
        form("large", vcodec="none", acodec="opus", filesize=900),
        form("small", vcodec="none", acodec="opus", filesize=300),
        form("pieces", vcodec="none", acodec="opus", protocol="m3u8_native"),
    ]

    assert sound_address({"formats": forms}) == "small"
    assert sound_address({"formats": forms[:2]}) == "film"
    assert sound_address({"formats": forms[-1:]}) == ""
    assert sound_address({"url": "https://example.org/talk.mp3"}) == "https://example.org/talk.mp3"
    assert sound_address({}) == ""
