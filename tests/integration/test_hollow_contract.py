"""A contract says what it lacks, and what is sent holds nothing of those who prepared it."""

import json
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from contract_builder.render.pdf import extract_pages
from contract_builder.word.extraction import extract_text
from tests.mini_project import CommandResult, change_file

Cpom = Callable[..., CommandResult]
ROOT = Path(__file__).parents[2]
HOLLOW = """\
fictif: oui
type_contrat: etablissement
campagne: occitanie-2025-2029
contrat: {code: 990000010AA, date_effet: 2025-07-01, statut: projet, lieu_signature: Exempleville}
etablissement:
  finess_ej: "990000010"
  siren: "269900015"
  raison_sociale: Hôpital vide (fictif)
  statut: public
  statut_juridique: établissement public de santé
  categorie: ch
  adresse: {voie: 1 rue Vide, code_postal: "99000", commune: Exempleville}
  representant: {fonction: Le directeur, qualite: représentant légal}
"""
DECLARED = "\n".join(
    f"  - {{rubrique: {name}, declare_par: l’Établissement, le: 2025-03-14}}"
    for name in (
        "fiches",
        "sites",
        "capacites",
        "autorisations",
        "financements",
        "autres_contrats",
        "deliberations",
    )
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the delivered library and no profile but the region's."""
    for name in ("clause_library", "fiches", "templates"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "profiles").mkdir()
    shutil.copy(ROOT / "profiles" / "_region.yaml", tmp_path / "profiles")
    return tmp_path


def write(project: Path, text: str, name: str = "creux") -> Path:
    path = project / "profiles" / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def demonstration(project: Path, name: str) -> Path:
    return Path(shutil.copy(ROOT / "profiles" / f"{name}-demonstration.yaml", project / "profiles"))


def page_text(project: Path, stem: str) -> str:
    (path,) = (p for p in (project / "output").glob(f"{stem}*.html") if "instruction" not in p.name)
    text = re.sub(r"<script.*?</script>", " ", path.read_text(encoding="utf-8"), flags=re.S)
    return " ".join(unescape(re.sub("<[^>]+>", " ", text)).replace("\u00a0", " ").split())


def test_a_hollow_draft_is_built_and_names_everything_that_it_lacks(
    project: Path, cpom: Cpom
) -> None:
    write(project, HOLLOW)
    result = cpom(project, "build", "creux", "--formats", "html,json")
    assert result.exit_code == 0
    assert result.stderr.count("[rubrique-vide]") == 7
    text = page_text(project, "990000010AA")
    assert "sur un seul site" not in text
    for label in ("sites de l’Établissement", "autorisations d’activité", "annexe A7"):
        assert f"[à compléter : {label}" in text or label in text
    assert "[à compléter : sites de l’Établissement]" in text


@pytest.mark.parametrize("status", ["envoye", "signe"])
def test_a_hollow_contract_is_neither_sent_nor_signed(
    project: Path, cpom: Cpom, status: str
) -> None:
    write(project, HOLLOW.replace("statut: projet", f"statut: {status}"))
    result = cpom(project, "build", "creux", "--formats", "json")
    assert result.exit_code == 1
    assert "[contrat-incomplet]" in result.stderr
    assert not (project / "output").exists()


def test_a_hollow_draft_is_refused_under_strict(project: Path, cpom: Cpom) -> None:
    write(project, HOLLOW)
    assert cpom(project, "build", "creux", "--formats", "json", "--strict").exit_code == 3
    assert cpom(project, "check", "creux", "--strict").exit_code == 3


@pytest.mark.parametrize("status", ["projet", "signe"])
def test_what_is_declared_empty_is_printed_as_such_and_may_be_signed(
    project: Path, cpom: Cpom, status: str
) -> None:
    text = HOLLOW.replace("statut: projet", f"statut: {status}, date_signature: 2025-06-24")
    write(project, f"{text}neants:\n{DECLARED}\n")
    result = cpom(project, "build", "creux", "--formats", "html,json", "--strict")
    assert result.exit_code == 0, result.stderr
    page = page_text(project, "990000010AA")
    assert "Néant, déclaré par l’Établissement le 14 mars 2025." in page
    assert "sur un seul site" not in page
    assert "à compléter" not in page


def test_a_declaration_that_the_profile_contradicts_is_an_error(project: Path, cpom: Cpom) -> None:
    path = demonstration(project, "espic")
    with path.open("a", encoding="utf-8") as stream:
        stream.write("neants:\n  - {rubrique: sites, declare_par: l’Agence, le: 2025-01-02}\n")
    result = cpom(project, "build", "espic-demonstration", "--formats", "json")
    assert result.exit_code == 1
    assert "[neant-contredit]" in result.stderr
    assert "« sites »" in result.stderr


ACTIVITIES = {
    "chirurgie": ("capacites: [{annee: 2024, chirurgie: {lits: 12, places: 3}}]", "QA002"),
    "obstetrique": ("capacites: [{annee: 2024, obstetrique: {lits: 12, places: 0}}]", "QA003"),
    "psychiatrie": ("capacites: [{annee: 2024, psychiatrie: {lits: 0, places: 3}}]", "QA004"),
    "had": ("capacites: [{annee: 2024, had: {lits: 0, places: 30}}]", "QA020"),
    "usld": ("capacites: [{annee: 2024, usld: {lits: 8, places: 0}}]", "QA007"),
    "urgences": ("urgences: [{annee: 2024, passages: 9000}]", "QA014"),
    "smr": ("missions: [{nature: plateau_smr, intitule: Plateau de rééducation}]", "QA050"),
}


@pytest.mark.parametrize("name", ACTIVITIES)
def test_an_activity_without_its_authorisation_is_told_at_its_place(
    project: Path, cpom: Cpom, name: str
) -> None:
    line, code = ACTIVITIES[name]
    write(project, f"{HOLLOW}{line}\n")
    result = cpom(project, "build", "creux", "--formats", "json")
    (told,) = (
        text for text in result.stderr.split("\n\n") if "[activite-sans-autorisation]" in text
    )
    told = told[told.index("[activite-sans-autorisation]") :]
    assert code in told
    assert line.split(":")[0] in result.stderr
    assert f"neants: [{{rubrique: {name}" in told


def test_an_activity_declared_to_need_no_authorisation_is_not_told(
    project: Path, cpom: Cpom
) -> None:
    declared = "{rubrique: chirurgie, declare_par: l’Agence, le: 2025-01-02, motif: GCS titulaire}"
    write(project, f"{HOLLOW}{ACTIVITIES['chirurgie'][0]}\nneants: [{declared}]\n")
    result = cpom(project, "build", "creux", "--formats", "json")
    assert "[activite-sans-autorisation]" not in result.stderr


def test_long_term_care_by_a_yes_asks_for_its_authorisation(project: Path, cpom: Cpom) -> None:
    write(project, f"{HOLLOW}  soins_longue_duree: oui\n  departement_cosignataire: Département\n")
    result = cpom(project, "build", "creux", "--formats", "json")
    assert "« soins de longue durée » (soins_longue_duree : oui)" in result.stderr.replace(
        "\u00a0", " "
    )


def test_a_private_establishment_is_not_asked_for_deliberations(project: Path, cpom: Cpom) -> None:
    write(project, HOLLOW.replace("statut: public", "statut: prive_lucratif"))
    result = cpom(project, "build", "creux", "--formats", "json")
    assert "instances" not in result.stderr


WORKSHOP = (
    "Lecture rétablie",
    "Lecture incertaine",
    "décision :",
    "lignes 1",
    "Total imprimé",
    "Source : Fiches",
    "clause_library/",
    "fiches/occitanie",
    "Retenu parce que",
    "ligne 1,",
    "Donnée à compléter",
)


def products(project: Path) -> list[Path]:
    """The files of the contract itself."""
    return [path for path in (project / "output").glob("9*") if "instruction" not in path.name]


def contract_words(value: object) -> str:
    """Every text of the contract's data but where each section comes from."""
    if isinstance(value, dict):
        return " ".join(contract_words(v) for k, v in value.items() if k != "provenance")
    if isinstance(value, list):
        return " ".join(contract_words(item) for item in value)
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize("status", ["envoye", "signe"])
def test_what_is_sent_holds_nothing_of_the_workshop(project: Path, cpom: Cpom, status: str) -> None:
    path = demonstration(project, "chu")
    draft = cpom(project, "build", "chu-demonstration", "--formats", "html,json")
    assert draft.exit_code == 0, draft.stderr
    assert "Lecture rétablie" in page_text(project, "990000010AA")
    shutil.rmtree(project / "output")
    change_file(path, "  statut: projet", f"  statut: {status}")
    sent = cpom(project, "build", "chu-demonstration", "--formats", "docx,pdf,html,json")
    assert sent.exit_code == 0, sent.stderr
    made = {path.suffix: path.read_bytes() for path in products(project)}
    pages = " ".join(extract_pages(made[".pdf"]))
    texts = {
        "docx": " ".join(extract_text(made[".docx"])),
        "pdf": pages,
        "html": unescape(made[".html"].decode()),
        "json": contract_words(json.loads(made[".json"])["sections"]),
    }
    for name, text in texts.items():
        plain = " ".join(text.replace("\u00a0", " ").split())
        assert len(plain) > 50_000, name
        assert [word for word in WORKSHOP if word in plain] == [], name
    assert b'"footnote"' not in made[".json"]


def test_an_entity_and_a_site_claimed_twice_over_one_period_are_told(
    project: Path, cpom: Cpom
) -> None:
    site = 'sites: [{finess_et: "990000028", nom: Site}]\n'
    write(project, HOLLOW + site, "un")
    write(project, HOLLOW.replace("0010AA", "0010AB") + site, "deux")
    told = cpom(project, "check", "un").stderr
    assert "[contrats-simultanes]" in told
    assert "[site-partage]" in told
    assert "« profiles/deux.yaml »" in told.replace("\u00a0", " ")


def test_successive_contracts_of_one_entity_are_not_told(project: Path, cpom: Cpom) -> None:
    write(project, HOLLOW, "un")
    later = HOLLOW.replace("0010AA", "0010AB").replace("2025-07-01", "2030-07-01")
    write(project, later, "deux")
    assert "[contrats-simultanes]" not in cpom(project, "check").stderr


def test_a_draft_with_missing_data_is_not_recorded_as_sent_or_signed(
    project: Path, cpom: Cpom
) -> None:
    write(project, HOLLOW)
    assert cpom(project, "build", "creux", "--formats", "json").exit_code == 0
    (path,) = (project / "output").glob("9*.json")
    for status in ("envoye", "signe"):
        refused = cpom(project, "record", str(path), "--status", status)
        assert refused.exit_code == 1
        assert "contrat-incomplet" in refused.stderr
    assert cpom(project, "record", str(path)).stdout == "990000010@1\n"
    changed = cpom(project, "store", "status", "990000010@1", "signe")
    assert changed.exit_code == 1
    assert "contrat-incomplet" in changed.stderr
