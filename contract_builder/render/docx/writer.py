"""The order of the DOCX writer: frame, body, annexes, contents, notes, properties, package."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from itertools import count
from types import MappingProxyType
from typing import Final

from contract_builder.model.contract import Contract, ContractHeader
from contract_builder.render.docx.blocks import BlockWriter
from contract_builder.render.docx.body import BodyWriter, HeadingWriter
from contract_builder.render.docx.contents import render_contents
from contract_builder.render.docx.figures import FigureWriter
from contract_builder.render.docx.frame import render_frame
from contract_builder.render.docx.inlines import InlineWriter
from contract_builder.render.docx.properties import put_properties
from contract_builder.render.docx.styles import Style, load_styles
from contract_builder.render.docx.template_places import TemplateMark
from contract_builder.render.docx.template_styles import add_table_style
from contract_builder.render.text import SIGNATURES
from contract_builder.word.markers import bookmark_name
from contract_builder.word.numbering import NumberingWriter
from contract_builder.word.package import telling_malformed_parts, write_package
from contract_builder.word.protection import track_all_changes

_NO_PICTURES: Final[Mapping[str, bytes]] = MappingProxyType({})


@telling_malformed_parts()
def render_docx(
    contract: Contract,
    template: bytes,
    pages: Mapping[str, int] | None = None,
    *,
    identity: str = "",
    track_changes: bool = False,
    pictures: Mapping[str, bytes] = _NO_PICTURES,
) -> bytes:
    """The contract as a Word file in the look of ``template``: same input, same bytes.

    ``pages`` maps section ids to the page numbers first shown in the table of contents; an
    entry without one shows « – » until the reader updates the fields. ``identity`` is the
    SHA-256 of the canonical contract, kept in the file's properties when given. With
    ``track_changes``, Word keeps track of whatever is changed in the file. ``pictures`` are the
    figures as PNG, by key: one without a picture is told in words instead.

    Raises ``TemplateError`` when the template cannot be used.
    """
    frame = render_frame(_frame_header(contract), template)
    styles_name, styles_part = frame.get_part("styles")
    frame.parts[styles_name] = add_table_style(styles_part)
    styles = load_styles(frame.parts[styles_name])
    numbering_name, numbering_part = frame.get_part("numbering")
    numbering = NumberingWriter(numbering_part)
    ids = _free_ids(frame.used_ids)
    bookmarks = {section.id: bookmark_name(section.id) for section in contract.iter_sections()}
    inlines = InlineWriter(styles, ids, bookmarks)
    figures = FigureWriter(styles, pictures, ids)
    writer = BodyWriter(
        HeadingWriter(styles, numbering),
        BlockWriter(styles, numbering, inlines, figures),
        frame.pages,
        bookmarks,
        styles[Style.SPACER].id,
    )
    body = writer.render(contract.body, ids) + writer.turn(landscape=False)
    annexes = writer.render(contract.annexes, ids)
    if not frame.ends_with_annexes:
        annexes += writer.turn(landscape=False)
    contents = render_contents(writer.entries, pages or {}, styles, next(ids))
    last_page = frame.pages.render(landscape=writer.landscape, first=not writer.has_breaks)
    parts = frame.parts
    parts[frame.main] = frame.fill(
        {TemplateMark.CONTENTS: contents, TemplateMark.BODY: body, TemplateMark.ANNEXES: annexes},
        last_page,
    )
    parts[numbering_name] = numbering.render()
    inlines.footnotes.put(parts, frame.main)
    figures.put(parts, frame.main)
    if track_changes:
        settings_name, settings = frame.get_part("settings")
        parts[settings_name] = track_all_changes(settings)
    put_properties(parts, contract, identity)
    return write_package(parts)


def _frame_header(contract: Contract) -> ContractHeader:
    """The header; without signatories when the contract has no place for them."""
    if any(section.kind == SIGNATURES for section in contract.sections):
        return contract.header
    return replace(contract.header, signatories=())


def _free_ids(used: Set[int]) -> Iterator[int]:
    """Identifiers that nothing in the template has, for bookmarks and controls alike."""
    return (number for number in count(1) if number not in used)
