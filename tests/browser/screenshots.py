"""Pictures of every page of the demonstration region, to be looked at by somebody.

``python -m tests.browser.screenshots FOLDER [WORD...]`` writes one for each page (of those whose
name holds a word), on a laptop, on a phone and at 200 %, light and dark.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.walked_region import VISITS, walking_region
from tests.outside_tools import find_program

SCREENS: dict[str, dict[str, Any]] = {
    "portable": {"viewport": {"width": 1366, "height": 768}},
    "telephone": {"viewport": {"width": 390, "height": 844}},
    "double": {"viewport": {"width": 683, "height": 384}, "device_scale_factor": 2},
    "sombre": {"viewport": {"width": 1366, "height": 768}, "color_scheme": "dark"},
}
_TALLEST = 4000  # pixels: the first screens of a form of two hundred fields


def take_pictures(folder: Path, words: list[str]) -> None:
    """Writes ``screen/page.png`` in ``folder``."""
    chosen = [v for v in VISITS if not words or any(word in v.name for word in words)]
    with TemporaryDirectory() as made, walking_region(Path(made)) as walk, sync_playwright() as pw:
        browser = pw.chromium.launch(
            executable_path=find_program("chromium", "chromium"), args=["--no-sandbox"]
        )
        for screen, options in SCREENS.items():
            page = browser.new_context(locale="fr-FR", **options).new_page()
            width = options["viewport"]["width"]
            (folder / screen).mkdir(parents=True, exist_ok=True)
            for visit in chosen:
                walk.open(page, visit)
                tall = page.evaluate("document.documentElement.scrollHeight")
                area = {"x": 0, "y": 0, "width": width, "height": min(tall, _TALLEST)}
                path = folder / screen / f"{visit.name}.png"
                page.screenshot(path=path, full_page=True, clip=area)
                page.context.clear_cookies()
        browser.close()


if __name__ == "__main__":
    take_pictures(Path(sys.argv[1]), sys.argv[2:])
