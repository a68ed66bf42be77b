"""Error pages: a plain sentence for a status, and nothing of what went wrong inside."""

import logging
from http import HTTPStatus
from traceback import format_tb

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indexer import NoIndex
from webapp.api.responses import problem
from webapp.i18n.translations import N_, gettext
from webapp.pages import render, urgent_of
from webapp.presenters.results.questions import clean_question
from webapp.presenters.sharing.feeds import plain_signpost
from webapp.rendering.json_responses import json_error

logger = logging.getLogger("webapp")

_SENTENCES = {
    404: N_("There is nothing at this address."),
    405: N_("This address can only be read."),
    413: N_("This is more than can be sent here at once."),
    429: N_("Many questions came from your network in a short time. Please wait a minute."),
    500: N_("Something went wrong here. It has been noted."),
    503: N_("The videos cannot be searched at the moment."),
}

# What is no page: feed readers, players and search engines show nobody a page instead.
_FILES = (
    "/feeds/",
    "/captions/",
    "/card",
    "/posters/",
    "/media/",
    "/static/",
    "/suggestions/",
    "/.well-known/",
)
_NAMED_FILES = frozenset(
    f"/{name}"
    for name in (
        "sitemap.xml opensearch.xml robots.txt llms.txt embed.js worker.js favicon.ico "
        "manifest.webmanifest"
    ).split()
)
_BUSY = N_("Many people are searching at the moment. Please try again in a few seconds.")


async def http_error(request: Request, err: Exception) -> Response:
    """An address that is not there, or a request that is not understood."""
    status = err.status_code if isinstance(err, HTTPException) else 500
    detail = err.detail if isinstance(err, HTTPException) else ""
    answer = error_page(request, status, typed=question_in(request), detail=detail)
    if isinstance(err, HTTPException):
        answer.headers.update(err.headers or {})
    return answer


async def index_missing(request: Request, err: Exception) -> Response:
    """An outage, which is never shown as `no results`. The operator is told what to do."""
    assert isinstance(err, NoIndex)  # noqa: S101 - Starlette calls this for NoIndex alone
    logger.warning("%s", err)
    answer = error_page(request, 503, typed=question_in(request))
    answer.headers["Retry-After"] = "120"
    return answer


def error_page(
    request: Request, status: int, *, busy: bool = False, typed: str = "", detail: str = ""
) -> Response:
    """The page, or what programs read, for a status; `busy` when too many ask at once.

    `detail` is a sentence for programs that says more than the status. What somebody `typed` is
    kept in the page, to be asked again, and what of it should not wait stands there too.
    """
    sentence = _SENTENCES.get(status, N_("This request was not understood."))
    if busy and status == 503:
        sentence = _BUSY
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    says_more = detail if detail != HTTPStatus(status).phrase else ""
    if is_for_programs(path):
        return problem(status, says_more or sentence, urgent_of(request, typed))
    if path == "/oembed":
        return json_error(status, sentence, urgent_of(request, typed))
    if path.startswith(_FILES) or path in _NAMED_FILES:
        signposts = (plain_signpost(one) for one in urgent_of(request, typed))
        text = "\n".join((*signposts, says_more or gettext(sentence), ""))
        headers = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
        return PlainTextResponse(text, status, headers)
    return render(
        request,
        "problem.html",
        status,
        problem=status,
        sentence=gettext(sentence),
        question=clean_question(typed).text,
        urgent=urgent_of(request, typed),
    )


def is_for_programs(path: str) -> bool:
    """Whether what is the matter at a path is told as programs read it."""
    return path.startswith("/api/") or path == "/openapi.json"


def question_in(request: Request) -> str:
    """What somebody typed who came to an address; "" where it is none of a search."""
    return request.query_params.get("q", "")


class ErrorMiddleware:
    """Answer a bug with a page, if nothing has been sent yet, and log where it was.

    Never what the visitor asked: a message may hold the question, and that is a diagnosis.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass requests on; stand in where a bug would."""
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except ClientDisconnect:
            return  # who breaks off gets no answer, and is no error of ours
        except Exception as err:
            where = "".join(format_tb(err.__traceback__))
            logger.error("%s while answering a request\n%s", type(err).__name__, where)
            if scope["type"] != "http" or started:
                raise
            answer = error_page(Request({**scope, "query_string": b""}), 500)
            await answer(scope, receive, send)
