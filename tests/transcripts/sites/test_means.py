"""The means of asking where YouTube refuses: each off unless it is set, each against loopback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from textwrap import dedent

import pytest
from command_line import hope
from fake_youtube import FakeYouTube, auto, youtube
from libraries import GLOSSARY, write_catalogue
from loopback import Site, serving
from paths import ROOT
from yt_dlp.extractor.youtube.jsc._builtin.deno import DenoJCP  # type: ignore[import-not-found]  # no stubs

from catalog import FetchSettings, Library
from transcripts.errors import TranscriptError
from transcripts.sites.client import Downloader
from transcripts.sites.cookies import ends_of, read_cookies
from transcripts.sites.offers import choose_offers
from transcripts.sites.options import yt_dlp_options
from transcripts.sites.outcomes import Outcome
from transcripts.sites.policy import RequestPolicy
from transcripts.sites.signals import classify
from transcripts.sites.ytdlp import YtDlp

ID = "abcdefghijk"
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"
JSON3 = '{"wireMagic": "pb3", "events": [{"tStartMs": 0, "segs": [{"utf8": "Hello"}]}]}'
HEAD = "# Netscape HTTP Cookie File\n"
COOKIE = "127.0.0.1\tFALSE\t/\tFALSE\t4102444800\tsession\tsecret\n"
OF_YOUTUBE = ".youtube.com\tTRUE\t/\tTRUE\t4102444800\tSID\tsecret\n"
english = partial(choose_offers, language="en")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    write_catalogue(tmp_path, GLOSSARY, "glossary.csv")
    return Library(tmp_path)


@pytest.fixture
def tube() -> Iterator[FakeYouTube]:
    with youtube() as fake:
        yield fake


def catalogue(library: Library, more: str) -> None:
    write_catalogue(
        library.root,
        f'slug = "talks"\ntitle = "T"\n[[videos]]\nslug = "talk"\ntitle = "T"\n{more}\n',
    )


def settings(library: Library, toml: str) -> None:
    library.site_file.write_text(f"[fetching]\n{toml}\n")


def cookies(library: Library, lines: str = HEAD + COOKIE) -> Path:
    file = library.root / "cookies.txt"
    file.write_text(lines)
    file.chmod(0o600)
    settings(library, 'cookies = "cookies.txt"')
    return file


def test_nothing_is_on_unless_it_is_set() -> None:
    options = yt_dlp_options(RequestPolicy(), (), None)

    assert options["js_runtimes"] == {}
    assert {"proxy", "cookiefile"}.isdisjoint(options)
    assert options["extractor_args"].keys() == {"youtube"}
    assert "player_client" not in options["extractor_args"]["youtube"]


def test_cookies_are_sent_to_their_site_and_written_nowhere(library: Library, site: Site) -> None:
    catalogue(library, f'page = "{site.page("/talk/", "en en.vtt")}"')
    site.put("/talk/en.vtt", VTT, Set_Cookie="new=1; Max-Age=9999")
    file = cookies(library)

    result = hope(library, "fetch", "--allow-loopback")

    assert result.exit_code == 0, result.output
    assert [head["Cookie"] for head in site.heads] == ["session=secret"] * 2
    assert file.read_text() == HEAD + COOKIE
    kept = "".join(path.read_text() for path in library.captions_dir.rglob("*") if path.is_file())
    assert "secret" not in kept + result.output


@pytest.mark.parametrize(
    ("lines", "says"),
    [("", "no cookie"), ("no cookies\n", "line 1 is no cookie"), (None, "No such file")],
)
def test_a_wrong_cookies_file_keeps_fetch_from_asking(
    library: Library, site: Site, lines: str | None, says: str
) -> None:
    catalogue(library, f'page = "{site.page("/talk/")}"')
    file = cookies(library, lines or "")
    if lines is None:
        file.unlink()

    result = hope(library, "fetch", "--allow-loopback")

    assert result.exit_code == 2
    assert says in result.stderr
    assert site.asked == []


def test_cookies_are_counted_by_domain(tmp_path: Path) -> None:
    file = tmp_path / "cookies.txt"
    file.write_text(COOKIE + OF_YOUTUBE + "#HttpOnly_" + OF_YOUTUBE)

    lines = read_cookies(file)

    assert lines.startswith("# Netscape")
    assert len(ends_of(lines, "youtube.com")) == 2
    with pytest.raises(TranscriptError, match="cannot be read: Is a directory"):
        read_cookies(tmp_path)


def test_a_proxy_is_asked_for_what_it_stands_before(library: Library, site: Site) -> None:
    catalogue(library, 'page = "http://talks.example/"')
    settings(library, f'hosts = ["talks.example"]\nproxy = "{site.url}"')
    site.page("http://talks.example/", "en en.vtt")
    site.put("http://talks.example/en.vtt", VTT)

    result = hope(library, "fetch")

    assert result.exit_code == 0, result.output
    assert site.asked == ["http://talks.example/", "http://talks.example/en.vtt"]


def test_javascript_is_run_by_deno_only_where_it_is_set() -> None:
    off, on = FetchSettings(), FetchSettings(javascript=True)

    with YtDlp(RequestPolicy(allowed=off), (), lambda _: None) as plain:
        assert plain.params["js_runtimes"] == {}
    with YtDlp(RequestPolicy(allowed=on), (), lambda _: None) as able:
        (deno,) = able._js_runtimes.values()  # type: ignore[attr-defined]  # the stubs lack it
        assert deno.info.supported
        assert deno.info.name == "deno"


TRIES = """
    for (const trial of [
      () => Deno.readTextFileSync("/etc/hostname"),
      () => Deno.writeTextFileSync("marked", "x"),
      () => Deno.env.get("HOME"),
      () => new Deno.Command("id").outputSync(),
      () => Deno.connect({ port: 80 }),
      () => fetch("http://127.0.0.1:8080/"),
    ]) {
      try { await trial(); console.log("allowed"); } catch (err) { console.log(err.name); }
    }
