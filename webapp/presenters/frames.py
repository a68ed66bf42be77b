"""The HTML with which another site shows a moment of this one in a frame."""

from __future__ import annotations

from markupsafe import Markup

from catalog import Operator
from webapp.presenters.quotation import Quotation, slug_path

WIDTH, HEIGHT = 640, 620
ALLOW = "autoplay; encrypted-media; fullscreen; picture-in-picture"


def embed_code(operator: Operator, origin: str, quoted: Quotation) -> str:
    """The HTML that shows a quote in a frame; "" where the operator allows no site to."""
    if not operator.embed_at:
        return ""
    return frame(origin + slug_path("embed", quoted.video.slug, quoted.query), quoted.video.title)


def frame(address: str, title: str, width: int = WIDTH, height: int = HEIGHT) -> str:
    """A frame for another site's page. Without a referrer, YouTube's player would not play."""
    html = Markup(
        '<iframe src="{address}" title="{title}" width="{width}" height="{height}" '
        'loading="lazy" referrerpolicy="strict-origin-when-cross-origin" allow="{allow}" '
        'allowfullscreen style="border:0;max-width:100%"></iframe>'
    )
    return str(html.format(address=address, title=title, width=width, height=height, allow=ALLOW))
