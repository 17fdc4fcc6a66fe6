"""``cpom consolidate`` as typed: the text in force, where it comes from, and what is refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from contract_builder.amend.numberless import say_the_same_but_numbers
from contract_builder.model.blocks import Block
from contract_builder.model.contract import Contract, Section
from contract_builder.render.json import parse_contract, render_json
from contract_builder.render.pdf.attachment import find_attachment
from tests.contract_samples import paragraph
from tests.mini_project import CommandResult
from tests.unit.amend.operation_samples import old_contract, table

Cpom = Callable[..., CommandResult]
DRAFT = old_contract()
OLD = replace(DRAFT, header=replace(DRAFT.header, status="signe"))
_MONEY = ("K", "1"), ("", "2"), ("K", "3")


def _with(contract: Contract, version: int, **blocks: tuple[Block, ...]) -> Contract:
    def change(section: Section) -> Section:
        children = tuple(change(child) for child in section.children)
        own = blocks.get(section.id.replace("-", "_").replace(".", "_"), section.blocks)
        return replace(section, blocks=own, children=children)

    header = replace(contract.header, version=version)
    return replace(contract, header=header, sections=tuple(map(change, contract.sections)))


SECOND = _with(
    OLD,
    2,
    clause_6_1=(paragraph("Un."), paragraph("Deux mots."), paragraph("Trois.")),
    a_5=(
        paragraph("M."),
        table("argent", "Échéancier « FIR »", *_MONEY, ("L", "4"), notes=("N.",)),
    ),
)
THIRD = _with(SECOND, 3, clause_6_2_1_A=(paragraph("Texte ajouté puis changé."),), p_1=())
OTHER = _with(OLD, 2, p_2=(paragraph("Z. Et la suite."),))
CLASH = _with(OLD, 2, clause_6_1=(paragraph("Un."), paragraph("Deux ans."), paragraph("Trois.")))


@pytest.fixture(autouse=True)
def actor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPOM_ACTOR", "cellule contractualisation")
    monkeypatch.delenv("CPOM_DATABASE_URL", raising=False)


@pytest.fixture
def project(mini_project: Path) -> Path:
    """The mini project with the contracts of one establishment on file."""
    contracts = {"un": OLD, "deux": SECOND, "trois": THIRD, "autre": OTHER, "heurt": CLASH}
    for name, contract in contracts.items():
        (mini_project / f"{name}.json").write_bytes(render_json(contract))
    return mini_project


@pytest.fixture
def amend(project: Path, cpom: Cpom) -> Callable[..., Path]:
    """Drafts an avenant between two of the contracts and gives its JSON file."""

    def draft(old: str, new: str, number: int, *options: str) -> Path:
        out = project / f"{old}-{new}"
        sides = (str(project / f"{name}.json") for name in (old, new))
        dates = ("--date", f"2026-0{number}-01", "--number", str(number))
        done = cpom(
            project, "amend", *sides, *dates, *options, "--formats", "json", "--out", str(out)
        )
        assert done.exit_code == 0, done.stderr
        (path,) = out.glob("*-fictif.json")
        return path

    return draft


def _consolidate(project: Path, cpom: Cpom, *words: object) -> CommandResult:
    return cpom(project, "consolidate", str(project / "un.json"), *map(str, words))


def test_two_avenants_give_the_last_contract(
    project: Path, cpom: Cpom, amend: Callable[..., Path]
) -> None:
    paths = amend("un", "deux", 1), amend("deux", "trois", 2)
    result = _consolidate(project, cpom, *paths, "--json")
    assert result.exit_code == 0, result.stderr
    made = parse_contract(result.stdout.encode())
    assert say_the_same_but_numbers(made, THIRD)
    assert made.header.status == "signe"
    assert "1er\u00a0février\u00a02026 : avenants n°\u00a01 et n°\u00a02." in result.stderr
    assert not (project / "output").exists()


def test_a_day_leaves_what_has_not_taken_effect(
    project: Path, cpom: Cpom, amend: Callable[..., Path]
) -> None:
    paths = amend("un", "deux", 1), amend("deux", "trois", 2)
    result = _consolidate(project, cpom, *paths, "--on", "2026-01-31", "--json")
    assert say_the_same_but_numbers(parse_contract(result.stdout.encode()), SECOND)
    assert "l’avenant n°\u00a02 ne prend effet que le 1er\u00a0février" in result.stderr


def test_every_document_says_where_each_passage_comes_from(
    project: Path, cpom: Cpom, amend: Callable[..., Path]
) -> None:
    paths = amend("un", "deux", 1), amend("deux", "trois", 2)
    out = project / "texte"
    result = _consolidate(project, cpom, *paths, "--out", out)
    assert result.exit_code == 0, result.stderr
    written = [Path(line) for line in result.stdout.splitlines()]
    assert [path.suffix for path in written] == [".docx", ".pdf", ".html", ".json"]
    page = written[2].read_text(encoding="utf-8")
    assert "Texte consolidé au 1er\u00a0février\u00a02026" in page
    assert "Avenant n°\u00a01 du 1er\u00a0janvier\u00a02026, article\u00a02." in page
    assert "Avenant n°\u00a02 du 1er\u00a0février\u00a02026, article\u00a02" in page
    assert "Origine des modifications" in page
    assert "Il n’est pas signé" in page
    word = docx.Document(str(written[0]))
    assert any("Texte consolidé au" in item.text for item in word.paragraphs)
    assert "Avenant n°" not in written[3].read_text(encoding="utf-8")
    assert say_the_same_but_numbers(parse_contract(written[3].read_bytes()), THIRD)


def test_avenants_of_one_text_that_touch_other_places_are_merged(
    project: Path, cpom: Cpom, amend: Callable[..., Path]
) -> None:
    paths = amend("un", "deux", 1), amend("un", "autre", 2)
    result = _consolidate(project, cpom, *paths, "--json")
    assert result.exit_code == 0, result.stderr
    both = _with(SECOND, 3, p_2=(paragraph("Z. Et la suite."),))
    assert say_the_same_but_numbers(parse_contract(result.stdout.encode()), both)


def _refused(result: CommandResult, project: Path) -> str:
    assert (result.exit_code, result.stdout) == (1, ""), result.stderr
    assert not list((project / "output").glob("*consolide*"))
    return result.stderr.replace("\u00a0", " ")


def test_avenants_of_one_text_that_change_one_passage_are_told(
    project: Path, cpom: Cpom, amend: Callable[..., Path]
) -> None:
    paths = amend("un", "deux", 1), amend("un", "heurt", 2)
    told = _refused(_consolidate(project, cpom, *paths), project)
    assert "n° 1 et n° 2 ont été rédigés à partir du même texte" in told
    assert "l’article 6.1 (alinéa 2)" in told


def test_an_avenant_given_twice_is_told(
    project: Path, cpom: Cpom, amend: Callable[..., Path]
) -> None:
    path = amend("un", "deux", 1)
    told = _refused(_consolidate(project, cpom, path, path), project)
    assert "L’avenant n° 1 est donné deux fois" in told


def test_an_avenant_out_of_order_is_told(
    project: Path, cpom: Cpom, amend: Callable[..., Path]
) -> None:
    paths = amend("deux", "trois", 2), amend("un", "deux", 1)
    told = _refused(_consolidate(project, cpom, *paths), project)
    assert "donnez l’avenant n° 1 avant lui" in told


def test_an_avenant_of_another_text_is_told(
    project: Path, cpom: Cpom, amend: Callable[..., Path]
) -> None:
    told = _refused(_consolidate(project, cpom, amend("deux", "trois", 2)), project)
    assert "a été rédigé pour un autre texte" in told


def test_an_avenant_that_the_contract_has_already_is_told(
    project: Path, cpom: Cpom, amend: Callable[..., Path]
) -> None:
    path = amend("un", "deux", 1)
    result = cpom(project, "consolidate", str(project / "deux.json"), str(path))
    assert "est déjà dans le contrat donné" in _refused(result, project)


def test_a_file_changed_since_its_proof_is_told(
    project: Path, cpom: Cpom, amend: Callable[..., Path]
) -> None:
    path = amend("un", "deux", 1)
    path.write_text(path.read_text(encoding="utf-8").replace('"4"', '"9"'), encoding="utf-8")
    told = _refused(_consolidate(project, cpom, path), project)
    assert "la preuve qui se trouve à côté porte une autre empreinte" in told


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data["proof"].update(apply_equals_new=False), "n’a pas été prouvé"),
        (lambda data: data["operations"][0].update(new="mille"), "n’ordonne plus"),
        (lambda data: data["operations"][-1].update(new=[["L", "9"]]), "n’ordonne plus"),
        (lambda data: data["operations"][0].update(old="Absent", sentence="x"), "n’ordonne plus"),
        (lambda data: data.pop("number"), "il manque « number »"),
    ],
    ids=["proof", "words", "rows", "quotation", "key"],
)
def test_a_tampered_file_without_its_proof_is_told(
    project: Path,
    cpom: Cpom,
    amend: Callable[..., Path],
    change: Callable[[dict[str, object]], object],
    said: str,
) -> None:
    data = json.loads(amend("un", "deux", 1).read_bytes())
    change(data)
    path = project / "seul.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert said in _refused(_consolidate(project, cpom, path), project)


def test_a_file_that_is_no_avenant_is_told(project: Path, cpom: Cpom) -> None:
    told = _refused(_consolidate(project, cpom, project / "deux.json"), project)
    assert "Ce fichier JSON n’est pas un avenant." in told


def test_an_unsigned_contract_is_refused(project: Path, cpom: Cpom) -> None:
    (project / "un.json").write_bytes(render_json(DRAFT))
    told = _refused(_consolidate(project, cpom, project / "deux.json"), project)
    assert "Un texte consolidé part d’un contrat signé" in told


def test_a_file_alone_asks_for_its_avenants(project: Path, cpom: Cpom) -> None:
    result = _consolidate(project, cpom)
    assert result.exit_code == 2
    assert "Il manque les avenants" in result.stderr


@pytest.fixture
def stored(project: Path, cpom: Cpom) -> Path:
    """The project whose store has the contract and two signed avenants, of January and March."""
    assert cpom(project, "record", str(project / "un.json")).exit_code == 0
    for new, number, day in (("deux", 1, "2026-01-01"), ("trois", 2, "2026-03-01")):
        options = ("--record", "--date", day, "--number", str(number), "--formats", "json")
        done = cpom(
            project, "amend", f"990000011@{number}", str(project / f"{new}.json"), *options,
            "--out", str(project / f"stored-{number}"),
        )  # fmt: skip
        assert done.exit_code == 0, done.stderr
    return project


@pytest.mark.parametrize(
    ("day", "meant", "taken"),
    [
        ("2025-12-31", OLD, "aucun avenant"),
        ("2026-02-28", SECOND, "avenant n°\u00a01"),
        ("2026-03-01", THIRD, "avenants n°\u00a01 et n°\u00a02"),
    ],
)
def test_the_store_says_what_was_in_force_on_a_day(
    stored: Path, cpom: Cpom, day: str, meant: Contract, taken: str
) -> None:
    result = cpom(stored, "consolidate", "990000011@1", "--on", day, "--json")
    assert result.exit_code == 0, result.stderr
    made = parse_contract(result.stdout.encode())
    assert say_the_same_but_numbers(made, meant)
    assert made.tables == meant.tables
    assert f"{taken}." in result.stderr


def test_a_day_without_a_contract_in_force_is_told(stored: Path, cpom: Cpom) -> None:
    result = cpom(stored, "consolidate", "990000011@3", "--on", "2099-01-01")
    assert "le contrat n’a pas de texte en vigueur" in _refused(result, stored)


def test_a_consolidated_text_is_compared_as_any_contract(stored: Path, cpom: Cpom) -> None:
    out = stored / "texte"
    done = cpom(
        stored, "consolidate", "990000011@1", "--on", "2026-02-01", "--formats", "json",
        "--out", str(out),
    )  # fmt: skip
    (path,) = map(Path, done.stdout.splitlines())
    result = cpom(stored, "compare", str(path), "990000011@3", "--formats", "json", "--json")
    assert result.exit_code == 0, result.stderr
    changed = {change["where"]["section"] for change in json.loads(result.stdout)["changes"]}
    assert "p-1" in changed
    assert "clause-6.1" not in changed


def test_the_history_tells_the_states_of_the_text(stored: Path, cpom: Cpom) -> None:
    told = cpom(stored, "history", "990000011").stdout
    assert "  texte du 01/07/2025 au 31/12/2025 : 990000011@1\n" in told
    assert "  texte du 01/01/2026 au 28/02/2026 : 990000011@1 avec l’avenant n° 1\n" in told
    assert "  texte à partir du 01/03/2026 : 990000011@1 avec les avenants n° 1 et 2\n" in told
    states = json.loads(cpom(stored, "history", "990000011", "--json").stdout)["states"]
    assert [(state["from"], state["until"]) for state in states] == [
        ("2025-07-01", "2025-12-31"),
        ("2026-01-01", "2026-02-28"),
        ("2026-03-01", None),
    ]
    assert states[-1]["amendments"] == [
        {"number": 1, "version": "990000011@2"},
        {"number": 2, "version": "990000011@3"},
    ]


def test_an_avenant_on_file_is_attached_to_its_contract(
    project: Path, cpom: Cpom, amend: Callable[..., Path]
) -> None:
    first, second = amend("un", "deux", 1), amend("deux", "trois", 2)
    lost = cpom(project, "record", str(first))
    assert lost.exit_code == 1
    assert "Le registre n’a pas le texte dont l’avenant n°\u00a01 a été rédigé" in lost.stderr
    assert cpom(project, "record", str(project / "un.json")).exit_code == 0
    done = cpom(project, "record", str(first), "--status", "signe")
    assert (done.exit_code, done.stdout) == (0, "990000011@2\n"), done.stderr
    assert "avenant n°\u00a01, suite de 990000011@1, statut « signé »" in done.stderr
    again = cpom(project, "record", str(first))
    assert (again.stdout, "déjà enregistrée" in again.stderr) == ("990000011@2\n", True)
    other = cpom(project, "record", str(second), "--parent", "990000011@2", "--status", "signe")
    assert other.stdout == "990000011@3\n", other.stderr
    text = cpom(project, "consolidate", "990000011@1", "--on", "2026-12-31", "--json")
    assert say_the_same_but_numbers(parse_contract(text.stdout.encode()), THIRD)
    assert "avenants n°\u00a01 et n°\u00a02." in text.stderr


def test_an_avenant_of_another_parent_is_not_attached(
    project: Path, cpom: Cpom, amend: Callable[..., Path]
) -> None:
    second = amend("deux", "trois", 2)
    assert cpom(project, "record", str(project / "un.json")).exit_code == 0
    result = cpom(project, "record", str(second), "--parent", "990000011@1")
    assert result.exit_code == 1
    assert "a été rédigé pour un autre texte" in result.stderr
    assert "990000011@2" not in cpom(project, "history", "990000011").stdout


def test_the_pdf_of_an_avenant_carries_it(project: Path, cpom: Cpom) -> None:
    out = project / "pdf"
    sides = (str(project / "un.json"), str(project / "deux.json"))
    assert cpom(project, "amend", *sides, "--formats", "pdf,json", "--out", str(out)).exit_code == 0
    (path,) = out.glob("*.pdf")
    data = find_attachment(path.read_bytes(), "avenant.json")
    assert data == path.with_suffix(".json").read_bytes()
    result = _consolidate(project, cpom, path, "--json")
    assert result.exit_code == 0, result.stderr
    assert say_the_same_but_numbers(parse_contract(result.stdout.encode()), SECOND)
    bare = project / "nu"
    command = ("amend", *sides, "--formats", "pdf", "--pdf-standard", "a-2a", "--out", str(bare))
    assert cpom(project, *command).exit_code == 0
    (path,) = bare.glob("*.pdf")
    assert find_attachment(path.read_bytes(), "avenant.json") is None
    assert "ne porte pas d’avenant" in _refused(_consolidate(project, cpom, path), project)
