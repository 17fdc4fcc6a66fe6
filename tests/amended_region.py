"""A small region whose contracts are signed, for the tests of batches of avenants."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from contract_builder.batch.plan import Folders
from contract_builder.batch.run import BatchOptions, BatchResult, run_batch
from contract_builder.batch.task import AmendingPlan
from contract_builder.model.contract import Contract
from contract_builder.services.keeping import RecordRequest, record_contract
from contract_builder.services.making import BuildOptions, Format, prepare
from tests.batch_region import SILENT, make_region
from tests.mini_project import change_file

ACTOR = "cellule contractualisation"
NOW = datetime(2026, 1, 15, tzinfo=UTC)
_ANNEX = (
    "  - {partie: annexe, id: finances, numero: A2, titre: Financements, portee: opposable, "
    "clauses: [credits]}\n"
)
_CLAUSE = (
    "---\nid: credits\ntitre:\nen_vigueur_du: 2018-01-01\nreferences: []\n---\n\n"
    "L’agence verse les crédits suivants.\n\n{{ tableau.financements }}\n"
)
ENTITY, CREDITS = '"990000010"', "montants: {2025: 19741.00}"


def make_signed_region(
    project: Path, names: Sequence[str], unsigned: Iterable[str] = ()
) -> Folders:
    """The mini project with a financing annex, one establishment a name, their contracts signed.

    Each has a FINESS number of its own, from 990000100 on; those ``unsigned`` are not recorded.
    """
    corps = project / "clause_library"
    with (corps / "outlines" / "etablissement.yaml").open("a", encoding="utf-8") as outline:
        outline.write(_ANNEX)
    (corps / "corps" / "credits.md").write_text(_CLAUSE, encoding="utf-8")
    folders = make_region(project, names, with_sheet=names)
    for rank, name in enumerate(names):
        change_file(profile_of(folders, name), ENTITY, f'"{990000100 + rank}"')
    for name in names:
        if name not in unsigned:
            sign(folders, name)
    return folders


def profile_of(folders: Folders, name: str) -> Path:
    return folders.root / "profiles" / f"{name}.yaml"


def sign(folders: Folders, name: str) -> None:
    """Records the contract that the profile now gives, as signed."""
    request = RecordRequest(NOW, ACTOR, "signe")
    record_contract(folders.project, contract_of(folders, name), request)


def contract_of(folders: Folders, name: str) -> Contract:
    """The contract that the profile now gives."""
    assembly = prepare(folders.project, profile_of(folders, name)).assembly
    assert assembly is not None
    return assembly.contract


def notify(folders: Folders, name: str, amount: str = "20500.00") -> None:
    """Another amount of the year in the profile."""
    change_file(profile_of(folders, name), CREDITS, f"montants: {{2025: {amount}}}")


def amend_region(
    folders: Folders,
    *formats: Format,
    record: bool = False,
    jobs: int = 1,
    effect: date | None = None,
) -> BatchResult:
    """The batch of avenants of 1 March 2026."""
    plan = AmendingPlan(NOW.date(), NOW, date(2026, 3, 1), effect, record, ACTOR)
    build = BuildOptions(formats=formats or ("json",))
    options = BatchOptions(build, jobs=jobs, seconds=300.0, amending=plan)
    return run_batch(folders, folders.project.profile_paths(), options, SILENT)
