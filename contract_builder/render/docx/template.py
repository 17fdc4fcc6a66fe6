"""The default Word template, ``templates/contrat.docx``: made once, then owned by its users.

``python -m contract_builder.render.docx.template templates/contrat.docx`` writes it anew.
"""

import sys
from pathlib import Path
from typing import Final

from contract_builder.render.docx.properties import CORE, LANGUAGE
from contract_builder.render.docx.template_numbering import render_numbering
from contract_builder.render.docx.template_pages import (
    FOOTER_ID,
    HEADER_IDS,
    render_body_header,
    render_cover_header,
    render_document,
    render_footer,
)
from contract_builder.render.docx.template_styles import FONT, render_styles
from contract_builder.word.footnotes import (
    FOOTNOTES,
    footnote_settings,
    render_separators,
)
from contract_builder.word.ooxml import XML_DECLARATION, W
from contract_builder.word.package import (
    CONTENT_TYPES,
    CONTENT_TYPES_NS,
    ROOT_RELATIONSHIPS,
    relationships_xml,
    write_package,
)

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPES: Final = {
    "document": "document.main",
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "fontTable": "fontTable",
    "footnotes": "footnotes",
    "header1": "header",
    "header2": "header",
    "footer1": "footer",
}


def render_word_template() -> bytes:
    """The default template as a Word file: always the same bytes."""
    parts = {
        CONTENT_TYPES: _content_types(),
        ROOT_RELATIONSHIPS: relationships_xml({
            "rId1": (f"{_OFFICE}/officeDocument", "word/document.xml"),
            "rId2": (CORE.relation, CORE.name),
        }),
        CORE.name: _core(),
        "word/document.xml": render_document(),
        "word/_rels/document.xml.rels": relationships_xml({
            "rId1": (f"{_OFFICE}/styles", "styles.xml"),
            "rId2": (f"{_OFFICE}/numbering", "numbering.xml"),
            "rId3": (f"{_OFFICE}/settings", "settings.xml"),
            "rId4": (f"{_OFFICE}/fontTable", "fontTable.xml"),
            "rId5": (FOOTNOTES.relation, "footnotes.xml"),
            HEADER_IDS["cover"]: (f"{_OFFICE}/header", "header1.xml"),
            HEADER_IDS["body"]: (f"{_OFFICE}/header", "header2.xml"),
            FOOTER_ID: (f"{_OFFICE}/footer", "footer1.xml"),
        }),
        "word/styles.xml": render_styles(),
        "word/numbering.xml": render_numbering(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _font_table(),
        "word/footnotes.xml": render_separators(),
        "word/header1.xml": render_cover_header(),
        "word/header2.xml": render_body_header(),
        "word/footer1.xml": render_footer(),
    }  # fmt: skip
    return write_package(parts)


def _content_types() -> bytes:
    package = "application/vnd.openxmlformats-package"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{word}.{kind}+xml"/>'
        for name, kind in _WORD_TYPES.items()
    )
    text = (
        f'{XML_DECLARATION}<Types xmlns="{CONTENT_TYPES_NS}">'
        f'<Default Extension="rels" ContentType="{package}.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{CORE.name}" ContentType="{CORE.content_type}"/>'
        f"{overrides}</Types>"
    )
    return text.encode()


def _core() -> bytes:
    text = (
        f'{XML_DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/'
        '2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>Modèle de contrat</dc:title><dc:language>{LANGUAGE}</dc:language>"
        "</cp:coreProperties>"
    )
    return text.encode()


def _settings() -> bytes:
    """Word's settings: today's layout rules (no compatibility mode), French separators."""
    text = (
        f'{XML_DECLARATION}<w:settings xmlns:w="{W}"><w:defaultTabStop w:val="709"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f"{footnote_settings()}<w:compat><w:compatSetting "
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="15"/></w:compat><w:themeFontLang w:val="{LANGUAGE}"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )
    return text.encode()


def _font_table() -> bytes:
    text = (
        f'{XML_DECLARATION}<w:fonts xmlns:w="{W}"><w:font w:name="{FONT}">'
        '<w:altName w:val="Carlito"/><w:charset w:val="00"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )
    return text.encode()


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(render_word_template())
