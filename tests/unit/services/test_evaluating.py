"""Reports of evaluation: their file, their documents, what goes into a profile."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from contract_builder.errors import ProblemsError, UserError
from contract_builder.follow.report import assemble_report
from contract_builder.model.blocks import Drawing, Table, inline_text, iter_blocks
from contract_builder.model.contract import Contract
from contract_builder.model.follow_up import FollowAct
from contract_builder.render.pdf import extract_figures
from contract_builder.services.declaring import declare_entries
from contract_builder.services.editing import list_states
from contract_builder.services.evaluating import (
    begin_evaluation,
    carry_targets,
    load_evaluation,
    write_evaluation_report,
)
from contract_builder.services.making import Format
from contract_builder.services.project import Project
from contract_builder.word.pictures import find_pictures
from tests.followed_contracts import AT, CONTRACT, declaration, make_followed_project, validation

ON = date(2028, 1, 25)
FILE = """\
contrat: 990000010AA
genre: mi-parcours
reunion:
  date: 2028-01-20
  participants:
    - {organisme: Agence, fonction: le directeur de l’offre de soins}
observations:
  - {sur: RATE, etablissement: Un poste vacant., agence: L’agence en prend acte.}
penalites: {exercice_clos: 2026, produits: 1000000.00, financements: 900000.00, source: compte}
conclusions:
  perspectives: [Poursuivre]
  avenant: oui
  mise_en_demeure: transmettre les pièces manquantes.
  cibles:
    - {fiche: DEMO_1, annee: 2026, texte: 3 programmes, type: nombre, valeur: 3,
       motif: Montée en charge, auteur: le chargé de mission}
