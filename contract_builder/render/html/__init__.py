"""Contract → HTML, and the page's text read back."""

from contract_builder.render.html.contract_html import (
    extract_html_figures,
    extract_html_text,
    render_html,
    without_origins,
)

__all__ = ["extract_html_figures", "extract_html_text", "render_html", "without_origins"]
