"""The figures of a contract drawn for its documents, and the gate that proves them.

Every format draws a figure alike: in HTML and PDF the drawing itself, in Word a picture of it. Read
back, a document must hold the figures of its contract, all of them, in their order, each with the
words that tell it.
"""

import json
from collections.abc import Sequence
from typing import Final

from contract_builder.errors import InternalRenderError
from contract_builder.model.blocks import Drawing
from contract_builder.model.contract import Contract
from contract_builder.tables.plots import read_labels
from contract_builder.tables.trajectory import draw_trajectory

DRAWINGS: Final = "dessins.json"
"""What the template of the PDF reads the drawings from: by key, their SVG and their words."""
_ALONE: Final = '<svg xmlns="http://www.w3.org/2000/svg" font-family="Carlito" '


def draw_figure(figure: Drawing) -> str:
    """The drawing as SVG of ours, to stand in a page."""
    return draw_trajectory(figure.plot, figure.key)


def figure_labels(figure: Drawing) -> list[str]:
    """The texts that stand in the drawing, in the order in which it holds them."""
    return read_labels(draw_figure(figure))


def drawings_data(contract: Contract) -> bytes:
    """The drawings of a contract, for a template of Typst."""
    return json.dumps(
        {
            figure.key: {
                "svg": draw_figure(figure).replace("<svg ", _ALONE, 1),
                "texte": figure.text,
                "largeur": figure.width,
                "hauteur": figure.height,
            }
            for figure in contract.iter_figures()
        },
        ensure_ascii=False,
    ).encode("utf-8", "replace")


def refuse_other_figures(
    wanted: Sequence[tuple[str, object]], found: Sequence[tuple[str, object]], name: str
) -> None:
    """Raises InternalRenderError unless a document holds these figures, in this order.

    Of each: the words that tell it, and what stands for its drawing in this format.
    """
    if len(wanted) != len(found):
        raise InternalRenderError(f"le {name} a {len(found)} dessins, le contrat {len(wanted)}")
    for rank, (figure, other) in enumerate(zip(wanted, found, strict=True), start=1):
        if figure[0] != other[0]:
            raise InternalRenderError(
                f"le dessin {rank} du {name} dit « {other[0]} » au lieu de « {figure[0]} »"
            )
        if figure != other:
            raise InternalRenderError(f"le dessin {rank} du {name} n’est pas celui du contrat")
