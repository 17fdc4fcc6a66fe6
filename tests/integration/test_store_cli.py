"""The commands of the store, as typed: what they print, where, and their exit codes."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from contract_builder.store.location import STORE_FILE
from tests.mini_project import CommandResult
from tests.unit.store.engines import make_engine
from tests.unit.store.samples import contract_json

Cpom = Callable[..., CommandResult]
EJ = "990000011"


@pytest.fixture(autouse=True)
def actor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A working folder with three contracts: a draft, its next draft, a renewal."""
    folder = tmp_path / "projet"
    (folder / "clause_library").mkdir(parents=True)
    (folder / "un.json").write_bytes(contract_json("1"))
    (folder / "deux.json").write_bytes(contract_json("2"))
    following = {"effective_date": date(2030, 7, 1), "end_date": date(2035, 6, 30)}
    (folder / "suivant.json").write_bytes(contract_json("3", code="990000011AB", **following))
    return folder


@pytest.fixture
def recorded(project: Path, cpom: Cpom) -> Path:
    """The project with « un » and « deux » recorded."""
    for name in ("un.json", "deux.json"):
        assert cpom(project, "record", name).exit_code == 0
    return project


def history_of(project: Path, cpom: Cpom) -> list[dict[str, object]]:
    result = cpom(project, "history", EJ, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    data = json.loads(result.stdout)
    assert data["finess_ej"] == EJ
    versions: list[dict[str, object]] = data["versions"]
    return versions


def anchor_line(project: Path) -> str:
    """What is printed of the anchor: the one that is noted beside the database."""
    noted = (project / f"{STORE_FILE}.repere").read_text("utf-8")
    return f"Repère du journal, à garder aussi ailleurs : {noted}"


def test_record_prints_the_reference_alone(project: Path, cpom: Cpom) -> None:
    result = cpom(project, "record", "un.json")
    assert result == CommandResult(
        0,
        "990000011@1\n",
        "Version 990000011@1 enregistrée : contrat 990000011AA, contrat initial, statut "
        f"« projet ».\n{anchor_line(project)}",
    )


def test_recording_the_same_contract_moves_its_status_forward(project: Path, cpom: Cpom) -> None:
    cpom(project, "record", "un.json")
    result = cpom(project, "record", "un.json", "--status", "envoye")
    assert result.stdout == "990000011@1\n"
    assert result.stderr == (
        "Version 990000011@1 déjà enregistrée : contrat 990000011AA, contrat initial, statut "
        "« envoyé ».\n"
        "À savoir : les documents de cette version portent le statut « projet ».\n"
        f"{anchor_line(project)}"
    )
    back = cpom(project, "record", "un.json", "--status", "projet")
    assert (back.exit_code, back.stdout) == (1, "")
    assert "ne peut devenir que « signé », pas « projet »" in back.stderr


def test_a_built_contract_is_recorded_and_shown_byte_for_byte(
    mini_project: Path, cpom: Cpom
) -> None:
    built = cpom(mini_project, "build", "valmont", "--formats", "json")
    path = Path(built.stdout.strip())
    reference = cpom(mini_project, "record", str(path)).stdout.strip()
    shown = cpom(mini_project, "show", reference, "--json")
    assert shown.stdout.encode() == path.read_bytes()


def test_a_build_that_records_keeps_the_hashes_of_documents_and_templates(
    mini_project: Path, cpom: Cpom
) -> None:
    built = cpom(mini_project, "build", "valmont", "--formats", "docx,json", "--record")
    written = [Path(line) for line in built.stdout.splitlines()]
    templates = [mini_project / "templates" / name for name in ("contrat.docx", "contrat.typ")]
    data = json.loads(cpom(mini_project, "history", "990000010", "--json").stdout)
    (version,) = data["versions"]
    assert {(item["role"], item["name"], item["sha256"]) for item in version["files"]} == {
        (role, path.name, sha256(path.read_bytes()).hexdigest())
        for role, paths in (("document", written), ("modele", templates))
        for path in paths
    }
    shown = cpom(mini_project, "show", version["reference"]).stdout
    assert shown.index("documents :") < shown.index("modèles :") < shown.index("contrat.typ")


def test_the_kind_of_a_version_may_be_given(recorded: Path, cpom: Cpom) -> None:
    assert cpom(recorded, "record", "suivant.json", "--kind", "avenant").exit_code == 0
    assert [item["kind"] for item in history_of(recorded, cpom)] == [
        "initial",
        "initial",
        "avenant",
    ]


def test_a_contract_indented_by_hand_is_the_same_version(project: Path, cpom: Cpom) -> None:
    cpom(project, "record", "un.json")
    indented = json.dumps(json.loads(contract_json("1")), indent=2)
    (project / "indente.json").write_text(indented, encoding="utf-8")
    assert cpom(project, "record", "indente.json").stdout == "990000011@1\n"


def test_history_lists_the_versions(recorded: Path, cpom: Cpom) -> None:
    cpom(recorded, "store", "status", "990000011@2", "signe")
    cpom(recorded, "record", "suivant.json", "--parent", "990000011@2")
    result = cpom(recorded, "history", EJ)
    dated = re.sub(r"  \d{2}/\d{2}/\d{4}$", "  DATE", result.stdout, flags=re.MULTILINE)
    deadline = "  échéance : renouvellement à demander au plus tard le 30 juin 2029"
    assert [line.partition(" ; ")[0] for line in dated.replace("\u00a0", " ").splitlines()] == [
        "990000011AA (etablissement), du 01/07/2025 au 30/06/2030",
        "  990000011@1  contrat initial  projet  DATE",
        "  990000011@2  contrat initial, suite de 990000011@1  signé, en vigueur  DATE",
        deadline,
        "990000011AB (etablissement), du 01/07/2030 au 30/06/2035",
        "  990000011@3  renouvellement, suite de 990000011@2  projet  DATE",
    ]


def test_history_gives_data_to_programs(recorded: Path, cpom: Cpom) -> None:
    cpom(recorded, "record", "deux.json", "--status", "signe", "--document", "un.json")
    first, second = history_of(recorded, cpom)
    assert (first["reference"], first["number"], first["parent"]) == ("990000011@1", 1, None)
    assert (second["parent"], second["status"], second["kind"]) == (
        "990000011@1",
        "signe",
        "initial",
    )
    assert second["statuses"][0]["actor"] == "cellule contractualisation"  # type: ignore[index]
    assert [status["status"] for status in second["statuses"]] == ["projet", "signe"]  # type: ignore[attr-defined]
    assert second["files"] == [
        {"role": "document", "name": "un.json", "sha256": first["sha256"]},
    ]
    assert re.fullmatch(r"[\d-]+T[\d:.]+\+00:00", str(second["recorded_at"]))


def test_show_tells_what_is_known_of_a_version(recorded: Path, cpom: Cpom) -> None:
    cpom(recorded, "record", "deux.json", "--status", "signe", "--document", "un.json")
    (first, second) = history_of(recorded, cpom)
    cpom(recorded, "record", "suivant.json", "--parent", "990000011@2")
    text = cpom(recorded, "show", "990000011@2").stdout.replace("\u00a0", " ")
    assert re.sub(r"\d\d/\d\d/\d{4} à \d\d:\d\d", "DATE", text).splitlines() == [
        "990000011@2 – contrat 990000011AA (etablissement)",
        "nature : contrat initial",
        "période : du 01/07/2025 au 30/06/2030",
        "état : en vigueur",
        "version de départ : 990000011@1",
        "versions qui en partent : 990000011@3",
        "échéance : renouvellement à demander au plus tard le 30 juin 2029 ; terme le 30 juin "
        "2030 ; contrat suivant en préparation : 990000011@3",
        f"empreinte du contrat (SHA-256) : {second['sha256']}",
        "bibliothèque : non précisée",
        "statuts :",
        "  projet, le DATE (UTC), par cellule contractualisation",
        "  signé, le DATE (UTC), par cellule contractualisation",
        "documents :",
        f"  un.json : {first['sha256']}",
    ]


@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        ("record absent.json", 1, "« absent.json » ne peut être lu : ce chemin n’existe pas."),
        ("record clause_library", 1, "« clause_library » ne peut être lu : c’est un dossier."),
        ("record vide.json", 1, "« vide.json » ne peut pas être enregistré. Ce fichier"),
        (
            "record futur.json",
            1,
            "« futur.json » ne peut pas être enregistré. Ce contrat est écrit",
        ),
        ("record coupe.json", 1, "« coupe.json » ne peut pas être enregistré."),
        ("record suivant.json --parent 990000011@9", 1, "« 990000011@9 » n’existe pas"),
        ("record un.json --parent trois", 2, "« trois » n’est pas une référence de version"),
        ("record un.json --status echu", 2, "echu"),
        ("record un.json --document absent.pdf", 1, "« absent.pdf » ne peut être lu"),
        ("history 990000029", 1, "Aucun contrat de l’entité juridique 990000029"),
        ("history 99", 2, "« 99 » n’est pas un n° FINESS"),
        ("show 990000011@7 --json", 1, "la dernière de l’entité juridique 990000011 est"),
        ("show deux.json", 2, "n’est pas une référence de version"),
        ("store status 990000011@1 echu", 1, "ne peut devenir que « envoyé » ou « signé »"),
        ("store verify --anchor 7", 2, "« 7 » n’est pas un repère du journal"),
        ("store import absent", 1, "« absent » ne contient pas d’export du registre"),
        ("store export un.json", 1, "Impossible d’écrire dans « un.json »"),
    ],
)
def test_a_wrong_request_is_told_and_changes_nothing(
    recorded: Path, cpom: Cpom, command: str, code: int, message: str
) -> None:
    (recorded / "vide.json").write_bytes(b"")
    (recorded / "coupe.json").write_bytes(contract_json("1")[:-300])
    futur = contract_json("1").replace(b'"schema_version":2', b'"schema_version":9')
    (recorded / "futur.json").write_bytes(futur)
    before = cpom(recorded, "store", "verify").stdout
    result = cpom(recorded, *command.split())
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert cpom(recorded, "store", "verify").stdout == before


