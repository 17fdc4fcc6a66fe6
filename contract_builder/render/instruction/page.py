"""The instruction file as an HTML page that stands alone."""

from importlib import resources

from contract_builder.model.instruction import InstructionFile
from contract_builder.render.instruction import content
from contract_builder.tables.page import render_tables_page


def render_instruction_html(file: InstructionFile) -> bytes:
    """The page in UTF-8: same input, same bytes."""
    return render_tables_page(
        resources.files(__package__).joinpath("instruction.html"),
        content.build_tables(file),
        file.identity.header.effective_date,
        heading=content.TITLE,
        subtitle=content.subtitle(file),
        warning=content.WARNING,
        nothing=content.NOTHING_TO_TELL,
        summary=content.summary(file),
    )
