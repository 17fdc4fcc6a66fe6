"""``cpom renew``: the next generation's profile, from the signed version to the next contract."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.store.location import STORE_FILE
from tests.mini_project import PROFILE, CommandResult, add_following_campaign, change_file
from tests.openings import counting_openings

Cpom = Callable[..., CommandResult]
NEXT = Path("profiles") / "valmont-2030.yaml"
DEMONSTRATION = "hopital-de-proximite-2019-demonstration"


@pytest.fixture(autouse=True)
def actor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)


def sign(project: Path, cpom: Cpom, status: str = "signe") -> None:
    """Builds the contract of Valmont and records it as signed."""
    built = cpom(project, "build", "valmont", "--formats", "json")
    assert built.exit_code == 0
    assert cpom(project, "record", built.stdout.strip(), "--status", status).exit_code == 0


@pytest.fixture
def signed(mini_project: Path, cpom: Cpom) -> Path:
    """The mini project, its contract signed, and the campaign that follows."""
    add_following_campaign(mini_project)
    sign(mini_project, cpom)
    return mini_project


def told(project: Path, cpom: Cpom, *options: str) -> dict[str, list[str]]:
    """The three lists of a renewal on 2030-07-01, as short texts."""
    command = ("renew", "990000010@1", "--effect", "2030-07-01", "--on", "2029-01-01", "--dry-run")
    result = cpom(project, *command, "--json", *options)
    assert (result.exit_code, result.stderr) == (0, "")
    data = json.loads(result.stdout)
    return {
        fate: [
            " : ".join(
                part for part in (item["section"], item["objet"], item["motif"]) if part
            ).replace("\u00a0", " ")
            for item in data[fate]
        ]
        for fate in ("repris", "caduc", "a_redemander")
    }


def test_a_generation_is_renewed_from_the_signed_contract_to_the_comparison(
    tmp_path: Path, cpom: Cpom
) -> None:
    project = tmp_path / "projet"
    assert cpom(tmp_path, "init", str(project)).exit_code == 0
    assert cpom(project, "build", DEMONSTRATION, "--formats", "json", "--record").exit_code == 0
    renewed = cpom(
        project, "renew", "990000119@1", "--effect", "2025-01-01", "--requested", "2024-06-20"
    )
    assert renewed.exit_code == 0
    path = renewed.stdout.splitlines()[-1]
    assert Path(path).name == "hopital-de-proximite-2025-demonstration.yaml"
    assert "184 jours sans contrat" in renewed.stdout
    checked = cpom(project, "check", path)
    assert checked.exit_code == 0
    built = cpom(project, "build", path, "--formats", "json,docx")
    assert built.exit_code == 0
    contract, _ = sorted(built.stdout.splitlines(), reverse=True)
    assert Path(contract).name.startswith("990000119AB-v1-")
    assert cpom(project, "record", contract).stdout == "990000119@2\n"
    history = json.loads(cpom(project, "history", "990000119", "--json").stdout)
    assert [(v["code"], v["kind"], v["parent"]) for v in history["versions"]] == [
        ("990000119AA-2019", "initial", None),
        ("990000119AB", "renouvellement", "990000119@1"),
    ]
    compared = cpom(project, "compare", "990000119@1", "990000119@2", "--formats", "json", "--json")
    assert compared.exit_code == 0
    assert json.loads(compared.stdout)["proof"] == {
        "accept_all_equals_new": True,
        "reject_all_equals_old": True,
    }


def test_a_renewal_opens_each_file_of_the_project_and_its_store_once(
    signed: Path, cpom: Cpom
) -> None:
    profile = signed / PROFILE
    for number in ("2", "3", "4"):
        text = profile.read_text(encoding="utf-8").replace("990000010AA", f"99000001{number}AA")
        profile.with_name(f"autre-{number}.yaml").write_text(text, encoding="utf-8")
    region = signed / "profiles" / "_region.yaml"
    if not region.exists():
        region.write_text("{}\n", encoding="utf-8")
    command = ("renew", "990000010@1", "--effect", "2030-07-01", "--on", "2029-01-01")
    with counting_openings() as opened:
        assert cpom(signed, *command).exit_code == 0
    written = signed / NEXT
    mine = {path: count for path, count in opened.items() if signed in path.parents}
    read = {path: count for path, count in mine.items() if path.suffix in (".yaml", ".md")}
    assert read.pop(written, 1) == 1
    assert {path.name for path, count in read.items() if count > 1} == set()
    assert {region, *signed.glob("profiles/*.yaml")} - {written} <= read.keys()
    assert mine[signed / STORE_FILE] == 1


def test_the_next_profile_says_where_each_part_comes_from(signed: Path, cpom: Cpom) -> None:
    result = cpom(signed, "renew", "990000010@1", "--effect", "2030-07-01", "--on", "2029-01-01")
    assert result.exit_code == 0
    text = (signed / NEXT).read_text(encoding="utf-8").replace("\u00a0", " ")
    assert (
        text
        == """\
