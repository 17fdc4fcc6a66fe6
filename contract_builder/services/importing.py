"""Registries into profiles, for commands and pages: plan, then apply.

The glue between the registry readers and the profiles' folder, as ``making`` is for contracts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from contract_builder.diagnostics import Problems, has_errors, in_file_order
from contract_builder.errors import ProblemsError, UserError
from contract_builder.files.read import read_file
from contract_builder.files.together import FileChange, end_interrupted
from contract_builder.files.write import telling_refusals
from contract_builder.profiles.load import REGION_FILE
from contract_builder.registries.apply import apply_plans
from contract_builder.registries.content.context import ImportOptions
from contract_builder.registries.formats import IMPORT_KINDS, ImportKind, recognise_kind
from contract_builder.registries.plan import ImportPlan, choose_new_contract, plan_files
from contract_builder.registries.plan_json import import_data, value_change_data
from contract_builder.registries.report import iter_import_lines
from contract_builder.services.project import Project

__all__ = [
    "ALL_KINDS",
    "ImportRequest",
    "ImportResult",
    "import_data",
    "import_registries",
    "value_change_data",
]

ALL_KINDS = "tout"


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What to import where; ``kind`` « tout » recognises each file by its content.

    ``departments`` (« 31 », « 2A », « 971 ») limit which establishments get a new profile; empty
    for no limit.
    """

    kind: str
    files: tuple[Path, ...]
    into: Path
    campaign: str = ""
    dry_run: bool = False
    departments: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The plans in order, the files written, and every problem."""

    plans: tuple[ImportPlan, ...]
    written: tuple[Path, ...]
    problems: Problems

    def iter_lines(self, *, details: bool) -> Iterator[str]:
        """The plans in French, one line an establishment."""
        for plan in self.plans:
            yield f"{plan.kind} :"
            yield from (f"  {line}" for line in iter_import_lines(plan, details=details))


def import_registries(project: Project, request: ImportRequest) -> ImportResult:
    """Reads the files and, unless ``dry_run``, writes the imported layers.

    Kinds are planned in the order in which they build on each other (FINESS makes the profiles
    that the others complete), then written together. Raises ProblemsError at the first kind with
    an error: nothing of any kind is written.
    """
    with telling_refusals(request.into, inside=True):
        end_interrupted(request.into)
    library, _ = project.open_library()
    contract = choose_new_contract(library, request.campaign)
    options = ImportOptions(library, contract, departments=request.departments)
    plans: list[ImportPlan] = []
    for kind, files in _sort_files(request):
        plan = plan_files(kind, files, request.into, project.root, options, plans)
        plans.append(plan)
        if has_errors(plan.problems):
            raise ProblemsError(in_file_order(plan.problems))
    shared = _share_region(project, request)
    written = () if request.dry_run else apply_plans(plans, request.into, shared)
    problems = in_file_order([problem for plan in plans for problem in plan.problems])
    return ImportResult(tuple(plans), written, problems)


def _share_region(project: Project, request: ImportRequest) -> list[FileChange]:
    """Gives a new folder of profiles the project's region, without which no contract is made."""
    source, target = (folder / REGION_FILE for folder in (project.profiles_folder, request.into))
    if target.exists() or not source.is_file():
        return []
    return [FileChange(REGION_FILE, read_file(source), ())]


def _sort_files(request: ImportRequest) -> list[tuple[ImportKind, tuple[Path, ...]]]:
    """The files of each kind, in the order in which kinds build on each other."""
    if request.kind != ALL_KINDS:
        return [(kind, request.files) for kind in IMPORT_KINDS if kind == request.kind]
    found: dict[ImportKind, list[Path]] = {kind: [] for kind in IMPORT_KINDS}
    unknown: list[str] = []
    problems: Problems = []
    for path in request.files:
        kind = recognise_kind(path, problems)
        if has_errors(problems):
            raise ProblemsError(in_file_order(problems))
        if kind is None:
            unknown.append(path.name)
        else:
            found[kind].append(path)
    if unknown:
        raise UserError(f"Registre non reconnu : {', '.join(unknown)}. Rien n’a été importé.")
    return [(kind, tuple(paths)) for kind, paths in found.items() if paths]


def generate_demonstration(folder: Path, establishments: int, seed: int) -> tuple[Path, ...]:
    """Registry files about a fictitious region; UserError when the folder is not empty.

    ``establishments`` is at least 1.
    """
    from contract_builder.registries.generator import generate_region

    with telling_refusals(folder, inside=True):
        if folder.exists() and any(folder.iterdir()):
            raise UserError(f"« {folder} » n’est pas vide ; rien n’a été écrit.")
        generate_region(folder, establishments, seed)
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
