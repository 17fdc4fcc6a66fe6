"""The default Word template, ``templates/contrat.docx``: made once, then owned by its users.

``python -m contract_builder.render.docx.template templates/contrat.docx`` writes it anew.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
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
}
_NOTHING: Final[Mapping[str, bytes]] = MappingProxyType({})


def render_word_template() -> bytes:
    """The default template as a Word file: always the same bytes."""
    headers = {
        HEADER_IDS["cover"]: render_cover_header(),
        HEADER_IDS["body"]: render_body_header(),
    }
    return write_package(package_parts(render_document(), headers, {FOOTER_ID: render_footer()}))


def package_parts(
    document: bytes,
    headers: Mapping[str, bytes] = _NOTHING,
    footers: Mapping[str, bytes] = _NOTHING,
) -> dict[str, bytes]:
    """The parts of a Word file in our own styles around this ``word/document.xml``.

    Headers and footers are keyed by the relationship that the document names.
    """
    running = {
        key: (kind, f"{kind}{number}", part)
        for kind, group in (("header", headers), ("footer", footers))
        for number, (key, part) in enumerate(group.items(), start=1)
    }
    types = {**_WORD_TYPES, **{name: kind for kind, name, _ in running.values()}}
    return {
        CONTENT_TYPES: _content_types(types),
        ROOT_RELATIONSHIPS: relationships_xml({
            "rId1": (f"{_OFFICE}/officeDocument", "word/document.xml"),
            "rId2": (CORE.relation, CORE.name),
        }),
        CORE.name: _core(),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": relationships_xml({
            "rId1": (f"{_OFFICE}/styles", "styles.xml"),
            "rId2": (f"{_OFFICE}/numbering", "numbering.xml"),
            "rId3": (f"{_OFFICE}/settings", "settings.xml"),
            "rId4": (f"{_OFFICE}/fontTable", "fontTable.xml"),
            "rId5": (FOOTNOTES.relation, "footnotes.xml"),
            **{
                key: (f"{_OFFICE}/{kind}", f"{name}.xml")
                for key, (kind, name, _) in running.items()
            },
        }),
        "word/styles.xml": render_styles(),
        "word/numbering.xml": render_numbering(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _font_table(),
        "word/footnotes.xml": render_separators(),
        **{f"word/{name}.xml": part for _, name, part in running.values()},
    }  # fmt: skip


def _content_types(types: Mapping[str, str]) -> bytes:
    package = "application/vnd.openxmlformats-package"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{word}.{kind}+xml"/>'
        for name, kind in types.items()
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
