"""The Jinja environment: templates are read once, macros and texts cost little.

A results page calls some hundred macros, looks up as many texts and escapes several hundred values.
Jinja asks of each macro and function what it wants to be given, makes a context of its own for
every text in a loop, and a Markup of whatever is put out; here that is known, or of no use. What
says the same on every page of a language (texts without values, links to fixed places) is written
into the compiled templates.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from webapp.i18n import translations as wording
from webapp.i18n.translations import Interface

_MOST_TEXTS = 4000
_PLAIN = frozenset((FunctionType, MethodType))
_to_be_escaped = re.compile("[&<>'\"]").search


def _put_out(value: Any) -> str:
    """A value as it stands in a page, escaped."""
    kind = type(value)
    if kind is Markup or (kind is str and not _to_be_escaped(value)):
        return value  # type: ignore[no-any-return]
    return escape(value)


class PageEnvironment(Environment):
    """Writes and calls templates at little cost; `autoescape` is on in all of them.

    What the functions `settled` say of constants is settled when a template is compiled, for pages
    that are shown in `shown` alone.
    """

    put_out = staticmethod(_put_out)
    settled: Mapping[str, Callable[..., object]] = {}
    shown = Interface()

    def constant(self, node: nodes.Expr) -> str | None:
        """What a call puts out, where that is settled."""
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
            return None
        function = self.settled.get(node.node.name)
        if function is None or node.kwargs or node.dyn_args or node.dyn_kwargs:
            return None
        if not all(isinstance(one, nodes.Const) for one in node.args):
            return None
        with wording.shown_in(self.shown):
            return str(escape(function(*(one.as_const() for one in node.args))))


class _PageGenerator(CodeGenerator):
    """Writes templates so that what they put out is settled, or goes through `_put_out`."""

    environment: PageEnvironment

    def _output_child_to_const(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> str:
        settled = self.environment.constant(node)
        if settled is None:
            return super()._output_child_to_const(node, frame, finalize)
        return settled

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.put_out(")


PageEnvironment.code_generator_class = _PageGenerator


class PageContext(Context):
    """Calls a template's macros, and functions that want nothing of it, at once."""

    def call(self, called: Any, /, *args: Any, **values: Any) -> Any:
        """Call what a template names; anything unusual goes Jinja's way."""
        kind = type(called)
        if kind is Macro:
            values.pop("_loop_vars", None)
            values.pop("_block_vars", None)
            return _called(called, args, values)
        if kind not in _PLAIN or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **values)
        values.pop("_loop_vars", None)
        values.pop("_block_vars", None)
        return called(*args, **values)


def _called(macro: Macro, args: tuple[Any, ...], values: dict[str, Any]) -> str:
    """What a macro puts out; one without a caller is given its arguments in their order."""
    names = macro.arguments
    if macro.caller or macro.catch_kwargs or macro.catch_varargs:
        return macro(*args, **values)
    if len(args) < len(names):
        args = (*args, *[values.pop(name, missing) for name in names[len(args) :]])
    if values or len(args) > len(names):
        return macro(*args, **values)  # which says what is wrong
    return str.__new__(Markup, macro._func(*args))


def page_environment(
    folder: Path,
    shown: Interface | None = None,
    settled: Mapping[str, Callable[..., object]] | None = None,
) -> PageEnvironment:
    """Templates of a folder, escaped, strict about names, and read once.

    With `shown`, for pages in that language alone: texts without values, and what the functions
    `settled` say of constants, are then a part of the templates.
    """
    environment = PageEnvironment(
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
    texts = {"_": text, "gettext": text}
    environment.globals |= {**texts, "ngettext": counted_text, **(settled or {})}
    if shown:
        environment.shown, environment.settled = shown, {**texts, **(settled or {})}
    return environment


def text(message: str, /, **values: object) -> Markup:
    """A text in the interface's language, with values in its places: `%(name)s`."""
    if not values:
        return _plain_text(wording.interface().language, message)
    return _filled(wording.gettext(message), values)


def counted_text(one: str, many: str, number: int, /, **values: object) -> Markup:
    """A text for one or for many; `num` is the number."""
    return _filled(wording.ngettext(one, many, number), {"num": number, **values})


def _filled(found: str, values: dict[str, object]) -> Markup:
    """Put values into a text; it is our own, and they are escaped."""
    escaped = {name: _put_out(value) for name, value in values.items()}
    return Markup(found % escaped)  # noqa: S704 - what comes from elsewhere is escaped


@lru_cache(maxsize=_MOST_TEXTS)
def _plain_text(_language: str, message: str) -> Markup:
    return Markup(wording.gettext(message) % {})  # noqa: S704 - a text of ours
