"""The contract of a profile as one page, made now: a look, not a document that is handed out."""

from contract_builder.errors import ProblemsError
from contract_builder.files.read import read_file
from contract_builder.services.making import Prepared
from contract_builder.services.project import Project


def preview_contract(project: Project, prepared: Prepared) -> bytes:
    """The page in UTF-8 of a profile that is prepared; ProblemsError when it has errors."""
    from contract_builder.render.html import render_html

    if prepared.assembly is None:
        raise ProblemsError(prepared.problems)
    template = read_file(project.root / "templates" / "contrat.html").decode()
    return render_html(prepared.assembly.contract, template)
