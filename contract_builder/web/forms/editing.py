"""A form of one section: filled from the file, changed by its buttons, read back, checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from contract_builder.diagnostics import Diagnostic, is_library_note, without_notes
from contract_builder.reading.tree import Tree
from contract_builder.services.editing import ProfileFile, Trial, try_change
from contract_builder.services.project import Project
from contract_builder.web.forms.bound import (
    RANK_KEY,
    Binder,
    Bound,
    FieldMessage,
    ValueSources,
    parse_rank,
)
from contract_builder.web.forms.fields import shape_of_key
from contract_builder.web.forms.posted import Posted, parse_posted
from contract_builder.web.forms.sections import FormSection


@dataclass(frozen=True, slots=True)
class SectionForm:
    """The controls of a section, the problems of no field, those of its fields with their paths."""

    section: FormSection
    parts: tuple[Bound, ...]
    others: tuple[Diagnostic, ...]
    listed: tuple[tuple[str, FieldMessage], ...]

    @property
    def errors(self) -> int:
        """How many values cannot stay as they are."""
        return sum(message.kind == "error" for _, message in self.listed)


def parse_section(
    section: FormSection, posted: Posted, file: ProfileFile, *, with_ranks: bool = False
) -> dict[str, Tree]:
    """The whole tree of the file with what the form of ``section`` sent.

    ``with_ranks``, its lines bear their rank in the form: see ``place_in_form``.
    """
    tree = dict(file.tree)
    for key in section.keys:
        value = parse_posted(shape_of_key(key), posted, tree.get(key), with_ranks=with_ranks)
        if value is not None:
            tree[key] = value
    return tree


def change_lines(section: FormSection, tree: Mapping[str, Tree], action: str) -> dict[str, Tree]:
    """The tree after a button of a table: ``ajouter:sites``, ``retirer:sites.2``…

    Knows « ajouter », « retirer », « monter », « descendre » and « dupliquer »; anything else
    changes nothing.
    """
    verb, _, path = action.partition(":")
    changed = dict(tree)
    steps = path.split(".")
    if steps[0] not in section.keys:
        return changed
    changed[steps[0]] = _change(changed.get(steps[0]), steps[1:], verb)
    return changed


def _change(tree: Tree | None, steps: Sequence[str], verb: str) -> Tree:
    if not steps:
        lines = tree if isinstance(tree, list) else []
        return [*lines, {RANK_KEY: "-1"}] if verb == "ajouter" else lines
    if isinstance(tree, dict):
        return {**tree, steps[0]: _change(tree.get(steps[0]), steps[1:], verb)}
    lines = tree if isinstance(tree, list) else []
    rank = parse_rank(steps[0])
    if not 0 <= rank < len(lines):
        return lines if not isinstance(tree, str) else tree
    if len(steps) > 1:
        return [*lines[:rank], _change(lines[rank], steps[1:], verb), *lines[rank + 1 :]]
    return _change_line(lines, rank, verb)


def _change_line(lines: list[Tree], rank: int, verb: str) -> list[Tree]:
    line = lines[rank]
    if verb == "retirer":
        return [*lines[:rank], *lines[rank + 1 :]]
    if verb == "dupliquer":
        copy = {**line, RANK_KEY: "-1"} if isinstance(line, dict) else line
        return [*lines[: rank + 1], copy, *lines[rank + 1 :]]
    other = rank - 1 if verb == "monter" else rank + 1
    if verb in ("monter", "descendre") and 0 <= other < len(lines):
        moved = list(lines)
        moved[rank], moved[other] = moved[other], line
        return moved
    return lines


def bind_section(
    section: FormSection,
    tree: Mapping[str, Tree],
    trial: Trial,
    sources: ValueSources,
    years: tuple[int, ...],
) -> SectionForm:
    """The controls of a section with their values, and each message beside its field."""
    listed = list_messages(section, trial)
    messages: dict[str, list[FieldMessage]] = {}
    for path, message in listed:
        messages.setdefault(path, []).append(message)
    others = (problem for path, problem in trial.located if not path)
    binder = Binder({path: tuple(told) for path, told in messages.items()}, sources, years)
    parts = tuple(binder.bind(shape_of_key(key), tree.get(key)) for key in section.keys)
    return SectionForm(section, parts, tuple(without_notes(others)), listed)


def list_messages(section: FormSection, trial: Trial) -> tuple[tuple[str, FieldMessage], ...]:
    """What is said of the fields of a section, each with its path, errors first."""
    found = [
        (path, FieldMessage.of_problem(problem))
        for path, problem in trial.located
        if not is_library_note(problem) and path.partition(".")[0] in section.keys
    ]
    return tuple(sorted(found, key=lambda item: item[1].kind != "error"))


def without_ranks(tree: Mapping[str, Tree]) -> dict[str, Tree]:
    """The tree without the marks of the form's lines."""
    return {key: _clean(value) for key, value in tree.items()}


def _clean(tree: Tree) -> Tree:
    if isinstance(tree, dict):
        return {key: _clean(value) for key, value in tree.items() if not key.startswith("_")}
    if isinstance(tree, list):
        return [_clean(item) for item in tree]
    return tree


def try_form(project: Project, file: ProfileFile, tree: Mapping[str, Tree]) -> Trial:
    """The profile with what a form says, its problems at the controls of that form.

    A line in which nothing is written yet says nothing: it is not looked at, and not complained of.
    """
    written = {key: _written(value) for key, value in tree.items()}
    trial = try_change(project, file, without_ranks(written))
    located = tuple((place_in_form(written, path), problem) for path, problem in trial.located)
    return replace(trial, located=located)


def _written(tree: Tree) -> Tree:
    """The tree without its blank lines; each of the others bears its rank in the form."""
    if isinstance(tree, dict):
        return {key: _written(value) for key, value in tree.items()}
    if not isinstance(tree, list):
        return tree
    lines: list[Tree] = []
    for rank, line in enumerate(tree):
        if not isinstance(line, dict):
            lines.append(line)
        elif any(value for key, value in line.items() if key != RANK_KEY):
            known = {key: _written(value) for key, value in line.items()}
            lines.append({**known, RANK_KEY: str(rank)})
    return lines


def place_in_form(tree: Mapping[str, Tree], path: str) -> str:
    """The name of a control in a form from its path in the tree, whose lines bear their ranks."""
    found: Tree | None = dict(tree)
    names: list[str] = []
    for step in path.split("."):
        rank = parse_rank(step)
        if isinstance(found, list) and 0 <= rank < len(found):
            found = found[rank]
            told = found.get(RANK_KEY) if isinstance(found, dict) else None
            names.append(told if isinstance(told, str) else step)
        else:
            found = found.get(step) if isinstance(found, dict) else None
            names.append(step)
    return ".".join(names)
