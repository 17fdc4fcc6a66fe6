"""The stamp at the foot of each page of a joined file: what it says, and its layout by Typst."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from contract_builder.frozen import dataclass
from contract_builder.model.contract import Contract, JoinedFile
from contract_builder.render.pdf.typst_run import TypstSource, compile_pdf, explain_template

STAMP_TEMPLATE = "annexe-jointe.typ"
STAMP_DATA = "bandeaux.json"
_USUAL_WIDTH = 595.0  # A4, in points
_NARROWEST = 240.0


@dataclass(frozen=True, slots=True)
class PageStamp:
    """The texts of one stamp, and the width and shorter side of its page, in points."""

    title: str
    contract: str
    page_of_file: str
    page: str
    width: float
    shorter_side: float

    @property
    def scale(self) -> float:
        """By how much the stamp is enlarged: more on a large map, less on a narrow slip."""
        if self.width < _NARROWEST:
            return self.width / _NARROWEST
        return max(1.0, self.shorter_side / _USUAL_WIDTH)


def joined_title(joined: JoinedFile) -> str:
    """How bookmarks and stamps call a joined file: « Fichier joint J1 (annexe A6) – Plan »."""
    completes = f" (annexe {joined.completes})" if joined.completes else ""
    return f"Fichier joint {joined.number}{completes} – {joined.title}"


def iter_stamps(
    contract: Contract,
    joined: JoinedFile,
    sizes: Sequence[tuple[float, float]],
    first_page: int,
    last_page: int,
) -> Iterator[PageStamp]:
    """One stamp for each page of a joined file.

    ``sizes`` are the width and height of its pages as shown. ``first_page`` is the number of its
    first page in the whole document, ``last_page`` that of the document's last page.
    """
    for index, (width, height) in enumerate(sizes):
        yield PageStamp(
            title=joined_title(joined),
            contract=f"CPOM {contract.header.code} – version {contract.header.version}",
            page_of_file=f"page {index + 1} sur {len(sizes)} du fichier",
            page=f"Page {first_page + index} sur {last_page}",
            width=width,
            shorter_side=min(width, height),
        )


def render_stamps(stamps: Sequence[PageStamp], template: str, fonts: Path) -> bytes:
    """A PDF with one page for each stamp, as high as the stamp, before it is enlarged."""
    import typst

    data = [
        {
            "largeur": stamp.width / stamp.scale,
            "annexe": stamp.title,
            "contrat": stamp.contract,
            "page_annexe": stamp.page_of_file,
            "page": stamp.page,
        }
        for stamp in stamps
    ]
    content = json.dumps(data, ensure_ascii=False).encode()
    try:
        return compile_pdf(TypstSource(template, STAMP_DATA, content), fonts)
    except typst.TypstError as error:
        raise explain_template(STAMP_TEMPLATE, error) from error