@pytest.mark.parametrize(
    "command", [f"history {EJ}", f"show {EJ}@1", "store verify", "store export dossier"]
)
def test_reading_where_nothing_was_recorded_makes_no_store(
    project: Path, cpom: Cpom, command: str
) -> None:
    result = cpom(project, *command.split())
    assert result.exit_code == 1
    assert "Aucune version n’est encore enregistrée" in result.stderr
    assert not (project / "output").exists()


def test_who_records_must_be_known(
    project: Path, cpom: Cpom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "a\x07b")
    result = cpom(project, "record", "un.json")
    assert result.exit_code == 1
    assert "Le nom de qui enregistre" in result.stderr


def test_the_session_tells_who_records_unless_named(
    project: Path, cpom: Cpom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CPOM_ACTOR")
    monkeypatch.setenv("LOGNAME", "poste-12")
    cpom(project, "record", "un.json")
    assert history_of(project, cpom)[0]["statuses"][0]["actor"] == "poste-12"  # type: ignore[index]


def test_verify_prints_an_anchor_that_later_ones_must_pass(recorded: Path, cpom: Cpom) -> None:
    first = cpom(recorded, "store", "verify")
    assert first.exit_code == 0
    assert re.fullmatch(r"2:[0-9a-f]{64}\n", first.stdout)
    cpom(recorded, "record", "suivant.json")
    again = cpom(recorded, "store", "verify", "--anchor", first.stdout.strip())
    assert again.exit_code == 0
    told = "Registre intact : 3 versions, 3 écritures au journal, qui passe par le repère donné."
    assert told in again.stderr


def test_verify_lists_what_was_changed(recorded: Path, cpom: Cpom) -> None:
    database = sqlite3.connect(recorded / STORE_FILE)
    database.execute("DROP TRIGGER cpom_version_no_update")
    database.execute("UPDATE cpom_version SET kind = 'avenant' WHERE number = 2")
    database.commit()
    database.close()
    result = cpom(recorded, "store", "verify")
    assert (result.exit_code, result.stdout) == (1, "")
    lines = result.stderr.splitlines()
    assert "La protection « cpom_version_no_update »" in lines[0]
    assert "Les tables ne disent plus ce que dit l’écriture n° 2 du journal" in lines[1]
    assert lines[2].startswith("Le registre n’est plus tel qu’il a été écrit")


def test_an_export_is_taken_over_by_another_project(
    recorded: Path, cpom: Cpom, tmp_path: Path
) -> None:
    assert cpom(recorded, "store", "export", "dossier").stdout == "dossier\n"
    folder = recorded / "dossier"
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.json*"))
    assert names == ["journal.jsonl", "versions/990000011/1.json", "versions/990000011/2.json"]
    anchor = cpom(recorded, "store", "verify").stdout
    other = tmp_path / "autre"
    (other / "clause_library").mkdir(parents=True)
    taken = cpom(other, "store", "import", str(recorded / "dossier"))
    assert (taken.exit_code, taken.stdout) == (0, "")
    assert taken.stderr == (
        "Export repris : 2 écritures nouvelles, 0 écriture déjà connue.\n" + anchor_line(other)
    )
    assert cpom(other, "store", "verify").stdout == anchor
    assert history_of(other, cpom) == history_of(recorded, cpom)


def test_an_export_goes_on_in_the_same_folder(recorded: Path, cpom: Cpom) -> None:
    cpom(recorded, "store", "export", "dossier")
    cpom(recorded, "record", "suivant.json")
    assert cpom(recorded, "store", "export", "dossier").exit_code == 0
    taken = cpom(recorded, "store", "import", "dossier")
    assert taken.stderr == (
        "Export repris : 0 écriture nouvelle, 3 écritures déjà connues.\n" + anchor_line(recorded)
    )


def test_an_export_that_was_cut_short_is_done_again(recorded: Path, cpom: Cpom) -> None:
    cpom(recorded, "store", "export", "dossier")
    (recorded / "dossier" / "journal.jsonl").unlink()
    (recorded / "dossier" / "versions" / EJ / "2.json").unlink()
    assert cpom(recorded, "store", "export", "dossier").exit_code == 0
    assert cpom(recorded, "store", "import", "dossier").exit_code == 0


@pytest.mark.parametrize("name", ["journal.jsonl", f"versions/{EJ}/2.json"])
def test_an_export_never_writes_over_what_was_changed(
    recorded: Path, cpom: Cpom, name: str
) -> None:
    cpom(recorded, "store", "export", "dossier")
    path = recorded / "dossier" / name
    changed = path.read_bytes().replace(b"990000011AA", b"990000011ZZ")
    path.write_bytes(changed)
    result = cpom(recorded, "store", "export", "dossier")
    assert result.exit_code == 1
    assert "choisissez un autre dossier" in result.stderr.lower()
    assert path.read_bytes() == changed


def test_an_export_that_was_changed_is_refused_whole(
    recorded: Path, cpom: Cpom, tmp_path: Path
) -> None:
    cpom(recorded, "store", "export", "dossier")
    other = tmp_path / "autre"
    (other / "clause_library").mkdir(parents=True)
    path = recorded / "dossier" / "versions" / EJ / "2.json"
    path.write_bytes(path.read_bytes().replace(b"1234567.89", b"9234567.89"))
    changed = cpom(other, "store", "import", str(recorded / "dossier"))
    path.unlink()
    missing = cpom(other, "store", "import", str(recorded / "dossier"))
    assert (changed.exit_code, missing.exit_code) == (1, 1)
    assert "le contrat « 990000011@2 » n’est pas celui du journal" in changed.stderr
    assert "L’export est incomplet, rien n’a été importé" in missing.stderr
    assert cpom(other, "history", EJ).exit_code == 1


def test_commands_that_need_no_store_do_not_load_django() -> None:
    program = (
        "import sys; from contract_builder.cli import make_parser; make_parser(); "
        "import contract_builder.services.keeping; sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_commands_work_on_postgresql(
    project: Path, cpom: Cpom, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine("postgresql", project)
    monkeypatch.setenv("CPOM_DATABASE_URL", engine.environ["CPOM_DATABASE_URL"])
    assert cpom(project, "record", "un.json").stdout == "990000011@1\n"
    assert cpom(project, "show", "990000011@1", "--json").stdout.encode() == contract_json("1")
    assert cpom(project, "store", "verify").exit_code == 0
    (noted,) = (project / "output").iterdir()
    assert re.fullmatch(r"cpom-[A-Za-z0-9.-]+\.repere", noted.name)