"""


@pytest.fixture
def followed(mini_project: Path) -> Iterator[Project]:
    with make_followed_project(mini_project) as project:
        entries = (
            declaration("RATE", "80", comment="Grève"),
            declaration("fir-1", "19741", justified=Decimal(15000)),
            validation("COUNT", "4"),
        )
        declare_entries(project, FollowAct(CONTRACT, "saisie", entries), at=AT, actor="la cellule")
        yield project


def write_file(project: Project, text: str = FILE) -> Path:
    path = project.root / "evaluation.yaml"
    path.write_text(text.replace("DEMO_1", "RATE"), encoding="utf-8")
    return path


def document(project: Project, text: str = FILE) -> Contract:
    return assemble_report(load_evaluation(project, "990000010", write_file(project, text), ON))


def tables(contract: Contract) -> dict[str, list[list[str]]]:
    """The texts of the first table of each caption."""
    found: dict[str, list[list[str]]] = {}
    for section in contract.iter_sections():
        for block in iter_blocks(section.blocks):
            if isinstance(block, Table):
                rows = [[inline_text(cell.content) for cell in row.cells] for row in block.rows]
                found.setdefault(block.caption, rows)
    return found


def test_a_report_shows_the_figures_of_the_store_with_the_criterion(followed: Project) -> None:
    found = tables(document(followed))
    assert found["Trajectoire"] == [
        [
            "2025",
            "85 %",
            "80\u00a0%",
            "–",
            "−5\u00a0%",
            "partiellement atteint (provisoire)\nau moins 75\u00a0% de la cible\u00a0: réalisé à "
            "94,1\u00a0%, écart de 5\u00a0%\nExplication\u00a0: Grève",
        ]
    ]
    synthesis = {row[0]: row[2] for row in found["Appréciation par objectif et par année"]}
    assert synthesis["RATE"] == "partiellement atteint"
    assert synthesis["COUNT"] == "atteint"
    assert found["Financements des années évaluées, en euros"][0] == [
        "FIR",
        "CNR",
        "19\u00a0741,00\u00a0€",
        "19\u00a0741,00\u00a0€",
        "15\u00a0000,00\u00a0€",
        "4\u00a0741,00\u00a0€",
    ]
    assert found["Observations"] == [["Un poste vacant.", "L’agence en prend acte."]]
    assert found["Participants, par fonction"] == [["Agence", "le directeur de l’offre de soins"]]


def test_both_caps_are_reckoned_with_their_formula(followed: Project) -> None:
    rows = tables(document(followed))["Plafond d’une année"]
    assert [(row[0], row[2], row[3]) for row in rows] == [
        (
            "CSP L6114-1",
            "5\u00a0% × 1\u00a0000\u00a0000,00\u00a0€ = 50\u00a0000,00\u00a0€",
            "50\u00a0000,00\u00a0€",
        ),
        (
            "CSS L162-23-14",
            "2\u00a0% × 900\u00a0000,00\u00a0€ = 18\u00a0000,00\u00a0€",
            "18\u00a0000,00\u00a0€",
        ),
    ]


def test_the_documents_pass_the_gates_of_contracts(followed: Project, tmp_path: Path) -> None:
    report = write_evaluation_report(
        followed, "990000010", write_file(followed), ON, tmp_path, ("docx", "pdf", "html")
    )
    suffixes = [path.name.rpartition("-")[2] for path in report.published.written]
    assert suffixes == ["fictif.docx", "fictif.pdf", "fictif.html", "trajectoires.html"]
    assert report.gaps == ()
    assert report.proposed == 1
    page = report.published.written[-1].read_text("utf-8")
    assert page.count("<svg") == 5
    assert "2025 : cible 85 %, déclaré 80 %, non validé." in page


def test_each_indicator_with_a_number_is_drawn_before_its_figures(followed: Project) -> None:
    blocks = [
        block
        for section in document(followed).iter_sections()
        for block in section.blocks
        if section.id == "evaluation-objectifs"
    ]
    at = next(rank for rank, block in enumerate(blocks) if isinstance(block, Drawing))
    figure, table = blocks[at : at + 2]
    assert isinstance(figure, Drawing)
    assert isinstance(table, Table)
    assert figure.text == "2025 : cible 85 %, déclaré 80 %, non validé."
    assert table.caption == "Trajectoire"
    assert len(list(document(followed).iter_figures())) == 5


@pytest.mark.parametrize("kind", ["mi-parcours", "finale"])
def test_both_reports_print_their_figures_in_word_and_pdf(
    followed: Project, tmp_path: Path, kind: str
) -> None:
    path = write_file(followed, f"contrat: 990000010AA\ngenre: {kind}\n")
    formats: tuple[Format, ...] = ("docx", "pdf")
    report = write_evaluation_report(followed, "990000010", path, ON, tmp_path, formats)
    word, pdf = (item.read_bytes() for item in report.published.written[:2])
    facts = load_evaluation(followed, "990000010", path, ON)
    told = [figure.text for figure in assemble_report(facts).iter_figures()]
    assert [picture.description for picture in find_pictures(word)] == told
    assert extract_figures(pdf, 1) == told


def test_what_is_not_known_yet_is_a_gap_and_the_report_a_draft(followed: Project) -> None:
    contract = document(followed, "contrat: 990000010AA\ngenre: finale\n")
    assert contract.header.is_draft
    assert contract.header.title == "Rapport d’évaluation finale"


def test_the_file_is_begun_with_the_sheets_of_the_contract(followed: Project) -> None:
    out = followed.root / "dossier.yaml"
    begin_evaluation(followed, "990000010", "mi-parcours", out, ON)
    assert "{sur: RATE, etablissement: '', agence: ''}" in out.read_text("utf-8")
    facts = load_evaluation(followed, "990000010", out, ON)
    assert {state.line.key.year for state in facts.states} == {2025, 2026}
    with pytest.raises(UserError, match="existe déjà"):
        begin_evaluation(followed, "990000010", "finale", out, ON)


def test_what_the_contract_does_not_have_is_told_at_its_place(followed: Project) -> None:
    text = (
        FILE.replace("sur: RATE", "sur: AUTRE")
        .replace("date: 2028-01-20", "date: 2029-01-20")
        .replace("produits: 1000000.00", "produits: 0.00")
        .replace("annee: 2026", "annee: 2040")
        .replace("contrat: 990000010AA", "contrat: 990000028AA")
        .replace("fiche: DEMO_1", "fiche: NULLE")
    )
    with pytest.raises(ProblemsError) as refused:
        document(followed, text)
    assert [f"{p.place.line} {p.code}" for p in refused.value.problems] == [
        "1 evaluation-autre-contrat",
        "4 evaluation-incoherente",
        "8 evaluation-incoherente",
        "9 evaluation-incoherente",
        "15 evaluation-incoherente",
        "15 evaluation-incoherente",
    ]


def test_a_target_that_is_given_twice_is_told(followed: Project) -> None:
    text = FILE.replace("DEMO_1", "RATE")
    with pytest.raises(ProblemsError) as refused:
        document(followed, text + text[text.index("    - {fiche:") :])
    (problem,) = refused.value.problems
    assert "la cible 2026 de la fiche « RATE » est donnée deux fois" in problem.message
    assert problem.place.line == 17


def test_the_targets_go_into_the_profile_and_what_it_said_is_kept(followed: Project) -> None:
    path = followed.root / "evaluation.yaml"
    path.write_text(FILE, encoding="utf-8")
    carried = carry_targets(followed, path, "valmont", at=AT, actor="la cellule")
    assert carried.count == 1
    assert "texte: 3 programmes" in carried.profile.text
    reasons = yaml.safe_load(carried.profile.text)["motifs_avenant"]
    assert reasons["DEMO_1"].replace("\u00a0", " ") == (
        "l’évaluation à mi-parcours du 20 janvier 2028 conclut à une nouvelle cible pour 2026 : "
        "Montée en charge."
    )
    assert len(list_states(followed, "valmont")) == 2
    again = carry_targets(followed, path, "valmont", at=AT, actor="la cellule")
    assert again.profile.text == carried.profile.text


def test_targets_of_another_contract_or_sheet_are_refused(followed: Project) -> None:
    with pytest.raises(UserError, match="ne choisit pas la fiche RATE"):
        carry_targets(followed, write_file(followed), "valmont", at=AT, actor="la cellule")
    other = write_file(followed, FILE.replace("990000010AA", "990000028AA"))
    with pytest.raises(UserError, match="est celui du contrat 990000010AA"):
        carry_targets(followed, other, "valmont", at=AT, actor="la cellule")
    none = write_file(followed, "contrat: 990000010AA\ngenre: finale\n")
    with pytest.raises(UserError, match="aucune cible nouvelle"):
        carry_targets(followed, none, "valmont", at=AT, actor="la cellule")