"""


def test_deno_as_yt_dlp_runs_it_has_no_files_network_environment_and_programs(
    tmp_path: Path,
) -> None:
    with YtDlp(RequestPolicy(allowed=FetchSettings(javascript=True)), (), lambda _: None) as ydl:
        deno = ydl._js_runtimes["deno"].info.path  # type: ignore[attr-defined]  # as above
    command = [deno, "run", *DenoJCP._DENO_BASE_OPTIONS, "--no-npm", "--cached-only", "-"]

    done = subprocess.run(
        command, input=TRIES, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout.split() == ["NotCapable"] * 6
    assert [*tmp_path.iterdir()] == []


def test_with_javascript_youtube_is_asked_as_yt_dlp_chooses(tube: FakeYouTube) -> None:
    tube.video(ID, auto("en", JSON3))
    asking = RequestPolicy(backoff_s=0, allowed=FetchSettings(javascript=True))

    caught = Downloader(asking, lambda _: None).captions(
        f"https://www.youtube.com/watch?v={ID}", english
    )

    assert classify(caught.seen) is Outcome.FETCHED
    players = [asked for asked in tube.asked if asked.startswith("player")]
    assert len(players) > 1
    assert "player VISIONOS" in players


PLUGIN = """
    from pathlib import Path
    from yt_dlp.extractor.youtube.pot.provider import (
        PoTokenProvider, PoTokenResponse, register_provider,
    )
    from yt_dlp.networking import Request

    Path({marker!r}).touch()

    @register_provider
    class TestPTP(PoTokenProvider):
        PROVIDER_NAME = {name!r}
        _SUPPORTED_CLIENTS = None
        _SUPPORTED_CONTEXTS = None

        def is_available(self):
            return True

        def _real_request_pot(self, request):
            server = self.ie._configuration_arg(
                "base_url", [""], ie_key="youtubepot-bgutilhttp")[0]
            self._request_webpage(Request(server + "/get_pot"), note=False)
            return PoTokenResponse(po_token="dG9rZW4h")
"""
ASK = """
    import sys
    from fake_youtube import auto, youtube
    from functools import partial
    from catalog import FetchSettings
    from transcripts.sites.client import Downloader
    from transcripts.sites.policy import RequestPolicy
    from transcripts.sites.offers import choose_offers

    allowed = FetchSettings(po_token_plugin=sys.argv[1], po_token_server=sys.argv[2])
    with youtube() as tube:
        tube.video("abcdefghijk", auto("en", '{"events": []}', needs_token=True))
        caught = Downloader(RequestPolicy(backoff_s=0, allowed=allowed)).captions(
            "https://www.youtube.com/watch?v=abcdefghijk", partial(choose_offers, language="en"))
        print(len(caught.deliveries), caught.seen.site, *tube.tokens)
