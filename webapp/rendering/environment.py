"""The Jinja environment: templates are read once, macros and texts cost little.

A results page calls some hundred macros, writes as many texts and escapes several hundred values.
Jinja asks of each function what it wants to be given, of each attribute whether it is an item, and
makes a Markup of whatever is put out; here compiled templates call, ask and put out at once. What
says the same on every page of a language (texts, links to fixed places) is written into them.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from markupsafe import Markup, escape

from webapp.i18n import translations as wording
from webapp.i18n.translations import Interface

_MOST_TEXTS = 4000
_to_be_escaped = re.compile("[&<>'\"]").search
_TEXTS = ("_", "gettext")
# Where in a text a value goes.
_PLACE = re.compile(r"%\((\w+)\)s")


def _put_out(value: Any) -> str:
    """A value as it stands in a page, escaped."""
    kind = type(value)
    if kind is Markup or (kind is str and not _to_be_escaped(value)):
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int else escape(value)


class PageEnvironment(Environment):
    """Writes and calls templates at little cost; `autoescape` is on in all of them.

    What the functions `settled` say of constants is settled when a template is compiled, for pages
    that are shown in `shown` alone.
    """

    put_out = staticmethod(_put_out)
    settled: Mapping[str, Callable[..., object]] = {}
    shown: Interface | None = None

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What all templates know; none is given more than others."""
        return self.globals if d is None else super().make_globals(d)

    def constant(self, node: nodes.Expr) -> str | None:
        """What a call puts out, where that is settled."""
        called = _called(node)
        function = self.settled.get(called.name)
        if function is None or called.values:
            return None
        with wording.shown_in(self.shown or Interface()):
            return str(escape(function(*called.args)))

    def parts(self, node: nodes.Expr) -> list[nodes.Expr]:
        """What is put out for a node, one by one: of a text its words and the values between."""
        called = _called(node)
        if self.shown is None or called.name not in _TEXTS or not called.values:
            return [node]
        with wording.shown_in(self.shown):
            pieces = _PLACE.split(wording.gettext(*called.args))
        return [
            called.values[piece] if place % 2 else nodes.TemplateData(piece.replace("%%", "%"))
            for place, piece in enumerate(pieces)
        ]


class _Called(NamedTuple):
    """A function that is called with constants, and with the `values` of names."""

    name: str = ""
    args: tuple[Any, ...] = ()
    values: Mapping[str, nodes.Expr] = {}


def _called(node: nodes.Expr) -> _Called:
    """The call that a node is; nothing where it is none, or not of constants."""
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return _Called()
    if node.dyn_args or node.dyn_kwargs or not all(isinstance(a, nodes.Const) for a in node.args):
        return _Called()
    args = tuple(one.as_const() for one in node.args)
    return _Called(node.node.name, args, {one.key: one.value for one in node.kwargs})


class _PageGenerator(CodeGenerator):
    """Writes templates as plain Python: attributes, calls, and macros that are functions."""

    environment: PageEnvironment

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        # A text with its values is put out piece by piece.
        parts = [part for one in node.nodes for part in self.environment.parts(one)]
        super().visit_Output(nodes.Output(parts, lineno=node.lineno), frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - the same
        if isinstance(node.node, nodes.Name) and node.node.name == "self":  # blocks are its items
            super().visit_Getattr(node, frame)
            return
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(  # noqa: N802 - the same
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        if node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for one in (*node.args, *node.kwargs):
            self.visit(one, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """A function with the names of the macro's arguments, which gives back what is escaped."""
        if macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs:
            super().macro_def(macro_ref, frame)
            return
        names = [arg.name for arg in macro_ref.node.args]
        given = "".join(f"{name}=missing, " for name in names)
        called = f"_macro({', '.join(names)})"
        self.write(f"lambda {given}*, _macro=macro: str.__new__(Markup, {called})")

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


def page_environment(
    folder: Path,
    shown: Interface | None = None,
    settled: Mapping[str, Callable[..., object]] | None = None,
) -> PageEnvironment:
    """Templates of a folder, escaped, strict about names, and read once.

    With `shown`, for pages in that language alone: texts, and what the functions `settled` say of
    constants, are then a part of the templates; the values of a text are put between its words.
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
