"""A signed contract to follow, and workbooks of declaration as people fill them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from contract_builder.follow.line_states import ContractStates, find_states
from contract_builder.follow.plan import plan_follow_up
from contract_builder.model.blocks import Cell, Column, Row, Table, Text
from contract_builder.model.contract import (
    Contract,
    ContractTables,
    FundingRecord,
    Objective,
    Section,
    TargetRecord,
)
from contract_builder.model.follow_rules import FollowUpRules, RatingRule
from contract_builder.model.follow_up import (
    FollowAct,
    FollowedContract,
    FollowEntry,
    FollowKey,
    FollowLine,
)
from contract_builder.services.keeping import RecordRequest, record_contract
from contract_builder.services.project import Project
from tests.contract_samples import header

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
ON = date(2026, 3, 1)
LATER = date(2026, 5, 2)
CONTRACT = FollowedContract("990000010", "etablissement", "990000010AA")
RULES = FollowUpRules(
    declaration_avant="03-31",
    modes_a_justifier=("CNR",),
    appreciation=(
        RatingRule(resultat="atteint", realise_au_moins=Decimal(100)),
        RatingRule(resultat="partiellement_atteint", retard_au_plus=30),
        RatingRule(resultat="partiellement_atteint", realise_au_moins=Decimal(75)),
        RatingRule(resultat="non_atteint"),
    ),
)
RULES_TEXT = """\
suivi:
  declaration_avant: 03-31
  modes_a_justifier: [CNR]
  appreciation:
    - {resultat: atteint, realise_au_moins: 100}
    - {resultat: partiellement_atteint, retard_au_plus: 30}
    - {resultat: partiellement_atteint, realise_au_moins: 75}
    - {resultat: non_atteint}
"""
_TARGETS = (
    ("RATE", "85 %", "pourcentage", "85"),
    ("COUNT", "4 programmes", "nombre", "4"),
    ("LESS", "≤ 10 jours", "seuil", "10"),
    ("GROWTH", "+ 3 %", "increment_pourcentage", "3"),
    ("THIRDS", "2/3 documents", "fraction", "2"),
    ("DAY", "30 juin 2025", "date", "2025-06-30"),
    ("YES", "oui", "oui_non", "oui"),
    ("STEP", "Constituer une équipe", "jalon", ""),
    ("NONE", "sans objet", "sans_objet", ""),
)
"""Sheet, printed target, type and value of each target of 2025."""


def followed_contract() -> Contract:
    """A contract of 2025 to 2030 with a target of each kind in 2025, a commitment, two amounts."""
    objectives = tuple(
        Objective(code, f"Objectif {code}", (), "quantitatif", "") for code, *_ in _TARGETS
    )
    targets = tuple(
        TargetRecord(code, "", "Tous", 2025, text, kind, value, "fiche")
        for code, text, kind, value in _TARGETS
    )
    fundings = (_funding("fir-1", "CNR", "19741.00"), _funding("mig-1", "BASE", "1000.00"))
    commitments = Table(
        "engagements-qualite",
        "Engagements de qualité",
        (Column("Engagement", 7), Column("Échéance", 2), Column("Indicateur", 4)),
        (
            Row(
                "certification",
                tuple(
                    Cell((Text(text),)) for text in ("Obtenir la certification", "2026", "Décision")
                ),
            ),
        ),
        row_identity="content",
    )
    clause = Section(id="engagements", kind="clause", title="", blocks=(commitments,))
    article = Section(
        id="article-engagements",
        kind="article",
        title="Engagements",
        number="1",
        label="Article 1",
        children=(clause,),
    )
    return Contract(
        header(code=CONTRACT.code, finess_ej=CONTRACT.finess_ej, campaign="demo", status="signe"),
        (article,),
        ContractTables(objectives=objectives, targets=targets, fundings=fundings),
    )


def _funding(key: str, mode: str, amount: str) -> FundingRecord:
    return FundingRecord(key, 2025, "FIR", "", mode, "", Decimal(amount), "", None, "")


LINES = {line.key.item: line for line in plan_follow_up(followed_contract()).lines}
"""The lines of the contract by sheet or key; of the commitment, that of its last year."""


def declaration(item: str, value: str, on: date = ON, **changes: object) -> FollowEntry:
    """What an establishment declares of 2025."""
    line = line_of_2025(item)
    return replace(
        FollowEntry(line.key, "declaration", value, on, "le directeur des soins"),
        **changes,  # type: ignore[arg-type]
    )


def validation(item: str, value: str, on: date = LATER, **changes: object) -> FollowEntry:
    """What the agency validates of 2025."""
    given = declaration(item, value, on, **changes)
    return replace(given, step="validation", function="le chargé de mission")


def line_of_2025(item: str) -> FollowLine:
    """The line of a sheet or key in 2025."""
    lines = plan_follow_up(followed_contract()).of_year(2025)
    return next(line for line in lines if line.key.item == item)


def states_of(*entries: FollowEntry, on: date = ON) -> ContractStates:
    """The states of the contract after one act."""
    act = FollowAct(CONTRACT, "saisie", tuple(entries))
    return find_states(plan_follow_up(followed_contract()), [act], RULES, on)


def make_followed_project(root: Path) -> Project:
    """The mini project with rules of follow-up and the contract signed in its store."""
    campaign = root / "clause_library" / "campagnes" / "demo.yaml"
    campaign.write_text(campaign.read_text("utf-8") + RULES_TEXT, encoding="utf-8")
    project = Project(root, {})
    record_contract(project, followed_contract(), RecordRequest(AT, "la cellule", status="signe"))
    return project


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, and what the spreadsheet that saved it made of it."""

    text: str
    result: str


def fill_workbook(path: Path, changes: Mapping[tuple[str, str], object]) -> Path:
    """The workbook saved again by another program, with cells changed: (sheet, « F2 ») → value.

    A value may be a pair: the value and its number format. None empties the cell. A sheet that is
    not there is added.
    """
    source = CalamineWorkbook.from_path(path)
    sheets = {
        name: [list(row) for row in source.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        for name in source.sheet_names
    }
    for (name, cell), value in changes.items():
        column, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1
        rows = sheets.setdefault(name, [])
        while len(rows) <= row:
            rows.append([])
        rows[row].extend([""] * (column + 1 - len(rows[row])))
        rows[row][column] = "" if value is None else value
    with Workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                for rank, content in enumerate(cells):
                    value, code = content if isinstance(content, tuple) else (content, "")
                    style = book.add_format({"num_format": code}) if code else None
                    if isinstance(value, Formula):
                        sheet.write_formula(number, rank, value.text, style, value.result)
                    elif isinstance(value, date):
                        sheet.write_datetime(number, rank, value, day)
                    elif value != "":
                        sheet.write(number, rank, value, style)
    return path


def key_of(item: str, year: int = 2025) -> FollowKey:
    """The key of a sheet's line."""
    return FollowKey("objectif", item, "", year)
