"""``cpom follow``: from the workbooks of a region to what is late, rated and handed over."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.followed_contracts import fill_workbook, make_followed_project
from tests.mini_project import CommandResult

Cpom = Callable[..., CommandResult]
NAME = "990000010AA-suivi-2025-centre-hospitalier-de-valmont-fictif.xlsx"
VALUES = {
    ("Objectifs", "F2"): 82,
    ("Objectifs", "H2"): "la directrice des soins",
    ("Objectifs", "K2"): "Grève de mars",
    ("Financements", "F2"): 19741,
    ("Financements", "G2"): 15000,
    ("Financements", "I2"): "le directeur financier",
}


@pytest.fixture(autouse=True)
def actor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)


@pytest.fixture
def followed(mini_project: Path) -> Path:
    """A working folder whose contract is signed and followed."""
    make_followed_project(mini_project).close()
    return mini_project


def declare(followed: Path, cpom: Cpom, *options: str) -> CommandResult:
    """Writes the workbook of 2025, fills it and reads it back."""
    written = cpom(followed, "follow", "workbook", "--year", "2025", "--on", "2026-02-01")
    assert written.exit_code == 0, written.stderr
    path = fill_workbook(followed / "output" / NAME, VALUES)
    return cpom(followed, "follow", "declare", str(path), "--on", "2026-03-01", *options)


def test_a_region_is_declared_followed_and_rated(followed: Path, cpom: Cpom) -> None:
    declared = declare(followed, cpom, "--contract", "990000010", "--year", "2025")
    assert declared.exit_code == 0, declared.stderr
    assert declared.stdout == f"{NAME} : contrat 990000010AA, 2025, 2\u00a0valeurs nouvelles\n"
    assert declared.stderr == "2\u00a0valeurs gardées au registre.\n"
    shown = cpom(
        followed, "follow", "show", "990000010", "--year", "2025", "--history", "--on", "2026-05-02"
    )
    lines = shown.stdout.splitlines()
    start = lines.index("  objectif RATE : Objectif RATE")
    said = (
        "Déclaré le 1er\u00a0mars\u00a02026 par la directrice des soins\u00a0: 82\u00a0% — "
        "Grève de mars"
    )
    assert lines[start + 1 : start + 6] == [
        "    Attendu\u00a0: 85 %",
        f"    {said}",
        "    Appréciation\u00a0: partiellement atteint, provisoire tant que l’agence n’a pas "
        "validé (au moins 75\u00a0% de la cible\u00a0: réalisé à 96,4\u00a0%, écart de 3\u00a0%)",
        "    Aucune preuve n’est donnée.",
        f"    · {said}",
    ]
    assert "    À récupérer\u00a0: 4\u00a0741,00\u00a0€" in lines
    assert lines[-1] == ("  Objectifs : 1 partiellement atteint, 7 sans appréciation, 1 sans objet")


def test_what_is_late_and_what_lacks_evidence_is_listed(followed: Path, cpom: Cpom) -> None:
    declare(followed, cpom)
    result = cpom(followed, "follow", "list", "--on", "2026-05-02")
    assert result.stdout.splitlines() == [
        "En retard : 8\u00a0lignes",
        "  990000010AA Centre hospitalier de Valmont (fictif), 2025 (avant le 31/03/2026) : COUNT, "
        "LESS, GROWTH, THIRDS, DAY, YES, STEP, 1\u00a0engagement",
        "Sans preuve : 2\u00a0valeurs",
        "  990000010AA Centre hospitalier de Valmont (fictif), 2025 (avant le 31/03/2026) : RATE, "
        "1\u00a0financement",
        "À récupérer : 1\u00a0financement",
        "  990000010AA fir-1, 2025 : 4\u00a0741,00\u00a0€",
    ]
    data = json.loads(cpom(followed, "follow", "list", "--json", "--on", "2026-05-02").stdout)
    assert (data["contrats"], len(data["en_retard"]), data["non_lus"]) == (1, 8, [])
    assert [row["a_recuperer"] for row in data["a_recuperer"]] == ["4741.00"]


def test_a_program_reads_the_lines(followed: Path, cpom: Cpom) -> None:
    result = declare(followed, cpom, "--json")
    assert json.loads(result.stdout)["classeurs"][0]["valeurs"] == 2
    shown = cpom(followed, "follow", "show", "990000010", "--json", "--on", "2026-05-02")
    rows = {row["code"]: row for row in json.loads(shown.stdout)["lignes"] if row["annee"] == 2025}
    assert rows["RATE"]["ecart"] == "-3"
    assert rows["RATE"]["appreciation"] == "partiellement atteint"


def test_errors_are_told_and_the_rest_is_kept_when_asked(followed: Path, cpom: Cpom) -> None:
    cpom(followed, "follow", "workbook", "990000010", "--year", "2025", "--on", "2026-02-01")
    path = fill_workbook(
        followed / "output" / NAME, {**VALUES, ("Objectifs", "F3"): 4, ("Objectifs", "F2"): 0.82}
    )
    arguments = ("follow", "declare", str(path), "--on", "2026-03-01", "--evidence", "output")
    refused = cpom(followed, *arguments)
    assert refused.exit_code == 1
    assert refused.stderr.splitlines()[0].startswith(
        f"{NAME}:2:6: erreur [unite-melangee] Feuille « Objectifs », cellule F2 : "
    )
    assert refused.stderr.endswith("Rien n’a été gardé.\n")
    dry = cpom(followed, *arguments, "--partial", "--dry-run")
    assert dry.stderr.endswith("Rien n’a été gardé.\n")
    partial = cpom(followed, *arguments, "--partial")
    assert partial.exit_code == 1
    assert partial.stderr.endswith("1\u00a0valeur gardée au registre.\n")


def test_the_agency_validates_with_a_workbook_of_its_own(followed: Path, cpom: Cpom) -> None:
    declare(followed, cpom)
    written = cpom(
        followed,
        *("follow", "workbook", "--for", "agence", "--year", "2025", "--out", "retour"),
        *("--on", "2026-04-15"),
    )
    path = followed / "retour" / NAME.replace("suivi", "validation")
    assert written.stdout == f"{path.relative_to(followed)}\n"
    fill_workbook(
        path, {("Objectifs", "L2"): 80, ("Objectifs", "N2"): "le chargé de contractualisation"}
    )
    refused = cpom(followed, "follow", "declare", str(path), "--on", "2026-04-20")
    assert "[classeur-autre-usage]" in refused.stderr
    options = ("--contract", "990000010AA", "--year", "2025", "--evidence", "retour")
    trial = cpom(
        followed,
        *("follow", "validate", str(path), *options, "--partial", "--dry-run", "--json"),
        *("--on", "2026-04-20"),
    )
    assert json.loads(trial.stdout)["garde"] is False
    done = cpom(followed, "follow", "validate", str(path), "--on", "2026-04-20")
    assert done.exit_code == 0, done.stderr
    shown = cpom(followed, "follow", "show", "990000010", "--year", "2025", "--on", "2026-05-02")
    assert "par le chargé de contractualisation\u00a0: 80\u00a0%" in shown.stdout


def test_the_follow_up_is_handed_over_in_chosen_columns(followed: Path, cpom: Cpom) -> None:
    declare(followed, cpom)
    (followed / "colonnes.yaml").write_text(
        "seulement: declarees\ncolonnes:\n  - {titre: Code, champ: code}\n"
        "  - {titre: Résultat, champ: valeur}\n",
        encoding="utf-8",
    )
    result = cpom(
        followed,
        *("follow", "export", "suivi.csv", "--columns", "colonnes.yaml", "--on", "2026-05-02"),
    )
    assert (result.exit_code, result.stderr) == (0, "2\u00a0lignes écrites.\n")
    assert (followed / "suivi.csv").read_text("utf-8-sig").splitlines() == [
        "Code;Résultat",
        "RATE;82\u00a0%",
        "fir-1;19\u00a0741,00\u00a0€",
    ]


def test_a_year_without_line_and_a_folder_without_store_are_told(
    followed: Path, cpom: Cpom
) -> None:
    result = cpom(followed, "follow", "workbook", "--year", "2029", "--on", "2026-02-01")
    assert result.exit_code == 1
    assert result.stderr == ("Aucun contrat en vigueur n’a quelque chose à suivre en 2029.\n")


EVALUATION = """\
contrat: 990000010AA
genre: mi-parcours
conclusions:
  cibles:
    - {fiche: DEMO_1, annee: 2026, texte: 3 programmes, type: nombre, valeur: 3,
       motif: Montée en charge, auteur: le chargé de mission}
