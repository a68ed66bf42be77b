"""The Jinja environment: templates are read once, macros and texts cost little.

A results page calls some hundred macros and looks up as many texts. Jinja asks of each what it
wants to be given, and makes a context of its own for every text in a loop; here that is known.
"""

from functools import lru_cache
from pathlib import Path
from types import FunctionType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from webapp.i18n import translations as wording

_MOST_TEXTS = 4000


class PageContext(Context):
    """Calls a template's macros, and functions that want nothing of it, at once."""

    def call(self, called: Any, /, *args: Any, **values: Any) -> Any:
        """Call what a template names; anything unusual goes Jinja's way."""
        kind = type(called)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind is not FunctionType or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **values)
        values.pop("_loop_vars", None)
        values.pop("_block_vars", None)
        return called(*args, **values)


def page_environment(folder: Path) -> Environment:
    """Templates of a folder, escaped, strict about names, and read once."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.context_class = PageContext
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # the extension adds it
    environment.globals |= {"_": text, "gettext": text, "ngettext": counted_text}
    return environment


def text(message: str, /, **values: object) -> Markup:
    """A text in the interface's language, with values in its places: `%(name)s`."""
    return _filled(wording.gettext(message), values)


def counted_text(one: str, many: str, number: int, /, **values: object) -> Markup:
    """A text for one or for many; `num` is the number."""
    return _filled(wording.ngettext(one, many, number), {"num": number, **values})


def _filled(found: str, values: dict[str, object]) -> Markup:
    """Put values into a text; it is our own, and they are escaped."""
    if not values:
        return _plain(found)
    escaped = {name: escape(value) for name, value in values.items()}
    return Markup(found % escaped)  # noqa: S704 - what comes from elsewhere is escaped


@lru_cache(maxsize=_MOST_TEXTS)
def _plain(found: str) -> Markup:
    return Markup(found % {})  # noqa: S704 - a text of ours
