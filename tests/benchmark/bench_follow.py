"""The follow-up of a region: all its workbooks read, its view made, one report written.

    .venv/bin/python -m tests.benchmark.bench_follow [CONTRACTS] [YEARS]

A region of contracts of the size of a real one, each with ten objectives in five years. Workbooks
are as establishments fill them. Prints seconds by the wall clock and of the processor, and the
peak of memory.
"""

import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from contract_builder.follow.line_states import find_states
from contract_builder.follow.plan import FollowPlan
from contract_builder.follow.workbook_layout import WorkbookIdentity
from contract_builder.follow.workbook_writing import render_declaration_workbook
from contract_builder.model.contract import Contract, ContractTables, Objective, TargetRecord
from contract_builder.model.follow_up import FollowAct, FollowEntry
from contract_builder.services.declaring import DeclarationRequest, read_declarations
from contract_builder.services.evaluating import write_evaluation_report
from contract_builder.services.following import follow_contracts
from contract_builder.services.keeping import RecordRequest, record_contract
from contract_builder.services.making import prepare
from contract_builder.services.overseeing import publish_view, view_region
from contract_builder.services.project import Project
from tests.mini_project import TEMPLATES

ROOT = Path(__file__).parents[2]
ON = date(2031, 1, 15)
AT = datetime(2031, 1, 15, tzinfo=UTC)
OBJECTIVES = 10
Given = TypeVar("Given")


def main(contracts: int = 279, years: int = 5) -> None:
    """Measures and prints."""
    with TemporaryDirectory() as name:
        root = Path(name)
        for folder in ("clause_library", "fiches"):
            (root / folder).symlink_to(ROOT / folder)
        (root / "templates").symlink_to(TEMPLATES)
        (root / "profiles").mkdir()
        with Project(root, {}) as project:
            timed("contrats enregistrés", lambda: record_region(project, contracts))
            files = timed("classeurs écrits", lambda: list(write_filled(project, root, years)))
            request = DeclarationRequest(tuple(files), "etablissement", ON, AT, "essai")
            declared = timed("classeurs lus", lambda: read_declarations(project, request))
            assert declared.is_kept, declared.problems[:3]
            print(f"{len(files)} classeurs, {declared.count} valeurs")
        with Project(root, {}) as project:
            view = timed("vue de la région", lambda: view_region(project, ON))
            timed("classeur et page", lambda: publish_view(view, root / "out", ("xlsx", "html")))
            path = root / "evaluation.yaml"
            path.write_text("contrat: 990000000AA\ngenre: finale\n", encoding="utf-8")
            wanted = (project, "990000000AA", path, ON, root / "out")
            timed("un rapport (DOCX, PDF, HTML)", lambda: write_report(*wanted))
            timed("le suivant", lambda: write_report(*wanted))
    print(f"mémoire : {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} Mio")


def write_report(project: Project, name: str, path: Path, on: date, out: Path) -> object:
    """One report in all its formats."""
    return write_evaluation_report(project, name, path, on, out, ("docx", "pdf", "html"))


def timed(what: str, work: Callable[[], Given]) -> Given:
    """The result, its time printed."""
    start, used = time.perf_counter(), time.process_time()
    result = work()
    wall, processor = time.perf_counter() - start, time.process_time() - used
    print(f"{what} : {wall:.2f} s, dont {processor:.2f} s de processeur", flush=True)
    return result


def record_region(project: Project, contracts: int) -> None:
    """The contract of a demonstration, signed by many establishments with ten objectives."""
    with Project(ROOT, {}) as model:
        prepared = prepare(model, ROOT / "profiles" / "ch-demonstration.yaml")
    assert prepared.assembly is not None
    contract = prepared.assembly.contract
    kept = tuple(section for section in contract.sections if section.kind != "lacunes")
    for number in range(contracts):
        finess = f"99{number:07d}"
        header = replace(
            contract.header,
            finess_ej=finess,
            code=f"{finess}AA",
            legal_name=f"Établissement {number}",
            effective_date=date(2026, 1, 1),
            end_date=date(2031, 12, 31),
            status="signe",
        )
        own = Contract(header, kept, make_tables(contract.tables), contract.library_version)
        record_contract(project, own, RecordRequest(AT, "essai", status="signe"))


def make_tables(tables: ContractTables) -> ContractTables:
    """Ten objectives with a numeric target in each of five years."""
    codes = [f"CPOM_OS_{number}" for number in range(1, OBJECTIVES + 1)]
    return replace(
        tables,
        objectives=tuple(Objective(code, code, (), "taux", "") for code in codes),
        targets=tuple(
            TargetRecord(code, "", "Tous", year, "80 %", "pourcentage", "80", "fiche")
            for code in codes
            for year in range(2026, 2031)
        ),
    )


def write_filled(project: Project, root: Path, years: int) -> Iterator[Path]:
    """The workbooks of every contract and year, every objective filled."""
    (root / "retours").mkdir()
    for number, item in enumerate(follow_contracts(project, (), ON).contracts):
        in_force = item.in_force
        for year in range(2026, 2026 + years):
            own = FollowPlan(item.plan.of_year(year))
            entries = tuple(
                FollowEntry(line.key, "declaration", str(60 + number % 40), ON, "la directrice")
                for line in own.lines
                if line.key.kind == "objectif"
            )
            states = find_states(own, [FollowAct(in_force.contract, "", entries)], None, ON).states
            digest = in_force.version.facts.sha256
            identity = WorkbookIdentity(
                in_force.contract, in_force.reference, digest, year, "etablissement"
            )
            path = root / "retours" / f"{in_force.contract.code}-{year}.xlsx"
            data = render_declaration_workbook(in_force.header, states, identity, None)
            path.write_bytes(data)
            yield path


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
