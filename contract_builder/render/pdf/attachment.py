"""What travels inside a PDF as an attached file: a contract's canonical JSON, an avenant's."""

from contract_builder.frozen import dataclass

ATTACHMENT = "contrat.json"
AMENDMENT_ATTACHMENT = "avenant.json"


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that a PDF carries instead of the data that it was laid out from.

    ``setting`` is what tells the template (« joindre »).
    """

    name: str
    data: bytes
    setting: str


def attached_amendment(data: bytes) -> AttachedFile:
    """The JSON of an avenant, for its PDF."""
    return AttachedFile(AMENDMENT_ATTACHMENT, data, "avenant")


def find_attached_contract(data: bytes) -> bytes | None:
    """The contract's JSON that a PDF carries; None when it carries none or cannot be opened."""
    return find_attachment(data, ATTACHMENT)


def find_attachment(data: bytes, name: str) -> bytes | None:
    """The bytes of an attached file; None when there is none or the PDF cannot be opened."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None
    try:
        for index in range(document.count_attachments()):
            attached = document.get_attachment(index)
            if attached.get_name() == name:
                return bytes(attached.get_data())
        return None
    finally:
        document.close()
