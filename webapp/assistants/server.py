"""The tools as an MCP server, over standard input and output or over HTTP.

The one module that imports the SDK. Nothing is written down of what is asked: the SDK's own log
would name arguments, so it is silent.
"""

import logging
from collections.abc import Callable
from importlib.metadata import version
from traceback import format_tb
from typing import Annotated, Any

import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from pydantic import Field, ValidationError
from starlette.applications import Starlette

from catalog import Operator, say
from indexer import NoIndex, Shelf
from webapp.api.paging import FARTHEST, Part
from webapp.assistants.tools import (
    LONGEST_S,
    MOST_LISTED,
    MOST_MOMENTS,
    MOST_SENTENCES,
    NotHereError,
    Told,
    Tools,
)
from webapp.middleware.admission import LONGEST_BODY
from webapp.middleware.hosts import LOCAL
from webapp.presenters.results.questions import LONGEST

PATH = "/mcp"
INSTRUCTIONS = """What lung cancer experts say in videos, to the second. When you use it:
- Quote the expert's own words (`words`), say who says them (`who`, else one of `speakers`), and
  give the `link`, which plays that second. Never put other words into their mouths.
- `confidence` says how sure search is that the first moment answers. Where it is "none", say that
  nobody here clearly answers; where it is "perhaps", say that too.
- Where `urgent` holds sentences, say them first, with the numbers to call.
- Show a `notice` beside what it belongs to. This is not medical advice; only the person's own care
  team can say what it means for them."""

_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, open_world_hint=False)
Query = Annotated[str, Field(max_length=10 * LONGEST, description="As people ask.")]
Where = Annotated[
    str,
    Field(max_length=4_000, description="A `link` or `url` of another tool, or a video's slug."),
]
Listed = Annotated[int, Field(ge=1, le=MOST_LISTED, description="At most so many.")]
Offset = Annotated[int, Field(ge=0, le=FARTHEST, description="Leave out so many before.")]


def assistant_server(shelf: Shelf, operator: Operator) -> MCPServer[Any]:
    """The server over a shelf; its tools only read."""
    given = _tools(Tools(shelf, operator))
    return MCPServer(
        "hope-with-answers",
        title="Hope With Answers search",
        instructions=INSTRUCTIONS,
        version=version("hope-with-answers"),
        website_url=operator.address or None,
        log_level="CRITICAL",
        tools=[
            PlainTool.from_function(tool, annotations=_READS, structured_output=True)
            for tool in given
        ],
    )


class PlainTool(Tool):
    """A tool that says in a sentence what may be given, where something else was."""

    async def run(self, arguments: dict[str, Any], *others: Any, **more: Any) -> Any:
        """Answer; ToolError with nothing but the sentence."""
        try:
            return await super().run(arguments, *others, **more)
        except ToolError as err:
            if isinstance(err.__cause__, ValidationError):
                wrong = dict.fromkeys(str(one["loc"][0]) for one in err.__cause__.errors())
                known = self.parameters["properties"]
                raise ToolError(" ".join(may_be(name, known[name]) for name in wrong)) from None
            raise ToolError(str(err.__cause__ or err)) from None


def may_be(name: str, schema: dict[str, Any]) -> str:
    """What may be given by a name, as JSON Schema describes it, in a sentence."""
    if schema["type"] == "integer":
        return f"`{name}` is a whole number from {schema['minimum']:,} to {schema['maximum']:,}."
    return f"`{name}` is a text of at most {schema['maxLength']:,} characters."


def _tools(tools: Tools) -> tuple[Callable[..., Told], ...]:
    """The tools as assistants see them: names, what they say, and bounds."""

    def search(
        query: Query,
        limit: Annotated[int, Field(ge=1, le=MOST_MOMENTS, description="At most so many.")] = 5,
    ) -> Told:
        """Find the moments in which experts answer a question, best first."""
        return _answered(lambda: tools.search(query, limit))

    def open_moment(
        moment: Where,
        seconds: Annotated[int, Field(ge=1, le=LONGEST_S, description="How long to read on.")] = 30,
    ) -> Told:
        """Read what is said at the second of a link, and who says it."""
        return _answered(lambda: tools.open_moment(moment, seconds))

    def transcript(
        video: Where,
        language: Annotated[
            str, Field(max_length=20, description="Of the captions, else the video's own.")
        ] = "",
        limit: Annotated[int, Field(ge=1, le=MOST_SENTENCES, description="Sentences.")] = 100,
        offset: Offset = 0,
    ) -> Told:
        """Read what a video says, sentence by sentence, each with its speaker and link."""
        return _answered(lambda: tools.transcript(video, language, Part(limit, offset)))

    def videos(limit: Listed = 20, offset: Offset = 0) -> Told:
        """List the videos, who speaks in them and what they are about."""
        return _answered(lambda: tools.videos(Part(limit, offset)))

    def topics(limit: Listed = 50, offset: Offset = 0) -> Told:
        """List the topics, each with the number of its videos."""
        return _answered(lambda: tools.topics(Part(limit, offset)))

    def questions(
        topic: Annotated[str, Field(max_length=200, description="A topic's slug; else all.")] = "",
        limit: Listed = 20,
        offset: Offset = 0,
    ) -> Told:
        """List the questions that videos answer, each with the link to its answer."""
        return _answered(lambda: tools.questions(topic, Part(limit, offset)))

    return search, open_moment, transcript, videos, topics, questions


def _answered(ask: Callable[[], Told]) -> Told:
    """What a tool answers; what is the matter as a sentence, and of a bug only where it was."""
    try:
        return ask()
    except (NotHereError, NoIndex) as err:
        raise ToolError(str(err)) from None
    except Exception as err:
        where = "".join(format_tb(err.__traceback__))
        say(f"{type(err).__name__} while answering an assistant\n{where}")
        raise ToolError("Something went wrong here.") from None


def serve_on_streams(server: MCPServer[Any]) -> None:
    """Serve one assistant over standard input and output, until it leaves."""
    server.run("stdio")


def assistant_app(server: MCPServer[Any], host: str, operator: Operator) -> Starlette:
    """The server over HTTP, for requests to this machine, `host` or the operator's site."""
    names = {*LOCAL, host, operator.address.partition("://")[2]} - {"", "0.0.0.0", "::"}  # noqa: S104
    written = {f"[{name}]" if name.count(":") > 1 else name for name in names}
    allowed = sorted({*written, *(f"{name}:*" for name in written)})
    origins = [f"{scheme}://{name}" for scheme in ("http", "https") for name in allowed]
    return server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=LONGEST_BODY,
        transport_security=TransportSecuritySettings(
            allowed_hosts=allowed, allowed_origins=origins
        ),
    )


def http_server(app: Starlette) -> uvicorn.Server:
    """A web server for it that writes nothing down."""
    logging.getLogger("mcp").setLevel(logging.CRITICAL)
    return uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False, ws="none"))
