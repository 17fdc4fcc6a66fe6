"""From a problem to the form where it is mended, at the very field."""

from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse

from contract_builder.diagnostics import Diagnostic
from contract_builder.web.forms.sections import FormSection, find_section_of


@dataclass(frozen=True, slots=True)
class LinkedProblem:
    """A problem, the section of the form that shows its field, and the address of the field.

    Both are empty for what stands in another file: an import, the region, the library.
    """

    problem: Diagnostic
    section: FormSection | None
    link: str


def link_problem(name: str, path: str, problem: Diagnostic) -> LinkedProblem:
    """The problem of the field at ``path`` of the establishment ``name``."""
    section = find_section_of(path) if path else None
    if section is None:
        return LinkedProblem(problem, None, "")
    # The page of the sheets shows no field: their lines do.
    page = "etablissement-lignes" if section.slug == "fiches" else "etablissement-section"
    address = reverse(page, args=[name, section.slug])
    return LinkedProblem(problem, section, f"{address}#{quote(path)}")
