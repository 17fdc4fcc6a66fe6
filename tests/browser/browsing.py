"""A page in a real browser: opened from its file, with what it asked for and said."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page

from tests.outside_tools import read_accessibility_rules

PATIENCE = 180_000.0  # milliseconds; only a page that hangs takes as long
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice"]
_RUN = """async ([locale, rules, without]) => {
  axe.configure({locale: JSON.parse(locale)});
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"],
    rules: Object.fromEntries(without.map(id => [id, {enabled: false}]))});
  return found.violations.map(v => `${v.id} : ${v.help}\\n` + v.nodes.slice(0, 3)
    .map(n => `  ${n.target}\\n  ${n.failureSummary}`).join("\\n"));
}"""


@dataclass(frozen=True, slots=True)
class Opened:
    """A page, the addresses that it asked for besides its own, and what its console said."""

    page: Page
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)


@contextmanager
def open_page(
    browser: Browser,
    path: Path,
    *,
    width: int = 1280,
    media: Literal["screen", "print"] = "screen",
    scripts: bool = True,
) -> Iterator[Opened]:
    """The file in a context of its own; ``scripts`` tells whether the page's own may run."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts
    )
    context.set_default_timeout(PATIENCE)
    opened = Opened(context.new_page())
    address = path.as_uri()
    opened.page.on(
        "request", lambda asked: asked.url == address or opened.requests.append(asked.url)
    )
    opened.page.on("console", lambda message: opened.messages.append(message.text))
    opened.page.on("pageerror", lambda error: opened.messages.append(str(error)))
    opened.page.emulate_media(media=media)
    try:
        opened.page.goto(address)
        yield opened
    finally:
        context.close()


def accessibility_faults(page: Page, *without: str, rules: Sequence[str] = RULES) -> list[str]:
    """What axe-core finds wrong, in French, with the elements concerned; some rules left out.

    ``rules`` are those of the standards that we keep, or the names of some.
    """
    script, messages = read_accessibility_rules()
    page.evaluate(script)
    found: list[str] = page.evaluate(_RUN, [messages, list(rules), list(without)])
    return found
