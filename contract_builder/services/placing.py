"""Where the problems of an edited text stand: the field of the form, the line of the body."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contract_builder.diagnostics import Diagnostic
from contract_builder.library.changed import LibraryTexts
from contract_builder.library.rewriting import (
    find_front_matter_places,
    find_reference_places,
    find_tree_places,
)
from contract_builder.reading.node_paths import path_at
from contract_builder.services.revisable import BODY, RevisedText


@dataclass(frozen=True, slots=True)
class PlacedProblem:
    """A problem, the path of the field that it is about, and the line of the body, from 1.

    The path is empty for what stands in another text; the line is 0 outside the body.
    """

    path: str
    line: int
    problem: Diagnostic


def place_problems(
    text: RevisedText, texts: LibraryTexts, problems: Sequence[Diagnostic]
) -> tuple[PlacedProblem, ...]:
    """Each problem with its field, in the file that holds the text once ``texts`` are written.

    Those of other entries of the registry are left out, save errors.
    """
    others = () if text.is_new else (name for name in texts if name != text.file.name)
    name = next(iter(others), text.file.name)
    changed = texts[name] or ""
    if text.kind == "reference":
        places = find_reference_places(changed, text.rank)
    elif text.is_whole_file:
        places = find_tree_places(changed)
    else:
        places = find_front_matter_places(changed)
    placed = (_place(name, places.paths, places.body_line, item) for item in problems)
    whole = places.last_line
    return tuple(
        item
        for item in placed
        if text.kind != "reference"
        or item.problem.severity == "erreur"
        or places.first_line <= item.problem.place.line <= whole
    )


def _place(
    file: str, paths: Mapping[tuple[int, int], str], body_line: int, problem: Diagnostic
) -> PlacedProblem:
    place = problem.place
    if place.file != file:
        return PlacedProblem("", 0, problem)
    if body_line and place.line >= body_line:
        return PlacedProblem(BODY, place.line - body_line + 1, problem)
    return PlacedProblem(path_at(paths, place), 0, problem)
