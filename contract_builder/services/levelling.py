"""At what level an avenant changes a passage: what may be chosen, and the choice kept.

The choices stand under ``niveaux_avenant`` of the profile, beside the reasons, so that the avenant
is drafted again with them. Every function raises UserError with a French text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from contract_builder.amend.chosen_levels import AmendedPassage, call_passage, name_passage
from contract_builder.amend.offered_levels import find_ignored, offer_levels
from contract_builder.amend.unit_names import UnitNames, name_units
from contract_builder.errors import UserError
from contract_builder.files.work_folder import work_folder
from contract_builder.model.amending_levels import IN_DETAIL, WHOLE, AmendingLevel, ChosenLevel
from contract_builder.reading.tree import Tree, make_group
from contract_builder.reading.yaml_patch import patch_yaml
from contract_builder.services.amending import AmendRequest, amend
from contract_builder.services.drafted_amendments import DraftedAmendment
from contract_builder.services.editing import (
    ProfileChange,
    ProfileFile,
    open_profile,
    save_change,
)
from contract_builder.services.project import Project

_KEY: Final = "niveaux_avenant"
_PASSAGE: Final = ("ou", "partie", "alinea", "tableau", "rang")


@dataclass(frozen=True, slots=True)
class LevelWish:
    """A passage as the profile names it, and what is wanted for it.

    ``passage`` bears the level wanted; ``is_undone`` leaves the passage to the program instead.
    """

    passage: ChosenLevel
    is_undone: bool = False


@dataclass(frozen=True, slots=True)
class OperationLevel:
    """The level of one operation; None where it only adds, suppresses or moves.

    ``kind`` is that of the unit: « article », « annexe », « fiche », « visas »… ``wishes`` are what
    may be chosen instead, those that undo a choice last; ``is_chosen`` when somebody chose.
    """

    level: AmendingLevel | None
    kind: str
    wishes: tuple[LevelWish, ...]
    is_chosen: bool


def list_levels(draft: DraftedAmendment) -> Mapping[str, OperationLevel]:
    """The level of each operation of an avenant by the operation's id, and the other ones."""
    if draft.texts is None or draft.amendment is None:
        return {}
    names = name_units(draft.texts.old)
    return {
        item.operation: OperationLevel(
            item.level,
            item.kind,
            (
                *(
                    LevelWish(name_passage(offer.passage, names, offer.level))
                    for offer in item.others
                    if names.call(offer.passage.unit)
                ),
                *(_undoing(passage, draft, names) for passage in item.chosen),
            ),
            bool(item.chosen),
        )
        for item in offer_levels(draft.texts, draft.amendment.operations)
    }


def _undoing(passage: AmendedPassage, draft: DraftedAmendment, names: UnitNames) -> LevelWish:
    level = IN_DETAIL if draft.texts is None else draft.texts.chosen[passage]
    return LevelWish(name_passage(passage, names, level), is_undone=True)


def choose_level(
    project: Project, wish: LevelWish, change: ProfileChange, request: AmendRequest
) -> ProfileFile:
    """Writes the choice into the profile, once the avenant was drafted and proved with it.

    ``request`` is the avenant that is looked at; nothing of it is kept. UserError when the avenant
    cannot follow the choice: nothing is written then. The tree of ``change`` is not looked at;
    StaleProfileError as in ``editing``.
    """
    file = open_profile(project, change.name)
    tree = _tree_with(file, wish)
    if not wish.is_undone:
        with (
            project.with_text(file.path, patch_yaml(file.text, tree)) as trial,
            work_folder() as folder,
        ):
            _refuse_ignored(trial, wish, request, folder)
    return save_change(project, replace(change, tree=tree))


def _refuse_ignored(project: Project, wish: LevelWish, request: AmendRequest, folder: Path) -> None:
    terms = replace(request.terms, formats=("json",))
    draft = amend(project, replace(request, terms=terms, record=False), folder).draft
    if draft.texts is not None and draft.amendment is not None:
        wanted = (wish.passage,)
        names = name_units(draft.texts.old)
        ignored = find_ignored(wanted, draft.texts, draft.amendment.operations, names)
        if wish.passage not in ignored:
            return
    raise UserError(
        f"L’avenant ne peut pas être rédigé ainsi pour {call_passage(wish.passage)} : il ne serait "
        "pas prouvé, ou ne change plus ce passage. Rien n’est enregistré."
    )


def _tree_with(file: ProfileFile, wish: LevelWish) -> dict[str, Tree]:
    """The file's tree with the choice; all of a unit takes the place of what is chosen inside."""
    passage = wish.passage
    told = file.tree.get(_KEY)
    lines = told if isinstance(told, list) else []
    is_whole = not wish.is_undone and passage.niveau == WHOLE
    kept = [line for line in lines if not _is_about(line, passage, anywhere=is_whole)]
    if not wish.is_undone:
        values = {key: getattr(passage, key) for key in (*_PASSAGE, "niveau")}
        kept.append(make_group(values))
    tree: dict[str, Tree] = {**file.tree, _KEY: kept}
    if not kept:
        del tree[_KEY]
    return tree


def _is_about(line: Tree, passage: ChosenLevel, *, anywhere: bool) -> bool:
    """True for a line about the passage; ``anywhere``: about anything in the same unit."""
    wanted = make_group({key: getattr(passage, key) for key in _PASSAGE})
    if not isinstance(line, dict):
        return False
    if anywhere:
        return line.get("ou") == wanted["ou"]
    return {key: line[key] for key in _PASSAGE if line.get(key)} == wanted