"""


def test_an_evaluation_is_begun_reported_and_carried_to_the_profile(
    followed: Path, cpom: Cpom
) -> None:
    declare(followed, cpom)
    begun = cpom(
        followed,
        *("follow", "report", "990000010", "--new", "mi-parcours", "--file", "dossier.yaml"),
        *("--on", "2028-01-25"),
    )
    assert begun.stdout == "dossier.yaml\n"
    report = cpom(
        followed,
        *("follow", "report", "990000010", "--file", "dossier.yaml", "--formats", "html"),
        *("--out", "rapport", "--on", "2028-01-25"),
    )
    assert report.exit_code == 0, report.stderr
    stem = "990000010AA-evaluation-mi-parcours-centre-hospitalier-de-valmont-fictif"
    assert report.stdout.splitlines() == [
        f"rapport/{stem}.html",
        f"rapport/{stem}-trajectoires.html",
    ]
    assert report.stderr == (
        "À compléter dans le rapport : date de la réunion ; un avenant est-il nécessaire ?.\n"
    )
    refused = cpom(
        followed, "follow", "report", "990000010", "--file", "dossier.yaml", "--formats", "json"
    )
    assert refused.exit_code == 2
    (followed / "dossier.yaml").write_text(EVALUATION, encoding="utf-8")
    carried = cpom(followed, "follow", "carry", "valmont", "--file", "dossier.yaml")
    assert carried.exit_code == 0, carried.stderr
    assert carried.stderr.startswith("1\u00a0cible reportée.")
    assert "texte: 3 programmes" in (followed / "profiles/valmont.yaml").read_text("utf-8")


def test_the_region_is_shown_as_data_and_as_files(followed: Path, cpom: Cpom) -> None:
    declare(followed, cpom)
    data = json.loads(cpom(followed, "follow", "region", "--json", "--on", "2026-05-02").stdout)
    rate = next(item for item in data["fiches"] if item["fiche"] == "RATE")
    assert rate["appreciations"] == {"partiellement atteint": 1}
    assert rate["mediane"] == "96.4"
    options = ("--on", "2026-05-02", "--out", "region")
    written = cpom(followed, "follow", "region", "--formats", "xlsx", *options)
    assert written.stdout == "region/suivi-de-la-region.xlsx\n"
    assert cpom(followed, "follow", "region", "--formats", "pdf", *options).exit_code == 2


def test_the_evidence_comes_out_as_it_was_declared(followed: Path, cpom: Cpom) -> None:
    cpom(followed, "follow", "workbook", "--year", "2025", "--on", "2026-02-01")
    (followed / "output" / "bilan.pdf").write_bytes(b"%PDF bilan")
    changes = {**VALUES, ("Objectifs", "I2"): "bilan.pdf", ("Financements", "J2"): "arrêté"}
    path = fill_workbook(followed / "output" / NAME, changes)
    declared = cpom(followed, "follow", "declare", str(path), "--on", "2026-03-01")
    assert declared.exit_code == 1, "« arrêté » is the name of a file that is not there"
    changes |= {("Financements", "J2"): None, ("Financements", "K2"): "arrêté n° 12"}
    path = fill_workbook(path, changes)
    assert cpom(followed, "follow", "declare", str(path), "--on", "2026-03-01").exit_code == 0
    options = ("--out", "pieces", "--on", "2026-05-02")
    result = cpom(followed, "follow", "evidence", "990000010", *options)
    assert result.stdout == "pieces/2025-RATE-bilan.pdf\n"
    assert result.stderr == "1\u00a0preuve sans fichier : une référence seule.\n"
    assert (followed / "pieces" / "2025-RATE-bilan.pdf").read_bytes() == b"%PDF bilan"


DEMONSTRATION = """\
contrat: 990000408AA
genre: mi-parcours
conclusions:
  avenant: oui
  cibles:
    - {fiche: CPOM_OS_11, annee: 2029, texte: "+ 15 % d’admissions directes",
       type: increment_pourcentage, valeur: 15, motif: Montée en charge plus lente,
       auteur: le chargé de contractualisation, derogation: Recrutement retardé d’un an}
"""


def test_the_conclusions_of_an_evaluation_become_an_avenant(tmp_path: Path, cpom: Cpom) -> None:
    project = tmp_path / "dossier"
    assert cpom(tmp_path, "init", str(project)).exit_code == 0
    built = cpom(project, "build", "ch-demonstration", "--formats", "json", "--record")
    assert built.exit_code == 0, built.stderr
    assert cpom(project, "store", "status", "990000408@1", "signe").exit_code == 0
    (project / "evaluation.yaml").write_text(DEMONSTRATION, encoding="utf-8")
    carried = cpom(project, "follow", "carry", "ch-demonstration", "--file", "evaluation.yaml")
    assert carried.exit_code == 0, carried.stderr
    assert cpom(project, "build", "ch-demonstration", "--formats", "json").exit_code == 0
    (new,) = (project / "output").glob("990000408AA-v1-*.json")
    drafted = cpom(project, "amend", "990000408@1", str(new), "--json", "--formats", "json")
    avenant = json.loads(drafted.stdout)
    (operation,) = avenant["operations"]
    assert (operation["kind"], operation["where"]["sheet"]) == ("replace_row", "CPOM_OS_11")
    assert avenant["proof"]["apply_equals_new"] is True
