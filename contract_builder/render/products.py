"""All the documents of one contract, each verified against it before anybody sees it.

Order: PDF (gives the page numbers) → DOCX → HTML → JSON. Every document's text is read back and
compared with the contract's: nothing may be lost or differ, else ``InternalRenderError``.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from contract_builder.errors import InternalRenderError, RefusedFileError, TemplateError
from contract_builder.frozen import dataclass
from contract_builder.model.contract import Contract, ContractHeader
from contract_builder.model.text_marks import BULLETS
from contract_builder.reading.bounded import MAX_FILE, MAX_FILE_BYTES, read_bounded
from contract_builder.render.characters import explain_unreadable, refuse_unprintable
from contract_builder.render.docx import extract_document, render_docx
from contract_builder.render.docx.running_text import read_running_text
from contract_builder.render.docx.verification import refuse_difference, verify_cover, verify_docx
from contract_builder.render.figures import figure_labels, refuse_other_figures
from contract_builder.render.html import extract_html_figures, extract_html_text, render_html
from contract_builder.render.json import parse_contract, render_json
from contract_builder.render.office import convert_to_pdf
from contract_builder.render.pdf import (
    DEFAULT_STANDARD,
    PdfDocument,
    PdfStandard,
    draw_pictures,
    extract_figures,
    extract_pages,
    extract_printed_figures,
    join_files,
    render_pdf,
)
from contract_builder.render.pdf.attachment import AttachedFile, find_attached_contract
from contract_builder.render.pdf.stamps import STAMP_TEMPLATE
from contract_builder.render.text import (
    FigureReading,
    contract_lines,
    contract_text,
    signature_text,
)
from contract_builder.render.text_gate import (
    PageFurniture,
    find_page_difference,
    find_text_difference,
    literal_pattern,
)

PdfEngine = Literal["typst", "libreoffice"]

CONTRACT_TEMPLATE: Final = "contrat.docx"
AMENDMENT_TEMPLATE: Final = "avenant.docx"
"""That of the avenants alone; a folder without it prints them in the template of the contracts."""


@dataclass(frozen=True, slots=True)
class PdfChoice:
    """Which program lays out the PDF; ``standard`` is what Typst's claims and carries.

    ``carried`` is what it carries instead of the contract's own JSON.
    """

    engine: PdfEngine = "typst"
    standard: PdfStandard = DEFAULT_STANDARD
    carried: AttachedFile | None = None


@dataclass(frozen=True, slots=True)
class WordChoice:
    """The name of the Word template among the templates, and whether Word tracks changes."""

    template: str = CONTRACT_TEMPLATE
    track_changes: bool = False


DEFAULT_PDF = PdfChoice()
DEFAULT_WORD = WordChoice()
_NOTHING: Mapping[str, bytes] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Rendered:
    """The files by format; the page count of the PDF that was laid out, else None.

    ``identity`` is the SHA-256 of the contract's canonical JSON.
    """

    files: Mapping[str, bytes]
    page_count: int | None
    identity: str


def render_all(
    templates: Path,
    contract: Contract,
    formats: Sequence[str],
    choice: PdfChoice = DEFAULT_PDF,
    *,
    joined: Mapping[str, bytes] = _NOTHING,
    word: WordChoice = DEFAULT_WORD,
) -> Rendered:
    """Every wanted format, verified; ``joined`` has the bytes of the joined files by number.

    ``templates`` holds the Word template, ``contrat.typ``, ``contrat.html`` and ``fonts/``. Raises
    TemplateError for a template that cannot be used, UserError for a character that cannot be
    printed, InternalRenderError when a document would not say what the contract says.
    """
    refuse_unprintable(contract)
    content = render_json(contract)
    identity = sha256(content).hexdigest()
    files: dict[str, bytes] = {}
    pdf: PdfDocument | None = None
    if "pdf" in formats or "docx" in formats:
        template_of_pdf = read_text_template(templates, "contrat.typ")
        fonts = templates / "fonts"
        pdf = render_pdf(
            contract,
            template_of_pdf,
            fonts,
            choice.standard,
            content=content,
            carried=choice.carried,
        )
    printed = choice.engine == "libreoffice" and "pdf" in formats
    if pdf is not None and "pdf" in formats and not printed:
        pdf = _finish_pdf(templates, contract, pdf, joined)
        files["pdf"] = pdf.data
    if "docx" in formats or printed:
        writer = _Word(
            contract,
            read_template(templates, word.template),
            identity,
            word.track_changes,
            draw_pictures(contract, templates / "fonts"),
        )
        docx = writer.render(pdf.pages if pdf is not None else {})
        if printed and pdf is not None:
            docx, pdf = writer.print(docx, pdf.pages, templates / "fonts")
            pdf = _finish_pdf(templates, contract, pdf, joined, read_surroundings(docx))
            files["pdf"] = pdf.data
        if "docx" in formats:
            files["docx"] = docx
    if "html" in formats:
        files["html"] = _render_html(templates, contract)
    if "json" in formats:
        if parse_contract(content) != contract:
            raise InternalRenderError("le JSON relu n’est pas le contrat")
        files["json"] = content
    return Rendered(files, pdf.page_count if pdf is not None else None, identity)


def _render_html(templates: Path, contract: Contract) -> bytes:
    """The page, verified."""
    page = render_html(contract, read_text_template(templates, "contrat.html"))
    wanted = contract_text(contract, markers=False)
    refuse_difference(find_text_difference(wanted, extract_html_text(page)), "HTML")
    drawn = [(figure.text, figure_labels(figure)) for figure in contract.iter_figures()]
    refuse_other_figures(drawn, extract_html_figures(page), "HTML")
    return page


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a document says around the contract: on every page, and under the signatures.

    ``bullets`` are what it prints before the items of lists, by depth; ``figures`` what it shows of
    drawings.
    """

    furniture: PageFurniture
    signatures: Sequence[str]
    bullets: Sequence[str] = BULLETS
    figures: FigureReading = "drawn"