"""


def package(folder: Path, name: str, module: str, marker: Path) -> None:
    """A package with a plugin of yt-dlp, as pip installs one."""
    plugins = folder / "yt_dlp_plugins/extractor"
    plugins.mkdir(parents=True, exist_ok=True)
    code = dedent(PLUGIN).format(marker=str(marker), name=name)
    (plugins / f"{module}.py").write_text(code)
    account = folder / f"{name}-1.0.dist-info"
    account.mkdir()
    (account / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (account / "RECORD").write_text(f"yt_dlp_plugins/extractor/{module}.py,,\n")


@pytest.mark.slow
def test_the_plugin_that_is_named_gives_tokens_and_no_other_is_loaded(
    tmp_path: Path, site: Site
) -> None:
    marks = tmp_path / "marks"
    marks.mkdir()
    package(tmp_path / "path", "wanted", "getpot_wanted", marks / "wanted")
    package(tmp_path / "path", "trap", "getpot_trap", marks / "trap")
    site.put("/get_pot", "{}")
    path = os.pathsep.join(map(str, (ROOT, ROOT / "tests/support", tmp_path / "path")))

    done = subprocess.run(
        [sys.executable, "-c", dedent(ASK), "wanted", site.url],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.stdout == "1 youtube.com dG9rZW4h\n", done.stdout + done.stderr
    assert [file.name for file in marks.iterdir()] == ["wanted"]
    assert set(site.asked) == {"/get_pot"}


def test_a_plugin_that_is_not_there_keeps_fetch_from_asking(library: Library, site: Site) -> None:
    catalogue(library, f'page = "{site.page("/talk/")}"')
    settings(library, 'po_token_plugin = "no-such-package"')

    result = hope(library, "fetch", "--allow-loopback")

    assert result.exit_code == 2
    assert "'no-such-package' of po_token_plugin is not installed" in result.stderr
    assert site.asked == []


def test_only_the_named_server_of_tokens_is_asked_on_this_machine() -> None:
    policy = RequestPolicy(allowed=FetchSettings(po_token_server="http://127.0.0.1:4416"))

    assert policy.is_token_server("http://127.0.0.1:4416/get_pot")
    assert not policy.is_token_server("http://127.0.0.1:8000/")
    assert not policy.is_token_server("https://127.0.0.1:4416/get_pot")
    assert not RequestPolicy().is_token_server("")


def test_check_says_what_is_there_and_explains_the_answer(
    library: Library, tube: FakeYouTube
) -> None:
    catalogue(library, f'youtube = "{ID}"')
    tube.refuses(ID, "Sign in to confirm you’re not a bot")

    result = hope(library, "check", "--fetching")

    assert result.exit_code == 3
    for name in ("yt-dlp: 20", "JavaScript: off", "PO tokens: off", "Cookies: off", "Proxy: off"):
        assert f"{name}" in result.stdout
    assert f"Asked for talk (https://www.youtube.com/watch?v={ID})" in result.stdout
    assert "takes this machine for a robot" in result.stdout
    assert "What is off and may help, the cheapest first: JavaScript, PO tokens" in result.stdout
    assert not library.captions_dir.exists()
    assert not (library.root / "blocked.json").exists()


def test_check_names_the_video_that_came_and_keeps_nothing(
    library: Library, tube: FakeYouTube
) -> None:
    catalogue(library, f'youtube = "{ID}"')
    tube.video(ID, auto("en", JSON3))
    settings(library, "javascript = true")

    result = hope(library, "check", "--fetching")

    assert result.exit_code == 0, result.output
    assert "JavaScript: on, by deno 2" in result.stdout
    assert "Its captions came: en.auto.json3." in result.stdout
    assert not library.captions_dir.exists()


def test_check_names_each_means_that_is_not_as_it_should_be(library: Library, site: Site) -> None:
    catalogue(library, f'page = "{site.page("/talk/", "en en.vtt")}"')
    site.put("/talk/en.vtt", VTT)
    cookies(library).chmod(0o644)
    (library.root / "cookies.txt").write_text(HEAD + OF_YOUTUBE)
    library.site_file.write_text(
        '[fetching]\ncookies = "cookies.txt"\nproxy = "http://me:secret@127.0.0.1:9"\n'
        'po_token_plugin = "no-such-package"\n'
    )

    result = hope(library, "check", "--fetching", "--allow-loopback")

    assert result.exit_code == 1
    assert "others may read" in result.stdout
    assert (
        "Proxy: on, but http://127.0.0.1:9 cannot be reached: Connection refused" in result.stdout
    )
    assert "PO tokens: on, but the package no-such-package is not installed" in result.stdout
    assert "talk was not asked for: " in result.stdout
    assert "secret" not in result.output


def test_check_of_a_catalogue_without_addresses_asks_nobody(library: Library) -> None:
    catalogue(library, "")

    result = hope(library, "check", "--fetching")
    unknown = hope(library, "check", "--fetching", "--video", "nothing")

    assert result.exit_code == 0
    assert "No video of the catalogue has an address that can be asked." in result.stdout
    assert unknown.exit_code == 2


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running
