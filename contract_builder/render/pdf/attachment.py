"""The contract that travels inside its PDF: its canonical JSON, as an attached file."""

ATTACHMENT = "contrat.json"


def find_attached_contract(data: bytes) -> bytes | None:
    """The contract's JSON that a PDF carries; None when it carries none or cannot be opened."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None
    try:
        for index in range(document.count_attachments()):
            attached = document.get_attachment(index)
            if attached.get_name() == ATTACHMENT:
                return bytes(attached.get_data())
        return None
    finally:
        document.close()
