"""A clause or a sheet that the library has not yet: begun from lists, written with its place.

A clause comes into the plan of a contract in the same act: without it no contract would print it.
What nobody signed can be taken away again, with its place.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from contract_builder.errors import UserError
from contract_builder.library.changed import LibraryTexts
from contract_builder.library.rewriting import write_front_matter
from contract_builder.model.identifiers import is_identifier, sheet_order
from contract_builder.model.library import Library
from contract_builder.model.row_keys import derive_row_keys
from contract_builder.reading.tree import Tree
from contract_builder.services.authoring import (
    LibraryChange,
    LibraryFile,
    open_file,
    save_library,
)
from contract_builder.services.browsing import list_titles
from contract_builder.services.holding import SignedHoldings, TextVersion
from contract_builder.services.planning import (
    PlanPlace,
    get_plan_entry,
    open_plan,
    put_in_plan,
    take_out_of_plan,
)
from contract_builder.services.project import Project
from contract_builder.services.revisable import RevisedKind, RevisedText, TextWording
from contract_builder.services.revising import SavedBy

_FOLDERS = {"visas": "visas", "annexe": "annexes"}
_SHEET_CODE = re.compile(r"[A-Z0-9]+(_[A-Z0-9]+)*")
_ORDER = ("id", "titre", "en_vigueur_du", "applicable_si", "references", "source", "a_verifier")


@dataclass(frozen=True, slots=True)
class SheetSetting:
    """What the campaigns of a catalogue give its sheets: categories with their labels, years."""

    catalogue: str
    title: str
    categories: tuple[tuple[str, str], ...]
    years: tuple[int, ...]


def list_sheet_settings(project: Project) -> tuple[SheetSetting, ...]:
    """The catalogues of sheets, each as the campaigns that offer it decide."""
    library, _ = project.open_library()
    return tuple(_setting_of(library, catalogue) for catalogue in library.fiches)


def find_sheet_setting(project: Project, catalogue: str) -> SheetSetting | None:
    """One catalogue; None without it."""
    found = (item for item in list_sheet_settings(project) if item.catalogue == catalogue)
    return next(found, None)


def propose_clause_id(project: Project, title: str) -> str:
    """An identifier drawn from a title, which no clause and no part of a plan has."""
    library, _ = project.open_library()
    taken = list(list_titles(library))
    return derive_row_keys([*taken, title], [*taken, ""])[-1]


def propose_sheet_code(project: Project, catalogue: str) -> str:
    """The code that follows the last one of a catalogue; empty when its codes have no number."""
    library, _ = project.open_library()
    codes = sorted(library.fiches.get(catalogue, {}), key=sheet_order)
    prefix, _, number = codes[-1].rpartition("_") if codes else ("", "", "")
    return f"{prefix}_{int(number) + 1}" if prefix and number.isdecimal() else ""


def open_new_clause(project: Project, place: PlanPlace, on: date) -> RevisedText:
    """A clause that is to stand at a place of a plan; UserError for a place that is not there."""
    entry = get_plan_entry(project, place)
    folder = _FOLDERS.get(entry.partie, "corps")
    tree: dict[str, Tree] = {"id": "", "titre": "", "en_vigueur_du": on.isoformat()}
    return _new_text(project, "clause", f"clause_library/{folder}", "", TextWording(tree))


def open_new_sheet(project: Project, catalogue: str) -> RevisedText:
    """A sheet of a catalogue, for the first category of its campaign.

    UserError for a catalogue that is not there.
    """
    setting = find_sheet_setting(project, catalogue)
    if setting is None:
        raise UserError(f"La bibliothèque n’a pas de catalogue de fiches « {catalogue} ».")
    years = f"{setting.years[0]}-{setting.years[-1]}" if setting.years else ""
    rows: list[Tree] = [{"categorie": key, "valeurs": {}} for key, _ in setting.categories[:1]]
    tree: dict[str, Tree] = {
        "code": propose_sheet_code(project, catalogue),
        "intitule": "",
        "objectifs": [],
        "indicateur": {"type": "quantitatif", "definition": "", "periode": years},
        "cibles": rows,
    }
    return _new_text(project, "fiche", f"fiches/{catalogue}", catalogue, TextWording(tree))


def name_new_text(project: Project, text: RevisedText, wording: TextWording) -> RevisedText:
    """The same text under the identifier or code that its form gives."""
    key = "id" if text.kind == "clause" else "code"
    name = str(wording.tree.get(key, ""))
    path = text.file.path.parent / f"{name or 'sans-nom'}.md"
    file = LibraryFile(project.name_of(path), path, "", "")
    version = str(wording.tree.get("en_vigueur_du", "")) if text.kind == "clause" else text.version
    return replace(text, id=name, version=version, file=file)


def check_new_text(project: Project, text: RevisedText, wording: TextWording) -> Mapping[str, str]:
    """What a new text still needs, in French, by the path of its field; empty once it can be tried.

    What the checks of the library look at is left to them.
    """
    library, _ = project.open_library()
    tree = wording.tree
    found: dict[str, str] = {}
    if text.kind == "clause":
        if not is_identifier(text.id):
            found["id"] = "Lettres minuscules sans accent, chiffres et tirets."
        elif text.id in list_titles(library):
            found["id"] = f"« {text.id} » est déjà le nom d’une clause ou d’une partie d’un plan."
        if not tree.get("en_vigueur_du"):
            found["en_vigueur_du"] = "Donnez le premier jour où la clause s’applique."
        if not wording.body.strip():
            found["texte"] = "Écrivez le texte de la clause."
        return found
    if not _SHEET_CODE.fullmatch(text.id):
        found["code"] = "Lettres capitales, chiffres et « _ », par exemple « CPOM_OS_23 »."
    elif text.id in library.fiches.get(text.version, {}):
        found["code"] = f"« {text.id} » est déjà une fiche de ce catalogue."
    indicator, source = tree.get("indicateur"), tree.get("source")
    needed = {
        "intitule": (tree.get("intitule"), "Donnez l’intitulé de la fiche."),
        "objectifs": (tree.get("objectifs"), "Donnez au moins un objectif."),
        "indicateur.definition": (
            isinstance(indicator, dict) and indicator.get("definition"),
            "Dites ce que l’indicateur mesure.",
        ),
        "source.document": (
            isinstance(source, dict) and source.get("document"),
            "Dites de quel document la fiche vient.",
        ),
    }
    return found | {path: message for path, (value, message) in needed.items() if not value}


def compose_addition(
    project: Project, text: RevisedText, wording: TextWording, place: PlanPlace | None = None
) -> LibraryTexts:
    """The files once the text is there; that of the plan with it when a clause has a place.

    UserError for a place that is not there any more.
    """
    tree = dict(wording.tree)
    if text.kind == "clause":
        tree = {key: tree.get(key, "") for key in (*_ORDER, *tree)}
    texts: dict[str, str | None] = {text.file.name: write_front_matter(tree, wording.body)}
    if place is not None:
        plan = open_plan(project, place.plan)
        texts[plan.name] = put_in_plan(project, plan, place, text.id)
    return texts


def save_addition(
    project: Project,
    text: RevisedText,
    wording: TextWording,
    by: SavedBy,
    place: PlanPlace | None = None,
) -> None:
    """Writes a new text and its place; as ``authoring.save_library``.

    ``by.seen`` is not looked at: the text is new, and its place is found in the plan of now.
    UserError when there is a text of that name already.
    """
    texts = compose_addition(project, text, wording, place)
    seen = {name: open_file(project, name).sha256 for name in texts if name != text.file.name}
    note = f"{text.kind} « {text.id} » ajoutée"
    save_library(project, LibraryChange(texts, seen, by.at, by.actor, note))


def withdraw_addition(
    project: Project, text: RevisedText, by: SavedBy, holdings: SignedHoldings
) -> None:
    """Takes away a clause that has one version, with its places in the plans, or a sheet.

    UserError when a signed contract holds it or an establishment chose it; ProblemsError when
    other texts name it; else as ``authoring.save_library``.
    """
    since = date.fromisoformat(text.version) if text.kind == "clause" else None
    held = TextVersion(text.kind, text.id, text.version, since, text.until)
    if holdings.list_holding(held):
        raise UserError("Un contrat signé contient ce texte : il ne peut être retiré.")
    if text.kind == "fiche" and (chosen := _find_choosers(project, text)):
        raise UserError(f"{chosen} a choisi cette fiche : elle ne peut être retirée.")
    texts: dict[str, str | None] = {text.file.name: None}
    seen = {text.file.name: by.seen}
    library, _ = project.open_library()
    for outline in library.outlines.values() if text.kind == "clause" else ():
        if any(text.id in entry.clauses for entry in outline.contenu):
            plan = open_file(project, outline.place.file)
            texts[plan.name] = take_out_of_plan(plan, text.id)
            seen[plan.name] = plan.sha256
    note = f"{text.kind} « {text.id} » retirée"
    save_library(project, LibraryChange(texts, seen, by.at, by.actor, note))


def _new_text(
    project: Project, kind: RevisedKind, folder: str, version: str, wording: TextWording
) -> RevisedText:
    path = project.root / folder / "sans-nom.md"
    file = LibraryFile(project.name_of(path), path, "", "")
    return RevisedText(kind, "", version, file, wording)


def _setting_of(library: Library, catalogue: str) -> SheetSetting:
    campaigns = [item for item in library.campaigns.values() if item.fiches == catalogue]
    categories = {item.id: item.libelle for campaign in campaigns for item in campaign.categories}
    years = sorted({year for campaign in campaigns for year in campaign.annees})
    title = ", ".join(campaign.intitule for campaign in campaigns) or catalogue
    everyone = sorted(categories.items(), key=lambda item: item[0] != "tous")
    return SheetSetting(catalogue, title, tuple(everyone), tuple(years))


def _find_choosers(project: Project, text: RevisedText) -> str:
    """The names of the first establishments that chose a sheet; empty when none did."""
    library, _ = project.open_library()
    campaigns = {key for key, item in library.campaigns.items() if item.fiches == text.version}
    names = []
    for path in project.profile_paths():
        profile = project.find_profile(path, [])
        if profile is None or profile.campagne not in campaigns:
            continue
        if any(sheet.code == text.id for sheet in profile.fiches):
            names.append(profile.etablissement.raison_sociale)
    return " et ".join(names[:2])
