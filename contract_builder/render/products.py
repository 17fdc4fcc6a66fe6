"""All the documents of one contract, each verified against it before anybody sees it.

Order: PDF (gives the page numbers) → DOCX → HTML → JSON. Every document's text is read back and
compared with the contract's: nothing may be lost or differ, else ``InternalRenderError``.
"""
