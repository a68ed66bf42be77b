from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from paths import ROOT
from typer.testing import CliRunner

import hope
from catalog import Library, load_catalogue

README = (ROOT / "README.md").read_text("utf-8")
RUNNER = CliRunner()
BLOCKS = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
COMMANDS = [
    shlex.split(command.strip())
    for line in BLOCKS.splitlines()
    for command in line.split(" #")[0].split("&&")
    if command.strip().startswith("hope")
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_in_the_readme_is_there_and_has_help(command: list[str]) -> None:
    result = RUNNER.invoke(hope.app, [command[1], "--help"])

    assert result.exit_code == 0
    assert "Usage" in result.output


def test_every_make_target_in_the_documents_is_there() -> None:
    documents = README + (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = set(re.findall(r"^make ([a-z]+)", documents, re.MULTILINE))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert {"demo", "test"} <= named <= targets


def test_every_command_and_option_has_help() -> None:
    for room, said in hope.ROOMS.items():
        assert hope.commands_of(room).keys() == said.keys()
    overview = " ".join(RUNNER.invoke(hope.app, ["--help"]).output.split())
    for command, says in ((c, s) for room in hope.ROOMS.values() for c, s in room.items()):
        assert f" {command} {says}" in overview
        shown = RUNNER.invoke(hope.app, [command, "--help"], env={"COLUMNS": "200"}).output
        assert says.removesuffix(".") in " ".join(shown.split())
        bare = re.findall(r"^  (--\S+)(?: [A-Z<\[]\S*)?\s*$", shown, re.MULTILINE)
        assert not bare, f"hope {command}: {bare} say nothing"


def test_the_video_that_the_readme_names_is_in_the_shipped_catalogue(tmp_path: Path) -> None:
    videos = load_catalogue(Library(tmp_path)).videos

    assert {c[2] for c in COMMANDS if c[1] == "transcript"} <= videos.keys()


@pytest.mark.parametrize(
    ("what", "others"),
    [
        (
            "hope.app(['--help'], standalone_mode=False)",
            "indexer transcripts webapp numpy pydantic",
        ),
        (
            "[*map(hope.commands_of, hope.ROOMS)]",
            "yt_dlp starlette rich fastembed onnxruntime huggingface_hub indexer.evaluation.runs",
        ),
    ],
)
def test_no_command_loads_what_only_some_need(what: str, others: str) -> None:
    script = f"import sys, hope; {what}; print(*sys.modules)"

    run = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=ROOT, check=True)

    assert set(others.split()).isdisjoint(run.stdout.decode().splitlines()[-1].split())


@pytest.mark.slow
def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    command = f"{sys.executable} -m hope --library {tmp_path} check | head -n 1"

    run = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, cwd=ROOT, check=False
    )

    assert b"Traceback" not in run.stderr


def test_the_version_comes_with_that_of_yt_dlp_and_its_age() -> None:
    result = RUNNER.invoke(hope.app, ["--version"])

    assert result.exit_code == 0
    assert re.match(r"hope-with-answers \S+\nyt-dlp \d{4}\.\S+, [\d,]+ days? old\n", result.output)