# Centre hospitalier de Valmont (fictif)
# Profil du contrat qui suit la version signée 990000010@1, fait à partir de
#   « profiles/valmont.yaml », dont les lignes sont citées. Chaque partie dit ce qui est repris, ce
#   qui est caduc et ce qui est à redemander ; complétez les clés laissées vides.
fictif: oui
type_contrat: etablissement
campagne: suite
# Contrat – à redemander : date de la demande de renouvellement.
contrat:
  code: 990000010AB
  date_effet: 2030-07-01
  date_fin:                          # vide : cinq ans moins un jour
  version: 1
  statut: projet
  suite_de: 990000010@1
  date_demande:
  exemplaires:                       # vide : autant que de signataires
  lieu_signature:
# Établissement – repris : identité (ligne 9).
etablissement:
  finess_ej: "990000010"
  siren: "269900015"
  siret: "26990001500018"
  raison_sociale: Centre hospitalier de Valmont (fictif)
  statut: public
  categorie: ch
# Sites – repris : 1 ligne (ligne 16).
sites:
  - {finess_et: "990000028", nom: Site de Valmont, categorie: 355}
# Capacités – caduc : 2024 : trop ancien (ligne 18).
# Capacités – à redemander : les capacités de la dernière année connue, qui décident de la taille.
capacites:
# Autorisations – repris : 99-99-0001 : prend fin le 30 juin 2031 (ligne 20).
autorisations:
  - numero_arhgos: 99-99-0001
    activite: QA001
    modalite: MO000
    mention: ME000
    pts: PTS00
    declaration: DE000
    finess_et: "990000028"
    statut: "02"
    date_fin: 2031-06-30
# Missions – repris : 1 ligne (ligne 22).
missions:
  - {nature: MIG, intitule: Consultation mémoire, site: "990000028"}
# Fiches – repris : 1 ligne (ligne 24).
fiches:
  - {code: DEMO_1}
