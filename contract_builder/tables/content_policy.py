"""What a browser may do with an HTML page that we write: show it, and nothing else.

Each page states a Content-Security-Policy (W3C, CSP Level 3): it loads nothing, sends nothing, and
runs nothing but a script that we name; style sheets and script are named by their hashes.
"""

import base64
import re
from hashlib import sha256
from html import unescape
from typing import Final

_SHEET: Final = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.I | re.S)
_ATTRIBUTE: Final = re.compile(r"<[a-z][^<>]*?\sstyle\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
_PLACES: Final = (
    re.compile(r"<meta\s[^>]*charset[^>]*>", re.I),
    re.compile(r"<head\b[^>]*>", re.I),
    re.compile(r"<html\b[^>]*>", re.I),
    re.compile(r"<!doctype[^>]*>", re.I),
)
"""After the first of these the policy may stand: a browser heeds it from there on."""


def with_content_policy(page: str, script: str = "") -> str:
    """The page with its policy in its head, before anything that the policy is about.

    Frames, forms, all that lies elsewhere and every script but ``script`` are refused; images and
    fonts only inside the page. Styles written in tags are allowed by their hashes too: a template
    of the user's may have some.
    """
    place, tag = find_content_policy(page, script)
    return f"{page[:place]}{tag}{page[place:]}"


def find_content_policy(page: str, script: str = "") -> tuple[int, str]:
    """Where in a page its policy belongs, and what is to be put there."""
    sheets = [match[1] for match in _SHEET.finditer(page)]
    attributes = [unescape(match[1] or match[2] or "") for match in _ATTRIBUTE.finditer(page)]
    hashes = sorted({_hash(text) for text in (*sheets, *attributes)})
    named = "'unsafe-hashes' " if attributes else ""  # the standard's word for hashes of attributes
    styles = named + " ".join(hashes) if hashes else "'none'"
    scripts = f"script-src {_hash(script)}; " if script else ""
    policy = (
        f"default-src 'none'; {scripts}style-src {styles}; img-src data:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    place = next((found.end() for regex in _PLACES if (found := regex.search(page))), 0)
    return place, f"\n{tag}"


def _hash(text: str) -> str:
    """The source expression of a text, as a browser computes it: line ends are « \\n »."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{base64.b64encode(sha256(plain.encode()).digest()).decode()}'"
