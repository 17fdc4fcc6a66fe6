"""PDF files such as other programs make them, to be joined to contracts in the tests."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf

A4 = (595, 842)


@dataclass(frozen=True)
class ForeignPage:
    """A page with « Haut » at its upper left corner and its words at the lower left one.

    Both stand inside ``crop`` when there is one; ``turn`` is clockwise; what lies outside the crop
    box bears the word « caché ».
    """

    words: str = "Bas"
    size: tuple[int, int] = A4
    turn: int = 0
    crop: tuple[int, int, int, int] | None = None
    unit: int = 1


def make_foreign_pdf(pages: Sequence[ForeignPage] = (ForeignPage(),)) -> bytes:
    """A PDF of these pages, in a font that is not embedded."""
    pdf = pikepdf.new()
    for page in pages:
        add_foreign_page(pdf, page)
    return save(pdf)


def add_foreign_page(pdf: pikepdf.Pdf, page: ForeignPage) -> pikepdf.Page:
    left, bottom, _, top = page.crop or (0, 0, *page.size)
    content = (
        f"BT /F 14 Tf {left + 10} {top - 20} Td (Haut) Tj ET "
        f"BT /F 14 Tf {left + 10} {bottom + 10} Td ({page.words}) Tj ET "
    )
    if page.crop:
        content += f"BT /F 14 Tf {left + 10} {bottom - 10} Td (cach\\351) Tj ET "
    added = pdf.add_blank_page(page_size=page.size)
    added.obj.Contents = pdf.make_stream(content.encode())
    added.obj.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F=pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
    )
    if page.turn:
        added.obj.Rotate = page.turn
    if page.crop:
        added.obj.CropBox = pikepdf.Array(page.crop)
    if page.unit != 1:
        added.obj.UserUnit = page.unit
    return added


def save(pdf: pikepdf.Pdf, encryption: pikepdf.Encryption | None = None) -> bytes:
    out = BytesIO()
    pdf.save(out, encryption=encryption or False, deterministic_id=encryption is None)
    return out.getvalue()
