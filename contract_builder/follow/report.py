"""The report of an evaluation as a document: the same tree as a contract, for the same writers.

Its figures are those of the states that it is given, its words those of the parties' file; it adds
nothing to either, and applies no penalty.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from contract_builder.follow.evaluation import EvaluationFacts
from contract_builder.follow.report_blocks import report_section, report_table, text_block
from contract_builder.follow.report_conclusions import (
    iter_conclusion_blocks,
    iter_meeting_blocks,
    iter_penalty_blocks,
    iter_remark_blocks,
)
from contract_builder.follow.report_lines import (
    group_by_sheet,
    iter_commitment_blocks,
    iter_money_blocks,
    iter_objective_blocks,
    word_rating_of_year,
)
from contract_builder.model.blocks import Align, Block
from contract_builder.model.contract import Contract, ContractHeader, CoverLine, Section
from contract_builder.model.evaluation import EVALUATION_WORDS, EvaluationKind
from contract_builder.model.french import NBSP, long_date

REPORT_TITLES: Final[Mapping[EvaluationKind, str]] = {
    "mi-parcours": "Rapport d’évaluation à mi-parcours",
    "finale": "Rapport d’évaluation finale",
}
_CENTER: Final[Align] = "center"
_LEFT: Final[Align] = "left"


def assemble_report(facts: EvaluationFacts) -> Contract:
    """The report, ready for the writers; what nobody said yet is a marked gap."""
    parts = (
        ("cadre", "Cadre de l’évaluation", list(_iter_frame(facts))),
        ("synthese", "Synthèse", list(_iter_summary(facts))),
        ("objectifs", "Objectifs et trajectoires", list(iter_objective_blocks(facts))),
        ("engagements", "Engagements", list(iter_commitment_blocks(facts))),
        ("financements", "Financements", list(iter_money_blocks(facts))),
        ("observations", "Observations des parties", list(iter_remark_blocks(facts))),
        ("reunion", "Réunion", list(iter_meeting_blocks(facts))),
        ("conclusions", "Conclusions", list(iter_conclusion_blocks(facts))),
        ("penalites", "Plafonds des pénalités", list(iter_penalty_blocks(facts))),
    )
    kept = [part for part in parts if part[2]]
    sections = [
        report_section(number, name, title, *blocks)
        for number, (name, title, blocks) in enumerate(kept, start=1)
    ]
    return Contract(_report_header(facts), (*sections, _signatures()))


def _report_header(facts: EvaluationFacts) -> ContractHeader:
    header, kind = facts.header, facts.file.genre
    meeting = facts.file.reunion
    held = meeting.date if meeting else None
    lines = (
        CoverLine("Établissement", header.legal_name),
        CoverLine("FINESS de l’entité juridique", header.finess_ej),
        CoverLine("Agence", header.agency),
        CoverLine("Code du contrat", header.code),
        CoverLine("Période du contrat", _period(header)),
        CoverLine("Date du rapport", long_date(facts.on)),
    )
    return replace(
        header,
        code=f"{header.code}, évaluation {EVALUATION_WORDS[kind]}",
        title=REPORT_TITLES[kind],
        subtitle=f"du contrat n°{NBSP}{header.code}",
        status="projet" if held is None else "signe",
        cover_lines=lines,
        signatories=tuple(replace(item, date="", scope="") for item in header.signatories),
    )


def _period(header: ContractHeader) -> str:
    return f"du {long_date(header.effective_date)} au {long_date(header.end_date)}"


def _iter_frame(facts: EvaluationFacts) -> Iterator[Block]:
    years = sorted({state.line.key.year for state in facts.states})
    span = f"{years[0]} à {years[-1]}" if len(years) > 1 else str(years[0]) if years else "–"
    yield text_block(
        f"Le contrat n°{NBSP}{facts.header.code} est conclu {_period(facts.header)}. La version "
        f"évaluée est {facts.reference}, en vigueur le {long_date(facts.on)}. L’évaluation porte "
        f"sur les années {span}."
    )
    yield text_block(
        "Chaque valeur est celle que le registre garde à cette date : celle que l’agence a "
        "validée, à défaut celle que l’établissement a déclarée. Les appréciations suivent les "
        "règles de la campagne ; le critère qui a décidé est imprimé à côté de chacune."
    )


def _iter_summary(facts: EvaluationFacts) -> Iterator[Block]:
    years = sorted({state.line.key.year for state in facts.states})
    objectives = group_by_sheet(facts)
    if not objectives:
        return
    rows = [
        (code, [code, states[0].line.title, *(word_rating_of_year(states, year) for year in years)])
        for code, states in objectives
    ]
    columns = [("Fiche", 3, _LEFT), ("Objectif", 6, _LEFT)]
    columns += [(str(year), 3, _CENTER) for year in years]
    yield report_table(
        "evaluation-synthese", "Appréciation par objectif et par année", columns, rows
    )
    late = sum(state.is_late for state in facts.states)
    lacking = sum(state.lacks_evidence for state in facts.states)
    yield text_block(
        f"Lignes non déclarées à l’échéance{NBSP}: {late}. Valeurs déclarées sans preuve{NBSP}: "
        f"{lacking}."
    )


def _signatures() -> Section:
    return Section(
        id="evaluation-signatures",
        kind="signatures",
        title="Signatures",
        blocks=(text_block("Fait en autant d’exemplaires originaux que de signataires."),),
    )