@dataclass(frozen=True, slots=True)
class _Word:
    """The Word file of one contract; what changes from one rendering to the next are its pages."""

    contract: Contract
    template: bytes
    identity: str
    track_changes: bool
    pictures: Mapping[str, bytes]

    def render(self, pages: Mapping[str, int]) -> bytes:
        """The file, verified, with these page numbers in its contents."""
        docx = render_docx(
            self.contract,
            self.template,
            pages,
            identity=self.identity,
            track_changes=self.track_changes,
            pictures=self.pictures,
        )
        verify_docx(self.contract, docx, self.pictures)
        return docx

    def print(
        self, docx: bytes, pages: Mapping[str, int], fonts: Path
    ) -> tuple[bytes, PdfDocument]:
        """The file as LibreOffice lays it out, and with the page numbers of that very layout.

        ``docx`` has the numbers ``pages``: it is laid out again only when they differ.
        """
        pdf = PdfDocument.of_printed(convert_to_pdf(docx, fonts), self.contract)
        if pdf.pages and pdf.pages != pages:
            docx = self.render(pdf.pages)
            pdf = PdfDocument.of_printed(convert_to_pdf(docx, fonts), self.contract)
        return docx, pdf


def _finish_pdf(
    templates: Path,
    contract: Contract,
    pdf: PdfDocument,
    joined: Mapping[str, bytes],
    around: Surroundings | None = None,
) -> PdfDocument:
    """The PDF verified, with the joined files after it, its own part as it was verified."""
    verify_pdf(contract, pdf, around)
    if not contract.tables.joined_files:
        return pdf
    stamps = read_text_template(templates, STAMP_TEMPLATE)
    whole = join_files(pdf, contract, joined, stamps, templates / "fonts")
    if extract_pages(whole.data)[: pdf.page_count] != extract_pages(pdf.data):
        raise InternalRenderError("joindre les fichiers a changé le texte du contrat")
    if find_attached_contract(whole.data) != find_attached_contract(pdf.data):
        raise InternalRenderError("joindre les fichiers a changé les données attachées")
    return whole


