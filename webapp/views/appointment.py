"""The list for an appointment and the short links on it: get, ask, render."""

from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indexer import Generation
from webapp.appointment.appointment_list import LONGEST_QUESTION, MOST_QUESTIONS, read_language
from webapp.appointment.layout import sheet_layout
from webapp.appointment.list_request import NAMES, read_list_request
from webapp.i18n.translations import link
from webapp.middleware.admission import LONGEST_BODY
from webapp.pages import generation_of, not_found, origin, render
from webapp.presenters.moments.moments import Moment, moments_of
from webapp.presenters.results.questions import LONGEST, clean_question
from webapp.rendering.addresses import query_of, watch_path
from webapp.rendering.moment_links import read_second

FOUND = 5

Pairs = Sequence[tuple[str, str]]


async def appointment(request: Request) -> Response:
    """The list that an address carries, or a device, to be changed, printed or passed on."""
    if request.method == "POST":
        return await _on_device(request)
    pairs = request.query_params.multi_items()
    return await run_in_threadpool(_shown, request, pairs, on_device=False)


async def _on_device(request: Request) -> Response:
    """The list that a device keeps. It comes in the body, so that no address ever holds it."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_BODY:
            raise HTTPException(413)
    pairs = known(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    return await run_in_threadpool(_shown, request, pairs, on_device=True)


def moment(request: Request) -> Response:
    """A short link from paper leads to the second in its video."""
    catalogue = generation_of(request).catalogue
    slug, second = request.path_params["slug"], request.path_params.get("second", "")
    language = read_language(request.path_params.get("language", ""))
    if slug not in catalogue.videos:
        not_found()
    at_ms = read_second(second)
    # What is no time stays in the address, for the page to say so.
    path = (
        watch_path(slug, at_ms, language)
        if at_ms is not None
        else watch_path(slug) + query_of(t=second)
    )
    return RedirectResponse(link(path), 302)


def known(pairs: Pairs) -> Pairs:
    """What a device keeps; anything but a list is read as an entry that is no moment."""
    return [pair if pair[0] in NAMES else ("m", "".join(pair)) for pair in pairs]


def _shown(request: Request, pairs: Pairs, *, on_device: bool) -> Response:
    generation = generation_of(request)
    site = origin(request)
    asking = read_list_request(pairs, on_device=on_device)
    find = clean_question(next((value for name, value in pairs if name == "find"), ""))
    return render(
        request,
        "appointment.html",
        indexable=False,
        kept="" if on_device else asking.list.query,
        asking=asking,
        sheet=sheet_layout(generation, asking.list, site),
        find=find.text,
        found=_found(generation, find.text),
        on_device=on_device,
        carried=bool(pairs) and not on_device,
        site=site,
        only_here=is_loopback(site),
        most_questions=MOST_QUESTIONS,
        longest_question=LONGEST_QUESTION,
        longest_find=LONGEST,
    )


def _found(generation: Generation, text: str) -> tuple[Moment, ...]:
    if not text:
        return ()
    return moments_of(generation.search(text, limit=FOUND).hits, generation.catalogue)


def is_loopback(address: str) -> bool:
    """Whether an address leads to the machine it is opened on, and nowhere else."""
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
