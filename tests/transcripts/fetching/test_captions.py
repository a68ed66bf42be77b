"""A run of fetching, with a site that answers from a script; the clock and the pauses are ours."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from catalog.errors import ExitCode
from catalog.model import Video
from catalog.storage.library import Library
from transcripts.fetching.blocks import read_blocks
from transcripts.fetching.captions import addresses_of, fetch_missing
from transcripts.fetching.provenance import TrackChange, read_state
from transcripts.fetching.reports import FetchReport
from transcripts.fetching.scheduler import RunOptions
from transcripts.sites.offers import CaptionAnswer, Choose, Delivery, Offer
from transcripts.sites.outcomes import Outcome
from transcripts.sites.signals import Signals

NOW = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"
LATER = VTT + b"\n00:03.000 --> 00:04.000\nAgain\n"
AUTO = Offer("en", "auto", "vtt", "https://example.org/auto.vtt")
MANUAL = Offer("en", "manual", "vtt", "https://example.org/manual.vtt")
RATE_LIMITED = Signals(statuses=(429,), retry_after_s=1800)
UNREACHABLE = Signals(unreachable=True)


def talk(slug: str = "talk", **fields: str) -> Video:
    return Video(slug, "Talk", "talks", **{"page": f"https://example.org/{slug}"} | fields)  # type: ignore[arg-type]  # texts only


class Web:
    """Answers by address; what is not in the script plays without captions."""

    def __init__(self, **answers: Signals | dict[Offer, bytes | Signals]) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.hook: Callable[[], None] = lambda: None

    def captions(self, address: str, choose: Choose) -> CaptionAnswer:
        slug = address.rpartition("/")[2]
        self.asked.append(slug)
        self.hook()
        answer = self.answers.get(slug, Signals(playable=True))
        if isinstance(answer, Signals):
            return CaptionAnswer(answer, extractor="generic", version="1")
        chosen = choose(tuple(answer))
        deliveries = tuple(
            self._delivery(offer, answer[replace(offer, etag="")]) for offer in chosen
        )
        return CaptionAnswer(Signals(native=len(answer)), tuple(answer), deliveries, "html5", "1")

    def _delivery(self, offer: Offer, content: bytes | Signals) -> Delivery:
        if isinstance(content, Signals):
            return Delivery(offer, None, seen=content)
        return Delivery(offer, content, seen=Signals(native=1))


class Wall:
    """A clock that pauses move on."""

    def __init__(self) -> None:
        self.now = NOW
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    def run(self, **how: object) -> RunOptions:
        return RunOptions(clock=lambda: self.now, sleep=self.sleep, **how)  # type: ignore[arg-type]  # flags


@pytest.fixture
def wall() -> Wall:
    return Wall()


def outcomes(report: FetchReport) -> list[Outcome]:
    return [one.outcome for one in report.videos]


def files(library: Library, video: str = "talk") -> list[str]:
    return sorted(file.name for file in library.captions_of(video).iterdir())


def test_what_comes_is_kept_with_its_provenance_and_state(library: Library, wall: Wall) -> None:
    web = Web(talk={AUTO: VTT})

    report = fetch_missing([talk()], library, web.captions, wall.run())

    assert outcomes(report) == [Outcome.FETCHED]
    assert report.exit is ExitCode.DONE
    assert files(library) == ["en.auto.vtt", "en.auto.vtt.provenance.json", "fetch.json"]
    assert (library.captions_of("talk") / "en.auto.vtt").read_bytes() == VTT


def test_what_was_fetched_lately_is_not_asked_again(library: Library, wall: Wall) -> None:
    web = Web(talk={AUTO: VTT})
    fetch_missing([talk()], library, web.captions, wall.run())
    wall.now += timedelta(days=6)

    report = fetch_missing([talk()], library, web.captions, wall.run())

    assert web.asked == ["talk"]
    assert report.sentences == ("1 video: 1 not due yet.",)


def test_after_a_week_it_is_asked_again_and_an_unchanged_track_stays(
    library: Library, wall: Wall
) -> None:
    web = Web(talk={AUTO: VTT})
    fetch_missing([talk()], library, web.captions, wall.run())
    written = (library.captions_of("talk") / "en.auto.vtt").stat().st_mtime_ns
    wall.now += timedelta(days=7)

    report = fetch_missing([talk()], library, web.captions, wall.run())

    assert outcomes(report) == [Outcome.UNCHANGED]
    assert report.changed == ()
    assert (library.captions_of("talk") / "en.auto.vtt").stat().st_mtime_ns == written


def test_a_changed_track_is_replaced(library: Library, wall: Wall) -> None:
    fetch_missing([talk()], library, Web(talk={AUTO: VTT}).captions, wall.run())

    report = fetch_missing(
        [talk()], library, Web(talk={AUTO: LATER}).captions, wall.run(at_once=True)
    )

    assert report.videos[0].tracks[0].change is TrackChange.CHANGED
    assert report.changed == ("talk",)
    assert (library.captions_of("talk") / "en.auto.vtt").read_bytes() == LATER


def test_a_manual_track_joins_the_automatic_one_when_it_appears(
    library: Library, wall: Wall
) -> None:
    fetch_missing([talk()], library, Web(talk={AUTO: VTT}).captions, wall.run())

    web = Web(talk={AUTO: VTT, MANUAL: LATER})
    report = fetch_missing([talk()], library, web.captions, wall.run(at_once=True))

    changes = {track.file: track.change for track in report.videos[0].tracks}
    assert changes == {"en.manual.vtt": TrackChange.NEW, "en.auto.vtt": TrackChange.UNCHANGED}


def test_a_track_that_was_deleted_is_fetched_again(library: Library, wall: Wall) -> None:
    web = Web(talk={AUTO: VTT})
    fetch_missing([talk()], library, web.captions, wall.run())
    (library.captions_of("talk") / "en.auto.vtt").unlink()

    fetch_missing([talk()], library, web.captions, wall.run())

    assert (library.captions_of("talk") / "en.auto.vtt").read_bytes() == VTT


def test_a_video_with_another_address_is_asked_at_once(library: Library, wall: Wall) -> None:
    web = Web(talk={AUTO: VTT}, moved={AUTO: LATER})
    fetch_missing([talk()], library, web.captions, wall.run())

    moved = talk(page="https://example.org/moved")
    fetch_missing([moved], library, web.captions, wall.run())

    assert web.asked == ["talk", "moved"]


def test_a_track_by_hand_is_left_alone_and_said(library: Library, wall: Wall) -> None:
    library.captions_of("talk").mkdir(parents=True)
    (library.captions_of("talk") / "en.manual.vtt").write_bytes(LATER)

    report = fetch_missing([talk()], library, Web(talk={MANUAL: VTT}).captions, wall.run())

    assert (library.captions_of("talk") / "en.manual.vtt").read_bytes() == LATER
    assert "en.manual.vtt was put there or corrected by hand" in report.sentences[0]
    assert report.exit is ExitCode.DONE


def test_a_withdrawn_video_keeps_its_transcripts(library: Library, wall: Wall) -> None:
    fetch_missing([talk()], library, Web(talk={AUTO: VTT}).captions, wall.run())
    web = Web(talk=Signals(said=("Private video",)))

    report = fetch_missing([talk()], library, web.captions, wall.run(at_once=True))

    assert outcomes(report) == [Outcome.PRIVATE]
    assert report.exit is ExitCode.PART
    assert "en.auto.vtt" in files(library)
    state = read_state(library, "talk")
    assert state is not None
    assert state.tracks == ("en.auto.vtt",)


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        (b"", Outcome.WITHHELD),
        (b"WEBVTT\n", Outcome.EMPTY),
        (b"<html>Sorry</html>", Outcome.UNREADABLE),
    ],
)
def test_what_is_no_captions_is_not_kept(
    library: Library, wall: Wall, content: bytes, outcome: Outcome
) -> None:
    report = fetch_missing([talk()], library, Web(talk={AUTO: content}).captions, wall.run())

    assert outcomes(report) == [outcome]
    assert report.exit is ExitCode.PART
    assert files(library) == ["fetch.json"]


def test_a_bad_answer_never_replaces_a_good_track(library: Library, wall: Wall) -> None:
    fetch_missing([talk()], library, Web(talk={AUTO: VTT}).captions, wall.run())

    fetch_missing([talk()], library, Web(talk={AUTO: b""}).captions, wall.run(at_once=True))

    assert (library.captions_of("talk") / "en.auto.vtt").read_bytes() == VTT


def test_one_failing_track_does_not_hide_the_other(library: Library, wall: Wall) -> None:
    web = Web(talk={MANUAL: VTT, AUTO: Signals(statuses=(404,))})

    report = fetch_missing([talk()], library, web.captions, wall.run())

    assert outcomes(report) == [Outcome.FETCHED]
    assert report.exit is ExitCode.PART
    assert any("en.auto.vtt: The site answered with an error" in s for s in report.sentences)
    assert report.videos[0].next_try == NOW + timedelta(hours=1)


def test_it_pauses_between_videos_and_not_around_them(library: Library, wall: Wall) -> None:
    web = Web()

    fetch_missing([talk("a"), talk("b"), talk("c")], library, web.captions, wall.run())

    assert len(wall.slept) == 2
    assert all(5 <= seconds <= 10 for seconds in wall.slept)


def test_it_does_not_pause_for_this_machine_itself(library: Library, wall: Wall) -> None:
    videos = [talk(slug, page=f"http://127.0.0.1:8000/{slug}") for slug in "ab"]

    fetch_missing(videos, library, Web().captions, wall.run())

    assert wall.slept == []


def test_a_limit_stops_the_run_and_the_next_run_says_so(library: Library, wall: Wall) -> None:
    web = Web(b=RATE_LIMITED)
    videos = [talk("a"), talk("b"), talk("c")]

    first = fetch_missing(videos, library, web.captions, wall.run())
    second = fetch_missing(videos, library, web.captions, wall.run())

    assert outcomes(first) == [Outcome.NO_CAPTIONS, Outcome.RATE_LIMITED]
    assert (first.left, first.exit) == (("c",), ExitCode.BLOCKED)
    assert web.asked == ["a", "b"]
    assert second.exit is ExitCode.BLOCKED
    assert "Nothing is asked before 2026-03-01 04:30 UTC" in second.sentences[-1]


def test_a_limit_never_counts_as_no_captions(library: Library, wall: Wall) -> None:
    fetch_missing([talk()], library, Web(talk=RATE_LIMITED).captions, wall.run())

    state = read_state(library, "talk")

    assert state is not None
    assert state.outcome is Outcome.RATE_LIMITED


def test_after_a_block_the_run_goes_on_where_it_stopped(library: Library, wall: Wall) -> None:
    web = Web(b=RATE_LIMITED)
    videos = [talk("a"), talk("b"), talk("c")]
    fetch_missing(videos, library, web.captions, wall.run())
    wall.now += timedelta(minutes=31)
    web.answers["b"] = {AUTO: VTT}

    report = fetch_missing(videos, library, web.captions, wall.run())

    assert web.asked == ["a", "b", "b", "c"]
    assert report.left == ()
    assert read_blocks(library) == ()


def test_a_run_may_wait_for_the_end_of_a_block(library: Library, wall: Wall) -> None:
    fetch_missing([talk()], library, Web(talk=RATE_LIMITED).captions, wall.run())

    report = fetch_missing([talk()], library, Web(talk={AUTO: VTT}).captions, wall.run(wait=True))

    assert wall.slept == [1800]
    assert outcomes(report) == [Outcome.FETCHED]


def test_a_short_block_is_simply_waited_for(library: Library, wall: Wall) -> None:
    short = Signals(statuses=(429,), retry_after_s=30)
    fetch_missing([talk()], library, Web(talk=short).captions, wall.run())

    fetch_missing([talk()], library, Web(talk={AUTO: VTT}).captions, wall.run())

    assert wall.slept == [30]


def test_naming_a_video_does_not_break_a_block_but_force_does(library: Library, wall: Wall) -> None:
    fetch_missing([talk()], library, Web(talk=RATE_LIMITED).captions, wall.run())
    web = Web(talk={AUTO: VTT})

    named = fetch_missing([talk()], library, web.captions, wall.run(at_once=True))
    forced = fetch_missing([talk()], library, web.captions, wall.run(at_once=True, force=True))

    assert named.exit is ExitCode.BLOCKED
    assert outcomes(forced) == [Outcome.FETCHED]


def test_a_limit_on_a_later_track_keeps_the_earlier_one(library: Library, wall: Wall) -> None:
    web = Web(talk={MANUAL: VTT, AUTO: RATE_LIMITED})

    report = fetch_missing([talk()], library, web.captions, wall.run())

    assert report.exit is ExitCode.BLOCKED
    assert "en.manual.vtt" in files(library)


def test_the_network_failing_again_and_again_stops_the_run(library: Library, wall: Wall) -> None:
    web = Web(**dict.fromkeys("abcd", UNREACHABLE))

    report = fetch_missing([talk(slug) for slug in "abcd"], library, web.captions, wall.run())

    assert web.asked == ["a", "b", "c"]
    assert report.exit is ExitCode.BLOCKED
    assert read_blocks(library) == ()


def test_one_dead_site_is_no_dead_network(library: Library, wall: Wall) -> None:
    web = Web(a=UNREACHABLE)

    report = fetch_missing([talk("a"), talk("b")], library, web.captions, wall.run())

    assert outcomes(report) == [Outcome.NETWORK_DOWN, Outcome.NO_CAPTIONS]
    assert report.exit is ExitCode.PART


def test_an_interrupted_run_keeps_what_it_has_and_goes_on_later(
    library: Library, wall: Wall
) -> None:
    web = Web(a={AUTO: VTT}, b={AUTO: VTT})
    web.hook = lambda: interrupt() if web.asked == ["a", "b"] else None
    videos = [talk("a"), talk("b")]

    first = fetch_missing(videos, library, web.captions, wall.run())
    second = fetch_missing(videos, library, web.captions, wall.run())

    assert (first.left, first.exit) == (("b",), ExitCode.PART)
    assert first.ending.interrupted
    assert web.asked == ["a", "b", "b"]
    assert second.exit is ExitCode.DONE


def interrupt() -> None:
    raise KeyboardInterrupt


def test_a_library_that_cannot_be_written_is_said_in_a_sentence(
    library: Library, wall: Wall
) -> None:
    library.captions_dir.write_text("a file, not a folder")

    report = fetch_missing([talk()], library, Web(talk={AUTO: VTT}).captions, wall.run())

    assert report.exit is ExitCode.PART
    assert "captions" in report.sentences[-1]
    assert "Mend that, then run again." in report.sentences[-1]


@pytest.mark.parametrize("content", [b"", b"<html>Slow down</html>"], ids=["emptied", "HTML"])
def test_a_fetched_track_that_was_damaged_is_fetched_again_at_once(
    library: Library, wall: Wall, content: bytes
) -> None:
    web = Web(talk={AUTO: VTT})
    fetch_missing([talk()], library, web.captions, wall.run())
    track = library.captions_of("talk") / "en.auto.vtt"
    track.write_bytes(content)

    report = fetch_missing([talk()], library, web.captions, wall.run())

    assert report.sentences[0].startswith("talk: en.auto.vtt (changed: 1 word")
    assert track.read_bytes() == VTT


def test_a_damaged_track_that_the_site_has_no_more_is_asked_for_once(
    library: Library, wall: Wall
) -> None:
    fetch_missing([talk()], library, Web(talk={AUTO: VTT}).captions, wall.run())
    (library.captions_of("talk") / "en.auto.vtt").write_bytes(b"")
    web = Web(talk={MANUAL: VTT})

    for _ in range(2):
        fetch_missing([talk()], library, web.captions, wall.run())

    assert web.asked == ["talk"]


def test_an_empty_track_by_hand_is_not_asked_for_again_and_again(
    library: Library, wall: Wall
) -> None:
    web = Web(talk={AUTO: VTT})
    library.captions_of("talk").mkdir(parents=True)
    (library.captions_of("talk") / "en.auto.vtt").write_bytes(b"")

    for _ in range(2):
        fetch_missing([talk()], library, web.captions, wall.run())

    assert web.asked == ["talk"]
    assert (library.captions_of("talk") / "en.auto.vtt").read_bytes() == b""


def test_a_folder_that_cannot_be_read_is_named_and_the_other_videos_are_fetched(
    library: Library, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = Web(a={AUTO: VTT}, b={AUTO: VTT})
    usual = Path.iterdir

    def closed(folder: Path) -> Iterator[Path]:
        if folder == library.captions_of("a"):
            raise PermissionError(13, "Permission denied", str(folder))
        return usual(folder)

    monkeypatch.setattr(Path, "iterdir", closed)

    report = fetch_missing([talk("a"), talk("b")], library, web.captions, wall.run())

    assert (web.asked, report.changed, report.left) == (["b"], ("b",), ("a",))
    assert report.exit is ExitCode.PART
    said = "captions/a: cannot be read: Permission denied. Mend that, then run again."
    assert said in report.sentences


def test_a_library_that_may_only_be_read_is_said_to_be_so(
    library: Library, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: Path, content: bytes) -> None:
        raise PermissionError(13, "Permission denied", str(path.with_name(f".{path.name}.7.part")))

    monkeypatch.setattr("transcripts.fetching.provenance.write_atomically", closed)

    report = fetch_missing([talk()], library, Web(talk={AUTO: VTT}).captions, wall.run())

    folder = library.captions_of("talk")
    said = f"{folder} cannot be used: Permission denied; is the library read-only?"
    assert report.sentences[-1] == f"{said} Mend that, then run again."


def test_a_video_without_any_address_is_named_and_no_failure(library: Library, wall: Wall) -> None:
    report = fetch_missing([talk(page="")], library, Web().captions, wall.run())

    assert report.exit is ExitCode.DONE
    assert report.sentences[0].startswith("talk: The catalogue names no YouTube id")


def test_a_clock_that_goes_back_does_not_keep_a_video_from_being_asked(
    library: Library, wall: Wall
) -> None:
    web = Web(talk={AUTO: VTT})
    fetch_missing([talk()], library, web.captions, wall.run())
    wall.now -= timedelta(days=400)

    fetch_missing([talk()], library, web.captions, wall.run())

    assert web.asked == ["talk", "talk"]


def test_the_page_is_asked_where_the_media_has_no_captions(library: Library, wall: Wall) -> None:
    web = Web(talk={AUTO: VTT})
    video = talk(media="https://example.org/film.mp4")

    report = fetch_missing([video], library, web.captions, wall.run())

    assert web.asked == ["film.mp4", "talk"]
    assert outcomes(report) == [Outcome.FETCHED]


def test_youtube_is_the_first_and_only_address_of_a_video_that_has_an_id() -> None:
    video = talk(youtube="abcdefghijk", media="https://example.org/film.mp4")

    assert addresses_of(video) == ("https://www.youtube.com/watch?v=abcdefghijk",)


def test_a_film_in_the_library_has_its_captions_on_its_page() -> None:
    assert addresses_of(talk(media="film.mp4")) == ("https://example.org/talk",)


def test_videos_with_the_same_trouble_share_a_sentence(library: Library, wall: Wall) -> None:
    report = fetch_missing([talk("a"), talk("b")], library, Web().captions, wall.run())

    assert report.sentences[0].startswith("a, b: The video plays but has no captions yet;")
    assert report.sentences[0].endswith("Next try: 2026-03-08 04:00 UTC.")
    assert report.sentences[1] == "2 videos: 2 no captions."
