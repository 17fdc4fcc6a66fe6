"""Pages: the paper, margins and headers of the template, upright or turned (17.6.17)."""

from copy import deepcopy

from lxml import etree

from contract_builder.errors import TemplateError
from contract_builder.frozen import dataclass
from contract_builder.word.ooxml import w

_A4 = (11906, 16838)


@dataclass(frozen=True, slots=True)
class PageSetup:
    """The last section of the template, from which all sections of the body are made.

    ``widths`` are the text widths in twips, upright then turned.
    """

    _section: etree._Element
    widths: tuple[int, int]

    def text_width(self, *, landscape: bool) -> int:
        """The width between the margins, in twips."""
        return self.widths[landscape]

    def render(self, *, landscape: bool, first: bool) -> str:
        """A ``w:sectPr`` with the template's headers and footers.

        Only the ``first`` may restart the page numbers, when the template does so.
        """
        section = deepcopy(self._section)
        size = section.find(w("pgSz"))
        if size is not None and landscape:
            width, height = size.get(w("w"), str(_A4[0])), size.get(w("h"), str(_A4[1]))
            size.set(w("w"), height)
            size.set(w("h"), width)
            size.set(w("orient"), "landscape")
        page_numbers = section.find(w("pgNumType"))
        if page_numbers is not None and not first:
            section.remove(page_numbers)
        return etree.tostring(section, encoding="unicode", with_tail=False)


def load_page_setup(section: etree._Element) -> PageSetup:
    """The setup of a ``w:sectPr``. Raises ``TemplateError`` without paper size or margins."""
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is None or margins is None:
        message = "La dernière section du modèle Word n’a ni format de papier ni marges."
        raise TemplateError(message)
    around = sum(int(margins.get(w(side), "0")) for side in ("left", "right"))
    upright = int(size.get(w("w"), _A4[0])) - around
    turned = int(size.get(w("h"), _A4[1])) - around
    return PageSetup(section, (upright, turned))
