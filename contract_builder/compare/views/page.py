"""The page that shows both contracts side by side: one file, without JavaScript, printable."""

from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from contract_builder.compare.comparison import Comparison
from contract_builder.compare.labels import (
    CLASS_LABELS,
    KIND_LABELS,
    TOPIC_LABELS,
    difference_text,
    place_text,
)
from contract_builder.compare.plain_text import count_text
from contract_builder.compare.views.page_model import Page, build_page
from contract_builder.compare.views.page_overview import build_overview
from contract_builder.compare.views.summary import summarise
from contract_builder.model.french import counted
from contract_builder.tables.content_policy import with_content_policy

if TYPE_CHECKING:
    from jinja2 import Template

_MOST_SENTENCES = 12
_OVERVIEW_KINDS = {
    "insert": "Ajouts",
    "delete": "Suppressions",
    "modify": "Modifications",
    "move": "Déplacements",
}
_TEMPLATE = Path(__file__).with_name("side_by_side.html")


def render_comparison_html(comparison: Comparison) -> bytes:
    """The page in UTF-8: at a glance, summary, data, then the text of every section that differs.

    All values are escaped. The filters work by style sheets alone; in print they are left out and
    what they hide stays hidden. A browser that does not know how to filter shows everything.
    """
    page = build_page(comparison)
    summary = [
        (heading, list(items))
        for heading, items in groupby(summarise(comparison), key=lambda item: item.heading)
    ]
    text = _load_template().render(
        page=page,
        shown={group.index for group in page.groups},
        summary=summary,
        new=comparison.new.header,
        old_text=comparison.old_text,
        new_text=comparison.new_text,
        remarks=comparison.notices,
        count_text=count_text(comparison),
        filters=_filters(page),
        overview=build_overview(comparison),
        overview_kinds=_OVERVIEW_KINDS,
        most=_MOST_SENTENCES,
    )
    return with_content_policy(text).encode("utf-8", "xmlcharrefreplace")


def _filters(page: Page) -> list[tuple[str, dict[str, str]]]:
    """The choices that make a difference: legend, then name and label of each value that occurs."""
    offered = (
        ("Portée", CLASS_LABELS, {tag.cls for tag in page.tags}),
        ("Nature", KIND_LABELS, {tag.kind for tag in page.tags}),
        ("Sujet", TOPIC_LABELS, {tag.topic for tag in page.tags}),
    )
    return [
        (legend, {name: text for name, text in labels.items() if name in found})
        for legend, labels, found in offered
    ]


@lru_cache(maxsize=1)
def _load_template() -> "Template":
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=False
    )
    environment.globals = {
        "kind_of": lambda value: type(value).__name__,
        "namespace": environment.globals["namespace"],
        "counted": counted,
        "lines": _lines,
        "place_text": place_text,
        "difference_text": difference_text,
        "kind_labels": KIND_LABELS,
        "class_labels": CLASS_LABELS,
        "topic_labels": TOPIC_LABELS,
    }
    return environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))


def _lines(text: str) -> Markup:
    """Plain text with its new lines."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))