# Financements – caduc : fir-1 – Soutien : aucun montant dans la période du contrat (2025) (ligne
#   26).
# Financements – à redemander : les financements de la période et leurs arrêtés.
financements:
"""
    )
    assert result.stderr.replace("\u00a0", " ").splitlines()[0] == (
        "Contrat en cours : renouvellement à demander au plus tard le 30 juin 2029 ; terme le 30 "
        "juin 2030."
    )


def test_what_is_over_at_the_new_date_of_effect_lapses(mini_project: Path, cpom: Cpom) -> None:
    add_following_campaign(mini_project)
    change_file(mini_project / PROFILE, "date_fin: 2031-06-30", "date_fin: 2030-06-30")
    change_file(mini_project / PROFILE, "{2025: 19741.00}", "{2029: 10.00, 2030: 20.00}")
    with (mini_project / PROFILE).open("a", encoding="utf-8") as profile:
        profile.write(
            "reconnaissances:\n"
            "  - {code: R1, activite: Soins palliatifs, date_fin: 2030-06-29}\n"
            "  - {code: R2, activite: Douleur, date_fin: 2033-06-29}\n"
            "engagements:\n"
            "  - {theme: qualite, intitule: Certification, echeance: 2029}\n"
            "  - {theme: achats, intitule: Achats du groupement, echeance: 2031}\n"
            "autres_contrats:\n"
            "  - {nature: CAQES, intitule: Bon usage, date_fin: 2030-06-30}\n"
            "  - {nature: performance, intitule: Performance}\n"
        )
    sign(mini_project, cpom)
    found = told(mini_project, cpom)
    assert found["caduc"] == [
        "capacites : 2024 : trop ancien",
        "autorisations : 99-99-0001 : a pris fin le 30 juin 2030",
        "reconnaissances : R1 – Soins palliatifs : a pris fin le 29 juin 2030",
        "engagements : Certification : son échéance était 2029",
        "autres_contrats : Bon usage : a pris fin le 30 juin 2030",
    ]
    assert "financements : fir-1 – Soutien : sans les montants de 2029" in found["repris"]
    assert "reconnaissances : R2 – Douleur : prend fin le 29 juin 2033" in found["repris"]
    cpom(mini_project, "renew", "990000010@1", "--effect", "2030-07-01")
    text = (mini_project / NEXT).read_text(encoding="utf-8")
    assert "montants: {2030: 20.00}" in text
    for gone in ("2029: 10.00", "{code: R1", "intitule: Certification", "intitule: Bon usage"):
        assert gone not in text


def test_an_authorisation_that_never_started_is_asked_about(mini_project: Path, cpom: Cpom) -> None:
    add_following_campaign(mini_project)
    change_file(mini_project / PROFILE, "date_fin: 2031-06-30", "date_limite: 2029-06-30")
    sign(mini_project, cpom)
    assert (
        "autorisations : 99-99-0001 : sa mise en œuvre était attendue avant le 30 juin 2029"
        in told(mini_project, cpom)["a_redemander"]
    )


def test_a_sheet_of_the_same_catalogue_loses_what_was_negotiated(
    mini_project: Path, cpom: Cpom
) -> None:
    add_following_campaign(mini_project)
    target = "{annee: 2025, texte: 3 programmes, motif: accord, auteur: Agence}"
    change_file(mini_project / PROFILE, "{code: DEMO_1}", f"{{code: DEMO_1, cibles: [{target}]}}")
    sign(mini_project, cpom)
    assert "fiches : DEMO_1 : ses cibles négociées" in told(mini_project, cpom)["a_redemander"]
    cpom(mini_project, "renew", "990000010@1", "--effect", "2030-07-01")
    text = (mini_project / NEXT).read_text(encoding="utf-8")
    assert "  - {code: DEMO_1}\n" in text
    assert "3 programmes" not in text


def test_sheets_of_another_catalogue_lapse_and_are_to_be_chosen(signed: Path, cpom: Cpom) -> None:
    add_following_campaign(signed, "suite", "2030, 2031")
    sheets = signed / "fiches" / "suite"
    sheets.mkdir()
    text = (signed / "fiches" / "demo" / "DEMO_1.md").read_text(encoding="utf-8")
    for old, new in (("DEMO_1", "SUITE_1"), ("2025:", "2030:"), ("2026:", "2031:")):
        text = text.replace(old, new)
    (sheets / "SUITE_1.md").write_text(text, encoding="utf-8")
    found = told(signed, cpom)
    assert "fiches : DEMO_1 : fiche d’un autre catalogue" in found["caduc"]
    assert "fiches : à choisir dans le catalogue « suite »" in found["a_redemander"]


def test_a_line_of_the_registries_is_left_to_them_and_told_when_it_is_over(
    mini_project: Path, cpom: Cpom
) -> None:
    add_following_campaign(mini_project)
    imports = mini_project / "profiles" / "_imports"
    imports.mkdir()
    line = (mini_project / PROFILE).read_text(encoding="utf-8").split("autorisations:\n")[1]
    line = line.split("missions:")[0].replace("2031-06-30", "2030-01-31")
    (imports / "990000010.yaml").write_text(f"autorisations:\n{line}", encoding="utf-8")
    change_file(
        mini_project / PROFILE, f"autorisations:\n{line}".replace("2030-01-31", "2031-06-30"), ""
    )
    sign(mini_project, cpom)
    assert (
        "autorisations : 99-99-0001 : a pris fin le 31 janvier 2030 ; donnée des registres ou de "
        "la région, à actualiser à sa source" in told(mini_project, cpom)["a_redemander"]
    )
    cpom(mini_project, "renew", "990000010@1", "--effect", "2030-07-01")
    assert "99-99-0001\n" not in (mini_project / NEXT).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("990000010@9 --effect 2030-07-01", "« 990000010@9 » n’existe pas"),
        ("990000010@1 --effect 2030-06-30", "le chevaucherait de 1 jour"),
        ("990000010@1 --effect 2029-07-01", "le chevaucherait de 365 jours"),
        (
            "990000010@1 --effect 2032-01-01",
            "Aucune campagne ne couvre un contrat de type « etablissement » qui prend effet le "
            "1er janvier 2032. Campagnes connues : demo (etablissement, du 1er janvier 2025 au 31 "
            "décembre 2026) ; suite (",
        ),
        ("990000010@1 --effect 2030-07-01 --campaign demo", "La campagne « demo » ne convient pas"),
        ("990000010@1 --effect 2030-07-01 --code 990000010AA", "est celui d’un autre contrat"),
        ("990000010@1 --effect 2030-07-01 --out profiles/valmont.yaml", "existe déjà"),
        ("990000010@1 --effect 2030-07-01 --out absent/suite.yaml", "absent/suite.yaml"),
    ],
)
def test_a_renewal_that_cannot_be_is_refused_and_nothing_is_written(
    signed: Path, cpom: Cpom, options: str, message: str
) -> None:
    before = sorted((signed / "profiles").iterdir())
    result = cpom(signed, "renew", *options.split())
    assert (result.exit_code, result.stdout) == (1, "")
    assert message in result.stderr.replace("\u00a0", " ")
    assert sorted((signed / "profiles").iterdir()) == before


def test_a_contract_without_signed_version_says_what_there_is(
    mini_project: Path, cpom: Cpom
) -> None:
    add_following_campaign(mini_project)
    sign(mini_project, cpom, "envoye")
    result = cpom(mini_project, "renew", "990000010@1", "--effect", "2030-07-01")
    assert result.exit_code == 1
    assert result.stderr == (
        "Aucune version du contrat 990000010AA n’est signée : 990000010@1 (envoyé). Un "
        "renouvellement part de ce qui a été signé. « cpom store status 990000010@1 signe » le "
        "déclare.\n"
    )


def test_a_terminated_contract_is_not_renewed(signed: Path, cpom: Cpom) -> None:
    cpom(signed, "store", "status", "990000010@1", "resilie")
    result = cpom(signed, "renew", "990000010@1", "--effect", "2030-07-01")
    assert result.exit_code == 1
    assert "a été résiliée" in result.stderr


def test_the_last_signed_version_is_the_one_renewed(signed: Path, cpom: Cpom) -> None:
    change_file(signed / PROFILE, "2025: 19741.00", "2025: 20000.00")
    sign(signed, cpom)
    result = cpom(signed, "renew", "990000010@1", "--effect", "2030-07-01", "--dry-run")
    assert "La dernière version signée de ce contrat est 990000010@2" in result.stdout


def test_a_profile_changed_since_the_signature_is_told(signed: Path, cpom: Cpom) -> None:
    change_file(signed / PROFILE, "2025: 19741.00", "2025: 20000.00")
    result = cpom(signed, "renew", "990000010@1", "--effect", "2030-07-01", "--dry-run")
    assert (
        "« profiles/valmont.yaml » ne dit plus la même chose que la version signée 990000010@1 sur "
        "les financements" in result.stdout
    )


def test_the_profile_of_the_contract_is_found_by_its_code_or_named(
    signed: Path, cpom: Cpom
) -> None:
    kept = (signed / PROFILE).rename(signed / "profiles" / "ancien.yaml")
    change_file(kept, "990000010AA", "990000010ZZ")
    refused = cpom(signed, "renew", "990000010@1", "--effect", "2030-07-01")
    assert refused.exit_code == 1
    assert "Aucun profil du dossier « profiles » ne porte le code 990000010AA" in refused.stderr
    named = cpom(
        signed, "renew", "990000010@1", "--effect", "2030-07-01", "--profile", "ancien",
        "--code", "990000010AB", "--out", "profiles/suite.yaml",
    )  # fmt: skip
    assert named.exit_code == 0
    assert (signed / "profiles" / "suite.yaml").is_file()


def test_a_profile_of_another_establishment_is_refused(signed: Path, cpom: Cpom) -> None:
    other = signed / "profiles" / "autre.yaml"
    text = (signed / PROFILE).read_text(encoding="utf-8")
    other.write_text(text.replace('finess_ej: "990000010"', 'finess_ej: "990000119"'), "utf-8")
    result = cpom(signed, "renew", "990000010@1", "--effect", "2030-07-01", "--profile", "autre")
    assert result.exit_code == 1
    assert "est celui de l’établissement 990000119, pas 990000010" in result.stderr


def test_a_broken_profile_stops_the_renewal_with_its_problems(signed: Path, cpom: Cpom) -> None:
    change_file(signed / PROFILE, "statut: public", "statut: publique")
    result = cpom(signed, "renew", "990000010@1", "--effect", "2030-07-01")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "profiles/valmont.yaml:13:11: erreur [valeur-hors-liste]" in result.stderr
    assert not (signed / NEXT).exists()


def test_the_request_given_stands_in_the_next_profile_and_counts_as_a_deadline(
    signed: Path, cpom: Cpom
) -> None:
    command = ("renew", "990000010@1", "--effect", "2030-07-01", "--requested", "2029-06-20")
    assert cpom(signed, *command).exit_code == 0
    assert "date_demande: 2029-06-20" in (signed / NEXT).read_text(encoding="utf-8")
    found = json.loads(cpom(signed, "deadlines", "--on", "2029-07-01", "--json").stdout)
    assert [item["renouvellement_tacite"] for item in found["echeances"]] == ["2029-10-21"]
    again = cpom(signed, *command)
    assert again.exit_code == 1
    assert "« profiles/valmont-2030.yaml » existe déjà ; rien n’a été écrit" in again.stderr


def test_a_renewal_is_linked_by_the_profile_that_renew_wrote(signed: Path, cpom: Cpom) -> None:
    renewed = cpom(signed, "renew", "990000010@1", "--effect", "2030-07-01", "--on", "2029-01-01")
    path = renewed.stdout.splitlines()[-1]
    built = cpom(signed, "build", path, "--formats", "json", "--record")
    assert built.exit_code == 0, built.stderr
    assert "renouvellement, suite de 990000010@1" in built.stderr
    versions = json.loads(cpom(signed, "history", "990000010", "--json").stdout)["versions"]
    assert (versions[1]["kind"], versions[1]["parent"]) == ("renouvellement", "990000010@1")
