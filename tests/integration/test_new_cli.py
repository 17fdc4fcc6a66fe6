"""``cpom new``: a commented profile, that says what it asks and holds nobody else's data."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from contract_builder.model.field_help import get_field_help
from contract_builder.model.profile import ContractTerms, Profile
from contract_builder.model.record import iter_keys
from tests.conftest import ROOT
from tests.mini_project import CommandResult

Cpom = Callable[..., CommandResult]


def _asked_by_check(cpom: Cpom, project: Path, name: str) -> list[str]:
    """The keys that ``cpom check`` says are missing, in the order of the file."""
    result = cpom(project, "check", name, "--json")
    assert result.exit_code == 1
    problems = json.loads(result.stdout)["problemes"]
    assert {problem["code"] for problem in problems} == {"cle-manquante"}
    return [re.findall("« (.*?) »", problem["message"])[0] for problem in problems]


def test_check_names_exactly_what_a_new_profile_asks(mini_project: Path, cpom: Cpom) -> None:
    made = cpom(mini_project, "new", "neuf", "--finess", "990000119", "--json")
    data = json.loads(made.stdout)
    asked = [item["chemin"] for item in data["a_renseigner"]]
    assert asked == [
        "contrat.date_effet",
        "etablissement.raison_sociale",
        "etablissement.statut",
        "etablissement.categorie",
    ]
    assert data["profil"] == str(mini_project / "profiles" / "neuf.yaml")
    assert _asked_by_check(cpom, mini_project, "neuf") == [
        path.rpartition(".")[2] for path in asked
    ]


def test_each_key_stands_under_its_meaning_and_the_asked_ones_are_marked(
    mini_project: Path, cpom: Cpom
) -> None:
    cpom(mini_project, "new", "neuf")
    text = (mini_project / "profiles" / "neuf.yaml").read_text(encoding="utf-8")
    for key in iter_keys(ContractTerms):
        comment = re.search(rf"((?:  # .*\n)+)  {key.name}:", text)
        assert comment is not None
        told = " ".join(comment[1].replace("  # ", "").split())
        assert get_field_help(ContractTerms, key.name).label in told
        assert get_field_help(ContractTerms, key.name).meaning in told
        assert ("À RENSEIGNER" in told) == key.is_required
    given = ("ars", "prs")  # by the region
    for key in iter_keys(Profile):
        assert (re.search(rf"^{key.name}:", text, re.M) is None) == (key.name in given)


def test_a_new_profile_without_region_asks_for_the_agency(mini_project: Path, cpom: Cpom) -> None:
    (mini_project / "profiles" / "_region.yaml").unlink()
    made = cpom(mini_project, "new", "neuf", "--finess", "990000119")
    assert "ars.nom – Nom de l’agence" in made.stderr
    assert "ars.representant.fonction – Fonction" in made.stderr
    assert _asked_by_check(cpom, mini_project, "neuf")[:2] == ["nom", "fonction"]


def test_what_the_registries_say_is_not_asked(mini_project: Path, cpom: Cpom) -> None:
    layer = mini_project / "profiles" / "_imports" / "990000119.yaml"
    layer.parent.mkdir()
    layer.write_text(
        "etablissement:\n  raison_sociale: HOPITAL DE BOURG\n  statut: public\n  categorie: ch\n"
        'sites:\n  - {finess_et: "990000127", nom: Site de Bourg}\n',
        encoding="utf-8",
    )
    made = json.loads(cpom(mini_project, "new", "--finess", "99 000 0119", "--json").stdout)
    assert made["registres"] is True
    assert [item["chemin"] for item in made["a_renseigner"]] == ["contrat.date_effet"]
    path = mini_project / "profiles" / "990000119.yaml"
    text = path.read_text(encoding="utf-8")
    told = " ".join(text.replace("  # ", "").split())
    assert "Déjà dit par les registres ou la région : « HOPITAL DE BOURG »." in told
    path.write_text(text.replace("  date_effet:", "  date_effet: 2025-07-01"), encoding="utf-8")
    assert cpom(mini_project, "check", "990000119").exit_code == 0
    explained = cpom(mini_project, "explain", "990000119", "etablissement.raison_sociale").stdout
    assert "HOPITAL DE BOURG   [registres" in explained


def test_another_profile_gives_what_is_common_and_nothing_of_its_own(
    tmp_path: Path, cpom: Cpom
) -> None:
    project = tmp_path / "dossier"
    cpom(tmp_path, "init", str(project))
    source = "ch-demonstration"
    cpom(project, "new", "neuf", "--finess", "990000911", "--from", source)
    text = (project / "profiles" / "neuf.yaml").read_text(encoding="utf-8")
    written = [line for line in text.splitlines() if line.strip() and line.strip()[0] != "#"]
    assert "campagne: occitanie-2025-2029" in written
    assert "  date_effet: 2025-07-01" in written
    assert "  - {code: CPOM_CT_3}" in written
    other = (project / "profiles" / f"{source}.yaml").read_text(encoding="utf-8")
    particular = set(re.findall(r"\d{9,}|\d+\.\d\d\b|99-99-[\w]+|DEMO-[\d-]+|QA\d+", other))
    particular |= {"Modèle-sur-Rive", "Exempleville", "Pharmacie", "740", "GHT de Démonstration"}
    assert {item for item in particular if item in text} == set()
    assert source not in text
    assert _asked_by_check(cpom, project, "neuf") == ["raison_sociale", "statut", "categorie"]


@pytest.mark.parametrize(
    ("kind", "campaign"), [("titulaire", "paca-titulaires"), ("partenaire", "urps-paca")]
)
def test_each_type_of_contract_has_its_campaign(
    tmp_path: Path, cpom: Cpom, kind: str, campaign: str
) -> None:
    project = tmp_path / "dossier"
    cpom(tmp_path, "init", str(project))
    cpom(project, "new", "neuf", "--type", kind)
    text = (project / "profiles" / "neuf.yaml").read_text(encoding="utf-8")
    assert f"\ntype_contrat: {kind}\n" in text
    assert f"\ncampagne: {campaign}\n" in text
    assert ("\n  categorie_titulaire:\n" in text) == (kind == "titulaire")
    assert "code" in _asked_by_check(cpom, project, "neuf")


def test_a_file_that_exists_is_never_overwritten(mini_project: Path, cpom: Cpom) -> None:
    path = mini_project / "profiles" / "valmont.yaml"
    before = path.read_bytes()
    refused = cpom(mini_project, "new", "valmont", "--finess", "990000119")
    assert refused.exit_code == 1
    assert "existe déjà ; rien n’a été écrit" in refused.stderr
    assert path.read_bytes() == before


def test_a_second_profile_of_an_establishment_gets_the_next_code_and_is_told(
    mini_project: Path, cpom: Cpom
) -> None:
    made = cpom(mini_project, "new", "suite", "--finess", "990000010")
    assert "« profiles/valmont.yaml » décrit déjà cet établissement." in made.stderr
    assert "code: 990000010AB" in (mini_project / "profiles" / "suite.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Donnez un nom"),
        (("--finess", "12"), "n’est pas un numéro FINESS"),
        (("../ailleurs",), "ne peut nommer un profil"),
        (("_region",), "ne peut nommer un profil"),
        (("neuf", "--type", "autre"), "n’existe pas ; types : etablissement"),
        (("neuf", "--from", "absent"), "Le profil « absent » n’existe pas"),
    ],
)
def test_what_does_not_hold_is_refused_and_nothing_is_written(
    mini_project: Path, cpom: Cpom, arguments: tuple[str, ...], said: str
) -> None:
    before = sorted(mini_project.rglob("*"))
    refused = cpom(mini_project, "new", *arguments)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert sorted(mini_project.rglob("*")) == before


def test_the_new_command_leaves_the_repository_alone(cpom: Cpom) -> None:
    assert cpom(ROOT, "new", "chu-demonstration").exit_code == 1
