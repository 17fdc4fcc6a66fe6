"""The plan of a contract: its parts, the clauses that they hold, the place of one more."""

from collections.abc import Mapping
from dataclasses import dataclass

from contract_builder.errors import UserError
from contract_builder.library.rewriting import read_tree, rewrite_tree
from contract_builder.model.library import OutlineEntry
from contract_builder.reading.tree import get_lines
from contract_builder.services.authoring import LibraryFile, open_file
from contract_builder.services.browsing import list_titles
from contract_builder.services.project import Project

PART_WORDS: Mapping[str, str] = {
    "parties": "parties",
    "visas": "visas",
    "considerants": "considérants",
    "article": "article",
    "signatures": "signatures",
    "annexe": "annexe",
}


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A part of a plan that may hold clauses; ``clauses`` are theirs in order, with their titles.

    ``plan`` is the type of contract, ``plan_title`` what its contract is called.
    """

    plan: str
    plan_title: str
    id: str
    kind: str
    title: str
    clauses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlanPlace:
    """Where a clause comes: in a part of a plan, after a clause of it, or first."""

    plan: str
    part: str
    after: str = ""


def list_plan_parts(project: Project) -> tuple[PlanPart, ...]:
    """The parts of every plan that hold clauses, in the order of the plans."""
    library, _ = project.open_library()
    titles = list_titles(library)
    return tuple(
        PlanPart(
            outline.type,
            f"{outline.titre} ({outline.nom_partie})",
            entry.id,
            PART_WORDS[entry.partie],
            entry.titre,
            tuple((clause, titles.get(clause) or clause) for clause in entry.clauses),
        )
        for outline in library.outlines.values()
        for entry in outline.contenu
        if entry.contenu is None
    )


def get_plan_entry(project: Project, place: PlanPlace) -> OutlineEntry:
    """The part that a place is in; UserError when the plan has none that may hold clauses."""
    library, _ = project.open_library()
    outline = library.outlines.get(place.plan)
    for entry in outline.contenu if outline else ():
        if entry.id == place.part and entry.contenu is None:
            return entry
    raise UserError("Cette partie n’est plus dans le plan : choisissez-en une autre.")


def open_plan(project: Project, plan: str) -> LibraryFile:
    """The file of the plan of a type of contract; UserError without one."""
    library, _ = project.open_library()
    outline = library.outlines.get(plan)
    if outline is None:
        raise UserError("Ce plan n’est plus dans la bibliothèque : choisissez-en un autre.")
    return open_file(project, outline.place.file)


def put_in_plan(project: Project, plan: LibraryFile, place: PlanPlace, clause: str) -> str:
    """The text of a plan where a clause stands at a place; UserError when that is not there."""
    get_plan_entry(project, place)
    tree = read_tree(plan.text)
    for entry in get_lines(tree, "contenu"):
        if entry.get("id") == place.part:
            named = entry.get("clauses")
            clauses = list(named) if isinstance(named, list) else []
            if place.after and place.after not in clauses:
                raise UserError("La clause après laquelle elle venait n’est plus là : choisissez.")
            at = clauses.index(place.after) + 1 if place.after else 0
            entry["clauses"] = [*clauses[:at], clause, *clauses[at:]]
    return rewrite_tree(plan.text, tree)


def take_out_of_plan(plan: LibraryFile, clause: str) -> str:
    """The text of a plan that names a clause no more."""
    tree = read_tree(plan.text)
    for entry in get_lines(tree, "contenu"):
        named = entry.get("clauses")
        if isinstance(named, list):
            entry["clauses"] = [item for item in named if item != clause]
    return rewrite_tree(plan.text, tree)
