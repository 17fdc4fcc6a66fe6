"""What is asked of a project without making a contract: what is wrong, and why a clause is there.

Reads the library and the profiles through the same steps as ``making``, and writes nothing. User
problems come back as values; UserError when a question cannot be answered.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

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
from contract_builder.model.french import long_date
from contract_builder.model.identifiers import section_id_of_sheet
from contract_builder.model.library import Library
from contract_builder.model.negotiation import STATE_WORDS, NegotiatedValue
from contract_builder.model.profile import Profile
from contract_builder.profiles.load import iter_unread_files
from contract_builder.reading.markdown import MarkdownText, parse_markdown
from contract_builder.reading.tree import get_text
from contract_builder.services.making import (
    Prepared,
    find_namesakes,
    identify_profile,
    prepare,
)
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


def export_project_library(project: Project) -> tuple[dict[str, Any], Problems]:
    """The whole library as plain data, and its problems of form."""
    from contract_builder.library.export import export_library

    library, problems = project.open_library()
    return export_library(library), problems


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a contract is what it is, as plain data; None when the profile has errors."""

    data: dict[str, Any] | None
    problems: Problems


def explain_profile(project: Project, path: Path) -> Explanation:
    """The facts of a profile with their origin, and the decision on every item of the library."""
    return explain_prepared(project, path, prepare(project, path))


def explain_prepared(project: Project, path: Path, prepared: Prepared) -> Explanation:
    """The same, of the profile at ``path`` that is prepared already."""
    from contract_builder.assembly.explanation import explanation_data

    library, problems = project.open_sound_library()
    problems = in_file_order([*problems, *prepared.problems])
    if prepared.assembly is None or prepared.profile is None:
        return Explanation(None, problems)
    data = explanation_data(library, prepared.profile, prepared.facts, prepared.assembly)
    data["valeurs"] = list(iter_value_data(project, prepared.profile, path))
    return Explanation(data, problems)


def explain_sheets(project: Project, path: Path) -> Explanation:
    """Every sheet of the campaign for a profile: open or not, its targets, what it lacks."""
    return explain_prepared_sheets(project, path, prepare(project, path))


def explain_prepared_sheets(project: Project, path: Path, prepared: Prepared) -> Explanation:
    """The same, for the profile at ``path`` that is prepared already."""
    from contract_builder.assembly.sheet_overview import sheet_overview_data

    library, problems = project.open_sound_library()
    problems = in_file_order([*problems, *prepared.problems])
    if prepared.assembly is None or prepared.profile is None:
        return Explanation(None, problems)
    profile = prepared.profile
    data = {
        "raison_sociale": profile.etablissement.raison_sociale,
        "code": profile.contrat.code,
        "date_effet": long_date(profile.contrat.date_effet),
        "campagne": profile.campagne,
        "objectifs_maximum": library.campaigns[profile.campagne].objectifs_maximum,
        "fiches": sheet_overview_data(library, profile, prepared.facts),
        "valeurs": [
            value
            for value in iter_value_data(project, profile, path)
            if value["chemin"].startswith("fiches[")
        ],
    }
    return Explanation(data, problems)


def iter_overruled_data(
    project: Project, profile: Profile, path: Path
) -> Iterator[tuple[str, str, str]]:
    """What a registry says where the establishment's own file says something else.

    Path of the value, what the registry says, from which file. Lines of lists are left out.
    """
    from contract_builder.profiles.values import iter_values
    from contract_builder.registries.folder import load_imported_layer

    finess = profile.etablissement.finess_ej
    layer = load_imported_layer(path.parent, finess, project.root, project.load_yaml)
    for value in iter_values(profile):
        told = get_text(layer.values, *value.path.split("."))
        if value.layer == "établissement" and told not in ("", value.text):
            origin = layer.origin_of(value.path)
            where = (
                "registre" if origin is None else f"{origin.file_text}, ligne {origin.line_text}"
            )
            yield value.path, told, where


def iter_value_data(project: Project, profile: Profile, path: Path) -> Iterator[dict[str, str]]:
    """Each value of the profile with its layer, its place and, when imported, its registry."""
    from contract_builder.profiles.values import iter_values
    from contract_builder.registries.folder import load_imported_layer

    finess = profile.etablissement.finess_ej
    layer = load_imported_layer(path.parent, finess, project.root, project.load_yaml)
    negotiated = {value.champ: value for value in profile.valeurs_negociees}
    for value in iter_values(profile):
        origin = layer.origin_of(value.path) if value.layer == "registres" else None
        registry = "" if origin is None else f"{origin.file_text}, ligne {origin.line_text}"
        yield {
            "chemin": value.path,
            "valeur": value.text,
            "couche": value.layer,
            "place": str(value.place),
            "registre": registry,
            "negociation": _describe_negotiated(negotiated.get(value.path)),
        }


def _describe_negotiated(value: NegotiatedValue | None) -> str:
    """Who proposed the value, in which file, and when it was decided; empty for another one."""
    if value is None:
        return ""
    file = f", fichier «\u00a0{value.fichier}\u00a0»" if value.fichier else ""
    decided = f"{STATE_WORDS[value.etat]} le {long_date(value.le)}"
    return f"{decided}, par «\u00a0{value.auteur}\u00a0»{file}"
