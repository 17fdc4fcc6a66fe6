"""The software's own documentation, from Markdown to a piece of a page."""

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def render_documentation(text: str) -> str:
    """HTML of a Markdown text; what looks like a tag in it stays text, and no image is shown."""
    return str(_MARKDOWN.render(text))
