from __future__ import annotations

from pathlib import Path

from webapp.rendering.assets import load_assets


def written(folder: Path, youtube: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "clip.js").write_text('import { play } from "./youtube.js";\nplay();\n')
    (folder / "youtube.js").write_text(youtube)
    return folder


def test_a_script_imports_another_by_the_name_that_it_is_served_by(tmp_path: Path) -> None:
    assets = load_assets(written(tmp_path, "export function play() {}\n"))
    shared = assets.plain["youtube.js"]

    assert shared.name in assets.served
    assert f'from "./{shared.name}"'.encode() in assets.plain["clip.js"].body


def test_a_script_has_another_name_when_what_it_imports_has_changed(tmp_path: Path) -> None:
    before = load_assets(written(tmp_path, "export const a = 1;\n")).address("clip.js")
    after = load_assets(written(tmp_path, "export const a = 2;\n")).address("clip.js")

    assert before != after
