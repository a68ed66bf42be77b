"""Nothing of the user's own yt-dlp takes part: no plugin, setting, cookie, password or program.

Each trap is real, and first shown to be one: yt-dlp by itself walks into all of them.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
import yt_dlp
from loopback import Site, serving
from paths import ROOT

from transcripts.sites.policy import RequestPolicy
from transcripts.sites.ytdlp import YtDlp

VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"
PLUGIN = """
    from pathlib import Path
    from yt_dlp.extractor.common import InfoExtractor

    Path({marker!r}).touch()

    class TrapIE(InfoExtractor):
        _VALID_URL = r"https?://never[.]example/"
"""
OURS = """
    import sys
    from functools import partial
    from transcripts.sites.client import Downloader
    from transcripts.sites.policy import RequestPolicy
    from transcripts.sites.offers import choose_offers

    policy = RequestPolicy(allow_loopback=True, backoff_s=0)
    caught = Downloader(policy).captions(sys.argv[1], partial(choose_offers, language="en"))
    print(*(one.content.decode() for one in caught.deliveries))
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        running.page("/talk/", "en en.vtt")
        running.put("/talk/en.vtt", VTT)
        yield running


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A user's folder with every trap in it."""
    home = tmp_path / "home"
    marks = tmp_path / "marks"
    marks.mkdir()
    for name, folder in {
        "config": home / ".config/yt-dlp/plugins/trap/yt_dlp_plugins/extractor",
        "path": tmp_path / "path/yt_dlp_plugins/extractor",
    }.items():
        folder.mkdir(parents=True)
        plugin = dedent(PLUGIN).format(marker=str(marks / f"plugin-{name}"))
        (folder / f"trap_{name}.py").write_text(plugin)
    netrc = home / ".netrc"
    netrc.write_text("machine generic login me password secret\n")
    netrc.chmod(0o600)
    firefox = home / ".mozilla/firefox/abc.default"
    firefox.mkdir(parents=True)
    with sqlite3.connect(firefox / "cookies.sqlite") as cookies:
        cookies.execute(
            "CREATE TABLE moz_cookies (host TEXT, name TEXT, value TEXT, path TEXT, "
            "expiry INTEGER, isSecure INTEGER, originAttributes TEXT)"
        )
        row = ("127.0.0.1", "session", "secret", "/", 4102444800, 0, "")
        cookies.execute("INSERT INTO moz_cookies VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    (home / ".config/yt-dlp/config").write_text(
        "--cookies-from-browser firefox\n--netrc\n--add-headers X-Trap:1\n--skip-download\n"
        f"--write-info-json\n--ignore-no-formats-error\n--exec pre_process:touch:{marks}/x\n"
        f"--paths {marks}\n--exec 'before_dl:touch {marks}/program'\n"
        f"--exec 'pre_process:touch {marks}/program'\n"
    )
    return home


def run(home: Path, *words: str) -> str:
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    path = os.pathsep.join([str(ROOT), str(home.parent / "path")])
    where = {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, *words],
        env={**kept, **where, "no_proxy": "*"},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.stdout + done.stderr


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_yt_dlp_by_itself_walks_into_every_trap_and_ours_into_none(home: Path, site: Site) -> None:
    marks = home.parent / "marks"
    said = run(home, "-m", "yt_dlp", "--no-simulate", site.url + "/talk/")

    made = {name.partition(".")[0] for name in files(marks)}
    assert {"plugin-config", "plugin-path", "program"} <= files(marks), said
    assert any("info.json" in name for name in files(marks)), (said, made)
    assert site.heads[0]["X-Trap"] == "1"
    assert site.heads[0]["Cookie"] == "session=secret"

    for file in marks.iterdir():
        file.unlink()
    site.heads.clear()
    before = files(home)
    said = run(home, "-B", "-c", dedent(OURS), site.url + "/talk/")

    assert "Hello" in said
    assert len(site.heads) == 2
    assert [sorted({"X-Trap", "Cookie", "Authorization"} & {*head}) for head in site.heads] == [
        [],
        [],
    ]
    assert files(marks) == set()
    assert files(home) == before


def test_a_password_in_netrc_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine youtube login me password secret\n")
    netrc.chmod(0o600)

    def login(ydl: yt_dlp.YoutubeDL) -> object:
        with ydl:
            return ydl.get_info_extractor("Youtube")._get_login_info()

    assert login(yt_dlp.YoutubeDL({"usenetrc": True, "quiet": True})) == ("me", "secret")
    assert login(YtDlp(RequestPolicy(), (), lambda _: None)) == (None, None)
