"""Contract → Word file, and what proves that the file is right.

``render_docx`` writes the file; ``extract_text`` reads it back as a reader sees it;
``check_structure`` finds what would make Word refuse or repair it.
"""

from contract_builder.render.docx.writer import render_docx
from contract_builder.word.extraction import extract_document, extract_text
from contract_builder.word.structure import check_structure

__all__ = ["check_structure", "extract_document", "extract_text", "render_docx"]
