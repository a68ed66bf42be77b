"""How it is shown: the site, its pages and its JSON."""

from webapp.commands import register

__all__ = ["register"]
