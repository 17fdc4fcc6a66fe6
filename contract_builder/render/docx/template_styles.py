"""The styles of the default Word template, as data: one line of looks per style.

Colours keep a contrast of at least 7:1 on white for text. The identifiers are those of an
English Word; the writer finds styles by name, so they may change.
"""

from typing import Final, Literal

from contract_builder.frozen import dataclass
from contract_builder.render.docx.properties import LANGUAGE
from contract_builder.render.docx.styles import Style
from contract_builder.word.ooxml import XML_DECLARATION, W, escape, parse_xml, w
from contract_builder.word.package import serialise

FONT: Final = "Calibri"
"""Body and heading font; Carlito, which the PDF embeds, has the same widths."""

DARK_BLUE: Final = "1F3864"
BLUE: Final = "2F5496"
PALE_BLUE: Final = "DCE6F2"
RULE: Final = "B4C6E7"
GREY: Final = "595959"
BULLETS, DECIMALS, HEADINGS, ANNEXES = 1, 2, 3, 4  # numIds of ``template_numbering``

_Kind = Literal["paragraph", "character", "table"]

_KEEP = "<w:keepNext/><w:keepLines/>"
_BOLD = "<w:b/><w:bCs/>"


@dataclass(frozen=True, slots=True)
class Look:
    """One style: paragraph and run properties are raw markup in schema order."""

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    based_on: str = "Normal"
    following: str = ""
    kind: _Kind = "paragraph"


def _spacing(before: int = 0, after: int = 0, line: int = 0) -> str:
    """Spaces in twentieths of a point; ``line`` in 240ths of a line."""
    lines = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{lines}/>'


