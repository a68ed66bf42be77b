"""Where the demo may be set up, and what it says where it may not."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from catalog import ExitCode, Library, load_catalogue
from hope import app
from webapp import demo
from webapp.demo import SampleError, prepare_demo, sample_site
from webapp.presenters.watching.player import player_of

SITE = "http://127.0.0.1:9"


def run_demo(*words: str, **environment: str) -> Result:
    result = CliRunner().invoke(app, [*words], env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


@pytest.mark.parametrize("there", ["captions/pills/en.manual.vtt", "index/current", "notes.txt"])
def test_a_demo_leaves_a_real_library_alone(tmp_path: Path, there: str) -> None:
    file = tmp_path / there
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("real")

    with pytest.raises(SampleError) as refusal:
        prepare_demo(Library(tmp_path), SITE)

    assert str(refusal.value) == (
        f"{tmp_path} holds something else, which the sample would hide; "
        "name an empty folder: hope --library FOLDER demo"
    )
    assert not (tmp_path / "catalog").exists()


@pytest.mark.slow
def test_a_demo_is_set_up_in_an_empty_folder_and_again_in_itself(tmp_path: Path) -> None:
    library = Library(tmp_path)

    with sample_site() as site:
        assert prepare_demo(library, site) is ExitCode.DONE
        assert prepare_demo(library, site) is ExitCode.DONE

    assert (library.catalog_dir / "sample-first-steps.toml").is_file()
    videos = load_catalogue(library).videos.values()
    assert {player_of(video, library, 133_000).kind for video in videos} == {"own"}


def test_a_folder_that_cannot_be_written_is_a_sentence_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied", "/read-only/catalog")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(SampleError) as refusal:
        prepare_demo(Library(Path("/read-only")), SITE)

    assert str(refusal.value) == (
        "/read-only cannot be used (/read-only/catalog: Permission denied); is it read-only?"
    )


@pytest.mark.parametrize(
    ("words", "place"),
    [(["demo"], "sample-library"), (["--library", "named", "demo"], "named")],
    ids=["variable", "option"],
)
def test_only_the_command_line_names_the_folder_of_the_demo(
    words: list[str], place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(demo, "serve_demo", lambda library, *_: asked.append(library.root))

    run_demo(*words, HOPE_LIBRARY="real")

    assert asked == [Path(place)]


def test_a_port_that_is_taken_is_said_before_anything_is_set_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run_demo("--library", str(tmp_path / "new"), "demo", "--port", port)

    assert result.exit_code == 2
    assert result.stderr.startswith(f"Cannot serve on 127.0.0.1 port {port}: ")
    assert not (tmp_path / "new").exists()
