"""The pages of the default Word template: cover, marks, signatures, headers and footers."""

from typing import Final

from contract_builder.render.docx.template_places import TemplateMark
from contract_builder.render.docx.template_styles import DARK_BLUE, RULE
from contract_builder.word.ooxml import XML_DECLARATION, R, W, field, paragraph, run

TEXT_WIDTH: Final = 9072
HEADER_IDS: Final = {"cover": "rIdEntete1", "body": "rIdEntete2"}
FOOTER_ID: Final = "rIdPied"

_NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
_PAGE = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1417" w:right="1417" w:bottom="1134" w:left="1417" w:header="624" '
    'w:footer="510" w:gutter="0"/>'
)
_DRAFT_COLOR = "8A1C00"


def render_document() -> bytes:
    """``word/document.xml``: cover, contents, body, signatures, annexes."""
    cover_page = (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{HEADER_IDS["cover"]}"/>'
        f'<w:type w:val="nextPage"/>{_PAGE}</w:sectPr>'
    )
    last_page = (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{HEADER_IDS["body"]}"/>'
        f'<w:footerReference w:type="default" r:id="{FOOTER_ID}"/>'
        f'<w:type w:val="nextPage"/>{_PAGE}</w:sectPr>'
    )
    content = (
        _cover()
        + paragraph("", "Espace", cover_page)
        + paragraph(run("Sommaire"), "TOCHeading")
        + _mark(TemplateMark.CONTENTS)
        + paragraph('<w:r><w:br w:type="page"/></w:r>', "Espace")
        + _mark(TemplateMark.BODY)
        + _signatures()
        + _mark(TemplateMark.ANNEXES)
        + last_page
    )
    return wrap_part("document", f"<w:body>{content}</w:body>")


def _mark(mark: TemplateMark) -> str:
    return paragraph(run(f"{{{{ {mark} }}}}"), "BodyText")


def _cover() -> str:
    spaced = '<w:spacing w:before="2600" w:after="160"/>'
    row = (
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + _cell(2900, paragraph(run("{{ ligne.libelle }}"), "CouvertureLibelle"))
        + _cell(TEXT_WIDTH - 2900, paragraph(run("{{ ligne.valeur }}"), "CouvertureValeur"))
        + "</w:tr>"
    )
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
        for side in ("top", "bottom", "insideH")
    )
    return (
        paragraph(run("{{ contrat.agence }}"), "CouvertureAgence")
        + paragraph(run("{{ contrat.titre }}"), "Title", spaced)
        + paragraph(run("{{ contrat.sous_titre }}"), "Subtitle")
        + _only_if("contrat.projet", paragraph(run("PROJET"), "MentionProjet"))
        + _only_if(
            "contrat.lignes",
            _table(
                (2900, TEXT_WIDTH - 2900),
                f"<w:tblBorders>{lines}</w:tblBorders>",
                _row_loop("ligne in contrat.lignes", row),
            )
            + paragraph("", "Espace"),
        )
        + paragraph(
            run("Contrat {{ contrat.code }} – version {{ contrat.version }}"),
            "CouvertureLibelle",
            '<w:spacing w:before="480" w:after="0"/>',
        )
    )


def _signatures() -> str:
    half = TEXT_WIDTH // 2
    row = (
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + _cell(half, _signature("gauche"))
        + _cell(half, _signature("droite"))
        + "</w:tr>"
    )
    table = _table((half, half), "", _row_loop("ligne in signatures", row))
    return _only_if("signatures", table + paragraph("", "Espace"))


def _signature(side: str) -> str:
    """Who signs, and room to sign: nothing when the last row has one signatory only."""
    name = f"ligne.{side}"
    shown = (
        paragraph(run(f"{{{{ {name}.{line} }}}}", "<w:i/>" if line == "qualite" else ""),
                  "Signataire", '<w:spacing w:before="0" w:after="0"/>')
        for line in ("fonction", "qualite", "portee")
    )  # fmt: skip
    filled = (
        paragraph(run(f"{{{{ {name}.{line} }}}}"), "Signataire",
                  f'<w:spacing w:before="{before}" w:after="{after}"/>')
        for line, before, after in (("nom", 160, 120), ("date", 0, 120), ("signature", 0, 1500))
    )  # fmt: skip
    return (
        paragraph(run(f"{{{{ {name}.organisation }}}}", "<w:b/>"), "Signataire",
                  '<w:spacing w:before="240" w:after="20"/>')
        + "".join(shown) + "".join(filled)
    )  # fmt: skip


