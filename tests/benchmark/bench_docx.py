"""Time to write one contract of sixty pages as a Word file, three ways, in one run.

Run by name: ``python -m tests.benchmark.bench_docx``. Ours: the frame by docxtpl, the body spliced in
as markup. Against docxtpl with loops in the template for the whole document, and python-docx with
the cells of a row taken once. All three start from the same template, in memory, and must give the
same text. Ours alone also writes bookmarks, controls, links and contents; the others are spared
them. CPU time, runs in turn, medians.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from io import BytesIO

from docx import Document
from docxtpl import DocxTemplate

from contract_builder.model.blocks import Block, ListBlock, Paragraph, SubHeading, Table, inline_text
from contract_builder.model.contract import Contract, Section
from contract_builder.render.docx import render_docx
from contract_builder.render.docx.frame import frame_values
from contract_builder.render.docx.ooxml import paragraph, parse_xml, run, w
from contract_builder.render.docx.package import read_parts, write_package
from contract_builder.render.docx.styles import load_styles
from contract_builder.render.docx.writer import _frame_header
from tests.contract_samples import long_contract
from tests.documents import MAIN, make_pdf, replace_in_part, word_template

SHEETS = 36
RUNS = 9
GOALS = {"docxtpl": 1.5, "python-docx": 8.0}


@dataclass(frozen=True, slots=True)
class Item:
    """One paragraph with its style, or one table (then ``rows`` holds its texts, header first)."""

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
    elif section.kind == "annexe":
        items.append(Item("TitreAnnexe", section.title))
    else:
        items.append(Item(f"Heading{depth + 1}", section.title))
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
            items += [Item("Caption", caption), Item("", rows=(header, *texts)), Item("Espace")]


def loop_template(styles: Sequence[str]) -> bytes:
    """The template with loops for the whole body, in the way of docxtpl."""
    cell = "<w:tc><w:tcPr/>{}</w:tc>"
    texts = paragraph(run("{{ text }}"), "TexteTableau")
    row = "".join(
        cell.format(content)
        for content in (
            paragraph(run("{%tc for text in line %}"), "TexteTableau"),
            texts,
            paragraph(run("{%tc endfor %}"), "TexteTableau"),
        )
    )
    table = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableauContrat"/><w:tblW w:w="5000" w:type="pct"/>'
        '</w:tblPr><w:tblGrid><w:gridCol w:w="1500"/></w:tblGrid>'
        f"<w:tr>{cell.format(paragraph(run('{%tr for line in item.rows %}'), 'TexteTableau'))}</w:tr>"
        f"<w:tr>{row}</w:tr>"
        f"<w:tr>{cell.format(paragraph(run('{%tr endfor %}'), 'TexteTableau'))}</w:tr></w:tbl>"
    )
    loop = [_tag("{%p for item in items %}"), _tag("{%p if item.rows %}"), table]
    for style in styles:
        loop += [_tag(f"{{%p elif item.style == '{style}' %}}"), paragraph(run("{{ item.text }}"), style)]
    loop += [_tag("{%p endif %}"), _tag("{%p endfor %}")]
    return _with_body("".join(loop))


def _tag(text: str) -> str:
    return paragraph(run(text), "Normal")


def _with_body(markup: str) -> bytes:
    """The template that comes with the software, this markup in the place of its marks."""
    template = word_template()
    for mark, content in (("sommaire", ""), ("corps", markup), ("annexes", "")):
        template = replace_in_part(template, MAIN, _mark(mark), content)
    return template


def _mark(name: str) -> str:
    return paragraph(run(f"{{{{ {name} }}}}"), "BodyText")


def by_docxtpl(template: bytes, contract: Contract, items: Sequence[Item]) -> bytes:
    """The whole document by loops in the template, values escaped."""
    word = DocxTemplate(BytesIO(template))
    context = frame_values(contract.header) | {"items": [asdict(item) for item in items]}
    word.render(context, autoescape=True)
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def by_python_docx(base: bytes, names: dict[str, str], items: Sequence[Item]) -> bytes:
    """The body appended to a finished cover; the cells of each row are taken once."""
    document = Document(BytesIO(base))
    for item in items:
        if not item.rows:
            document.add_paragraph(item.text, style=names[item.style])
            continue
        table = document.add_table(rows=len(item.rows), cols=len(item.rows[0]))
        table.style = names["TableauContrat"]
        for row, texts in zip(table.rows, item.rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.paragraphs[0].text = text
                cell.paragraphs[0].style = names["TexteTableau"]
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def body_texts(docx: bytes, first: str) -> list[str]:
    """The written texts from the first heading of the body on, contents left out."""
    root = parse_xml(read_parts(docx)[MAIN])
    for control in list(root.iter(w("docPartObj"))):
        contents = control.getparent().getparent()
        contents.getparent().remove(contents)
    texts = ["".join(t.text or "" for t in p.iter(w("t"))) for p in root.iter(w("p"))]
    kept = [text for text in texts if text]
    return kept[kept.index(first) :]


def style_names(template: bytes) -> dict[str, str]:
    """The name of each style by its identifier, as python-docx wants it."""
    names = {info.id: str(style) for style, info in load_styles(read_parts(template)["word/styles.xml"]).items()}
    # python-docx shows Word's built-in names as the interface does.
    return {key: name.capitalize() if name.startswith("heading") else name for key, name in names.items()}