def verify_pdf(contract: Contract, pdf: PdfDocument, around: Surroundings | None = None) -> None:
    """Raises InternalRenderError unless the PDF says exactly what the contract says.

    ``around`` is that of our own layout by default. Raises UserError where its text cannot be read
    back.
    """
    pages = extract_pages(pdf.data)
    verify_cover(contract, pages[:1], "modèle du PDF")
    around = around or Surroundings(_typeset_furniture(contract.header), signature_text(contract))
    lines = contract_lines(contract, around.signatures, around.bullets, figures=around.figures)
    furniture = around.furniture
    first = min(pdf.pages.values(), default=len(pages))
    difference = find_page_difference(lines, pages[first - 1 :], furniture, first)
    if difference is None:
        _verify_figures(contract, pdf, around, first)
        return
    # The text may begin without a heading, on any page after the cover.
    for start in range(2, first):
        if find_page_difference(lines, pages[start - 1 :], furniture, start) is None:
            _verify_figures(contract, pdf, around, start)
            return
    reason = explain_unreadable(contract, difference.expected + difference.found)
    if reason is not None:
        raise reason
    refuse_difference(difference, "PDF")


def _verify_figures(
    contract: Contract, pdf: PdfDocument, around: Surroundings, first_page: int
) -> None:
    wanted = [(figure.text, None) for figure in contract.iter_figures()]
    if wanted:
        extract = extract_figures if around.figures == "drawn" else extract_printed_figures
        found = [(text, None) for text in extract(pdf.data, first_page)]
        refuse_other_figures(wanted, found, "PDF")


def _typeset_furniture(header: ContractHeader) -> PageFurniture:
    """What the template of the PDF prints on every page."""
    draft = f"(?:{literal_pattern(DRAFT)})?" if header.is_draft else ""
    return PageFurniture(
        opening=f"{draft}(?:{literal_pattern(running_header(header))})?{draft}",
        closing=literal_pattern(running_footer(header)) + r"Page\d+sur\d+",
    )


def read_surroundings(docx: bytes) -> Surroundings:
    """What officers made the Word file say around the contract."""
    running = read_running_text(docx)
    furniture = PageFurniture(
        "|".join(running.headers) or "(?!)", "|".join(running.footers) or "(?!)"
    )
    return Surroundings(furniture, extract_document(docx).frame, running.bullets, "seen")


DRAFT = "PROJET"


def running_header(header: ContractHeader) -> str:
    """What the templates print at the top of each page."""
    return f"CPOM {header.code} – {header.legal_name}"


def running_footer(header: ContractHeader) -> str:
    """What the templates print at the bottom of each page, before its number."""
    return f"{header.agency} – version {header.version}"


def read_template(folder: Path, name: str, most: int = MAX_FILE) -> bytes:
    """The bytes of a template; TemplateError when it cannot be read, or has more than ``most``."""
    try:
        return read_bounded(folder / name, most)
    except RefusedFileError as error:
        raise TemplateError(f"Le modèle « {folder / name} » ne peut être lu : {error}.") from error
    except OSError as error:
        raise TemplateError(f"Le modèle « {folder / name} » ne peut être lu.") from error


def read_text_template(folder: Path, name: str) -> str:
    """The text of a template; TemplateError when it cannot be read, or is not in UTF-8.

    One that people write weighs little: what is larger would be laid out without end.
    """
    try:
        return read_template(folder, name, MAX_FILE_BYTES).decode()
    except UnicodeDecodeError as error:
        raise TemplateError(f"Le modèle « {folder / name} » n’est pas en UTF-8.") from error


def word_template_of_amendments(folder: Path) -> str:
    """The name of the Word template that avenants take among the templates in ``folder``."""
    return AMENDMENT_TEMPLATE if (folder / AMENDMENT_TEMPLATE).exists() else CONTRACT_TEMPLATE
