"""An avenant that is drafted and proved → the bytes of its files.

The glue between ``amend`` and ``render``.
"""

from pathlib import Path
from typing import Final

from contract_builder.amend.amendment_json import render_amendment_json
from contract_builder.amend.written import WrittenAmendment
from contract_builder.errors import InternalRenderError, TemplateError
from contract_builder.services.making import BuildOptions
from contract_builder.services.templating import refuse_faulty_templates

_OTHER_TEMPLATES: Final = ("contrat.typ", "contrat.html")


def render_written(
    root: Path, written: WrittenAmendment, options: BuildOptions, stem: str
) -> tuple[dict[str, bytes], int | None]:
    """The files of the avenant by name, its data last; the page count of the PDF.

    The PDF carries the avenant's data where its standard allows it. ProblemsError for a template
    that is at fault.
    """
    from contract_builder.render.pdf.attachment import attached_amendment
    from contract_builder.render.products import PdfChoice, WordChoice, render_all

    word = WordChoice(find_word_template(root), options.track_changes)
    printed = [name for name in options.formats if name != "json"]
    used = [word.template] if "docx" in printed else []
    refuse_faulty_templates(root, used)
    data = render_amendment_json(written.amendment)
    choice = PdfChoice(standard=options.pdf_standard, carried=attached_amendment(data))
    try:
        rendered = render_all(root / "templates", written.document, printed, choice, word=word)
    except (InternalRenderError, TemplateError):
        refuse_faulty_templates(root, [*used, *_OTHER_TEMPLATES])
        raise
    products = {f"{stem}.{name}": rendered.files[name] for name in printed}
    if "json" in options.formats:
        products[f"{stem}.json"] = data
    return products, rendered.page_count


def find_word_template(root: Path) -> str:
    """The name of the Word template of the avenants: their own, else that of the contracts."""
    from contract_builder.render.products import word_template_of_amendments

    return word_template_of_amendments(root / "templates")
