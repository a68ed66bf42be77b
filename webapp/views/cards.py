"""The pictures that other sites show beside links."""

from starlette.requests import Request
from starlette.responses import Response

from webapp.pages import current_site, generation_of, not_found
from webapp.presenters.sharing.link_preview import link_preview, site_preview
from webapp.rendering.cards import WIDTH, WIDTHS, Card, draw_card
from webapp.rendering.conditional import is_known
from webapp.rendering.pagination import typed_number
from webapp.views.files import FOR_A_DAY, FOR_A_YEAR


def card(request: Request) -> Response:
    """The picture of a page, for a year under the address that says which one it is."""
    kind, slug = request.path_params["kind"], request.path_params["slug"]
    library, asked = current_site(request).library, request.query_params
    shown = link_preview(generation_of(request), library, kind, slug, asked) or not_found()
    return _picture(request, shown.card)


def site_card(request: Request) -> Response:
    """The picture of every other page."""
    return _picture(request, site_preview().card)


def _picture(request: Request, shown: Card) -> Response:
    wanted = typed_number(request.query_params.get("width")) or WIDTH
    width = next((one for one in WIDTHS if one <= wanted), WIDTHS[-1])
    lasting = request.query_params.get("v") == shown.version
    headers = {
        "Cache-Control": FOR_A_YEAR if lasting else FOR_A_DAY,
        "ETag": f'"{shown.version}-{width}"',
    }
    if is_known(request.headers, {"etag": headers["ETag"]}):
        return Response(status_code=304, headers=headers)
    picture = draw_card(shown, width)
    kind = "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"
    return Response(picture, media_type=kind, headers=headers)
