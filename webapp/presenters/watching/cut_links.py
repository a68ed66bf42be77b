"""Links that ended too early: mail programs break long ones at a hyphen."""

from catalog import Catalogue
from webapp.rendering.addresses import query_of, watch_path

_SHORTEST = 4


def cut_path(slug: str, catalogue: Catalogue) -> str:
    """The page of the one video whose name begins so, which then says so; "" for none."""
    meant = [name for name in catalogue.videos if name.startswith(slug)]
    if len(slug) < _SHORTEST or len(meant) != 1:
        return ""
    return watch_path(meant[0]) + query_of(t="cut")