def render_cover_header() -> bytes:
    """The header of the cover: nothing but the mark of a draft."""
    return wrap_part("hdr", paragraph(_watermark("Couverture"), "Header"))


def render_body_header() -> bytes:
    """The header of all other pages: code and name, and the mark of a draft."""
    left = paragraph(run("CPOM {{ contrat.code }} – {{ contrat.raison_sociale }}"), "Header")
    draft = run(
        "{% if contrat.projet %}PROJET{% endif %}", f'<w:b/><w:color w:val="{_DRAFT_COLOR}"/>'
    )
    right = paragraph(draft, "Header", '<w:jc w:val="right"/>')
    table = _wide_table((left, 78), (right, 22), side="bottom")
    return wrap_part("hdr", table + paragraph(_watermark("Page"), "Header"))


def render_footer() -> bytes:
    """The footer: agency and version, page numbers counted by Word."""
    return footer_part("{{ contrat.agence }} – version {{ contrat.version }}")


def header_part(left: str, right: str) -> bytes:
    """A header of two texts over a rule."""
    cells = (
        (paragraph(run(left), "Header"), 78),
        (paragraph(run(right), "Header", '<w:jc w:val="right"/>'), 22),
    )
    return wrap_part("hdr", _wide_table(*cells, side="bottom") + paragraph("", "Espace"))


def footer_part(text: str) -> bytes:
    """A footer: a text, and the page numbers counted by Word."""
    left = paragraph(run(text), "Footer")
    pages = run("Page ") + field("PAGE", "2") + run(" sur ") + field("NUMPAGES", "2")
    right = paragraph(pages, "Footer", '<w:jc w:val="right"/>')
    return wrap_part(
        "ftr", _wide_table((left, 78), (right, 22), side="top") + paragraph("", "Espace")
    )


def _watermark(name: str) -> str:
    """« PROJET » across the page, as Word's own watermarks are made (VML text path)."""
    shape = (
        f'<w:pict {_VML}><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" '
        'adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
        '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
        '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
        'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" '
        'xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t" shapetype="t"/>'
        f'</v:shapetype><v:shape id="Filigrane{name}" type="#_x0000_t136" alt="Projet" '
        'style="position:absolute;margin-left:0;margin-top:0;width:430pt;height:130pt;'
        "rotation:315;z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#ececec" '
        'stroked="f"><v:fill opacity=".5"/><v:textpath '
        'style="font-family:&quot;Calibri&quot;;font-size:1pt" string="PROJET"/></v:shape></w:pict>'
    )
    opening, closing = run("{%r if contrat.projet %}"), run("{%r endif %}")
    return f"{opening}<w:r><w:rPr><w:noProof/></w:rPr>{shape}</w:r>{closing}"


def _wide_table(left: tuple[str, int], right: tuple[str, int], *, side: str) -> str:
    """Two cells over the whole line, however wide the page; a rule on one side."""
    rule = f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="{DARK_BLUE}"/>'
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{share * 50}" w:type="pct"/></w:tcPr>{content}</w:tc>'
        for content, share in (left, right)
    )
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/>'
        f"<w:tblBorders>{rule}</w:tblBorders></w:tblPr>"
        '<w:tblGrid><w:gridCol w:w="7076"/><w:gridCol w:w="1996"/></w:tblGrid>'
        f"<w:tr>{cells}</w:tr></w:tbl>"
    )


def _table(widths: tuple[int, ...], borders: str, rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _cell(width: int, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def _row_loop(loop: str, row: str) -> str:
    """The row once per value, in the way of docxtpl: two rows that it takes away."""
    return _tag_row(f"{{%tr for {loop} %}}") + row + _tag_row("{%tr endfor %}")


def _tag_row(tag: str) -> str:
    empty = _cell(0, paragraph("", "Normal"))
    return f"<w:tr>{_cell(0, paragraph(run(tag), 'Normal'))}{empty}</w:tr>"


def _only_if(condition: str, content: str) -> str:
    opening = paragraph(run(f"{{%p if {condition} %}}"), "Normal")
    return opening + content + paragraph(run("{%p endif %}"), "Normal")


def wrap_part(root: str, content: str) -> bytes:
    """A part of a Word file, its namespaces declared."""
    return f"{XML_DECLARATION}<w:{root} {_NAMESPACES}>{content}</w:{root}>".encode()
