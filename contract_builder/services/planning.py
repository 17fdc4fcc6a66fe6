"""The plan of a contract: its parts, the clauses that they hold, the place of one more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from contract_builder.compare.texts import blocks_text
from contract_builder.errors import UserError
from contract_builder.library.rewriting import read_tree, rewrite_tree
from contract_builder.model.clause import Clause
from contract_builder.model.library import Campaign, OutlineEntry
from contract_builder.model.row_keys import derive_row_keys
from contract_builder.reading.tree import Tree, get_lines, get_text
from contract_builder.services.authoring import LibraryFile, open_file
from contract_builder.services.browsing import list_titles, read_with_titles
from contract_builder.services.project import Project

_SHORT = 70  # characters of a text that stands for a title
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
class PlannedPart:
    """A part of a plan that is being put in order: ``id`` is empty for a new one.

    ``kind`` is the word of the file; ``holds_clauses`` is False for the part of the sheets.
    """

    id: str
    kind: str
    title: str
    clauses: tuple[str, ...] = ()
    holds_clauses: bool = True


@dataclass(frozen=True, slots=True)
class PlanPlace:
    """Where a clause comes: in a part of a plan, after a clause of it, or first."""

    plan: str
    part: str
    after: str = ""


def list_plan_parts(project: Project) -> tuple[PlanPart, ...]:
    """The parts of every plan that hold clauses, in the order of the plans."""
    library, _ = project.open_library()
    titles = list_clause_titles(project)
    return tuple(
        PlanPart(
            outline.type,
            f"{outline.titre} ({outline.nom_partie})",
            entry.id,
            PART_WORDS[entry.partie],
            entry.titre,
            tuple((clause, titles.get(clause, clause)) for clause in entry.clauses),
        )
        for outline in library.outlines.values()
        for entry in outline.contenu
        if entry.contenu is None
    )


def list_clause_titles(project: Project) -> Mapping[str, str]:
    """The title of every clause; of one without title, the first words of its last version."""
    library, _ = project.open_library()
    titles = list_titles(library)
    return {
        name: versions[-1].header.titre or _first_words(versions[-1], titles) or name
        for name, versions in library.clauses.items()
    }


def list_campaigns(project: Project) -> tuple[tuple[Campaign, int], ...]:
    """The campaigns, each with the number of sheets that it offers."""
    library, _ = project.open_library()
    return tuple(
        (campaign, len(library.fiches.get(campaign.fiches, {})))
        for campaign in library.campaigns.values()
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


def read_planned_parts(tree: Mapping[str, Tree]) -> tuple[PlannedPart, ...]:
    """The parts of a plan, as its file says them."""
    return tuple(
        PlannedPart(
            get_text(entry, "id"),
            get_text(entry, "partie"),
            get_text(entry, "titre"),
            tuple(_clauses_of(entry)),
            not get_text(entry, "contenu"),
        )
        for entry in get_lines(tree, "contenu")
    )


def compose_plan(tree: Mapping[str, Tree], parts: Sequence[PlannedPart]) -> dict[str, Tree]:
    """The plan with these parts in their order; all that is not shown of one stays with it.

    A part without id is new: it is named by its title, and an annex takes the next number. One that
    has the name of a clause, and no more that clause alone, takes another name. UserError without
    any part.
    """
    if not parts:
        raise UserError("Un plan a au moins une partie.")
    known = {get_text(entry, "id"): entry for entry in get_lines(tree, "contenu")}
    placed = {clause for part in parts for clause in part.clauses}
    taken = [*known, *placed]
    numbers = [get_text(entry, "numero").removeprefix("A") for entry in known.values()]
    last = max((int(number) for number in numbers if number.isdecimal()), default=0)
    composed: list[Tree] = []
    for part in parts:
        entry = dict(known.get(part.id, {}))
        if not entry:
            name = part.id or derive_row_keys([*taken, part.title], [*taken, ""])[-1]
            entry = {"partie": part.kind, "id": name}
            taken.append(name)
            if part.kind == "annexe":
                last += 1
                entry |= {"numero": f"A{last}"}
        if part.id in placed and part.clauses != (part.id,):
            entry["id"] = derive_row_keys([*taken, part.id], [*taken, ""])[-1]
        entry["titre"] = part.title
        if part.clauses or "clauses" in entry:
            entry["clauses"] = list(part.clauses)
        composed.append(entry)
    return {**tree, "contenu": composed}


def add_part(parts: Sequence[PlannedPart], kind: str, title: str) -> tuple[PlannedPart, ...]:
    """One more part, after the last one of its kind; UserError without a title or a known kind."""
    if kind not in PART_WORDS:
        raise UserError("Choisissez ce que la nouvelle partie est : un article, une annexe…")
    if not title:
        raise UserError("Donnez un titre à la nouvelle partie.")
    same = [rank for rank, part in enumerate(parts) if part.kind == kind]
    at = same[-1] + 1 if same else len(parts)
    return (*parts[:at], PlannedPart("", kind, title), *parts[at:])


def _first_words(clause: Clause, titles: Mapping[str, str]) -> str:
    words = " ".join(blocks_text(read_with_titles(clause, titles)).split())
    return words if len(words) <= _SHORT else f"{words[:_SHORT].rsplit(' ', 1)[0]} …"


def _clauses_of(entry: Mapping[str, Tree]) -> Iterator[str]:
    named = entry.get("clauses")
    yield from (item for item in named if isinstance(item, str)) if isinstance(named, list) else ()
