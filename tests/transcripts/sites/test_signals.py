"""What was seen while asking, and which outcome it shows."""

import pytest

from transcripts.sites.outcomes import Outcome
from transcripts.sites.signals import Signals, classify

NO_TOKEN = "There are missing subtitles languages because a PO token was not provided."


def said(words: str, **more: object) -> Signals:
    return Signals(said=(words,), **more)  # type: ignore[arg-type]  # tests name real fields


SHOWN = {
    "tracks": (Signals(native=1, playable=True), Outcome.FETCHED),
    "tracks of what cannot be played": (Signals(native=1), Outcome.FETCHED),
    "plays without tracks": (Signals(playable=True), Outcome.NO_CAPTIONS),
    "token missing": (said(NO_TOKEN, playable=True), Outcome.WITHHELD),
    "private": (said("[youtube] abc: Private video. Sign in if you may"), Outcome.PRIVATE),
    "removed": (said("This video has been removed by the uploader"), Outcome.REMOVED),
    "unavailable": (said("Video unavailable"), Outcome.REMOVED),
    "dead link": (Signals(statuses=(404,)), Outcome.DEAD_LINK),
    "gone for good": (Signals(statuses=(410,)), Outcome.DEAD_LINK),
    "members": (said("Join this channel to get access to members-only"), Outcome.MEMBERS_ONLY),
    "age": (said("Sign in to confirm your age"), Outcome.AGE_LIMIT),
    "premiere": (said("Premieres in 3 hours"), Outcome.UPCOMING),
    "announced": (Signals(upcoming=True), Outcome.UPCOMING),
    "geo by error": (Signals(geo=True), Outcome.GEO_BLOCKED),
    "geo by words": (
        said("Video unavailable. The uploader has not made this video available in your country"),
        Outcome.GEO_BLOCKED,
    ),
    "429": (Signals(statuses=(429,), retry_after_s=60), Outcome.RATE_LIMITED),
    "429 beside tracks": (Signals(native=1, statuses=(429,)), Outcome.RATE_LIMITED),
    "try later": (said("This content isn't available, try again later."), Outcome.RATE_LIMITED),
    "rate-limited": (said("The current session has been rate-limited"), Outcome.RATE_LIMITED),
    "bot": (said("Sign in to confirm you’re not a bot"), Outcome.BOT_CHECK),
    "bot before 429": (said("not a bot", statuses=(429,)), Outcome.BOT_CHECK),
    "invalid": (said("All player responses are invalid. Your IP is likely"), Outcome.BOT_CHECK),
    "unreachable": (Signals(unreachable=True), Outcome.NETWORK_DOWN),
    "unreachable though playable": (
        Signals(unreachable=True, playable=True),
        Outcome.NETWORK_DOWN,
    ),
    "no answer": (said("Failed to extract any player response"), Outcome.OUTDATED),
    "no answer after an error": (
        said("Failed to extract any player response", statuses=(503,)),
        Outcome.SITE_TROUBLE,
    ),
    "live ended": (said("[youtube] abcdefghijk: This live event has ended."), Outcome.NOT_READY),
    "processing": (said("We're processing this video. Check back later."), Outcome.NOT_READY),
    "on the air": (Signals(live=True, playable=True), Outcome.NOT_READY),
    "recording gone": (said("This live stream recording is not available."), Outcome.REMOVED),
    "offline": (said("ERROR: [youtube] abcdefghijk: Offline."), Outcome.OFFLINE),
    "not on the air": (said("The channel is not currently live"), Outcome.OFFLINE),
    "offline in a sentence": (said("You're offline. Check your connection"), Outcome.FAILED),
    "music premium": (
        said("Video unavailable. This video is only available to Music Premium members"),
        Outcome.PREMIUM_ONLY,
    ),
    "to be paid": (said("This video requires payment to watch"), Outcome.PREMIUM_ONLY),
    "behind a notice": (
        said("The following content may contain suicide or self-harm topics."),
        Outcome.BEHIND_NOTICE,
    ),
    "discretion": (said("Viewer discretion is advised"), Outcome.BEHIND_NOTICE),
    "geographic": (said("Not available due to geographic restriction"), Outcome.GEO_BLOCKED),
    "account of a video": (
        said("Video unavailable. The YouTube account of its uploader has been terminated."),
        Outcome.REMOVED,
    ),
    "account of a channel": (
        said("YouTube said: This account has been terminated for a violation"),
        Outcome.NO_LIST,
    ),
    "sign in": (said("Please sign in. Use --cookies-from-browser"), Outcome.SIGN_IN),
    "only on YouTube": (
        said("Video unavailable. Playback on other websites has been disabled by the owner"),
        Outcome.OUTDATED,
    ),
    "to be reloaded": (said("The page needs to be reloaded."), Outcome.OUTDATED),
    "extractor": (said("Unable to extract data; please report this issue on"), Outcome.OUTDATED),
    "no playlist": (said("YouTube said: The playlist does not exist."), Outcome.NO_LIST),
    "no channel": (
        said("The channel/playlist does not exist and the URL redirected to youtube.com home page"),
        Outcome.NO_LIST,
    ),
    "private list": (said("YouTube said: This playlist is private"), Outcome.PRIVATE_LIST),
    "empty list": (Signals(empty=True), Outcome.EMPTY_LIST),
    "certificate": (Signals(unreachable=True, untrusted=True), Outcome.BAD_CERTIFICATE),
    "proxy": (Signals(unreachable=True, proxy_lost=True), Outcome.PROXY_TROUBLE),
    "server error": (Signals(statuses=(503,)), Outcome.SITE_TROUBLE),
    "forbidden": (Signals(statuses=(403,)), Outcome.SITE_TROUBLE),
    "refused": (Signals(refused="127.0.0.1 is on a private network"), Outcome.ADDRESS_REFUSED),
    "too large": (Signals(too_much="larger than 20 bytes"), Outcome.TOO_LARGE),
    "several": (Signals(several=3), Outcome.SEVERAL_VIDEOS),
    "no video": (said("Unsupported URL: https://example.org/"), Outcome.NO_VIDEO),
    "anything else": (said("KeyError: 'streams'"), Outcome.FAILED),
    "nothing": (Signals(), Outcome.FAILED),
}


@pytest.mark.parametrize(("seen", "outcome"), SHOWN.values(), ids=SHOWN)
def test_signals_show_one_outcome(seen: Signals, outcome: Outcome) -> None:
    assert classify(seen) is outcome


def test_the_site_s_words_come_as_one_short_line_without_program_advice() -> None:
    seen = said(
        "ERROR: [youtube] abcdefghijk: Private\x1b[0m video.\nReally\u202e. "
        "Use --cookies-from-browser for the authentication"
    )

    assert seen.detail == "Private video. Really ."


def test_what_youtube_says_of_a_list_comes_without_yt_dlp_s_own_words() -> None:
    seen = said("ERROR: [youtube:tab] PL1: YouTube said: The playlist does not exist.")

    assert seen.detail == "The playlist does not exist."


def test_without_words_the_status_is_the_detail() -> None:
    assert Signals(statuses=(500, 503)).detail == "HTTP 503"
