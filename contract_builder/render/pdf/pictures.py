"""The figures of a contract as pictures, for Word: the drawings of the PDF, in dots."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from contract_builder.model.contract import Contract
from contract_builder.render.figures import DRAWINGS, drawings_data
from contract_builder.render.pdf.typst_run import TypstSource, compile_png

_DOTS_AN_INCH: Final = 220
"""As Word itself keeps pictures for print."""
_PICTURES: Final = """#set page(margin: 0pt)
#for dessin in json("dessins.json").values() {
  page(width: dessin.largeur * 1pt, height: dessin.hauteur * 1pt,
    image(bytes(dessin.svg), format: "svg", width: 100%, height: 100%))
}"""


def draw_pictures(contract: Contract, fonts: Path) -> Mapping[str, bytes]:
    """Each figure as PNG, by key, with the fonts of the folder ``fonts``; same input, same bytes.

    TemplateError when the folder holds none.
    """
    keys = dict.fromkeys(figure.key for figure in contract.iter_figures())
    if not keys:
        return {}
    source = TypstSource(_PICTURES, DRAWINGS, drawings_data(contract))
    return dict(zip(keys, compile_png(source, fonts, _DOTS_AN_INCH), strict=True))
