import pytest

from catalog.youtube import is_youtube, video_id_in, watch_address


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/watch?v=abcdefghij_&t=3s",
        "https://youtu.be/abcdefghij_?si=x",
        "https://www.youtube-nocookie.com/embed/abcdefghij_?rel=0",
        "https://m.youtube.com/shorts/abcdefghij_",
        "https://www.youtube.com/live/abcdefghij_?si=x",
        "http://WWW.YouTube.com/watch/abcdefghij_",
    ],
)
def test_the_id_is_found_in_every_kind_of_youtube_address(address: str) -> None:
    assert video_id_in(address) == "abcdefghij_"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.youtube.com/embed/videoseries?list=PL1",
        "https://www.youtube.com/playlist?list=PL1",
        "https://www.youtube.com/abcdefghij_",
        "https://www.youtube.com/@abcdefghij",
        "https://example.org/watch?v=abcdefghij_",
        "https://youtube.com.example.org/watch?v=abcdefghij_",
        "",
    ],
)
def test_other_addresses_hold_no_id(address: str) -> None:
    assert video_id_in(address) == ""


def test_an_address_begins_at_a_second_only_where_one_is_given() -> None:
    assert watch_address("abcdefghij_") == "https://www.youtube.com/watch?v=abcdefghij_"
    assert watch_address("abcdefghij_", 0).endswith("=abcdefghij_&t=0s")


def test_a_host_that_only_ends_alike_is_not_youtube() -> None:
    assert is_youtube("i.ytimg.com")
    assert not is_youtube("notyoutube.com")
