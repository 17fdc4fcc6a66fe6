"""The files joined to a contract, put after its own pages in one PDF.

The generated part keeps its structure, bookmarks, links and attachment. The pages that follow were
made by others: nobody vouches for their fonts, colours and text, so the whole no longer claims to
conform to PDF/A and PDF/UA. The same files give the same bytes.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.errors import InternalRenderError, UserError
from contract_builder.model.contract import Contract, JoinedFile
from contract_builder.reading.foreign_pdf import (
    UnusablePdfError,
    find_entry,
    names_as_written,
    open_pdf,
    prepare_pdf,
)
from contract_builder.render.pdf.stamps import (
    PageStamp,
    iter_stamps,
    joined_title,
    render_stamps,
)
from contract_builder.render.pdf.typst_pdf import PdfDocument

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter

_CLAIMS = re.compile(rb"<(pdfaid|pdfuaid):(\w+)>[^<]*</\1:\2>")
_PAGE_COUNT = re.compile(rb"(<xmpTPg:NPages>)\d+(</xmpTPg:NPages>)")


@names_as_written()
def join_files(
    pdf: PdfDocument, contract: Contract, files: Mapping[str, bytes], template: str, fonts: Path
) -> PdfDocument:
    """The PDF with the contract's joined files after it, in their order.

    ``files`` has the bytes of each by its number; ``template`` is that of the stamps. UserError for
    a file that cannot be joined.
    """
    from pypdf import PdfReader, PdfWriter

    from contract_builder.render.pdf.foreign_page import add_foreign_page

    joined = contract.tables.joined_files
    readers = [_open_prepared(item, files[item.number]) for item in joined]
    stamps = _stamps_of(contract, readers, pdf.page_count)
    bands = PdfReader(BytesIO(render_stamps(stamps, template, fonts)))
    writer = PdfWriter(clone_from=BytesIO(pdf.data))
    position = 0
    for item, reader in zip(joined, readers, strict=True):
        first = len(writer.pages)
        for number, page in enumerate(reader.pages, start=1):
            stamp = stamps[position]
            added = add_foreign_page(writer, page, bands.pages[position], stamp.scale)
            _tag(writer, added, f"{stamp.title}, page {number} sur {item.pages}")
            position += 1
        writer.add_outline_item(title=joined_title(item), page_number=first)
    total = len(writer.pages)
    _drop_claims(writer, total)
    _identify(writer, pdf.data, files)
    writer.pdf_header = PdfReader(BytesIO(pdf.data)).pdf_header
    out = BytesIO()
    writer.write(out)
    return replace(pdf, data=out.getvalue(), page_count=total)


def _open_prepared(item: JoinedFile, data: bytes) -> "PdfReader":
    """The copy of a joined file that can be joined, the same that its check was about."""
    try:
        return open_pdf(prepare_pdf(data).data)
    except UnusablePdfError as error:
        raise UserError(f"« {item.file} » ne peut être joint au contrat : {error}.") from error


def _stamps_of(contract: Contract, readers: "list[PdfReader]", before: int) -> list[PageStamp]:
    """The stamps of all pages; ``before`` is the number of pages of the generated part."""
    from contract_builder.render.pdf.foreign_page import frame_of

    joined: tuple[JoinedFile, ...] = contract.tables.joined_files
    last = before + sum(item.pages for item in joined)
    stamps: list[PageStamp] = []
    for item, reader in zip(joined, readers, strict=True):
        sizes = [frame_of(page).size for page in reader.pages]
        if len(sizes) != item.pages:
            raise InternalRenderError(f"le fichier joint {item.number} a {len(sizes)} pages")
        stamps.extend(iter_stamps(contract, item, sizes, before + len(stamps) + 1, last))
    return stamps


def _tag(writer: "PdfWriter", page: "PageObject", alternative: str) -> None:
    """Makes what the page shows a figure of the structure tree, with an alternative text."""
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    tree = find_entry(writer.root_object, "/StructTreeRoot")
    parents = find_entry(tree, "/ParentTree", "/Nums")
    if parents is None:
        return
    top = tree["/K"]
    document = top[0].get_object() if isinstance(top, ArrayObject) else top
    figure = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject("/Figure"),
            NameObject("/P"): document.indirect_reference,
            NameObject("/Pg"): page.indirect_reference,
            NameObject("/K"): NumberObject(0),
            NameObject("/Alt"): TextStringObject(alternative),
        }
    )
    reference = writer._add_object(figure)
    document["/K"].append(reference)
    key = NumberObject(find_entry(tree, "/ParentTreeNextKey") or max(parents[::2], default=-1) + 1)
    parents.extend((key, ArrayObject([reference])))
    tree[NameObject("/ParentTreeNextKey")] = NumberObject(key + 1)
    page[NameObject("/StructParents")] = key
    page[NameObject("/Tabs")] = NameObject("/S")


def _drop_claims(writer: "PdfWriter", pages: int) -> None:
    """The metadata without the standards that the joined pages may not meet."""
    metadata = find_entry(writer.root_object, "/Metadata")
    if metadata is None:
        return
    text = _CLAIMS.sub(b"", metadata.get_data())
    text = _PAGE_COUNT.sub(rb"\g<1>%d\g<2>" % pages, text)
    if b"<pdfaid:" in text or b"<pdfuaid:" in text:
        raise InternalRenderError("le PDF prétend encore suivre une norme d’archivage")
    metadata.set_data(text)
    writer.root_object.pop("/OutputIntents", None)


def _identify(writer: "PdfWriter", generated: bytes, files: Mapping[str, bytes]) -> None:
    """An identifier of its own for the whole, drawn from what it is made of."""
    from pypdf.generic import ArrayObject, ByteStringObject

    digest = sha256(generated)
    for number in sorted(files):
        digest.update(files[number])
    identifier = ByteStringObject(digest.digest()[:16])
    writer._ID = ArrayObject((identifier, identifier))
