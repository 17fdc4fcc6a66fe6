"""What is asked of a project without making a contract: what is wrong, and why a clause is there.

Reads the library and the profiles through the same steps as ``making``, and writes nothing. User
problems come back as values; UserError when a question cannot be answered.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from contract_builder.assembly.filler import NameChecker
from contract_builder.diagnostics import (
    Problems,
    file_problems,
    in_file_order,
    without_notes,
)
from contract_builder.diagnostics.batch_problems import contrat_en_double
from contract_builder.files.paths import real_path
from contract_builder.library.checks import check_library
from contract_builder.library.reference_checks import check_references_at
from contract_builder.model.identifiers import section_id_of_sheet
from contract_builder.model.library import Library
from contract_builder.profiles.load import iter_unread_files
from contract_builder.reading.markdown import MarkdownText, parse_markdown
from contract_builder.services.identifying import find_namesakes, identify_profile
from contract_builder.services.making import prepare
from contract_builder.services.overlaps import check_overlaps
from contract_builder.services.project import Project
from contract_builder.services.templating import check_project_templates
from contract_builder.source import whole_file


def check_project(project: Project, profiles: Sequence[Path] | None = None) -> Problems:
    """Every problem of the library, of the templates, and of the given profiles (all by default).

    In file order, each once. A profile is assembled as well, so that what its contract would lack
    is told; the law is checked at each profile's date of effect. With profiles given, the notes are
    theirs alone: those of the library are for whoever keeps it.
    """
    library, shared = _check_shared_files(project)
    problems = shared if profiles is None else without_notes(shared)
    paths = project.profile_paths() if profiles is None else profiles
    if profiles is None:
        problems.extend(
            file_problems.profil_non_lu(whole_file(project.name_of(path)))
            for path in iter_unread_files(project.profiles_folder)
        )
    dates: set[date] = set()
    for path in paths:
        prepared = prepare(project, path)
        problems.extend(prepared.problems)
        if prepared.profile is not None:
            dates.add(prepared.profile.contrat.date_effet)
    for on in sorted(dates):
        found = check_references_at(library, on)
        problems.extend(found if profiles is None else without_notes(found))
    problems.extend(check_contract_codes(project, paths))
    problems.extend(check_overlaps(project, paths))
    return in_file_order(problems)


def _check_shared_files(project: Project) -> tuple[Library, Problems]:
    """The library, and every problem of it and of the templates."""
    library, problems = project.open_library()
    problems.extend(check_library(library))
    problems.extend(check_texts(library))
    problems.extend(check_project_templates(project.root, cache=project.cache))
    return library, problems


def check_contract_codes(project: Project, profiles: Sequence[Path]) -> Problems:
    """The codes of the given profiles that other profiles of their folders bear too."""
    folders = {real_path(path).parent for path in profiles}
    paths = [path for folder in sorted(folders) for path in project.profile_paths(folder)]
    identities = [identify_profile(project, path) for path in paths]
    wanted = {real_path(path) for path in profiles}
    namesakes = find_namesakes(identities)
    return [
        contrat_en_double(identity.code_place, identity.code, namesakes[identity.path])
        for identity in identities
        if identity.path in wanted and identity.path in namesakes
    ]


def check_texts(library: Library) -> Problems:
    """Every problem in the texts of clauses and sheets: Markdown, fields, cross-references."""
    problems: Problems = []
    parts = {entry.id for outline in library.outlines.values() for entry in outline.contenu}
    targets = tuple(sorted({*library.clauses, *parts}))
    checker = NameChecker(problems, targets)
    for versions in library.clauses.values():
        for clause in versions:
            text = MarkdownText(clause.source, clause.body, clause.body_line, clause.id)
            parse_markdown(text, checker, problems)
    for catalogue_of_sheets in library.fiches.values():
        for fiche in catalogue_of_sheets.values():
            key = section_id_of_sheet(fiche.code)
            text = MarkdownText(fiche.source, fiche.body, fiche.body_line, key)
            parse_markdown(text, checker, problems)
    return problems
