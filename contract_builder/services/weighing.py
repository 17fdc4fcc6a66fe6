"""What a change of a profile does, before it is saved: sheets, parts of the contract, new problems.

And what the head of a profile may be: kinds of contract, campaigns, groups.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from contract_builder.assembly.sheet_overview import look_at_sheets
from contract_builder.diagnostics import Diagnostic, is_library_note
from contract_builder.model.contract import Section
from contract_builder.profiles.load import GROUPS_FOLDER
from contract_builder.services.editing import Trial
from contract_builder.services.making import Prepared
from contract_builder.services.project import Project


@dataclass(frozen=True, slots=True)
class NamedSheet:
    """A sheet of a campaign; ``is_chosen`` by the profile as it stands or as it would be."""

    code: str
    title: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ChangeEffects:
    """What would be other in the contract and in what is told of the profile.

    ``opened`` and ``closed`` are sheets, those that are chosen first. ``added`` and ``removed`` are
    the headings of parts of the contract, in its order, without what stands in them; ``reworded``
    the titles of those that stay, with another text than the library's for the former case.
    ``problems`` are those that the change brings, each with the path of its field. ``is_lost``: the
    contract could be made, and could be no more; ``is_found`` the other way round.
    """

    opened: tuple[NamedSheet, ...] = ()
    closed: tuple[NamedSheet, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    problems: tuple[tuple[str, Diagnostic], ...] = ()
    is_lost: bool = False
    is_found: bool = False


@dataclass(frozen=True, slots=True)
class HeadChoices:
    """What the head of a profile may say: each word with what it is called.

    ``types`` are kinds of contract, ``campaigns`` all of them, ``groups`` those of the folder.
    """

    types: tuple[tuple[str, str], ...]
    campaigns: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]


def list_head_choices(project: Project) -> HeadChoices:
    """The kinds of contract and the campaigns of the library, the groups of the profiles."""
    library, _ = project.open_library()
    types = {name: outline.titre for name, outline in library.outlines.items()}
    campaigns = sorted(library.campaigns.values(), key=lambda item: (item.type, item.id))
    groups = sorted((project.profiles_folder / GROUPS_FOLDER).glob("*.yaml"))
    return HeadChoices(
        tuple(types.items()),
        tuple(
            (item.id, f"{item.intitule} ({types.get(item.type, item.type)})") for item in campaigns
        ),
        tuple((path.stem, path.stem) for path in groups),
    )


def weigh_change(project: Project, before: Trial, after: Trial) -> ChangeEffects:
    """What is other with ``after`` in the place of ``before``."""
    old, new = before.prepared, after.prepared
    problems = tuple(_iter_new(before.located, after.located))
    if old.assembly is None or new.assembly is None:
        return ChangeEffects(
            problems=problems,
            is_lost=old.assembly is not None,
            is_found=new.assembly is not None,
        )
    were, are = _look_at(project, old), _look_at(project, new)
    before_parts, after_parts = old.assembly.contract.sections, new.assembly.contract.sections
    added = tuple(_iter_outermost(after_parts, _list_ids(before_parts)))
    removed = tuple(_iter_outermost(before_parts, _list_ids(after_parts)))
    both = {part.title for part in added} & {part.title for part in removed}
    return ChangeEffects(
        tuple(_iter_open(are, were)),
        tuple(_iter_open(were, are)),
        tuple(part.heading for part in added if part.title not in both),
        tuple(part.heading for part in removed if part.title not in both),
        tuple(part.title for part in added if part.title in both),
        problems,
    )


def _iter_new(
    before: Iterable[tuple[str, Diagnostic]], after: Iterable[tuple[str, Diagnostic]]
) -> Iterator[tuple[str, Diagnostic]]:
    """The problems, notes aside, that were not told: by what they say, for lines move."""
    known = Counter((problem.code, problem.message) for _, problem in before)
    for path, problem in after:
        mark = (problem.code, problem.message)
        if known[mark]:
            known[mark] -= 1
        elif not is_library_note(problem):
            yield path, problem


def _look_at(project: Project, prepared: Prepared) -> Mapping[str, tuple[NamedSheet, bool]]:
    """Each sheet of the campaign by its code, and whether it is open."""
    if prepared.profile is None:
        return {}
    library, _ = project.open_library()
    sheets = look_at_sheets(library, prepared.profile, prepared.facts)
    return {
        sheet.code: (NamedSheet(sheet.code, sheet.title, sheet.is_chosen), sheet.is_open is True)
        for sheet in sheets
    }


def _iter_open(
    here: Mapping[str, tuple[NamedSheet, bool]], there: Mapping[str, tuple[NamedSheet, bool]]
) -> Iterator[NamedSheet]:
    """The sheets that are open here and not there."""
    found = [
        sheet
        for code, (sheet, is_open) in here.items()
        if is_open and not (code in there and there[code][1])
    ]
    yield from sorted(found, key=lambda sheet: not sheet.is_chosen)


def _list_ids(sections: Iterable[Section]) -> set[str]:
    """The identifiers of all parts of a contract."""
    return {found for section in sections for found in (section.id, *_list_ids(section.children))}


def _iter_outermost(sections: Iterable[Section], known: set[str]) -> Iterator[Section]:
    """The parts with a title that are not ``known``; of what stands in one of them, none."""
    for section in sections:
        if section.title and section.id not in known:
            yield section
        else:
            yield from _iter_outermost(section.children, known)
