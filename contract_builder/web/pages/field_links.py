"""From a problem to the form where it is mended, at the very field."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import reverse

from contract_builder.diagnostics import Diagnostic
from contract_builder.services.making import Prepared
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


def find_gap_links(
    name: str, prepared: Prepared, problems: Sequence[LinkedProblem]
) -> dict[str, str]:
    """Where each gap that the contract prints is filled in, by the gap's key.

    At the field that its problem names, else at the section of the form that bears its key.
    """
    links: dict[str, str] = {}
    for missing in prepared.assembly.notes.missing if prepared.assembly else ():
        told = (p.link for p in problems if p.link and missing.label in p.problem.message)
        link = next(told, "") or _link_key(name, missing.field)
        if link:
            links[missing.field] = link
    return links


def _link_key(name: str, key: str) -> str:
    section = find_section_of(key)
    if section is None:
        return ""
    return reverse("etablissement-section", args=[name, section.slug])
