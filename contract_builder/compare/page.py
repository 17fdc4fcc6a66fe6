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
    counted,
    difference_text,
    place_text,
)
from contract_builder.compare.page_model import build_page, filter_names
from contract_builder.compare.plain_text import count_text
from contract_builder.compare.summary import summarise

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATE = Path(__file__).with_name("side_by_side.html")


def render_comparison_html(comparison: Comparison) -> bytes:
    """The page in UTF-8: summary, data, then the text of every section that differs.

    All values are escaped. The filters work by style sheets alone; in print they are left out and
    what they hide stays hidden.
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
        remarks=comparison.remarks,
        count_text=count_text(comparison),
        filters=filter_names(),
        filter_kinds={kind: text for kind, text in KIND_LABELS.items() if "+" not in kind},
    )
    return text.encode("utf-8", "xmlcharrefreplace")


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
