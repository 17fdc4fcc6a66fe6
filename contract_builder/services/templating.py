"""Are the templates fit for use? One gate for whoever checks a template and whoever fills it.

Problems come back as values, the same sentences everywhere.
"""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from contract_builder.diagnostics import Diagnostic, Problems, has_errors, template_problems
from contract_builder.errors import ProblemsError, TemplateError
from contract_builder.files.cache import NO_CACHE, Cache
from contract_builder.files.read import read_file
from contract_builder.files.write import create_file
from contract_builder.source import whole_file

if TYPE_CHECKING:
    from contract_builder.render.docx.template_check import TemplateDefect

WORD_TEMPLATE = "contrat.docx"


def check_word_template(path: Path) -> "list[TemplateDefect]":
    """Every defect of a Word template, in French; no « erreur » in one that can be used."""
    from contract_builder.render.docx.template_check import check_template

    return check_template(read_file(path))


def refuse_faulty_word_file(path: Path) -> None:
    """Raises TemplateError with the defects of a Word template that cannot be used."""
    defects = [str(item) for item in check_word_template(path) if item.severity == "erreur"]
    if defects:
        raise TemplateError(f"Le modèle Word ne peut servir : {' ; '.join(defects[:5])}.")


def write_word_template(path: Path) -> None:
    """A fresh Word template at ``path``; UserError when there is a file already."""
    from contract_builder.render.docx.template import render_word_template

    create_file(path, render_word_template())


def check_project_templates(
    root: Path, names: Collection[str] | None = None, cache: Cache = NO_CACHE
) -> Problems:
    """Every defect of the project's templates (all of them, or these), each tried on made-up
    contracts, save a Word template that ``cache`` knows to the byte.
    """
    from contract_builder.render.templates_check import check_templates

    return [
        _problem(f"templates/{name}", defect)
        for name, defect in check_templates(root / "templates", names, cache)
    ]


def _problem(file: str, defect: "TemplateDefect") -> Diagnostic:
    place = whole_file(file)
    if defect.severity == "note":
        return template_problems.modele_reglage_retire(place, defect.message)
    if defect.severity == "avertissement":
        return template_problems.modele_champ_retire(place, defect.place, defect.message)
    return template_problems.modele_a_corriger(place, defect.place, defect.message, defect.around)


def refuse_faulty_templates(
    root: Path, names: Collection[str], cache: Cache = NO_CACHE
) -> Problems:
    """The warnings and notes about these templates; ProblemsError when one cannot be used."""
    problems = check_project_templates(root, names, cache)
    if has_errors(problems):
        raise ProblemsError(problems)
    return problems