def _size(points: float) -> str:
    half_points = round(points * 2)
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _color(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def _numbered(num_id: int, level: int = 0) -> str:
    shown = f'<w:ilvl w:val="{level}"/>' if level else ""
    return f'<w:numPr>{shown}<w:numId w:val="{num_id}"/></w:numPr>'


def _outline(level: int) -> str:
    return f'<w:outlineLvl w:val="{level}"/>'


def _border(side: str, size: int, color: str, space: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/>'


_RULED = f"<w:pBdr>{_border('bottom', 6, RULE, 3)}</w:pBdr>"
_TITLE_RUN = _BOLD + _color(DARK_BLUE) + _size(13)
_NOTE_BOX = (
    f"<w:pBdr>{_border('top', 4, RULE, 4)}{_border('left', 24, BLUE, 8)}"
    f"{_border('bottom', 4, RULE, 4)}{_border('right', 4, RULE, 8)}</w:pBdr>"
    '<w:shd w:val="clear" w:color="auto" w:fill="F3F6FB"/>'
)
_CENTERED = '<w:jc w:val="center"/>'


def _contents_line(indent: int, before: int, after: int) -> str:
    tab = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9072"/></w:tabs>'
    return f'{tab}{_spacing(before, after)}<w:ind w:left="{indent}"/>'


HEADING_LOOKS: Final = (
    Look("Heading1", Style.HEADING_1,
         f"{_KEEP}{_numbered(HEADINGS)}{_RULED}{_spacing(400, 140)}{_outline(0)}",
         _TITLE_RUN, following="BodyText"),
    Look("Heading2", Style.HEADING_2,
         f"{_KEEP}{_numbered(HEADINGS, 1)}{_spacing(240, 100)}{_outline(1)}",
         _BOLD + _color(BLUE) + _size(11), following="BodyText"),
    Look("Heading3", Style.HEADING_3,
         f"{_KEEP}{_numbered(HEADINGS, 2)}{_spacing(200, 80)}{_outline(2)}",
         _BOLD + _color(DARK_BLUE), following="BodyText"),
    Look("TitreSansNumero", Style.UNNUMBERED_HEADING,
         f"{_KEEP}{_RULED}{_spacing(400, 140)}{_outline(0)}",
         _TITLE_RUN, following="BodyText"),
    Look("TitreAnnexe", Style.ANNEX_HEADING,
         f"{_KEEP}<w:pageBreakBefore/>{_numbered(ANNEXES)}{_RULED}{_spacing(0, 240)}{_outline(0)}",
         _BOLD + _color(DARK_BLUE) + _size(16), following="BodyText"),
    Look("TitreAnnexe2", Style.ANNEX_HEADING_2,
         f"{_KEEP}{_numbered(ANNEXES, 1)}{_spacing(280, 100)}{_outline(1)}",
         _BOLD + _color(BLUE) + _size(12), following="BodyText"),
    Look("TitreAnnexe3", Style.ANNEX_HEADING_3,
         f"{_KEEP}{_numbered(ANNEXES, 2)}{_spacing(200, 80)}{_outline(2)}",
         _BOLD + _color(DARK_BLUE), following="BodyText"),
    Look("TitreFiche", Style.SHEET_HEADING,
         f'{_KEEP}<w:shd w:val="clear" w:color="auto" w:fill="{PALE_BLUE}"/>'
         f"{_spacing(480, 160)}{_outline(1)}",
         _BOLD + _color(DARK_BLUE) + _size(12), following="BodyText"),
    Look("Intertitre", Style.SUBHEADING, f"{_KEEP}{_spacing(180, 60)}",
         _BOLD + _color(BLUE), following="BodyText"),
    Look("TOCHeading", "TOC Heading", f"{_KEEP}{_RULED}{_spacing(0, 240)}",
         _BOLD + _color(DARK_BLUE) + _size(16), following="BodyText"),
    Look("TOC1", Style.TOC_1, _contents_line(0, 110, 30), _BOLD),
    Look("TOC2", Style.TOC_2, _contents_line(284, 0, 30)),
)  # fmt: skip

TEXT_LOOKS: Final = (
    Look("BodyText", Style.BODY, _spacing(0, 120, 264)),
    Look("Visa", Style.VISA, f'{_spacing(0, 100, 264)}<w:ind w:left="284" w:hanging="284"/>'),
    Look("TexteCentre", Style.CENTERED, f"<w:keepNext/>{_spacing(200, 200)}{_CENTERED}", _BOLD),
    Look("PetitTexte", Style.SMALL, _spacing(0, 80, 252), _color(GREY) + _size(9)),
    Look("NoteEncadree", Style.NOTE,
         f'{_NOTE_BOX}{_spacing(60, 60, 259)}<w:ind w:left="227" w:right="227"/>', _size(9.5)),
    Look("ListBullet", Style.BULLETED,
         f"{_numbered(BULLETS)}{_spacing(0, 60, 269)}", based_on="BodyText"),
    Look("ListNumber", Style.NUMBERED,
         f"{_numbered(DECIMALS)}{_spacing(0, 60, 269)}", based_on="BodyText"),
    Look("ListContinue", Style.LIST_CONTINUED,
         f'{_spacing(0, 60, 269)}<w:ind w:left="425"/>', based_on="BodyText"),
    Look("Caption", Style.CAPTION, f"{_KEEP}{_spacing(200, 80)}", _BOLD + _color(DARK_BLUE)
         + _size(9.5), following="BodyText"),
    Look("TexteTableau", Style.TABLE_TEXT, _spacing(40, 40), _size(9)),
    Look("EnteteTableau", Style.TABLE_HEADER, _KEEP, _BOLD + _color(DARK_BLUE),
         based_on="TexteTableau"),
    Look("TotalTableau", Style.TABLE_TOTAL, "", _BOLD, based_on="TexteTableau"),
    Look("GroupeTableau", Style.TABLE_GROUP, "<w:keepNext/>", _BOLD + _color(DARK_BLUE),
         based_on="TexteTableau"),
    Look("NoteTableau", Style.TABLE_NOTE, _spacing(60, 160), _color(GREY) + _size(8.5)),
    Look("FootnoteText", Style.FOOTNOTE, f"<w:keepLines/>{_spacing(0, 40)}",
         _color(GREY) + _size(8.5)),
    Look("Espace", Style.SPACER,
         '<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>', _size(2)),
)  # fmt: skip

FRAME_LOOKS: Final = (
    Look("Header", "header", _spacing(0, 0), _color(GREY) + _size(8.5)),
    Look("Footer", "footer", _spacing(0, 0), _color(GREY) + _size(8.5)),
    Look("Title", "Title", _spacing(0, 160), _BOLD + _color(DARK_BLUE) + _size(28)),
    Look("Subtitle", "Subtitle", _spacing(0, 240), _color(BLUE) + _size(18)),
    Look("CouvertureAgence", "Couverture – agence",
         f"<w:pBdr>{_border('bottom', 12, DARK_BLUE, 8)}</w:pBdr>{_spacing(0, 0)}",
         _BOLD + _color(DARK_BLUE) + _size(14)),
    Look("CouvertureLibelle", "Couverture – libellé", _spacing(90, 90), _color(GREY) + _size(10.5)),
    Look("CouvertureValeur", "Couverture – valeur", _spacing(90, 90), _BOLD + _size(10.5)),
    Look("MentionProjet", "Mention projet", _spacing(240, 240),
         f'{_BOLD}{_color("8A1C00")}<w:spacing w:val="60"/>{_size(22)}'),
    Look("Signataire", "Signataire", f"<w:keepNext/>{_spacing(20, 20)}"),
)  # fmt: skip

CHARACTER_LOOKS: Final = (
    Look("FootnoteReference", Style.FOOTNOTE_CALL, kind="character", based_on="",
         run='<w:vertAlign w:val="superscript"/>'),
    Look("Valeur", Style.VALUE, kind="character", based_on=""),
    Look("Lacune", Style.GAP, kind="character", based_on="",
         run=f'{_BOLD}{_color("7A1F00")}<w:shd w:val="clear" w:color="auto" w:fill="FFE699"/>'),
)  # fmt: skip


def render_styles() -> bytes:
    """``word/styles.xml`` of the default template."""
    looks = (*HEADING_LOOKS, *TEXT_LOOKS, *FRAME_LOOKS, *CHARACTER_LOOKS)
    text = (
        f'{XML_DECLARATION}<w:styles xmlns:w="{W}">{_defaults()}'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>'
        "</w:style>"
        f"{''.join(_style(look) for look in looks)}{_table_styles()}</w:styles>"
    )
    return text.encode()


def _defaults() -> str:
    fonts = " ".join(f'w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {fonts}/>{_size(10.5)}"
        f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{_spacing(0, 0)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _style(look: Look) -> str:
    based_on = f'<w:basedOn w:val="{look.based_on}"/>' if look.based_on else ""
    following = f'<w:next w:val="{look.following}"/>' if look.following else ""
    paragraph = f"<w:pPr>{look.paragraph}</w:pPr>" if look.paragraph else ""
    run = f"<w:rPr>{look.run}</w:rPr>" if look.run else ""
    return (
        f'<w:style w:type="{look.kind}" w:styleId="{look.id}"><w:name w:val="{escape(look.name)}"/>'
        f"{based_on}{following}<w:qFormat/>{paragraph}{run}</w:style>"
    )


def add_table_style(styles_part: bytes) -> bytes:
    """The styles of a template with the style of our tables, should it have lost it.

    LibreOffice cannot make a table style of Word, and drops those of a template saved as ODF.
    """
    root = parse_xml(styles_part)
    names = {
        name.get(w("val"), "").casefold() for name in root.iterfind(f"{w('style')}/{w('name')}")
    }
    if Style.TABLE.casefold() in names:
        return styles_part
    declared = parse_xml(f'<w:styles xmlns:w="{W}">{_table_style()}</w:styles>'.encode())
    known = {style.get(w("styleId")) for style in root.iterfind(w("style"))}
    for style in declared:
        parent = style.find(w("basedOn"))
        if parent is not None and parent.get(w("val")) not in known:
            style.remove(parent)
        root.append(style)
    return serialise(root)


def _table_styles() -> str:
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        f"{_table_style()}"
    )


def _table_style() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(_border(side, 4, RULE, 0) for side in sides)
    margins = (
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
    )
    return (
        f'<w:style w:type="table" w:styleId="TableauContrat"><w:name w:val="{Style.TABLE}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>{borders}'
        f'</w:tblBorders>{margins}</w:tblPr><w:tcPr><w:vAlign w:val="center"/></w:tcPr>'
        '<w:tblStylePr w:type="firstRow"><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{PALE_BLUE}"/></w:tcPr></w:tblStylePr>'
        "</w:style>"
    )
