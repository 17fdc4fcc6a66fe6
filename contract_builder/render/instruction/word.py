"""The instruction file as a Word file, in our own styles: no template of the contract, no cover.

It bears no manifest of the contract, so that nothing takes it for the contract when it comes back.
"""

from itertools import count
from typing import Final

from contract_builder.errors import InternalRenderError
from contract_builder.model.blocks import Cell, Column, Paragraph, Row, Table, Text
from contract_builder.model.instruction import InstructionFile
from contract_builder.render.docx.blocks import BlockPlace, BlockWriter
from contract_builder.render.docx.figures import FigureWriter
from contract_builder.render.docx.inlines import InlineWriter
from contract_builder.render.docx.properties import CORE, LANGUAGE, render_core_elements
from contract_builder.render.docx.styles import Style, load_styles
from contract_builder.render.docx.template import package_parts
from contract_builder.render.docx.template_pages import footer_part, header_part, wrap_part
from contract_builder.render.docx.template_styles import render_styles
from contract_builder.render.instruction import content
from contract_builder.tables.page import show_cell
from contract_builder.tables.table import ReportTable
from contract_builder.word.numbering import NumberingWriter
from contract_builder.word.ooxml import paragraph, run
from contract_builder.word.package import write_package
from contract_builder.word.structure import check_structure

_TEXT_WIDTH: Final = 14570
_HEADER_ID, _FOOTER_ID = "rIdEntete", "rIdPied"
_PAGE: Final = (
    f'<w:sectPr><w:headerReference w:type="default" r:id="{_HEADER_ID}"/>'
    f'<w:footerReference w:type="default" r:id="{_FOOTER_ID}"/>'
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="510" '
    'w:footer="510" w:gutter="0"/></w:sectPr>'
)


def render_instruction_docx(file: InstructionFile) -> bytes:
    """The Word file: same input, same bytes. InternalRenderError when it would not be sound."""
    header = file.identity.header
    parts = package_parts(
        wrap_part("document", f"<w:body>{_body(file)}{_PAGE}</w:body>"),
        headers={_HEADER_ID: header_part(content.TITLE, header.code)},
        footers={_FOOTER_ID: footer_part(content.subtitle(file))},
    )
    parts[CORE.name] = render_core_elements((
        ("dc:title", f"{content.TITLE} – {header.code}"),
        ("dc:subject", content.subtitle(file)),
        ("dc:creator", header.agency),
        ("dc:language", LANGUAGE),
    ))  # fmt: skip
    docx = write_package(parts)
    defects = check_structure(docx)
    if defects:
        raise InternalRenderError(f"fiche d’instruction mal formée : {' ; '.join(defects[:5])}")
    return docx


def _body(file: InstructionFile) -> str:
    styles = load_styles(render_styles())
    numbering = NumberingWriter(package_parts(b"")["word/numbering.xml"])
    ids = count(1)
    figures = FigureWriter(styles, {}, ids)
    writer = BlockWriter(styles, numbering, InlineWriter(styles, ids, {}), figures)
    place = BlockPlace(_TEXT_WIDTH)
    heading = styles[Style.UNNUMBERED_HEADING].id
    written = [
        paragraph(run(content.TITLE), "Title", '<w:spacing w:before="0" w:after="80"/>'),
        paragraph(run(content.subtitle(file)), "Subtitle"),
        writer.render(
            (
                Paragraph((Text(content.WARNING, bold=True),)),
                Paragraph((Text(content.summary(file)),)),
            ),
            place,
        ),
    ]
    for table in content.build_tables(file):
        written.append(paragraph(run(table.title), heading))
        block = _block(table) if table.rows else Paragraph((Text(content.NOTHING_TO_TELL),))
        written.append(writer.render((block,), place))
    return "".join(written)


def _block(table: ReportTable) -> Table:
    """A table of data as a table of a document; its first column names the row."""
    return Table(
        table.id,
        table.about,
        tuple(Column(column.title, column.width) for column in table.columns),
        tuple(
            Row(
                str(number),
                tuple(
                    Cell((Text(show_cell(column, cell)),))
                    for column, cell in zip(table.columns, row, strict=True)
                ),
            )
            for number, row in enumerate(table.rows)
        ),
    )
