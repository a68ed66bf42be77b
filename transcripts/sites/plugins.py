"""The one plugin of yt-dlp that an operator may allow: a provider of PO tokens, by its package.

yt-dlp itself would load every plugin that it finds, in packages and in the user's folders. Here
only the modules of the package that was named are imported; they register themselves.
"""

import importlib
from functools import cache
from importlib import metadata

from transcripts.errors import TranscriptError

_FOLDER = ("yt_dlp_plugins", "extractor")


@cache
def load_plugin(package: str) -> None:
    """Import the plugin of a package. Raises TranscriptError where it is none, or not installed."""
    modules = modules_of(package)
    if modules is None:
        raise TranscriptError(
            f"site.toml: fetching: the package {package!r} of po_token_plugin is not installed; "
            "install it, or take the entry out"
        )
    if not modules:
        raise TranscriptError(f"site.toml: fetching: {package!r} is no plugin of yt-dlp")
    for module in modules:
        try:
            importlib.import_module(module)
        except Exception as err:  # whatever a plugin does, it ends in a sentence
            raise TranscriptError(f"The plugin {package!r} cannot be loaded: {err}") from err


def modules_of(package: str) -> tuple[str, ...] | None:
    """The modules that a package adds to yt-dlp's extractors; None where it is not installed."""
    try:
        files = metadata.distribution(package).files or ()
    except metadata.PackageNotFoundError:
        return None
    return tuple(
        ".".join((*_FOLDER, file.stem))
        for file in files
        if file.parts[:-1] == _FOLDER and file.suffix == ".py" and file.stem != "__init__"
    )


def plugin_version(package: str) -> str:
    """The version of a package, "" where it is not installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
