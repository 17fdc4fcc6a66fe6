"""A profile in which every text that a person can type is an attack; the pages that show it."""

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from contract_builder.reading.tree import Tree
from contract_builder.web.forms.fields import (
    FieldShape,
    GroupShape,
    PairsShape,
    Shape,
    TableShape,
    shape_of_key,
)
from contract_builder.web.forms.sections import SECTIONS

PAYLOAD = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>{{ 7*7 }}{% now %}"
_WORDS = ("texte", "liste", "alineas")


def iter_text_paths() -> Iterator[tuple[str, ...]]:
    """The path of every text that the forms of a profile show; « 0 » is a line of a table."""
    for section in SECTIONS:
        for key in section.keys:
            yield from _iter_paths(shape_of_key(key), ())


def _iter_paths(shape: Shape, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    here = (*above, shape.key)
    if isinstance(shape, FieldShape):
        if shape.control in _WORDS:
            yield here
    elif isinstance(shape, GroupShape):
        for part in shape.parts:
            yield from _iter_paths(part, here)
    elif isinstance(shape, TableShape):
        for part in shape.parts:
            yield from _iter_paths(part, (*here, "0"))
    elif isinstance(shape, PairsShape) and isinstance(shape.part, GroupShape):
        for part in shape.part.parts:
            yield from _iter_paths(part, (*here, "2026"))


def put(tree: Mapping[str, Tree], path: tuple[str, ...], text: str) -> dict[str, Tree]:
    """The tree with ``text`` at a path, in a line of its own where there is none."""
    return _put(dict(tree), path, text)  # type: ignore[return-value]


def _put(tree: Tree, path: tuple[str, ...], text: str) -> Tree:
    if not path:
        return [text] if isinstance(tree, list) else text
    step, *rest = path
    if step == "0":
        lines = tree if isinstance(tree, list) else []
        first = lines[0] if lines else {}
        return [_put(first, tuple(rest), text), *lines[1:]]
    group = tree if isinstance(tree, dict) else {}
    return {**group, step: _put(group.get(step, ""), tuple(rest), text)}


class PageReader(HTMLParser):
    """The links of a page, and what it would run or fetch if it were let."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.attacks: list[str] = []
        self._in_script = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in_script = tag == "script"
        if tag == "a" and given.get("href", "").startswith("/"):
            self.links.add(given["href"].partition("#")[0])
        if any(name.startswith("on") for name in given) or given.get("src") == "x":
            self.attacks.append(self.get_starttag_text() or tag)
        for name in ("href", "src", "action"):
            if given.get(name, "").strip().casefold().startswith("javascript:"):
                self.attacks.append(self.get_starttag_text() or tag)

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script and "alert(" in data:
            self.attacks.append(data[:80])
