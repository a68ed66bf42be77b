"""Links in a library: the folders of a library may be links, what lies in them leads nowhere else.

So a library can have its captions on another disk, and nobody's other files are read or written by
way of it.
"""

from __future__ import annotations

from pathlib import Path


def leads_out(path: Path, folder: Path) -> bool:
    """Whether a link takes `path`, somewhere in `folder`, to a place outside of it.

    A link in a circle leads out as well. Where there is no link it costs a look for each step.
    """
    steps = (path, *path.parents)
    if not any(step.is_symlink() for step in steps[: steps.index(folder)]):
        return False
    try:
        return not path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return True
