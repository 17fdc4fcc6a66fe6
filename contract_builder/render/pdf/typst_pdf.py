"""Contract → PDF by Typst: PDF/A and PDF/UA-1 in one file, the same bytes for the same input.

The Typst template reads the contract's canonical JSON; values travel as JSON strings and are never
markup. Fonts come with the templates and with Typst itself, never from the machine.
"""

import re
from pathlib import Path
from typing import Literal

from contract_builder.errors import InternalRenderError, Remedy, TemplateError
from contract_builder.frozen import dataclass
from contract_builder.model.contract import Contract
from contract_builder.render.characters import explain_missing_glyph
from contract_builder.render.figures import DRAWINGS, drawings_data
from contract_builder.render.json import render_json
from contract_builder.render.pdf.attachment import ATTACHMENT, AttachedFile, find_attachment
from contract_builder.render.pdf.reading import read_outline
from contract_builder.render.pdf.typst_run import TypstSource, compile_pdf, explain_template
from contract_builder.render.text_gate import squeeze

PdfStandard = Literal["a-3a", "a-2a"]
"""The archive standard, PDF/UA-1 always besides; « a-3a » alone may carry the contract's JSON."""

DEFAULT_STANDARD: PdfStandard = "a-3a"
_REFUSED_CHARACTER = re.compile(r'the (?:text|PDF) .*?`"(?:\\u\{([0-9a-f]+)\}|(.))')


@dataclass(frozen=True, slots=True)
class PdfDocument:
    """The file, and the page (from 1) on which each section with a heading starts."""

    data: bytes
    pages: dict[str, int]
    page_count: int

    @classmethod
    def of_printed(cls, data: bytes, contract: Contract) -> "PdfDocument":
        """A PDF that another program made from the contract's Word file.

        No page is known of any section when its bookmarks are not the contract's headings.
        """
        outline = read_outline(data)
        return cls(data, _find_section_pages(contract, outline.entries), outline.page_count)


def render_pdf(
    contract: Contract,
    template: str,
    fonts: Path,
    standard: PdfStandard = DEFAULT_STANDARD,
    *,
    content: bytes = b"",
    carried: AttachedFile | None = None,
) -> PdfDocument:
    """The contract laid out by the Typst ``template`` with the fonts of the folder ``fonts``.

    ``content`` is its canonical JSON, where the caller has made it already. With « a-3a » the file
    carries it, or ``carried`` instead. Raises TemplateError when the template is wrong or does not
    attach it, UserError for a character that no font has, InternalRenderError when the file would
    not conform to the standards.
    """
    import typst

    content = content or render_json(contract)
    carried = carried or AttachedFile(ATTACHMENT, content, "oui")
    attached = standard == "a-3a"
    file = content.decode("utf-8", "replace").encode()
    beside = {DRAWINGS: drawings_data(contract)}
    if carried.name != ATTACHMENT:
        beside[carried.name] = carried.data
    setting = {"joindre": carried.setting if attached else "non"}
    source = TypstSource(template, ATTACHMENT, file, setting, beside)
    try:
        data = compile_pdf(source, fonts, (standard, "ua-1"))
    except typst.TypstError as error:
        raise explain_refusal(error, contract, "contrat.typ") from error
    if attached and find_attachment(data, carried.name) != carried.data:
        what = "le contrat" if carried.name == ATTACHMENT else "l’avenant"
        raise TemplateError(
            f"Le modèle « contrat.typ » ne joint pas {what} au PDF : reprenez « pdf.attach » du "
            "modèle fourni.",
            Remedy("without_attachment"),
        )
    outline = read_outline(data)
    pages = _find_section_pages(contract, outline.entries)
    if not pages and any(section.heading for section in contract.iter_sections()):
        raise InternalRenderError("les signets du PDF ne sont pas les titres du contrat")
    return PdfDocument(data, pages, outline.page_count)


def _find_section_pages(contract: Contract, entries: tuple[tuple[str, int], ...]) -> dict[str, int]:
    """The page of each section with a heading, when the outline ends with exactly these.

    Before them come the bookmarks of the template's own pages, such as the contents. Nothing when
    the outline ends otherwise.
    """
    sections = [section for section in contract.iter_sections() if section.heading]
    found = entries[len(entries) - len(sections) :] if len(entries) >= len(sections) else ()
    titles = [squeeze([title]) for title, _ in found]
    if titles != [squeeze([section.heading]) for section in sections]:
        return {}
    return {section.id: page for section, (_, page) in zip(sections, found, strict=True)}


def explain_refusal(error: Exception, contract: Contract, template: str) -> Exception:
    """A character without a glyph, a fault of the template, else one of ours.

    Typst names the standard that the file would break, and the character as it would write it.
    """
    text = str(getattr(error, "message", "") or error)
    refused = _REFUSED_CHARACTER.search(text)
    if refused:
        code, character = refused.groups()
        return explain_missing_glyph(contract, chr(int(code, 16)) if code else character)
    if "PDF/" in text:
        return InternalRenderError(f"Typst refuse le PDF : {text}")
    return explain_template(template, error)
