"""The results page: get, ask, render."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from indexer import Answer, Budget, Generation, Urgency, urgency_of
from webapp.i18n.translations import link
from webapp.pages import current_site, generation_of, metrics_of, render, service_of, urgent_of
from webapp.presenters.browsing.glossary import term_asked
from webapp.presenters.browsing.lists import basics_first, example_questions
from webapp.presenters.moments.related import asked_beside_hits
from webapp.presenters.results.facets import applied_filters, facets, languages_of_filters
from webapp.presenters.results.questions import TypedQuestion, clean_question
from webapp.presenters.results.results_page import (
    Outcome,
    hits_needed,
    page_without_search,
    results_page,
    rows_wanted,
)
from webapp.presenters.results.youtube_links import youtube_link
from webapp.rendering.addresses import search_query

_TEMPLATES: dict[Outcome, str] = {
    "answered": "search_results.html",
    "perhaps": "search_perhaps.html",
    "unclear": "search_unclear.html",
    "no-captions": "search_no_captions.html",
    "filters": "search_filters.html",
    "nothing": "search_nothing.html",
    "no-question": "search.html",
    "withheld": "search_withheld.html",
    "elsewhere": "search_elsewhere.html",
}


def search(request: Request) -> Response:
    """What the experts say to a question, best first."""
    typed = request.query_params.get("q", "")
    question, urgency = clean_question(typed), urgency_of(typed)
    urgent = urgent_of(request, typed, urgency)
    exact = request.query_params.get("exact") == "1"
    if any(one.instead for one in urgent):
        page = page_without_search(question, "withheld", exact=exact)
        return render(request, _TEMPLATES[page.outcome], indexable=False, page=page, urgent=urgent)
    generation, library = generation_of(request), current_site(request).library
    linked = youtube_link(typed, generation.catalogue)
    if linked is not None:
        return _linked(request, generation, question, linked)
    languages = languages_of_filters(generation.catalogue)
    rows = rows_wanted(request.query_params.get("answers"))
    answer = search_for(
        request,
        generation,
        question.text,
        limit=hits_needed(rows),
        exact=exact,
        urgency=urgency,
    )
    page = results_page(generation, library, question, answer, exact=exact, rows=rows)
    return render(
        request,
        _TEMPLATES[page.outcome],
        indexable=False,
        kept=search_query(question.text, exact=exact),
        page=page,
        urgent=urgent,
        term=term_asked(
            [(one.shown, one.english) for one in answer.parsed.concepts], generation.catalogue.terms
        ),
        also_asked=asked_beside_hits(generation, answer.hits, question.text),
        facets=facets(question.text, answer.counts, exact=exact, languages=languages),
        applied=applied_filters(
            question.text,
            generation.filters_in(question.text),
            generation.filters,
            exact=exact,
            languages=languages,
        ),
        catalogue=generation.catalogue,
        examples=() if answer.hits else example_questions(basics_first(generation.catalogue)),
    )


def _linked(
    request: Request, generation: Generation, question: TypedQuestion, path: str
) -> Response:
    """Open the video whose address was pasted, or say that it is not here."""
    if path:
        return RedirectResponse(link(path), 302, {"Cache-Control": "private, no-store"})
    return render(
        request,
        _TEMPLATES["elsewhere"],
        indexable=False,
        page=page_without_search(question, "elsewhere"),
        urgent=(),
        catalogue=generation.catalogue,
        examples=example_questions(basics_first(generation.catalogue)),
    )


def search_for(
    request: Request,
    generation: Generation,
    text: str,
    *,
    limit: int,
    exact: bool,
    urgency: Urgency,
) -> Answer:
    """Search a generation for what a request asks, with what each filter would leave.

    `urgency` is what of all that was typed should not wait.
    """
    budget = Budget(service_of(request).search_seconds)
    answer = generation.search(
        text, limit=limit, exact=exact, counts=True, budget=budget, urgency=urgency
    )
    if text:
        metrics_of(request).searched(answer)
    return answer
