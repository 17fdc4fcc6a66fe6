"""The same contract written by docxtpl and by python-docx, for the benchmarks.

Both are given every advantage: a flat list prepared outside the measure, one run for each
paragraph, no bookmarks, controls, links or contents, which only our writer makes.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from io import BytesIO

from docx import Document
from docxtpl import DocxTemplate

from contract_builder.model.blocks import (
    Block,
    ListBlock,
    Paragraph,
    SubHeading,
    Table,
    inline_text,
)
from contract_builder.model.contract import Contract, Section
from contract_builder.render.docx.frame import frame_values
from contract_builder.word.ooxml import paragraph, parse_xml, run, w
from contract_builder.word.package import read_parts
from tests.contract_samples import long_contract
from tests.documents import MAIN, replace_in_part, word_template

CELL_STYLE, TABLE_STYLE = "TexteTableau", "TableauContrat"
_CELL = "<w:tc><w:tcPr/>{}</w:tc>"


def sixty_pages() -> Contract:
    """A contract of sixty pages, without signatures: their place differs from way to way."""
    contract = long_contract(sheets=40)
    sections = tuple(section for section in contract.sections if section.kind != "signatures")
    return replace(contract, sections=sections, header=replace(contract.header, signatories=()))


@dataclass(frozen=True, slots=True)
class Item:
    """One paragraph with its style, or one table (``rows`` holds its texts, header first)."""

    style: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def flatten(contract: Contract) -> list[Item]:
    """The contract as the flat list that a template with loops can print."""
    items: list[Item] = []
    for section in contract.sections:
        _add_section(section, 0, items)
    return items


def _add_section(section: Section, depth: int, items: list[Item]) -> None:
    if section.kind == "fiche":
        items.append(Item("TitreFiche", section.heading))
    else:
        style = "TitreAnnexe" if section.kind == "annexe" else f"Heading{depth + 1}"
        items.append(Item(style, section.title))
    for block in section.blocks:
        _add_block(block, items)
    for child in section.children:
        _add_section(child, depth + 1, items)


def _add_block(block: Block, items: list[Item]) -> None:
    match block:
        case Paragraph(content=content):
            items.append(Item("BodyText", inline_text(content)))
        case SubHeading(content=content):
            items.append(Item("Intertitre", inline_text(content)))
        case ListBlock(items=entries, ordered=ordered):
            style = "ListNumber" if ordered else "ListBullet"
            for (entry,) in entries:
                assert isinstance(entry, Paragraph)
                items.append(Item(style, inline_text(entry.content)))
        case Table(caption=caption, columns=columns, rows=rows):
            header = tuple(column.title for column in columns)
            texts = tuple(tuple(inline_text(c.content) for c in row.cells) for row in rows)
            items += [Item("Caption", caption), Item(TABLE_STYLE, rows=(header, *texts))]


def loop_template(items: Sequence[Item]) -> bytes:
    """The template with loops for the whole body, in the way of docxtpl."""
    row = "".join(map(_cell, ("{%tc for text in line %}", "{{ text }}", "{%tc endfor %}")))
    rows = (_cell("{%tr for line in item.rows %}"), row, _cell("{%tr endfor %}"))
    table = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="5000" w:type="pct"/>'
        '</w:tblPr><w:tblGrid><w:gridCol w:w="1500"/></w:tblGrid>'
        f"{''.join(f'<w:tr>{cells}</w:tr>' for cells in rows)}</w:tbl>"
    )
    loop = [_tag("{%p for item in items %}"), _tag("{%p if item.rows %}"), table]
    for style in sorted({item.style for item in items if not item.rows}):
        printed = paragraph(run("{{ item.text }}"), style)
        loop += [_tag(f"{{%p elif item.style == '{style}' %}}"), printed]
    return _with_body("".join([*loop, _tag("{%p endif %}"), _tag("{%p endfor %}")]))


def _cell(text: str) -> str:
    return _CELL.format(paragraph(run(text), CELL_STYLE))


def _tag(text: str) -> str:
    return paragraph(run(text), "Normal")


def _with_body(markup: str) -> bytes:
    """The template that comes with the software, this markup in the place of its marks."""
    template = word_template()
    for mark, content in (("sommaire", ""), ("corps", markup), ("annexes", "")):
        marked = paragraph(run(f"{{{{ {mark} }}}}"), "BodyText")
        template = replace_in_part(template, MAIN, marked, content)
    return template


def by_docxtpl(template: bytes, contract: Contract, items: Sequence[Item]) -> bytes:
    """The whole document by loops in the template, values escaped."""
    word = DocxTemplate(BytesIO(template))
    values = {"items": [asdict(item) for item in items], **frame_values(contract.header)}
    word.render(values, autoescape=True)
    return _saved(word)


def finished_cover(contract: Contract) -> bytes:
    """The template with cover and headers filled and no body, for python-docx to go on from."""
    return by_docxtpl(_with_body(""), contract, ())


def by_python_docx(cover: bytes, items: Sequence[Item]) -> bytes:
    """The body appended to a finished cover; the cells of each row are taken once."""
    document = Document(BytesIO(cover))
    styles = {style.style_id: style for style in document.styles}
    for item in items:
        if not item.rows:
            document.add_paragraph(item.text, style=styles[item.style])
            continue
        table = document.add_table(rows=len(item.rows), cols=len(item.rows[0]))
        table.style = styles[item.style]
        for row, texts in zip(table.rows, item.rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.paragraphs[0].text = text
                cell.paragraphs[0].style = styles[CELL_STYLE]
    return _saved(document)


def _saved(document: object) -> bytes:
    buffer = BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()


def body_texts(docx: bytes, first: str) -> list[str]:
    """The written texts from the first heading of the body on, contents left out."""
    root = parse_xml(read_parts(docx)[MAIN])
    in_contents = {
        element
        for mark in root.iter(w("docPartObj"))
        for element in next(mark.iterancestors(w("sdt"))).iter(w("p"))
    }
    texts = [
        "".join(part.text or "" for part in element.iter(w("t")))
        for element in root.iter(w("p"))
        if element not in in_contents
    ]
    kept = [text for text in texts if text]
    return kept[kept.index(first) :]
