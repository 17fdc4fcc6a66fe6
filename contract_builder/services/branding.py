"""How an agency looks on the pages: its logo and its colours, from ``templates/agence``.

What is not fit to be shown is left out and told: a page never becomes unreadable by it.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from contract_builder.errors import UserError
from contract_builder.files.read import read_file
from contract_builder.services.project import Project

AGENCY_FOLDER = Path("templates") / "agence"
COLOURS_FILE = "couleurs.txt"
_LOGOS = {"logo.svg": "image/svg+xml", "logo.png": "image/png"}
_LARGEST_LOGO = 256 << 10
_LARGEST_COLOURS = 4 << 10
_PNG_MARK = b"\x89PNG\r\n\x1a\n"
_LINE = re.compile(r"(?P<name>accent|accent sombre)\s*[=:]\s*(?P<colour>#[0-9a-fA-F]{6})")
_GROUNDS = {"accent": ("#ffffff", "#e4e9f0"), "accent sombre": ("#12161d", "#28313f")}
"""What links stand on, by day and by night: the lightest and the darkest ground of the pages."""
_INKS = {"accent": "#ffffff", "accent sombre": "#10151c"}
_LEAST_CONTRAST = 4.5
"""WCAG 2.2, criterion 1.4.3."""


@dataclass(frozen=True, slots=True)
class AgencyLook:
    """The logo (bytes and media type), the colours (« #1d4f91 »), what was left out; each empty.

    ``accent`` is that of links and buttons by day, ``dark_accent`` by night.
    """

    logo: bytes = b""
    logo_type: str = ""
    accent: str = ""
    dark_accent: str = ""
    refused: tuple[str, ...] = ()


def load_look(project: Project) -> AgencyLook:
    """The look as the files of ``templates/agence`` say now; nothing without that folder."""
    folder = project.root / AGENCY_FOLDER
    refused: list[str] = []
    logo, logo_type = _load_logo(folder, refused)
    colours = _load_colours(folder, refused)
    return AgencyLook(
        logo,
        logo_type,
        colours.get("accent", ""),
        colours.get("accent sombre", ""),
        tuple(refused),
    )


def measure_contrast(one: str, other: str) -> float:
    """The contrast of two colours written « #1d4f91 », from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _load_logo(folder: Path, refused: list[str]) -> tuple[bytes, str]:
    for name, kind in _LOGOS.items():
        data = _read(folder / name, _LARGEST_LOGO, refused)
        if not data:
            continue
        if data.startswith(_PNG_MARK) if kind == "image/png" else b"<svg" in data[:1024]:
            return data, kind
        refused.append(f"« {name} » n’est pas l’image que son nom annonce.")
    return b"", ""


def _load_colours(folder: Path, refused: list[str]) -> dict[str, str]:
    """The colours that the agency sets, by their names, each with a contrast that is enough."""
    text = _read(folder / COLOURS_FILE, _LARGEST_COLOURS, refused).decode("utf-8", "replace")
    colours: dict[str, str] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        found = _LINE.fullmatch(line)
        if found is None:
            refused.append(f"« {line} » : écrivez par exemple « accent = #1d4f91 ».")
            continue
        name, colour = found["name"], found["colour"].lower()
        least = min(measure_contrast(colour, c) for c in (*_GROUNDS[name], _INKS[name]))
        if least < _LEAST_CONTRAST:
            refused.append(
                f"La couleur « {name} » ({colour}) n’est pas assez lisible : son contraste est de "
                f"{least:.1f}".replace(".", ",")
                + ", il en faut 4,5 au moins."
            )
            continue
        colours[name] = colour
    return colours


def _read(path: Path, most: int, refused: list[str]) -> bytes:
    """The bytes of a small file; nothing without it, or when it is too large, which is told."""
    if not path.is_file():
        return b""
    if path.stat().st_size > most:
        refused.append(f"« {path.name} » dépasse {most >> 10} Kio.")
        return b""
    try:
        return read_file(path)
    except UserError as error:
        refused.append(str(error))
        return b""
