"""The templates of the pages, whose own words keep French spaces together when a line is cut."""

import re
from collections.abc import Iterator

from django.template import Origin
from django.template.loaders import filesystem

from contract_builder.model.french import NBSP

_KEPT = re.compile(
    r"(<(?P<name>pre|code|textarea|script|style)\b.*?</(?P=name)>"  # shown or sent as it is written
    r"|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}"
    r"|<(?:\{%.*?%\}|\{\{.*?\}\}|[^>])*>)",
    re.DOTALL,
)
_BREAKING = re.compile("(?<=«) | (?=[;:?!»])")


class FrenchTemplates(filesystem.Loader):
    """Reads templates as files; a space beside « : ; ? ! » or within guillemets never breaks.

    Only what stands between the tags of a page: neither their attributes nor what is put in.
    """

    def get_contents(self, origin: Origin) -> str:
        """The text of a template."""
        text: str = super().get_contents(origin)
        return bind_page(text) if origin.name.endswith(".html") else text


def bind_words(text: str) -> str:
    """A sentence with the spaces beside « : ; ? ! » and within guillemets made no-break."""
    return _BREAKING.sub(NBSP, text)


def bind_page(source: str) -> str:
    """A page or its template with the spaces of its words made no-break where French asks."""
    return "".join(_iter_bound(source))


def _iter_bound(source: str) -> Iterator[str]:
    end = 0
    for kept in _KEPT.finditer(source):
        yield bind_words(source[end : kept.start()])
        yield kept[0]
        end = kept.end()
    yield bind_words(source[end:])
